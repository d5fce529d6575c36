"""Paths and the chance of a target: they agree with the forecast, add up, repeat, and refuse with a code."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.analytics.forecast import Backtest, Forecast, forecast
from kecho.analytics.monthly import Monthly, month_code, month_number
from kecho.analytics.paths import (
    Annual,
    Paths,
    simulate,
    simulate_many,
    with_growth,
    with_months,
    year_outcomes,
)
from kecho.analytics.target_chance import Band, Measure, scenarios, target_chance
from kecho.kernel.errors import KechoError

RANDOM = random.Random(2)
VALUES = [100 + at / 2 + 30 * math.sin(at * math.pi / 6) + RANDOM.gauss(0, 3) for at in range(100)]
HISTORY = Monthly.of(2017, 1, VALUES)  # to April 2025
FIRST = month_number(2025, 5)


def told(horizon: int = 12, middle: float = 10.0, half: float = 2.0, *, is_never_negative: bool = True) -> Forecast:
    """A forecast of equal months with equal intervals."""
    ends = {80: (middle - half, middle + half), 95: (middle - 1.6 * half, middle + 1.6 * half)}
    return Forecast(
        method="median(theta, ces, ets)",
        path=(middle,) * horizon,
        naive=(middle,) * horizon,
        intervals={level: (pair,) * horizon for level, pair in ends.items()},
        backtest=Backtest(2, 12, 0.5, 5.0, 1.0, 10.0),
        months=100,
        filled=0,
        failed=(),
        is_never_negative=is_never_negative,
    )


@pytest.fixture(scope="module")
def paths() -> Paths:
    return simulate(forecast(VALUES, 20), FIRST)


def test_quantiles_of_the_paths_are_the_ends_of_the_intervals() -> None:
    found = simulate(told(), FIRST, count=20_000)
    for share, end in ((0.1, 8.0), (0.5, 10.0), (0.9, 12.0), (0.025, 6.8), (0.975, 13.2)):
        assert found.quantile(share) == pytest.approx([end] * 12, rel=0.02)


def test_the_median_path_is_the_forecast(paths: Paths) -> None:
    assert paths.quantile(0.5) == pytest.approx(paths.middle, rel=1e-9)
    assert (paths.count, paths.end) == (4000, month_number(2027, 1))


def test_the_same_seed_gives_the_same_paths_and_another_seed_others() -> None:
    one, two, other = (simulate(told(), FIRST, seed=seed).values for seed in (1, 1, 2))
    assert (one == two).all()
    assert not (one == other).all()


def test_a_year_is_wider_than_independent_months_and_narrower_than_months_in_step() -> None:
    spread = float(simulate(told(), FIRST).values.sum(axis=1).std())
    month = float(simulate(told(), FIRST).values[:, 0].std())
    assert math.sqrt(12) * month * 1.5 < spread < 12 * month


def test_series_drawn_together_follow_their_correlation() -> None:
    found = simulate_many({"a": told(), "b": told()}, FIRST, correlation=[[1, -0.8], [-0.8, 1]])
    sums = [found[name].values.sum(axis=1) for name in "ab"]
    assert np.corrcoef(*sums)[0, 1] == pytest.approx(-0.8, abs=0.05)


def test_months_and_years_agree_in_every_path(paths: Paths) -> None:
    known = sum(VALUES[96:])
    total = year_outcomes(HISTORY, paths, 2025, Annual.SUM)
    assert total == pytest.approx(known + paths.values[:, :8].sum(axis=1))
    assert year_outcomes(HISTORY, paths, 2025, Annual.MEAN) * 12 == pytest.approx(total)
    assert year_outcomes(HISTORY, paths, 2026, Annual.END) == pytest.approx(paths.values[:, 19])
    assert year_outcomes(HISTORY, None, 2024, Annual.SUM).tolist() == pytest.approx([sum(VALUES[84:96])])


@given(st.floats(-50, 250), st.floats(0, 100), st.booleans())
def test_the_three_chances_are_the_whole(low: float, width: float, is_strict: bool) -> None:
    history = Monthly.of(2024, 1, [10.0] * 12)
    found = simulate(told(), month_number(2025, 1), count=200)
    chance = target_chance(history, found, 2025, Band(low, low + width + 0.1, is_strict))
    assert chance.below + chance.inside + chance.above == pytest.approx(1, abs=1e-12)
    assert min(chance.below, chance.inside, chance.above) >= 0


def test_a_chance_names_what_stands_behind_it(paths: Paths) -> None:
    chance = target_chance(HISTORY, paths, 2025, Band(low=2.0), measure=Measure.GROWTH)
    assert chance.above == 0
    assert 0 < chance.inside < 1
    assert chance.method == f"{paths.forecast.method}, 4000 paths"
    assert (chance.months, chance.months_known, chance.months_simulated) == (100, 4, 8)
    assert chance.backtest == paths.forecast.backtest
    low, high = chance.intervals[80]
    assert chance.intervals[95][0] < low < chance.median < high


def test_more_known_months_leave_less_to_chance() -> None:
    flat = [10.0] * 36
    spreads = []
    for known in (0, 4, 8, 11):
        history = Monthly.of(2022, 1, flat[: 24 + known])
        chance = target_chance(history, simulate(told(), history.end), 2024, Band(low=118.0))
        spreads.append(chance.intervals[80][1] - chance.intervals[80][0])
    assert spreads == sorted(spreads, reverse=True)


def test_a_target_in_the_past_is_certain() -> None:
    chance = target_chance(HISTORY, None, 2024, Band(low=1.0))
    assert (chance.below, chance.inside, chance.above) == (0, 1, 0)
    assert (chance.method, chance.months_simulated) == ("known", 0)


def test_average_end_and_share_targets() -> None:
    history = Monthly.of(2024, 1, [10.0] * 12)
    found = simulate_many({"part": told(), "whole": told(middle=40.0, half=1.0)}, month_number(2025, 1))
    mean = target_chance(history, found["part"], 2025, Band(high=10.5, is_strict=True), how=Annual.MEAN)
    end = target_chance(history, found["part"], 2025, Band(high=10.5, is_strict=True), how=Annual.END)
    assert mean.median == pytest.approx(10, rel=0.01)
    assert mean.inside > end.inside  # one month is less sure than a year
    whole = (Monthly.of(2024, 1, [40.0] * 12), found["whole"])
    share = target_chance(history, found["part"], 2025, Band(20, 30), measure=Measure.SHARE, whole=whole)
    assert share.median == pytest.approx(25, rel=0.02)


def test_what_if_sets_months_and_leaves_the_others(paths: Paths) -> None:
    june = month_number(2025, 6)
    changed = with_months(paths, {june: 500.0})
    assert (changed.values[:, 1] == 500).all()
    assert (changed.values[:, 2:] == paths.values[:, 2:]).all()
    assert changed.given == ("2025-06",)
    grown = with_growth(HISTORY, paths, dict.fromkeys(range(FIRST, FIRST + 20), 10.0))
    assert set(np.ptp(grown.values, axis=0)) == {0.0}
    assert grown.values[0, 0] == pytest.approx(1.1 * VALUES[88])
    assert grown.values[0, 12] == pytest.approx(1.21 * VALUES[88])
    growth = target_chance(HISTORY, grown, 2026, Band(low=5.0), measure=Measure.GROWTH)
    assert growth.inside == 1


@pytest.mark.parametrize("how", list(Annual))
def test_scenarios_make_their_year_from_their_months(paths: Paths, how: Annual) -> None:
    low, base, high = scenarios(HISTORY, paths, 2025, how=how)
    assert low.year < base.year < high.year
    for one in (low, base, high):
        months = [*VALUES[96:], *one.months.values()]
        made = {Annual.SUM: sum(months), Annual.MEAN: sum(months) / 12, Annual.END: months[-1]}[how]
        assert made == pytest.approx(one.year, rel=1e-9)
        assert next(iter(one.months)) == "2025-05"
        assert one.growth_pct is not None
        assert one.rest_growth_pct is not None
        assert one.month_growth_pct is not None
        assert one.month_growth_pct[0] <= one.rest_growth_pct <= one.month_growth_pct[1]


def test_a_scenario_on_a_base_of_zero_has_no_growth() -> None:
    history = Monthly.of(2024, 1, [0.0] * 12)
    (one,) = scenarios(history, simulate(told(), month_number(2025, 1)), 2025, quantiles={"base": 0.5})
    assert (one.growth_pct, one.rest_growth_pct, one.month_growth_pct) == (None, None, None)


def _zero_base() -> object:
    history = Monthly.of(2024, 1, [0.0] * 12)
    found = simulate(told(), month_number(2025, 1))
    return target_chance(history, found, 2025, Band(low=1.0), measure=Measure.GROWTH)


SHORT = simulate(told(6), FIRST)
REFUSALS = {
    "analytics.zero_base": [_zero_base],
    "analytics.paths_too_short": [
        lambda: target_chance(HISTORY, SHORT, 2025, Band(low=1)),
        lambda: target_chance(HISTORY, None, 2025, Band(low=1)),
    ],
    "analytics.months_missing": [
        lambda: target_chance(HISTORY, SHORT, 2010, Band(low=1)),
        lambda: target_chance(Monthly(HISTORY.first, (*VALUES[:97], None, *VALUES[98:])), None, 2025, Band(low=1)),
    ],
    "analytics.bad_band": [Band, lambda: Band(2, 1), lambda: Band(math.nan), lambda: Band(1, 1, is_strict=True)],
    "analytics.bad_paths": [lambda: simulate(told(), FIRST, count=3), lambda: simulate(told(), FIRST, count=0)],
    "analytics.bad_correlation": [
        lambda: simulate_many({"a": told(), "b": told()}, FIRST, correlation=[[1, 2], [2, 1]]),
        lambda: simulate_many({"a": told(), "b": told()}, FIRST, correlation=[[1.0]]),
    ],
    "analytics.month_not_ahead": [lambda: with_months(SHORT, {FIRST - 1: 1.0})],
    "analytics.bad_values": [lambda: with_months(SHORT, {FIRST: math.nan})],
    "analytics.no_whole": [lambda: target_chance(HISTORY, None, 2024, Band(low=1), measure=Measure.SHARE)],
    "analytics.year_is_over": [lambda: scenarios(HISTORY, SHORT, 2024)],
    "analytics.bad_quantile": [
        lambda: scenarios(HISTORY, simulate(told(), FIRST), 2025, quantiles={"sure": 1.0}),
    ],
}


@pytest.mark.parametrize(("code", "ask"), [(code, ask) for code, asks in REFUSALS.items() for ask in asks])
def test_what_has_no_answer_is_refused(code: str, ask: object) -> None:
    assert callable(ask)
    with pytest.raises(KechoError) as refused:
        ask()
    assert refused.value.code == code
    assert refused.value.text("vi")


def test_negative_series_may_fall_below_zero_and_others_may_not() -> None:
    wild = told(middle=1.0, half=3.0)
    assert simulate(wild, FIRST).values.min() == 0
    assert simulate(told(middle=1.0, half=3.0, is_never_negative=False), FIRST).values.min() < 0
    assert np.isfinite(simulate(told(middle=0.0, half=0.0), FIRST).values).all()


def test_months_are_numbered_as_periods_are() -> None:
    assert month_code(FIRST) == "2025-05"
    assert HISTORY.until(FIRST - 1).end == FIRST - 1
    assert HISTORY.at(FIRST) is None


ODD = {
    "negative": [-value for value in VALUES],
    "around zero": [value - 130 for value in VALUES],
    "single spike": [0.0] * 80 + [1000.0] + [0.0] * 19,
    "mostly zero": [0.0 if at % 3 else value for at, value in enumerate(VALUES)],
    "exploding": [1.5**at for at in range(100)],
    "huge": [value * 1e120 for value in VALUES],
    "tiny": [value * 1e-120 for value in VALUES],
    "a step to zero": [*VALUES[:80], *[0.0] * 20],
    "constant": [7.0] * 100,
    "all zero": [0.0] * 100,
    "gappy": [None if at % 11 == 5 else value for at, value in enumerate(VALUES)],
}


@pytest.mark.parametrize("why", ODD)
def test_odd_series_have_a_finite_chance_or_a_coded_refusal(why: str) -> None:
    history = Monthly.of(2017, 1, ODD[why])
    try:
        found = simulate(forecast(history.values, 20), FIRST)
    except KechoError as refused:
        assert refused.code in ("analytics.constant_series", "analytics.forecast_failed"), why
        return
    assert np.isfinite(found.values).all()
    refusals = ("analytics.zero_base", "analytics.months_missing")
    for measure in (Measure.LEVEL, Measure.GROWTH):
        for how in Annual:
            try:
                chance = target_chance(history, found, 2025, Band(low=1.0), measure=measure, how=how)
                told = [chance.median, *chance.intervals[80], *chance.intervals[95]]
                assert all(map(math.isfinite, told))
                assert chance.below + chance.inside == pytest.approx(1)
            except KechoError as refused:
                assert refused.code in refusals
    try:
        for one in scenarios(history, found, 2025):
            growths = [one.growth_pct, one.rest_growth_pct, *(one.month_growth_pct or ())]
            assert all(math.isfinite(value) for value in [one.year, *one.months.values()])
            assert all(value is None or math.isfinite(value) for value in growths)
    except KechoError as refused:
        assert refused.code in refusals
