"""What must happen: the growth that the months to come need, beside what they ever showed and what is expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kecho.analytics.monthly import SEASON
from kecho.kernel.periods import Period
from kecho.outlook.answers import Outlook, growth_pct
from kecho.outlook.gathering import Known
from kecho.plan.assessment import Assessment
from kecho.plan.assessment.target import Direction


@dataclass(frozen=True, slots=True)
class RequiredMonth:
    """One month to come: last year's level, the level that the required growth makes of it, the best growth ever seen
    in this month and its year, and what the forecast says. None where it is not known.
    """

    period: Period
    base: float | None
    needed: float | None
    best_pct: float | None
    best_year: int | None
    expected: float | None
    expected_pct: float | None


@dataclass(frozen=True, slots=True)
class Required:
    """``growth_pct`` is what all open months together must (or, under a ceiling, may) show."""

    growth_pct: float
    is_limit: bool
    months: tuple[RequiredMonth, ...]
    best_pct: float | None
    best_year: int | None

    @property
    def is_beyond_best(self) -> bool:
        """Whether more is needed than those months ever showed together."""
        return not self.is_limit and self.best_pct is not None and self.growth_pct > self.best_pct


def required(outlook: Outlook, held: Assessment) -> Required | None:
    """What the open months of an assessed target must bring; None where nothing is open or needed."""
    if held.required_growth_pct is None or held.period is None:
        return None
    need, known = float(held.required_growth_pct), outlook.known
    ahead = {one.period: one for one in outlook.ahead}
    earlier = known.linked_to(held.period.year)
    months = []
    for period in Period(held.period.end, held.target.window.end).months:
        base = earlier.at(period.start - SEASON)
        year, best = max(_history(known, period), key=lambda pair: pair[1], default=(None, None))
        told = ahead.get(period)
        needed = None if base is None else base * (1 + need / 100)
        expected = (told.median, told.growth_pct) if told else (None, None)
        months.append(RequiredMonth(period, base, needed, best, year, *expected))
    return Required(
        need,
        held.target.direction is Direction.LESS,
        tuple(months),
        None if held.best_growth_pct is None else float(held.best_growth_pct),
        held.best_growth_year,
    )


def _history(known: Known, month: Period) -> Iterator[tuple[int, float]]:
    """Growth of the same month in every earlier year: as published, else from the levels."""
    for start in range(month.start - SEASON, known.months.first - 1, -SEASON):
        published = known.rates.get(Period(start, start + 1))
        computed = growth_pct(known.months.at(start), known.months.at(start - SEASON))
        found = computed if published is None else float(published)
        if found is not None:
            yield start // SEASON, found
