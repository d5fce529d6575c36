"""Figures that follow exactly from published ones: a month from two years to date, a year to date from its months.

Only levels are derived, for sums are exact; an index of a longer span is not the mean of the months' indices. A derived
point says so, names the observations it comes from (``inputs``), is as mature as the least mature of them and as
precise as the least precise, and belongs to the release that completed it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kecho.analytics import growth, intervals
from kecho.kernel.measures import Measure, Stage
from kecho.kernel.periods import Period
from kecho.observatory import catalogue, queries
from kecho.observatory.queries import Point, SeriesKey

_LADDER = (Stage.ESTIMATE, Stage.PRELIMINARY, Stage.OFFICIAL)
#: The note of a difference between two releases: what the office revised in the meantime falls on that month.
REVISED_WITH_IT = "gồm cả phần điều chỉnh của các tháng trước / with what was revised of earlier months"


@dataclass(frozen=True, slots=True)
class GrowthView:
    """Growth on the same period of last year, in percent: as published beside as computed from levels.

    ``agrees`` is None where one of them is missing, else whether they can both be true within rounding.
    """

    period: Period
    published_pct: Decimal | None
    computed_pct: Decimal | None
    agrees: bool | None
    published: Point | None
    now: Point | None
    base: Point | None


def monthly(
    key: SeriesKey, as_of: date | None = None, start: Period | None = None, end: Period | None = None
) -> dict[Period, Point]:
    """One point a month: the published one, else the exact difference of two years to date. Gaps stay gaps.

    Where a month's whole file is missing, the file after it gives the longer year to date by leaving its own month out.
    For an index or a share only published months are returned.
    """
    found = monthly_of(queries.points(key, as_of), key)
    return {period: point for period, point in found.items() if _is_inside(period, start, end)}


def monthly_of(points: dict[Period, Point], key: SeriesKey) -> dict[Period, Point]:
    """``monthly`` from points that were read already."""
    known = _with_values(points)
    found = {period: point for period, point in known.items() if period.length == 1}
    if catalogue.adds_up(key.indicator, key.measure):
        upto = {period: point for period, point in known.items() if period.is_year_to_date}
        upto |= {made.period: made for period in upto if (made := _shortened(known, period)) is not None}
        for period, point in upto.items():
            month = Period(period.end - 1, period.end, period.calendar)
            made = _without_the_months_before(known, point)
            if month not in found and made is not None:
                found[month] = made
    return dict(sorted(found.items()))


def cumulative(key: SeriesKey, year: int, month: int, as_of: date | None = None) -> Point | None:
    """The year to date: as published, else the exact sum of all its months; None where one of them is missing."""
    return cumulative_of(queries.points(key, as_of), key, Period.ytd(year, month))


def cumulative_of(points: dict[Period, Point], key: SeriesKey, period: Period) -> Point | None:
    """``cumulative`` from points that were read already; for an index or a share only what was published."""
    known = _with_values(points)
    return _year_to_date(known, period) if catalogue.adds_up(key.indicator, key.measure) else known.get(period)


def growth_of(key: SeriesKey, period: Period, as_of: date | None = None) -> GrowthView:
    """Growth of a period on the same one of last year: the published figure beside the computed one.

    ``key`` names the level; the published growth is its index (same period of last year = 100) or its growth rate.
    """
    index = replace(key, measure=Measure.INDEX_PY.value)
    rate = replace(key, measure=Measure.GROWTH.value)
    found = queries.many_points([key, index, rate], as_of)
    levels = _with_values(found[key])
    now, base = _level(levels, period), _level(levels, period.year_before)
    published, published_pct = _published(found[index].get(period), found[rate].get(period))
    computed = None
    if now and base:
        computed = growth.growth_pct(now.number, base.number)
    agrees = _agree(published, published_pct, now, base)
    return GrowthView(period, published_pct, computed, agrees, published, now, base)


def _published(index: Point | None, rate: Point | None) -> tuple[Point | None, Decimal | None]:
    if rate and rate.value is not None:
        return rate, rate.value
    if index and index.value is not None:
        return index, growth.from_index(index.value)
    return None, None


def _agree(published: Point | None, pct: Decimal | None, now: Point | None, base: Point | None) -> bool | None:
    if published is None or pct is None or now is None or base is None:
        return None
    possible = intervals.growth_interval(
        intervals.printed(now.number, now.decimals), intervals.printed(base.number, base.decimals)
    )
    return None if possible is None else possible.meets(intervals.printed(pct, published.decimals))


def _level(levels: dict[Period, Point], period: Period) -> Point | None:
    """The level of a period: published, or derived where that is exact."""
    if period in levels:
        return levels[period]
    if period.is_year_to_date and period.length > 1:
        return _year_to_date(levels, period)
    if period.length == 1 and period.start % 12:
        upto = levels.get(Period(period.start - period.start % 12, period.end, period.calendar))
        return upto and _without_the_months_before(levels, upto)
    return None


def _year_to_date(levels: dict[Period, Point], period: Period) -> Point | None:
    """Published, else a shorter published year to date plus the months behind it, else the sum of all months."""
    if period in levels:
        return levels[period]
    parts: list[Point] = []
    at = period.end
    while at > period.start:
        month = levels.get(Period(at - 1, at, period.calendar))
        if month is None:
            return None
        parts.append(month)
        at -= 1
        if at > period.start and (before := levels.get(Period(period.start, at, period.calendar))):
            parts.append(before)
            break
    total = sum((part.number for part in parts), Decimal(0))
    return made_of(period, total, parts)


def _shortened(levels: dict[Period, Point], period: Period) -> Point | None:
    """The year to date one month earlier, as the same file implies it; None where it is published or cannot be had."""
    if period.length == 1:
        return None
    shorter = replace(period, end=period.end - 1)
    month = levels.get(replace(period, start=period.end - 1))
    if shorter in levels or month is None or month.release.id != levels[period].release.id:
        return None
    return _difference(shorter, levels[period], month)


def _without_the_months_before(levels: dict[Period, Point], upto: Point) -> Point | None:
    """The last month of a year to date."""
    year, month = upto.period, Period(upto.period.end - 1, upto.period.end, upto.period.calendar)
    if year.length == 1:
        return replace(upto, period=month)
    before = _year_to_date(levels, replace(year, end=year.end - 1))
    return before and _difference(month, upto, before)


def _difference(period: Period, whole: Point, part: Point) -> Point | None:
    """None where revisions in the meantime would make a negative figure of two positive ones."""
    value = whole.number - part.number
    if value < 0 <= min(whole.number, part.number):
        return None
    made = made_of(period, value, (whole, part))
    return replace(made, note=REVISED_WITH_IT) if whole.release.id != part.release.id else made


def made_of(period: Period, value: Decimal, parts: Sequence[Point]) -> Point:
    """A point made of others: as mature as the least mature, of the release that completed it, naming its inputs."""
    last = max(parts, key=lambda part: (part.release.published_on, part.release.id))
    known = [part.decimals for part in parts if part.decimals is not None]
    inputs = [pk for part in parts for pk in (part.inputs or ((part.id,) if part.id else ()))]
    return Point(
        id=None,
        period=period,
        value=value,
        missing=None,
        stage=min((part.stage for part in parts), key=_LADDER.index),
        unit=last.unit,
        decimals=min(known) if known else None,
        release=last.release,
        is_derived=True,
        is_fictional=any(part.is_fictional for part in parts),
        inputs=tuple(inputs),
    )


def _with_values(points: dict[Period, Point]) -> dict[Period, Point]:
    return {period: point for period, point in points.items() if point.value is not None}


def _is_inside(period: Period, start: Period | None, end: Period | None) -> bool:
    return (start is None or period.start >= start.start) and (end is None or period.end <= end.end)
