"""The current month of a slow indicator, told from faster ones before its own figure comes out.

All series are read as growth on the same month a year before (difference of logs). Growth of the target is a linear
function of its own growth a month earlier, of the growth of the faster indicators in the month itself, and of how far
Tết moved against the year before. Two ways to find the weights stand beside each other: a `bridge`, one ridge
regression on all indicators (Hoerl & Kennard 1970, its penalty by generalised cross-validation), and a `factor`, one
regression on their first principal component (as in Giannone, Reichlin & Small 2008, without the filter). What is not
out yet enters with its expectation: an indicator's from its own last growth, fading to its mean; the target's from this
same function.

The rolling backtest repeats all of this at earlier months with as much known as now, and takes at each month the way
that had erred less before it, so its error is one that a user would have had. Seasonal naive (the month a year before)
and steady growth (the last growth again) stand beside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, exp, isfinite, log
from typing import TYPE_CHECKING

from kecho.analytics.monthly import SEASON, Monthly, month_code
from kecho.analytics.nowcast_models import METHODS, TET, Facts, Model, fit
from kecho.kernel.errors import KechoError

if TYPE_CHECKING:
    from collections.abc import Callable

ORIGINS = 36
LEAST_ORIGINS = 12
LEAST_ROWS = 36  # months to learn the weights from
MOST_AHEAD = 3  # months between the target's last figure and the month asked for
MOST_GROWTH = log(100)
HUNDRED = 100.0
INTERCEPT, OWN = "mean", "own"


@dataclass(frozen=True, slots=True)
class Errors:
    """Mean absolute percentage errors over ``origins`` months: of the nowcast, seasonal naive and steady growth."""

    origins: int
    mape_pct: float
    naive_mape_pct: float
    steady_mape_pct: float


@dataclass(frozen=True, slots=True)
class Driver:
    """One term: its growth, its weight and the points of growth it gives (in 100 logs, so that terms add up).

    ``is_expected``: not out yet, so its expectation stands in. Tết's three windows count as one, without a growth.
    """

    name: str
    growth_pct: float | None
    weight: float | None
    points: float
    is_expected: bool


@dataclass(frozen=True, slots=True)
class Nowcast:
    """The month's value, with what made it and how such answers erred before.

    ``drivers`` add up to ``100 log(value / a year before)``. ``steady`` and ``turning`` are the errors in months whose
    growth lay within, and beyond, a standard deviation of the year before them (None: no such month): skill in calm
    months says little about turning points. ``left_out`` tells which indicators could not be used, and why.
    """

    month: str
    value: float
    growth_pct: float
    naive: float
    intervals: Mapping[int, tuple[float, float]]
    method: str
    backtest: Errors
    steady: Errors | None
    turning: Errors | None
    months: int
    drivers: tuple[Driver, ...]
    left_out: Mapping[str, KechoError]


@dataclass(frozen=True, slots=True)
class _Test:
    month: int
    error: float  # in logs, truth less nowcast
    truth: float
    told: float
    naive: float
    steady: float
    is_turning: bool


def nowcast(target: Monthly, indicators: Mapping[str, Monthly], month: int, *, has_tet: bool = True) -> Nowcast:
    """The target in ``month``, up to three months past its last figure.

    Raises KechoError ``analytics.already_known``, ``analytics.nowcast_too_far``, ``analytics.short_series`` (not enough
    data), ``analytics.not_positive``, ``analytics.bad_values``, ``analytics.no_indicator``,
    ``analytics.constant_series``.
    """
    _need_numpy()
    facts, left_out = _facts(target, indicators, month, has_tet=has_tet)
    tests, errors = _backtest(facts, month)
    method = min(METHODS, key=lambda name: _mean(errors[name]))
    model = fit(facts, method)
    growth = model.growth(facts, month)
    base = facts.level(month - SEASON)
    value = _grown(base, growth)
    spread = sorted(abs(test.error) for test in tests)
    intervals = {}
    for level in (80, 95):
        half = spread[min(ceil((len(spread) + 1) * level / 100), len(spread)) - 1]
        intervals[level] = (value * exp(-half), value * exp(half))
    return Nowcast(
        month=month_code(month),
        value=value,
        growth_pct=(value / base - 1) * HUNDRED,
        naive=base,
        intervals=intervals,
        method=method,
        backtest=_errors(tests),
        steady=_some([test for test in tests if not test.is_turning]),
        turning=_some([test for test in tests if test.is_turning]),
        months=model.rows,
        drivers=_drivers(model, facts, month),
        left_out=left_out,
    )


@dataclass(frozen=True, slots=True)
class News:
    """What one series' new figures did to the nowcast. ``moved`` is in the target's unit, and all rows add up.

    ``expected_pct`` and ``actual_pct`` are the month's growth before and after; None for the row of the model, whose
    weights were learned anew. ``is_release``: a further month came out; else earlier figures were revised.
    """

    series: str
    moved: float
    expected_pct: float | None
    actual_pct: float | None
    is_release: bool


MODEL = "model"


def news(
    before: tuple[Monthly, Mapping[str, Monthly]],
    after: tuple[Monthly, Mapping[str, Monthly]],
    month: int,
    *,
    order: Sequence[str] = (),
    has_tet: bool = True,
) -> tuple[float, float, tuple[News, ...]]:
    """The nowcast before, the one after, and what each series' new figures moved, adding up to the difference.

    The series' figures enter one by one, the indicators in ``order`` (else as given) and the target (`OWN`) last, with
    the weights as they were before; the last row is what new weights moved. An indicator that only one side has counts
    with the model. Raises what `nowcast` raises.
    """
    _need_numpy()
    shared = [name for name in before[1] if name in after[1]]
    old, _ = _facts(before[0], before[1], month, has_tet=has_tet)
    method = _method(old, month)
    model = fit(old, method)
    names = [name for name in dict.fromkeys([*order, *shared]) if name in old.indicators and name in after[1]]
    steps: list[tuple[str, Facts]] = []
    now = old
    for name in names:
        now = now.with_indicator(name, after[1][name])
        steps.append((name, now))
    now = now.with_target(after[0])
    steps.append((OWN, now))
    value = start = _level(model, old, month)
    rows = []
    earlier = old
    for name, facts in steps:
        told = _level(model, facts, month)
        if facts.differs(earlier):
            rows.append(_row(name, told - value, model, (earlier, facts), month))
        value, earlier = told, facts
    latest, _ = _facts(after[0], after[1], month, has_tet=has_tet)
    final = _level(fit(latest, _method(latest, month)), latest, month)
    rows.append(News(MODEL, final - value, None, None, is_release=False))
    return start, final, tuple(rows)


def _row(name: str, moved: float, model: Model, sides: tuple[Facts, Facts], month: int) -> News:
    growths = [
        model.own_growth(one, month - 1) if name == OWN else model.indicator_growth(one, name, month) for one in sides
    ]
    before, after = (one.last(None if name == OWN else name) for one in sides)
    expected, actual = ((exp(growth) - 1) * HUNDRED for growth in growths)
    return News(name, moved, expected, actual, is_release=after > before)


def _level(model: Model, facts: Facts, month: int) -> float:
    return _grown(facts.level(month - SEASON), model.growth(facts, month))


def _facts(
    target: Monthly, indicators: Mapping[str, Monthly], month: int, *, has_tet: bool
) -> tuple[Facts, dict[str, KechoError]]:
    """The target and the indicators that can be used; KechoError where there is too little."""
    _check("", target)
    if target.at(month) is not None:
        raise KechoError("analytics.already_known", month=month_code(month))
    left_out, used = {}, {}
    for name, one in indicators.items():
        try:
            _check(name, one)
            used[name] = one
        except KechoError as error:
            left_out[name] = error
    if not used:
        raise KechoError("analytics.no_indicator", count=len(indicators))
    facts = Facts.of(target, used, month, has_tet=has_tet)
    if facts.growth_end <= month - MOST_AHEAD or target.at(month - SEASON) is None:
        raise KechoError("analytics.nowcast_too_far", month=month_code(month), most=MOST_AHEAD)
    needed = LEAST_ROWS + LEAST_ORIGINS
    if (rows := len(facts.rows())) < needed:
        raise KechoError("analytics.short_series", found=rows, needed=needed)
    return facts, left_out


def _check(name: str, series: Monthly) -> None:
    known = [value for value in series.values if value is not None]
    if not all(isfinite(value) and value < 1e150 for value in known):
        raise KechoError("analytics.bad_values")
    if len(known) < LEAST_ROWS + SEASON:
        raise KechoError("analytics.short_series", found=len(known), needed=LEAST_ROWS + SEASON)
    if min(known) <= 0:
        raise KechoError("analytics.not_positive", name=name or OWN, value=min(known))
    if min(known) == max(known):
        raise KechoError("analytics.constant_series", value=known[0])


def _backtest(facts: Facts, month: int) -> tuple[list[_Test], dict[str, list[float]]]:
    """Earlier months told with as much as is known now, by the way that had erred less before each."""
    months = [at for at in facts.rows() if at - facts.behind(month) >= facts.first_row + LEAST_ROWS][-ORIGINS:]
    errors: dict[str, list[float]] = {name: [] for name in METHODS}
    tests = []
    for at in months:
        past = facts.as_of(at, month)
        if len(past.rows()) < LEAST_ROWS:
            continue
        truth, base = facts.level(at), facts.level(at - SEASON)
        growths = {name: fit(past, name).growth(past, at) for name in METHODS}
        chosen = min(METHODS, key=lambda name: _mean(errors[name]))
        steady = past.growths[past.growth_end - 1]
        tests.append(
            _Test(
                month=at,
                error=log(truth / base) - growths[chosen],
                truth=truth,
                told=_grown(base, growths[chosen]),
                naive=base,
                steady=_grown(base, steady),
                is_turning=facts.is_turning(at),
            )
        )
        for name, growth in growths.items():
            errors[name].append(abs(log(truth / base) - growth))
    if len(tests) < LEAST_ORIGINS:
        raise KechoError("analytics.short_series", found=len(facts.rows()), needed=LEAST_ROWS + LEAST_ORIGINS)
    return tests, errors


def _method(facts: Facts, month: int) -> str:
    _, errors = _backtest(facts, month)
    return min(METHODS, key=lambda name: _mean(errors[name]))


def _errors(tests: Sequence[_Test]) -> Errors:
    def mape(told: Callable[[_Test], float]) -> float:
        return _mean([abs(told(test) / test.truth - 1) for test in tests]) * HUNDRED

    return Errors(len(tests), mape(lambda one: one.told), mape(lambda one: one.naive), mape(lambda one: one.steady))


def _some(tests: Sequence[_Test]) -> Errors | None:
    return _errors(tests) if tests else None


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _drivers(model: Model, facts: Facts, month: int) -> tuple[Driver, ...]:
    """Every term's points; they add up to the growth in 100 logs."""
    own = model.own_growth(facts, month - 1)
    found = [
        Driver(INTERCEPT, None, None, model.intercept * HUNDRED, is_expected=False),
        Driver(OWN, _pct(own), model.own, model.own * own * HUNDRED, month - 1 not in facts.growths),
    ]
    for name, weight in model.weights.items():
        growth = model.indicator_growth(facts, name, month)
        is_expected = month not in facts.indicators[name]
        found.append(Driver(name, _pct(growth), weight, weight * growth * HUNDRED, is_expected))
    tet = sum(weight * moved for weight, moved in zip(model.tet, facts.tet_moves(month), strict=True))
    return (*found, Driver(TET, None, None, tet * HUNDRED, is_expected=False)) if model.tet else tuple(found)


def _pct(growth: float) -> float:
    return (exp(growth) - 1) * HUNDRED


def _grown(base: float, growth: float) -> float:
    """``base`` grown by so many logs; a growth beyond a hundredfold is no answer."""
    if not isfinite(growth) or abs(growth) > MOST_GROWTH:
        raise KechoError("analytics.forecast_failed")
    return base * exp(growth)


def _need_numpy() -> None:
    try:
        import numpy  # noqa: F401  (asked for, not used here)
    except ImportError:
        raise KechoError("analytics.no_outlook") from None
