"""A confirmed mapping over a file: rows with their cells, and everything that is no row with its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from kecho.intake import period_text
from kecho.intake.blocks import is_unit_text
from kecho.intake.columns import printed_unit, understand
from kecho.intake.figures import is_figure, read_figure, usual_size
from kecho.intake.grid import Cell
from kecho.intake.labels import Label
from kecho.intake.meaning import pick_unit
from kecho.intake.own import forms, rules
from kecho.intake.own.changes import nearest
from kecho.intake.own.columns import based, look
from kecho.intake.own.mapping import ColumnRule, Mapping, Role, RowRule, When
from kecho.intake.own.shapes import Shape, ShapeColumn
from kecho.intake.own.signature import runs, signature
from kecho.intake.own.sources import Encoding, open_source
from kecho.intake.own.survey import labels, month_of, month_of_shape, path_of, shapes_of
from kecho.intake.reading import Reading, SheetNote, Skipped, TableNote
from kecho.intake.rows import Row
from kecho.intake.wording import fold_heading
from kecho.kernel import localities
from kecho.kernel.errors import KechoError, Location
from kecho.kernel.measures import Measure, Stage
from kecho.kernel.periods import Calendar, Period
from kecho.kernel.text import clean

#: The ``table`` of rows that come from a mapped table.
TABLE = "own"
_SIGNS = {"intake.nil_mark": "-", "intake.not_collected_mark": "...", "intake.not_applicable_mark": "x"}
_BRACKET = re.compile(r"\(([^()]*)\)")
_DAY_FIRST = re.compile(r"(?:\d{1,2}/)?(0?[1-9]|1[0-2])[/-]((?:19|20)\d\d)")
_DATE = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])-\d\d")


@dataclass(frozen=True, slots=True)
class NewLabel:
    """A row whose label was not there when the mapping was confirmed."""

    sheet: str
    cell: str
    text: str


@dataclass(slots=True)
class OwnReading(Reading):
    """Rows of mapped tables; ``new_labels`` and ``findings`` (of a form's rules) wait for a person's word."""

    new_labels: list[NewLabel] = field(default_factory=list)
    findings: list[KechoError] = field(default_factory=list)


def read_mapped(
    path: Path, mappings: Dict[str, Mapping], reference: str = "", encoding: Encoding = Encoding.AUTO
) -> OwnReading:
    """Read the tables whose signature has a mapping; ``reference`` is the file's month, such as ``2026-05``.

    Without it the month is what name, titles and headings tell; where they tell none, columns that count from it are
    left out with ``intake.own_no_period``.

    Raises KechoError as ``open_source`` does, ``intake.own_not_known`` where no table has a mapping: a changed layout
    is told and never read by the old rules.
    """
    source = open_source(path, encoding)
    reading = OwnReading(source.checked.name, source.checked.sha256, notes=list(source.checked.notes), is_own=True)
    shapes = shapes_of(source)
    known = [shape for shape in shapes if signature(shape) in mappings]
    reading.period = reference or month_of(reading.file, map(month_of_shape, known))
    month = Period.parse(reading.period) if reading.period else None
    for shape in shapes:
        mapping = mappings.get(signature(shape))
        if mapping is None:
            reading.unrecognised.append(SheetNote(shape.sheet.name, shape.title[:200], "intake.own_not_mapped"))
            continue
        _Table(shape, mapping, month, reading).run()
    if not reading.tables:
        told = (nearest(look(shape), mappings.values()) for shape in shapes)
        differences = [f"“{one.mapping.name}”: {one.text}" for one in told if one is not None]
        detail = " | ".join(differences)[:400] or "-"
        raise KechoError("intake.own_not_known", where=Location(reading.file), detail=detail)
    last = max((Period.parse(code.partition("@")[0]).end for code in {row.period for row in reading.rows}), default=0)
    if last and not reading.period:
        reading.period = Period(last - 1, last).code
    if reading.new_labels:
        named = "; ".join(dict.fromkeys(new.text for new in reading.new_labels))
        reading.notes += ["intake.note_new_labels", named[:1000]]
    _refuse_repeats(reading)
    return reading


def _refuse_repeats(reading: OwnReading) -> None:
    """A figure that two cells give: the file must say which one counts."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in reading.rows:
        key = (row.indicator, row.label, row.breakdown, row.locality, row.period, row.measure)
        first = seen.setdefault(key, row)
        if first is not row and first.value != row.value:
            where = rules.place(reading.file, row.sheet, row.cell)
            reading.errors.append(KechoError("intake.own_twice", where=where, first=first.cell, label=row.label or "-"))


@dataclass(frozen=True, slots=True)
class _Spot:
    """A cell with all that is known of its row and its column; ``unit`` is what the row prints."""

    cell: Cell
    label: Label | None
    row: RowRule | None
    rule: ColumnRule
    column: ShapeColumn
    unit: str


class _Table:
    """Walks over one table."""

    def __init__(self, shape: Shape, mapping: Mapping, month: Period | None, reading: OwnReading) -> None:
        self.shape, self.mapping, self.month, self.reading = shape, mapping, month, reading
        grouped = runs(shape.columns)
        self.rules: list[tuple[ColumnRule, ShapeColumn]] = [
            (rule, column) for rule, (_, run) in zip(mapping.columns, grouped, strict=True) for column in run
        ]
        self.labels = labels(shape, mapping.columns)
        self.form = forms.form(mapping.form)
        self.calendar = Calendar(mapping.calendar)
        self.unit_col = next((column.col for rule, column in self.rules if rule.role is Role.UNIT), None)
        self.figures = self.listed = 0
        self.rows: list[Row] = []
        self.by_path: dict[str, list[Row]] = {}
        cells = {
            column.col: [shape.sheet.at(row, column.col) for row in shape.block.body_rows] for _, column in self.rules
        }
        self.usual = {col: usual_size(cell for cell in column if cell) for col, column in cells.items()}

    def run(self) -> None:
        """Every row of the body, then what the form promises."""
        known = set(self.mapping.labels)
        unit = ""
        for row in self.shape.block.body_rows:
            unit = printed_unit(self.shape.block, row, self.unit_col) or unit
            label = self.labels.get(row)
            path = path_of(label) if label else ""
            rule = self.mapping.row(path)
            taken = self._row(row, label, rule, unit)
            self.by_path.setdefault(path, []).extend(taken)
            self.rows += taken
            if taken and known and label and path not in known:
                self.reading.new_labels.append(NewLabel(taken[0].sheet, taken[0].cell, label.text))
        if self.form is not None:
            self.reading.findings += rules.check(self.form, self.by_path, self.mapping)
        if self.form is not None and self.form.is_individual:
            self._withhold()
        self.reading.rows += self.rows
        block = self.shape.block
        numbers = block.first_row + 1, block.last_row + 1
        self.reading.tables.append(
            TableNote(TABLE, self.shape.sheet.name, block.title, *numbers, self.figures, len(self.rows), self.listed)
        )

    def _withhold(self) -> None:
        """One enterprise's own figures are checked and go no further: the observatory holds those of places."""
        for one in self.rows:
            self.reading.skipped.append(Skipped(one.sheet, one.cell, "intake.form_individual", one.value))
        self.listed += len(self.rows)
        self.rows = []

    def _row(self, row: int, label: Label | None, rule: RowRule | None, unit: str) -> list[Row]:
        taken = []
        for column_rule, column in self.rules:
            cell = self.shape.sheet.at(row, column.col)
            if cell is None or cell.is_blank or column_rule.role not in (Role.VALUE, Role.IGNORE):
                continue
            if column_rule.role is Role.IGNORE:
                if column_rule.why and is_figure(cell):
                    self._skip(cell, column_rule.why)
                continue
            try:
                taken.append(self._figure(_Spot(cell, label, rule, column_rule, column, unit)))
            except _LeftOutError as left:
                self._skip(cell, left.reason)
        return taken

    def _skip(self, cell: Cell, reason: str) -> None:
        is_number = is_figure(cell)
        self.figures += is_number
        self.listed += is_number
        text = clean(cell.text) or cell.error or f"{cell.number:.15g}"
        self.reading.skipped.append(Skipped(self.shape.sheet.name, cell.address, reason, text[:200]))

    def _figure(self, spot: _Spot) -> Row:
        """One row. Raises _LeftOutError with the reason."""
        cell, label, row, rule, column = spot.cell, spot.label, spot.row, spot.rule, spot.column
        if row is not None and row.is_ignored:
            raise _LeftOutError("intake.own_row_ignored")
        figure = read_figure(cell, self.usual[column.col])
        value = figure.value or _SIGNS.get(figure.reason, "")
        if not value:
            raise _LeftOutError(figure.reason)
        indicator = (row.indicator if row else "") or rule.indicator or self.mapping.indicator
        if not indicator:
            raise _LeftOutError("intake.own_no_indicator")
        period = self._period(cell.row, rule, column)
        measure = (row.measure if row else "") or rule.measure
        if Measure(measure).is_index and (found := understand(column.heading)).base is not None:
            measure = based(found, period).value  # "so với tháng 12/2025": what that is, the column's own period tells
        made = Row(
            file=self.reading.file,
            sheet=self.shape.sheet.name,
            cell=cell.address,
            table=TABLE,
            indicator=indicator,
            label=row.key if row is not None else label.text if label else rule.breakdown,
            breakdown="" if row is not None or label is None else label.breakdown,
            locality=self._locality(cell.row, rule, period),
            period=period.code if period.calendar is Calendar.STATISTICAL else f"{period.code}@{period.calendar}",
            measure=measure,
            value=value,
            unit=self._unit(row, rule, column, spot.unit) if measure == Measure.LEVEL else "%",
            stage=rule.stage or self._stage(period),
            note=figure.note,
        )
        self.figures += 1
        return made

    def _unit(self, row: RowRule | None, rule: ColumnRule, column: ShapeColumn, printed: str) -> str:
        inside = [clean(text) for line in column.heading.lines for text in _BRACKET.findall(line)]
        alone = [line for line in column.heading.lines if is_unit_text(line)]
        heading = next((text for text in reversed([*alone, *inside]) if is_unit_text(text)), "")
        announced = pick_unit(self.shape.block.unit, understand(column.heading).part)
        stated = [row.unit if row else "", rule.unit, printed, heading, announced, self.mapping.unit]
        unit = next((text for text in stated if text), "")
        if not unit:
            raise _LeftOutError("intake.own_no_unit")
        return unit

    def _stage(self, period: Period) -> str:
        """What the mapping says; an estimate of a period that was over before the file's month is preliminary."""
        is_over = self.month is not None and period.end <= self.month.start
        return Stage.PRELIMINARY.value if is_over and self.mapping.stage == Stage.ESTIMATE else self.mapping.stage

    # ---- period and place

    def _period(self, row: int, rule: ColumnRule, column: ShapeColumn) -> Period:
        if rule.when is When.ROW:
            return self._period_of_row(row)
        if rule.when is When.HEADING:
            found = understand(column.heading).period
            title = [text.year for text in period_text.find(fold_heading(self.shape.title)) if text.year]
            year = title[-1] if title else self.month.year if self.month else None
            if found is None or not (found.year or year):
                raise _LeftOutError("intake.own_no_period")
            period = (found if found.year or year is None else found.of(year)).period
        elif self.month is None:
            raise _LeftOutError("intake.own_no_period")
        else:
            period = relative(rule.when, self.month)
        return Period(period.start, period.end, self.calendar)

    def _period_of_row(self, row: int) -> Period:
        parts = {
            rule.role: self.shape.sheet.covering(row, column.col)
            for rule, column in self.rules
            if rule.role in (Role.PERIOD, Role.YEAR, Role.MONTH)
        }
        year, month = _whole(parts.get(Role.YEAR)), _whole(parts.get(Role.MONTH))
        year = year or (self.month.year if self.month else None)
        if Role.MONTH in parts:
            if not (year and month and 1 <= month <= 12):
                raise _LeftOutError("intake.own_no_period")
            return Period.of_month(year, month, self.calendar)
        period = _worded(parts.get(Role.PERIOD), year)
        if period is None and year and Role.YEAR in parts:
            period = Period.of_year(year)
        if period is None:
            raise _LeftOutError("intake.own_no_period")
        return Period(period.start, period.end, self.calendar)

    def _locality(self, row: int, rule: ColumnRule, period: Period) -> str:
        column = next((column for other, column in self.rules if other.role is Role.LOCALITY), None)
        if column is None:
            return rule.locality or self.mapping.locality
        cell = self.shape.sheet.covering(row, column.col)
        first, after = period.dates
        for day in (first, after - timedelta(days=1)):
            if cell is not None and (found := localities.find(cell.text, day)):
                return found.code
            inside = self.mapping.locality or None
            if cell is not None and inside and (found := localities.find(cell.text, day, within=inside)):
                return found.code
        raise _LeftOutError("intake.own_no_locality")


class _LeftOutError(Exception):
    """A cell that yields no row. ``reason`` is a code of the message catalogue."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def relative(when: When, month: Period) -> Period:
    """The period that a column means, seen from the file's month.

    >>> relative(When.YTD_YEAR_AGO, Period.parse("2026-05")).code, relative(When.HALF, Period.parse("2026-06")).code
    ('2025-01/2025-05', '2026-H1')
    """
    to_date = Period.ytd(month.year, month.month)
    found = {
        When.MONTH: month,
        When.PREVIOUS: month.previous,
        When.YTD: to_date,
        When.YEAR_AGO: month.year_before,
        When.YTD_YEAR_AGO: to_date.year_before,
        When.QUARTER: Period.of_quarter(month.year, (month.month + 2) // 3),
        When.HALF: Period.of_half(month.year, 1 if month.month <= 6 else 2),
        When.YEAR: Period.of_year(month.year),
        When.HALF_OR_YEAR: Period.of_half(month.year, 1) if month.month <= 6 else Period.of_year(month.year),
    }
    return found[when]


def _whole(cell: Cell | None) -> int | None:
    if cell is None:
        return None
    if cell.number is not None:
        return int(cell.number)
    found = re.search(r"\d+", cell.text)
    return int(found[0]) if found else None


def _worded(cell: Cell | None, year: int | None) -> Period | None:
    """The period that a cell writes: a code, a date, "05/2026", "Tháng 5 năm 2026", "Quý I"."""
    if cell is None:
        return None
    text = clean(cell.text) or (f"{int(cell.number)}" if cell.number is not None else "")
    for pattern, order in ((_DATE, (1, 2)), (_DAY_FIRST, (2, 1))):
        if match := pattern.fullmatch(text):
            return Period.of_month(int(match[order[0]]), int(match[order[1]]))
    try:
        return Period.parse(text)
    except KechoError:
        found = period_text.find(fold_heading(text))
        dated = [one.of(year) if year else one for one in found if year or one.year]
        return dated[0].period if len(dated) == 1 else None
