"""The API of the plan: versions with their targets, and how each target stands on a day."""

# No ``from __future__ import annotations``: ninja's paging wraps the functions and reads their annotations elsewhere.
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from kecho.api.parts import DecimalText, Pages
from kecho.observatory.api import Day, Number, Place
from kecho.plan import queries
from kecho.plan.queries import BoardRow, PlanInfo, TargetInfo

router = Router(tags=["plans"])
Year = Annotated[int, Field(ge=1990, le=2100)]


class PlanOut(Schema):
    """One version of a plan."""

    id: int
    locality: str
    first_year: int
    last_year: int
    version: int
    title_vi: str
    title_en: str
    document_number: str
    document_date: date | None
    document_issuer: str
    effective_from: date
    reason: str
    is_fictional: bool
    status: str
    adopted_by: str


class TargetOut(Schema):
    """One target: between ``low`` and ``high`` in ``unit``; one of them empty for a floor or a ceiling."""

    id: int
    code: str
    parent: str
    name_vi: str
    name_en: str
    indicator: str
    breakdown: str
    locality: str
    measure: str
    form: str
    basis: str
    window: str
    unit: str
    low: DecimalText | None
    high: DecimalText | None


class AssessmentOut(Schema):
    """How a target stands, with the arithmetic line by line."""

    target: TargetOut
    status: str
    status_vi: str
    status_en: str
    as_of: date
    period: str | None
    value_to_date: DecimalText | None
    unit: str
    growth_pct: DecimalText | None
    percent_of_plan: DecimalText | None
    expected_share: DecimalText | None
    pace: DecimalText | None
    required_growth_pct: DecimalText | None
    gap_pp: DecimalText | None
    is_final: bool
    is_fictional: bool
    why_vi: list[str]
    why_en: list[str]
    inputs: list[int] = Field(description="Numbers of the observations behind it")


@router.get("/plans", response=list[PlanOut], summary="Plans, every version")
@paginate(Pages)
def plans(request: HttpRequest, locality: Place | None = None) -> list[PlanInfo]:
    """Narrowed by locality where it is given."""
    return queries.plans(locality)


@router.get("/plans/{number}/targets", response=list[TargetOut], summary="The targets of one version")
def targets(request: HttpRequest, number: Number) -> list[dict[str, Any]]:
    """In the plan's order."""
    return [_target(info) for info in queries.targets(number)]


@router.get("/assessment", response=list[AssessmentOut], summary="How every target of a place stands on a day")
def assessment(request: HttpRequest, locality: Place, year: Year, as_of: Day | None = None) -> list[dict[str, Any]]:
    """From what was known on ``as_of`` (default: today, from all that is known), parts after their whole."""
    return [_assessment(row) for row in queries.board(locality, year, as_of).rows]


def _target(info: TargetInfo) -> dict[str, Any]:
    spec = info.spec
    return {
        "id": info.id,
        "code": spec.code,
        "parent": info.draft.parent,
        "name_vi": info.name("vi"),
        "name_en": info.name("en"),
        "indicator": spec.indicator,
        "breakdown": spec.breakdown,
        "locality": spec.locality,
        "measure": str(spec.measure),
        "form": str(spec.form),
        "basis": str(spec.basis),
        "window": spec.window.code,
        "unit": spec.unit,
        "low": spec.low,
        "high": spec.high,
    }


def _assessment(row: BoardRow) -> dict[str, Any]:
    found = row.assessment
    same = (
        "as_of", "value_to_date", "unit", "growth_pct", "percent_of_plan", "expected_share", "pace",
        "required_growth_pct", "gap_pp", "is_final", "is_fictional",
    )  # fmt: skip
    return {
        "target": _target(row.target),
        "status": str(found.status),
        "status_vi": found.status_text("vi"),
        "status_en": found.status_text("en"),
        "period": found.period.code if found.period else None,
        **{name: getattr(found, name) for name in same},
        "why_vi": [line.vi for line in found.lines],
        "why_en": [line.en for line in found.lines],
        "inputs": list(found.inputs),
    }
