"""From a score to a status: grading, the cap for what is over and not kept, ceilings, and the line that says it."""

from __future__ import annotations

from decimal import Decimal

from kecho.plan.assessment import wording
from kecho.plan.assessment.bands import STEPS, Status
from kecho.plan.assessment.result import Sheet
from kecho.plan.assessment.wording import Words


def word(status: Status, *, is_final: bool = False) -> Words:
    """The status in words."""
    return lambda lang: status.word(lang, is_final=is_final)


def settle(sheet: Sheet, status: Status, line: str) -> Status:
    """A status that needs no grading, with its line."""
    sheet.say(line, status=word(status, is_final=sheet.values["is_final"]))
    return status


def graded(sheet: Sheet, scale: str, score: Decimal, *, is_final: bool) -> Status:
    """The status of a score; a period that is over and missed its plan is never "on track"."""
    status = sheet.bands.grade(scale, score)
    if is_final and status is Status.ON_TRACK:
        return settle(sheet, Status.SLIGHTLY_BEHIND, "verdict_capped")
    _say_threshold(sheet, scale, score, status)
    return status


def _say_threshold(sheet: Sheet, scale: str, score: Decimal, status: Status) -> None:
    reached = sheet.bands.threshold(scale, status)
    above = _threshold_above(sheet, scale, status)
    line = "verdict_below" if reached is None else "verdict_threshold" if above is None else "verdict_between"
    threshold = sheet.bands.threshold(scale, STEPS[-1]) if reached is None else reached
    shown = wording.number(score, 3)
    sheet.say(
        line,
        score=lambda lang: wording.sentence(f"scale_{scale}", lang, score=shown),
        threshold=wording.number(threshold or Decimal(0), 3),
        **({} if line != "verdict_between" else {"above": wording.number(above or Decimal(0), 3)}),
        status=word(status, is_final=sheet.values["is_final"]),
    )


def _threshold_above(sheet: Sheet, scale: str, status: Status) -> Decimal | None:
    """The threshold of the next better status, which the score did not reach; None for the best."""
    at = STEPS.index(status) if status in STEPS else len(STEPS)
    return sheet.bands.threshold(scale, STEPS[at - 1]) if at else None
