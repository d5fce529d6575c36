"""The month that is over and not out yet, told from faster indicators of the same place; and which release moved it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from kecho.analytics.monthly import SEASON, Monthly
from kecho.analytics.nowcast import News, Nowcast, news, nowcast
from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.observatory import queries as observatory
from kecho.outlook.gathering import Known, SeriesName, known_many

Side = tuple[Monthly, tuple[tuple[str, Monthly], ...]]  # the series and its indicators, as known on one day
FASTER = ("iip", "retail_and_services", "export_turnover", "import_turnover", "cpi", "electricity_sold")


@dataclass(frozen=True, slots=True)
class Current:
    """The nowcast of ``period`` and what the figures of the last ``release_day`` moved; ``news`` may be empty."""

    period: Period
    told: Nowcast
    before: float | None
    release_day: date | None
    news: tuple[News, ...]


def current(known: Known) -> Current | None:
    """The nowcast of the month after the last figure, where a faster indicator of the place has that month already.

    None where none has, or the methods refuse (too few months, figures that are not positive).
    """
    month = known.months.end
    if not _is_ahead(known, month):
        return None
    faster = _faster(known, known.as_of)
    ahead = {name: one.months for name, one in faster.items() if one.months.at(month) is not None}
    if not ahead:
        return None
    now = (known.months, tuple((name[0], months) for name, months in ahead.items()))
    told = _told(now, month)
    days = [
        one.points[month].release.published_on for name, one in faster.items() if name in ahead and month in one.points
    ]
    if told is None or not days:
        return None
    moved = _moved(known, ahead, max(days))
    return Current(Period(month, month + 1), told, moved[0] if moved else None, max(days), moved[1] if moved else ())


def _is_ahead(known: Known, month: int) -> bool:
    """Whether any of the fast indicators has a figure that ends with the month: asked first, for it mostly has none."""
    measures = (Measure.LEVEL, Measure.INDEX_PY, Measure.GROWTH)
    names = [code for code in FASTER if code != known.key.indicator]
    keys = [
        observatory.SeriesKey(code, "", known.key.locality, measure.value) for code in names for measure in measures
    ]
    january = month - month % SEASON
    found = observatory.many_points(keys, known.as_of, Period(january, january + 1), Period(month, month + 1))
    return any(period.end == month + 1 for points in found.values() for period in points)


def _faster(known: Known, as_of: date | None) -> dict[SeriesName, Known]:
    """The totals of the usual fast indicators of the place, without the series itself."""
    names = [(code, known.key.locality, "") for code in FASTER if code != known.key.indicator]
    return known_many(names, as_of)


def _moved(known: Known, ahead: Mapping[SeriesName, Monthly], day: date) -> tuple[float, tuple[News, ...]] | None:
    """The nowcast of the day before the latest release, and what each series' new figures moved since."""
    earlier = known_many([known.name, *ahead], day - timedelta(days=1))
    if known.name not in earlier:
        return None
    before = tuple((name[0], earlier[name].months) for name in ahead if name in earlier)
    after = tuple((name[0], months) for name, months in ahead.items())
    return _news((earlier[known.name].months, before), (known.months, after), known.months.end)


@lru_cache(maxsize=64)
def _told(side: Side, month: int) -> Nowcast | None:
    """The nowcast of the same figures is computed once in a process."""
    try:
        return nowcast(side[0], dict(side[1]), month)
    except KechoError:
        return None


@lru_cache(maxsize=64)
def _news(before: Side, after: Side, month: int) -> tuple[float, tuple[News, ...]] | None:
    try:
        start, _, rows = news((before[0], dict(before[1])), (after[0], dict(after[1])), month)
    except KechoError:
        return None
    return start, rows
