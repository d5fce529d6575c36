"""Forecasts: they name their method and its record, keep their laws, and refuse with a code."""

from __future__ import annotations

import math
import random
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kecho.analytics import forecast_models
from kecho.analytics.forecast import Forecast, calendar_factors, forecast, forecast_many
from kecho.analytics.forecast_intervals import PRIOR, multipliers
from kecho.kernel.errors import KechoError

RANDOM = random.Random(1)
SEASONAL = [100 + at / 2 + 30 * math.sin(at * math.pi / 6) + RANDOM.gauss(0, 3) for at in range(84)]


def ends_hold(found: Forecast) -> None:
    """Finite everywhere, low to high, the path inside, 95 % around 80 %."""
    for at, middle in enumerate(found.path):
        (low, high), (lower, higher) = found.intervals[80][at], found.intervals[95][at]
        assert all(map(math.isfinite, (middle, low, high, lower, higher, found.naive[at])))
        assert lower <= low <= middle <= high <= higher
    assert math.isfinite(found.backtest.mase)
    assert math.isfinite(found.backtest.smape_pct)


def test_an_answer_names_its_method_its_record_and_its_data() -> None:
    found = forecast(SEASONAL, 12)
    ends_hold(found)
    assert found.method == "median(theta, ces, ets) + mean(theta, ces, ets, naive)"
    assert (found.months, found.filled, found.failed) == (84, 0, ())
    assert (found.backtest.origins, found.backtest.horizon) == (2, 12)
    assert found.backtest.mase < found.backtest.naive_mase
    assert found.naive == pytest.approx(SEASONAL[-12:])
    assert found.path[3 - 84 % 12] > found.path[9 - 84 % 12]


def test_units_do_not_change_the_answer() -> None:
    whole, thousands = forecast(SEASONAL, 6), forecast([value / 1000 for value in SEASONAL], 6)
    assert [value / 1000 for value in whole.path] == pytest.approx(thousands.path, rel=1e-9)


def test_a_gap_is_bridged_and_counted() -> None:
    gappy = [None if at in (20, 41) else value for at, value in enumerate(SEASONAL)]
    found = forecast(gappy, 6)
    ends_hold(found)
    assert (found.months, found.filled) == (82, 2)
    assert found.path == pytest.approx(forecast(SEASONAL, 6).path, rel=0.05)


@pytest.mark.parametrize(
    ("why", "values"),
    [
        ("negative", [-value for value in SEASONAL]),
        ("around zero", [value - 110 for value in SEASONAL]),
        ("single spike", [0.0] * 50 + [1000.0] + [0.0] * 20),
        ("spike at the end", [0.0] * 59 + [1000.0]),
        ("mostly zero", [0.0 if at % 3 else value for at, value in enumerate(SEASONAL)]),
        ("exploding", [1.5**at for at in range(72)]),
        ("huge", [value * 1e120 for value in SEASONAL]),
        ("tiny", [value * 1e-120 for value in SEASONAL]),
        ("a straight line", [float(at) for at in range(60)]),
        ("a pure season", [float(at % 12) for at in range(60)]),
        ("a step", [1.0] * 40 + [1000.0] * 20),
        ("just enough", SEASONAL[:36]),
    ],
)
def test_odd_series_have_an_answer_or_a_coded_refusal(why: str, values: list[float]) -> None:
    try:
        found = forecast(values, 18)
    except KechoError as refused:
        assert refused.code == "analytics.forecast_failed", why
    else:
        ends_hold(found)
        if min(values) >= 0:
            assert min(low for low, _ in found.intervals[95]) >= 0


@pytest.mark.parametrize(
    ("code", "values", "horizon"),
    [
        ("analytics.short_series", SEASONAL[:35], 12),
        ("analytics.short_series", [], 12),
        ("analytics.constant_series", [5.0] * 60, 12),
        ("analytics.constant_series", [0.0] * 60, 12),
        ("analytics.bad_values", [*SEASONAL, math.nan], 12),
        ("analytics.bad_values", [*SEASONAL, math.inf], 12),
        ("analytics.bad_values", [*SEASONAL, 1e200], 12),
        ("analytics.gaps", [*SEASONAL, None], 12),
        ("analytics.gaps", [None if at % 5 == 2 else value for at, value in enumerate(SEASONAL)], 12),
        ("analytics.bad_horizon", SEASONAL, 0),
        ("analytics.bad_horizon", SEASONAL, 61),
    ],
)
def test_what_cannot_be_forecast_is_refused(code: str, values: list[float | None], horizon: int) -> None:
    with pytest.raises(KechoError) as refused:
        forecast(values, horizon)
    assert refused.value.code == code


def test_known_calendar_factors_go_out_and_come_back() -> None:
    factors = calendar_factors({"tet": 0.2}, {"tet": [math.cos(at) for at in range(96)]})
    moved = [value * factor for value, factor in zip(SEASONAL, factors, strict=False)]
    plain, found = forecast(SEASONAL, 12), forecast(moved, 12, factors=factors)
    expected = [value * factor for value, factor in zip(plain.path, factors[84:], strict=True)]
    assert found.path == pytest.approx(expected, rel=0.02)
    with pytest.raises(KechoError) as refused:
        forecast(SEASONAL, 12, factors=factors[:90])
    assert refused.value.code == "analytics.bad_regressor"


def test_a_model_that_fails_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(values: object, horizon: int) -> object:
        raise ValueError("no")

    monkeypatch.setattr(forecast_models, "theta", broken)
    found = forecast(SEASONAL, 6)
    assert found.method == "median(ces, ets) + mean(ces, ets, naive)"
    assert found.failed == ("theta",)


def test_without_the_libraries_the_refusal_is_coded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "statsforecast", None)
    with pytest.raises(KechoError) as refused:
        forecast(SEASONAL, 6)
    assert refused.value.code == "analytics.no_outlook"


def test_many_series_keep_their_names_and_their_refusals() -> None:
    found = forecast_many({"a": SEASONAL, "b": [1.0] * 60}, 6)
    assert isinstance(found["a"], Forecast)
    assert isinstance(found["b"], KechoError)
    assert found["b"].code == "analytics.constant_series"


@pytest.mark.slow
def test_two_processes_give_the_same_answers() -> None:
    several = {"a": SEASONAL, "b": [1.0] * 60, "c": SEASONAL[:60]}
    one, two = forecast_many(several, 6), forecast_many(several, 6, jobs=2)
    assert one["a"] == two["a"]
    assert one["c"] == two["c"]
    assert isinstance(two["b"], KechoError)
    assert two["b"].params == {"value": 1.0}


@given(st.lists(st.lists(st.floats(0, 50), min_size=1, max_size=18), max_size=3))
def test_worse_backtests_never_narrow_an_interval(scores: list[list[float]]) -> None:
    found, worse = multipliers(scores), multipliers([[2 * score + 1 for score in origin] for origin in scores])
    assert all(worse[level] >= found[level] > 0 for level in PRIOR)


@settings(deadline=None, max_examples=8)
@given(st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=37, max_size=60))
def test_any_finite_series_has_an_answer_or_a_coded_refusal(values: list[float]) -> None:
    try:
        ends_hold(forecast(values, 12))
    except KechoError as refused:
        assert refused.code in ("analytics.constant_series", "analytics.forecast_failed")
