"""What a printed figure says: an interval, from its digits and from the word before it.

| written | stands for |
| --- | --- |
| ``7.1`` | 7.05 to 7.15: half a unit of the last printed digit either side |
| ``exactly 2711`` | that number |
| ``about 400``, ``about 7.1`` | half a unit of the last digit that counts, at least one of the last printed digit |
| ``nearly 400`` | 350 up to, not including, 400 |
| ``over 4`` | more than 4, without a limit above: the word promises none |
| ``below 5`` | less than 5 |
| ``at least 4``, ``at most 5`` | with the number itself |
| ``truncated 7.1`` | 7.1 up to, not including, 7.2: later digits were cut off |
| ``4 to 5`` | from 4 to 5 |
| ``down over 5`` | the same on the other side of zero: less than -5 |

The last digit that counts of a whole number is its last digit but zeros: "about 400" speaks of hundreds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kecho.analytics.intervals import printed_decimals
from kecho.kernel.errors import KechoError
from kecho.kernel.numerals import Mark, parse_number
from kecho.kernel.text import clean

MOST_DIGITS = 30  # before or after the decimal mark; the world's money needs sixteen

_WORDS = {
    "exactly": ("exactly", "đúng", "vừa đúng"),
    "about": ("about", "around", "approximately", "khoảng", "ước", "ước đạt", "xấp xỉ"),
    "nearly": ("nearly", "almost", "gần", "gần bằng"),
    "over": ("over", "more than", "above", "trên", "hơn", "vượt", ">"),
    "below": ("below", "under", "less than", "dưới", "chưa đến", "<"),
    "at least": ("at least", "ít nhất", "tối thiểu", "không dưới", "≥", ">="),
    "at most": ("at most", "up to", "nhiều nhất", "tối đa", "không quá", "≤", "<="),
    "truncated": ("truncated", "cắt"),
    "up": ("up", "tăng"),
    "down": ("down", "giảm"),
}
_BY_WORD = {spelling: word for word, spellings in _WORDS.items() for spelling in spellings}
_HEAD = re.compile("(" + "|".join(sorted(map(re.escape, _BY_WORD), key=len, reverse=True)) + r")(?=[\s\d−-]|$)\s*")
_RANGE = re.compile(r"(?:từ |from )?(?P<low>\S+?)(?: đến | to | ?– ?)(?P<high>\S+)")


@dataclass(frozen=True, slots=True)
class Span:
    """All numbers between two ends; an end that is None does not exist, an open end does not belong to it."""

    low: Fraction | None
    high: Fraction | None
    is_low_open: bool = False
    is_high_open: bool = False

    def __contains__(self, value: Fraction) -> bool:
        above = self.low is None or value > self.low or (value == self.low and not self.is_low_open)
        below = self.high is None or value < self.high or (value == self.high and not self.is_high_open)
        return above and below

    def mirrored(self) -> Span:
        """The same on the other side of zero."""
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Span(low, high, self.is_high_open, self.is_low_open)

    def mapped(self, factor: int | Fraction, shift: int | Fraction = 0) -> Span:
        """``value * factor + shift`` of every value; the factor is positive."""
        low = None if self.low is None else self.low * factor + shift
        high = None if self.high is None else self.high * factor + shift
        return Span(low, high, self.is_low_open, self.is_high_open)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it was written, and what it stands for."""

    text: str
    span: Span
    decimals: int


def read_figure(written: str | Decimal | int, mark: Mark = ".") -> Figure:
    """The figure that a text, or a decimal with its digits, writes; ``mark`` is the text's decimal mark.

    Raises KechoError ``kernel.bad_number``, ``analytics.figure_too_long`` or ``analytics.empty_figure``.

    >>> span = read_figure("7.1").span
    >>> float(span.low), float(span.high)
    (7.05, 7.15)
    >>> read_figure("giảm hơn 5,2", ",").span
    Span(low=None, high=Fraction(-26, 5), is_low_open=False, is_high_open=True)
    >>> read_figure("nearly 400").span
    Span(low=Fraction(350, 1), high=Fraction(400, 1), is_low_open=False, is_high_open=True)
    """
    text = _plain(written) if isinstance(written, Decimal | int) else clean(written)
    where: Mark = "." if isinstance(written, Decimal | int) else mark
    rest, is_down, word = text.lower(), False, ""
    while head := _HEAD.match(rest):
        found = _BY_WORD[head[1]]
        is_down = is_down or found == "down"
        word = word if found in ("up", "down") else found
        rest = rest[head.end() :]
    rest = rest.removesuffix("%").strip()
    if not rest:
        raise KechoError("analytics.empty_figure", value=text)
    if between := _RANGE.fullmatch(rest):
        low, high = _number(between["low"], where), _number(between["high"], where)
        if low > high:
            raise KechoError("analytics.figure_runs_down", value=text)
        span, decimals = Span(Fraction(low), Fraction(high)), max(printed_decimals(low), printed_decimals(high))
    else:
        number = _number(rest, where)
        span, decimals = _span(word, number), printed_decimals(number)
    return Figure(text, span.mirrored() if is_down else span, decimals)


def _span(word: str, number: Decimal) -> Span:
    """The interval of a number after a word of ``_WORDS``; the empty word is plain rounding."""
    value, unit = Fraction(number), Fraction(10) ** -printed_decimals(number)
    counted = _last_digit_that_counts(number)
    away = 1 if value >= 0 else -1
    spans = {
        "": Span(value - unit / 2, value + unit / 2),
        "exactly": Span(value, value),
        "about": Span(value - max(unit, counted / 2), value + max(unit, counted / 2)),
        "nearly": _ordered(value - away * counted / 2, value, is_second_open=True),
        "over": Span(value, None, is_low_open=True),
        "below": Span(None, value, is_high_open=True),
        "at least": Span(value, None),
        "at most": Span(None, value),
        "truncated": _ordered(value, value + away * unit, is_second_open=True),
    }
    return spans[word]


def _ordered(first: Fraction, second: Fraction, *, is_second_open: bool) -> Span:
    if first <= second:
        return Span(first, second, is_high_open=is_second_open)
    return Span(second, first, is_low_open=is_second_open)


def _last_digit_that_counts(number: Decimal) -> Fraction:
    """What one of it is worth: 100 in 400, 10 in 2.710, a tenth in 7.0."""
    decimals = printed_decimals(number)
    if decimals or number == 0:
        return Fraction(10) ** -decimals
    digits = str(abs(int(number)))
    return Fraction(10) ** (len(digits) - len(digits.rstrip("0")))


def _number(text: str, mark: Mark) -> Decimal:
    if len(text) > 2 * MOST_DIGITS:
        raise KechoError("analytics.figure_too_long", value=f"{text[:20]}…", most=MOST_DIGITS)
    number = parse_number(text, "en", mark=mark)
    if number.adjusted() >= MOST_DIGITS or printed_decimals(number) > MOST_DIGITS:
        raise KechoError("analytics.figure_too_long", value=f"{text[:20]}…", most=MOST_DIGITS)
    return number


def _plain(number: Decimal | int) -> str:
    """Without an exponent. Raises ``analytics.figure_too_long`` before a huge exponent is written out."""
    exact = Decimal(number)
    is_short = exact.is_finite() and abs(exact.adjusted()) < MOST_DIGITS and printed_decimals(exact) <= MOST_DIGITS
    if not is_short:
        raise KechoError("analytics.figure_too_long", value=str(number)[:20], most=MOST_DIGITS)
    return f"{exact:f}"
