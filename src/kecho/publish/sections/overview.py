"""I. The overview: five to eight headline figures in one table, the month beside the year to date."""

from __future__ import annotations

from kecho.kernel import formats, units
from kecho.publish.composing import Composer
from kecho.publish.lines import Line
from kecho.publish.model import Block, Cell, Column, Row, Table
from kecho.publish.printing import scaled
from kecho.publish.tables import change_cell, figure_cell, footnotes, localised, source_line

HEADLINES = (
    "iip", "industrial_value_added", "retail_and_services", "export_turnover", "import_turnover", "trade_turnover",
    "cpi", "core_inflation",
)  # fmt: skip
NOT_APPLICABLE = Cell("x")


def blocks(composer: Composer) -> list[Block]:
    """The heading and the table of headline figures."""
    known = {info.code for info in composer.desk.catalogue}
    lines = [composer.desk.line(code) for code in HEADLINES if code in known]
    lines = [line for line in lines if line.has_figures]
    heading = composer.heading(1, "overview")
    return [heading, _table(composer, lines)] if lines else [heading, *composer.no_figures("overview")]


def _table(composer: Composer, lines: list[Line]) -> Table:
    desk, lang = composer.desk, composer.lang
    month, to_date = (formats.period(span, lang, "short") for span in (desk.month, desk.to_date))
    is_january = desk.month == desk.to_date
    growth = composer.say("overview.growth")
    columns = [
        Column(composer.say("column.name"), 5.0, "left"),
        Column(composer.say("column.unit"), 1.9, "center"),
        Column(composer.say("overview.level"), 2.0, group=month),
        Column(growth, 1.8, group=month),
    ]
    if not is_january:
        columns += [
            Column(composer.say("overview.level"), 2.1, group=to_date),
            Column(growth, 1.8, group=to_date),
        ]
    columns += [Column(composer.say("column.source"), 1.5, "center")]
    rows = tuple(_row(composer, line, is_january=is_january) for line in lines)
    return Table(
        "headlines",
        composer.numbered("table", composer.say("table.headlines")),
        tuple(columns),
        rows,
        footnotes=footnotes(composer, [figure for line in lines for figure in line.figures]),
        source_line=source_line(composer, lines),
    )


def _row(composer: Composer, line: Line, *, is_january: bool) -> Row:
    lang = composer.lang
    is_level = line.month is not None or line.to_date is not None
    largest = line.to_date or line.month
    unit = scaled(largest).unit if largest else line.unit
    pairs = [(line.month, line.on_year)] + ([] if is_january else [(line.to_date, line.to_date_on_year)])
    cells = []
    for level, change in pairs:
        shown = scaled(level, unit) if level else None
        cells.append(localised(figure_cell(shown) if shown else None, lang) if is_level else NOT_APPLICABLE)
        cells.append(localised(change_cell(change), lang))
    refs = [ref for cell in cells for ref in cell.refs]
    return Row((Cell(line.label), Cell(units.symbol(unit, lang)), *cells, composer.notes.cell(refs)))
