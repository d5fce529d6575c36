"""Periods as titles and column headings print them: "Tháng 02 năm 2025", "6 tháng đầu năm", "cả quý I", "cùng kỳ"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kecho.kernel.periods import Period

_NUMBERS = {
    "mot": 1, "gieng": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi mot": 11, "muoi hai": 12, "chap": 12, "muoi": 10,
}  # fmt: skip
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "mot": 1, "hai": 2, "ba": 3, "tu": 4}

#: "năm" is five and year: "tháng Năm năm 2012" is May, "các tháng năm 2012" are the months of a year.
_NUMBER = (
    r"(?:0?[1-9]|1[0-2]|muoi mot|muoi hai|muoi|mot|gieng|hai|ba|bon|tu|sau|bay|tam|chin|chap"
    r"|nam(?= nam (?:19|20)| va | thang dau))"
)
_YEAR = r"(?:19[89]\d|20[0-9]\d)"
_OF_YEAR = rf"(?: nam)*(?: (?P<{{0}}>{_YEAR}))?"
_PATTERN = re.compile(
    rf"\b0?1 (?:thang )?0?1 (?:(?:nam )?{_YEAR} )?(?:den )?(?:het )?(?:ngay )?\d{{1,2}} (?:thang )?"
    rf"(?P<since>0?[1-9]|1[0-2]) (?:nam )?(?P<since_year>{_YEAR})\b"
    rf"|\b(?:0?[1-9]|[12]\d|3[01]) (?P<day_month>0?[1-9]|1[0-2]) (?P<day_year>{_YEAR})\b"
    rf"|\bthang (?P<month>{_NUMBER})(?! thang){_OF_YEAR.format('month_year')}\b"
    rf"|\b(?P<late>0?6|sau) thang cuoi{_OF_YEAR.format('late_year')}\b"
    rf"|\b(?P<months>{_NUMBER}) thang(?: dau)?{_OF_YEAR.format('months_year')}\b"
    rf"|\bqu[iy] (?P<quarter>iv|i{{1,3}}|[1-4]|mot|hai|ba|tu){_OF_YEAR.format('quarter_year')}\b"
    rf"|\b(?:ca )?nam (?P<year>{_YEAR})\b"
    rf"|\b(?P<bare>{_YEAR})\b"
    rf"|\b(?P<whole>ca nam)\b"
)


class Span(StrEnum):
    """What a wording of a period counts."""

    MONTH = "month"
    MONTHS = "months"
    LATE_HALF = "late half"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class PeriodText:
    """One period as worded: ``number`` of the month, of the months counted from January, or of the quarter.

    A day ("thời điểm 1/9/2019") counts as its month; a span since 1 January that ends on a day ("từ 01/01 - 20/5/2014")
    as the months up to it.
    """

    span: Span
    number: int
    year: int | None
    day: int = 0

    def of(self, year: int) -> PeriodText:
        """The same with this year where none is printed."""
        return self if self.year else PeriodText(self.span, self.number, year, self.day)

    def before_first_day(self) -> PeriodText:
        """Of a stock: what is there on the first day of a month was there at the end of the month before."""
        if self.day != 1 or self.year is None:
            return self
        before = self.period.previous
        return PeriodText(Span.MONTH, before.month, before.year, self.day)

    @property
    def period(self) -> Period:
        """As months. The year must be known."""
        year = self.year or 0
        match self.span:
            case Span.MONTH:
                return Period.of_month(year, self.number)
            case Span.MONTHS:
                return Period.ytd(year, self.number)
            case Span.QUARTER:
                return Period.of_quarter(year, self.number)
            case Span.LATE_HALF:
                return Period.of_half(year, 2)
            case Span.YEAR:
                return Period.of_year(year)

    @property
    def code(self) -> str:
        """As rows carry it: what is worded as a number of months stays one, "3 tháng" is ``2025-01/2025-03``."""
        period = self.period
        if self.span in (Span.MONTHS, Span.LATE_HALF) and 1 < period.length < 12:
            return period.span_code
        return period.code


def find(folded: str) -> list[PeriodText]:
    """All periods worded in a folded text, in order.

    >>> [text.of(2011).code for text in find("thang sau va sau thang dau nam 2011")]
    ['2011-06', '2011-01/2011-06']
    >>> [text.code for text in find("quy i nam 2025 so voi quy iv nam 2024")]
    ['2025-Q1', '2024-Q4']
    """
    return [text for _, text in finditer(folded)]


def finditer(folded: str) -> Iterator[tuple[re.Match[str], PeriodText]]:
    """As ``find``, with the place of each."""
    for match in _PATTERN.finditer(folded):
        found = match.groupdict()
        if found["since"]:
            yield match, PeriodText(Span.MONTHS, int(found["since"]), _year(found["since_year"]))
        elif found["day_month"]:
            day = int(match.group().split()[0])
            yield match, PeriodText(Span.MONTH, int(found["day_month"]), _year(found["day_year"]), day)
        elif found["month"]:
            yield match, PeriodText(Span.MONTH, _number(found["month"]), _year(found["month_year"]))
        elif found["late"]:
            yield match, PeriodText(Span.LATE_HALF, 6, _year(found["late_year"]))
        elif found["months"]:
            yield match, PeriodText(Span.MONTHS, _number(found["months"]), _year(found["months_year"]))
        elif found["quarter"]:
            yield match, PeriodText(Span.QUARTER, _QUARTERS[found["quarter"]], _year(found["quarter_year"]))
        else:
            yield match, PeriodText(Span.YEAR, 1, _year(found["year"] or found["bare"]))


def whole(folded: str) -> PeriodText | None:
    """The period that a text is, if it is nothing else.

    >>> whole("quy i nam 2020").code, whole("uoc tinh quy i nam 2020")
    ('2020-Q1', None)
    """
    for match, found in finditer(folded):
        return found if match.group() == folded else None
    return None


def _number(text: str) -> int:
    return _NUMBERS.get(text) or int(text)


def _year(text: str | None) -> int | None:
    return int(text) if text else None
