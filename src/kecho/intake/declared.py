"""Rows out of a table that ``families.toml`` declares: facets, sections, places, parts, row periods."""

from __future__ import annotations

import re
from dataclasses import replace

from kecho.intake.blocks import Block, is_unit_text
from kecho.intake.dated_rows import dated_rows, is_period_label
from kecho.intake.families import Family
from kecho.intake.figures import Figure
from kecho.intake.grid import Cell
from kecho.intake.labels import Label, Labelled
from kecho.intake.meaning import Meaning, lone_unit
from kecho.intake.naming import Name, Sections, begun, name_figure
from kecho.intake.rows import Row
from kecho.intake.tables import Emitter
from kecho.kernel import units
from kecho.kernel.measures import Measure
from kecho.kernel.text import clean

_ORDER = re.compile(r"^\s*\d+(?:\.\d+)*\s*[.,)]\s*")


class DeclaredEmitter(Emitter):
    """As ``Emitter``. ``sections`` go on from the table that this one continues, and are read off it afterwards."""

    def __init__(
        self,
        block: Block,
        meanings: list[Meaning],
        labelled: Labelled,
        file: str,
        unit_col: int | None,
        *,
        family: Family,
        reference: int,
        sections: Sections,
    ):
        super().__init__(block, meanings, labelled, file, unit_col)
        self.family = family
        self.sections = sections
        self.column_units: dict[int, str] = {}
        self.row_periods = dated_rows(block, labelled, reference)
        texts = [(meaning.col, meaning.heading) for meaning in sorted(meanings, key=lambda one: -one.col)]
        self.headings = {meaning.col: tuple(text for col, text in texts if col <= meaning.col) for meaning in meanings}

    def begin(self, row: int) -> None:
        """A row may begin a section or tell the units of the next ones: "B. HÀNG HÓA", "Nghìn tấn", "Triệu tấn.km"."""
        if row in self.labelled.labels:
            before = self.sections
            self.sections = begun(before, self.family, self.labelled.labels[row].text)
            if self.sections is not before:
                self.column_units = {}
        cells = [cell for cell in self.block.sheet.rows[row] if cell.col in self.meanings]
        if cells and all(units.parse_unit(cell.text) in units.units() for cell in cells):
            self.column_units |= {cell.col: clean(cell.text) for cell in cells}

    def about(self, cell: Cell) -> tuple[Label | None, Meaning | None]:
        """A row whose label is a period is labelled by the row above it, or by the title."""
        label, meaning = super().about(cell)
        own = self.row_periods.get(cell.row)
        if own is None or meaning is None or label is None or meaning.of_plan:
            return label, meaning
        above = tuple(step for step in label.path if not is_period_label(step))
        path = above or (_ORDER.sub("", self.block.title),)
        dated = replace(meaning, period=own.code, stage=own.stage or meaning.stage, reason="")
        return replace(label, text=path[-1], path=path[:-1]), dated

    def _skip(self, cell: Cell, reason: str, *, is_number: bool) -> None:
        if self.column_units.get(cell.col) != clean(cell.text):
            super()._skip(cell, reason, is_number=is_number)

    def _row(self, cell: Cell, label: Label, meaning: Meaning, figure: Figure, row_unit: str) -> Row:
        name = name_figure(self.family, label, self.headings[cell.col], self.block.title, self.sections)
        measure = Measure.LEVEL if name.indicator in self.family.levels else meaning.measure
        unit = meaning.unit
        if measure is Measure.LEVEL and not meaning.of_plan:
            own = meaning.unit if measure is meaning.measure else ""
            unit = self._unit(cell, label, name, (row_unit if self.unit_col is not None else "", own))
        return Row(
            file=self.file,
            sheet=self.block.sheet.name,
            cell=cell.address,
            table=self.name,
            indicator=meaning.of_plan or name.indicator,
            label=name.label,
            breakdown=name.breakdown,
            locality=name.locality,
            period=meaning.period,
            measure=measure.value,
            value=figure.value,
            unit=unit or self.family.unit,
            stage=meaning.stage.value,
            note=" ".join(note for note in (meaning.note if measure is meaning.measure else "", figure.note) if note),
        )

    def _unit(self, cell: Cell, label: Label, name: Name, printed: tuple[str, str]) -> str:
        """The unit of a level, the nearest first: of the row, label, column, footnote, heading, indicator, table."""
        of_row, of_heading = printed
        note = self.labelled.footnotes.get(label.mark, "") if label.mark else ""
        candidates = (
            of_row,
            name.unit,
            self.column_units.get(cell.col, ""),
            note if is_unit_text(note) else "",
            of_heading,
            dict(self.family.units).get(name.indicator, ""),
            lone_unit(self.block.unit),
        )
        return next((one for one in candidates if one), "")
