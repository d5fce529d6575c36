"""The notation of most other tariffs: "12.8 % + 176.8 EUR/100 kg MAX 20 %", "175 EUR/t", "Free".

cell   = sum { ("MAX" | "MIN") sum }        MAX: never more than; MIN: never less than
sum    = term { "+" term }
term   = number "%" | number currency "/" [number] unit | number (a percent) | "Free"
"""

from __future__ import annotations

import re
from fractions import Fraction

from kecho.analytics.duties import FREE, UNITS, AdValorem, Duty, Highest, Lowest, Specific, Sum
from kecho.kernel.errors import KechoError
from kecho.market_access.rates.printed import Cell, Kind, Part

_NUMBER = r"\d+(?:[.,]\d+)?"
_TERM = re.compile(
    rf"\s*(?:(?P<free>free|exempt|miễn)|(?P<amount>{_NUMBER})\s*(?P<currency>[A-Z]{{3}}|€|US\$)\s*/\s*"
    rf"(?P<per>\d+)?\s*(?P<unit>[a-z]+\d?)|(?P<percent>{_NUMBER})\s*%?)\s*",
    re.IGNORECASE,
)
_WORD = re.compile(r"(\+|MAX|MIN)", re.IGNORECASE)
_CURRENCY = {"€": "EUR", "US$": "USD"}


def read(printed: str) -> Cell:
    """What a cell says; ``market_access.bad_rate`` with the position of the first character not understood."""
    text = printed.strip()
    if not text:
        return Cell(printed)
    if text in {"*", "-"}:
        return Cell(printed, (Part(Kind.NO_PREFERENCE),))
    duty, end = _sum(text, 0)
    while end < len(text):
        word = _WORD.match(text, end)
        if not word or word[1] == "+":
            raise problem(text, end)
        other, end = _sum(text, word.end())
        duty = Lowest((duty, other)) if word[1].upper() == "MAX" else Highest((duty, other))
    return Cell(printed, (Part(Kind.RATE, duty),))


def _sum(text: str, start: int) -> tuple[Duty, int]:
    terms: list[Duty] = []
    end = start
    while True:
        found = _TERM.match(text, end)
        if not found:
            raise problem(text, end)
        terms.append(_term(found, text))
        end = found.end()
        if end >= len(text) or text[end] != "+":
            return (terms[0] if len(terms) == 1 else Sum(tuple(terms))), end
        end += 1


def _term(found: re.Match[str], text: str) -> Duty:
    if found["free"]:
        return FREE
    if found["percent"]:
        return AdValorem(_fraction(found["percent"]))
    unit = found["unit"].lower()
    if unit not in UNITS:
        raise problem(text, found.start("unit"))
    currency = _CURRENCY.get(found["currency"], found["currency"].upper())
    return Specific(_fraction(found["amount"]), currency, unit, Fraction(found["per"] or 1))


def _fraction(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def problem(text: str, at: int) -> KechoError:
    """The error of a notation that is not understood from a character on."""
    return KechoError("market_access.bad_rate", printed=text, position=at + 1, rest=text[at : at + 12] or "…")
