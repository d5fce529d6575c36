"""Units of measure: what they are called, which of them convert, and how their many spellings are read.

The list is data (``data/units.toml``); docs/reference/units.md prints it and a test keeps both equal.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources

from kecho.kernel.errors import KechoError
from kecho.kernel.text import clean, fold

_SIGNS = (("‰", " permille "), ("US$", "usd "), ("$", " usd "), ("/", " per "), ("_", " "))
_LEAD = re.compile(r"^(don vi tinh|don vi|dvt|unit|units) (?=\S)")
_THOUSAND = re.compile(r"\b(?:1 ?)?000 ?(?=[a-z])")
# One spelling of words that stand in many units; matched on folded text, whole words only.
_WORDS = {
    "ngh": "nghin", "ngan": "nghin", "thousand": "nghin", "tr": "trieu", "million": "trieu", "ti": "ty",
    "billion": "ty", "trillion": "nghin ty", "vnd": "dong", "d": "dong", "trd": "trieu dong", "tyd": "ty dong",
    "ngnin": "nghin", "t": "tan", "l": "lit", "met": "m", "hecta": "ha",
    "thous": "nghin", "mn": "trieu", "mill": "trieu", "bn": "ty", "bill": "ty", "trill": "nghin ty",
    "ton": "tan", "tons": "tan", "dongs": "dong", "liters": "lit", "packets": "bao",
}  # fmt: skip
_PHRASES = (
    (re.compile(r"\b(do la|dola)( my)?\b"), "usd"),
    (re.compile(r"\bmet vuong\b"), "m2"),
    (re.compile(r"\bmet khoi\b"), "m3"),
    (re.compile(r"\b(luot khach|luot hanh khach|hanh khach)\b"), "hk"),
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. ``factor`` counts the base units of its ``dimension`` that one of it holds, a power of ten."""

    code: str
    dimension: str
    factor: Decimal
    vi: str
    en: str
    one: str
    spellings: tuple[str, ...] = ()

    def symbol(self, lang: str, *, one: bool = False) -> str:
        """What stands after a number: ``nghìn tấn`` or ``thousand tonnes``; ``one`` for exactly 1 in English."""
        if lang == "vi":
            return self.vi
        return self.one if one else self.en

    @property
    def exponent(self) -> int:
        """``factor`` as a power of ten."""
        return self.factor.adjusted()


@cache
def units() -> dict[str, Unit]:
    """All units by code, in the order of the data file."""
    text = resources.files("kecho.kernel").joinpath("data/units.toml").read_text("utf-8")
    found: dict[str, Unit] = {}
    for dimension, rows in tomllib.loads(text).items():
        for code, row in rows.items():
            found[code] = Unit(
                code=code,
                dimension=dimension,
                factor=Decimal(row["factor"]),
                vi=row["vi"],
                en=row["en"],
                one=row.get("one", row["en"]),
                spellings=tuple(row.get("also", ())),
            )
    return found


def unit(code: str) -> Unit:
    """The unit of this code. Raises KechoError ``kernel.unknown_unit``."""
    try:
        return units()[code]
    except KeyError:
        raise KechoError("kernel.unknown_unit", unit=code) from None


def symbol(code: str, lang: str, *, one: bool = False) -> str:
    """The unit's symbol; a unit that is not in the list (as ``parse_unit`` hands it back) is its own symbol."""
    known = units().get(code)
    return known.symbol(lang, one=one) if known else code


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> str:
    """The code that a printed unit means; unknown text comes back cleaned and otherwise unchanged.

    >>> [parse_unit(t) for t in ("Nghìn tấn", "1.000 tấn", "Ngh. tấn", "1000 T", "Tr.USD", "Nghìn \\ntỷ đồng")]
    ['thousand_tonnes', 'thousand_tonnes', 'thousand_tonnes', 'thousand_tonnes', 'million_usd', 'trillion_vnd']
    >>> parse_unit("ĐVT: Triệu m³"), parse_unit("%"), parse_unit("Nghìn tấn; triệu USD")
    ('million_cubic_metres', 'percent', 'Nghìn tấn; triệu USD')
    """
    return _by_key().get(_key(text)) or clean(text)


@cache
def _by_key() -> dict[str, str]:
    found: dict[str, str] = {}
    for one in units().values():
        for spelling in (one.code, one.vi, one.en, one.one, *one.spellings):
            found.setdefault(_key(spelling), one.code)
    return found


def _key(text: str) -> str:
    """Folded, without "ĐVT:", common words in one spelling."""
    plain = unicodedata.normalize("NFKC", text)
    for sign, words in _SIGNS:
        plain = plain.replace(sign, words)
    folded = _THOUSAND.sub("nghin ", _LEAD.sub("", fold(plain)))
    for phrase, word in _PHRASES:
        folded = phrase.sub(word, folded)
    return " ".join(_WORDS.get(word, word) for word in folded.split())
