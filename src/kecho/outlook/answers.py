"""The outlook of one series: figures as known, what the methods say, the year they make, and the chance of a target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from kecho.analytics.monthly import SEASON, Monthly, month_code
from kecho.analytics.paths import Annual, Paths, simulate, with_growth, with_months, year_outcomes
from kecho.analytics.target_chance import Band, Chance, Scenario, scenarios, target_chance
from kecho.analytics.target_chance import Measure as Of
from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.kernel.quantities import Quantity
from kecho.outlook.gathering import Basis, Known
from kecho.outlook.making import Made
from kecho.plan.assessment.target import Basis as TargetBasis
from kecho.plan.assessment.target import Direction, Form, TargetSpec

LEVELS = (80, 95)


@dataclass(frozen=True, slots=True)
class MonthAhead:
    """One month that is still to come, in the unit of the series; growth on the same month of the year before."""

    period: Period
    median: float
    naive: float
    intervals: Mapping[int, tuple[float, float]]
    growth_pct: float | None


@dataclass(frozen=True, slots=True)
class YearEnd:
    """A year as it is expected: its total (levels) or mean (an index), and its growth where the year before is known.

    ``to_date`` is what the known months make of it. ``is_known``: no month is open.
    """

    year: int
    how: Annual
    months_known: int
    to_date: float | None
    median: float
    intervals: Mapping[int, tuple[float, float]]
    growth_pct: float | None
    growth_intervals: Mapping[int, tuple[float, float]]

    @property
    def is_known(self) -> bool:
        """Whether nothing of the year is open."""
        return self.months_known == SEASON


@dataclass(frozen=True)
class Outlook:
    """Figures and answers together; everything simulated comes from the kept forecast and one fixed seed."""

    known: Known
    made: Made

    @property
    def year(self) -> int:
        """The year of the first month to come."""
        return self.known.months.end // SEASON

    @cached_property
    def paths(self) -> Paths | None:
        """Simulated futures; None where there is no forecast."""
        return None if self.made.forecast is None else simulate(self.made.forecast, self.known.months.end)

    @property
    def years(self) -> range:
        """Years that can be asked for: from the first with figures to the last that the forecast reaches whole."""
        end = self.paths.end if self.paths else self.known.months.end
        return range(self.known.months.first // SEASON, max(end // SEASON, self.year + 1))

    @cached_property
    def ahead(self) -> tuple[MonthAhead, ...]:
        """The months to come."""
        made = self.made.forecast
        if made is None:
            return ()
        middle = {self.known.months.end + at: value for at, value in enumerate(made.path)}
        return tuple(
            MonthAhead(
                Period(month, month + 1),
                median,
                made.naive[at],
                {level: made.intervals[level][at] for level in LEVELS},
                growth_pct(median, middle.get(month - SEASON, self.known.months.at(month - SEASON))),
            )
            for at, (month, median) in enumerate(middle.items())
        )

    def year_end(self, year: int, paths: Paths | None = None) -> YearEnd:
        """What the year comes to. ``paths`` are those of a what-if in place of the outlook's own.

        Raises KechoError ``analytics.months_missing`` and ``analytics.paths_too_short``.
        """
        import numpy as np

        chosen = paths or self.paths
        history, how = self.known.linked_to(year), self.known.how
        outcome = year_outcomes(self.known.months, chosen, year, how)
        try:
            base = year_outcomes(history, chosen, year - 1, how)
        except KechoError:
            base = np.zeros(1)
        growth = (outcome / base - 1) * 100 if (base > 0).all() else None
        start, end = year * SEASON, min(self.known.months.end, (year + 1) * SEASON)
        return YearEnd(
            year,
            how,
            max(end - start, 0),
            self.known.total(start, end) if end > start else None,
            float(np.median(outcome)),
            intervals_of(outcome),
            None if growth is None else float(np.median(growth)),
            {} if growth is None else intervals_of(growth),
        )

    def scenarios(self, year: int) -> tuple[Scenario, ...]:
        """High, base and low. Raises KechoError ``outlook.no_forecast``, ``analytics.year_is_over`` and the like."""
        if self.paths is None:
            raise KechoError("outlook.no_forecast")
        return scenarios(self.known.linked_to(year), self.paths, year, how=self.known.how)

    def supposed(self, growth: Mapping[int, float], values: Mapping[int, float]) -> Paths:
        """The futures in which the months named grow so much, or come to so much. Raises what the methods raise."""
        if self.paths is None:
            raise KechoError("outlook.no_forecast")
        paths = with_growth(self.known.linked_to(self.year), self.paths, growth) if growth else self.paths
        return with_months(paths, values) if values else paths


def growth_pct(now: float | None, base: float | None) -> float | None:
    """Growth in percent; None unless the base is positive."""
    return None if now is None or base is None or base <= 0 else (now / base - 1) * 100


def intervals_of(outcome: object) -> dict[int, tuple[float, float]]:
    import numpy as np

    low95, low80, high80, high95 = np.quantile(outcome, (0.025, 0.1, 0.9, 0.975)).tolist()  # type: ignore[call-overload]
    return {80: (low80, high80), 95: (low95, high95)}


# ---- targets


def chance(outlook: Outlook, spec: TargetSpec, paths: Paths | None = None) -> Chance:
    """The chance that a target's year ends below, inside or above it.

    Raises KechoError: ``outlook.not_a_year`` (a target of another period), ``outlook.no_chance`` (a share, a rank, or
    a mean over several years), ``outlook.no_forecast``, ``kernel.unit_mismatch``, and what the methods raise.
    """
    year, measure, how = asked(spec, outlook.known)
    if year is None:
        raise KechoError("outlook.not_a_year", window=spec.window.code)
    chosen = paths or outlook.paths
    if chosen is None and outlook.known.months.end < (year + 1) * SEASON:
        raise outlook.made.no_forecast or KechoError("outlook.no_forecast")
    history = outlook.known.linked_to(year) if measure is Of.GROWTH else outlook.known.months
    return target_chance(history, chosen, year, band(spec, outlook.known.unit), measure=measure, how=how)


def band(spec: TargetSpec, unit: str) -> Band:
    """The target's band in the unit of the series, or in percent; of a point only the end that decides.

    Raises ``kernel.unit_mismatch``.
    """
    is_level = spec.measure is Measure.LEVEL
    ends = [_end(value, spec.unit, unit) if is_level else value for value in (spec.low, spec.high)]
    low, high = (None if end is None else float(end) for end in ends)
    if spec.form is Form.POINT and spec.direction is Direction.MORE:
        high = None
    elif spec.form is Form.POINT and spec.direction is Direction.LESS:
        low = None
    return Band(low, high, spec.is_strict)


def kept_chance(spec: TargetSpec, told: Chance) -> float:
    """The chance that the promise is kept: past the far end of a range on the good side it is kept too."""
    better = {Direction.MORE: told.above, Direction.LESS: told.below}.get(spec.direction, 0.0)
    return told.inside + (better if has_two_ends(spec) else 0.0)


def has_two_ends(spec: TargetSpec) -> bool:
    """Whether below, inside and above are three different things."""
    return spec.form is Form.RANGE


def _end(value: Decimal | None, unit: str, wanted: str) -> Decimal | None:
    return value if value is None or unit == wanted else Quantity(value, unit).to(wanted).value


def asked(spec: TargetSpec, known: Known) -> tuple[int | None, Of, Annual]:
    """The year, what of it the target speaks of, and how months make it."""
    ways = {
        (Measure.LEVEL, TargetBasis.FLOW): (Of.LEVEL, Annual.SUM),
        (Measure.LEVEL, TargetBasis.STOCK): (Of.LEVEL, Annual.END),
        (Measure.GROWTH, TargetBasis.YEAR_ON_YEAR): (Of.GROWTH, known.how),
        (Measure.GROWTH, TargetBasis.PERIOD_AVERAGE): (Of.GROWTH, Annual.MEAN),
        (Measure.GROWTH, TargetBasis.SINCE_DECEMBER): (Of.GROWTH, Annual.END),
    }
    found = ways.get((spec.measure, spec.basis))
    if found is None or (found[0] is Of.LEVEL and known.basis is Basis.CHAINED):
        raise KechoError("outlook.no_chance")
    is_year = spec.window == Period.of_year(spec.window.year) or spec.basis is TargetBasis.STOCK
    is_december = spec.window.end % SEASON == 0
    return ((spec.window.end - 1) // SEASON if is_year and is_december else None), *found


def missing_months(months: Monthly) -> list[str]:
    """Codes of the months without a figure between the first and the last."""
    return [month_code(months.first + at) for at, value in enumerate(months.values) if value is None]
