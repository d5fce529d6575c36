"""What a table is known by: its title and headings with months and numbers taken out, and its unit.

Shifted rows, a renamed sheet, another month or one more month column leave the signature as it is; another heading, a
moved column or another unit do not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from itertools import groupby

from kecho.intake import period_text
from kecho.intake.own.shapes import Shape, ShapeColumn
from kecho.intake.period_text import Span
from kecho.intake.wording import fold_heading

_WORDS = {Span.MONTH: "{month}", Span.MONTHS: "{months}", Span.LATE_HALF: "{half}", Span.QUARTER: "{quarter}"}
_NUMBER = re.compile(r"\d+")
#: The half of a month is part of what a table is: "kỳ 1", "đến ngày 15/05/2026". Other days change with the month.
_DAYS = re.compile(r"\bngay 0?(\d+)(?: \d+ \d{4})?\b")
_HALVES = re.compile(r"\bky ([12])\b")
_KEPT_DAYS = {"1": "dau", "15": "giua", "16": "giua sau"}


def signature(shape: Shape) -> str:
    """40 hexadecimal digits."""
    parts = [abstract(shape.title), fold_heading(shape.block.unit), *keys(shape.columns)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]


def keys(columns: Sequence[ShapeColumn]) -> list[str]:
    """One key a run of columns: neighbours that differ only in the period make one run."""
    return [key for key, _ in runs(columns)]


def runs(columns: Sequence[ShapeColumn]) -> list[tuple[str, list[ShapeColumn]]]:
    """The columns in runs, each with its key."""
    return [(key, list(run)) for key, run in groupby(columns, lambda column: abstract(column.heading.text))]


def abstract(text: str) -> str:
    """Folded, with periods as ``{month}``, ``{year}`` … and other numbers as ``#``.

    >>> abstract("Ước thực hiện tháng 5 năm 2026"), abstract("Tháng 12/2025") == abstract("tháng 1/2026")
    ('uoc thuc hien {month}', True)
    """
    folded = _DAYS.sub(lambda day: f"ngay {_KEPT_DAYS.get(day[1], 'cuoi')}", fold_heading(text))
    folded = _HALVES.sub(lambda half: "ky dau" if half[1] == "1" else "ky cuoi", folded)
    pieces, end = [], 0
    for match, found in period_text.finditer(folded):
        pieces += [folded[end : match.start()], _WORDS.get(found.span, "{year}")]
        end = match.end()
    return " ".join(_NUMBER.sub("#", "".join([*pieces, folded[end:]])).split())
