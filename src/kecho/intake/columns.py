"""What each column of a table holds, read from the words stacked over it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kecho.intake import period_text
from kecho.intake.blocks import Block, is_year
from kecho.intake.comparisons import choose, compare
from kecho.intake.period_text import PeriodText
from kecho.intake.wording import fold_heading
from kecho.kernel.measures import Measure, Stage
from kecho.kernel.text import clean

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
_DITTO = re.compile(r"^(?:[\"”“″']{1,2}|-?nt-?|như trên)$", re.IGNORECASE)
_UNIT_COLUMN = re.compile(r"^(?:don vi(?: tinh)?|dvt|dv tinh)$")
_LEAF = re.compile(r"ky goc(?: \d{4})?|luong|tri gia|gia tri|tong muc|tong so|co cau(?: %)?")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
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
    """The words over every value column; merged and stacked headings are spread over what they cover.

    A group that was centred over its columns without merging ("So với cùng kỳ năm trước (%)" over "Quý I", "Quý II";
    "Ước tính tháng 5" over "Lượng", "Trị giá") is spread too: it stands over the first of them, and the next ones
    begin lower and hold a leaf alone, a period, a base or a part.
    """
    found = []
    left: list[tuple[int, str]] = []
    for col in block.value_columns:
        lines = _stack(block, col)
        group = [line for line in left if lines and line[0] < lines[0][0]]
        if group and all(_is_leaf(part) for part in (lines, left[len(group) :])):
            lines = group + lines
        found.append(Heading(col, tuple(text for _, text in lines)))
        left = lines or left
    return found


def _is_leaf(lines: list[tuple[int, str]]) -> bool:
    """Nothing but a period, a base or a part, a unit in brackets aside: what stands lowest in a heading."""
    folded = fold_heading(_IN_BRACKETS.sub(" ", " ".join(text for _, text in lines)))
    return period_text.whole(folded) is not None or _LEAF.fullmatch(folded) is not None


def unit_column(block: Block) -> int | None:
    """The column with a unit per row: headed "Đơn vị tính", in one cell or over two."""
    if not block.value_columns:
        return None
    for col in range(block.value_columns[0]):
        if _UNIT_COLUMN.match(fold_heading(" ".join(text for _, text in _stack(block, col)))):
            return col
    return None


def printed_unit(block: Block, row: int, unit_col: int | None) -> str:
    """The unit printed in a row; empty for ditto marks and blanks, which repeat the one above."""
    cell = block.sheet.at(row, unit_col) if unit_col is not None else None
    text = clean(cell.text) if cell else ""
    return "" if _DITTO.match(text) else text


def _stack(block: Block, col: int) -> list[tuple[int, str]]:
    """Texts and years over a column from top to bottom, each with its row; a merged cell counts once."""
    lines: list[tuple[int, str]] = []
    seen = None
    for row in block.heading_rows:
        cell = block.sheet.covering(row, col)
        if cell is None or cell is seen:
            continue
        seen = cell
        text = str(int(cell.number)) if cell.number is not None and is_year(cell.number) else clean(cell.text)
        if text and text != block.unit:
            lines.append((row, text))
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
        folded = fold_heading(line)
        if _QUANTITY.search(folded):
            return "quantity"
        if _VALUE.search(folded):
            return "value"
    return ""


def _stage(folded: str) -> Stage | None:
    """The stage word that stands last: "Thực hiện" over "Ước tính tháng 5" is an estimate."""
    found = [(match.start(), stage) for pattern, stage in _STAGES for match in pattern.finditer(folded)]
    return max(found)[1] if found else None
