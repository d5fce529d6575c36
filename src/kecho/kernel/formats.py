"""Numbers, money, dates and periods as Vietnamese offices write them, and in English.

Vietnamese: 1.234.567,8 · 12,3% · 16,8 tỷ USD · 702,2 nghìn tỷ đồng · ngày 05 tháng 02 năm 2026 · quý IV/2026.
English: 1,234,567.8 · 12.3% · US$16.8 billion · VND 702.2 trillion · 5 February 2026 · Q4 2026.
Always "tỷ", never "tỉ"; "nghìn tỷ" is a trillion. Sources: the accounting law for dot and comma, Decree 30/2020/NĐ-CP
Appendix I for dates (days below 10 and the months 1 and 2 take a zero, other months do not).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from kecho.kernel.calendar_words import day_en, day_vi
from kecho.kernel.numerals import MARKS, Lang, decimal_mark, parse_number
from kecho.kernel.period_words import PeriodForm, period
from kecho.kernel.quantities import Quantity, round_half_up
from kecho.kernel.units import symbol, units

__all__ = [
    "NO_BREAK",
    "DateForm",
    "Lang",
    "PeriodForm",
    "date_text",
    "decimal_mark",
    "money",
    "number",
    "parse_number",
    "percent",
    "period",
    "quantity",
]

DateForm = Literal["short", "long", "document"]

NO_BREAK = "\u00a0"
_MONEY_EN = {"usd": "US$", "vnd": "VND "}
_SCALE_EN = {0: "", 3: " thousand", 6: " million", 9: " billion", 12: " trillion"}


# ---- numbers


def number(value: Decimal | int, lang: Lang, decimals: int | None = None) -> str:
    """With group and decimal marks of the language; ``decimals`` rounds half away from zero, None keeps all digits.

    >>> number(Decimal("1234567.85"), "vi", 1), number(Decimal("1234567.85"), "en"), number(Decimal("-0.04"), "vi", 1)
    ('1.234.567,9', '1,234,567.85', '0,0')
    """
    exact = Decimal(value)
    if decimals is not None:
        exact = round_half_up(exact, decimals)
    group, point = MARKS[lang]
    return f"{exact:,f}".translate(str.maketrans(",.", group + point))


def percent(value: Decimal | int, lang: Lang, decimals: int | None = None) -> str:
    """``12,3%``: no space before the sign, in both languages."""
    return f"{number(value, lang, decimals)}%"


def quantity(
    amount: Quantity,
    lang: Lang,
    scale: str | None = None,
    *,
    decimals: int | None = None,
    no_break: bool = False,
) -> str:
    """A value with its unit; ``scale`` is another unit code of the dimension to write it in.

    ``decimals`` defaults to the printed precision of the quantity. ``no_break`` puts no-break spaces, so that a number
    and its unit stay on one line.

    >>> q = Quantity(Decimal("7137.4"), "million_usd", 1)
    >>> quantity(q, "vi"), quantity(q, "vi", "billion_usd", decimals=1), quantity(q, "en", "billion_usd", decimals=1)
    ('7.137,4 triệu USD', '7,1 tỷ USD', 'US$7.1 billion')
    """
    shown = amount.to(scale) if scale else amount
    places = decimals if decimals is not None else shown.decimals
    places = None if places is None else max(places, 0)
    text = number(shown.value, lang, places)
    text = f"{text}{_tail(shown, lang, text)}"
    known = units().get(shown.unit)
    if lang == "en" and known and known.dimension in _MONEY_EN:
        sign = "-" if text.startswith("-") else ""
        text = f"{sign}{_MONEY_EN[known.dimension]}{text.removeprefix('-')}"
    return text.replace(" ", NO_BREAK) if no_break else text


def money(
    amount: Quantity,
    lang: Lang,
    scale: str | None = None,
    *,
    decimals: int | None = None,
    no_break: bool = False,
) -> str:
    """``quantity`` for USD and VND; without ``scale`` in the largest unit of which there is at least one.

    >>> money(Quantity(Decimal("702200"), "billion_vnd"), "vi", decimals=1)
    '702,2 nghìn tỷ đồng'
    >>> money(Quantity(Decimal("702200"), "billion_vnd"), "en", decimals=1)
    'VND 702.2 trillion'
    >>> money(Quantity(Decimal("56427"), "billion_vnd"), "vi", "billion_vnd")
    '56.427 tỷ đồng'
    """
    return quantity(amount, lang, scale or _best_scale(amount), decimals=decimals, no_break=no_break)


def _tail(shown: Quantity, lang: Lang, text: str) -> str:
    """What follows the number: a unit symbol, for English money its scale word."""
    known = units().get(shown.unit)
    if lang == "en" and known and known.dimension in _MONEY_EN:
        return _SCALE_EN[known.exponent]
    if shown.unit in ("percent", "permille"):
        return symbol(shown.unit, lang)
    return f" {symbol(shown.unit, lang, one=text == '1')}"


def _best_scale(amount: Quantity) -> str:
    family = [one for one in units().values() if one.dimension == units()[amount.unit].dimension]
    fitting = [one.code for one in family if abs(amount.to(one.code).value) >= 1]
    return fitting[-1] if fitting else family[0].code


# ---- dates


def date_text(day: date | None, lang: Lang, form: DateForm = "short") -> str:
    """``05/02/2026``, ``ngày 05 tháng 02 năm 2026``; English ``5 Feb 2026``, ``5 February 2026``.

    ``document`` is the line under an official heading; with no day it leaves the blanks that the records clerk fills.

    >>> date_text(date(2026, 2, 5), "vi"), date_text(date(2026, 3, 15), "vi", "long")
    ('05/02/2026', 'ngày 15 tháng 3 năm 2026')
    """
    if day is None:
        blank = NO_BREAK * 6
        return f"ngày{blank}tháng{blank}năm{blank}" if lang == "vi" else f"Date:{blank * 3}"
    if lang == "vi":
        return f"{day:%d/%m/%Y}" if form == "short" else day_vi(day)
    return day_en(day, short=form == "short")
