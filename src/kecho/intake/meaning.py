"""From what a heading says to what its figures are: the period, measure, stage and unit of every column of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from statistics import median

from kecho.intake import period_text
from kecho.intake.blocks import HEADING_WORDS, Block, is_loose_figure, is_unit_text
from kecho.intake.columns import Column, headings, understand
from kecho.intake.comparisons import compare, relation, resolve_base
from kecho.intake.families import Family
from kecho.intake.period_text import PeriodText, Span
from kecho.intake.wording import fold_heading
from kecho.kernel import units
from kecho.kernel.measures import Measure, Stage
from kecho.kernel.periods import Period
from kecho.kernel.text import clean, fold

_SAME_LAST_YEAR = re.compile(r"\bcung ky\b")
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
    heading: str = ""
    of_plan: str = ""
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
        if column.period is None and _is_heading(block, column) and (column.stage is None or _is_declared(block)):
            left = next((one for one in reversed(columns) if one.period and not one.reason), None)
            borrowed = left.period if left else told[-1] if told else None
            column = replace(column, period=borrowed, stage=column.stage or (left.stage if left else None))
        columns.append(column)
    return columns


def _is_heading(block: Block, column: Column) -> bool:
    """Whether words of a heading stand over the column; in a declared table any words are."""
    folded = column.heading.folded
    if not _is_declared(block):
        return bool(HEADING_WORDS.search(folded))
    cells = (block.sheet.at(row, column.col) for row in block.heading_rows)
    return bool(folded) and not any(
        cell is not None and is_loose_figure(cell) for cell in cells
    )  # else a working column


def carry_on(columns: list[Column], before: list[Column]) -> list[Column]:
    """Columns of a table that comes again under a heading without periods, "Cơ cấu - %": those of its beginning."""
    if any(column.period for column in columns):
        return columns
    of_before = {column.col: column for column in before}
    is_share = any(column.measure is Measure.SHARE for column in columns)
    carried = [of_before.get(column.col, column) for column in columns]
    if not is_share:
        return carried
    return [replace(one, measure=Measure.SHARE) if one.measure is Measure.LEVEL else one for one in carried]


def _is_declared(block: Block) -> bool:
    return block.family is not None and block.family.is_declared


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
    family = block.family
    plan = family.plan if family else ""
    for column in columns:
        if column.period and (not column.reason or plan):
            text = _dated(column.period, years[-1] if years else None, reference)
            if _is_declared(block):
                text = _same_of_year_before(column, text, title_periods(block))
            if family and family.counts_back:
                text = text.before_first_day()
            periods[column.col] = text, text.period
    undated = _undated(family, reference) if not periods else None
    for column in columns:
        words = "\n".join(column.heading.lines)
        if plan and column.reason == "intake.percent_of_plan" and column.col in periods:
            text, _ = periods[column.col]
            stage = _stage(column, columns, periods, reference)
            name = family.plan if family else ""
            found.append(Meaning(column.col, period=text.code, stage=stage, unit="%", heading=words, of_plan=name))
        elif plan and column.reason == "intake.plan_figure" and column.col in periods:
            unit, name = _unit_of(block, column, Measure.LEVEL), f"{plan.removesuffix('_ratio')}"
            code = periods[column.col][0].code
            found.append(Meaning(column.col, period=code, stage=Stage.OFFICIAL, unit=unit, heading=words, of_plan=name))
        elif column.reason:
            found.append(Meaning(column.col, reason=column.reason))
        elif column.col not in periods and undated and _is_heading(block, column):
            measure, note = checked_measure(block, column, column.measure or Measure.LEVEL)
            unit = _unit_of(block, column, measure)
            told = " ".join(("intake.note_undated", note)).strip()
            found.append(
                Meaning(column.col, column.part, undated, measure, Stage.PRELIMINARY, unit, "", words, note=told)
            )
        elif column.col not in periods:
            is_heading = _is_heading(block, column)
            found.append(Meaning(column.col, reason="intake.no_period" if is_heading else "intake.outside_table"))
        else:
            text, period = periods[column.col]
            measure, base = _measure(column, period)
            measure, note = checked_measure(block, column, measure)
            stage = Stage.OFFICIAL if official else _stage(column, columns, periods, reference)
            unit = _unit_of(block, column, measure)
            found.append(Meaning(column.col, column.part, text.code, measure, stage, unit, base, words, note=note))
    return found


def _same_of_year_before(column: Column, text: PeriodText, told: list[PeriodText]) -> PeriodText:
    """ "Thực hiện cùng kỳ năm trước" beside "Thực hiện kỳ này": the title's period a year earlier."""
    folded = column.heading.folded
    if not _SAME_LAST_YEAR.search(folded) or "so voi" in folded:
        return text
    if text.span is Span.YEAR and told and told[-1].span is not Span.YEAR:
        return replace(told[-1], year=text.year)
    return replace(text, year=text.year - 1) if text.year else text


def _undated(family: Family | None, reference: int) -> str:
    """The period of a table that no word dates, where its kind tells it."""
    month = Period(reference, reference + 1)
    if family is None or not family.undated:
        return ""
    return month.code if family.undated == "month" else Period.ytd(month.year, month.month).code


def _unit_of(block: Block, column: Column, measure: Measure) -> str:
    """Percent for what is no level; in a declared table also for a rate: "Tỷ lệ thất nghiệp (%)"."""
    if measure is not Measure.LEVEL:
        return "%"
    if not _is_declared(block):
        return _unit(block, column)
    lines = column.heading.lines
    brackets = [clean(inside) for line in reversed(lines) for inside in _BRACKET.findall(line)]
    own = next((inside for inside in brackets if units.parse_unit(inside) in units.units()), "")
    lowest = clean(lines[-1]) if lines else ""
    return own or (lowest if _is_unit_s_name(lowest) else "") or ("%" if "%" in column.heading.text else "")


def _is_unit_s_name(text: str) -> bool:
    """A unit as it is spelled: "động", "hợp" at the end of a heading broken over lines are none."""
    known = units.units().get(units.parse_unit(text))
    return known is not None and (" " in text or text.lower() in (known.vi.lower(), known.en, known.one))


def lone_unit(text: str) -> str:
    """Of a unit line the unit of levels: "Đơn vị tính: Tỷ đồng; %" is "Tỷ đồng"."""
    bare = bare_unit(text)
    pieces = [clean(piece) for piece in bare.split(";")]
    return next((one for one in pieces if one != "%" and units.parse_unit(one) in units.units()), bare)


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
    # A declared table says "so với" of indices alone, and visitors of 2021 were 1 % of the year before.
    is_growth = not _is_declared(block) or min(values) < 0
    if measure.is_index and is_growth and max(abs(value) for value in typical) < 40:
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
                return pick_unit(text, column.part)
    return pick_unit(block.unit, column.part)


def pick_unit(unit: str, part: str) -> str:
    """Of "Nghìn tấn; Triệu USD" the one that a quantity or a value is counted in."""
    money, things = _units(unit)
    chosen = things if part == "quantity" else money
    return (chosen or money or things or [""])[0]


def _units(unit: str) -> tuple[list[str], list[str]]:
    """The units of a unit line: of money, and of things; percent is told by the measure."""
    text = bare_unit(unit)
    pieces = [piece.strip() for piece in re.split(r"[,;]|\bvà\b", text) if piece.strip(" %")]
    money = [piece for piece in pieces if _MONEY.search(fold(piece))]
    return money, [piece for piece in pieces if piece not in money]


def bare_unit(text: str) -> str:
    """A unit line without "Đơn vị tính" and brackets."""
    return re.sub(r"^\s*(?:đơn vị(?: tính)?|đvt)\s*:?\s*", "", clean(text).strip("()"), flags=re.IGNORECASE).strip("()")


def quantity_unit(unit: str, label: str) -> str:
    """The unit of a quantity where a line names several: whole vehicles are counted, the rest is weighed."""
    _, things = _units(unit)
    counted = [thing for thing in things if _COUNTED.search(fold(thing))]
    if len(things) > 1 and counted and _VEHICLE.search(fold(label)):
        return counted[0]
    return things[0] if things else ""
