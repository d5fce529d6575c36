"""From rows of the tables to the frozen values that reads return."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from kecho.kernel.measures import Missing, Stage
from kecho.kernel.periods import Calendar, Period
from kecho.observatory import catalogue, settling, visibility
from kecho.observatory.models import Finding, Observation, Release, ReleaseStep, Series, Settlement
from kecho.observatory.values import FindingInfo, Point, ReleaseInfo, SeriesInfo, SeriesKey, SettlementInfo

#: What a Point is made of; the third to the sixth name the slot that one vintage of a release fills.
POINT_COLUMNS = (
    "id", "release_id", "series_id", "period_start", "period_end", "calendar", "value", "missing", "stage", "decimals",
    "sheet", "cell", "is_derived", "is_fictional", "note",
)  # fmt: skip


def release_info(row: Release, step: ReleaseStep | None = None) -> ReleaseInfo:
    """The frozen form of a release row; ``step`` is the last one of a release that came as a draft (else looked up).

    Of two days, that of publication and that of the last step, the later one is when the public could know it.
    """
    period = None if row.period_start is None or row.period_end is None else Period(row.period_start, row.period_end)
    if row.needs_approval and step is None:
        step = visibility.last_steps([row.pk]).get(row.pk)
    state, public_from = (step.state, step.public_from) if step else ("published", None)
    published_on = row.published_on
    if public_from is not None:
        published_on = max(published_on, timezone.localdate(public_from))
    return ReleaseInfo(
        row.pk, row.source, row.kind, row.title, period, row.file_name, row.sha256, published_on,
        row.published_basis, row.imported_at, row.reason, row.corrects_id,
        state if step or not row.needs_approval else "draft", public_from,
        not row.needs_approval or (public_from is not None and public_from <= timezone.now()),
    )  # fmt: skip


def release_infos(rows: QuerySet[Release]) -> list[ReleaseInfo]:
    """The frozen forms of many rows, in their order; one query more."""
    found = list(rows)
    steps = visibility.last_steps() if any(row.needs_approval for row in found) else {}
    return [release_info(row, steps.get(row.pk)) for row in found]


def series_key(row: Series) -> SeriesKey:
    """The key of a series row (with its indicator)."""
    return SeriesKey(row.indicator.code, row.breakdown, row.locality, row.measure)


def series_info(row: Series) -> SeriesInfo:
    """A series row with what ``series_list`` counted of it."""
    start, end = row.first_start, row.last_end  # type: ignore[attr-defined]
    item = catalogue.item(row.indicator.code, row.breakdown)
    return SeriesInfo(
        key=series_key(row),
        label_vi=item.vi if item else row.breakdown_label,
        label_en=item.en if item else row.breakdown_label,
        unit=row.unit,
        is_mapped=row.is_mapped,
        first=Period(start, start + 1),
        last=Period(end - 1, end),
        count=row.how_many,  # type: ignore[attr-defined]
        order=item.order if item else catalogue.LAST,
    )


def points_of(rows: QuerySet[Observation]) -> list[Point]:
    """Oldest vintage first: by day of publication, then by import."""
    found = list(rows.select_related("release", "series"))
    steps = visibility.last_steps({row.release_id for row in found})
    infos = {row.release_id: release_info(row.release, steps.get(row.release_id)) for row in found}
    found.sort(key=lambda row: (infos[row.release_id].published_on, row.release_id, row.pk))
    return [
        made_point(tuple(getattr(row, name) for name in POINT_COLUMNS), infos[row.release_id], row.series.unit)
        for row in found
    ]


def made_point(row: tuple[Any, ...], release: ReleaseInfo, unit: str) -> Point:
    """A point from the values of ``POINT_COLUMNS``."""
    pk, _, _, start, end, calendar, value, missing, stage, decimals, sheet, cell, is_derived, is_fictional, note = row
    return Point(
        id=pk,
        period=Period(start, end, Calendar(calendar)),
        value=value,
        missing=Missing(missing) if missing else None,
        stage=Stage(stage),
        unit=unit,
        decimals=decimals,
        release=release,
        sheet=sheet,
        cell=cell,
        is_derived=is_derived,
        is_fictional=is_fictional,
        note=note,
    )


def findings_in(rows: QuerySet[Finding]) -> list[FindingInfo]:
    """Findings in order of release, each with how it was settled."""
    rows = rows.select_related("series__indicator").order_by("release__published_on", "release_id", "id")
    of = {info.id: info for info in release_infos(Release.everything.filter(findings__in=rows).distinct())}
    last = settling.latest(row.pk for row in rows)
    return [
        FindingInfo(
            row.pk,
            row.rule,
            row.severity,
            of[row.release_id],
            series_key(row.series) if row.series else None,
            None if row.period_start is None or row.period_end is None else Period(row.period_start, row.period_end),
            row.facts,
            tuple(row.cells),
            *_settled(last.get(row.pk)),
        )
        for row in rows
    ]


def _settled(row: Settlement | None) -> tuple[str, SettlementInfo | None]:
    if row is None:
        return "open", None
    return row.kind, SettlementInfo(row.kind, row.reason, row.actor_name, row.at, row.by_release_id)
