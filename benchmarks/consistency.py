"""Texts of fifty statements: possible or not, every range, and a clash, beside HiGHS (scipy) on the same rows."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

from benchmarks.measure import Figure, alone, median_ms
from kecho.analytics.consistency import Statements
from kecho.analytics.consistency.problem import rows_of

STATEMENTS = 50
SEED = 20241122


def one_web() -> Statements:
    """Fifty statements that all hang together: five years of a total and six parts (fictional)."""
    rng = random.Random(SEED)
    parts, years = 6, 5
    level = [[rng.randint(1_000, 99_999) / 1000 for _ in range(parts)] for _ in range(years)]
    for year in level:
        year.append(sum(year))
    text = Statements()
    for at, year in enumerate(level):
        text.total(f"{parts} {at}", [f"{part} {at}" for part in range(parts)])
        for part in range(parts + 1):
            seen, name = rng.random(), f"{part} {at}"
            if seen < 0.4 or (part == parts and at == 0):
                text.level(name, _printed(year[part]), "billion_usd")
            if part < parts and seen > 0.5:
                text.share(name, f"{parts} {at}", _printed(year[part] / year[parts] * 100))
            if at and seen < 0.7:
                text.growth(name, f"{part} {at - 1}", _printed((year[part] / level[at - 1][part] - 1) * 100))
            if len(text.all) == STATEMENTS:
                return text
    return text


def paragraphs() -> Statements:
    """The text of an article seven times, as of seven places, and one more figure: fifty statements."""
    text = Statements()
    for place in range(7):
        now, before, ours, ours_before = (f"{name} {place}" for name in ("now", "before", "ours", "ours before"))
        text.level(now, "7.1", "billion_usd")
        text.growth(now, before, "7.7")
        text.level(ours, "4.2", "billion_usd")
        text.share(ours, now, "58.6")
        text.growth(ours, ours_before, "10.7")
        text.total(now, [ours, f"others {place}"])
        text.total(before, [ours_before, f"others before {place}"])
    text.level("imports", "16.9", "billion_usd")
    return text


def _printed(value: float) -> str:
    return f"{value:.1f}"


def check(kind: str) -> tuple[int, float]:
    """Statements, and milliseconds from the statements to the verdict."""
    make = {"web": one_web, "paragraphs": paragraphs}[kind]
    text = make()
    assert text.check().is_possible

    def again() -> None:
        text.amount(text.amounts[0])  # forgets the solution
        text.check()

    return len(text.all), median_ms(again, 9)


def ranges(kind: str) -> tuple[int, float]:
    """Amounts, and milliseconds for the verdict and both ends of every one of them."""
    text = {"web": one_web, "paragraphs": paragraphs}[kind]()

    def again() -> None:
        text.amount(text.amounts[0])
        for amount in text.amounts:
            text.range(amount)

    return len(text.amounts), median_ms(again, 3)


def clash() -> float:
    """Milliseconds to find, in fifty statements, the three that clash and the one to drop."""
    text = one_web()
    name = next(one.claim.names[0] for one in text.all if one.claim.kind == "level")
    found = text.range(name)
    assert found.high is not None
    text.level(name, Decimal(round(float(found.high) + 1, 1)).quantize(Decimal("0.1")), "billion_usd")
    assert not text.check().is_possible

    def again() -> None:
        text.amount(text.amounts[0])
        text.check()

    return median_ms(again, 3)


def highs(kind: str) -> tuple[float, float]:
    """HiGHS through scipy: milliseconds for one feasibility problem, and for both ends of every amount."""
    from scipy.optimize import linprog

    text = {"web": one_web, "paragraphs": paragraphs}[kind]()
    names = [amount.name for amount in text.amounts]
    sides: list[list[float]] = []
    limits: list[float] = []
    for row in (row for statement in text.all for row in rows_of(statement)):
        terms = [float(row.terms.get(name, 0)) for name in names]
        for limit, way in ((row.span.high, 1), (row.span.low, -1)):
            if limit is not None:
                sides.append([way * term for term in terms])
                limits.append(way * float(limit))

    def solve(goal: list[float]) -> Any:
        return linprog(goal, A_ub=sides, b_ub=limits, bounds=(0, None), method="highs")

    def all_ends() -> None:
        for at in range(len(names)):
            for way in (1.0, -1.0):
                solve([way * (at == other) for other in range(len(names))])

    return median_ms(lambda: solve([0.0] * len(names)), 9), median_ms(all_ends, 3)


def run() -> list[Figure]:
    """The figures."""
    figures = []
    for kind, words in (("web", "one web"), ("paragraphs", "eight separate parts")):
        count, verdict = alone(check, kind).result
        amounts, all_ranges = alone(ranges, kind).result
        one, many = alone(highs, kind).result
        figures.append(_beside(f"possible or not: {count} statements, {words}", verdict, one, "< 50 ms"))
        figures.append(_beside(f"the same and the range of each of {amounts} amounts", all_ranges, many))
    figures.append(
        Figure("a clash in 51 statements: which, and the fewest to drop", f"{alone(clash).result:.1f}", "ms")
    )
    return figures


def _beside(what: str, ours: float, theirs: float, demand: str = "") -> Figure:
    return Figure(what, f"{ours:.1f}", "ms", demand, f"HiGHS (scipy) {theirs:.1f} ms", f"{ours / theirs:.2f}")
