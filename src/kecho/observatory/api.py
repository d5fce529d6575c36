"""The API of the observatory: the catalogue, series, figures as known on a day, releases, findings, steps."""

# No ``from __future__ import annotations``: ninja's paging wraps the functions and reads their annotations elsewhere.
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from kecho.api.build import Needs
from kecho.api.parts import DecimalText, Pages
from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.observatory import approval, derived, queries
from kecho.observatory.geography import Geography
from kecho.observatory.queries import FindingInfo, IndicatorInfo, Point, ReleaseInfo, SeriesInfo, SeriesKey
from kecho.people.needs import actor_of
from kecho.people.rights import Permission

router = Router(tags=["figures"])

Code = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,80}$", examples=["export_turnover"])]
Place = Annotated[str, Field(pattern=r"^VN(-[A-Z0-9]{1,10}){0,3}$", examples=["VN", "VN-HN"])]
Part = Annotated[str, Field(pattern=r"^[\w/.-]*$", max_length=240, examples=["fdi/crude_oil"])]
PeriodCode = Annotated[str, Field(pattern=r"^[0-9A-Z/-]{4,15}$", examples=["2025-02", "2025-Q1", "2025"])]
Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 1, 1), examples=["2025-03-01"])]
Number = Annotated[int, Field(ge=1, le=10**15)]


class IndicatorOut(Schema):
    """One entry of the catalogue."""

    code: str
    name_vi: str
    name_en: str
    definition_vi: str
    definition_en: str
    unit: str
    measures: list[str]
    frequency: str
    source_vi: str
    source_en: str
    is_derived: bool


class SeriesOut(Schema):
    """A series that has figures: ``indicator``, ``breakdown``, ``locality`` and ``measure`` name it."""

    indicator: str
    breakdown: str
    locality: str
    measure: str
    label_vi: str
    label_en: str
    unit: str
    first: str
    last: str
    count: int


class ObservationOut(Schema):
    """One figure as it was known on the day asked for, with the cell it was read from, or the figures it is made of."""

    id: int | None
    period: str
    value: DecimalText | None
    missing: str | None
    unit: str
    stage: str
    decimals: int | None
    published_on: date
    release: int
    file: str
    sheet: str
    cell: str
    is_derived: bool
    is_fictional: bool
    note: str
    inputs: list[int]


class ReleaseOut(Schema):
    """One delivery of figures."""

    id: int
    source: str
    kind: str
    title: str
    period: str | None
    file_name: str
    sha256: str
    published_on: date
    published_basis: str
    imported_at: datetime
    reason: str
    corrects: int | None
    state: str
    public_from: datetime | None
    is_public: bool


class FindingOut(Schema):
    """What a check found."""

    id: int
    rule: str
    severity: str
    release: int
    indicator: str | None
    breakdown: str | None
    locality: str | None
    period: str | None
    state: str
    text_vi: str
    text_en: str
    cells: list[dict[str, Any]]


class StepIn(Schema):
    """A step of a release: the deed and what is said about it."""

    deed: Literal["check", "approve", "publish", "send_back"]
    note: str = Field("", max_length=2000, pattern=r"^[^\x00]*$")
    public_from: datetime | None = Field(None, description="With publish: the moment from which the public sees it")


@router.get("/indicators", response=list[IndicatorOut], summary="The catalogue of indicators")
@paginate(Pages)
def indicators(request: HttpRequest) -> list[IndicatorInfo]:
    """Every indicator, in the catalogue's order; derived ones last, with their formula as definition."""
    return derived.indicators()


@router.get("/indicators/{code}", response=IndicatorOut, summary="One indicator")
def indicator(request: HttpRequest, code: Code) -> IndicatorInfo:
    """Its definition, unit, measures and source."""
    return derived.indicator(code)


@router.get("/series", response=list[SeriesOut], summary="Series that have figures")
@paginate(Pages)
def series(request: HttpRequest, indicator: Code | None = None, locality: Place | None = None) -> list[dict[str, Any]]:
    """Narrowed by indicator and locality where these are given."""
    return [_series(info) for info in derived.series_list(indicator, locality)]


@router.get("/observations", response=list[ObservationOut], summary="The figures of one series, as known on a day")
@paginate(Pages)
def observations(
    request: HttpRequest,
    *,
    indicator: Code,
    breakdown: Part = "",
    locality: Place = "VN",
    measure: Measure = Measure.LEVEL,
    kind: Literal["month", "quarter", "half", "nine_months", "year", "year_to_date"] | None = None,
    start: PeriodCode | None = None,
    end: PeriodCode | None = None,
    as_of: Day | None = None,
    geography: Geography | None = None,
) -> list[dict[str, Any]]:
    """In order of period. ``as_of`` gives the figures that the public knew on that day; without it, all.

    ``geography`` rebuilds the series of a place on the provinces until June 2025 or since, where figures allow.
    """
    derived.indicator(indicator)
    key = SeriesKey(indicator, breakdown, locality, measure)
    first, last = (Period.parse(text) if text else None for text in (start, end))
    points = derived.points(key, as_of, first, last, geography)
    if not points and key not in {info.key for info in derived.series_list(indicator, locality)}:
        raise KechoError("observatory.unknown_series", value=f"{indicator}|{breakdown}|{locality}|{measure}")
    return [_observation(point) for point in points.values() if kind is None or point.period.kind == kind]


@router.get("/observations/{number}/vintages", response=list[ObservationOut], summary="Every value given for a period")
def vintages(request: HttpRequest, number: Number) -> list[dict[str, Any]]:
    """All vintages of the series and period of one observation, the oldest first."""
    return [_observation(point) for point in queries.point(number).vintages]


@router.get("/releases", response=list[ReleaseOut], summary="Deliveries of figures, the newest first")
@paginate(Pages)
def releases(request: HttpRequest) -> list[dict[str, Any]]:
    """Who may see drafts sees them; others see what is public."""
    return [_release(info) for info in queries.releases()]


@router.get("/releases/{number}", response=ReleaseOut, summary="One delivery")
def release(request: HttpRequest, number: Number) -> dict[str, Any]:
    """Its file, its dates and its state."""
    return _release(queries.release(number))


@router.post(
    "/releases/{number}/steps",
    response=ReleaseOut,
    summary="Check, approve, publish or send back a draft",
    auth=Needs(Permission.CHECK_FIGURES, Permission.APPROVE_FIGURES, Permission.PUBLISH_FIGURES),
)
def step(request: HttpRequest, number: Number, body: StepIn) -> dict[str, Any]:
    """The same steps as on the page of the release, by the same rules: different people draft, check and approve."""
    actor = actor_of(request)
    if body.deed == "send_back":
        approval.send_back(number, actor, body.note)
    elif body.deed == "publish":
        approval.publish(number, actor, public_from=body.public_from, note=body.note)
    else:
        {"check": approval.check, "approve": approval.approve}[body.deed](number, actor, note=body.note)
    return _release(queries.release(number))


@router.get("/findings", response=list[FindingOut], summary="What the checks found")
@paginate(Pages)
def findings(
    request: HttpRequest,
    release: Number | None = None,
    severity: Literal["error", "warning", "note"] | None = None,
) -> list[dict[str, Any]]:
    """Narrowed by release and severity where these are given."""
    return [_finding(info) for info in queries.findings(release=release, severity=severity)]


def _series(info: SeriesInfo) -> dict[str, Any]:
    key = info.key
    return {
        "indicator": key.indicator,
        "breakdown": key.breakdown,
        "locality": key.locality,
        "measure": key.measure,
        "label_vi": info.label_vi,
        "label_en": info.label_en,
        "unit": info.unit,
        "first": info.first.code,
        "last": info.last.code,
        "count": info.count,
    }


def _observation(point: Point) -> dict[str, Any]:
    return {
        "id": point.id,
        "period": point.period.code,
        "value": point.value,
        "missing": point.missing and str(point.missing),
        "unit": point.unit,
        "stage": str(point.stage),
        "decimals": point.decimals,
        "published_on": point.release.published_on,
        "release": point.release.id,
        "file": point.release.file_name,
        "sheet": point.sheet,
        "cell": point.cell,
        "is_derived": point.is_derived,
        "is_fictional": point.is_fictional,
        "note": point.note,
        "inputs": list(point.inputs),
    }


def _release(info: ReleaseInfo) -> dict[str, Any]:
    names = [name for name in ReleaseOut.model_fields if name != "period"]
    return {"period": info.period.code if info.period else None, **{name: getattr(info, name) for name in names}}


def _finding(info: FindingInfo) -> dict[str, Any]:
    key = info.key
    return {
        "id": info.id,
        "rule": info.rule,
        "severity": info.severity,
        "release": info.release.id,
        "indicator": key.indicator if key else None,
        "breakdown": key.breakdown if key else None,
        "locality": key.locality if key else None,
        "period": info.period.code if info.period else None,
        "state": info.state,
        "text_vi": info.text("vi"),
        "text_en": info.text("en"),
        "cells": [dict(cell) for cell in info.cells],
    }
