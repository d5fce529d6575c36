"""Figures as cells hold them: numbers, numbers typed as text, and the marks that stand for no number."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from kecho.intake.grid import Cell
from kecho.intake.rows import plain
from kecho.kernel.text import clean

_NUMBER_TEXT = re.compile(r"[-+–−]?\s?\d[\d.,\s]*")
_BRACKETED = re.compile(r"\(\s?(\d[\d.,\s]*)\)")
_GROUPED = re.compile(r"\d{1,3}(?P<mark>[.,\s])\d{3}(?:(?P=mark)\d{3})*")
#: The signs of the statistical yearbook: nil, not collected, not applicable.
_MARKS = (
    (re.compile(r"[-–—_]+"), "intake.nil_mark"),
    (re.compile(r"(?:\.{2,}|…)+"), "intake.not_collected_mark"),
    (re.compile(r"[xX]"), "intake.not_applicable_mark"),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell under a value column holds: a value in plain digits, or the reason why there is none."""

    value: str = ""
    reason: str = ""
    note: str = ""


def read_figure(cell: Cell, usual: float | None) -> Figure:
    """``usual`` is the typical size of the column's numbers; it decides whether "1.234" is one or a thousand."""
    if cell.number is not None:
        return Figure(plain(cell.number))
    if cell.error:
        return Figure(reason="intake.formula_not_computed" if cell.error == "#FORMULA" else "intake.error_cell")
    text = clean(cell.text)
    if is_number_text(text):
        return _from_text(text, usual)
    mark = next((reason for pattern, reason in _MARKS if pattern.fullmatch(text)), "intake.not_a_number")
    return Figure(reason=mark)


def is_number_text(text: str) -> bool:
    """Digits with separators and perhaps a sign: "16721.5", "1.234,5", "(3,2)", "95,4 %"."""
    bare = clean(text).removesuffix("%").strip()
    return bool(_NUMBER_TEXT.fullmatch(bare) or _BRACKETED.fullmatch(bare))


def is_figure(cell: Cell) -> bool:
    """A number, one typed as text, or an error where a number should be."""
    return cell.number is not None or bool(cell.error) or is_number_text(cell.text)


def usual_size(cells: Iterable[Cell]) -> float | None:
    """The median of the true numbers of a column, without sign; None where there are none."""
    sizes = [abs(cell.number) for cell in cells if cell.number]
    return median(sizes) if sizes else None


def _from_text(text: str, usual: float | None) -> Figure:
    bare = clean(text).removesuffix("%").strip()
    bracketed = _BRACKETED.fullmatch(bare)
    is_negative = bare[0] in "-–−" or bracketed is not None
    digits = bracketed[1] if bracketed else bare.lstrip("+-–− ")
    candidates = [Decimal(form) for form in _readings(digits.strip(" .,"))]
    if not candidates:
        return Figure(reason="intake.not_a_number")
    value = candidates[0]
    if len(candidates) > 1 and usual:
        value = min(candidates, key=lambda one: abs(math.log(float(one) or 1e-9) - math.log(usual)))
    exact = format(-value if is_negative else value, "f")
    note = "intake.note_text_number_unsure" if len(candidates) > 1 and not usual else "intake.note_text_number"
    return Figure(exact, note=note)


def _readings(digits: str) -> list[str]:
    """Every way to read the separators, the Vietnamese one first: dots part thousands, a comma the decimals."""
    marks = {char for char in digits if char in ".,"}
    compact = digits.replace(" ", "")
    if not marks:
        return [compact] if " " not in digits or _GROUPED.fullmatch(digits) else []
    if len(marks) == 2:
        decimal = max(compact.rfind("."), compact.rfind(","))
        whole = compact[:decimal].replace(".", "").replace(",", "")
        return [f"{whole}.{compact[decimal + 1 :]}"] if compact[decimal + 1 :].isdigit() else []
    mark = marks.pop()
    found = []
    if _GROUPED.fullmatch(compact) and not compact.startswith("0"):
        found.append(compact.replace(mark, ""))
    if compact.count(mark) == 1:
        as_decimal = compact.replace(mark, ".")
        found.insert(0 if mark == "," else len(found), as_decimal)
    return found
