"""Monthly series as they were known on a day: published levels, or levels chained from published rates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from kecho.analytics.chaining import Chained, chain
from kecho.analytics.growth import HUNDRED, from_index, to_index
from kecho.analytics.monthly import SEASON, Monthly
from kecho.analytics.paths import Annual
from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.observatory import derive, queries
from kecho.observatory.breaks import Break, breaks_of
from kecho.observatory.queries import Point, SeriesKey

SeriesName = tuple[str, str, str]  # indicator, locality, breakdown
Points = Mapping[SeriesKey, dict[Period, Point]]
READ = (Measure.LEVEL, Measure.INDEX_PY, Measure.INDEX_PP, Measure.GROWTH)
WORTH_LINKING = Decimal("0.0005")  # half a tenth of a percent: below it no printed growth would change
MOST_BENCHMARKED = Decimal("0.1")  # a year further off than this is another series, not a revision


class Basis(StrEnum):
    """Where the monthly levels come from."""

    PUBLISHED = "published"  # levels as published, or differences of years to date
    CHAINED = "chained"  # from growth rates: an index whose first whole year is 100


@dataclass(frozen=True)
class Known:
    """Monthly figures of one indicator, part and place, known on ``as_of`` (None: all that is known).

    ``months`` is what the methods see; ``points`` are the observations that a month rests on, ``rates`` published
    growth on the same period of the year before in percent, ``levels`` every published level. ``scaled`` is by how much
    each year's months were multiplied so that they add up to its latest year to date; a year left alone is not in it.
    """

    key: SeriesKey
    as_of: date | None
    unit: str
    basis: Basis
    months: Monthly
    points: Mapping[int, Point]
    rates: Mapping[Period, Decimal]
    levels: Mapping[Period, Decimal] = field(default_factory=dict)
    scaled: Mapping[int, Decimal] = field(default_factory=dict)
    chained: Chained | None = None

    @property
    def name(self) -> SeriesName:
        """Indicator, place and part."""
        return self.key.indicator, self.key.locality, self.key.breakdown

    @property
    def last(self) -> Period:
        """The last month with a figure."""
        return Period(self.months.end - 1, self.months.end)

    @property
    def first(self) -> Period:
        """The first month with a figure."""
        return Period(self.months.first, self.months.first + 1)

    @property
    def count(self) -> int:
        """How many months have a figure."""
        return sum(value is not None for value in self.months.values)

    @property
    def how(self) -> Annual:
        """How months make a year: levels are added up, an index is averaged."""
        return Annual.SUM if self.basis is Basis.PUBLISHED else Annual.MEAN

    @property
    def is_fictional(self) -> bool:
        """Whether made-up figures are among them."""
        return any(point.is_fictional for point in self.points.values())

    @property
    def breaks(self) -> list[Break]:
        """Changes of base, method or borders among the months that are known; levels before and behind differ in kind.

        Rates are published like for like, so an index chained from them goes on across a change of base.
        """
        return [one for one in breaks_of(self.key) if self.months.first < one.first.start < self.months.end]

    @property
    def most_scaled_pct(self) -> Decimal:
        """By how much the months of a year were moved at most, in percent."""
        return max((abs(factor - 1) * HUNDRED for factor in self.scaled.values()), default=Decimal(0))

    def total(self, start: int, end: int) -> float | None:
        """Sum (levels) or mean (an index) of the months; None where one is missing."""
        found = [value for month in range(start, end) if (value := self.months.at(month)) is not None]
        if len(found) < end - start:
            return None
        return sum(found) / (1 if self.how is Annual.SUM else len(found))

    @cached_property
    def link_factor(self) -> Decimal:
        """What last year's levels must be multiplied by to agree with the growth published for this year to date.

        Offices revise last year without publishing its months anew; then published growth and old levels contradict
        each other, and growth of the whole year would too. 1 where they agree or nothing is known.
        """
        upto = Period(self.last.start - self.last.start % SEASON, self.last.end)
        rate, base = self.rates.get(upto), self._level(upto.year_before)
        now = self._level(upto)
        if self.basis is Basis.CHAINED or rate is None or rate <= -HUNDRED or not now or not base or base <= 0:
            return Decimal(1)
        factor = now / (1 + rate / HUNDRED) / base
        return factor if factor > 0 and abs(factor - 1) > WORTH_LINKING else Decimal(1)

    def _level(self, period: Period) -> Decimal | None:
        published, computed = self.levels.get(period), self.total(period.start, period.end)
        return published if published is not None or computed is None else Decimal(computed)

    def linked_to(self, year: int) -> Monthly:
        """The months, with the year before ``year`` as the assessment takes it.

        Its months to date are made to sum to what was published then, the others to the rest of its year, and all are
        put on the footing of the growth published in ``year`` (`link_factor`). Other years are left as they are.
        """
        if self.basis is Basis.CHAINED or year != self.last.year:
            return self.months
        upto = Period(self.last.start - self.last.start % SEASON, self.last.end).year_before
        whole = Period.of_year(year - 1)
        factors = self._factors(upto, whole)
        values = list(self.months.values)
        for month in range(whole.start, whole.end):
            at = month - self.months.first
            value = self.months.at(month)
            if value is not None:
                values[at] = value * factors[month >= upto.end]
        return replace(self.months, values=tuple(values))

    def _factors(self, upto: Period, whole: Period) -> tuple[float, float]:
        """What last year's months to date, and those after, are multiplied by."""
        link = float(self.link_factor)
        done, total = self._level(upto), self._level(whole)
        sums = [self.total(upto.start, upto.end), self.total(upto.end, whole.end) if upto.end < whole.end else None]
        if done is None or total is None or not sums[0] or not sums[1]:
            return link, link
        found = (float(done) / sums[0], float(total - done) / sums[1])
        if any(abs(factor - 1) > MOST_BENCHMARKED for factor in found):
            return link, link
        return found[0] * link, found[1] * link


def known(indicator: str, locality: str, breakdown: str = "", as_of: date | None = None) -> Known:
    """The monthly figures of an indicator, as known on a day.

    Levels where they are published for at least as many months as rates are, else levels chained from the rates. Raises
    KechoError ``outlook.no_months`` where no month has a figure, ``observatory.unknown_indicator``.
    """
    info = queries.indicator(indicator)
    found = known_many([(indicator, locality, breakdown)], as_of)
    if not found:
        raise KechoError("outlook.no_months", indicator=info.name_vi, locality=locality, breakdown=breakdown or "–")
    return found[indicator, locality, breakdown]


def known_many(names: Iterable[SeriesName], as_of: date | None = None) -> dict[SeriesName, Known]:
    """The same of many series in few reads; a series without a monthly figure is left out."""
    keys = {name: [SeriesKey(name[0], name[2], name[1], m.value) for m in READ] for name in names}
    points = queries.many_points([key for four in keys.values() for key in four], as_of)
    made = {name: _known(four, points, as_of) for name, four in keys.items()}
    return {name: one for name, one in made.items() if one is not None}


def _known(keys: list[SeriesKey], points: Points, as_of: date | None) -> Known | None:
    level, on_year, on_month, growth = keys
    rates = _rates(points[on_year], points[growth])
    months = _months(derive.monthly_of(points[level], level))
    monthly_rates = {period.start: to_index(rate) for period, rate in rates.items() if period.length == 1}
    if len(months) < len(monthly_rates):
        linked = _chained(monthly_rates, _months(points[on_month]))
        if linked is not None and len(linked.levels) > len(months):
            shown = {**_months(points[growth]), **_months(points[on_year])}
            index = _series(linked.levels)
            return Known(on_year, as_of, "index", Basis.CHAINED, index, shown, rates, chained=linked)
    if not months:
        return None
    levels = {period: point.value for period, point in points[level].items() if point.value is not None}
    series = _series({month: float(point.number) for month, point in months.items()})
    scaled = _benchmarks(months, levels)
    unit = next(iter(months.values())).unit
    return Known(level, as_of, unit, Basis.PUBLISHED, _scaled(series, scaled), months, rates, levels, scaled)


def _chained(on_year: Mapping[int, Decimal], on_month: Mapping[int, Point]) -> Chained | None:
    """Levels of an index that is published as rates alone; None where a rate leaves nothing to chain."""
    try:
        return chain(
            {month: float(index) for month, index in on_year.items()},
            {month: float(point.number) for month, point in on_month.items()},
        )
    except KechoError:
        return None


def _benchmarks(months: Mapping[int, Point], levels: Mapping[Period, Decimal]) -> dict[int, Decimal]:
    """The factor of each year whose months do not add up to its latest published year to date.

    A month keeps the figure it was first given; later years to date carry what was revised since. Spread in proportion
    (pro rata, the simplest form of Denton's benchmarking), months and year agree again.
    """
    ends: dict[int, int] = {}
    for period in levels:
        if period.is_year_to_date and period.length > 1:
            ends[period.year] = max(period.end, ends.get(period.year, 0))
    found = {}
    for year, end in ends.items():
        span = Period(year * SEASON, end)
        parts = [months[month.start].number for month in span.months if month.start in months]
        total = sum(parts, Decimal(0))
        if len(parts) < span.length or total <= 0 or levels[span] <= 0:
            continue
        factor = levels[span] / total
        if factor != 1 and abs(factor - 1) <= MOST_BENCHMARKED:
            found[year] = factor
    return found


def _scaled(series: Monthly, factors: Mapping[int, Decimal]) -> Monthly:
    """The months of the years named, multiplied."""
    by = {year: float(factor) for year, factor in factors.items()}
    values = (
        value if value is None else value * by.get((series.first + at) // SEASON, 1.0)
        for at, value in enumerate(series.values)
    )
    return replace(series, values=tuple(values))


def _months(points: Mapping[Period, Point]) -> dict[int, Point]:
    return {period.start: point for period, point in points.items() if period.length == 1 and point.value is not None}


def _series(levels: Mapping[int, float]) -> Monthly:
    first, last = min(levels), max(levels)
    return Monthly(first, tuple(levels.get(month) for month in range(first, last + 1)))


def _rates(index: Mapping[Period, Point], growth: Mapping[Period, Point]) -> dict[Period, Decimal]:
    """Published growth in percent: rates, and indices minus 100 where there is no rate."""
    found = {period: from_index(point.value) for period, point in index.items() if point.value is not None}
    return found | {period: point.value for period, point in growth.items() if point.value is not None}
