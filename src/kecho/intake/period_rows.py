"""Tables turned on their side: a period in each row ("Tháng 1", "Tháng 2" …), the items over the columns.

The year's last workbooks print consumer prices so: "Chỉ số giá … các tháng năm 2004 so với tháng 12 năm 2003".
"""

from __future__ import annotations

import re
from dataclasses import replace

from kecho.intake import period_text
from kecho.intake.blocks import Block
from kecho.intake.columns import headings
from kecho.intake.comparisons import compare, relation, resolve_base
from kecho.intake.grid import Cell
from kecho.intake.labels import Label, Labelled
from kecho.intake.meaning import Meaning, title_periods
from kecho.intake.period_text import PeriodText
from kecho.intake.tables import Emitter
from kecho.intake.wording import fold_heading
from kecho.kernel.measures import Measure, Stage
from kecho.kernel.periods import Period
from kecho.kernel.text import clean

_INCLUDING = re.compile(r"\s*\btrong đó\b\s*:?\s*", re.IGNORECASE)
_OVERALL = re.compile(r"\s*\bchỉ số chung\b\s*", re.IGNORECASE)


def has_period_rows(labelled: Labelled) -> bool:
    """Whether most labels are periods and nothing else."""
    periods = [label for label in labelled.labels.values() if period_text.whole(fold_heading(label.text))]
    return len(periods) >= 3 and len(periods) >= 0.8 * len(labelled.labels)


class PeriodRowsEmitter(Emitter):
    """As ``Emitter``, with labels from the columns and periods from the rows."""

    def __init__(self, block: Block, meanings: list[Meaning], labelled: Labelled, file: str, reference: int):
        super().__init__(block, meanings, labelled, file, None)
        years = [text.year for text in title_periods(block) if text.year]
        self.year = years[-1] if years else reference // 12
        self.base = _base(block)
        self.items = {heading.col: _item(heading.text) for heading in headings(block) if heading.text}

    def about(self, cell: Cell) -> tuple[Label | None, Meaning | None]:
        """The item over the column, and the period of the row."""
        item, row_label = self.items.get(cell.col), self.labelled.labels.get(cell.row)
        worded = period_text.whole(fold_heading(row_label.text)) if row_label else None
        if item is None or worded is None:
            return None, replace(self.meanings[cell.col], reason="intake.outside_table" if item is None else "")
        text = worded.of(self.year)
        measure = Measure.LEVEL
        if self.base:
            base = resolve_base(self.base, text.period)
            measure = _relation_to_fixed(text.period, base)
        unit = "%" if self.name == "cpi" or measure is not Measure.LEVEL else self.meanings[cell.col].unit
        stage = Stage.OFFICIAL if self.name == "cpi" else Stage.PRELIMINARY
        return item, Meaning(cell.col, period=text.code, measure=measure, stage=stage, unit=unit)


def _base(block: Block) -> PeriodText | None:
    compared = compare(fold_heading(block.title))
    return compared.base if compared else None


def _relation_to_fixed(period: Period, base: Period) -> Measure:
    """One base for all rows: last December stays last December, also seen from January and from December."""
    if base.length == 1 and base.month == 12 and base.year == period.year - 1:
        return Measure.INDEX_DEC
    return relation(period, base)


def _item(heading: str) -> Label:
    """ "Chỉ số giá tiêu dùng | Trong đó: Lương thực" gives the item and what stands above it."""
    pieces = [clean(_OVERALL.sub(" ", piece)) for piece in _INCLUDING.split(clean(heading))]
    named = [piece for piece in pieces if piece] or [clean(heading)]
    return Label(named[-1], tuple(named[:-1]))
