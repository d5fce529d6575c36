"""The chance that a year ends below, inside or above the band of its target, and scenarios at stated quantiles.

Every target comes down to a level series and a way to make a year of it: a total (sum), an average (mean), an end (the
December), the growth of any of these on the year before, or a share of another series' year. So consumer prices on
average are the growth of the mean of the chained index; December against December is the growth of its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf, isfinite
from typing import TYPE_CHECKING

from kecho.analytics.forecast import Backtest
from kecho.analytics.monthly import SEASON, Monthly, month_code
from kecho.analytics.paths import Annual, Paths, year_outcomes
from kecho.kernel.errors import KechoError

if TYPE_CHECKING:
    from kecho.analytics.forecast_models import Array

QUANTILES = {"low": 0.1, "base": 0.5, "high": 0.9}
NEAR = 0.05  # a scenario's months are the mean over this share of the paths, those whose year lies nearest
HUNDRED = 100.0


class Measure(StrEnum):
    """What of the year the target speaks of."""

    LEVEL = "level"  # the year itself, in the unit of the series
    GROWTH = "growth"  # percent on the year before
    SHARE = "share"  # percent of another series' year


@dataclass(frozen=True, slots=True)
class Band:
    """From ``low`` to ``high`` in the target's unit, one of them open (None) for "at least" and "at most".

    The ends belong to the band unless ``is_strict`` ("above 7 %", "below 4 %"). KechoError ``analytics.bad_band``.
    """

    low: float | None = None
    high: float | None = None
    is_strict: bool = False

    def __post_init__(self) -> None:
        ends = [end for end in (self.low, self.high) if end is not None]
        is_empty = self.is_strict and self.low is not None and self.low == self.high
        if not ends or not all(map(isfinite, ends)) or ends != sorted(ends) or is_empty:
            raise KechoError("analytics.bad_band", low=self.low, high=self.high)

    def counts(self, values: Array) -> tuple[int, int, int]:
        """How many values lie below, inside and above."""
        low = -inf if self.low is None else self.low
        high = inf if self.high is None else self.high
        below = values <= low if self.is_strict else values < low
        above = values >= high if self.is_strict else values > high
        return int(below.sum()), int((~below & ~above).sum()), int(above.sum())


@dataclass(frozen=True, slots=True)
class Chance:
    """Shares of the paths (0 to 1, together 1), the year's median and intervals, and what stands behind them.

    ``intervals`` by nominal percent. ``months_known`` of the year came from the series, ``months_simulated`` from the
    paths; where none was simulated the answer is certain and ``method`` is ``known``. ``months`` is how many months
    the forecast had; ``backtest`` its error at earlier origins; ``given`` the months set in a what-if.
    """

    below: float
    inside: float
    above: float
    median: float
    intervals: Mapping[int, tuple[float, float]]
    measure: Measure
    how: Annual
    method: str
    backtest: Backtest | None
    months: int
    months_known: int
    months_simulated: int
    count: int
    given: tuple[str, ...]


def target_chance(
    history: Monthly,
    paths: Paths | None,
    year: int,
    band: Band,
    *,
    measure: Measure = Measure.LEVEL,
    how: Annual = Annual.SUM,
    whole: tuple[Monthly, Paths | None] | None = None,
) -> Chance:
    """The chance for ``year``, from ``history`` and the paths that go on where it ends.

    ``whole`` is the denominator of a share: its own series and paths, drawn together with the part's
    (`paths.simulate_many`). Without ``paths`` only a year that is wholly known has an answer. Raises KechoError:
    ``analytics.months_missing``, ``analytics.paths_too_short``, ``analytics.zero_base`` where the year before (or the
    whole) is zero or negative in any path, ``analytics.no_whole``, ``analytics.bad_paths``.
    """
    import numpy as np

    outcome = outcomes(history, paths, year, measure=measure, how=how, whole=whole)
    end = (year + 1) * SEASON
    simulated = max(end - max(history.end, year * SEASON), 0)
    below, inside, above = band.counts(outcome)
    total = len(outcome)
    low95, low80, median, high80, high95 = np.quantile(outcome, (0.025, 0.1, 0.5, 0.9, 0.975)).tolist()
    told = paths.forecast if paths and simulated else None
    return Chance(
        below=below / total,
        inside=inside / total,
        above=above / total,
        median=median,
        intervals={80: (low80, high80), 95: (low95, high95)},
        measure=measure,
        how=how,
        method=f"{told.method}, {total} paths" if told else "known",
        backtest=told.backtest if told else None,
        months=told.months if told else sum(value is not None for value in history.values),
        months_known=SEASON - min(simulated, SEASON),
        months_simulated=min(simulated, SEASON),
        count=total,
        given=paths.given if paths else (),
    )


def outcomes(
    history: Monthly,
    paths: Paths | None,
    year: int,
    *,
    measure: Measure = Measure.LEVEL,
    how: Annual = Annual.SUM,
    whole: tuple[Monthly, Paths | None] | None = None,
) -> Array:
    """What the target speaks of, in each path: shape ``(paths,)``, in the series' unit or in percent."""
    now = year_outcomes(history, paths, year, how)
    if measure is Measure.LEVEL:
        return now
    if measure is Measure.GROWTH:
        base = year_outcomes(history, paths, year - 1, how)
    elif whole is None:
        raise KechoError("analytics.no_whole")
    else:
        base = year_outcomes(*whole, year, how)
    if len({len(now), len(base)} - {1}) > 1:
        raise KechoError("analytics.bad_paths", count=len(base), most=len(now))
    if (base <= 0).any():
        raise KechoError("analytics.zero_base", year=year - (measure is Measure.GROWTH))
    result: Array = now / base * HUNDRED - (HUNDRED if measure is Measure.GROWTH else 0)
    return result


@dataclass(frozen=True, slots=True)
class Scenario:
    """One future at a stated quantile of the year's result, and what it supposes, for a sentence.

    ``year`` is that quantile in the unit of the series and ``months`` (by code) make it exactly, with the months known.
    Growth is in percent on the same months a year before: of the year, of the months still to come together, and the
    lowest and highest single month; None where a base is unknown or not positive.
    """

    name: str
    quantile: float
    year: float
    months: Mapping[str, float]
    growth_pct: float | None
    rest_growth_pct: float | None
    month_growth_pct: tuple[float, float] | None


def scenarios(
    history: Monthly,
    paths: Paths,
    year: int,
    *,
    how: Annual = Annual.SUM,
    quantiles: Mapping[str, float] = QUANTILES,
) -> tuple[Scenario, ...]:
    """Low, base and high (or the quantiles named) for a year that is not over.

    A scenario's months are the mean of the paths whose year lies nearest to the quantile, moved together onto it.
    Raises KechoError ``analytics.year_is_over``, ``analytics.bad_quantile`` and what `paths.year_outcomes` raises.
    """
    if history.end >= (year + 1) * SEASON:
        raise KechoError("analytics.year_is_over", year=year)
    for share in quantiles.values():
        if not 0 < share < 1:
            raise KechoError("analytics.bad_quantile", value=share)
    outcome = year_outcomes(history, paths, year, how)
    base = _maybe_year(history, paths, year - 1, how)
    ahead = range(max(history.end, year * SEASON), (year + 1) * SEASON)
    found = []
    for name, share in quantiles.items():
        goal, months = _at_quantile(paths, ahead, outcome, share, how)
        found.append(_told(history, ahead, months, base, Scenario(name, share, goal, {}, None, None, None)))
    return tuple(found)


def _at_quantile(paths: Paths, ahead: range, outcome: Array, share: float, how: Annual) -> tuple[float, list[float]]:
    """The quantile of the year, and months that make it."""
    import numpy as np

    goal = float(np.quantile(outcome, share))
    near = np.argsort(np.abs(outcome - goal), kind="stable")[: max(int(NEAR * len(outcome)), 1)]
    months = paths.values[near][:, ahead.start - paths.first : ahead.stop - paths.first].mean(axis=0)
    gap = goal - float(outcome[near].mean())
    return goal, _moved(months, gap * (SEASON if how is Annual.MEAN else 1), how).tolist()


def _told(history: Monthly, ahead: range, months: list[float], base: float | None, scenario: Scenario) -> Scenario:
    """The scenario with its months and the growth that they suppose."""
    earlier = [history.at(month - SEASON) for month in ahead]
    pairs = [(value, one) for value, one in zip(months, earlier, strict=True) if one is not None and one > 0]
    is_whole = len(pairs) == len(ahead)
    growths = [(value / one - 1) * HUNDRED for value, one in pairs]
    return replace(
        scenario,
        months={month_code(month): value for month, value in zip(ahead, months, strict=True)},
        growth_pct=(scenario.year / base - 1) * HUNDRED if base is not None and base > 0 else None,
        rest_growth_pct=(sum(v for v, _ in pairs) / sum(o for _, o in pairs) - 1) * HUNDRED if is_whole else None,
        month_growth_pct=(min(growths), max(growths)) if is_whole else None,
    )


def _moved(months: Array, gap: float, how: Annual) -> Array:
    """The months with ``gap`` added to their sum in proportion to their size; the whole gap to the last for an end."""
    import numpy as np

    if how is Annual.END:
        weights = np.zeros(len(months))
        weights[-1] = 1.0
    else:
        size = np.abs(months)
        weights = size / size.sum() if size.sum() > 0 else np.full(len(months), 1 / len(months))
    moved: Array = months + gap * weights
    return moved


def _maybe_year(history: Monthly, paths: Paths, year: int, how: Annual) -> float | None:
    """The year's median result; None where its months are not known."""
    import numpy as np

    try:
        return float(np.median(year_outcomes(history, paths, year, how)))
    except KechoError:
        return None
