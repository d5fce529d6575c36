"""Viet Nam's lunar calendar, computed from the sun and the moon.

The rules (Hồ Ngọc Đức, "Thuật toán tính âm lịch"; the same as China's but for the meridian): a month begins on the day
of the new moon; the winter solstice falls in month 11; of a year with thirteen new moons between two such months the
first month without a principal solar term is the leap month. "Day" is a day of Viet Nam's clock, so the two countries
differ where a new moon or a solar term falls into the hour between their midnights.

Positions of moon and sun: J. Meeus, *Astronomical Formulae for Calculators* (1982), chapters 18 and 32, as the
published algorithm uses them; new moons are right to about two minutes between 1900 and 2100.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from math import floor, pi, sin

# Decision 121-CP of 8 August 1967: from 1968 Viet Nam's calendar is reckoned on UTC+7; before it followed UTC+8, as
# the South's went on to do until 1975 (so the South kept Tết of 1968 a day later).
FIRST_YEAR_AT_7 = 1968
FIRST_YEAR, LAST_YEAR = 1900, 2100
SYNODIC_MONTH = 29.530588853  # days
EPOCH = 2415021.076998695  # Julian day of the first new moon of 1900
_JULIAN_OF_ORDINAL = 1721425  # Julian day number at noon of the day before the one whose Python ordinal is 1
_RAD = pi / 180


@dataclass(frozen=True, order=True, slots=True)
class LunarDate:
    """Day 1-30 of month 1-12 of a lunar year; ``is_leap`` marks the repeated month ("tháng nhuận")."""

    year: int
    month: int
    is_leap: bool
    day: int


def utc_offset(year: int) -> int:
    """Hours ahead of Greenwich that the calendar of a lunar year is reckoned on.

    >>> utc_offset(1967), utc_offset(1968)
    (8, 7)
    """
    return 7 if year >= FIRST_YEAR_AT_7 else 8


def new_moon(number: int) -> float:
    """Julian day (Universal Time) of new moon ``number``, counted from the first of 1900."""
    t = number / 1236.85
    mean = 2415020.75933 + 29.53058868 * number + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t**2) * _RAD)
    sun = (359.2242 + 29.10535608 * number - 0.0000333 * t**2 - 0.00000347 * t**3) * _RAD
    moon = (306.0253 + 385.81691806 * number + 0.0107306 * t**2 + 0.00001236 * t**3) * _RAD
    node = (21.2964 + 390.67050646 * number - 0.0016528 * t**2 - 0.00000239 * t**3) * _RAD
    true = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun)
    true += -0.4068 * sin(moon) + 0.0161 * sin(2 * moon) - 0.0004 * sin(3 * moon)
    true += 0.0104 * sin(2 * node) - 0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon)
    true += 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun) - 0.0006 * sin(2 * node + moon)
    true += 0.0010 * sin(2 * node - moon) + 0.0005 * sin(2 * moon + sun)
    return mean + true - _dynamical_lead(t)


def _dynamical_lead(t: float) -> float:
    """Days by which dynamical time leads Universal Time, ``t`` centuries from 1900, as the algorithm has it."""
    return -0.000278 + 0.000265 * t + 0.000262 * t**2


def sun_longitude(julian: float) -> float:
    """The sun's apparent longitude in radians, 0 to 2π, at a Julian day."""
    t = (julian - 2451545.0) / 36525
    anomaly = (357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3) * _RAD
    centre = (1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(anomaly)
    centre += (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000290 * sin(3 * anomaly)
    longitude = (280.46645 + 36000.76983 * t + 0.0003032 * t**2 + centre) * _RAD
    return longitude % (2 * pi)


def _new_moon_day(number: int, offset: int) -> int:
    """Julian day number of the local day of a new moon."""
    return floor(new_moon(number) + 0.5 + offset / 24)


def _term(day: int, offset: int) -> int:
    """Which of the twelve principal terms the sun has passed at the start of a local day; 9 is the winter solstice."""
    return floor(sun_longitude(day - 0.5 - offset / 24) / pi * 6)


@cache
def _month_eleven(year: int, offset: int) -> int:
    """Julian day number on which month 11, the month of the winter solstice, of a lunar year begins."""
    number = floor((_julian(date(year, 12, 31)) - 2415021) / SYNODIC_MONTH)
    start = _new_moon_day(number, offset)
    return _new_moon_day(number - 1, offset) if _term(start, offset) >= 9 else start


@cache
def _months(year: int, offset: int) -> tuple[tuple[int, int, bool], ...]:
    """First day, month and whether it is a leap month, from month 11 of the year before to month 10 of ``year``."""
    first, next_first = _month_eleven(year - 1, offset), _month_eleven(year, offset)
    number = floor((first - EPOCH) / SYNODIC_MONTH + 0.5)
    starts = [_new_moon_day(number + step, offset) for step in range(15)]
    starts = [day for day in starts if first <= day < next_first]
    leap = -1
    if len(starts) == 13:
        terms = [_term(day, offset) for day in [*starts, next_first]]
        leap = next(at for at in range(1, 13) if terms[at] == terms[at + 1])
    found: list[tuple[int, int, bool]] = []
    month = 10
    for at, day in enumerate(starts):
        month = month if at == leap else month % 12 + 1
        found.append((day, month, at == leap))
    return tuple(found)


def lunar_date(day: date) -> LunarDate:
    """The lunar date of a day.

    >>> lunar_date(date(2025, 1, 29))
    LunarDate(year=2025, month=1, is_leap=False, day=1)
    >>> lunar_date(date(2025, 7, 25))
    LunarDate(year=2025, month=6, is_leap=True, day=1)
    """
    julian = _julian(day)
    offset = utc_offset(day.year)
    cycle = day.year + (julian >= _month_eleven(day.year, offset))
    start, month, is_leap = max(entry for entry in _months(cycle, offset) if entry[0] <= julian)
    year = cycle - 1 if month >= 11 and not (is_leap and month == 10) else cycle
    return LunarDate(year, month, is_leap, julian - start + 1)


def solar_date(lunar: LunarDate) -> date:
    """The day of a lunar date; ValueError where the year has no such month or the month no such day.

    >>> solar_date(LunarDate(2025, 3, False, 10))
    datetime.date(2025, 4, 7)
    """
    offset = utc_offset(lunar.year)
    cycle = lunar.year + (lunar.month >= 11)
    starts = [start for start, *name in _months(cycle, offset) if name == [lunar.month, lunar.is_leap]]
    if starts:
        found = _gregorian(starts[0] + lunar.day - 1)
        if lunar_date(found) == lunar:
            return found
    raise ValueError(f"no such lunar date: {lunar}")


@cache
def tet(year: int) -> date:
    """The first day of the lunar year that begins in ``year``: Tết Nguyên Đán. Years 1900 to 2100, else ValueError.

    >>> tet(2007), tet(1985)
    (datetime.date(2007, 2, 17), datetime.date(1985, 1, 21))
    """
    return new_year(year, utc_offset(year))


def new_year(year: int, offset: int) -> date:
    """The same reckoned on any clock; ``offset=8`` gives China's.

    >>> new_year(2007, 8)
    datetime.date(2007, 2, 18)
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the lunar calendar is computed for {FIRST_YEAR} to {LAST_YEAR}, not {year}")
    return _gregorian(next(day for day, month, is_leap in _months(year, offset) if month == 1 and not is_leap))


def _julian(day: date) -> int:
    """Julian day number at noon of a day."""
    return day.toordinal() + _JULIAN_OF_ORDINAL


def _gregorian(julian: int) -> date:
    return date.fromordinal(julian - _JULIAN_OF_ORDINAL)
