"""From what a heading says to what its figures are: the period, measure, stage and unit of every column of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from statistics import median

from kecho.intake import period_text
from kecho.intake.blocks import HEADING_WORDS, Block, is_unit_text
from kecho.intake.columns import Column, headings, understand
from kecho.intake.comparisons import compare, relation, resolve_base
from kecho.intake.period_text import PeriodText, Span
from kecho.intake.wording import fold_heading
from kecho.kernel.measures import Measure, Stage
from kecho.kernel.periods import Period
from kecho.kernel.text import clean, fold

_BRACKET = re.compile(r"\(([^()]*)\)")
_COUNTED = re.compile(r"\b(?:chiec|cai)\b")
_VEHICLE = re.compile(r"\b(?:nguyen chiec|o to|xe may)\b")
_MONEY = re.compile(r"\b(?:usd?|do la|dong|vnd)\b")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the figures of one column are. ``reason`` is filled where they are no observations of a table."""

    col: int
    part: str = ""
    period: str = ""
    measure: Measure = Measure.LEVEL
    stage: Stage = Stage.ESTIMATE
    unit: str = ""
    base: str = ""
    item: str = ""
    reason: str = ""
    note: str = ""


def understand_block(block: Block) -> list[Column]:
    """Every value column read; one whose heading is cut short borrows the period of its left neighbour.

    "Ước tính 2 tháng (Tỷ đồng)" beside a bare "Cơ cấu (%)": both are of two months. A column without any word of a
    heading is no part of the table.
    """
    columns: list[Column] = []
    told = title_periods(block)
    for heading in headings(block):
        column = understand(heading)
        if column.period is None and column.stage is None and HEADING_WORDS.search(heading.folded):
            left = next((one for one in reversed(columns) if one.period and not one.reason), None)
            borrowed = left.period if left else told[-1] if told else None
            column = replace(column, period=borrowed, stage=left.stage if left else None)
        columns.append(column)
    return columns


def title_periods(block: Block) -> list[PeriodText]:
    """The periods of a title, without what it compares them with."""
    folded = fold_heading(block.title)
    compared = compare(folded)
    return period_text.find(compared.subject if compared else folded)


def reference_votes(block: Block, columns: list[Column], *, whole_years: bool = False) -> list[int]:
    """Months (as ``Period`` counts them) that the table takes for its own: its title's, and its latest heading's.

    Whole years are left out: a September table may look ahead to December. ``whole_years`` asks for them alone, for a
    workbook that holds nothing else.
    """
    title = [text for text in title_periods(block) if text.year and (text.span is Span.YEAR) is whole_years]
    heads = [column.period for column in columns if column.period and column.period.year and not column.reason]
    ends = [text.period.end - 1 for text in heads if (text.span is Span.YEAR) is whole_years]
    return [text.period.end - 1 for text in title][:1] + ([max(ends)] if ends else [])


def resolve(block: Block, columns: list[Column], reference: int, *, official: bool) -> list[Meaning]:
    """The meanings of a block's columns, seen from the workbook's month. ``official``: the table is final at once."""
    years = [text.year for text in title_periods(block) if text.year]
    found = []
    periods: dict[int, tuple[PeriodText, Period]] = {}
    for column in columns:
        if column.period and not column.reason:
            text = _dated(column.period, years[-1] if years else None, reference)
            periods[column.col] = text, text.period
    for column in columns:
        if column.reason:
            found.append(Meaning(column.col, reason=column.reason))
        elif column.col not in periods:
            is_heading = bool(HEADING_WORDS.search(column.heading.folded))
            found.append(Meaning(column.col, reason="intake.no_period" if is_heading else "intake.outside_table"))
        else:
            text, period = periods[column.col]
            measure, base = _measure(column, period)
            measure, note = checked_measure(block, column, measure)
            stage = Stage.OFFICIAL if official else _stage(column, columns, periods, reference)
            unit = "%" if measure is not Measure.LEVEL else _unit(block, column)
            found.append(Meaning(column.col, column.part, text.code, measure, stage, unit, base, note=note))
    return found


def _dated(text: PeriodText, title_year: int | None, reference: int) -> PeriodText:
    """With the year of the title, or of the workbook; a month that would lie in the future is of the year before."""
    if text.year:
        return text
    if title_year:
        return text.of(title_year)
    dated = text.of(reference // 12)
    is_future = dated.span is not Span.YEAR and dated.period.start > reference
    return text.of(reference // 12 - 1) if is_future else dated


def _measure(column: Column, period: Period) -> tuple[Measure, str]:
    """The measure, and the base's code where one is printed."""
    measure = column.measure or Measure.LEVEL
    if column.base is None or not measure.is_index:
        return measure, ""
    base = resolve_base(column.base, period)
    if column.base.span is Span.YEAR and base.year == period.year - 1:
        base = period.year_before  # "Tháng 5 năm 2013 so với năm 2012"
    return relation(period, base), base.code


def checked_measure(block: Block, column: Column, measure: Measure) -> tuple[Measure, str]:
    """Figures around 100 are an index and figures around 0 are growth, whatever the heading calls them.

    The total, in the first row, must agree with the middle of the column: parts alone may fall to a few percent.
    """
    if not (measure.is_index or measure is Measure.GROWTH):
        return measure, ""
    cells = (block.sheet.at(row, column.col) for row in block.body_rows)
    values = [cell.number for cell in cells if cell is not None and cell.number is not None]
    if len(values) < 4:
        return measure, ""
    typical = (values[0], median(values))
    if measure is Measure.GROWTH and min(typical) > 60:
        return Measure.INDEX_PY, "intake.note_index_not_growth"
    if measure.is_index and max(abs(value) for value in typical) < 40:
        return Measure.GROWTH, "intake.note_growth_not_index"
    return measure, ""


def _stage(
    column: Column, columns: list[Column], periods: dict[int, tuple[PeriodText, Period]], reference: int
) -> Stage:
    """How mature the column is: docs/explanation/intake.md, "Giai đoạn", tells the rule and why."""
    if column.stage:
        return column.stage
    end = periods[column.col][1].end
    if column.is_done:
        return Stage.PRELIMINARY if end <= reference else Stage.ESTIMATE
    levels = [one for one in columns if one.stage and one.measure is Measure.LEVEL and one.col in periods]
    same = [one for one in levels if periods[one.col][1] == periods[column.col][1]]
    same_end = [one for one in levels if periods[one.col][1].end == end]
    for one in same + same_end:
        if one.stage:
            return one.stage
    return Stage.ESTIMATE if end > reference else Stage.PRELIMINARY


def _unit(block: Block, column: Column) -> str:
    """The unit of a level: in brackets over the column, alone over it, or on the line above the table."""
    for line in reversed(column.heading.lines):
        inside = [clean(part) for part in _BRACKET.findall(line)]
        for text in [*inside, clean(line).strip("()")]:
            if is_unit_text(text) and text != "%":
                return _pick(text, column.part)
    return _pick(block.unit, column.part)


def _pick(unit: str, part: str) -> str:
    """Of "Nghìn tấn; Triệu USD" the one that a quantity or a value is counted in."""
    money, things = _units(unit)
    chosen = things if part == "quantity" else money
    return (chosen or money or things or [""])[0]


def _units(unit: str) -> tuple[list[str], list[str]]:
    """The units of a unit line: of money, and of things; percent is told by the measure."""
    text = re.sub(r"^\s*(?:đơn vị(?: tính)?|đvt)\s*:?\s*", "", clean(unit).strip("()"), flags=re.IGNORECASE)
    pieces = [piece.strip() for piece in re.split(r"[,;]|\bvà\b", text) if piece.strip(" %")]
    money = [piece for piece in pieces if _MONEY.search(fold(piece))]
    return money, [piece for piece in pieces if piece not in money]


def quantity_unit(unit: str, label: str) -> str:
    """The unit of a quantity where a line names several: whole vehicles are counted, the rest is weighed."""
    _, things = _units(unit)
    counted = [thing for thing in things if _COUNTED.search(fold(thing))]
    if len(things) > 1 and counted and _VEHICLE.search(fold(label)):
        return counted[0]
    return things[0] if things else ""
