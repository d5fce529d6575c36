"""The monthly workbook of the statistics office: every table of a known kind, wherever it stands, however laid out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kecho.intake import xls, xlsx
from kecho.intake.blocks import Block, find_blocks, is_loose_figure, settle
from kecho.intake.columns import Column, unit_column
from kecho.intake.declared import DeclaredEmitter
from kecho.intake.grid import Sheet
from kecho.intake.guard import Kind, open_checked
from kecho.intake.labels import Stack, read_labels
from kecho.intake.meaning import carry_on, reference_votes, resolve, understand_block
from kecho.intake.naming import Sections
from kecho.intake.period_rows import PeriodRowsEmitter, has_period_rows
from kecho.intake.reading import Reading, SheetNote
from kecho.intake.tables import Emitter
from kecho.kernel.periods import Period

_NAME_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])(?!\d)")
#: Tables that are final when they are first published.
_FINAL = {"cpi"}


@dataclass
class _Found:
    """A recognised block with its columns."""

    block: Block
    columns: list[Column]

    @property
    def table(self) -> str:
        return self.block.family.table if self.block.family else ""


def read_workbook(path: Path | str) -> Reading:
    """Read one .xls or .xlsx file.

    Raises KechoError for a file that cannot be read at all (see ``guard``); whatever is in a readable file but is not
    among the rows is in ``skipped`` or ``unrecognised`` with its reason.
    """
    checked = open_checked(path)
    reading = Reading(checked.name, checked.sha256, notes=list(checked.notes))
    reader = xls if checked.kind is Kind.XLS else xlsx
    read_sheets(reader.read_sheets(checked.data), reading)
    return reading


def read_sheets(sheets: Iterable[Sheet], reading: Reading) -> None:
    """Fill the reading of a file with what its sheets hold."""
    found = _survey(sheets, reading)
    reference = _reference(found, reading)
    if reference is None:
        for one in found:
            _note(reading, one.block, "intake.no_period")
        return
    reading.period = Period(reference, reference + 1).code
    _emit(found, reference, reading)


def _survey(sheets: Iterable[Sheet], reading: Reading) -> list[_Found]:
    """The recognised tables; every sheet, or table on a sheet, that is none of them is noted.

    A hidden sheet is a working copy as a rule: it is read only for a kind of table that no visible sheet holds.
    """
    found: list[_Found] = []
    hidden: list[_Found] = []
    last: _Found | None = None
    for sheet in sheets:
        blocks = find_blocks(sheet)
        if not blocks:
            reading.unrecognised.append(SheetNote(sheet.name, "", "intake.sheet_empty"))
        for block in map(settle, blocks):
            if block.family is not None and block.family.table and block.value_columns:
                one = _Found(block, understand_block(block))
                if block.family.is_declared and block.is_continued and last and last.table == one.table:
                    one.columns = carry_on(one.columns, last.columns)
                last = one
                (hidden if sheet.is_hidden else found).append(one)
            else:
                _note(reading, block, _why_not(block))
    tables = {one.table for one in found}
    for one in hidden:
        if one.table in tables:
            _note(reading, one.block, "intake.sheet_hidden")
        else:
            found.append(one)
    return found


def _why_not(block: Block) -> str:
    """The reason why a block is no table to read."""
    if block.sheet.is_hidden:
        return "intake.sheet_hidden"
    if not block.value_columns:
        return "intake.no_figures"
    return "intake.family_not_read" if block.family else "intake.table_unknown"


def _note(reading: Reading, block: Block, reason: str) -> None:
    rows = (block.sheet.rows[row] for row in (*block.heading_rows, *block.body_rows))
    numbers = sum(is_loose_figure(cell) for cells in rows for cell in cells)
    note = SheetNote(block.sheet.name, block.title[:200], reason, numbers)
    if note not in reading.unrecognised:
        reading.unrecognised.append(note)


def _reference(found: list[_Found], reading: Reading) -> int | None:
    """The month the workbook is of: what most of its tables say; the file's name only where they are silent or tie."""
    match = _NAME_MONTH.search(reading.file)
    named = int(match[1]) * 12 + int(match[2]) - 1 if match else None
    votes: Counter[int] = Counter()
    core = [one for one in found if one.block.family and one.block.family.is_core]
    for voters in (core, found):
        for whole_years in (False, True):
            if not votes:
                votes.update(
                    vote for one in voters for vote in reference_votes(one.block, one.columns, whole_years=whole_years)
                )
    if not votes:
        return named
    most = max(votes.values())
    leaders = [month for month, count in votes.items() if count == most]
    reference = named if named in leaders else max(leaders)
    if named is not None and named != reference:
        reading.notes.append("intake.note_month_of_name")
    return reference


def _emit(found: list[_Found], reference: int, reading: Reading) -> None:
    """Rows of all tables; a continuation goes on with the hierarchy and the unit of the table before it."""
    stack, unit, last = Stack(), "", ""
    sections: Sections = {}
    for one in found:
        block = one.block
        if not block.is_continued or one.table != last:
            stack, unit, sections = Stack(), "", {}
        last = one.table
        unit_col = unit_column(block)
        family = block.family
        is_final = one.table in _FINAL or (family is not None and family.is_final)
        has_bold_groups = one.table == "iip" or (family is not None and family.has_bold_groups)
        meanings = resolve(block, one.columns, reference, official=is_final)
        columns = {meaning.col for meaning in meanings if meaning.reason != "intake.outside_table"}
        labelled = read_labels(block, columns, unit_col, stack, bold_groups=has_bold_groups)
        emitter: Emitter
        if family is not None and family.is_declared:
            emitter = DeclaredEmitter(
                block,
                meanings,
                labelled,
                reading.file,
                unit_col,
                family=family,
                reference=reference,
                sections=sections,
            )
        elif has_period_rows(labelled):
            emitter = PeriodRowsEmitter(block, meanings, labelled, reading.file, reference)
        else:
            emitter = Emitter(block, meanings, labelled, reading.file, unit_col)
        table, unit = emitter.run(unit)
        sections = emitter.sections if isinstance(emitter, DeclaredEmitter) else {}
        reading.rows.extend(table.rows)
        reading.skipped.extend(table.skipped)
        reading.tables.append(table.note(block))
