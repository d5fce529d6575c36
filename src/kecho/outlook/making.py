"""The methods at work on one series: seasonal adjustment, and the forecast with or without Tết. Pure, no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from kecho.analytics.adjusted import Adjustment
from kecho.analytics.adjustment import seasonally_adjust
from kecho.analytics.forecast import Forecast, calendar_factors, forecast
from kecho.analytics.monthly import SEASON, Monthly
from kecho.analytics.paths import simulate_many
from kecho.analytics.reconcile import Method, Reconciled, Structure, error_correlation, reconcile
from kecho.analytics.tet import Regressors, tet_regressors
from kecho.kernel.errors import KechoError

LEAST_T = 2.0  # of a Tết coefficient: below it the series does not move with Tết
MOST_TET = 4.0  # times: a holiday moves no month further, so a larger factor is a failed estimate
MOST_TIMES = 1000.0  # times the largest month known: a path beyond that is no forecast
PLANNING_FROM = 7  # from July's figure on, the year to come is forecast too
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Made:
    """What the methods say of one series; of each pair exactly one is there, the answer or why there is none.

    ``is_tet_aware``: Tết's effect, estimated by X-13, was taken out before forecasting and put back after, because the
    backtest's error was smaller so (``plain_mase`` is the error without). ``moved_pct`` is by how much the months ahead
    moved, taken together, so that parts and totals add up; None where nothing had to, or could (``no_reconciling``).
    """

    adjustment: Adjustment | None
    no_adjustment: KechoError | None
    forecast: Forecast | None
    no_forecast: KechoError | None
    is_tet_aware: bool = False
    plain_mase: float | None = None
    moved_pct: float | None = None
    no_reconciling: KechoError | None = None


def horizon_of(months: Monthly) -> int:
    """How far to look: twelve months, from July on to the end of the next year (at most 17)."""
    month = (months.end - 1) % SEASON + 1
    return 2 * SEASON - month if month >= PLANNING_FROM else SEASON


def make(months: Monthly) -> Made:
    """Adjust and forecast a series. Whatever cannot be done is a coded reason in the answer, never raised."""
    horizon = horizon_of(months)
    year, month = divmod(months.first, SEASON)
    count = len(months.values)
    tet = _tet(year, month + 1, count + max(horizon, SEASON))
    regressors = {name: values[: count + SEASON] for name, values in tet.items()}
    adjustment, no_adjustment = _tried(lambda: seasonally_adjust(months.values, year, month + 1, regressors=regressors))
    plain, no_forecast = _tried(lambda: _sane(forecast(months.values, horizon), months))
    if plain is None or adjustment is None:
        return Made(adjustment, no_adjustment, plain, no_forecast)
    aware = _with_tet(months, horizon, adjustment, tet)
    if aware is None or aware.backtest.mase >= plain.backtest.mase:
        return Made(adjustment, None, plain, None)
    return Made(adjustment, None, aware, None, is_tet_aware=True, plain_mase=plain.backtest.mase)


def make_family(members: Mapping[str, Monthly], sums: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, Made]:
    """Each member's answer, forecasts made to add up by ``sums`` where all of them could be forecast."""
    answers = {name: make(months) for name, months in members.items()}
    forecasts = {name: answer.forecast for name, answer in answers.items() if answer.forecast is not None}
    if not sums or len(forecasts) < len(members):
        return answers
    first = next(iter(members.values())).end

    def together() -> Reconciled:
        structure = Structure(sums)
        ordered = {name: forecasts[name] for name in structure.names}
        worlds = simulate_many(ordered, first, correlation=error_correlation(ordered))
        is_positive = all(one.is_never_negative for one in ordered.values())
        return reconcile(worlds, structure, Method.SHRINK, is_non_negative=is_positive)

    found, error = _tried(together)
    if found is None:
        return {name: replace(answer, no_reconciling=error) for name, answer in answers.items()}
    return {
        name: replace(answer, forecast=found.forecasts[name], moved_pct=found.moved_pct[name])
        for name, answer in answers.items()
    }


def _tried(work: Callable[[], Result]) -> tuple[Result | None, KechoError | None]:
    try:
        return work(), None
    except KechoError as error:
        return None, error


def _tet(year: int, month: int, count: int) -> Regressors:
    """Nothing where the months leave the years of the lunar calendar."""
    try:
        return tet_regressors(year, month, count)
    except ValueError:
        return {}


def _with_tet(months: Monthly, horizon: int, adjustment: Adjustment, tet: Regressors) -> Forecast | None:
    """The forecast with Tết's effect taken out and put back; None where the series does not move with Tết."""
    found = [one for one in adjustment.coefficients if one.name in tet]
    if not adjustment.is_multiplicative or all(abs(one.t_value) < LEAST_T for one in found):
        return None
    needed = len(months.values) + horizon
    columns = {one.name: tet[one.name][:needed] for one in found}
    factors = calendar_factors({one.name: one.estimate for one in found}, columns)
    if any(not 1 / MOST_TET <= factor <= MOST_TET for factor in factors):
        return None
    return _tried(lambda: _sane(forecast(months.values, horizon, factors=factors), months))[0]


def _sane(found: Forecast, months: Monthly) -> Forecast:
    """The forecast, unless it explodes. Raises KechoError ``analytics.forecast_failed``."""
    largest = max(abs(value) for value in months.values if value is not None)
    ends = [end for pairs in found.intervals.values() for pair in pairs for end in pair]
    if any(abs(value) > MOST_TIMES * largest for value in (*found.path, *ends)):
        raise KechoError("analytics.forecast_failed")
    return found
