"""What the columns of a table look like they hold, from headings and cells alone: the first half of a proposal."""

from __future__ import annotations

import re

from kecho.intake import period_text
from kecho.intake.columns import Column, understand
from kecho.intake.comparisons import compare, relation, resolve_base
from kecho.intake.meaning import checked_measure
from kecho.intake.own.mapping import ColumnRule, Role, When
from kecho.intake.own.shapes import Shape, ShapeColumn
from kecho.intake.own.signature import runs
from kecho.intake.period_text import Span
from kecho.intake.wording import fold_heading
from kecho.kernel import localities
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period

_ORDER = re.compile(r"^(?:stt|tt|so tt|so thu tu|no|ma so|ms|#)$")
_UNIT = re.compile(r"^(?:don vi(?: tinh)?|dvt|dv tinh|unit)$")
_PERIOD = re.compile(r"^(?:thoi gian|thoi ky|ky(?: bao cao)?|ngay(?: thang)?|period|date|thang nam|time period)$")
_YEAR = re.compile(r"^(?:nam|year)$")
_MONTH = re.compile(r"^(?:thang|month)$")
_PLACE = re.compile(
    r"\b(?:dia phuong|tinh thanh|tinh tp|tinh|thanh pho|xa phuong|huyen|quan huyen|dia ban|locality|province)\b"
)
_REMARK = re.compile(r"^(?:ghi chu|nguon|dien giai|remark|note)\b")
_PREVIOUS = re.compile(r"\b(?:thang|ky) (?:lien )?truoc\b")
_LAST_YEAR = re.compile(r"\bcung ky\b|\bnam truoc\b")
_YTD = re.compile(r"\b(?:cong don|luy ke|tu dau nam|dau nam den)\b")
_WHOLE_YEAR = re.compile(r"\b(?:ca nam|nam nay|nam bao cao|trong nam)\b")
_QUARTER = re.compile(r"\b(?:trong quy|quy nay|quy bao cao)\b")
_HALF = re.compile(r"\b(?:trong 6 thang|6 thang bao cao|6 thang dau nam)\b")


def look(shape: Shape) -> list[ColumnRule]:
    """One rule a run of columns, without indicators."""
    firsts = [(key, run[0]) for key, run in runs(shape.columns)]
    numeric = [column for _, column in firsts if column.is_numeric and not is_order(column)]
    rules = [_side(shape, key, column) for key, column in firsts]
    has_periods = any(rule is not None and rule.role in (Role.PERIOD, Role.YEAR, Role.MONTH) for rule in rules)
    first_value = min((column.col for column in numeric), default=0)
    found = []
    for rule, (key, column) in zip(rules, firsts, strict=True):
        if rule is not None:
            found.append(rule)
        elif column.is_numeric:
            found.append(_value(shape, key, column, has_periods=has_periods))
        else:
            is_label = column.texts > 0 and column.col < first_value
            found.append(ColumnRule(key, Role.LABEL if is_label else Role.IGNORE, heading=column.heading.text))
    return found


def is_order(column: ShapeColumn) -> bool:
    """A column of order numbers ("STT")."""
    return _ORDER.match(column.heading.folded) is not None


def _side(shape: Shape, key: str, column: ShapeColumn) -> ColumnRule | None:
    """The rule of a column that holds no values: order numbers, units, periods, places, remarks."""
    folded = column.heading.folded
    role = None
    if is_order(column) or _REMARK.match(folded):
        role = Role.IGNORE
    elif _UNIT.match(folded) and column.texts:
        role = Role.UNIT
    elif _PERIOD.match(folded) or (column.dates and column.dates >= column.texts) or _are_periods(column):
        role = Role.PERIOD
    elif _YEAR.match(folded) and _holds(shape, column, 1985, 2100):
        role = Role.YEAR
    elif _MONTH.match(folded) and _holds(shape, column, 1, 12):
        role = Role.MONTH
    elif column.texts and (_PLACE.search(folded) or _are_places(column)):
        role = Role.LOCALITY
    return ColumnRule(key, role, heading=column.heading.text) if role else None


def _holds(shape: Shape, column: ShapeColumn, least: int, most: int) -> bool:
    """Whole numbers of a range and nothing else."""
    cells = [cell for row in shape.block.body_rows if (cell := shape.sheet.at(row, column.col)) is not None]
    return bool(cells) and all(cell.number is not None and least <= cell.number <= most for cell in cells)


def _are_places(column: ShapeColumn) -> bool:
    names = [sample for sample in column.samples if not sample[:1].isdigit()]
    return len(names) >= 3 and sum(localities.find(name) is not None for name in names) >= 0.7 * len(names)


def _are_periods(column: ShapeColumn) -> bool:
    """Words of periods and nothing else: "Tháng 1", "Quý II", "Năm 2025"."""
    worded = [sample for sample in column.samples if period_text.whole(fold_heading(sample))]
    return column.texts >= 2 and len(worded) == len(column.samples)


def _value(shape: Shape, key: str, column: ShapeColumn, *, has_periods: bool) -> ColumnRule:
    """The rule of a column of figures: measure, stage and period as its heading words them."""
    found = understand(column.heading)
    heading = column.heading.text
    if found.reason:
        return ColumnRule(key, Role.IGNORE, why=found.reason, heading=heading)
    dated = found.period.period if found.period is not None and found.period.year is not None else None
    measure, _ = checked_measure(shape.block, found, based(found, dated))
    stage = found.stage.value if found.stage else ""
    when = When.ROW if has_periods else _when(found, column)
    return ColumnRule(key, Role.VALUE, measure=measure.value, stage=stage, when=when, heading=heading)


def based(found: Column, period: Period | None) -> Measure:
    """The measure of a heading; an index whose base is printed as a period is one against what that period is."""
    measure = found.measure or Measure.LEVEL
    if found.base is None or period is None or not measure.is_index:
        return measure
    base = resolve_base(found.base, period)
    is_year = found.base.span is Span.YEAR and base.year == period.year - 1
    return relation(period, period.year_before if is_year else base)


def _when(found: Column, column: ShapeColumn) -> When:
    folded = column.heading.folded
    compared = compare(folded)
    subject = compared.subject if compared else folded
    if found.period is not None and (found.period.year or found.period.span is not Span.YEAR):
        return When.HEADING
    is_ytd = bool(_YTD.search(folded))
    if compared is None and _LAST_YEAR.search(subject):
        return When.YTD_YEAR_AGO if is_ytd else When.YEAR_AGO
    if is_ytd:
        return When.YTD
    if compared is None and _PREVIOUS.search(subject):
        return When.PREVIOUS
    for pattern, when in ((_WHOLE_YEAR, When.YEAR), (_QUARTER, When.QUARTER), (_HALF, When.HALF)):
        if pattern.search(subject):
            return when
    return When.MONTH
