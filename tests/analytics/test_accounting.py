"""Growth accounting: rates of a month, points that add up exactly, links across base years, levels from rates."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.analytics import accounting
from kecho.analytics.accounting import LinkedPart
from kecho.analytics.chaining import chain
from kecho.kernel.errors import KechoError

TINY = Decimal("1e-18")
JANUARY = 2024 * 12
ALL_FOUR = {"month_pct", "year_on_year_pct", "year_to_date_pct", "average_pct"}
level = st.decimals(min_value="0.01", max_value="1000000", places=2)


def d(text: str) -> Decimal:
    return Decimal(text)


def test_the_four_rates_of_a_month() -> None:
    levels = {JANUARY + n: Decimal(100 + n) for n in range(24)} | {JANUARY + 23: Decimal(150)}
    found = accounting.rates(levels, JANUARY + 23)
    assert round(found.month_pct, 4) == d("22.9508")  # 150 / 122
    assert round(found.year_on_year_pct, 4) == d("35.1351")  # 150 / 111
    assert found.year_to_date_pct == found.average_pct  # in December the year is the twelve months
    assert round(found.average_pct, 4) == d("13.5071")  # 1437 / 1266


@pytest.mark.parametrize(
    ("levels", "missing"),
    [
        ({JANUARY: d("1")}, ALL_FOUR),
        ({JANUARY: d("1"), JANUARY - 12: d("0"), JANUARY - 1: d("2")}, ALL_FOUR - {"month_pct"}),
        ({JANUARY: d("1"), JANUARY - 1: d("-2")}, ALL_FOUR),
    ],
)
def test_a_rate_without_a_positive_base_does_not_exist(levels: dict[int, Decimal], missing: set[str]) -> None:
    found = accounting.rates(levels, JANUARY)
    assert {name for name in found.__slots__ if getattr(found, name) is None} == missing


def test_gdp_of_the_first_quarter_of_2011() -> None:
    """0.24 + 2.36 + 2.83 = 5.43 points (national accounts, Q1/2011; shares implied by points over growth)."""
    growths = {"agriculture": d("2.05"), "industry": d("5.47"), "services": d("6.28")}
    points = {"agriculture": d("0.24"), "industry": d("2.36"), "services": d("2.83")}
    weights = {name: points[name] / growths[name] * 100 for name in growths}
    found = accounting.weighted_contributions(weights, growths, d("5.43"))
    assert {name: round(value, 2) for name, value in found.points.items()} == points
    assert abs(found.remainder) < TINY


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(level, level), min_size=1), level, level)
def test_additive_points_and_the_remainder_add_up(
    parts: dict[str, tuple[Decimal, Decimal]], more_now: Decimal, more_base: Decimal
) -> None:
    now, base = ({name: pair[at] for name, pair in parts.items()} for at in (0, 1))
    total_now, total_base = sum(now.values()) + more_now, sum(base.values()) + more_base
    found = accounting.contributions(now, base, total_now, total_base)
    assert found is not None
    assert abs(sum(found.points.values()) + found.remainder - found.growth_pct) < TINY
    assert abs(found.remainder - (more_now - more_base) / total_base * 100) < Decimal("1e-12")


def test_a_part_known_on_one_side_only_stays_in_the_remainder() -> None:
    found = accounting.contributions({"a": d("3"), "b": d("5")}, {"a": d("2")}, d("8"), d("4"))
    assert found is not None
    assert (dict(found.points), found.remainder) == ({"a": d("25")}, d("75"))


def test_no_points_on_a_base_of_zero() -> None:
    assert accounting.contributions({"a": d("3")}, {"a": d("0")}, d("3"), d("0")) is None


volumes = st.lists(st.decimals(min_value="0.5", max_value="50", places=1), min_size=12, max_size=12)
prices = st.lists(st.decimals(min_value="0.5", max_value="5", places=1), min_size=2, max_size=2)


@given(
    st.lists(st.tuples(volumes, volumes, st.decimals("0.5", "50", places=1), prices), min_size=1, max_size=5),
    st.integers(0, 11),
)
def test_chain_linked_points_add_up_to_the_growth_of_the_chain(
    goods: list[tuple[list[Decimal], list[Decimal], Decimal, list[Decimal]]], month: int
) -> None:
    """Against a chain computed from quantities and prices: two years of months and one month of the third."""
    means = [[sum(year) / 12 for year in good[:2]] for good in goods]
    totals = [sum(good[3][at] * mean[at] for good, mean in zip(goods, means, strict=True)) for at in (0, 1)]
    parts = {
        str(n): LinkedPart(
            weight=good[3][1] * mean[1] / totals[1],
            weight_before=good[3][0] * mean[0] / totals[0],
            relative=good[2] / mean[1],
            relative_before=good[1][month] / mean[0],
            year_relative=mean[1] / mean[0],
        )
        for n, (good, mean) in enumerate(zip(goods, means, strict=True))
    }
    found = accounting.linked_contributions(parts)
    at_old_prices = [sum(good[3][0] * value for good, value in zip(goods, side, strict=True)) for side in
                     ([mean[1] for mean in means], [good[1][month] for good in goods])]  # fmt: skip
    at_new_prices = sum(good[3][1] * good[2] for good in goods)
    chained_now = at_old_prices[0] * at_new_prices / totals[1]
    assert found is not None
    assert abs(found.growth_pct - (chained_now / at_old_prices[1] - 1) * 100) < Decimal("1e-15")
    assert abs(found.remainder) < Decimal("1e-15")


def test_weights_that_do_not_make_a_whole_are_refused() -> None:
    half = LinkedPart(d("0.5"), d("0.5"), d("1"), d("1"), d("1"))
    assert accounting.linked_contributions({"a": half}) is None


def test_a_base_break_keeps_growth_on_both_sides_and_prints_its_factor() -> None:
    old = {month: Decimal(100 + month) for month in range(24)}
    new = {month: Decimal(100 + month) / 2 for month in range(12, 36)}
    found = accounting.linked(old, new)
    assert (found.factor, found.months, found.spread) == (d("0.5"), 12, d("0"))
    assert found.levels[5] / found.levels[4] == old[5] / old[4]
    assert found.levels[30] == new[30]


@pytest.mark.parametrize(("old", "new"), [({0: d("1")}, {1: d("1")}), ({0: d("0")}, {0: d("5")}), ({}, {})])
def test_series_without_a_common_month_are_not_joined(old: dict[int, Decimal], new: dict[int, Decimal]) -> None:
    with pytest.raises(KechoError) as raised:
        accounting.linked(old, new)
    assert raised.value.code == "analytics.no_overlap"


@given(st.lists(st.floats(50, 150), min_size=26, max_size=60), st.sets(st.integers(0, 59)))
def test_chained_levels_give_every_rate_back(levels: list[float], lost: set[int]) -> None:
    """Rates made from levels lead back to those levels, up to their scale, as long as the chains hang together."""
    on_year = {m: levels[m] / levels[m - 12] * 100 for m in range(12, len(levels))}
    on_month = {m: levels[m] / levels[m - 1] * 100 for m in range(1, len(levels)) if m not in lost or m < 12}
    found = chain(on_year, on_month)
    scale = found.levels[0] / levels[0]
    assert found.levels.keys() == set(range(len(levels)))
    assert all(abs(found.levels[m] / (level * scale) - 1) < 1e-9 for m, level in enumerate(levels))
    assert found.gap_pct < 1e-6


def test_rates_on_the_same_month_outrank_rates_on_the_month_before() -> None:
    found = chain({12: 110.0, 13: 110.0}, {1: 100.0, 13: 120.0})
    assert round(found.levels[13] / found.levels[1], 9) == 1.1
    assert round(found.levels[12] / found.levels[0], 9) == 1.1
    assert round(found.gap_pct, 2) == 9.54  # both rates on the month before are missed alike: sqrt(1.2) = 1.0954


def test_months_that_nothing_ties_to_the_rest_are_left_out() -> None:
    found = chain({24: 105.0}, {101: 100.0, 102: 100.0, 103: 101.0})
    assert sorted(found.levels) == [100, 101, 102, 103]


@pytest.mark.parametrize(
    ("on_year", "on_month", "code"),
    [
        ({}, {}, "analytics.no_rates"),
        ({12: 0.0}, {}, "analytics.bad_values"),
        ({}, {3: float("nan")}, "analytics.bad_values"),
    ],
)
def test_what_cannot_be_chained(on_year: dict[int, float], on_month: dict[int, float], code: str) -> None:
    with pytest.raises(KechoError) as raised:
        chain(on_year, on_month)
    assert raised.value.code == code
