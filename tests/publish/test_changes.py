"""Growth with no more digits than its figures carry, and none where none makes sense."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.kernel.measures import Stage
from kecho.publish.changes import Against, change, combined, growth, growth_from_index, is_tiny, least_ripe, points
from kecho.publish.pieces import Figure
from kecho.publish.printing import decimals_of, rounded


def figure(value: str, unit: str = "million_usd", **more: object) -> Figure:
    return Figure(Decimal(value), unit, None, (int(more.pop("ref", 1)),), **more)  # type: ignore[arg-type, call-overload]


@pytest.mark.parametrize(
    ("now", "base", "expected", "decimals"),
    [
        ("31107.3", "24753.1", "25.67", 2),  # seven digits each: two decimals are safe
        ("7.1", "6.6", "7.6", 0),  # "7,1 tỷ" on "6,6 tỷ": anything from 6 to 9 %, so no decimal
        ("1563", "1307", "19.6", 1),
        ("544", "400", "36", 1),
        ("4200", "3794.012", "10.7", 0),  # "4,2 tỷ USD" written out in millions
    ],
)
def test_a_computed_rate_has_the_digits_its_levels_carry(now: str, base: str, expected: str, decimals: int) -> None:
    found = growth(figure(now, ref=1), figure(base, ref=2))
    assert found is not None
    assert found.decimals == decimals
    assert abs(found.value - Decimal(expected)) < Decimal("0.1")
    assert found.refs == (1, 2)


@pytest.mark.parametrize("base", ["0", "-3.5", "0.3", "4"])
def test_no_percentage_on_a_base_that_is_zero_negative_or_tiny(base: str) -> None:
    assert is_tiny(figure(base))
    assert growth(figure("12"), figure(base)) is None
    found = change(Against.SAME_PERIOD, figure("12"), figure(base))
    assert found is not None
    assert found.figure is None
    assert found.base == figure(base)


def test_a_published_rate_counts_before_a_computed_one() -> None:
    found = change(Against.SAME_PERIOD, figure("120"), figure("100"), figure("19.5", "percent"))
    assert found is not None
    assert found.figure is not None
    assert found.figure.value == Decimal("19.5")


def test_an_index_is_never_printed_as_growth_and_growth_never_as_an_index() -> None:
    found = growth_from_index(figure("117.17308945", "percent"))
    assert (rounded(found), decimals_of(found)) == (Decimal("17.17"), 2)
    assert rounded(growth_from_index(figure("117.17308945", "percent"), most=1)) == Decimal("17.2")
    assert decimals_of(growth_from_index(figure("110", "percent"))) == 0  # "110" was printed without decimals


def test_different_units_have_no_growth() -> None:
    assert growth(figure("1", "billion_usd"), figure("900", "million_usd")) is None


def test_shares_differ_in_points() -> None:
    found = points(figure("58.6", "percent"), figure("57.0", "percent"))
    assert found is not None
    assert (found.value, found.unit) == (Decimal("1.6"), "percentage_point")


def test_what_is_made_of_figures_inherits_their_weaknesses() -> None:
    official, estimate = figure("1", ref=1), figure("2", ref=2, stage=Stage.ESTIMATE, is_fictional=True)
    made = combined(Decimal(3), "million_usd", 0, official, estimate)
    assert (made.stage, made.is_fictional, made.is_derived, made.refs) == (Stage.ESTIMATE, True, False, (1, 2))
    assert least_ripe(None, official) is Stage.OFFICIAL


@given(now=st.integers(100, 10**7), base=st.integers(100, 10**7))
def test_the_sign_of_growth_is_the_sign_of_the_difference(now: int, base: int) -> None:
    found = growth(figure(str(now)), figure(str(base)))
    assert found is not None
    assert (found.value > 0) == (now > base)
    assert (found.value == 0) == (now == base)
