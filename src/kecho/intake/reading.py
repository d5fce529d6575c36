"""What came out of one file: the rows, and everything that is not among them, each with its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from kecho.intake.rows import Row
from kecho.kernel.errors import KechoError, catalogue


@dataclass(frozen=True, slots=True)
class Skipped:
    """A cell inside a recognised table that yields no row. ``reason`` is a code of the message catalogue."""

    sheet: str
    cell: str
    reason: str
    text: str = ""

    def why(self, lang: str = "vi") -> str:
        """The reason as a sentence."""
        message = catalogue()[self.reason]
        return message.vi if lang == "vi" else message.en


@dataclass(frozen=True, slots=True)
class SheetNote:
    """A sheet, or a table on it, that is not read. ``title`` is its clean title as far as there is one.

    ``numbers`` counts its figures: those right of a label; numbers of rows and columns and years of headings are none.
    """

    sheet: str
    title: str
    reason: str
    numbers: int = 0

    def why(self, lang: str = "vi") -> str:
        """The reason as a sentence."""
        message = catalogue()[self.reason]
        return message.vi if lang == "vi" else message.en


@dataclass(frozen=True, slots=True)
class TableNote:
    """A recognised table: where it stands, and how its numeric cells fared."""

    table: str
    sheet: str
    title: str
    first_row: int
    last_row: int
    numeric_cells: int
    emitted: int
    listed: int


@dataclass(slots=True)
class Reading:
    """Everything known about one file after reading. ``errors`` is empty for a file that went in.

    ``is_own`` marks a department's own file: no workbook of the statistics office, whatever its extension.
    """

    file: str
    sha256: str = ""
    period: str = ""
    rows: list[Row] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    unrecognised: list[SheetNote] = field(default_factory=list)
    tables: list[TableNote] = field(default_factory=list)
    errors: list[KechoError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_own: bool = False

    @property
    def is_read(self) -> bool:
        """No error kept the file out."""
        return not self.errors

    @property
    def numeric_cells(self) -> int:
        """Numeric cells inside recognised tables; order numbers, column numbers and years of headers are not data."""
        return sum(table.numeric_cells for table in self.tables)

    @property
    def all_numbers(self) -> int:
        """Figures of all sheets: of the tables that are read, working figures beside them included, and of the rest."""
        return self.numeric_cells + sum(note.numbers for note in self.unrecognised)

    @property
    def coverage(self) -> float:
        """Share of those cells that were emitted or listed with a reason, 0 to 1; 1 where there is none."""
        cells = self.numeric_cells
        return sum(table.emitted + table.listed for table in self.tables) / cells if cells else 1.0

    @property
    def counts(self) -> dict[str, Any]:
        """Figures for reports and JSON: rows by table, skipped by reason, sheets by reason, coverage."""
        return {
            "rows": len(self.rows),
            "by_table": dict(Counter(row.table for row in self.rows)),
            "skipped": dict(Counter(item.reason for item in self.skipped)),
            "unrecognised": dict(Counter(note.reason for note in self.unrecognised)),
            "numeric_cells": self.numeric_cells,
            "coverage": self.coverage,
            "errors": [error.code for error in self.errors],
        }
