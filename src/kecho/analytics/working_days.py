"""Viet Nam's public holidays, days off in lieu and working days, from the dated rows of ``data/holidays.toml``.

A working day is a Monday to Friday that is no day off: the week of offices (Decision 188/1999/QĐ-TTg, from October
1999; factories mostly work on Saturdays too). A holiday on a weekly rest day moves to the next working day (Labour Code
2019, article 111.3). Some years' rows were not read in a source: ``Holiday.is_verified`` says which.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

from kecho.analytics.lunar import LAST_YEAR, LunarDate, solar_date, tet

FIRST_YEAR = 1976
SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True, order=True, slots=True)
class Holiday:
    """One day off. ``is_substitute``: in lieu of a holiday on a weekend, or swapped for a Saturday."""

    day: date
    name_vi: str
    name_en: str
    is_substitute: bool
    is_verified: bool


@cache
def _rows() -> dict[str, list[dict[str, Any]]]:
    text = resources.files("kecho.analytics").joinpath("data/holidays.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def holidays(year: int) -> tuple[Holiday, ...]:
    """Days off of a year by day, those in lieu included. Years 1976 to 2100, else ValueError.

    >>> [str(h.day) for h in holidays(2020) if h.name_en == "Tết"]  # off from 23 to 29 January
    ['2020-01-23', '2020-01-24', '2020-01-25', '2020-01-26', '2020-01-27', '2020-01-28', '2020-01-29']
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"holidays are known for {FIRST_YEAR} to {LAST_YEAR}, not {year}")
    named = sorted([*_fixed(year), *_tet_days(year), *_national_day(year)])
    taken = {holiday.day for holiday in named}
    substitutes = []
    for holiday in named:
        if holiday.day.weekday() >= SATURDAY:
            free = holiday.day
            while free.weekday() >= SATURDAY or free in taken:
                free += DAY
            taken.add(free)
            substitutes.append(Holiday(free, holiday.name_vi, holiday.name_en, True, holiday.is_verified))
    swapped = [
        Holiday(row["free"], "Nghỉ hoán đổi", "Swapped day", True, row["verified"])
        for row in _rows()["swap"]
        if row["free"].year == year
    ]
    return tuple(sorted([*named, *substitutes, *swapped]))


def _fixed(year: int) -> list[Holiday]:
    rows = _rows()
    found = [(row, date(year, row["month"], row["day"])) for row in rows["fixed"] if year >= row["from_year"]]
    found += [
        (row, solar_date(LunarDate(year, row["month"], False, row["day"])))
        for row in rows["lunar"]
        if year >= row["from_year"]
    ]
    return [Holiday(day, row["name_vi"], row["name_en"], False, row["verified"]) for row, day in found]


def _row_of(year: int, kind: str) -> dict[str, Any] | None:
    """The year's own row, else the last rule that began before it."""
    own = [row for row in _rows()[f"{kind}_year"] if row["year"] == year]
    rules = [row for row in _rows()[kind] if row["from_year"] <= year]
    found = own or rules
    return found[-1] if found else None


def _tet_days(year: int) -> list[Holiday]:
    row = _row_of(year, "tet")
    if row is None:
        return []
    steps = range(-row["before"], row["after"])
    return [Holiday(tet(year) + step * DAY, "Tết Nguyên đán", "Tết", False, row["verified"]) for step in steps]


def _national_day(year: int) -> list[Holiday]:
    row = _row_of(year, "national_day")
    if row is None:
        return []
    return [Holiday(date(year, 9, 2) + row["side"] * DAY, "Quốc khánh", "National Day", False, row["verified"])]


@cache
def working_days(year: int, month: int) -> int:
    """Working days of a month.

    >>> working_days(2025, 4), working_days(2025, 5)
    (21, 20)
    """
    return sum(is_working_day(day) for day in month_days(year, month))


def is_working_day(day: date) -> bool:
    """Monday to Friday and no day off, or a Saturday worked for a day swapped away."""
    if day.weekday() >= SATURDAY:
        return any(row["worked"] == day for row in _rows()["swap"])
    return day not in {holiday.day for holiday in holidays(day.year)}


def month_days(year: int, month: int) -> list[date]:
    """All days of a month."""
    first = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    return [first + step * DAY for step in range((after - first).days)]
