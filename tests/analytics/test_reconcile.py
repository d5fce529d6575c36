"""Reconciliation: parts make totals exactly, the known formula comes out, nothing below zero where that is asked."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import nnls

from kecho.analytics.forecast import Forecast, forecast
from kecho.analytics.monthly import month_number
from kecho.analytics.paths import simulate_many
from kecho.analytics.reconcile import Method, Mover, Structure, error_correlation, reconcile
from kecho.kernel.errors import KechoError

RANDOM = random.Random(3)
TREE = Structure((("all", ("domestic", "foreign")), ("foreign", ("oil", "goods"))))
# one total by sector and by commodity: no tree
CROSSED = Structure((("all", ("domestic", "foreign")), ("all", ("coal", "rice", "shoes"))))
FIRST = month_number(2025, 1)


def series(level: float, season: float) -> list[float]:
    return [level + at / 5 + season * math.sin(at * math.pi / 6) + RANDOM.gauss(0, level / 20) for at in range(72)]


@pytest.fixture(scope="module")
def told() -> dict[str, Forecast]:
    values = {"domestic": series(40, 5), "oil": series(10, 2), "goods": series(60, 12)}
    values["foreign"] = [sum(pair) for pair in zip(values["oil"], values["goods"], strict=True)]
    values["all"] = [sum(pair) for pair in zip(values["domestic"], values["foreign"], strict=True)]
    return {name: forecast(one, 12) for name, one in values.items()}


def clash(structure: Structure, values: np.ndarray) -> float:
    """The largest gap of any identity, over the largest value."""
    return float(np.abs(structure.identities() @ values).max() / np.abs(values).max())


@pytest.mark.parametrize("method", list(Method))
def test_every_world_and_the_forecast_add_up(told: dict[str, Forecast], method: Method) -> None:
    paths = simulate_many(told, FIRST, correlation=error_correlation(told), count=400)
    found = reconcile(paths, TREE, method)
    worlds = np.array([found.paths[name].values.reshape(-1) for name in TREE.names])
    assert clash(TREE, worlds) < 1e-12
    assert clash(TREE, np.array([found.forecasts[name].path for name in TREE.names])) < 1e-12
    for name, one in found.forecasts.items():
        assert method in one.method
        assert math.isfinite(one.backtest.mase)
        assert abs(found.moved_pct[name] or 0) < 20
        for middle, (low, high), (lower, higher) in zip(one.path, one.intervals[80], one.intervals[95], strict=True):
            assert lower <= low <= middle <= high <= higher


def test_bottom_up_keeps_the_parts(told: dict[str, Forecast]) -> None:
    found = reconcile(simulate_many(told, FIRST, count=10), TREE, Method.BOTTOM_UP)
    assert found.forecasts["oil"].path == pytest.approx(told["oil"].path)
    assert found.moved_pct["goods"] == pytest.approx(0)


def test_weights_move_the_less_certain_series_more(told: dict[str, Forecast]) -> None:
    errors = np.tile([[1.0, 1.0, 1.0, 0.1, 3.0], [-1.0, 1.0, -1.0, -0.1, -3.0]], (10, 1))
    values = np.array([110.0, 40.0, 60.0, 10.0, 50.0])
    moved = np.abs(Mover(TREE, Method.WLS, errors).move(values) - values)
    assert TREE.names == ("all", "foreign", "domestic", "oil", "goods")
    assert moved[3] < moved[0]


@given(st.lists(st.floats(-100, 100), min_size=5, max_size=5), st.lists(st.floats(0.1, 9), min_size=5, max_size=5))
def test_the_projection_is_mint_as_published(values: list[float], deviations: list[float]) -> None:
    """``S (S' W^-1 S)^-1 S' W^-1`` of Wickramasuriya et al. 2019, equation 9."""
    errors = np.array([deviations, [-one for one in deviations]])
    mover = Mover(TREE, Method.WLS, errors)
    summing = np.array([[1, 1, 1], [0, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]])  # of domestic, oil, goods
    inverse = np.diag(1 / np.array(deviations) ** 2)
    mint = summing @ np.linalg.solve(summing.T @ inverse @ summing, summing.T @ inverse)
    assert mover.move(np.array(values)) == pytest.approx(mint @ values, abs=1e-8)


@given(st.lists(st.floats(-100, 100), min_size=5, max_size=5))
def test_without_negatives_is_the_nearest_such_set(values: list[float]) -> None:
    summing = np.array([[1, 1, 1], [0, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=float)
    parts, _ = nnls(summing, np.array(values))
    found = Mover(TREE, Method.OLS).move(np.array(values), is_non_negative=True)
    assert found == pytest.approx(summing @ parts, abs=1e-6)
    assert found.min() >= 0


@settings(max_examples=50)
@given(st.lists(st.floats(-50, 100), min_size=6, max_size=6), st.booleans())
def test_one_total_may_have_two_lists_of_parts(values: list[float], is_non_negative: bool) -> None:
    found = Mover(CROSSED, Method.OLS).move(np.array(values), is_non_negative=is_non_negative)
    assert np.abs(CROSSED.identities() @ found).max() < 1e-9
    assert not is_non_negative or found.min() >= 0


def test_what_adds_up_is_not_moved() -> None:
    values = np.array([100.0, 60.0, 40.0, 10.0, 50.0])
    assert Mover(TREE, Method.OLS).move(values) == pytest.approx(values, rel=1e-14)


@pytest.mark.parametrize(
    ("code", "sums"),
    [
        ("analytics.no_parts", ()),
        ("analytics.no_parts", (("all", ()),)),
        ("analytics.bad_structure", (("all", ("a", "a")),)),
        ("analytics.bad_structure", (("all", ("a", "b")), ("a", ("all",)))),
    ],
)
def test_a_structure_that_cannot_be_is_refused(code: str, sums: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    with pytest.raises(KechoError) as refused:
        Structure(sums)
    assert refused.value.code == code
    assert refused.value.text("en")


def test_what_cannot_be_reconciled_is_refused(told: dict[str, Forecast]) -> None:
    paths = simulate_many(told, FIRST, count=10)
    untested = replace(told["domestic"], origins=())
    short = simulate_many({**told, "domestic": untested}, FIRST, count=10)
    for code, ask in {
        "analytics.series_missing": lambda: reconcile(paths, CROSSED),
        "analytics.bad_structure": lambda: Mover(CROSSED, Method.BOTTOM_UP),
        "analytics.few_errors": lambda: reconcile(short, TREE),
        "analytics.singular_weights": lambda: Mover(TREE, Method.WLS, np.zeros((12, 5))),
    }.items():
        with pytest.raises(KechoError) as refused:
            ask()
        assert refused.value.code == code
        assert refused.value.text("vi")
