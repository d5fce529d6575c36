"""Five million observations with vintages: bulk load, as-of read of one series, a year's board, on two databases.

Made like the real thing: every month of 25 years is a release that gives its own month and the three before it again,
so each period has four vintages.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks.measure import Figure, Run, alone, median_ms

YEARS, RESTATED = 25, 4
MONTHS = YEARS * 12
#: 4,192 series: 300 months of 4,192, each given four times (the first three less often), are five million.
SERIES = 4_192
FIRST_YEAR = 2001
AS_OF = date(2020, 6, 15)


def start(home: str, url: str) -> None:
    """Django on the SQLite database of ``home``, or on the PostgreSQL at ``url``; migrated."""
    os.environ |= {"KECHO_HOME": home, "DJANGO_SETTINGS_MODULE": "kecho.web.settings"}
    os.environ.pop("KECHO_DATABASE_URL", None)
    if url:
        os.environ["KECHO_DATABASE_URL"] = url
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def places() -> list[tuple[str, str, str]]:
    """(indicator, locality, label) of every series: totals of indicators in all provinces, then made-up products."""
    from kecho.kernel import localities
    from kecho.observatory import catalogue

    provinces = ["VN", *(one.code for one in localities.children("VN", date(2024, 1, 1)))]
    totals = [(code, place, "") for code, place in product(catalogue.indicators(), provinces)][: SERIES // 2]
    made = [("industrial_product", "VN", f"Sản phẩm thử {number}") for number in range(SERIES - len(totals))]
    return totals + made


def rows_of(month: int, series: list[tuple[str, str, str]]) -> Iterator[Any]:
    """What the release of a month gives: its own estimate and the three months before, restated."""
    from kecho.intake.rows import Row

    for back in range(min(RESTATED, month + 1)):
        at = month - back
        period = f"{FIRST_YEAR + at // 12}-{at % 12 + 1:02d}"
        stage = "preliminary" if back else "estimate"
        for number, (indicator, place, label) in enumerate(series):
            value = f"{1000 + number + at * 3 + back}.{number % 10}"
            yield Row("b.csv", "", "A1", "", indicator, label, "", place, period, "level", value, "", stage)


def load(home: str, url: str) -> int:
    """Every month as a release of its own, by ``observatory.actions.load_tidy`` with all its checks of form."""
    start(home, url)
    from kecho.kernel.periods import Period
    from kecho.observatory.actions import load_tidy
    from kecho.observatory.models import Release
    from kecho.observatory.releases import ReleaseMeta
    from kecho.people.actors import command_line

    series, written = places(), 0
    for month in range(MONTHS):
        period = Period(FIRST_YEAR * 12 + month, FIRST_YEAR * 12 + month + 1)
        digest = sha256(str(month).encode()).hexdigest()
        day = date(period.end // 12, period.end % 12 + 1, 6)
        meta = ReleaseMeta(digest, f"{period.code}.csv", "gso", Release.Kind.CSV, period=period, published_on=day)
        written += load_tidy(rows_of(month, series), meta, command_line()).written
    return written


def read(home: str, url: str) -> dict[str, float]:
    """Milliseconds of three reads of the full database."""
    start(home, url)
    from django.db import connection

    from kecho.kernel.periods import Period
    from kecho.observatory.queries import SeriesKey, many_points, points, series_list

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    (one,) = [info.key for info in series_list("export_turnover", "VN") if not info.key.breakdown]
    assert len(points(one, AS_OF)) == (AS_OF.year - FIRST_YEAR) * 12 + AS_OF.month - 1
    keys = list(dict.fromkeys(SeriesKey(code, "", place) for code, place, label in places() if not label))[:40]
    year = Period(2024 * 12, 2025 * 12)
    board = many_points(keys, start=year, end=year)
    assert sum(map(len, board.values())) == 40 * 12
    return {
        "series": median_ms(lambda: points(one, AS_OF), 15),
        "board": median_ms(lambda: many_points(keys, start=year, end=year), 15),
        "board as of": median_ms(
            lambda: many_points(keys, AS_OF, Period(2019 * 12, 2020 * 12), Period(2019 * 12, 2020 * 12)), 15
        ),
    }


def bare_inserts(folder: str) -> int:
    """The peer: the same tuples by ``sqlite3.executemany`` into a table with one unique key, no mapping, no checks."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kecho.web.settings"
    connection = sqlite3.connect(Path(folder) / "bare.sqlite3")
    connection.execute("create table o (s text, p text, r integer, v text, unique (s, p, r))")
    series = [f"Sản phẩm thử {number}" for number in range(SERIES)]

    def rows(month: int) -> Iterator[tuple[str, str, int, str]]:
        for back in range(min(RESTATED, month + 1)):
            at = month - back
            period = f"{FIRST_YEAR + at // 12}-{at % 12 + 1:02d}"
            for number, name in enumerate(series):
                yield name, period, month, f"{1000 + number + at * 3 + back}.{number % 10}"

    for month in range(MONTHS):
        with connection:
            connection.executemany("insert into o values (?, ?, ?, ?)", rows(month))
    return int(connection.execute("select count(*) from o").fetchone()[0])


def run() -> list[Figure]:
    """The figures of both databases."""
    from tools.with_postgres import programs, running

    with tempfile.TemporaryDirectory() as home:
        peer = alone(bare_inserts, home)
        figures = _figures("SQLite", alone(load, home, ""), alone(read, home, ""), peer)
    if programs() is None:
        return figures
    with tempfile.TemporaryDirectory() as home, running() as url:
        return figures + _figures("PostgreSQL", alone(load, home, url), alone(read, home, url), peer)


def _figures(name: str, loaded: Run, reads: Run, peer: Run) -> list[Figure]:
    beside = f"sqlite3 executemany, one unique key: {peer.wall:.0f} s"
    return [
        Figure(
            f"{name}: {loaded.result:,} observations in {MONTHS} releases",
            f"{loaded.wall:.0f}",
            "s",
            "",
            beside,
            f"{loaded.wall / peer.wall:.1f}",
        ),
        Figure(f"{name}: observations a second", f"{loaded.result / loaded.wall:,.0f}", "obs/s"),
        Figure(f"{name}: peak memory of the load", f"{loaded.peak_mb:.0f}", "MB"),
        Figure(f"{name}: as-of read of one series", f"{reads.result['series']:.1f}", "ms", "< 20"),
        Figure(f"{name}: board of 12 months × 40 indicators", f"{reads.result['board']:.1f}", "ms", "< 200"),
        Figure(f"{name}: the same as known on a day in 2020", f"{reads.result['board as of']:.1f}", "ms", "< 200"),
    ]
