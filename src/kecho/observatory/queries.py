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

from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Calendar, Period
from kecho.observatory import catalogue, settling, visibility
from kecho.observatory.catalogue import IndicatorInfo
from kecho.observatory.frozen import (
    POINT_COLUMNS,
    findings_in,
    made_point,
    points_of,
    release_info,
    release_infos,
    series_info,
    series_key,
)
from kecho.observatory.models import Finding, Observation, Release, Series
from kecho.observatory.values import FindingInfo, Point, PointDetail, ReleaseInfo, SeriesInfo, SeriesKey

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
    found = _told_apart([series_info(row) for row in rows])
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
        # ``ranks`` holds the releases that the reader may see: what belongs to others is passed over below.
        rows = Observation.everything.filter(series_id__in=ids[at : at + _IN_ONE_QUERY])
        if start is not None:
            rows = rows.filter(period_start__gte=start.start)
        if end is not None:
            rows = rows.filter(period_end__lte=end.end)
        latest: dict[tuple[Any, ...], tuple[int, tuple[Any, ...]]] = {}
        for row in rows.values_list(*POINT_COLUMNS):
            # Plain rows, and a Point only for what counts: a series has many times more vintages than periods.
            rank = ranks.get(row[1])
            if rank is None:
                continue
            slot = row[2:6]
            kept = latest.get(slot)
            if kept is None or (rank[0], row[0]) > (kept[0], kept[1][0]):
                latest[slot] = (rank[0], row)
        for _, row in latest.values():
            made = made_point(row, ranks[row[1]][1], unit_of[row[2]])
            found[by_id[row[2]]][made.period] = made
    return {key: dict(sorted(points.items())) for key, points in found.items()}


def _ranks(as_of: date | None, recorded_by: datetime | None) -> dict[int, tuple[int, ReleaseInfo]]:
    """The releases that count, by id, with their place in the order of vintages."""
    rows = Release.objects.order_by("published_on", "id")
    if as_of is not None:
        rows = rows.filter(published_on__lte=as_of)
    if recorded_by is not None:
        rows = rows.filter(imported_at__lte=recorded_by)
    found = sorted(release_infos(rows), key=lambda info: (info.published_on, info.id))
    return {info.id: (rank, info) for rank, info in enumerate(found) if as_of is None or info.published_on <= as_of}


def vintages(key: SeriesKey, period: Period) -> list[Point]:
    """Every value that was ever given for one period, oldest first."""
    rows = Observation.objects.filter(
        series_id__in=_series_ids([key]),
        period_start=period.start,
        period_end=period.end,
        calendar=period.calendar.value,
    )
    return points_of(rows)


def all_vintages(key: SeriesKey, as_of: date | None = None) -> dict[Period, list[Point]]:
    """Every value that was ever given for each period, oldest first, of releases published by ``as_of``."""
    found: dict[Period, list[Point]] = {}
    for made in points_of(Observation.objects.filter(series_id__in=_series_ids([key]))):
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
        made = made_point(tuple(getattr(row, name) for name in POINT_COLUMNS), info, row.series.unit)
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
    return PointDetail(key, info, one, tuple(all_given), tuple(findings_in(concerned)))


# ---- releases and findings


def releases(source: str | None = None, period: Period | None = None) -> list[ReleaseInfo]:
    """Releases, newest publication first."""
    rows = Release.objects.order_by("-published_on", "-id")
    if source is not None:
        rows = rows.filter(source=source)
    if period is not None:
        rows = rows.filter(period_start=period.start, period_end=period.end)
    return sorted(release_infos(rows), key=lambda info: (info.published_on, info.id), reverse=True)


def release(release_id: int) -> ReleaseInfo:
    """One release. Raises ``observatory.unknown_release``, also for who may not see it."""
    for info in release_infos(Release.objects.filter(pk=release_id)):
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
    return findings_in(rows)


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
    for info in findings_in(Finding.objects.filter(pk=finding_id)):
        return info
    raise KechoError("observatory.unknown_finding", value=finding_id)


def findings_of(release: Release) -> tuple[FindingInfo, ...]:
    """Those of one release, whoever reads: for the action that made them."""
    return tuple(findings_in(Finding.everything.filter(release=release)))


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
