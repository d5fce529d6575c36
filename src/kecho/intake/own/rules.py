"""What a form promises of its own figures, checked where it is filled in: sums, and what may not exceed what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Dict
from decimal import Decimal

from kecho.intake.own import forms
from kecho.intake.own.mapping import Mapping
from kecho.intake.rows import Row
from kecho.kernel.errors import KechoError, Location

_CELL = re.compile(r"([A-Z]+)(\d+)")


def place(file: str, sheet: str, cell: str) -> Location:
    """A cell as an error names it."""
    found = _CELL.fullmatch(cell)
    return Location(file, sheet, int(found[2]) if found else None, found[1] if found else "")


def check(form: forms.Form, by_path: Dict[str, list[Row]], mapping: Mapping) -> list[KechoError]:
    """The findings of a form over its rows: ``intake.form_exceeds`` and ``intake.form_sum``, at the cell concerned."""
    numbers = form.paths(mapping)
    filled: dict[str, dict[str, Row]] = {}
    for path, rows in by_path.items():
        if path in numbers:
            for row in rows:
                filled.setdefault(numbers[path], {})[f"{row.locality} {row.period} {row.measure}"] = row
    return [*_exceeding(form, filled), *_sums(form, filled)]


def _exceeding(form: forms.Form, filled: Dict[str, Dict[str, Row]]) -> Iterator[KechoError]:
    for less, more in form.at_most:
        for slot, row in filled.get(less, {}).items():
            other = filled.get(more, {}).get(slot)
            low, high = _number(row), _number(other)
            if other is not None and low is not None and high is not None and low > high:
                yield KechoError(
                    "intake.form_exceeds",
                    where=place(row.file, row.sheet, row.cell),
                    row=less, value=row.value, other=more, limit=other.value,
                )  # fmt: skip


def _sums(form: forms.Form, filled: Dict[str, Dict[str, Row]]) -> Iterator[KechoError]:
    for whole, parts in form.sums:
        for slot, row in filled.get(whole, {}).items():
            found = [filled.get(part, {}).get(slot) for part in parts]
            values = [_number(part) for part in found if part is not None]
            total = _number(row)
            if len(values) != len(parts) or None in values or total is None:
                continue
            added = sum((value for value in values if value is not None), Decimal(0))
            if added != total:
                yield KechoError(
                    "intake.form_sum",
                    where=place(row.file, row.sheet, row.cell),
                    row=whole, value=row.value, parts=", ".join(parts), sum=f"{added:f}",
                )  # fmt: skip


def _number(row: Row | None) -> Decimal | None:
    return None if row is None or row.value in ("-", "...", "x") else row.decimal
