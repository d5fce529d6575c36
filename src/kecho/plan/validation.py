"""What a plan cannot be stored with: every problem of a version, each with its place in the file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kecho.kernel import localities
from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure
from kecho.kernel.units import units
from kecho.observatory import catalogue
from kecho.plan.assessment.bands import BandSet
from kecho.plan.assessment.target import BASES, Basis, Form
from kecho.plan.drafts import PlanDraft, TargetDraft, WrittenPlan

Problem = tuple[str, dict[str, Any]]
YEAR = 12  # months
#: Compared with the year before, so about one year at most.
WITHIN_A_YEAR = (Basis.YEAR_ON_YEAR, Basis.PERIOD_AVERAGE, Basis.SINCE_DECEMBER)


def errors(written: WrittenPlan, bands: tuple[BandSet, ...]) -> list[KechoError]:
    """Everything that makes a version unusable, each with its place in the file."""
    draft = written.draft
    found = [KechoError(code, where=written.where, **params) for code, params in _plan_errors(draft, bands)]
    codes = [target.code for target in draft.targets]
    for target in draft.targets:
        problems = list(_target_errors(draft, target))
        if codes.count(target.code) > 1:
            problems.append(("plan.code_twice", {}))
        where = written.place(target.code)
        found += [KechoError(code, where=where, **{"target": target.code, **params}) for code, params in problems]
    return found


def _plan_errors(draft: PlanDraft, bands: tuple[BandSet, ...]) -> Iterable[Problem]:
    if not _is_locality(draft.locality):
        yield "plan.unknown_locality", {"value": draft.locality}
    if not draft.targets:
        yield "plan.no_targets", {"plan": draft.label}
    if draft.bands not in {known.code for known in bands}:
        known = ", ".join(sorted({known.code for known in bands}))
        yield "plan.unknown_band_set", {"value": draft.bands, "day": draft.effective_from, "known": known}
    has_document = draft.document_number or draft.document_title
    if draft.version > 1 and not (draft.reason and has_document):
        yield "plan.revision_without_document", {"plan": draft.label}
    if draft.version > 1 and draft.document_date and draft.effective_from < draft.document_date:
        yield "plan.effective_too_early", {"plan": draft.label, "day": draft.document_date}


def _target_errors(draft: PlanDraft, target: TargetDraft) -> Iterable[Problem]:
    if target.indicator not in catalogue.indicators():
        yield "plan.unknown_indicator", {"value": target.indicator}
    else:
        yield from _unit_errors(target)
    if target.denominator_indicator and target.denominator_indicator not in catalogue.indicators():
        yield "plan.unknown_indicator", {"value": target.denominator_indicator}
    if target.locality and not _is_locality(target.locality):
        yield "plan.unknown_locality", {"value": target.locality}
    yield from _shape_errors(draft, target)
    yield from _parent_errors(draft, target)


def _shape_errors(draft: PlanDraft, target: TargetDraft) -> Iterable[Problem]:
    if target.basis not in BASES[target.measure]:
        expected = ", ".join(BASES[target.measure])
        yield "plan.basis_not_of_measure", {"measure": target.measure, "basis": target.basis, "expected": expected}
    if target.low is not None and target.high is not None and target.low > target.high:
        yield "plan.low_above_high", {"low": target.low, "high": target.high}
    if target.form is Form.FULL_RATE and target.measure is not Measure.SHARE:
        yield "plan.bad_form", {"form": target.form, "ends": f"measure={target.measure}"}
    if target.form is Form.RANK and (target.basis is not Basis.STOCK or target.measure is not Measure.LEVEL):
        yield "plan.bad_form", {"form": target.form, "ends": f"measure={target.measure}, basis={target.basis}"}
    is_later_state = target.basis is Basis.STOCK and target.window.end > draft.window.end
    if target.window not in draft.window and not is_later_state:
        yield "plan.outside_plan", {"window": target.window.span_code, "plan": draft.label}
    if (target.base_value is None) is not (target.base_period is None):
        yield "plan.base_incomplete", {}
    if target.base_period is not None and target.base_period.end >= target.window.end:
        yield "plan.base_incomplete", {}
    if target.basis is Basis.YEARLY_AVERAGE and (target.window.start % 12 or target.window.end % 12):
        yield "plan.not_whole_years", {"window": target.window.span_code}
    if target.basis in WITHIN_A_YEAR and target.window.length > YEAR:
        yield "plan.longer_than_a_year", {"basis": target.basis, "window": target.window.span_code}
    if target.is_of_which and not target.parent:
        yield "plan.missing_field", {"field": "part_of"}
    if target.is_verified and not target.source:
        yield "plan.verified_without_source", {}


def _unit_errors(target: TargetDraft) -> Iterable[Problem]:
    if target.unit not in units():
        yield "plan.unknown_unit", {"value": target.unit}
        return
    if target.measure is not Measure.LEVEL:
        if target.unit != "percent":
            yield "plan.not_percent", {"measure": target.measure, "unit": target.unit}
        return
    item = catalogue.item(target.indicator, target.breakdown)
    expected = (item.unit if item else "") or catalogue.indicator(target.indicator).unit
    if expected in units() and units()[expected].dimension != units()[target.unit].dimension:
        yield "plan.unit_mismatch", {"unit": target.unit, "expected": expected, "indicator": target.indicator}


def _parent_errors(draft: PlanDraft, target: TargetDraft) -> Iterable[Problem]:
    by_code = {one.code: one for one in draft.targets}
    seen, at = {target.code}, target
    while at.parent:
        if at.parent not in by_code:
            yield "plan.unknown_parent", {"value": at.parent}
            return
        if at.parent in seen:
            yield "plan.circular_parts", {"value": at.parent}
            return
        seen.add(at.parent)
        at = by_code[at.parent]


def _is_locality(code: str) -> bool:
    try:
        localities.get(code)
    except KechoError:
        return False
    return True
