"""Forecasts of monthly series that say what made them, how well it did before, and how sure they are.

The path is half the median of three models (theta, complex smoothing, exponential smoothing), half their mean with
seasonal naive, weighted by how each did at earlier origins of the series. Seasonal naive also stands beside by itself.
The backtest repeats the forecast at those origins with the months known then; its errors give the error printed with
the answer and widen or narrow the intervals. A model that fails is named; nothing takes its place unsaid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor, isfinite, log10
from typing import TYPE_CHECKING

from kecho.analytics import forecast_models as models
from kecho.analytics.forecast_combination import NAIVE, combined, weights
from kecho.analytics.forecast_intervals import multipliers
from kecho.kernel.errors import KechoError

if TYPE_CHECKING:
    from kecho.analytics.forecast_models import Array, Smoothing

SEASON = models.SEASON
LEAST_MONTHS = 36  # two years to learn a season from, and one to test on
LEAST_TRAINING = 24
MOST_ORIGINS = 2  # of the backtest; each costs about half a forecast
MOST_FILLED = 0.1  # share of months that may be missing
MOST_HORIZON = 60
THETA, CES, ETS = "theta", "ces", "ets"


@dataclass(frozen=True, slots=True)
class Backtest:
    """Errors at earlier origins, over ``horizon`` months each; ``mase`` is scaled by seasonal naive's error in sample.

    ``smape_pct`` is ``mean 200 |y - f| / (|y| + |f|)``; ``naive_*`` are seasonal naive's own. The forms of exponential
    and complex smoothing are those of the whole series, everything else is fitted anew at each origin.
    """

    origins: int
    horizon: int
    mase: float
    smape_pct: float
    naive_mase: float
    naive_smape_pct: float


@dataclass(frozen=True, slots=True)
class Origin:
    """One earlier origin of the backtest: what came, what was forecast, what seasonal naive said, and MASE's scale.

    The last of its months lies ``before`` months before the end of the series.
    """

    before: int
    truth: tuple[float, ...]
    path: tuple[float, ...]
    naive: tuple[float, ...]
    scale: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """A path with intervals. ``intervals`` by nominal percent hold ``(low, high)`` a month.

    ``months`` is how many months were known and ``filled`` how many gaps between them were bridged; ``failed`` names
    models that gave no usable path. ``is_never_negative``: the series never was, so its paths are kept from 0 up.
    ``origins`` are what the backtest was counted from, the latest first.
    """

    method: str
    path: tuple[float, ...]
    naive: tuple[float, ...]
    intervals: Mapping[int, tuple[tuple[float, float], ...]]
    backtest: Backtest
    months: int
    filled: int
    failed: tuple[str, ...]
    is_never_negative: bool = False
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class _Choice:
    """Forms of exponential smoothing to average and the seasonal form of complex smoothing."""

    forms: tuple[str, ...] = models.FORMS
    season: str = models.BY_AICC


@dataclass(frozen=True, slots=True)
class _Fit:
    """Every path by name, seasonal naive's the last, and the deviation that exponential smoothing expects."""

    paths: dict[str, Array]
    deviation: Array
    failed: tuple[str, ...]
    choice: _Choice


@dataclass(frozen=True, slots=True)
class _Test:
    """What was forecast at an earlier origin, and what came; ``scale`` is MASE's."""

    fit: _Fit
    truth: Array
    scale: float
    before: int

    def errors(self) -> dict[str, float]:
        """Mean absolute error of each path over the scale."""
        return {name: float(abs(path - self.truth).mean()) / self.scale for name, path in self.fit.paths.items()}


def forecast(values: Sequence[float | None], horizon: int, *, factors: Sequence[float] | None = None) -> Forecast:
    """Forecast ``horizon`` months past the last of ``values``; None marks a missing month.

    ``factors`` are known calendar factors, such as Tết's from `calendar_factors`, of the months of ``values`` and the
    months ahead: the series is divided by them first and the answer multiplied after.

    Raises KechoError: ``analytics.short_series``, ``analytics.gaps``, ``analytics.bad_values``,
    ``analytics.constant_series``, ``analytics.bad_horizon``, ``analytics.bad_regressor``, ``analytics.no_outlook``
    (the libraries are not installed), ``analytics.forecast_failed``.
    """
    if not 1 <= horizon <= MOST_HORIZON:
        raise KechoError("analytics.bad_horizon", value=horizon, most=MOST_HORIZON)
    _need_libraries()
    import numpy as np

    whole, filled = _checked(values)
    known = np.asarray(whole, dtype=float)
    calendar = np.ones(len(known) + horizon) if factors is None else _calendar(factors, len(known) + horizon)
    scale = 10.0 ** (floor(log10(float(np.abs(known).mean()))) - 2)  # units do not change the answer
    series = known / scale / calendar[: len(known)]
    is_never_negative = bool((series >= 0).all())
    fit = _fit(series, horizon)
    tests = _tests(series, horizon, fit.choice)
    middle = combined(fit.paths, weights([test.errors() for test in tests]))
    origins, scores = _record(tests)
    back = scale * calendar[len(known) :]
    floor_at = 0.0 if is_never_negative else -np.inf
    intervals = {}
    for level, factor in multipliers(scores).items():
        half = factor * fit.deviation
        low, high = np.maximum(middle - half, floor_at) * back, (middle + half) * back
        intervals[level] = tuple(zip(low.tolist(), high.tolist(), strict=True))
    path = np.maximum(middle, floor_at) * back
    ends = [end for pairs in intervals.values() for pair in pairs for end in pair]
    if not np.isfinite([*path, *ends]).all():
        raise KechoError("analytics.forecast_failed")
    naive = fit.paths[NAIVE] * back
    return Forecast(
        method=f"median({', '.join([*fit.paths][:-1])}) + mean({', '.join(fit.paths)})",
        path=tuple(path.tolist()),
        naive=tuple(naive.tolist()),
        intervals=intervals,
        backtest=measured(origins),
        months=len(known) - filled,
        filled=filled,
        failed=fit.failed,
        is_never_negative=is_never_negative,
        origins=tuple(_in_units(origin, scale, calendar[: len(known)]) for origin in origins),
    )


def forecast_many(
    series: Mapping[str, Sequence[float | None]], horizon: int, *, jobs: int = 1
) -> dict[str, Forecast | KechoError]:
    """Each series' forecast or the coded reason why there is none, in ``jobs`` processes."""
    names, tasks = list(series), [(values, horizon) for values in series.values()]
    if jobs == 1:
        return dict(zip(names, map(_answer, tasks), strict=True))
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        answers: Iterable[Forecast | KechoError] = pool.map(_answer, tasks, chunksize=8)
        return dict(zip(names, answers, strict=True))


def calendar_factors(coefficients: Mapping[str, float], regressors: Mapping[str, Sequence[float]]) -> tuple[float, ...]:
    """Factors ``exp(sum of coefficient * regressor)`` a month, from estimates in logs such as X-13's of Tết.

    >>> calendar_factors({"tet_during": -0.1}, {"tet_during": [0.0, 0.5]})
    (1.0, 0.951229424500714)
    """
    from math import exp

    columns = [[coefficient * value for value in regressors[name]] for name, coefficient in coefficients.items()]
    return tuple(exp(sum(row)) for row in zip(*columns, strict=True))


def _answer(task: tuple[Sequence[float | None], int]) -> Forecast | KechoError:
    try:
        return forecast(*task)
    except KechoError as error:
        return error


def _need_libraries() -> None:
    try:
        import numpy  # noqa: F401  (asked for, not used here)
        import statsforecast  # noqa: F401
    except ImportError:
        raise KechoError("analytics.no_outlook") from None


def _checked(values: Sequence[float | None]) -> tuple[list[float], int]:
    """The series without gaps and how many were bridged; refuses what cannot be forecast."""
    known = [value for value in values if value is not None]
    if not all(isfinite(value) and abs(value) < 1e150 for value in known):  # squares must stay finite
        raise KechoError("analytics.bad_values")
    if len(known) < LEAST_MONTHS:
        raise KechoError("analytics.short_series", found=len(known), needed=LEAST_MONTHS)
    if min(known) == max(known):
        raise KechoError("analytics.constant_series", value=known[0])
    missing = len(values) - len(known)
    if missing > MOST_FILLED * len(values) or values[0] is None or values[-1] is None:
        raise KechoError("analytics.gaps", count=missing)
    return _bridged(values), missing


def _bridged(values: Sequence[float | None]) -> list[float]:
    """A gap is the mean of the same month a year before and after where both are known, else on the straight line."""
    known = [at for at, value in enumerate(values) if value is not None]
    found = []
    for at, value in enumerate(values):
        years = [values[one] for one in (at - SEASON, at + SEASON) if 0 <= one < len(values)]
        near = [one for one in years if one is not None]
        if value is not None:
            found.append(value)
        elif len(near) == 2:
            found.append(sum(near) / 2)
        else:
            left, right = max(one for one in known if one < at), min(one for one in known if one > at)
            low, high = values[left], values[right]
            assert low is not None and high is not None
            found.append(low + (high - low) * (at - left) / (right - left))
    return found


def _calendar(factors: Sequence[float], needed: int) -> Array:
    import numpy as np

    if len(factors) != needed or not all(isfinite(factor) and factor > 0 for factor in factors):
        raise KechoError("analytics.bad_regressor", name="factors", found=len(factors), needed=needed)
    return np.asarray(factors, dtype=float)


def _fit(series: Array, horizon: int, choice: _Choice | None = None) -> _Fit:
    """The models that give a finite path; exponential smoothing must be among them for its deviation."""
    import numpy as np

    choice = choice or _Choice()
    try:
        smooth: Smoothing = models.smoothing(series, horizon, choice.forms)
    except ArithmeticError:
        raise KechoError("analytics.forecast_failed") from None
    paths: dict[str, Array] = {}
    failed = []
    seasons = [choice.season]

    def complex_smoothing() -> Array:
        path, season = models.complex_smoothing(series, horizon, choice.season)
        seasons.append(season)
        return path

    others: dict[str, Callable[[], Array]] = {THETA: lambda: models.theta(series, horizon), CES: complex_smoothing}
    for name, model in others.items():
        try:
            path = np.asarray(model(), dtype=float)
        except (ArithmeticError, ValueError, IndexError, NotImplementedError):
            path = np.full(horizon, np.nan)
        if np.isfinite(path).all():
            paths[name] = path
        else:
            failed.append(name)
    paths |= {ETS: smooth.path, NAIVE: models.seasonal_naive(series, horizon)}
    kept = tuple(form for form, weight in smooth.weights.items() if weight >= models.LEAST_WEIGHT)
    return _Fit(paths, smooth.deviation, tuple(failed), _Choice(kept, seasons[-1]))


def _tests(series: Array, horizon: int, choice: _Choice) -> list[_Test]:
    """Forecasts at up to `MOST_ORIGINS` earlier origins, the latest first."""
    import numpy as np

    ahead = min(horizon, len(series) - LEAST_TRAINING)
    starts = [len(series) - ahead * step for step in range(1, MOST_ORIGINS + 1)]
    found = []
    for start in (start for start in starts if start >= LEAST_TRAINING):
        past, truth = series[:start], series[start : start + ahead]
        base = float(np.abs(past[SEASON:] - past[:-SEASON]).mean()) or float(np.abs(series).mean())
        try:
            fit = _fit(past, ahead, choice)
        except KechoError:
            fit = _fit(past, ahead)
        found.append(_Test(fit, truth, base, len(series) - start - ahead))
    return found


def _record(tests: Sequence[_Test]) -> tuple[list[Origin], list[list[float]]]:
    """Each origin, its path weighted by what the other ones say, and its errors over the deviation expected there."""
    import numpy as np

    told, scores = [], []
    for test in tests:
        path = combined(test.fit.paths, weights([other.errors() for other in tests if other is not test]))
        truth, naive = (tuple(one.tolist()) for one in (test.truth, test.fit.paths[NAIVE]))
        told.append(Origin(test.before, truth, tuple(path.tolist()), naive, test.scale))
        least = np.maximum(test.fit.deviation, 1e-6 * test.scale)
        scores.append((np.abs(test.truth - path) / least).tolist())
    return told, scores


def measured(origins: Sequence[Origin]) -> Backtest:
    """The errors of the forecasts at earlier origins, and seasonal naive's own."""
    rows = [
        [measure for path in (one.path, one.naive) for measure in (_mase(path, one), _smape(path, one))]
        for one in origins
    ]
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    return Backtest(len(origins), len(origins[0].truth), *means)


def _in_units(origin: Origin, scale: float, calendar: Array) -> Origin:
    """The origin in the units of the series, its calendar factors put back."""
    end = len(calendar) - origin.before
    factors = calendar[end - len(origin.truth) : end] * scale
    truth, path, naive = (tuple((factors * part).tolist()) for part in (origin.truth, origin.path, origin.naive))
    return Origin(origin.before, truth, path, naive, origin.scale * scale)


def _mase(path: Sequence[float], origin: Origin) -> float:
    return sum(abs(one - true) for one, true in zip(path, origin.truth, strict=True)) / len(path) / origin.scale


def _smape(path: Sequence[float], origin: Origin) -> float:
    pairs = zip(path, origin.truth, strict=True)
    return sum(200 * abs(one - true) / ((abs(one) + abs(true)) or 1) for one, true in pairs) / len(path)
