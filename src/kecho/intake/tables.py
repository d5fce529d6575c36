"""Rows out of one table: every figure under a heading that says what it is, every other one listed with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kecho.intake.blocks import Block, is_loose_figure, is_unit_text
from kecho.intake.columns import printed_unit
from kecho.intake.figures import Figure, is_figure, read_figure, usual_size
from kecho.intake.grid import Cell
from kecho.intake.labels import Label, Labelled
from kecho.intake.meaning import Meaning, quantity_unit
from kecho.intake.reading import Skipped, TableNote
from kecho.intake.rows import Row
from kecho.kernel import localities
from kecho.kernel.measures import Measure
from kecho.kernel.text import clean, fold

_BY_PROVINCE = re.compile(r"\b(?:dia phuong|tinh thanh pho|tinh tp)\b")
_INDICATORS = {
    ("iip", ""): "iip",
    ("products", ""): "industrial_product",
    ("retail", ""): "retail_and_services",
    ("exports", "value"): "export_turnover",
    ("exports", "quantity"): "export_quantity",
    ("imports", "value"): "import_turnover",
    ("imports", "quantity"): "import_quantity",
}
_PRICES = (
    (re.compile(r"\b(?:lam phat|core inflation)\b"), "core_inflation"),
    (re.compile(r"\b(?:vang|gold)\b"), "gold_price_index"),
    (re.compile(r"\b(?:do la|us dollar|usd)\b"), "usd_price_index"),
)


@dataclass
class Table:
    """What came out of one block."""

    rows: list[Row] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    numeric_cells: int = 0
    listed: int = 0

    def note(self, block: Block) -> TableNote:
        """The account of the table for the reading."""
        return TableNote(
            table=block.family.table if block.family else "",
            sheet=block.sheet.name,
            title=block.title,
            first_row=block.first_row + 1,
            last_row=block.last_row + 1,
            numeric_cells=self.numeric_cells,
            emitted=len(self.rows),
            listed=self.listed,
        )


class Emitter:
    """Walks over the body of one block; ``unit_col`` is the column with a unit per row."""

    def __init__(self, block: Block, meanings: list[Meaning], labelled: Labelled, file: str, unit_col: int | None):
        self.block = block
        self.meanings = {meaning.col: meaning for meaning in meanings}
        self.labelled = labelled
        self.file = file
        self.unit_col = unit_col
        self.table = Table()
        self.name = block.family.table if block.family else ""
        self.is_by_province = bool(_BY_PROVINCE.search(fold(block.title)))
        self.usual = {
            col: usual_size(cell for row in block.body_rows if (cell := block.sheet.at(row, col)))
            for col in self.meanings
        }

    def run(self, first_unit: str = "") -> tuple[Table, str]:
        """All rows of the table, and its last unit, which a continuation may repeat by ditto marks."""
        unit = first_unit
        for row in self.block.heading_rows:
            for cell in self.block.sheet.rows[row]:
                if is_loose_figure(cell):
                    self.table.numeric_cells += 1
                    self._skip(cell, "intake.outside_table", is_number=True)
        for row in self.block.body_rows:
            unit = printed_unit(self.block, row, self.unit_col) or unit
            self.begin(row)
            for cell in self.block.sheet.rows[row]:
                self._take(cell, unit)
        return self.table, unit

    def begin(self, row: int) -> None:
        """Before the cells of a row are taken; for tables in sections."""

    def about(self, cell: Cell) -> tuple[Label | None, Meaning | None]:
        """The label of the cell's row and the meaning of its column."""
        return self.labelled.labels.get(cell.row), self.meanings.get(cell.col)

    def _take(self, cell: Cell, row_unit: str) -> None:
        if not self.block.value_columns or cell.col < self.block.value_columns[0] or cell.col == self.unit_col:
            return
        label, meaning = self.about(cell)
        is_number = is_figure(cell)
        self.table.numeric_cells += is_number
        if meaning is None or meaning.reason:
            self._skip(cell, meaning.reason if meaning else "intake.outside_table", is_number=is_number)
            return
        figure = read_figure(cell, self.usual[cell.col])
        if figure.reason or label is None:
            self._skip(cell, figure.reason or "intake.no_label", is_number=is_number)
            return
        self.table.rows.append(self._row(cell, label, meaning, figure, row_unit))

    def _skip(self, cell: Cell, reason: str, *, is_number: bool) -> None:
        text = clean(cell.text) or cell.error or f"{cell.number:.15g}"
        if not is_number and reason in ("intake.outside_table", "intake.no_label"):
            return
        self.table.listed += is_number
        self.table.skipped.append(Skipped(self.block.sheet.name, cell.address, reason, text))

    def _row(self, cell: Cell, label: Label, meaning: Meaning, figure: Figure, row_unit: str) -> Row:
        measure, breakdown, notes = meaning.measure, label.breakdown, [meaning.note, figure.note]
        indicator = self._indicator(label, meaning)
        if indicator == "core_inflation" and measure.is_index and abs(float(figure.value)) < 40:
            if measure is not Measure.INDEX_PY:
                breakdown = clean(f"so với {_BASE_WORDS.get(measure, meaning.base)}")
            measure = Measure.GROWTH
            notes.append("intake.note_growth_not_index")
        unit = meaning.unit
        if measure is Measure.LEVEL:
            unit = self._level_unit(label, meaning, row_unit)
        return Row(
            file=self.file,
            sheet=self.block.sheet.name,
            cell=cell.address,
            table=self.name,
            indicator=indicator,
            label=label.text,
            breakdown=breakdown,
            locality=self._locality(label),
            period=meaning.period,
            measure=measure.value,
            value=figure.value,
            unit=unit,
            stage=meaning.stage.value,
            note=" ".join(note for note in notes if note),
        )

    def _indicator(self, label: Label, meaning: Meaning) -> str:
        if self.name == "cpi":
            folded = fold(label.text)
            return next((code for word, code in _PRICES if word.search(folded)), "cpi")
        part = (meaning.part or "value") if self.name in ("exports", "imports") else ""
        return _INDICATORS[self.name, part]

    def _level_unit(self, label: Label, meaning: Meaning, row_unit: str) -> str:
        if self.unit_col is not None and row_unit:
            return row_unit
        if meaning.part != "quantity":
            return meaning.unit
        note = self.labelled.footnotes.get(label.mark, "") if label.mark else ""
        printed = note if is_unit_text(note) else self.block.unit
        return quantity_unit(printed, label.text) or meaning.unit

    def _locality(self, label: Label) -> str:
        if not self.is_by_province:
            return localities.COUNTRY
        found = localities.find(label.text)
        return found.code if found else localities.COUNTRY


_BASE_WORDS = {Measure.INDEX_PP: "kỳ trước", Measure.INDEX_DEC: "tháng 12 năm trước", Measure.INDEX_BASE: "kỳ gốc"}
