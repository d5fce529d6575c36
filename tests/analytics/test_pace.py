"""The seasonal profile: complete years only, the last five of them, and an honest fallback."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.analytics.growth import cumulate
from kecho.analytics.pace import ProfileMethod, excess_pct, linear_profile, percent_of_plan, seasonal_profile

EVEN = [Decimal(n) for n in range(1, 13)]
LATE = [Decimal(0)] * 11 + [Decimal(5)]
level = st.decimals(min_value="0.01", max_value="1000", places=2)


def test_profile_is_the_mean_of_the_last_five_years() -> None:
    profile = seasonal_profile({2016: LATE, **dict.fromkeys(range(2017, 2022), EVEN)})
    assert profile.years_at(6) == (2017, 2018, 2019, 2020, 2021)
    assert profile.method is ProfileMethod.SEASONAL
    assert profile.share_at(6) == Decimal("0.5")
    assert profile.share_at(0) == 0
    assert profile.years_at(0) == ()


@pytest.mark.parametrize(
    ("why", "bad"),
    [("no total", [*EVEN[:11], None]), ("eleven months", EVEN[:11]), ("nothing at all", [Decimal(0)] * 12)],
)
def test_an_unusable_year_does_not_count(why: str, bad: list[Decimal | None]) -> None:
    profile = seasonal_profile({2020: EVEN, 2021: EVEN, 2022: EVEN, 2023: bad})
    assert profile.years_at(12) == (2020, 2021, 2022), why


def test_a_year_counts_for_the_months_that_it_has() -> None:
    without_june = [None if month == 5 else value for month, value in enumerate(EVEN)]
    profile = seasonal_profile({2019: EVEN, 2020: EVEN, 2021: EVEN, 2022: without_june}, most_years=3)
    assert profile.years_at(5) == (2020, 2021, 2022)
    assert profile.years_at(6) == (2019, 2020, 2021)


def test_a_month_with_too_few_years_lies_between_its_neighbours() -> None:
    without_june = [None if month == 5 else value for month, value in enumerate(EVEN)]
    profile = seasonal_profile(dict.fromkeys((2020, 2021, 2022), without_june))
    assert profile.years_at(6) == ()
    assert profile.share_at(6) == (profile.share_at(5) + profile.share_at(7)) / 2


def test_a_year_that_was_not_normal_can_be_left_out() -> None:
    history = dict.fromkeys(range(2018, 2023), EVEN)
    assert seasonal_profile(history, excluded=frozenset({2020, 2021})).years_at(3) == (2018, 2019, 2022)


def test_too_little_history_falls_back_to_equal_months_and_says_so() -> None:
    profile = seasonal_profile({2022: LATE, 2023: LATE})
    assert profile == linear_profile()
    assert profile.method is ProfileMethod.LINEAR
    assert profile.years == ()
    assert profile.share_at(3) == Decimal("0.25")


@given(st.lists(st.lists(level, min_size=12, max_size=12), min_size=3, max_size=6))
def test_profile_of_complete_years_rises_to_one(years: list[list[Decimal]]) -> None:
    profile = seasonal_profile({year: cumulate(levels) for year, levels in enumerate(years)})
    assert list(profile.shares) == sorted(profile.shares)
    assert abs(profile.shares[-1] - 1) < Decimal("1e-20")


@given(level, level)
def test_percent_of_plan_and_excess_are_one_number(done: Decimal, plan: Decimal) -> None:
    assert percent_of_plan(done, plan) - 100 == excess_pct(done, plan)
