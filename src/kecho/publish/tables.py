"""The department's monthly table: the year's plan, last month, this month, year to date, and how they compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from kecho.kernel import formats, units
from kecho.kernel.errors import LANGUAGES
from kecho.kernel.measures import Missing, Stage
from kecho.publish.changes import Change, least_ripe
from kecho.publish.composing import Composer
from kecho.publish.lines import Line
from kecho.publish.model import Cell, CellKind, Column, Row, Table
from kecho.publish.pieces import DERIVED_MARK, FICTIONAL_MARK, Figure
from kecho.publish.printing import decimals_of, plain_number

OFFICE = "gso"  # what the statistics office's workbooks are filed under; the catalogue names it
NOT_APPLICABLE = Cell("x", CellKind.NOT_APPLICABLE)
_SYMBOLS = {
    Missing.NIL: Cell("-", CellKind.NIL),
    Missing.NOT_APPLICABLE: NOT_APPLICABLE,
}
_UNKNOWN = Cell("…", CellKind.MISSING)
_Kind = Literal["level", "change", "plan"]


def department_table(composer: Composer, key: str, title: str, lines: Sequence[Line]) -> Table:
    """The table of some lines. A column in which no line can have a figure (levels of an index) is left out, and so is
    the year to date in January, when it is the month."""
    wanted = _columns(composer, lines)
    columns = (
        Column(composer.say("column.order"), 0.9, "center"),
        Column(composer.say("column.name"), 7.0, "left"),
        *([Column(composer.say("column.unit"), 2.1, "center")] if _has_levels(lines) else []),
        *(column for column, _ in wanted),
        Column(composer.say("column.source"), 1.3, "center"),
    )
    numbers = _Numbers()
    rows = tuple(_row(composer, line, wanted, numbers, _has_levels(lines)) for line in lines)
    return Table(
        key,
        composer.numbered("table", title),
        columns,
        rows,
        unit_line="" if _has_levels(lines) else composer.say("column.percent_line"),
        footnotes=footnotes(composer, [figure for line in lines for figure in line.figures]),
        source_line=source_line(composer, lines),
    )


def change_cell(change: Change | None) -> Cell | None:
    """A change as a signed number; the column's heading says that it is percent."""
    return None if change is None or change.figure is None else figure_cell(change.figure)


def figure_cell(figure: Figure, lang: str = "") -> Cell:
    """A figure as a cell; the language is filled in by ``localised``."""
    return Cell(lang, CellKind.NUMBER, figure.value, decimals_of(figure), figure.refs, figure.mark)


def localised(cell: Cell | None, lang: str) -> Cell:
    """The cell with its number written in the language; unknown where there is none."""
    if cell is None:
        return _UNKNOWN
    if cell.value is None:
        return cell
    text = plain_number(cell.value, lang, cell.decimals)
    return Cell(text, cell.kind, cell.value, cell.decimals, cell.refs, cell.mark)


def footnotes(composer: Composer, figures: Sequence[Figure]) -> tuple[str, ...]:
    """What the marks in a table mean, for those that stand in it."""
    notes = []
    if any(figure.is_fictional for figure in figures):
        notes.append(composer.say("legend.fictional", mark=FICTIONAL_MARK))
    if any(figure.is_derived and not figure.is_fictional for figure in figures):
        notes.append(composer.say("legend.derived", mark=DERIVED_MARK))
    return tuple(notes)


def source_line(composer: Composer, lines: Sequence[Line]) -> str:
    """Who published the figures, each source once."""
    desk, lang = composer.desk, composer.lang
    sources: list[str] = []
    for line in lines:
        for figure in line.figures:
            for ref in figure.refs:
                release = desk.source(ref)[1].release
                is_office = release.source == OFFICE
                name = desk.info(line.indicator).source(lang) if is_office else in_language(release.title, lang)
                sources += [part for part in name.split("; ") if part not in sources]
    return composer.say("source_line", sources="; ".join(sources)) if sources else ""


def in_language(title: str, lang: str) -> str:
    """One half of a title written in both languages ("… / …")."""
    halves = title.split(" / ")
    return halves[LANGUAGES.index(lang)] if len(halves) == len(LANGUAGES) else title


class _Numbers:
    """Order numbers: 1, 2, … for the total and its first level, nothing below."""

    def __init__(self) -> None:
        self._last = 0

    def of(self, line: Line) -> str:
        if line.depth > 1:
            return ""
        self._last += 1
        return str(self._last)


def _has_levels(lines: Sequence[Line]) -> bool:
    return any(line.month or line.previous or line.to_date for line in lines)


def _columns(composer: Composer, lines: Sequence[Line]) -> list[tuple[Column, str]]:
    """The columns of figures with the attribute of a line that fills each."""
    desk, lang = composer.desk, composer.lang
    levels, is_january = _has_levels(lines), desk.to_date == desk.month
    has_plan = levels and any((line.indicator, line.breakdown) in composer.plans for line in lines)
    stage = least_ripe(*(line.month for line in lines)) if levels else Stage.OFFICIAL
    changes = composer.say("column.changes")

    def period(span: object) -> str:
        return formats.period(span, lang, "short")  # type: ignore[arg-type]

    found: list[tuple[Column, str]] = []
    if has_plan:
        found.append((Column(composer.say("column.plan", year=desk.month.year), 2.1), "plan"))
    if levels:
        found.append((Column(composer.say("column.previous", period=period(desk.month.previous)), 2.1), "previous"))
        found.append((Column(composer.say(f"column.month_{stage}", period=period(desk.month)), 2.1), "month"))
        if not is_january:
            found.append((Column(composer.say("column.to_date", period=period(desk.to_date)), 2.2), "to_date"))
    found.append((Column(composer.say("column.on_month"), 1.7, group=changes), "on_month"))
    if any(line.on_december for line in lines):
        found.append((Column(composer.say("column.on_december"), 1.7, group=changes), "on_december"))
    found.append((Column(composer.say("column.on_year"), 1.7, group=changes), "on_year"))
    if not is_january:
        found.append((Column(composer.say("column.to_date_on_year"), 1.7, group=changes), "to_date_on_year"))
    if has_plan:
        found.append((Column(composer.say(f"column.percent_of_plan{'_month' if is_january else ''}"), 1.7), "percent"))
    return found


def _row(
    composer: Composer, line: Line, wanted: Sequence[tuple[Column, str]], numbers: _Numbers, has_unit: bool
) -> Row:
    cells = [localised(_value(composer, line, name), composer.lang) for _, name in wanted]
    refs = [ref for cell in cells for ref in cell.refs]
    unit = [Cell(_unit_words(line.unit, composer.lang))] if has_unit else []
    head = (Cell(numbers.of(line)), Cell(line.label), *unit)
    return Row((*head, *cells, composer.notes.cell(refs)), level=max(0, line.depth - 1), is_total=line.depth == 0)


def _unit_words(code: str, lang: str) -> str:
    words = units.symbol(code, lang)
    return words[:1].upper() + words[1:]


def _value(composer: Composer, line: Line, name: str) -> Cell | None:
    plan = composer.plans.get((line.indicator, line.breakdown))
    if name == "plan":
        return Cell(plan.text) if plan else NOT_APPLICABLE
    if name == "percent":
        return figure_cell(plan.percent) if plan and plan.percent else NOT_APPLICABLE
    if name in ("month", "previous", "to_date"):
        figure: Figure | None = getattr(line, name)
        symbol = _SYMBOLS.get(line.missing) if line.missing and name == "month" else None
        return figure_cell(figure) if figure else symbol
    return change_cell(getattr(line, name))
