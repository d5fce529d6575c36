"""Simulated futures of a monthly series, and the years that they make.

Each month's spread is the forecast's recalibrated interval: the quantiles of the paths at 80 and 95 % are its ends.
Months hang together as forecast errors do. On hold-outs inside M3's training parts (1,108 series, 18 months ahead) the
errors of months a lag apart correlated 0.77 at lag 1, 0.60 at 6, 0.52 at 12; intervals made from independent months
held 44 % of the sums of twelve months at 80 and 60 % at 95. With `SHARED` and `DECAY` they held 82 and 95 %.

A year is made from its months, known and simulated, so months and years agree in every path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite, log
from typing import TYPE_CHECKING

from kecho.analytics.forecast import Forecast
from kecho.analytics.monthly import SEASON, Monthly, month_code
from kecho.kernel.errors import KechoError

if TYPE_CHECKING:
    from kecho.analytics.forecast_models import Array

SHARED, DECAY = 0.5, 0.8  # correlation of two months: SHARED + (1 - SHARED) * DECAY ** lag
COUNT = 4000
MOST_PATHS = 100_000
SEED = 20260101
NORMAL = {80: 1.2815515655446004, 95: 1.959963984540054}
LEAST_SPREAD = 1e-12
POWERS = 0.3, 3.0  # of the transform that meets both intervals; a broken pair of intervals does not explode


class Annual(StrEnum):
    """How months make a year."""

    SUM = "sum"  # flows: turnover, output
    MEAN = "mean"  # indices: production, prices on average
    END = "end"  # stocks, and December against December


@dataclass(frozen=True, slots=True)
class Paths:
    """``values[path, month]``: simulated months from month ``first`` on (numbered as in `monthly`).

    ``middle`` is the path of the forecast; ``given`` names the months that were set by hand in a what-if.
    """

    first: int
    values: Array
    middle: tuple[float, ...]
    forecast: Forecast
    seed: int
    given: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many paths."""
        return len(self.values)

    @property
    def end(self) -> int:
        """The month after the last."""
        return self.first + int(self.values.shape[1])

    def quantile(self, share: float) -> tuple[float, ...]:
        """Of each month: the value that ``share`` of the paths lie below."""
        import numpy as np

        found: list[float] = np.quantile(self.values, share, axis=0).tolist()
        return tuple(found)


def simulate(forecast: Forecast, first: int, *, count: int = COUNT, seed: int = SEED) -> Paths:
    """``count`` futures (an even number up to 100,000) of the forecast whose first month is ``first``.

    Every path has its mirror image, so the median is the forecast itself. The same seed gives the same paths. Raises
    KechoError ``analytics.bad_paths``.
    """
    return simulate_many({"": forecast}, first, count=count, seed=seed)[""]


def simulate_many(
    forecasts: Mapping[str, Forecast],
    first: int,
    *,
    correlation: Sequence[Sequence[float]] | None = None,
    count: int = COUNT,
    seed: int = SEED,
) -> dict[str, Paths]:
    """Futures of several series drawn together: path ``n`` of each belongs to one world.

    ``correlation`` between the series' errors, in the order of ``forecasts`` (see `reconcile.error_correlation`);
    without it they are independent. All forecasts reach equally far. Raises KechoError ``analytics.bad_paths`` and
    ``analytics.bad_correlation``.
    """
    import numpy as np

    horizons = {len(one.path) for one in forecasts.values()}
    if len(horizons) != 1 or not 2 <= count <= MOST_PATHS or count % 2:
        raise KechoError("analytics.bad_paths", count=count, most=MOST_PATHS)
    (horizon,) = horizons
    lags = np.abs(np.subtract.outer(np.arange(horizon), np.arange(horizon)))
    over_months = np.linalg.cholesky(SHARED + (1 - SHARED) * DECAY**lags)
    between = _root(correlation, len(forecasts))
    half = np.random.default_rng(seed).standard_normal((count // 2, len(forecasts), horizon))
    half = np.einsum("ij,pjh,kh->pik", between, half, over_months)
    draws = np.concatenate([half, -half])
    return {
        name: Paths(first, _months(one, draws[:, at]), one.path, one, seed)
        for at, (name, one) in enumerate(forecasts.items())
    }


def _months(forecast: Forecast, normal: Array) -> Array:
    """Standard normal draws made into months: odd powers that meet the half widths at 80 and 95 %."""
    import numpy as np

    middle = np.array(forecast.path)
    scale = max(float(np.abs(middle).max()), LEAST_SPREAD)
    half = {
        level: np.maximum([high - at for at, (_, high) in zip(middle, pairs, strict=True)], LEAST_SPREAD * scale)
        for level, pairs in forecast.intervals.items()
    }
    power = np.clip(np.log(half[95] / half[80]) / log(NORMAL[95] / NORMAL[80]), *POWERS)
    found = middle + np.sign(normal) * half[80] * (np.abs(normal) / NORMAL[80]) ** power
    kept: Array = np.maximum(found, 0.0) if forecast.is_never_negative else found
    return kept


def _root(correlation: Sequence[Sequence[float]] | None, count: int) -> Array:
    """A matrix whose product with its transpose is the correlation; the eigenvalue root, so it may be singular."""
    import numpy as np

    if correlation is None:
        return np.eye(count)
    matrix = np.array(correlation, dtype=float)
    is_square = matrix.shape == (count, count) and bool(np.isfinite(matrix).all())
    if not is_square or not np.allclose(matrix, matrix.T) or not np.allclose(np.diag(matrix), 1):
        raise KechoError("analytics.bad_correlation", count=count)
    values, vectors = np.linalg.eigh(matrix)
    if values.min() < -1e-8:
        raise KechoError("analytics.bad_correlation", count=count)
    root: Array = vectors * np.sqrt(np.maximum(values, 0))
    return root


def year_outcomes(history: Monthly, paths: Paths | None, year: int, how: Annual) -> Array:
    """The year's result in each path, from its known months and, where ``history`` ends, the simulated ones.

    Shape ``(paths,)``; a year that is wholly known gives the same value in each (one value without ``paths``). Raises
    KechoError ``analytics.months_missing`` for unknown months before the end of ``history`` and
    ``analytics.paths_too_short`` where the paths end before the year.
    """
    import numpy as np

    first, end = year * SEASON, (year + 1) * SEASON
    needed = range(end - 1, end) if how is Annual.END else range(first, end)
    known = history.known(needed.start, max(min(end, history.end), needed.start))
    count = paths.count if paths else 1
    months = np.tile(np.array(known, dtype=float), (count, 1))
    if len(known) < len(needed):
        start = needed.start + len(known)
        if paths is None or paths.first > start or paths.end < end:
            last = month_code((paths.end if paths else history.end) - 1)
            raise KechoError("analytics.paths_too_short", year=year, last=last)
        months = np.hstack([months, paths.values[:, start - paths.first : end - paths.first]])
    result: Array = months.sum(axis=1) if how is Annual.SUM else months.mean(axis=1)
    return result


def with_months(paths: Paths, months: Mapping[int, float]) -> Paths:
    """A what-if: the months named (by number) are set, the others stay as they were simulated.

    What a set month would mean for the months after it is not concluded: the user states what happens, no more. Raises
    KechoError ``analytics.month_not_ahead`` and ``analytics.bad_values``.
    """
    values: Array = paths.values.copy()
    middle = list(paths.middle)
    for month, value in months.items():
        if not paths.first <= month < paths.end:
            last = month_code(paths.end - 1)
            raise KechoError(
                "analytics.month_not_ahead", month=month_code(month), first=month_code(paths.first), last=last
            )
        if not isfinite(value):
            raise KechoError("analytics.bad_values")
        values[:, month - paths.first] = value
        middle[month - paths.first] = value
    given = tuple(sorted({*paths.given, *map(month_code, months)}))
    return Paths(paths.first, values, tuple(middle), paths.forecast, paths.seed, given)


def with_growth(history: Monthly, paths: Paths, growth_pct: Mapping[int, float]) -> Paths:
    """A what-if: each month named (by number) grows by so many percent on the same month a year before.

    Raises KechoError ``analytics.months_missing`` where the month a year before is not known.
    """
    months: dict[int, float] = {}
    for month, growth in sorted(growth_pct.items()):
        earlier = month - SEASON
        base = months[earlier] if earlier in months else history.known(earlier, earlier + 1)[0]
        months[month] = base * (1 + growth / 100)
    return with_months(paths, months)
