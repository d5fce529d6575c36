"""What each column of a table holds, read from the words stacked over it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kecho.intake import period_text
from kecho.intake.blocks import Block, is_year
from kecho.intake.comparisons import choose, compare
from kecho.intake.period_text import PeriodText, fold_heading
from kecho.kernel.measures import Measure, Stage
from kecho.kernel.text import clean, fold

_STAGES = (
    (re.compile(r"\b(?:uoc tinh|uoc thuc hien|uoc)\b"), Stage.ESTIMATE),
    (re.compile(r"\bso bo\b"), Stage.PRELIMINARY),
    (re.compile(r"\bchinh thuc\b"), Stage.OFFICIAL),
)
_DONE = re.compile(r"\b(?:thuc hien|th)\b")
_CUMULATIVE = re.compile(r"\b(?:cong don|luy ke)\b")
_SHARE = re.compile(r"\b(?:co cau|ty trong|ti trong)\b")
_GROWTH = re.compile(r"\b(?:toc do|tang giam|tang truong|tang)\b")
_PLAN = re.compile(r"\bke hoach\b")
_UNIT_COLUMN = re.compile(r"^(?:don vi(?: tinh)?|dvt|dv tinh)$")
_QUANTITY, _VALUE = re.compile(r"\bluong\b"), re.compile(r"\b(?:tri gia|gia tri)\b")


@dataclass(frozen=True, slots=True)
class Heading:
    """The words over one column: as printed from top to bottom, and folded."""

    col: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """All lines in one."""
        return clean(" ".join(self.lines))

    @property
    def folded(self) -> str:
        """All lines in one, folded."""
        return fold_heading(self.text)


@dataclass(frozen=True, slots=True)
class Column:
    """What a heading means. ``measure`` None: no figures of a table stand under it, or ``reason`` says why not.

    ``part`` tells the quantity from the value in trade tables; ``stage`` is None where no word of the heading tells it,
    and ``is_done`` marks "thực hiện", which does not tell it alone.
    """

    heading: Heading
    measure: Measure | None = None
    period: PeriodText | None = None
    base: PeriodText | None = None
    stage: Stage | None = None
    is_done: bool = False
    is_cumulative: bool = False
    part: str = ""
    reason: str = ""

    @property
    def col(self) -> int:
        """The column's number from 0."""
        return self.heading.col


def headings(block: Block) -> list[Heading]:
    """The words over every value column; merged and stacked headings are spread over what they cover."""
    return [Heading(col, tuple(_stack(block, col))) for col in block.value_columns]


def unit_column(block: Block) -> int | None:
    """The column with a unit per row: headed "Đơn vị tính", in one cell or over two."""
    if not block.value_columns:
        return None
    for col in range(block.value_columns[0]):
        if _UNIT_COLUMN.match(Heading(col, tuple(_stack(block, col))).folded):
            return col
    return None


def _stack(block: Block, col: int) -> list[str]:
    """Texts and years from top to bottom; a merged cell counts once."""
    lines, seen = [], None
    for row in block.heading_rows:
        cell = block.sheet.covering(row, col)
        if cell is None or cell is seen:
            continue
        seen = cell
        text = str(int(cell.number)) if cell.number is not None and is_year(cell.number) else clean(cell.text)
        if text and text != block.unit:
            lines.append(text)
    return lines


def understand(heading: Heading) -> Column:
    """Read one heading. Years that are not printed are left open."""
    folded = heading.folded
    column = Column(heading, part=_part(heading))
    comparison = compare(folded)
    subject = comparison.subject if comparison else folded
    column = replace(
        column,
        period=choose(period_text.find(subject)),
        stage=_stage(folded),
        is_done=bool(_DONE.search(folded)),
        is_cumulative=bool(_CUMULATIVE.search(folded)),
    )
    if comparison:
        if comparison.is_plan:
            return replace(column, reason="intake.percent_of_plan")
        measure = comparison.measure or (Measure.INDEX_BASE if comparison.base else Measure.INDEX_PY)
        return replace(column, measure=measure, base=comparison.base)
    if _SHARE.search(folded):
        return replace(column, measure=Measure.SHARE)
    if _GROWTH.search(folded):
        return replace(column, measure=Measure.GROWTH)
    if _PLAN.search(folded):
        return replace(column, reason="intake.plan_figure")
    return replace(column, measure=Measure.LEVEL)


def _part(heading: Heading) -> str:
    """ "Lượng" or "Trị giá": the lowest line that says it."""
    for line in reversed(heading.lines):
        folded = fold(line)
        if _QUANTITY.search(folded):
            return "quantity"
        if _VALUE.search(folded):
            return "value"
    return ""


def _stage(folded: str) -> Stage | None:
    """The stage word that stands last: "Thực hiện" over "Ước tính tháng 5" is an estimate."""
    found = [(match.start(), stage) for pattern, stage in _STAGES for match in pattern.finditer(folded)]
    return max(found)[1] if found else None
