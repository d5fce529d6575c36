"""What the page of one series shows: its points of one kind, its table, its chart, its plan and its breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.observatory import derive, derived, queries
from kecho.observatory.breaks import Break, breaks_of
from kecho.observatory.geography import Geography
from kecho.observatory.queries import Point, SeriesKey
from kecho.pages import params
from kecho.pages.charts.plot import Plot
from kecho.publish.model import Sentence
from kecho.web import headline, plan_lines, series_view
from kecho.web.caching import remembered
from kecho.web.plan_lines import PlanLines
from kecho.web.views.asked import AskedSeries

SOURCES_NAMED = 2


@dataclass(frozen=True)
class Shown:
    """A series in one kind of period, as known on the day asked for."""

    chosen: AskedSeries
    kind: str
    kinds: list[str]
    points: dict[Period, Point]
    published: dict[Period, Point]

    @property
    def measure(self) -> Measure:
        """What is measured."""
        return Measure(self.chosen.series.key.measure)

    @cached_property
    def of_kind(self) -> dict[Period, Point]:
        """The points of the kind, in order of time."""
        return series_view.of_kind(self.points, self.kind)

    @cached_property
    def rows(self) -> list[series_view.Row]:
        """The table, newest first."""
        found = series_view.rows(self.of_kind, self.published, self.measure)
        return [replace(row, computed_pct=None) for row in found] if self.is_balance else found

    @property
    def is_balance(self) -> bool:
        """It passes through zero and has no rates of growth."""
        return derived.is_balance(self.chosen.info.code)

    @cached_property
    def latest(self) -> series_view.Row | None:
        """The newest period that has a figure."""
        return next((row for row in self.rows if row.point.value is not None), None)

    @cached_property
    def plan(self) -> PlanLines:
        """The plan that watches the series, where the kind can show it."""
        if self.latest is None:
            return PlanLines()
        return plan_lines.plan_lines(self.chosen.series, self.kind, self.latest.period, self.chosen.as_of)

    @cached_property
    def breaks(self) -> list[Break]:
        """Breaks after the first figure of the kind."""
        first = min((period.start for period in self.of_kind), default=0)
        known = dict.fromkeys(one for key in derived.part_keys(self.chosen.series.key) for one in breaks_of(key))
        return [one for one in known if first < one.first.start]

    def plot(self) -> Plot:
        """The chart."""
        return series_view.plot(self.of_kind, self.kind, self.measure, self.plan, self.breaks)

    def headline(self) -> Sentence | None:
        """What the latest figure says."""
        if self.latest is None:
            return None
        chosen = self.chosen
        period = self.latest.period
        if self.is_balance:
            return headline.of_balance(chosen.info, chosen.series, period, self.points)
        return headline.headline(chosen.info, chosen.series, period, self.points, self.published)


def shown_of(chosen: AskedSeries, query: Mapping[str, str]) -> Shown:
    """The kind that the query names, else the first that the series has."""
    points, published = remembered(load, chosen.series.key, chosen.as_of, chosen.geography)
    kinds = series_view.kinds_of(points)
    kind = params.choice(query, "kind", series_view.KINDS, kinds[0] if kinds else "month")
    return Shown(chosen, kind, kinds, points, published)


def load(
    key: SeriesKey, as_of: date | None, on: Geography | None = None
) -> tuple[dict[Period, Point], dict[Period, Point]]:
    """The series with what follows exactly from it (months, years to date), and its published index beside a level.

    A derived series, or one on a geography, is as it could be computed; nobody published an index of it.
    """
    if on is not None or derived.indicator(key.indicator).is_derived:
        return derived.points(key, as_of, on=on), {}
    if key.measure != Measure.LEVEL:
        return queries.points(key, as_of), {}
    index_key = SeriesKey(key.indicator, key.breakdown, key.locality, Measure.INDEX_PY.value)
    found = queries.many_points([key, index_key], as_of)
    levels = {**derive.monthly(key, as_of), **found[key]}
    return {**_years_to_date(levels, key), **levels}, found[index_key]


def _years_to_date(levels: dict[Period, Point], key: SeriesKey) -> dict[Period, Point]:
    """Years to date that nobody published but the months give."""
    wanted = {Period.ytd(period.year, period.month) for period in levels if period.length == 1}
    sums = {period: derive.cumulative_of(levels, key, period) for period in wanted - set(levels)}
    return {period: point for period, point in sums.items() if point is not None}


def source_of(chosen: AskedSeries, rows: list[series_view.Row], lang: str) -> str:
    """Who published the figures: the catalogue's office where workbooks brought them, else the releases by name."""
    others = dict.fromkeys(row.point.release.title for row in rows if row.point.release.kind != "workbook")
    if not others:
        return chosen.info.source(lang)
    named = list(others)[:SOURCES_NAMED]
    return "; ".join(named) + ("; …" if len(others) > len(named) else "")
