"""The columns of the tidy CSV: what they are called, and how one cell of each is read.

Every parser here takes the cell's text and returns the value, or raises KechoError without a place; the reader of the
file adds row and column.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cache, lru_cache, partial
from importlib import resources
from typing import Any

from kecho.kernel import localities
from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure, Stage
from kecho.kernel.numerals import Mark, parse_number
from kecho.kernel.periods import Period
from kecho.kernel.text import clean, fold

#: Longest text of one cell; the longest label of the real workbooks has 190 letters.
TEXT_LETTERS = 500

_CODE = re.compile(r"[a-z][a-z0-9_]{0,79}")
# Decimal mark -> a plain number; at most what an observation can hold (below 10^24, 40 decimals).
_PLAIN = {mark: re.compile(rf"-?\d{{1,24}}(?:\{mark}\d{{1,40}})?", re.ASCII) for mark in ".,"}
# Decimal mark -> one group of three after the other mark.
_ONE_GROUP = {".": re.compile(r"-?\d{1,3},\d{3}", re.ASCII), ",": re.compile(r"-?\d{1,3}\.\d{3}", re.ASCII)}
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])/(\d{4})", re.ASCII)
_INVISIBLE = ("Cc", "Cf", "Co", "Cs", "Cn")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its English name, all names it may have in a header, whether a file must have it."""

    code: str
    names: tuple[str, ...]
    is_required: bool


@cache
def columns() -> dict[str, Column]:
    """The columns by folded name, every alias included."""
    found = {}
    for code, entry in _words()["columns"].items():
        column = Column(code, tuple(entry["names"]), entry["required"])
        found.update({fold(name): column for name in column.names})
    return found


@cache
def _words() -> dict[str, dict]:
    text = resources.files("kecho.intake").joinpath("data", "tidy.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _codes(family: str) -> dict[str, str]:
    """Folded word -> code; a code is also its own word."""
    return {fold(word): code for code, words in _words()[family].items() for word in (code, *words)}


@cache
def _signs() -> dict[str, str]:
    """What may be written for nil, not collected and not applicable -> the one sign that the observatory knows."""
    return {written: sign for sign, all_written in _words()["missing"].items() for written in all_written}


@lru_cache(maxsize=65536)
def text(cell: str) -> str:
    """Clean NFC text. Invisible characters are refused: two labels that look the same must be the same."""
    cleaned = clean(cell)
    for char in cleaned:
        if unicodedata.category(char) in _INVISIBLE:
            raise KechoError("intake.csv_invisible", character=f"U+{ord(char):04X}")
    if len(cleaned) > TEXT_LETTERS:
        raise KechoError("intake.csv_text_too_long", letters=len(cleaned), limit=TEXT_LETTERS)
    return cleaned


@lru_cache(maxsize=65536)
def required_text(code: str, cell: str) -> str:
    """``text`` of a column that must not be blank."""
    return filled(code, text(cell))


@lru_cache(maxsize=4096)
def indicator(cell: str) -> str:
    """A code of the indicator catalogue, such as ``export_turnover``; whether it exists, the observatory knows."""
    code = filled("indicator", clean(cell))
    if not _CODE.fullmatch(code):
        raise KechoError("intake.csv_bad_indicator", value=shown(cell))
    return code


@lru_cache(maxsize=4096)
def period(cell: str) -> str:
    """The code of ``2025-02``, ``2025-Q1``, ``2025``, ``2025-01/2025-02``; a month may be written ``02/2025``."""
    written = filled("period", clean(cell))
    month = _MONTH_FIRST.fullmatch(written)
    return (Period.of_month(int(month[2]), int(month[1])) if month else Period.parse(written)).code


@lru_cache(maxsize=65536)
def place(cell: str, period_cell: str) -> str:
    """The code of a locality that exists on the period's first or last day, from its code or a province's name.

    The locality needs the period: provinces merge and districts end.
    """
    when = Period.parse(period(period_cell))
    first, after = when.dates
    for day in (first, after - timedelta(days=1)):
        try:
            return localities.get(clean(cell), day).code
        except KechoError:
            if named := localities.find(cell, day):
                return named.code
    raise KechoError("intake.csv_bad_locality", value=shown(cell), period=when.code)


@lru_cache(maxsize=1024)
def measure(cell: str) -> Measure:
    """A code or its Vietnamese word."""
    code = _codes("measures").get(fold(filled("measure", cell.strip())))
    if code is None:
        raise KechoError("intake.csv_bad_measure", value=shown(cell), known=", ".join(Measure))
    return Measure(code)


@lru_cache(maxsize=1024)
def stage(cell: str) -> Stage:
    """A code or its Vietnamese word."""
    code = _codes("stages").get(fold(filled("stage", cell.strip())))
    if code is None:
        raise KechoError("intake.csv_bad_stage", value=shown(cell), known=", ".join(Stage))
    return Stage(code)


def value(mark: Mark, cell: str) -> str:
    """The number in plain digits, or the sign of why there is none; the file's separator declares the decimal mark.

    ``1.234`` in a file with decimal commas (and ``1,234`` in one with decimal points) is refused: it is a thousand to
    one program and one and a bit to another.
    """
    written = filled("value", clean(cell)).replace("\u2212", "-")
    if _PLAIN[mark].fullmatch(written):
        return format(Decimal(written.replace(",", ".")), "f")
    if written in _signs():
        return _signs()[written]
    if _ONE_GROUP[mark].fullmatch(written):
        raise KechoError("intake.csv_ambiguous_number", value=shown(cell), mark=mark)
    try:
        number = format(parse_number(written, "vi" if mark == "," else "en", mark=mark), "f")
    except KechoError:
        number = ""
    if not _PLAIN["."].fullmatch(number):
        raise KechoError("intake.csv_bad_number", value=shown(cell), mark=mark)
    return number


def filled(code: str, cell: str) -> str:
    """The cell's text. Raises ``intake.csv_blank`` where there is none: a blank says nothing about why."""
    if not cell:
        raise KechoError("intake.csv_blank", column=code)
    return cell


def shown(cell: str) -> str:
    """The offending text, short and printable."""
    return "".join(char if char.isprintable() else "�" for char in cell[:60])


#: Column -> parser of one cell; ``value`` also needs the decimal mark.
PARSERS: dict[str, Callable[[str], Any]] = {
    "indicator": indicator,
    "label": text,
    "breakdown": text,
    "locality": partial(required_text, "locality"),
    "period": period,
    "measure": measure,
    "unit": partial(required_text, "unit"),
    "stage": stage,
    "note": text,
    "source": text,
}
