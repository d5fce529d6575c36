"""What duty goods pay: one line in a page's time, a million questions in a batch, on the real schedules."""

from __future__ import annotations

import random
import tempfile
import time
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from tests.conftest import shared_folder

from benchmarks.measure import Figure, alone, median_ms
from benchmarks.places import start_django

QUESTIONS = 1_000_000
ORIGINS = ["JP", "KR", "CN", "EU", "AU", "SG", "TH", "MX", "US", "IN", "GB", "NZ"]
DAY = date(2026, 3, 1)
FILES = {
    "vn-2026": "tariffs/vietnam_2026/vn_tariff_2026_04_all_fta.csv.gz",
    "jp-2026": "tariffs/japan_2026/japan_tariff_vietnam_relevant.csv.gz",
    "vn-evfta-categories": "tariffs/evfta_staging/vn_side_inferred_categories_2026.csv",
}


def load(home: str, folder: str) -> float:
    """Seconds to read and store the schedules."""
    start_django(home)
    from kecho.market_access import actions
    from kecho.people.actors import command_line

    start = time.perf_counter()
    for code, path in FILES.items():
        actions.load_schedule(Path(folder) / path, code, command_line())
    return time.perf_counter() - start


def one_line(home: str) -> float:
    """Milliseconds for one national line with all agreements, warm, database included."""
    start_django(home)
    from kecho.market_access.answering import answers, asked

    words = {"code": "640391019", "to": "JP", "on": "2026-03-01", "value": "10000"}
    return median_ms(lambda: answers(asked(words, DAY)), 50)


def batch(home: str) -> tuple[float, float, int]:
    """Questions a second in the batch, questions a second one by one, and how many were answered."""
    start_django(home)
    import polars as pl

    from kecho.market_access import queries
    from kecho.market_access.batch import Desk
    from kecho.market_access.offers import Ask, rule, weigh

    lines = list(queries.all_lines("VN", DAY))
    pick = random.Random(2026)
    table = pl.DataFrame(
        {
            "code": pick.choices([one.code for one in lines], k=QUESTIONS),
            "origin": pick.choices(ORIGINS, k=QUESTIONS),
            "on": [date(2026, 1, 1) + timedelta(days=pick.randrange(365)) for _ in range(QUESTIONS)],
            "value": [pick.randrange(1_000, 100_000_000) for _ in range(QUESTIONS)],
        }
    )
    start = time.perf_counter()
    answered = Desk("VN", lines).answer(table)
    together = QUESTIONS / (time.perf_counter() - start)
    few = pick.sample(lines, 3_000)
    start = time.perf_counter()
    for one in few:
        ruling = rule(one, pick.choice(ORIGINS), DAY)
        if ruling.offers:
            weigh(ruling, Ask(Fraction(1000)))
    alone_rate = len(few) / (time.perf_counter() - start)
    return together, alone_rate, int((answered["problem"] == "").sum())


def run() -> list[Figure]:
    """The figures of this job; empty without the real schedules."""
    folder = shared_folder()
    if not (folder / FILES["vn-2026"]).exists():
        return []
    with tempfile.TemporaryDirectory() as home:
        seconds = alone(load, home, str(folder)).result
        warm = alone(one_line, home).result
        together, single, answered = alone(batch, home).result
    return [
        Figure("24,103 lines of three schedules read, checked, stored", f"{seconds:.1f}", "s"),
        Figure("one line, every agreement, warm, database included", f"{warm:.1f}", "ms", "< 5"),
        Figure(
            f"{QUESTIONS:,} questions on 12,000 lines, 12 origins, 365 days ({answered:,} answered)",
            f"{together:,.0f}",
            "questions/s",
            ">= 20,000",
            f"one by one, lines in memory: {single:,.0f}/s",
            f"{single / together:.2f}",
        ),
    ]
