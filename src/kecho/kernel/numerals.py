"""Numbers that people typed, read strictly: what can mean two numbers is asked back, never guessed.

"1.234" is one thousand two hundred and thirty-four in a Vietnamese report and one and a quarter in a spreadsheet set to
English. One such cell cannot tell; its column can: ``decimal_mark`` looks at all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from kecho.kernel.errors import KechoError
from kecho.kernel.text import clean

Lang = str
Mark = Literal[",", "."]

MARKS: dict[str, tuple[Mark, Mark]] = {"vi": (".", ","), "en": (",", ".")}  # language -> thousands, decimal

_TWO_WAYS = re.compile(r"^-?[1-9]\d{0,2}[.,]\d{3}$")


def parse_number(text: str, lang: Lang, *, mark: Mark | None = None) -> Decimal:
    """The number that ``text`` writes in this language; ``mark`` is the column's decimal mark where that is known.

    Raises KechoError ``kernel.ambiguous_number`` for "1.234" or "1,234" without ``mark``, ``kernel.bad_number`` for
    anything that is no number by the language's (or the mark's) rules.

    >>> parse_number("1.234.567,8", "vi"), parse_number("1,234,567.8", "en"), parse_number("−12,5", "vi")
    (Decimal('1234567.8'), Decimal('1234567.8'), Decimal('-12.5'))
    >>> parse_number("1.234", "vi", mark=","), parse_number("1.234", "vi", mark=".")
    (Decimal('1234'), Decimal('1.234'))
    """
    plain = clean(text).replace("\u2212", "-")
    if mark is None and _TWO_WAYS.match(plain):
        raise KechoError("kernel.ambiguous_number", value=text)
    group, point = MARKS[lang] if mark is None else (("." if mark == "," else ","), mark)
    pattern = rf"-?(?:\d+|[1-9]\d{{0,2}}(?:\{group}\d{{3}})+)(?:\{point}\d+)?"
    if not re.fullmatch(pattern, plain, re.ASCII):
        raise KechoError("kernel.bad_number", value=text)
    return Decimal(plain.replace(group, "").replace(point, "."))


def decimal_mark(texts: Iterable[str]) -> Mark | None:
    """The decimal mark that a column's own cells prove; None where they prove nothing or contradict each other.

    >>> decimal_mark(["1.234", "12,5", "7"]), decimal_mark(["1.234", "5.678"]), decimal_mark(["1,5", "1.5"])
    (',', None, None)
    """
    proofs = {proof for text in texts if (proof := _proof(clean(text).replace("\u2212", "-")))}
    return proofs.pop() if len(proofs) == 1 else None


def _proof(text: str) -> Mark | None:
    """What one cell proves: "12,5" and "1.234.567" prove a comma, "1.234" proves nothing."""
    if _TWO_WAYS.match(text):
        return None
    for group, point in MARKS.values():
        grouped = rf"[1-9]\d{{0,2}}(?:(?:\{group}\d{{3}}){{2,}}(?:\{point}\d+)?|(?:\{group}\d{{3}})+\{point}\d+)"
        if re.fullmatch(rf"-?(?:{grouped}|\d+\{point}\d+)", text, re.ASCII):
            return point
    return None
