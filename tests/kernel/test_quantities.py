"""Quantities: printed precision goes along, different units never mix."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.kernel.errors import KechoError
from kecho.kernel.quantities import Quantity, overlap, round_half_up, share_interval, total_interval
from kecho.kernel.units import units

D = Decimal
values = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
pairs = st.sampled_from([(a, b) for a in units().values() for b in units().values() if a.dimension == b.dimension])


@pytest.mark.parametrize(
    ("value", "decimals", "low", "high"),
    [
        ("7.1", 1, "7.05", "7.15"),
        ("16", 0, "15.5", "16.5"),
        ("7100", -2, "7050", "7150"),
        ("58.60", 2, "58.595", "58.605"),
        ("544", None, "544", "544"),
        ("-0.5", 1, "-0.55", "-0.45"),
    ],
)
def test_interval(value: str, decimals: int | None, low: str, high: str) -> None:
    assert Quantity(D(value), "billion_usd", decimals).interval() == (D(low), D(high))


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "goal", "expected", "expected_decimals"),
    [
        ("7.1", "billion_usd", 1, "million_usd", "7100", -2),
        ("702.2", "trillion_vnd", 1, "billion_vnd", "702200", -2),
        ("56427", "billion_vnd", 0, "trillion_vnd", "56.427", 3),
        ("37.78", "hectare", 2, "square_metre", "377800", -2),
        ("1.5", "million_cubic_metres", None, "thousand_cubic_metres", "1500", None),
    ],
)
def test_conversion_keeps_precision(value, unit, decimals, goal, expected, expected_decimals) -> None:
    assert Quantity(D(value), unit, decimals).to(goal) == Quantity(D(expected), goal, expected_decimals)


@given(values, pairs, st.integers(0, 4))
def test_there_and_back_is_the_identity(value, pair, decimals) -> None:
    there = Quantity(value, pair[0].code, decimals).to(pair[1].code)
    assert there.to(pair[0].code) == Quantity(value, pair[0].code, decimals)


@given(values, pairs, st.integers(0, 4))
def test_interval_converts_as_the_value_does(value, pair, decimals) -> None:
    amount = Quantity(value, pair[0].code, decimals)
    ends = tuple(Quantity(end, pair[0].code).to(pair[1].code).value for end in amount.interval())
    assert amount.to(pair[1].code).interval() == ends


@pytest.mark.parametrize(("left", "right"), [("usd", "vnd"), ("million_usd", "usd"), ("cluster", "product")])
def test_different_units_do_not_add(left: str, right: str) -> None:
    with pytest.raises(KechoError, match="unit_mismatch"):
        Quantity(D(1), left) + Quantity(D(1), right)
    with pytest.raises(KechoError, match="unit_mismatch"):
        Quantity(D(1), left) - Quantity(D(1), right)


def test_sum_has_the_coarser_precision() -> None:
    one, two = Quantity(D("4.25"), "billion_usd", 2), Quantity(D("2.9"), "billion_usd", 1)
    assert one + two == Quantity(D("7.15"), "billion_usd", 1)
    assert two - one == Quantity(D("-1.35"), "billion_usd", 1)
    assert one + Quantity(D(1), "billion_usd") == Quantity(D("5.25"), "billion_usd", 2)


@pytest.mark.parametrize(("unit", "goal"), [("furlong", "usd"), ("usd", "furlong")])
def test_unknown_units_do_not_convert(unit: str, goal: str) -> None:
    with pytest.raises(KechoError, match="unknown_unit"):
        Quantity(D(1), unit).to(goal)


@pytest.mark.parametrize("value", [D("NaN"), D("Infinity"), 1.5, "1"])
def test_only_finite_decimals(value) -> None:
    with pytest.raises(KechoError, match="bad_number"):
        Quantity(value, "usd")


def test_domestic_share_of_exports_agrees_within_rounding() -> None:
    """4.2 of 7.1 billion is published as 58.6 %; the printed figures themselves give 59.2 %."""
    bounds = share_interval(Quantity(D("4.2"), "billion_usd", 1), Quantity(D("7100"), "million_usd", -2))
    assert bounds is not None
    assert overlap(bounds, Quantity(D("58.6"), "percent", 1).interval())
    assert not overlap(bounds, Quantity(D("62.0"), "percent", 1).interval())


def test_share_of_what_may_be_zero_is_unknown() -> None:
    assert share_interval(Quantity(D("0.1"), "usd", 1), Quantity(D("0"), "usd", 1)) is None
    assert share_interval(Quantity(D("-5"), "usd", 0), Quantity(D("9"), "usd", 0)) is None


def test_total_lies_between_the_sums_of_the_ends() -> None:
    parts = [Quantity(D(v), "billion_usd", 1) for v in ("4.2", "2.9")]
    assert total_interval(parts) == (D("7.00"), D("7.20"))
    with pytest.raises(KechoError, match="unit_mismatch"):
        total_interval([*parts, Quantity(D(1), "usd")])


@given(st.lists(values, min_size=1, max_size=8), st.integers(0, 3))
def test_rounded_parts_always_allow_their_exact_total(parts, decimals) -> None:
    printed = [Quantity(value, "usd").rounded(decimals) for value in parts]
    low, high = total_interval(printed)
    assert low <= sum(parts) <= high


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [("2.345", 2, "2.35"), ("-2.345", 2, "-2.35"), ("0.5", 0, "1"), ("-0.04", 1, "0.0"), ("1250", -2, "1300")],
)
def test_half_is_rounded_away_from_zero(value: str, decimals: int, expected: str) -> None:
    assert str(round_half_up(D(value), decimals)) == expected
