"""Figures for many targets in few reads: which series each target needs, and how points become facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kecho.analytics import growth
from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.kernel.quantities import Quantity
from kecho.observatory import queries as observatory
from kecho.observatory.queries import Point, SeriesKey
from kecho.plan.assessment.facts import Fact, Facts
from kecho.plan.assessment.target import TargetSpec

Points = Mapping[SeriesKey, Mapping[Period, Point]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The series of one target: what is measured, the levels behind it, and what a share is divided by."""

    spec: TargetSpec
    denominator: tuple[str, str] = ("", "")  # indicator, breakdown

    def key(self, measure: Measure) -> SeriesKey:
        """The target's own series of a measure."""
        return SeriesKey(self.spec.indicator, self.spec.breakdown, self.spec.locality, measure.value)

    @property
    def whole(self) -> SeriesKey | None:
        """The level that a share is divided by, where the plan names one."""
        indicator, breakdown = self.denominator
        return SeriesKey(indicator, breakdown, self.spec.locality) if indicator else None

    @property
    def keys(self) -> list[SeriesKey]:
        """All series to read."""
        measures = [Measure.LEVEL, Measure.INDEX_PY, Measure.GROWTH, Measure.INDEX_DEC]
        if self.spec.measure is Measure.SHARE:
            measures = [Measure.SHARE, Measure.LEVEL] if self.whole else [Measure.SHARE]
        return [self.key(measure) for measure in measures] + ([self.whole] if self.whole else [])


def gather(wanted: Iterable[Wanted], as_of: date | None = None) -> list[Facts]:
    """The facts of each target, in order: one bulk read for all of them, each series turned into facts once."""
    targets = list(wanted)
    points = observatory.many_points([key for target in targets for key in target.keys], as_of)
    made = _Maker(points)
    return [made.facts(target) for target in targets]


class _Maker:
    """Turns points into facts, remembering what it made: many targets watch one series."""

    def __init__(self, points: Points) -> None:
        self.points = points
        self.made: dict[tuple[object, ...], Facts] = {}

    def facts(self, wanted: Wanted) -> Facts:
        """Figures of one target, in its unit; growth targets keep the unit of their series."""
        spec = wanted.spec
        signature = (spec.measure, spec.unit, *wanted.keys)
        if signature not in self.made:
            self.made[signature] = self._share(wanted) if spec.measure is Measure.SHARE else self._level(wanted)
        return self.made[signature]

    def _level(self, wanted: Wanted) -> Facts:
        levels = self.points[wanted.key(Measure.LEVEL)]
        unit = wanted.spec.unit if wanted.spec.measure is Measure.LEVEL else _unit(levels)
        facts = _in_unit(levels, unit)
        december = _rates_of_index(self.points[wanted.key(Measure.INDEX_DEC)])
        return replace(facts, growths=_growths(self.points, wanted), since_december=december)

    def _share(self, wanted: Wanted) -> Facts:
        shares = _in_unit(self.points[wanted.key(Measure.SHARE)], "percent")
        if wanted.whole is None:
            return shares
        levels = self.points[wanted.key(Measure.LEVEL)]
        unit = _unit(levels)
        return replace(shares, part=_in_unit(levels, unit), whole=_in_unit(self.points[wanted.whole], unit))


def _unit(points: Mapping[Period, Point]) -> str:
    """The unit of a series; empty where it has no point."""
    return next((point.unit for point in points.values()), "")


def _in_unit(points: Mapping[Period, Point], unit: str) -> Facts:
    """Facts in a unit. A series in a unit that does not convert gives none, and says which unit it is in."""
    try:
        values = {period: fact for period, point in points.items() if (fact := _fact(point, unit)) is not None}
    except KechoError:
        return Facts(unit=unit, wrong_unit=_unit(points))
    return Facts(values, unit=unit)


def _growths(points: Points, wanted: Wanted) -> dict[Period, Fact]:
    """Published growth against the same period of the year before: rates, and indices minus 100."""
    found = _rates_of_index(points[wanted.key(Measure.INDEX_PY)])
    rates = points[wanted.key(Measure.GROWTH)]
    return found | {p: fact for p, point in rates.items() if (fact := _fact(point, point.unit)) is not None}


def _rates_of_index(points: Mapping[Period, Point]) -> dict[Period, Fact]:
    """Growth in percent of an index whose base is 100."""
    return {p: fact for p, point in points.items() if (fact := _fact(point, point.unit, is_index=True)) is not None}


def _fact(point: Point, unit: str, *, is_index: bool = False) -> Fact | None:
    if point.value is None:
        return None
    value: Decimal = growth.from_index(point.value) if is_index else point.value
    if point.unit != unit:
        value = Quantity(value, point.unit, point.decimals).to(unit).value
    inputs = point.inputs or ((point.id,) if point.id is not None else ())
    return Fact(point.period, value, point.stage, tuple(inputs), point.is_derived, point.is_fictional)
