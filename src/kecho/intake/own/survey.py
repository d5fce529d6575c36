"""A file looked at before anybody says what it means: its tables, how they read, what decoding changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kecho.intake import period_text
from kecho.intake.grid import Cell, Sheet, column_letters
from kecho.intake.labels import Label, Stack, read_labels
from kecho.intake.own.columns import is_order, look
from kecho.intake.own.mapping import ColumnRule, Role
from kecho.intake.own.shapes import Shape, ShapeColumn, find_shapes
from kecho.intake.own.signature import runs, signature
from kecho.intake.own.sources import Change, Encoding, Source, open_source, shown, texts
from kecho.intake.period_text import Span
from kecho.intake.reading import Reading
from kecho.intake.wording import fold_heading
from kecho.kernel.errors import KechoError, Location
from kecho.kernel.periods import Period
from kecho.kernel.text import fold

#: Body rows shown, and labels handed on, of one table.
SHOWN_ROWS = 12
MOST_LABELS = 3_000
_NAME_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])(?!\d)")
_DAY = re.compile(r"\bngay \d{1,2} (0?[1-9]|1[0-2]) (20\d\d)\b")
_MONTH_NAME = re.compile(r"(?:thang|t)[-_. ]?(0?[1-9]|1[0-2])[-_. ](?:nam[-_. ])?(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class RowView:
    """One label of a table: folded ``path`` with the labels above it, both as printed, the first row with it.

    ``number`` is what stands in a column of order numbers.
    """

    path: str
    label: str
    breakdown: str
    row: int
    number: str = ""


@dataclass(frozen=True, slots=True)
class TableView:
    """One table as people and proposals see it; ``rules`` and ``letters`` go by runs of columns."""

    index: int
    sheet: str
    title: str
    unit: str
    area: str
    signature: str
    rules: tuple[ColumnRule, ...]
    letters: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    headings: tuple[str, ...]
    preview: tuple[tuple[str, ...], ...]
    rows: tuple[RowView, ...]
    body_rows: int
    reference: str = ""


@dataclass(slots=True)
class Survey(Reading):
    """A reading without rows: what the file holds. ``period`` is the month it seems to be of."""

    views: list[TableView] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    changed: int = 0
    encoding: str = ""


def survey_file(path: Path, encoding: Encoding = Encoding.AUTO) -> Survey:
    """Look at one file. Raises KechoError as ``open_source`` does, ``intake.own_no_table`` where there is none."""
    source = open_source(path, encoding)
    found = Survey(
        source.checked.name,
        source.checked.sha256,
        notes=list(source.checked.notes),
        changes=source.changes,
        changed=source.changed,
        encoding=source.encoding,
    )
    for shape in shapes_of(source):
        found.views.append(view(shape, len(found.views), look(shape)))
    if not found.views:
        raise KechoError("intake.own_no_table", where=Location(found.file))
    found.period = month_of(found.file, (one.reference for one in found.views))
    return found


def month_of(name: str, told: Iterable[str]) -> str:
    """The month a file is of: what its name says, else what most of its tables say; empty where nothing does."""
    months = Counter(month for month in told if month)
    return month_of_name(name) or (months.most_common(1)[0][0] if months else "")


def shapes_of(source: Source) -> list[Shape]:
    """The tables of all its sheets."""
    return [shape for sheet in source.sheets for shape in find_shapes(sheet)]


def view(shape: Shape, index: int, rules: list[ColumnRule]) -> TableView:
    """The table as it is shown. ``rules`` say which columns hold labels."""
    grouped = runs(shape.columns)
    columns = [column.col for column in shape.columns]
    return TableView(
        index=index,
        sheet=shape.sheet.name,
        title=shape.title,
        unit=shape.block.unit,
        area=shape.area,
        signature=signature(shape),
        rules=tuple(rules),
        letters=tuple(_letters(run) for _, run in grouped),
        samples=tuple(run[0].samples[:4] for _, run in grouped),
        headings=tuple(column.heading.text[:80] for column in shape.columns[:40]),
        preview=tuple(map(tuple, texts(shape.sheet, shape.block.body_rows[:SHOWN_ROWS], columns[:40]))),
        rows=tuple(_rows(shape, rules)),
        body_rows=len(shape.block.body_rows),
        reference=month_of_shape(shape),
    )


def _letters(run: list[ShapeColumn]) -> str:
    first, last = column_letters(run[0].col), column_letters(run[-1].col)
    return first if first == last else f"{first}-{last}"


def _rows(shape: Shape, rules: list[ColumnRule]) -> list[RowView]:
    found: dict[str, RowView] = {}
    order = next((column.col for column in shape.columns if is_order(column)), None)
    for row, label in labels(shape, rules).items():
        path = path_of(label)
        cell = shape.sheet.at(row, order) if order is not None else None
        if len(found) < MOST_LABELS:
            found.setdefault(path, RowView(path, label.text, label.breakdown, row + 1, shown(cell) if cell else ""))
    return list(found.values())


def labels(shape: Shape, rules: list[ColumnRule] | tuple[ColumnRule, ...]) -> dict[int, Label]:
    """The label of each body row, read from the label columns alone."""
    roles = {column.col: rule.role for rule, (_, run) in zip(rules, runs(shape.columns), strict=True) for column in run}
    kept = {Role.LABEL, Role.VALUE, Role.UNIT}
    sheet = Sheet(shape.sheet.name, merges=shape.sheet.merges)
    values = {col for col, role in roles.items() if role is Role.VALUE}
    first = min(values, default=0)
    for place, cell in shape.sheet.cells.items():
        if roles.get(cell.col) in kept and not (roles[cell.col] is Role.LABEL and cell.col > first):
            sheet.cells[place] = cell if cell.text or roles[cell.col] is not Role.LABEL else _as_text(cell)
    block = shape.block
    unit_col = next((col for col, role in roles.items() if role is Role.UNIT), None)
    rows = [row for row in block.body_rows if row in sheet.rows]
    bare = type(block)(sheet, block.title, None, block.first_row, block.unit, block.heading_rows, rows, sorted(values))
    return read_labels(bare, values, unit_col, Stack(), bold_groups=True).labels


def _as_text(cell: Cell) -> Cell:
    """A label that is a number: a year, a code."""
    return Cell(cell.row, cell.col, text="" if cell.number is None else f"{cell.number:.12g}", is_bold=cell.is_bold)


def path_of(label: Label) -> str:
    """The folded path by which row rules know a row."""
    return " > ".join(fold(part) for part in (*label.path, label.text))


def month_of_name(name: str) -> str:
    """The month a file's name tells: ``bao-cao-2026-05.xlsx``, ``T5.2026.xls``; empty where it tells none."""
    if match := _NAME_MONTH.search(name):
        return Period.of_month(int(match[1]), int(match[2])).code
    if match := _MONTH_NAME.search(name.lower().replace("á", "a")):
        return Period.of_month(int(match[2]), int(match[1])).code
    return ""


def month_of_shape(shape: Shape) -> str:
    """The month that the title names, else the latest month of the headings; empty where no year is printed.

    A title that names a year alone leaves the month to the headings.
    """
    title = fold_heading(shape.title)
    if days := _DAY.findall(title):
        return Period.of_month(int(days[-1][1]), int(days[-1][0])).code
    told = [text for text in period_text.find(title) if text.year]
    if not told or told[0].span is Span.YEAR:
        heads = [text for column in shape.columns for text in period_text.find(column.heading.folded)]
        dated = [text.of(told[0].year) if told and told[0].year else text for text in heads]
        months = [text for text in dated if text.year and text.span is not Span.YEAR]
        told = sorted(months, key=lambda text: text.period.end)[-1:] or told
    return Period(told[0].period.end - 1, told[0].period.end).code if told else ""
