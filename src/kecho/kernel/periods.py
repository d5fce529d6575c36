"""Periods: whole months from a first to a last one, on the statistical or the administrative calendar.

A period is its months, so "quý I", "3 tháng đầu năm" and ``2025-01/2025-03`` are one and the same period, whatever a
header calls it. The statistical month is the calendar month. The administrative month runs from the 15th of the month
before to the 14th, and its year from 15 December to 14 December (Decree 09/2019/NĐ-CP as applied by sector circulars).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kecho.kernel.errors import KechoError


class Calendar(StrEnum):
    """Which clock a month follows."""

    STATISTICAL = "stat"
    ADMINISTRATIVE = "admin14"


class PeriodKind(StrEnum):
    """What a period's months amount to."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    YEAR_TO_DATE = "year_to_date"
    SPAN = "span"


_MONTH = r"(\d{4})-(0[1-9]|1[0-2])"
_PATTERNS = {
    "month": re.compile(_MONTH, re.ASCII),
    "span": re.compile(f"{_MONTH}/{_MONTH}", re.ASCII),
    "quarter": re.compile(r"(\d{4})-Q([1-4])", re.ASCII),
    "half": re.compile(r"(\d{4})-H([12])", re.ASCII),
    "year": re.compile(r"(\d{4})", re.ASCII),
}


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """Months ``start`` to ``end`` (``end`` not included), each counted as ``year * 12 + month - 1``.

    >>> Period.parse("2025-01/2025-03") == Period.parse("2025-Q1")
    True
    >>> Period.ytd(2025, 2).code, Period.ytd(2025, 12).code, Period.of_half(2024, 1).code
    ('2025-01/2025-02', '2025', '2024-H1')
    """

    start: int
    end: int
    calendar: Calendar = Calendar.STATISTICAL

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise KechoError("kernel.bad_period", value=f"{self.start}/{self.end}")

    # ---- makers

    @classmethod
    def of_month(cls, year: int, month: int, calendar: Calendar = Calendar.STATISTICAL) -> Period:
        """One month; ``month`` from 1 to 12."""
        if not (1 <= month <= 12 and 1 <= year <= 9999):
            raise KechoError("kernel.bad_period", value=f"{year}-{month}")
        return cls(year * 12 + month - 1, year * 12 + month, calendar)

    @classmethod
    def of_quarter(cls, year: int, quarter: int, calendar: Calendar = Calendar.STATISTICAL) -> Period:
        """Quarter 1 to 4."""
        if quarter not in (1, 2, 3, 4):
            raise KechoError("kernel.bad_period", value=f"{year}-Q{quarter}")
        return cls(year * 12 + 3 * quarter - 3, year * 12 + 3 * quarter, calendar)

    @classmethod
    def of_half(cls, year: int, half: int, calendar: Calendar = Calendar.STATISTICAL) -> Period:
        """First or second half."""
        if half not in (1, 2):
            raise KechoError("kernel.bad_period", value=f"{year}-H{half}")
        return cls(year * 12 + 6 * half - 6, year * 12 + 6 * half, calendar)

    @classmethod
    def of_year(cls, year: int, calendar: Calendar = Calendar.STATISTICAL) -> Period:
        """A whole year."""
        return cls(year * 12, year * 12 + 12, calendar)

    @classmethod
    def ytd(cls, year: int, month: int, calendar: Calendar = Calendar.STATISTICAL) -> Period:
        """January to ``month``: the year to date ("lũy kế")."""
        return cls(year * 12, cls.of_month(year, month).end, calendar)

    @classmethod
    def parse(cls, text: str, calendar: Calendar = Calendar.STATISTICAL) -> Period:
        """Read ``2025-02``, ``2025-Q1``, ``2025-H1``, ``2025`` or ``2025-01/2025-02``.

        Raises KechoError ``kernel.bad_period`` for anything else.
        """
        for kind, pattern in _PATTERNS.items():
            match = pattern.fullmatch(text)
            if not match:
                continue
            numbers = [int(group) for group in match.groups()]
            if kind == "span":
                first = cls.of_month(numbers[0], numbers[1], calendar)
                last = cls.of_month(numbers[2], numbers[3], calendar)
                if last.start < first.start:
                    break
                return cls(first.start, last.end, calendar)
            if kind == "year":
                return cls.of_year(numbers[0], calendar)
            maker = {"month": cls.of_month, "quarter": cls.of_quarter, "half": cls.of_half}[kind]
            return maker(numbers[0], numbers[1], calendar)
        raise KechoError("kernel.bad_period", value=text)

    # ---- what it is

    @property
    def year(self) -> int:
        """The year of the first month."""
        return self.start // 12

    @property
    def month(self) -> int:
        """The last month's number, 1 to 12: a year to date is known by where it stops."""
        return (self.end - 1) % 12 + 1

    @property
    def length(self) -> int:
        """How many months."""
        return self.end - self.start

    @property
    def kind(self) -> PeriodKind:
        """The name of a span of this length at this place in the year."""
        if self.length == 1:
            return PeriodKind.MONTH
        in_one_year = (self.end - 1) // 12 == self.year
        from_january = self.start % 12 == 0 and in_one_year
        named = {3: PeriodKind.QUARTER, 6: PeriodKind.HALF, 12: PeriodKind.YEAR}
        if in_one_year and self.length in named and self.start % self.length == 0:
            return named[self.length]
        if from_january:
            return PeriodKind.NINE_MONTHS if self.length == 9 else PeriodKind.YEAR_TO_DATE
        return PeriodKind.SPAN

    @property
    def is_year_to_date(self) -> bool:
        """From January on, within one year (January alone and the whole year count too)."""
        return self.start % 12 == 0 and self.length <= 12

    @property
    def code(self) -> str:
        """The one canonical spelling, sortable within a kind; ``Period.parse`` reads it back."""
        kind = self.kind
        if kind is PeriodKind.MONTH:
            return _month_code(self.start)
        if kind is PeriodKind.QUARTER:
            return f"{self.year}-Q{self.start % 12 // 3 + 1}"
        if kind is PeriodKind.HALF:
            return f"{self.year}-H{self.start % 12 // 6 + 1}"
        if kind is PeriodKind.YEAR:
            return f"{self.year}"
        return self.span_code

    @property
    def span_code(self) -> str:
        """``2025-01/2025-03``: first and last month, whatever the kind."""
        return f"{_month_code(self.start)}/{_month_code(self.end - 1)}"

    @property
    def dates(self) -> tuple[date, date]:
        """First day and the day after the last, on this period's calendar."""
        if self.calendar is Calendar.STATISTICAL:
            return _first_day(self.start), _first_day(self.end)
        return _first_day(self.start - 1).replace(day=15), _first_day(self.end - 1).replace(day=15)

    # ---- neighbours

    def shift(self, *, months: int = 0, years: int = 0) -> Period:
        """The same length, moved. ``p.shift(months=n).shift(months=-n) == p``."""
        by = months + 12 * years
        return Period(self.start + by, self.end + by, self.calendar)

    @property
    def year_before(self) -> Period:
        """The same months of the last year ("cùng kỳ năm trước")."""
        return self.shift(years=-1)

    @property
    def previous(self) -> Period:
        """The period of the same length right before."""
        return self.shift(months=-self.length)

    @property
    def months(self) -> Iterator[Period]:
        """Its single months, in order."""
        return (Period(index, index + 1, self.calendar) for index in range(self.start, self.end))

    def __contains__(self, other: Period) -> bool:
        return self.calendar == other.calendar and self.start <= other.start and other.end <= self.end

    def __str__(self) -> str:
        return self.code


def _month_code(index: int) -> str:
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def _first_day(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)
