"""p95 of the ten main pages at 20 requests a second, load generator included, over SQLite and PostgreSQL.

The sample and, beside it, five years of 300 further series. Twice: as the public reads, where a page is kept until
the data change, and with another day of knowledge in each request, so that none is kept and every page is made anew.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

from benchmarks.measure import Figure, alone
from benchmarks.places import start_django

SERIES, MONTHS, FIRST_YEAR = 300, 60, 2020
RATE, SECONDS, ALLOWED_MS = 20, 30, 150
ANEW = 5  # requests a second where no page is kept: nobody changes the day with every click
PORT = 8498
ROOT = Path(__file__).resolve().parent.parent
KECHO = [sys.executable, "-c", "from kecho.web.cli import main; main()"]


def load(home: str, database: str) -> dict[str, list[str]]:
    """Fill the database; the addresses of the ten pages."""
    start_django(home, database)
    from kecho.intake.rows import Row
    from kecho.kernel.periods import Period
    from kecho.observatory import queries
    from kecho.observatory.actions import load_tidy
    from kecho.observatory.releases import ReleaseMeta
    from kecho.people.actors import command_line
    from kecho.sample import load as sample

    sample.load(command_line())
    months = [f"{FIRST_YEAR + m // 12}-{m % 12 + 1:02d}" for m in range(MONTHS)]
    made = (
        Row("b.csv", "", "A1", "", "industrial_product", f"Sản phẩm thử {n}", "", "VN", month,
            "level", f"{1000 + n + m * 0.25}", "Tấn", "estimate")
        for n in range(SERIES) for m, month in enumerate(months)
    )  # fmt: skip
    last = Period.of_month(FIRST_YEAR + MONTHS // 12 - 1, 12)
    load_tidy(made, ReleaseMeta("0" * 64, "b.csv", period=last, published_on=date(2025, 1, 6)), command_line())
    parts = [info.key.breakdown for info in queries.series_list("industrial_product", "VN")][:: SERIES // 10][:10]
    points = list(queries.points(queries.SeriesKey("export_turnover")).values())[-10:]
    return {
        "home": ["/"],
        "plan board": ["/bang-ke-hoach/?locality=VN&year=2025", "/bang-ke-hoach/?locality=VN-HN&year=2024"],
        "indicators": ["/chi-tieu/?locality=VN", "/chi-tieu/?locality=VN-HN"],
        "indicator": ["/chi-tieu/export_turnover/?locality=VN", "/chi-tieu/cpi/", "/chi-tieu/iip/"],
        "part of an indicator": [f"/chi-tieu/industrial_product/?breakdown={quote(part)}" for part in parts if part],
        "figure": [f"/so-lieu/{point.id}/" for point in points if point.id],
        "report": ["/bao-cao/2025-01/?locality=VN"],
        "sources": ["/nguon/"],
        "checks": ["/kiem-tra/"],
        "search": [f"/tim/?q={text}" for text in ("xuat+khau+ha+noi", "ban+le", "cpi", "san+pham+thu+17", "xuta+khau")],
    }


@contextmanager
def serving(home: str, database: str) -> Iterator[str]:
    """``kecho serve`` with its usual settings, in one process."""
    environment = {**os.environ, "KECHO_HOME": home, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"}
    environment.pop("KECHO_DATABASE_URL", None)
    if database:
        environment["KECHO_DATABASE_URL"] = database
    command = [*KECHO, "serve", "--port", str(PORT)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{PORT}"
        try:
            _wait(address)
            yield address
        finally:
            server.terminate()


def _wait(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{address}/robots.txt", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the site does not answer")


def measured(
    address: str, pages: dict[str, list[str]], folder: Path, *, rate: int, seconds: int
) -> tuple[dict[str, float], float, int]:
    """p95 in milliseconds by page and of all, requests a second, failures."""
    environment = {**os.environ, "KECHO_BENCH_PAGES": json.dumps(pages)}
    load_file, prefix = Path(__file__).with_name("pages_load.py"), folder / f"found{rate}"
    subprocess.run(
        [sys.executable, "-m", "locust", "-f", str(load_file), "--headless", "--only-summary", "-u", str(rate), "-r",
         str(rate), "-t", f"{seconds}s", "--host", address, "--csv", str(prefix)],
        env=environment, check=False, capture_output=True,
    )  # fmt: skip
    with Path(f"{prefix}_stats.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["Name"]: row for row in csv.DictReader(file)}
    whole = rows["Aggregated"]
    p95 = {name: float(row["95%"]) for name, row in rows.items() if row["95%"] != "N/A"}
    return p95, float(whole["Requests/s"]), int(whole["Failure Count"])


def visit_once(address: str, pages: dict[str, list[str]]) -> None:
    """The first visit to a page makes it; what is asked for is every visit after."""
    for path in (path for addresses in pages.values() for path in addresses):
        urllib.request.urlopen(address + path, timeout=120).close()


def never_kept(pages: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same pages, each address with many days of knowledge; those that take no day are left out."""
    takes_a_day = ("plan board", "indicators", "indicator", "part of an indicator")
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(120)]
    return {
        name: [f"{path}{'&' if '?' in path else '?'}as_of={day}" for day in days for path in pages[name][:1]]
        for name in takes_a_day
    }


def compared(name: str, database: str) -> list[Figure]:
    """The figures over one database. The load average tells what else the machine was doing before."""
    busy = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as home:
        pages = alone(load, home, database).result
        with serving(home, database) as address:
            visit_once(address, pages)
            p95, rate, failures = measured(address, pages, Path(home), rate=RATE, seconds=SECONDS)
            anew = never_kept(pages)
            fresh, fresh_rate, _ = measured(address, anew, Path(home), rate=ANEW, seconds=SECONDS // 2)
    whole = p95.pop("Aggregated")
    worst = max(p95, key=lambda page: p95[page])
    return [
        Figure(f"{name}: p95 of the ten pages", f"{whole:.0f}", "ms", f"≤ {ALLOWED_MS}",
               f"{rate:.1f} requests a second, {failures} failed; load average {busy:.1f} before"),
        Figure(f"{name}: p95 of the slowest, {worst}", f"{p95[worst]:.0f}", "ms", f"≤ {ALLOWED_MS}"),
        Figure(f"{name}: p95 where every page is made anew", f"{fresh.pop('Aggregated'):.0f}", "ms", "",
               f"{fresh_rate:.1f} requests a second; "
               + ", ".join(f"{page} {fresh[page]:.0f}" for page in sorted(fresh, key=lambda one: -fresh[one]))),
    ]  # fmt: skip


def run() -> list[Figure]:
    """The figures; PostgreSQL where it is installed."""
    from tools.with_postgres import programs, running

    figures = compared("SQLite", "")
    with running() if programs() else nullcontext("") as database:
        if database:
            figures += compared("PostgreSQL", database)
    return figures
