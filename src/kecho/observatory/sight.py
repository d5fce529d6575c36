"""What the rules may look at: the figures of a release's file, earlier ones by the same names, and months gone by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from kecho.kernel.measures import Measure
from kecho.kernel.periods import Calendar, Period
from kecho.observatory import vintage
from kecho.observatory.models import Observation, Release, Series
from kecho.observatory.queries import SeriesKey, series_key
from kecho.observatory.rules import Figure, Verdict

Slot = tuple[SeriesKey, Period]


@dataclass(slots=True)
class Sight:
    """What the rules may look at: the figures of the release's file, and earlier ones by the same names."""

    release: Release
    brought: set[int] = field(default_factory=set)
    series: dict[SeriesKey, int] = field(default_factory=dict)
    own: dict[Slot, Figure] = field(default_factory=dict)
    earlier: dict[Slot, Figure] = field(default_factory=dict)

    def is_new(self, verdict: Verdict) -> bool:
        """It weighs a figure that the release itself brought, not only what the file it corrects held already."""
        return any(figure.observation in self.brought for figure in verdict.figures)

    def part(self, key: SeriesKey, breakdown: str, period: Period) -> Figure | None:
        """The release's own figure of another part of the indicator."""
        return self.own.get((part_of(key, breakdown), period))

    def figure(self, key: SeriesKey, period: Period, role: str = "") -> Figure | None:
        """The release's own figure, else the vintage known before it."""
        found = self.own.get((key, period)) or self.earlier.get((key, period))
        return found and Figure(found.value, found.decimals, role, found.observation, found.sheet, found.cell)


def look(release: Release) -> Sight:
    """The figures of a release, and those earlier ones that a rule may ask for."""
    sight = Sight(release)
    file = (
        vintage.observations_of_file(release) if release.corrects_id else Observation.everything.filter(release=release)
    )
    series = Series.objects.filter(observations__in=file).select_related("indicator").distinct()
    names = {row.pk: series_key(row) for row in series}
    sight.series = {key: pk for pk, key in names.items()}
    rows = file.filter(value__isnull=False).values_list(
        "id", "release_id", "series_id", "period_start", "period_end", "calendar", "value", "decimals", "sheet", "cell"
    )
    for pk, release_id, series_id, start, end, calendar, value, decimals, sheet, cell in rows:
        if release_id == release.pk:
            sight.brought.add(pk)
        if value is not None:
            period = Period(start, end, Calendar(calendar))
            sight.own[names[series_id], period] = Figure(value, decimals, "", pk, sheet, cell)
    wanted: dict[Period, set[int]] = defaultdict(set)
    for key, period in sight.own:
        if key.measure == Measure.LEVEL:
            for other in _neighbours(period):
                wanted[other].add(sight.series[key])
    for (pk, period), figure in vintage.figures_before(release, wanted).items():
        sight.earlier[names[pk], period] = figure
    return sight


def _neighbours(period: Period) -> Iterator[Period]:
    """Periods whose levels a figure is compared with."""
    yield period.year_before
    if period.length == 1:
        yield period.previous
    if period.is_year_to_date and period.length > 1:
        yield Period(period.start, period.end - 1, period.calendar)


def as_role(figure: Figure, role: str) -> Figure:
    """The figure as a rule's sentence calls it."""
    return Figure(figure.value, figure.decimals, role, figure.observation, figure.sheet, figure.cell)


def part_of(key: SeriesKey, breakdown: str) -> SeriesKey:
    """The same measure of another part."""
    return SeriesKey(key.indicator, breakdown, key.locality, key.measure)
