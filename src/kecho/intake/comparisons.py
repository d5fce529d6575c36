"""What a heading compares: "Tháng 02 năm 2025 so với cùng kỳ năm trước (%)" has a subject and a base."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kecho.intake import period_text
from kecho.intake.period_text import PeriodText, Span
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period

_COMPARED = re.compile(r"\bso (?:voi|cung ky)\b")
_YEAR = r"(?:19[89]\d|20[0-9]\d)"
_SAME = re.compile(rf"(?:cung (?:ky|thang|quy)|ky)(?: (?:cua )?nam)?(?: (?:truoc|{_YEAR}))?\b")
_SAME_YEARLY = re.compile(r"nam truoc\b")
_PREVIOUS = re.compile(r"(?:thang|quy|ky) (?:lien )?truoc\b")
_FIXED = re.compile(
    rf"(?:ky|nam|thang binh quan nam|binh quan nam)? ?goc(?: (?:nam )?{_YEAR})?\b|binh quan nam {_YEAR}\b"
)
_PLAN = re.compile(rf"(?:ke hoach|kh)\b(?:(?: ca)? nam(?: {_YEAR})?\b)?")
_NOISE = re.compile(r"^(?:%|voi| )+")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The texts on either side of "so với", and the base as far as it is worded."""

    subject: str
    measure: Measure | None = None
    base: PeriodText | None = None
    is_plan: bool = False


def compare(folded: str) -> Comparison | None:
    """Take a folded heading apart; None where it compares nothing.

    The base is what follows "so với"; what follows the base belongs to the subject again, because some headings print
    "So với cùng kỳ năm trước (%)" over "Tháng 6 năm 2021".

    >>> compare("so voi cung ky nam truoc % thang 6 nam 2021").subject
    'thang 6 nam 2021'
    """
    match = _COMPARED.search(folded)
    if not match:
        return None
    before, after = folded[: match.start()], _NOISE.sub("", folded[match.start() + 3 :])
    for pattern, measure in (
        (_FIXED, Measure.INDEX_BASE),
        (_SAME, Measure.INDEX_PY),
        (_PREVIOUS, Measure.INDEX_PP),
        (_SAME_YEARLY, Measure.INDEX_PY),
    ):
        found = pattern.match(after)
        if found:
            return Comparison(_join(before, after[found.end() :]), measure)
    if plan := _PLAN.match(after):
        return Comparison(_join(before, after[plan.end() :]), is_plan=True)
    for found, base in period_text.finditer(after):
        return Comparison(_join(before, after[: found.start()], after[found.end() :]), base=base)
    return Comparison(_join(before, after))


def relation(subject: Period, base: Period) -> Measure:
    """The index that two periods make: the same months of last year, the period before, last December, or a fixed base.

    Where a base is two of these at once (last December seen from January or from December) the first one is told.
    """
    if base == subject.year_before:
        return Measure.INDEX_PY
    if base == subject.previous:
        return Measure.INDEX_PP
    if base.length == 1 and base.month == 12 and base.year == subject.year - 1:
        return Measure.INDEX_DEC
    return Measure.INDEX_BASE


def resolve_base(base: PeriodText, subject: Period) -> Period:
    """A base worded without its year is the last one that began before the subject did."""
    if base.year:
        return base.period
    found = base.of(subject.year).period
    return found if found.start < subject.start else found.shift(years=-1)


def choose(texts: list[PeriodText]) -> PeriodText | None:
    """Of the periods in one heading, the narrowest that stands last, with the year printed for it or beside it."""
    if not texts:
        return None
    narrow = [text for text in texts if text.span is not Span.YEAR] or texts
    chosen = narrow[-1]
    years = [text.year for text in texts if text.year]
    return chosen.of(years[-1]) if years else chosen


def _join(*parts: str) -> str:
    return " ".join(" ".join(parts).split()).strip("% ")
