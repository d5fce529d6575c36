"""What a nowcast knows, and the two ways to learn its weights (see `nowcast`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from math import log, sqrt
from typing import TYPE_CHECKING

from kecho.analytics.monthly import SEASON, Monthly
from kecho.analytics.tet import tet_regressors

if TYPE_CHECKING:
    from kecho.analytics.forecast_models import Array

BRIDGE, FACTOR = "bridge", "factor"
METHODS = (BRIDGE, FACTOR)
TET = "tet"
CLIP = 5.0  # robust deviations at which a month's growth is cut while learning: 2020-2021 does not set the weights
PENALTIES = tuple(10.0**power for power in range(-3, 4))

Growths = Mapping[int, float]
"""Difference of logs on the same month a year before, by month."""


@dataclass(frozen=True)
class Facts:
    """Growth of the target and of the indicators, as far as known; levels of the target for its base."""

    target: Monthly
    growths: Growths
    indicators: Mapping[str, Growths]
    first: int
    end: int
    has_tet: bool
    _cache: dict[str, list[int]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, target: Monthly, indicators: Mapping[str, Monthly], month: int, *, has_tet: bool) -> Facts:
        """Everything up to ``month``."""
        known = {name: _growths(one, month + 1) for name, one in indicators.items()}
        return cls(target.until(month), _growths(target, month), known, target.first, month + 1, has_tet)

    @property
    def growth_end(self) -> int:
        """The month after the target's last growth."""
        return max(self.growths, default=self.first) + 1

    @property
    def first_row(self) -> int:
        """The first month to learn from."""
        return self.rows()[0]

    def rows(self) -> list[int]:
        """Months in which everything is known, the month before them too."""
        if "rows" not in self._cache:
            months = set(self.growths).intersection(*self.indicators.values())
            self._cache["rows"] = sorted(month for month in months if month - 1 in self.growths)
        return self._cache["rows"]

    def level(self, month: int) -> float:
        """The target's own figure."""
        return self.target.known(month, month + 1)[0]

    def last(self, name: str | None) -> int:
        """The last month known of an indicator, or of the target (None)."""
        return max(self.growths if name is None else self.indicators[name], default=self.first)

    def behind(self, month: int) -> int:
        """By how many months the target lags the month asked for."""
        return month - self.growth_end + 1

    def as_of(self, month: int, now: int) -> Facts:
        """What was known when ``month`` stood as ``now`` stands today: as many months behind, series by series."""
        shift = month - now
        known = {
            name: {at: growth for at, growth in one.items() if at <= max(one, default=0) + shift and at <= month}
            for name, one in self.indicators.items()
        }
        growths = {at: growth for at, growth in self.growths.items() if at < self.growth_end + shift}
        return replace(self, growths=growths, indicators=known, end=month + 1, _cache={})

    def with_indicator(self, name: str, series: Monthly) -> Facts:
        """With another edition of one indicator."""
        return replace(self, indicators={**self.indicators, name: _growths(series, self.end)}, _cache={})

    def with_target(self, series: Monthly) -> Facts:
        """With another edition of the target."""
        known = series.until(self.end - 1)
        return replace(self, target=known, growths=_growths(known, self.end - 1), _cache={})

    def differs(self, other: Facts) -> bool:
        """Whether any figure differs."""
        return (self.growths, self.indicators, self.target) != (other.growths, other.indicators, other.target)

    def tet_moves(self, month: int) -> tuple[float, ...]:
        """By how much each of Tết's windows moved against the year before; none where Tết is left out."""
        return _tet_moves(month) if self.has_tet else ()

    def is_turning(self, month: int) -> bool:
        """Whether the month's growth lies beyond a standard deviation of the twelve before it."""
        earlier = [self.growths[at] for at in range(month - SEASON, month) if at in self.growths]
        if len(earlier) < SEASON // 2:
            return False
        mean = sum(earlier) / len(earlier)
        deviation = sqrt(sum((one - mean) ** 2 for one in earlier) / len(earlier))
        return abs(self.growths[month] - mean) > deviation


@dataclass(frozen=True, slots=True)
class Model:
    """``growth = intercept + own * last growth + sum(weights * growths) + sum(tet * moves)``.

    ``expectations`` by indicator: mean growth and how much of a deviation from it is left after a month. ``rows`` is
    how many months it was learned from.
    """

    intercept: float
    own: float
    weights: Mapping[str, float]
    tet: tuple[float, ...]
    expectations: Mapping[str, tuple[float, float]]
    rows: int

    def growth(self, facts: Facts, month: int) -> float:
        """The target's growth in ``month``, also where the months before it are not out."""
        told = self.intercept + self.own * self.own_growth(facts, month - 1)
        told += sum(weight * self.indicator_growth(facts, name, month) for name, weight in self.weights.items())
        return told + sum(weight * moved for weight, moved in zip(self.tet, facts.tet_moves(month), strict=True))

    def own_growth(self, facts: Facts, month: int) -> float:
        """The target's growth as printed, else as this model tells it."""
        known = facts.growths.get(month)
        if known is not None:
            return known
        return self.growth(facts, month) if month > facts.first + SEASON else self.intercept

    def indicator_growth(self, facts: Facts, name: str, month: int) -> float:
        """An indicator's growth as printed, else its last one fading to the mean."""
        growths = facts.indicators[name]
        if month in growths:
            return growths[month]
        mean, left = self.expectations[name]
        earlier = [at for at in growths if at < month]
        if not earlier:
            return mean
        last = max(earlier)
        return mean + left ** (month - last) * (growths[last] - mean)


def fit(facts: Facts, method: str) -> Model:
    """The model learned from every month in which all is known."""
    import numpy as np

    months = facts.rows()
    names = list(facts.indicators)
    own = np.array([facts.growths[month - 1] for month in months])
    answer = _clipped(np.array([facts.growths[month] for month in months]))
    others = np.array([[facts.indicators[name][month] for name in names] for month in months])
    others = np.column_stack([_clipped(column) for column in others.T])
    tet = np.array([facts.tet_moves(month) for month in months]).reshape(len(months), -1)
    if method == FACTOR:
        load = _loadings(others)
        weights = _ridge(np.column_stack([_clipped(own), others @ load, tet]), answer)
        of_indicators = load * weights[2]
    else:
        weights = _ridge(np.column_stack([_clipped(own), others, tet]), answer)
        of_indicators = weights[2 : 2 + len(names)]
    expectations = {name: _expectation(growths) for name, growths in facts.indicators.items()}
    return Model(
        intercept=float(weights[0]),
        own=float(weights[1]),
        weights=dict(zip(names, of_indicators.tolist(), strict=True)),
        tet=tuple(weights[len(weights) - tet.shape[1] :].tolist()),
        expectations=expectations,
        rows=len(months),
    )


def _ridge(columns: Array, answer: Array) -> Array:
    """Intercept and weights of a ridge regression on standardised columns; the penalty by GCV (Golub et al. 1979)."""
    import numpy as np

    centre, spread = columns.mean(axis=0), columns.std(axis=0)
    spread = np.where(spread > 0, spread, 1)
    left, sizes, right = np.linalg.svd((columns - centre) / spread, full_matrices=False)
    mean = float(answer.mean())
    turned = left.T @ (answer - mean)
    count = len(answer)

    def score(penalty: float) -> float:
        kept = sizes**2 / (sizes**2 + penalty * count)
        rest = float(((answer - mean - left @ (kept * turned)) ** 2).sum())
        return rest / max(count - 1 - float(kept.sum()), 1.0) ** 2

    penalty = min(PENALTIES, key=score)
    weights = right.T @ (sizes / (sizes**2 + penalty * count) * turned) / spread
    found: Array = np.concatenate([[mean - float(centre @ weights)], weights])
    return found


def _loadings(columns: Array) -> Array:
    """Weights of the first principal component of the standardised columns, on the columns as they are."""
    import numpy as np

    spread = columns.std(axis=0)
    spread = np.where(spread > 0, spread, 1)
    _, _, right = np.linalg.svd((columns - columns.mean(axis=0)) / spread, full_matrices=False)
    first: Array = right[0] / spread
    return first


def _clipped(values: Array) -> Array:
    """Values no further from their median than `CLIP` robust deviations."""
    import numpy as np

    middle = np.median(values)
    reach = CLIP * 1.4826 * np.median(np.abs(values - middle))
    found: Array = np.clip(values, middle - reach, middle + reach) if reach > 0 else values
    return found


def _expectation(growths: Growths) -> tuple[float, float]:
    """Mean growth, and the part of a deviation that is left a month later (between 0 and 1)."""
    pairs = [(growths[month - 1], growth) for month, growth in growths.items() if month - 1 in growths]
    mean = sum(growths.values()) / len(growths)
    size = sum((before - mean) ** 2 for before, _ in pairs)
    moved = sum((before - mean) * (after - mean) for before, after in pairs)
    return mean, min(max(moved / size, 0.0), 1.0) if size > 0 else 0.0


def _growths(series: Monthly, end: int) -> dict[int, float]:
    found = {}
    for month in range(series.first + SEASON, min(series.end, end)):
        now, base = series.at(month), series.at(month - SEASON)
        if now is not None and base is not None:
            found[month] = log(now / base)
    return found


@cache
def _tet_moves(month: int) -> tuple[float, ...]:
    now, before = (tet_regressors(at // SEASON, at % SEASON + 1, 1) for at in (month, month - SEASON))
    return tuple(now[name][0] - before[name][0] for name in now)
