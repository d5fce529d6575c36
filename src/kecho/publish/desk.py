"""The figures that a month's report may need, read once: one place, one month, one day of knowledge.

Nothing is invented here: a figure is a published point or follows exactly from published ones; else it is None.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils import timezone

from kecho.analytics.intervals import printed_decimals
from kecho.kernel.localities import Locality
from kecho.kernel.measures import Measure, Stage
from kecho.kernel.periods import Period
from kecho.observatory import derive, queries
from kecho.observatory.queries import IndicatorInfo, Point, SeriesInfo, SeriesKey
from kecho.publish.changes import Against, Change, change, combined, growth, growth_from_index
from kecho.publish.lines import Line
from kecho.publish.pieces import Figure

COUNTED = ("item", "piece", "set", "product", "enterprise", "cluster")  # there is no tenth of a car
CLOSE = 14  # the administrative month runs from the 15th to the 14th (Decree 09/2019/NĐ-CP)
YEARS_BACK = 2  # for the bracket "(cùng kỳ …)" and the charts


class Desk:
    """Reads the observatory for one place and month; ``point`` knows every observation that it handed out."""

    def __init__(self, place: Locality, month: Period, lang: str, as_of: date | None = None) -> None:
        self.place, self.locality, self.month, self.lang = place, place.code, month, lang
        self.to_date = Period.ytd(month.year, month.month)
        self.series = {info.key: info for info in queries.series_list(locality=place.code)}
        self.catalogue = queries.indicators()
        self._points: dict[SeriesKey, dict[Period, Point]] = {}
        self._by_id: dict[int, tuple[SeriesInfo, Point]] = {}
        self.as_of = as_of or self._usual_day()
        if as_of is None and not self.has_any:  # the month's figures came later than usual
            self.as_of = max(timezone.localdate(), self.as_of)
            self._points.clear()

    def _usual_day(self) -> date:
        """The close of the administrative month that follows, or the day on which a file about the month came later.

        The figures of a month come out between its 29th and the 6th of the next; those of the next month do not come
        before its own 29th. So the 14th is a day on which the month was known and the next one was not.
        """
        close = self.month.dates[1].replace(day=CLOSE)
        days = [release.published_on for release in queries.releases(period=self.month)]
        return max([close, *days])

    @property
    def place_name(self) -> str:
        """``Hà Nội``; the short name of the place."""
        return self.place.name(self.lang)

    @property
    def place_words(self) -> str:
        """``thành phố Hà Nội`` in Vietnamese, the plain name in English."""
        full = self.place.full_name_vi
        return full[:1].lower() + full[1:] if self.lang == "vi" else self.place_name

    # ---- what there is

    @property
    def has_any(self) -> bool:
        """Whether any indicator has a figure for the month or the year to it."""
        codes = {key.indicator for key in self.series}
        return any(self.has(code) for code in codes)

    def has(self, indicator: str) -> bool:
        """Whether the month, or the year to it, has a figure of this indicator."""
        return any(line.has_figures for line in self.lines(indicator))

    def info(self, indicator: str) -> IndicatorInfo:
        """The catalogue's entry."""
        return queries.indicator(indicator)

    def breakdowns(self, indicator: str) -> list[str]:
        """Parts with series, the total first, in the catalogue's order."""
        order = {key.breakdown: info.order for key, info in self.series.items() if key.indicator == indicator}
        return sorted(order, key=lambda breakdown: (breakdown != "", order[breakdown], breakdown))

    def lines(self, indicator: str) -> list[Line]:
        """A line for the total and each part that has figures for the month."""
        self._load(indicator)
        lines = (self.line(indicator, breakdown) for breakdown in self.breakdowns(indicator))
        return [line for line in lines if line.has_figures]

    def line(self, indicator: str, breakdown: str = "") -> Line:
        """One line; its figures are None where nothing is known."""
        self._load(indicator)
        month, previous = self.month, self.month.previous
        now, before = self.level(indicator, breakdown, month), self.level(indicator, breakdown, previous)
        sum_now = self.level(indicator, breakdown, self.to_date)
        most = self._rate_decimals(indicator)
        point = self._point(indicator, breakdown, Measure.LEVEL, month)
        return Line(
            indicator,
            breakdown,
            self.label(indicator, breakdown),
            self._unit(indicator, breakdown),
            breakdown.count("/") + 1 if breakdown else 0,
            now,
            before,
            sum_now,
            on_month=change(
                Against.PREVIOUS_MONTH, now, before, self.rate(indicator, breakdown, Measure.INDEX_PP, month), most=most
            ),
            on_year=self._on_year(indicator, breakdown, month),
            on_december=change(
                Against.DECEMBER, None, None, self.rate(indicator, breakdown, Measure.INDEX_DEC, month), most=most
            ),
            to_date_on_year=self._on_year(indicator, breakdown, self.to_date) if self.to_date != month else None,
            missing=point.missing if point else None,
        )

    def label(self, indicator: str, breakdown: str = "") -> str:
        """The name of a part; the indicator's own for the total."""
        if not breakdown:
            return self.info(indicator).name(self.lang)
        found = [info for key, info in self.series.items() if (key.indicator, key.breakdown) == (indicator, breakdown)]
        return found[0].label(self.lang) if found else breakdown

    # ---- figures

    def level(self, indicator: str, breakdown: str, period: Period) -> Figure | None:
        """The level of a period: published, or exact from a sum or a difference of years to date."""
        key = SeriesKey(indicator, breakdown, self.locality)
        points = self._points.get(key, {})
        direct = points.get(period)
        if direct is not None and direct.value is not None:
            return self._figure(indicator, direct, Measure.LEVEL)
        if period.is_year_to_date and period.length > 1:
            made = derive.cumulative_of(points, key, period)
            return self._figure(indicator, made, Measure.LEVEL) if made else None
        if period.length == 1 and period.month > 1:
            upto = derive.cumulative_of(points, key, Period.ytd(period.year, period.month))
            until = derive.cumulative_of(points, key, Period.ytd(period.year, period.month - 1))
            if upto and until:
                now, then = (self._figure(indicator, point, Measure.LEVEL) for point in (upto, until))
                return replace(combined(now.value - then.value, now.unit, now.decimals, now, then), is_derived=True)
        return None

    def rate(self, indicator: str, breakdown: str, measure: Measure, period: Period) -> Figure | None:
        """A published change in percent: a growth rate as it stands, an index less its base of 100."""
        point = self._point(indicator, breakdown, measure, period)
        if point is None or point.value is None:
            return None
        most = self._rate_decimals(indicator)
        figure = replace(self._figure(indicator, point, measure), unit="percent")
        if measure.is_index:
            return growth_from_index(figure, most)
        return replace(figure, decimals=min(most, printed_decimals(figure.value)))

    def share(self, indicator: str, breakdown: str, period: Period) -> Figure | None:
        """The part's published share of the total, in percent."""
        point = self._point(indicator, breakdown, Measure.SHARE, period)
        return self._figure(indicator, point, Measure.SHARE) if point and point.value is not None else None

    def growth_on_year(self, indicator: str, breakdown: str, period: Period) -> Figure | None:
        """Growth on the same period of last year: as published, else from the levels."""
        for measure in (Measure.INDEX_PY, Measure.GROWTH):
            if (found := self.rate(indicator, breakdown, measure, period)) is not None:
                return found
        now, base = (self.level(indicator, breakdown, p) for p in (period, period.year_before))
        return growth(now, base, self._rate_decimals(indicator))

    def history(self, indicator: str, breakdown: str = "", *, months: int) -> list[tuple[Period, Figure]]:
        """Monthly levels up to the month; gaps stay gaps."""
        self._load(indicator)
        spans = [self.month.shift(months=-back) for back in range(months - 1, -1, -1)]
        found = ((span, self.level(indicator, breakdown, span)) for span in spans)
        return [(span, figure) for span, figure in found if figure is not None]

    def growth_history(self, indicator: str, breakdown: str = "", *, months: int) -> list[tuple[Period, Figure]]:
        """Monthly growth on the same month of last year."""
        self._load(indicator)
        spans = [self.month.shift(months=-back) for back in range(months - 1, -1, -1)]
        found = ((span, self.growth_on_year(indicator, breakdown, span)) for span in spans)
        return [(span, figure) for span, figure in found if figure is not None]

    def latest(self, indicator: str, breakdown: str = "") -> tuple[Period, Figure] | None:
        """The last level known on the day, of a period that had begun: for counts and stocks that are not monthly."""
        key = SeriesKey(indicator, breakdown, self.locality)
        points = queries.points(key, self.as_of)
        today = self.as_of.year * 12 + self.as_of.month - 1
        known = [p for p in points.values() if p.value is not None and p.period.start <= today]
        if not known:
            return None
        last = max(known, key=lambda p: (p.period.end, p.period.start))
        self._remember(key, [last])
        return last.period, self._figure(indicator, last, Measure.LEVEL)

    def source(self, observation: int) -> tuple[SeriesInfo, Point]:
        """The series and point of an observation that a figure refers to."""
        if observation not in self._by_id:
            detail = queries.point(observation)
            self._by_id[observation] = detail.series, detail.point
        return self._by_id[observation]

    # ---- reading

    def _on_year(self, indicator: str, breakdown: str, period: Period) -> Change | None:
        now, base = (self.level(indicator, breakdown, p) for p in (period, period.year_before))
        published = self.rate(indicator, breakdown, Measure.INDEX_PY, period) or self.rate(
            indicator, breakdown, Measure.GROWTH, period
        )
        before = self.growth_on_year(indicator, breakdown, period.year_before)
        return change(Against.SAME_PERIOD, now, base, published, before=before, most=self._rate_decimals(indicator))

    def _load(self, indicator: str) -> None:
        """Read all series of an indicator: the total over several years, its parts over two."""
        keys = [key for key in self.series if key.indicator == indicator]
        wanted = [key for key in keys if key not in self._points]
        if not wanted:
            return
        for is_total, years in ((True, YEARS_BACK), (False, 1)):
            group = [key for key in wanted if (key.breakdown == "") is is_total]
            start = Period.of_month(self.month.year - years, 1)
            for key, points in queries.many_points(group, self.as_of, start, self.month).items():
                self._points[key] = points
                self._remember(key, points.values())

    def is_public(self, observation: int) -> bool:
        """Whether everybody may see a figure that was read."""
        known = self._by_id.get(observation)
        return known is None or known[1].release.is_public

    def _remember(self, key: SeriesKey, points: Iterable[Point]) -> None:
        self._by_id.update((point.id, (self.series[key], point)) for point in points if point.id is not None)

    def _point(self, indicator: str, breakdown: str, measure: Measure, period: Period) -> Point | None:
        return self._points.get(SeriesKey(indicator, breakdown, self.locality, measure.value), {}).get(period)

    def _figure(self, indicator: str, point: Point, measure: Measure) -> Figure:
        value = point.number
        is_counted = measure is Measure.LEVEL and point.unit in COUNTED
        return Figure(
            value,
            point.unit,
            0 if is_counted else min(self.info(indicator).decimals_of(measure.value), printed_decimals(value)),
            (point.id,) if point.id is not None else point.inputs,
            Stage(point.stage),
            point.is_derived,
            point.is_fictional,
        )

    def _unit(self, indicator: str, breakdown: str) -> str:
        info = self.series.get(SeriesKey(indicator, breakdown, self.locality))
        return info.unit if info else self.info(indicator).unit

    def _rate_decimals(self, indicator: str) -> int:
        return self.info(indicator).decimals_of(Measure.INDEX_PY.value)
