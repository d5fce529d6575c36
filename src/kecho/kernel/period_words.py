"""Periods in words: in a sentence, in a heading, over a column; Vietnamese and English."""

from __future__ import annotations

from datetime import date
from typing import Literal

from kecho.kernel.calendar_words import MONTHS_EN, day_en, month_number_vi
from kecho.kernel.periods import Calendar, Period, PeriodKind

PeriodForm = Literal["plain", "title", "short"]

_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_ORDINALS = ("first", "second", "third", "fourth")
_COUNTS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def period(span: Period, lang: str, form: PeriodForm = "plain") -> str:
    """A period in a sentence (``plain``), in a heading (``title``) or over a column (``short``).

    >>> [period(Period.parse(c), "vi") for c in ("2025-02", "2025-11", "2025-Q4", "2025-H1", "2025-01/2025-09", "2025")]
    ['tháng 02/2025', 'tháng 11/2025', 'quý IV/2025', '6 tháng đầu năm 2025', '9 tháng năm 2025', 'năm 2025']
    >>> period(Period.parse("2025-02"), "vi", "title"), period(Period.parse("2025-01/2025-05"), "vi", "short")
    ('Tháng 02 năm 2025', '5T/2025')
    >>> period(Period.parse("2025-01/2025-05"), "en"), period(Period.parse("2025-Q4"), "en")
    ('first five months of 2025', 'Q4 2025')
    """
    if form == "short":
        text = _short_vi(span) if lang == "vi" else _short_en(span)
    else:
        text = _words_vi(span, " năm " if form == "title" else "/") if lang == "vi" else _words_en(span, form)
    if form == "title":
        text = text[0].upper() + text[1:]
    return f"{text}{_calendar_note(span, lang)}"


def _words_vi(span: Period, joint: str) -> str:
    year = span.year
    match span.kind:
        case PeriodKind.MONTH:
            return f"tháng {month_number_vi(span.month)}{joint}{year}"
        case PeriodKind.QUARTER:
            return f"quý {_ROMAN[_part(span)]}{joint}{year}"
        case PeriodKind.HALF:
            return f"6 tháng {'đầu' if _part(span) == 1 else 'cuối'} năm {year}"
        case PeriodKind.YEAR:
            return f"năm {year}"
        case PeriodKind.NINE_MONTHS | PeriodKind.YEAR_TO_DATE:
            return f"{span.length} tháng {'đầu ' if span.length < 6 else ''}năm {year}"
    first, last = _ends(span)
    return f"từ {_words_vi(first, joint)} đến {_words_vi(last, joint)}"


def _short_vi(span: Period) -> str:
    year = span.year
    match span.kind:
        case PeriodKind.MONTH:
            return f"T{span.month}/{year}"
        case PeriodKind.QUARTER:
            return f"Q{_ROMAN[_part(span)]}/{year}"
        case PeriodKind.HALF if _part(span) == 2:
            return f"6T cuối/{year}"
        case PeriodKind.YEAR:
            return str(year)
        case PeriodKind.HALF | PeriodKind.NINE_MONTHS | PeriodKind.YEAR_TO_DATE:
            return f"{span.length}T/{year}"
    first, last = _ends(span)
    return f"{_short_vi(first)}-{_short_vi(last)}"


def _words_en(span: Period, form: PeriodForm) -> str:
    year = span.year
    match span.kind:
        case PeriodKind.MONTH:
            return f"{MONTHS_EN[span.month - 1]} {year}"
        case PeriodKind.QUARTER:
            return f"Q{_part(span)} {year}" if form == "plain" else f"{_ORDINALS[_part(span) - 1]} quarter of {year}"
        case PeriodKind.HALF:
            return f"{_ORDINALS[_part(span) - 1]} half of {year}"
        case PeriodKind.YEAR:
            return str(year)
        case PeriodKind.NINE_MONTHS | PeriodKind.YEAR_TO_DATE:
            return f"first {_COUNTS[span.length]} months of {year}"
    first, last = _ends(span)
    return f"{_words_en(first, form)} to {_words_en(last, form)}"


def _short_en(span: Period) -> str:
    year = span.year
    match span.kind:
        case PeriodKind.MONTH:
            return f"{MONTHS_EN[span.month - 1][:3]} {year}"
        case PeriodKind.QUARTER:
            return f"Q{_part(span)} {year}"
        case PeriodKind.HALF:
            return f"H{_part(span)} {year}"
        case PeriodKind.YEAR:
            return str(year)
        case PeriodKind.NINE_MONTHS | PeriodKind.YEAR_TO_DATE:
            return f"{span.length}M {year}"
    first, last = _ends(span)
    return f"{_short_en(first)} - {_short_en(last)}"


def _part(span: Period) -> int:
    """Which quarter or half of its year."""
    return span.start % 12 // span.length + 1


def _ends(span: Period) -> tuple[Period, Period]:
    """Its first and last month, always worded on the plain calendar: the note says the rest."""
    return Period(span.start, span.start + 1), Period(span.end - 1, span.end)


def _calendar_note(span: Period, lang: str) -> str:
    """The administrative month is never shown as if it were the calendar month."""
    if span.calendar is Calendar.STATISTICAL:
        return ""
    first, after = span.dates
    last = date.fromordinal(after.toordinal() - 1)
    if lang == "vi":
        return f" (từ {first:%d/%m/%Y} đến {last:%d/%m/%Y})"
    return f" ({day_en(first, short=True)} to {day_en(last, short=True)})"
