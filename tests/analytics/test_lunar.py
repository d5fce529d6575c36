"""Viet Nam's lunar calendar against published dates, China's against the shared list, and its own laws."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kecho.analytics.lunar import LunarDate, lunar_date, new_year, solar_date, tet
from kecho.analytics.working_days import holidays, is_working_day, working_days

CHINA = 8
# One day early in the source: the new moon is on the next day of China's clock.
EARLY_IN_SOURCE = {date(1930, 1, 29), date(1943, 2, 4), date(1946, 2, 1)}


@pytest.mark.parametrize(
    ("year", "viet_nam", "china"),
    [
        (1968, date(1968, 1, 29), date(1968, 1, 30)),
        (1985, date(1985, 1, 21), date(1985, 2, 20)),
        (2007, date(2007, 2, 17), date(2007, 2, 18)),
        (2030, date(2030, 2, 2), date(2030, 2, 3)),
        (2025, date(2025, 1, 29), date(2025, 1, 29)),
    ],
)
def test_tet_is_not_always_chinas_new_year(year: int, viet_nam: date, china: date) -> None:
    assert tet(year) == viet_nam
    assert new_year(year, CHINA) == china


def test_years_in_which_the_two_differ() -> None:
    differ = [year for year in range(1900, 2101) if tet(year) != new_year(year, CHINA)]
    assert differ == [1968, 1969, 1985, 2007, 2030, 2053]


@pytest.mark.shared
def test_chinas_dates_equal_the_shared_list(shared: Path) -> None:
    path = shared / "series/seasonal_adjustment/holiday_dates_cny_easter_diwali.csv"
    with path.open(encoding="utf-8") as file:
        listed = [date.fromisoformat(row["date"]) for row in csv.DictReader(file) if row["holiday"] == "cny"]
    assert len(listed) == 101
    assert {day for day in listed if new_year(day.year, CHINA) != day} == EARLY_IN_SOURCE
    assert {day.year for day in listed if tet(day.year) != day} == {1930, 1943, 1946, 1968, 1969, 1985, 2007, 2030}


@settings(deadline=None)
@given(st.dates(date(1900, 3, 1), date(2100, 11, 30)))
def test_there_and_back_is_the_same_day(day: date) -> None:
    lunar = lunar_date(day)
    assert solar_date(lunar) == day
    assert 1 <= lunar.day <= 30
    after = lunar_date(day + timedelta(days=1))
    assert after.day in (lunar.day + 1, 1)


@settings(deadline=None)
@given(st.integers(1900, 2100))
def test_tet_is_in_its_season(year: int) -> None:
    assert date(year, 1, 20) <= tet(year) <= date(year, 2, 21)
    assert lunar_date(tet(year)) == LunarDate(year, 1, False, 1)


@pytest.mark.parametrize("year", [1899, 2101])
def test_other_years_are_refused(year: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        tet(year)


@pytest.mark.parametrize(
    "lunar", [LunarDate(2025, 5, True, 1), LunarDate(2025, 2, False, 30), LunarDate(2025, 13, False, 1)]
)
def test_a_lunar_date_that_is_none_is_refused(lunar: LunarDate) -> None:
    with pytest.raises(ValueError, match="no such lunar date"):
        solar_date(lunar)


@pytest.mark.parametrize(
    ("year", "first", "last", "name"),
    [
        (2020, date(2020, 1, 23), date(2020, 1, 29), "Tết"),
        (2021, date(2021, 2, 10), date(2021, 2, 16), "Tết"),
        (2024, date(2024, 2, 8), date(2024, 2, 14), "Tết"),
        (2023, date(2023, 4, 29), date(2023, 5, 2), "Hùng Kings' Commemoration Day"),
        (2023, date(2023, 4, 30), date(2023, 5, 3), "Reunification Day"),
    ],
)
def test_published_days_off(year: int, first: date, last: date, name: str) -> None:
    days = [holiday.day for holiday in holidays(year) if holiday.name_en == name]
    assert (days[0], days[-1]) == (first, last)


def test_a_swapped_saturday_is_worked() -> None:
    assert not is_working_day(date(2025, 5, 2))
    assert is_working_day(date(2025, 4, 26))


def test_holidays_say_what_was_verified() -> None:
    verified = {holiday.day: holiday.is_verified for holiday in holidays(2026)}
    assert verified[date(2026, 4, 30)]
    assert not verified[date(2026, 11, 24)]


@settings(deadline=None)
@given(st.integers(1976, 2099), st.integers(1, 12))
def test_working_days_of_a_month(year: int, month: int) -> None:
    assert 13 <= working_days(year, month) <= 23


def test_years_without_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="1975"):
        holidays(1975)
