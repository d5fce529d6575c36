"""Published texts: what must follow from them, and where they contradict themselves."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from kecho.analytics.consistency import Claim, Kind, Statements
from kecho.analytics.consistency.clashes import MOST_CLASHES
from kecho.analytics.consistency.written import Written, read_statements

FOLDER = Path(__file__).with_name("consistency_cases")
CASES = list(csv.DictReader((FOLDER / "expected.csv").read_text("utf-8").splitlines()))


def read(name: str) -> Written:
    return read_statements((FOLDER / f"{name}.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[f"{case['claim']} of {case['amounts']}" for case in CASES])
def test_what_follows(case: dict[str, str]) -> None:
    claim = Claim(Kind(case["claim"]), tuple(case["amounts"].split(" | ")))
    found = read(case["file"]).statements.range_of(claim)
    assert found.ends(int(case["decimals"])) == (Decimal(case["low"]), Decimal(case["high"]))


@pytest.mark.parametrize("name", sorted({case["file"] for case in CASES}))
def test_these_texts_are_possible(name: str) -> None:
    assert read(name).statements.check().is_possible


def test_the_growth_of_certificates_of_origin_contradicts_its_levels() -> None:
    """78.3 on 69.08 billion USD is 13.27 to 13.43 %, the page prints 13.18 %."""
    verdict = read("origin-certificates-2022").statements.check()
    assert not verdict.is_possible
    assert [one.number for one in verdict.clash] == [1, 2, 3]
    assert len(verdict.to_drop) == 1
    assert verdict.would_fit[3].ends(2) == (Decimal("13.27"), Decimal("13.43"))


def test_544_of_400_is_36_percent_above_the_plan_and_not_136() -> None:
    verdict = read("hanoi-ocop").statements.check()
    assert [one.number for one in verdict.clash] == [7, 8, 9]
    assert verdict.would_fit[9].is_exact
    assert verdict.would_fit[9].low == 36


def test_an_exact_total_takes_the_lowest_exports_to_336_25() -> None:
    text = Statements()
    total = text.level("trade", "exactly 668.5", unit="billion_usd")
    text.difference("exports", "imports", "over 4", unit="billion_usd")
    text.total(total, ["exports", "imports"])
    found = text.range("exports")
    assert found.low == Decimal("336.25")
    assert found.span.is_low_open


def test_the_published_sum_of_contributions_is_held_to_the_last_digit() -> None:
    """2.36 for industry makes 5.43; 2.46 could not."""
    text = (FOLDER / "gdp-q1-2011.toml").read_text("utf-8")
    assert not read_statements(text.replace('"2,36"', '"2,46"')).statements.check().is_possible


def test_two_slips_in_one_text_are_both_found() -> None:
    text = Statements()
    for year in ("a", "b"):
        text.level(f"now {year}", "78.3")
        text.level(f"before {year}", "69.08")
        text.growth(f"now {year}", f"before {year}", "13.18")
    verdict = text.check()
    assert len(verdict.clashes) == 2
    assert len(verdict.to_drop) == 2


def test_what_is_trusted_more_stays() -> None:
    """The weights decide which of three equally good corrections is named."""
    for trusted, dropped in (
        (("now", "growth"), "before"),
        (("before", "growth"), "now"),
        (("now", "before"), "growth"),
    ):
        weight = {name: 5 if name in trusted else 1 for name in ("now", "before", "growth")}
        text = Statements()
        text.level("now", "78.3", weight=weight["now"])
        text.level("before", "69.08", weight=weight["before"])
        text.growth("now", "before", "13.18", weight=weight["growth"])
        (named,) = text.check().to_drop
        assert dropped in (named.claim.kind, *named.claim.names[:1])
        assert named.weight == 1


def test_twelve_digits_are_compared_to_the_last() -> None:
    """One dong in nine trillion: below the tolerance of solvers in floating point."""
    text = Statements()
    whole = text.level("revenue", "exactly 9513327000001", unit="vnd")
    first = text.level("first half", "exactly 4513327000000", unit="vnd")
    second = text.level("second half", "exactly 5000000000000", unit="vnd")
    text.total(whole, [first, second])
    assert not text.check().is_possible
    assert len(text.check().clash) == 4


def test_many_separate_slips_are_all_dropped() -> None:
    text = Statements()
    for number in range(MOST_CLASHES):
        text.level(f"a{number}", "5")
        text.level(f"a{number}", "7")
    verdict = text.check()
    assert len(verdict.to_drop) == len(verdict.clashes) == MOST_CLASHES
    assert verdict.is_cheapest


def test_one_figure_behind_many_slips_is_the_one_to_drop() -> None:
    """The total is wrong: every share of it clashes with its part, and one correction mends all."""
    text = Statements()
    text.level("total", "100")
    for number in range(6):
        text.level(f"part {number}", "20")
        text.share(f"part {number}", "total", "10")
    verdict = text.check()
    assert [one.number for one in verdict.to_drop] == [1]
    assert verdict.would_fit[1].ends(0) == (Decimal(186), Decimal(216))


def test_a_text_beyond_the_limit_is_mended_without_a_claim_to_be_cheapest() -> None:
    text = Statements()
    for number in range(MOST_CLASHES + 1):
        text.level(f"a{number}", "5")
        text.level(f"a{number}", "7")
    verdict = text.check()
    assert not verdict.is_cheapest
    assert len(verdict.to_drop) == MOST_CLASHES + 1
