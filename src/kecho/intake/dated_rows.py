"""Rows of a declared table that are periods: "Tỷ lệ thất nghiệp" over "Quý I năm 2018", "Ước tính 9 tháng năm 2018"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kecho.intake import period_text
from kecho.intake.blocks import Block
from kecho.intake.labels import Labelled
from kecho.intake.meaning import title_periods
from kecho.intake.period_text import PeriodText
from kecho.intake.wording import fold_heading
from kecho.kernel.measures import Stage

_STAGE = re.compile(r"^(?:uoc tinh|uoc|so bo|chinh thuc|thuc hien) ")
_STAGES = {"so bo": Stage.PRELIMINARY, "chinh thuc": Stage.OFFICIAL}


@dataclass(frozen=True, slots=True)
class RowPeriod:
    """The period that a row's label is, as rows carry it, and the stage it names."""

    code: str
    stage: Stage | None


def dated_rows(block: Block, labelled: Labelled, reference: int) -> dict[int, RowPeriod]:
    """The rows whose labels are periods. A year not printed is that of the row before, the title or the month."""
    years = [text.year for text in title_periods(block) if text.year]
    year = years[-1] if years else reference // 12
    found = {}
    for row in sorted(labelled.labels):
        stage, worded = _read(labelled.labels[row].text)
        if worded is None:
            continue
        dated = worded.of(year)
        year = dated.year or year
        told = _STAGES.get(stage, Stage.ESTIMATE) if stage else None
        found[row] = RowPeriod(dated.code, told)
    return found


def is_period_label(label: str) -> bool:
    """Whether a label is a period and nothing else."""
    return _read(label)[1] is not None


def _read(label: str) -> tuple[str, PeriodText | None]:
    """The stage word before a period, and the period that a label is."""
    folded = fold_heading(label)
    stage = _STAGE.match(folded)
    return (stage.group().strip() if stage else "", period_text.whole(folded[stage.end() :] if stage else folded))
