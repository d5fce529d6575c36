"""The list of indicators of one place: the latest figure of each, its change, and its last months at a glance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.observatory import derived, queries
from kecho.observatory.queries import IndicatorInfo, Point, SeriesInfo, SeriesKey
from kecho.web import series_view

MONTHS_OF_SPARKLINE = 13
MONTHS_NEEDED = 26


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator: its leading series (None where there is no figure), its latest point and its last months."""

    info: IndicatorInfo
    series: SeriesInfo | None
    series_count: int
    latest: Point | None = None
    row: series_view.Row | None = None
    months: tuple[Point | None, ...] = ()
    decimals: int = 1

    @property
    def is_index(self) -> bool:
        """The figure is an index, so 108.2 means up 8.2 %."""
        return self.series is not None and Measure(self.series.key.measure).is_index

    @property
    def rate(self) -> Decimal | None:
        """Change on the same period in percent: as published, else as the levels give it."""
        if self.row is None:
            return None
        return self.row.computed_pct if self.row.published_pct is None else self.row.published_pct


def overview(locality: str, as_of: date | None) -> list[Entry]:
    """Every indicator of the catalogue, those with figures first."""
    everything = queries.series_list(locality=locality)
    leading = {code: one for code in {s.key.indicator for s in everything} if (one := _leading(everything, code))}
    start = min((one.last.start for one in leading.values()), default=0) - MONTHS_NEEDED
    keys = [one.key for one in leading.values()]
    found = queries.many_points([*keys, *map(_index, keys)], as_of, start=Period(start, start + 1)) if keys else {}
    entries = []
    for info in queries.indicators():
        count = len({s.key.breakdown for s in everything if s.key.indicator == info.code})
        series = leading.get(info.code)
        if series is None:
            entries.append(Entry(info, None, count))
            continue
        entries.append(_entry(info, series, count, found[series.key], found.get(_index(series.key), {})))
    return sorted([*entries, *_derived(locality, as_of)], key=lambda entry: entry.series_count == 0)


def _derived(locality: str, as_of: date | None) -> list[Entry]:
    """The indicators that formulas give at the place, of those that give any."""
    infos = {info.code: info for info in derived.indicators() if info.is_derived}
    made = []
    for series in derived.series_list(locality=locality):
        info = infos.get(series.key.indicator)
        if info is None:
            continue
        entry = _entry(info, series, 1, derived.points(series.key, as_of), {})
        if entry.row and derived.is_balance(info.code):
            entry = replace(entry, row=replace(entry.row, computed_pct=None))
        made.append(entry)
    return made


def last_months(points: dict[Period, Point], last: Period) -> tuple[Point | None, ...]:
    """The months up to ``last``, oldest first, None where there is no figure."""
    months = [last.shift(months=-n) for n in range(MONTHS_OF_SPARKLINE - 1, -1, -1)]
    return tuple(points.get(month) for month in months)


def _entry(
    info: IndicatorInfo, series: SeriesInfo, count: int, points: dict[Period, Point], index: dict[Period, Point]
) -> Entry:
    """The latest period of the shortest kind that the series has."""
    kind = next(iter(series_view.kinds_of(points)), "month")
    chosen = series_view.of_kind(points, kind)
    rows = series_view.rows(chosen, index, Measure(series.key.measure))
    row = next((one for one in rows if one.point.value is not None), None)
    if row is None:
        return Entry(info, series, count)
    months = last_months(chosen, row.period) if kind == "month" else ()
    decimals = series_view.decimals_of(chosen.values(), info.decimals_of(series.key.measure))
    return Entry(info, series, count, row.point, row, months, decimals)


def _leading(everything: list[SeriesInfo], code: str) -> SeriesInfo | None:
    """The total's first measure in the order of ``Measure``: level before indices."""
    totals = {Measure(s.key.measure): s for s in everything if s.key.indicator == code and s.key.breakdown == ""}
    return next((totals[measure] for measure in Measure if measure in totals), None)


def _index(key: SeriesKey) -> SeriesKey:
    return SeriesKey(key.indicator, key.breakdown, key.locality, Measure.INDEX_PY.value)
