"""Observations a second into SQLite, beside bare inserts of the same tuples; and as-of reads of what was loaded."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.measure import Figure, alone, median_ms
from benchmarks.places import start_django

SERIES, MONTHS = 5_000, 320  # 1.6 million observations


def rows() -> Iterator[tuple[str, str, str]]:
    """(label, period, value) of every observation."""
    periods = [f"{2000 + month // 12}-{month % 12 + 1:02d}" for month in range(MONTHS)]
    for number in range(SERIES):
        for month, period in enumerate(periods):
            yield f"Sản phẩm thử {number}", period, f"{1000 + number + month * 0.25}"


def load(home: str) -> int:
    """``observatory.actions.load_tidy`` with its mapping, constraints and triggers."""
    start_django(home)
    from kecho.intake.rows import Row
    from kecho.kernel.periods import Period
    from kecho.observatory.actions import load_tidy
    from kecho.observatory.releases import ReleaseMeta
    from kecho.people.actors import command_line

    made = (
        Row("b.csv", "", "A1", "", "industrial_product", label, "", "VN", period, "level", value, "Tấn", "estimate")
        for label, period, value in rows()
    )
    meta = ReleaseMeta("0" * 64, "b.csv", period=Period.of_month(2026, 8), published_on=date(2026, 9, 3))
    return load_tidy(made, meta, command_line()).written


def bare_inserts(folder: str) -> int:
    """The peer: ``sqlite3.executemany`` into a table with one unique key, no mapping, no checks."""
    connection = sqlite3.connect(Path(folder) / "bare.sqlite3")
    connection.execute("create table o (s text, p text, v text, unique (s, p))")
    with connection:
        connection.executemany("insert into o values (?, ?, ?)", rows())
    return int(connection.execute("select count(*) from o").fetchone()[0])


def read(home: str) -> float:
    """Milliseconds of an as-of read of one series among all of them."""
    start_django(home)
    from kecho.observatory.queries import points, series_list

    key = series_list("industrial_product", "VN")[SERIES // 2].key
    assert len(points(key)) == MONTHS
    return median_ms(lambda: points(key, as_of=date(2026, 10, 1)))


def run() -> list[Figure]:
    """The figures."""
    with tempfile.TemporaryDirectory() as home:
        ours, peer = alone(load, home), alone(bare_inserts, home)
        as_of = alone(read, home).result
    many = ours.result
    beside = f"sqlite3 executemany, one unique key: {peer.wall:.1f} s"
    return [
        Figure(
            f"bulk load of {many:,} observations",
            f"{ours.wall:.1f}",
            "s",
            "≤ 60",
            beside,
            f"{ours.wall / peer.wall:.1f}",
        ),
        Figure("observations a second", f"{many / ours.wall:,.0f}", "obs/s"),
        Figure("peak memory", f"{ours.peak_mb:.0f}", "MB"),
        Figure(f"as-of read of one series ({MONTHS} points)", f"{as_of:.1f}", "ms"),
    ]
