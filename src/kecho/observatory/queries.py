"""Reads. Frozen values come out, never model instances; every read can be made as of a date.

The vintage of a period that counts on a day is the one of the latest release published by then; of two releases of one
day the later import wins. Maturity does not outrank recency: a later estimate replaces an earlier official figure.

Every read sees what the reader of the moment may see (``visibility``): the public no draft and nothing before its hour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Missing, Stage
from kecho.kernel.periods import Calendar, Period
from kecho.observatory import catalogue, settling, visibility
from kecho.observatory.catalogue import IndicatorInfo
from kecho.observatory.models import Finding, Observation, Release, ReleaseStep, Series, Settlement
from kecho.observatory.values import FindingInfo, Point, PointDetail, ReleaseInfo, SeriesInfo, SeriesKey, SettlementInfo

__all__ = [
    "FindingInfo",
    "IndicatorInfo",
    "Point",
    "PointDetail",
    "ReleaseInfo",
    "SeriesInfo",
    "SeriesKey",
    "all_vintages",
    "finding",
    "findings",
    "given_values",
    "indicator",
    "indicators",
    "localities_with_data",
    "many_points",
    "point",
    "points",
    "points_of_release",
    "release",
    "release_info",
    "releases",
    "series_key",
    "series_list",
    "vintages",
]


class Given(NamedTuple):
    """A value as one release gave it; ``rank`` is the release's place in the order of vintages."""

    period: Period
    value: Decimal
    stage: str
    rank: int


#: What a Point is made of; the third to the sixth name the slot that one vintage of a release fills.
_COLUMNS = (
    "id", "release_id", "series_id", "period_start", "period_end", "calendar", "value", "missing", "stage", "decimals",
    "sheet", "cell", "is_derived", "is_fictional", "note",
)  # fmt: skip
_IN_ONE_QUERY = 500  # SQLite allows 32,766 variables in a statement; smaller slices plan faster


# ---- indicators and series


def indicators() -> list[IndicatorInfo]:
    """The whole catalogue, in its order."""
    return list(catalogue.indicators().values())


def indicator(code: str) -> IndicatorInfo:
    """One entry. Raises ``observatory.unknown_indicator``."""
    return catalogue.indicator(code)


def series_list(indicator: str | None = None, locality: str | None = None) -> list[SeriesInfo]:
    """The series that have data, totals first, then in the catalogue's order, unmapped labels last."""
    hidden = visibility.hidden_ids()
    seen = ~Q(observations__release_id__in=hidden) if hidden else None
    rows = Series.objects.select_related("indicator").annotate(
        first_start=Min("observations__period_start", filter=seen),
        last_end=Max("observations__period_end", filter=seen),
        how_many=Count("observations__id", filter=seen),
    )
    rows = rows.filter(how_many__gt=0)
    if indicator is not None:
        rows = rows.filter(indicator__code=indicator)
    if locality is not None:
        rows = rows.filter(locality=locality)
    found = _told_apart([_series_info(row) for row in rows])
    return sorted(found, key=lambda info: (info.key.indicator, info.key.locality, info.order, info.key))


def _told_apart(found: list[SeriesInfo]) -> list[SeriesInfo]:
    """Where two parts of one indicator share a label, the one below another part names that part before its own."""
    keys: dict[tuple[str, str], set[str]] = {}
    for info in found:
        keys.setdefault((info.key.indicator, info.label_vi), set()).add(info.key.breakdown)
    return [_with_parent(info) if len(keys[info.key.indicator, info.label_vi]) > 1 else info for info in found]


def _with_parent(info: SeriesInfo) -> SeriesInfo:
    parent = info.key.breakdown.rpartition("/")[0]
    item = catalogue.item(info.key.indicator, parent) if parent else None
    if item is None:
        return info
    return replace(info, label_vi=f"{item.vi}: {info.label_vi}", label_en=f"{item.en}: {info.label_en}")


def localities_with_data() -> list[str]:
    """Codes of the places that have at least one observation, Việt Nam first."""
    has_data = Exists(Observation.objects.filter(series=OuterRef("pk")))
    codes = Series.objects.filter(has_data).values_list("locality", flat=True).distinct()
    return sorted(codes, key=lambda code: (code != "VN", code))


# ---- points


def points(
    key: SeriesKey,
    as_of: date | None = None,
    start: Period | None = None,
    end: Period | None = None,
    *,
    recorded_by: datetime | None = None,
) -> dict[Period, Point]:
    """The series as the public knew it on ``as_of`` (default: all that is known), in order of period.

    ``start`` and ``end`` keep periods that lie between the first month of the one and the last of the other.
    ``recorded_by`` keeps what this system had imported at that moment, so that a report can be rebuilt to the letter.
    """
    return many_points([key], as_of, start, end, recorded_by=recorded_by)[key]


def many_points(
    keys: Iterable[SeriesKey],
    as_of: date | None = None,
    start: Period | None = None,
    end: Period | None = None,
    *,
    recorded_by: datetime | None = None,
) -> dict[SeriesKey, dict[Period, Point]]:
    """``points`` of many series in few queries; a key without data maps to an empty dict."""
    wanted = list(dict.fromkeys(keys))
    by_id = _series_ids(wanted)
    ranks = _ranks(as_of, recorded_by)
    unit_of = dict(Series.objects.filter(pk__in=by_id).values_list("pk", "unit")) if by_id else {}
    found: dict[SeriesKey, dict[Period, Point]] = {key: {} for key in wanted}
    ids = list(by_id)
    for at in range(0, len(ids), _IN_ONE_QUERY):
        rows = Observation.objects.filter(series_id__in=ids[at : at + _IN_ONE_QUERY])
        if start is not None:
            rows = rows.filter(period_start__gte=start.start)
        if end is not None:
            rows = rows.filter(period_end__lte=end.end)
        latest: dict[tuple[Any, ...], tuple[int, tuple[Any, ...]]] = {}
        for row in rows.values_list(*_COLUMNS):
            # Plain rows, and a Point only for what counts: a series has many times more vintages than periods.
            rank = ranks.get(row[1])
            if rank is None:
                continue
            slot = row[2:6]
            kept = latest.get(slot)
            if kept is None or (rank[0], row[0]) > (kept[0], kept[1][0]):
                latest[slot] = (rank[0], row)
        for _, row in latest.values():
            made = _made(row, ranks[row[1]][1], unit_of[row[2]])
            found[by_id[row[2]]][made.period] = made
    return {key: dict(sorted(points.items())) for key, points in found.items()}


def _ranks(as_of: date | None, recorded_by: datetime | None) -> dict[int, tuple[int, ReleaseInfo]]:
    """The releases that count, by id, with their place in the order of vintages."""
    rows = Release.objects.order_by("published_on", "id")
    if as_of is not None:
        rows = rows.filter(published_on__lte=as_of)
    if recorded_by is not None:
        rows = rows.filter(imported_at__lte=recorded_by)
    found = sorted(_release_infos(rows), key=lambda info: (info.published_on, info.id))
    return {info.id: (rank, info) for rank, info in enumerate(found) if as_of is None or info.published_on <= as_of}


def vintages(key: SeriesKey, period: Period) -> list[Point]:
    """Every value that was ever given for one period, oldest first."""
    rows = Observation.objects.filter(
        series_id__in=_series_ids([key]),
        period_start=period.start,
        period_end=period.end,
        calendar=period.calendar.value,
    )
    return _points(rows)


def all_vintages(key: SeriesKey, as_of: date | None = None) -> dict[Period, list[Point]]:
    """Every value that was ever given for each period, oldest first, of releases published by ``as_of``."""
    found: dict[Period, list[Point]] = {}
    for made in _points(Observation.objects.filter(series_id__in=_series_ids([key]))):
        if as_of is None or made.release.published_on <= as_of:
            found.setdefault(made.period, []).append(made)
    return dict(sorted(found.items()))


def given_values(keys: Iterable[SeriesKey]) -> dict[SeriesKey, list[Given]]:
    """Every value of each series, oldest vintage first: for statistics over vintages."""
    wanted = list(dict.fromkeys(keys))
    by_id, ranks = _series_ids(wanted), _ranks(None, None)
    found: dict[SeriesKey, list[tuple[int, int, Given]]] = {key: [] for key in wanted}
    rows = Observation.objects.filter(series_id__in=list(by_id), value__isnull=False)
    columns = ("series_id", "release_id", "id", "period_start", "period_end", "calendar", "value", "stage")
    for series_id, release_id, pk, start, end, calendar, value, stage in rows.values_list(*columns):
        if release_id in ranks and value is not None:
            rank = ranks[release_id][0]
            given = Given(Period(start, end, Calendar(calendar)), value, stage, rank)
            found[by_id[series_id]].append((rank, pk, given))
    return {key: [one[2] for one in sorted(told, key=lambda one: one[:2])] for key, told in found.items()}


def points_of_release(release_id: int) -> dict[SeriesKey, dict[Period, Point]]:
    """The figures that one release brought. Raises ``observatory.unknown_release``."""
    info = release(release_id)
    rows = Observation.objects.filter(release_id=release_id).select_related("series__indicator")
    found: dict[SeriesKey, dict[Period, Point]] = {}
    for row in rows.order_by("series_id", "period_start", "id"):
        made = _made(tuple(getattr(row, name) for name in _COLUMNS), info, row.series.unit)
        found.setdefault(series_key(row.series), {})[made.period] = made
    return found


def point(observation_id: int) -> PointDetail:
    """One observation with all that is known about it. Raises ``observatory.unknown_observation``."""
    row = Observation.objects.select_related("series__indicator").filter(pk=observation_id).first()
    if row is None:
        raise KechoError("observatory.unknown_observation", value=observation_id)
    key = series_key(row.series)
    (info,) = [found for found in series_list(key.indicator, key.locality) if found.key == key]
    period = Period(row.period_start, row.period_end, Calendar(row.calendar))
    all_given = vintages(key, period)
    concerned = Finding.objects.filter(
        series__indicator=row.series.indicator_id,
        series__breakdown=row.series.breakdown,
        series__locality=row.series.locality,
        period_start=row.period_start,
        period_end=row.period_end,
    )
    one = next(given for given in all_given if given.id == observation_id)
    return PointDetail(key, info, one, tuple(all_given), tuple(_findings(concerned)))


# ---- releases and findings


def releases(source: str | None = None, period: Period | None = None) -> list[ReleaseInfo]:
    """Releases, newest publication first."""
    rows = Release.objects.order_by("-published_on", "-id")
    if source is not None:
        rows = rows.filter(source=source)
    if period is not None:
        rows = rows.filter(period_start=period.start, period_end=period.end)
    return sorted(_release_infos(rows), key=lambda info: (info.published_on, info.id), reverse=True)


def release(release_id: int) -> ReleaseInfo:
    """One release. Raises ``observatory.unknown_release``, also for who may not see it."""
    for info in _release_infos(Release.objects.filter(pk=release_id)):
        return info
    raise KechoError("observatory.unknown_release", value=release_id)


def findings(
    release: int | None = None, rule: str | None = None, severity: str | None = None, key: SeriesKey | None = None
) -> list[FindingInfo]:
    """What the checks found, in order of release."""
    rows = Finding.objects.all()
    if release is not None:
        rows = rows.filter(release_id=release)
    if rule is not None:
        rows = rows.filter(rule=rule)
    if severity is not None:
        rows = rows.filter(severity=severity)
    if key is not None:
        rows = rows.filter(series_id__in=_series_ids([key]))
    return _findings(rows)


def open_findings_by_release() -> dict[int, int]:
    """How many errors and warnings of each release still wait for somebody."""
    rows = Finding.objects.exclude(severity="note").values_list("id", "release_id")
    waiting, last = Counter[int](), settling.latest(pk for pk, _ in rows)
    for pk, release_id in rows:
        if pk not in last or last[pk].kind not in settling.DONE:
            waiting[release_id] += 1
    return waiting


def finding(finding_id: int) -> FindingInfo:
    """One finding. Raises ``observatory.unknown_finding``, also for who may not see its release."""
    for info in _findings(Finding.objects.filter(pk=finding_id)):
        return info
    raise KechoError("observatory.unknown_finding", value=finding_id)


def findings_of(release: Release) -> tuple[FindingInfo, ...]:
    """Those of one release, whoever reads: for the action that made them."""
    return tuple(_findings(Finding.everything.filter(release=release)))


# ---- from rows to values


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


def _release_infos(rows: QuerySet[Release]) -> list[ReleaseInfo]:
    steps = visibility.last_steps()
    return [release_info(row, steps.get(row.pk)) for row in rows]


def _series_ids(keys: list[SeriesKey]) -> dict[int, SeriesKey]:
    """Ids of the series that exist among ``keys``."""
    rows = Series.objects.filter(
        indicator__code__in={key.indicator for key in keys},
        locality__in={key.locality for key in keys},
        measure__in={key.measure for key in keys},
    )
    if len(keys) <= _IN_ONE_QUERY:
        rows = rows.filter(breakdown__in={key.breakdown for key in keys})
    wanted = set(keys)
    columns = rows.values_list("id", "indicator__code", "breakdown", "locality", "measure")
    named = ((pk, SeriesKey(*parts)) for pk, *parts in columns)
    return {pk: key for pk, key in named if key in wanted}


def series_key(row: Series) -> SeriesKey:
    """The key of a series row (with its indicator)."""
    return SeriesKey(row.indicator.code, row.breakdown, row.locality, row.measure)


def _series_info(row: Series) -> SeriesInfo:
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


def _points(rows: QuerySet[Observation]) -> list[Point]:
    """Oldest vintage first: by day of publication, then by import."""
    found = list(rows.select_related("release", "series"))
    steps = visibility.last_steps({row.release_id for row in found})
    infos = {row.release_id: release_info(row.release, steps.get(row.release_id)) for row in found}
    found.sort(key=lambda row: (infos[row.release_id].published_on, row.release_id, row.pk))
    return [
        _made(tuple(getattr(row, name) for name in _COLUMNS), infos[row.release_id], row.series.unit) for row in found
    ]


def _made(row: tuple[Any, ...], release: ReleaseInfo, unit: str) -> Point:
    """A point from the values of ``_COLUMNS``."""
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


def _findings(rows: QuerySet[Finding]) -> list[FindingInfo]:
    rows = rows.select_related("series__indicator").order_by("release__published_on", "release_id", "id")
    of = {info.id: info for info in _release_infos(Release.everything.filter(findings__in=rows).distinct())}
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
