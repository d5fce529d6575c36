"""How figures for a window are made of published ones, and what they carry along."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kecho.kernel.measures import Measure, Stage
from kecho.kernel.periods import Period
from kecho.plan.assessment import Basis, Fact, Facts, Form, TargetSpec, assess
from kecho.plan.assessment.rest import best_of_rest

from .given import facts_of


def total(values: str, window: str) -> Decimal | None:
    found = Facts(facts_of(values)).total(Period.parse(window))
    return found and found.value


@pytest.mark.parametrize(
    ("values", "window", "expected"),
    [
        ("2024=100; 2024-01..12=9", "2024", 100),  # the published year counts, not the sum of its months
        ("2024-01..12=9", "2024", 108),
        ("2024-Q1=30; 2024-Q2=31; 2024-07..12=9", "2024", 115),
        ("2024-01/2024-05=50; 2024-01/2024-06=58", "2024-06", 8),
        ("2024-01/2024-06=58; 2024-06=8", "2024-01/2024-05", 50),
        ("2024-01/2024-06=58; 2024=130", "2024-H2", 72),
        ("2024-01..02=9; 2024-04=9", "2024-01/2024-04", None),
        ("2024-01..02=9", "2024-03", None),
        ("", "2024", None),
    ],
)
def test_totals(values: str, window: str, expected: int | None) -> None:
    assert total(values, window) == expected


def test_a_made_figure_is_as_mature_as_its_least_mature_part_and_names_them_all() -> None:
    months = [Period.of_month(2024, month) for month in (1, 2)]
    facts = Facts(
        {
            months[0]: Fact(months[0], Decimal(5), Stage.OFFICIAL, (11,)),
            months[1]: Fact(months[1], Decimal(6), Stage.ESTIMATE, (12,), is_fictional=True),
        }
    )
    found = facts.total(Period.ytd(2024, 2))
    assert found == Fact(Period.ytd(2024, 2), Decimal(11), Stage.ESTIMATE, (11, 12), is_derived=True, is_fictional=True)


def test_published_growth_comes_before_computed_growth() -> None:
    facts = Facts(facts_of("2023=100; 2024=110"), facts_of("2024=9.5"))
    year = Period.of_year(2024)
    assert facts.growth(year).value == Decimal("9.5")
    assert facts.computed_growth(year).value == 10


def test_a_share_without_a_positive_whole_is_no_share() -> None:
    side = Facts(facts_of("2024=5"))
    assert Facts(part=side, whole=Facts(facts_of("2024=0"))).share(Period.of_year(2024)) is None
    assert Facts(part=side, whole=Facts(facts_of("2023=9"))).share(Period.of_year(2024)) is None


def test_revised_base_year_is_linked() -> None:
    """The office revised last year and published only the new growth: the old levels are brought to its footing."""
    values = "2023-01..12=100; 2024-01..06=95"
    year, wanted = Period.of_year(2024), Decimal(8)
    target = TargetSpec("r", "x", Measure.GROWTH, Basis.YEAR_ON_YEAR, Form.POINT, year, "percent", wanted, wanted)
    found = assess(target, Facts(facts_of(values), facts_of("2024-01/2024-06=8"), unit="billion_vnd"), date(2024, 7, 5))
    (line,) = [line for line in found.lines if line.id == "linked"]
    assert "0,8796" in line.vi  # 570 / 1.08 / 600
    assert abs(found.required_growth_pct - 8) < Decimal("1e-15")  # on plan so far, so the rest must grow as planned
    assert abs(found.plan_level - Decimal(1200) * Decimal("570") / 600) < Decimal("1e-15")


def test_the_best_on_record_is_on_the_footing_of_its_own_year() -> None:
    """2022 was revised from 1,200 to 1,100 after it was published: the rest of 2023 grew on the new base."""
    levels = facts_of("2022-01..12=100; 2023-01/2023-06=600; 2023=1210; 2024-01/2024-06=660")
    rates = facts_of("2023-01/2023-06=9.0909090909090909; 2023=10; 2024-01/2024-06=10")
    rest = Period.parse("2024-07/2024-12")
    assert round(best_of_rest(Facts(levels, rates), rest).growth_pct, 6) == Decimal("10.909091")  # 610 / 550
    assert round(best_of_rest(Facts(levels), rest).growth_pct, 6) == Decimal("1.666667")  # 610 / 600


def test_figures_in_a_unit_that_does_not_convert_are_left_out_and_said() -> None:
    target = TargetSpec(
        "t", "x", Measure.LEVEL, Basis.FLOW, Form.POINT, Period.of_year(2024), "million_usd", Decimal(8), Decimal(8)
    )
    found = assess(target, Facts(unit="million_usd", wrong_unit="tonne"), date(2024, 7, 5))
    assert found.reason == "unit_mismatch"
    assert "tấn" in found.why("vi")[-1]
    assert "million USD" in found.why("en")[-1]
