"""Sheets for tests, written down as they look."""

from __future__ import annotations

from kecho.intake.grid import Cell, Merge, Sheet
from kecho.intake.reading import Reading
from kecho.intake.rows import Row
from kecho.intake.workbook import read_sheets

Value = str | float | None


def sheet(*lines: list[Value], name: str = "S", merges: tuple[str, ...] = (), bold: tuple[str, ...] = ()) -> Sheet:
    """A sheet from its rows; ``None`` is an empty cell, "#REF!" an error, ``merges`` are ranges such as "C4:D4"."""
    made = Sheet(name)
    for row, values in enumerate(lines):
        for col, value in enumerate(values):
            if value is None:
                continue
            cell = Cell(row, col)
            if isinstance(value, str) and value.startswith("#"):
                cell.error = value
            elif isinstance(value, str):
                cell.text = value
            else:
                cell.number = float(value)
            cell.is_bold = cell.address in bold
            made.cells[row, col] = cell
    made.merges = [_merge(text) for text in merges]
    return made


def _merge(text: str) -> Merge:
    (left, top), (right, bottom) = ((part[0], int(part[1:])) for part in text.split(":"))
    return Merge(top - 1, ord(left) - 65, bottom - 1, ord(right) - 65)


def read(*sheets: Sheet, name: str = "workbook.xlsx") -> Reading:
    """A reading of these sheets, as of a workbook of this name."""
    reading = Reading(name)
    read_sheets(sheets, reading)
    return reading


def by_cell(reading: Reading) -> dict[str, Row]:
    """The rows by cell, for readings of one sheet."""
    return {row.cell: row for row in reading.rows}
