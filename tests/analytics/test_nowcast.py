"""The nowcast: better than naive where indicators tell, terms and news that add up, refusals with a code."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kecho.analytics.monthly import Monthly, month_number
from kecho.analytics.nowcast import MODEL, OWN, news, nowcast
from kecho.kernel.errors import KechoError

MONTHS = 132
NOW = month_number(2014, 1) + MONTHS  # January 2025, the month after the target's last

# weight of the shared growth, deviation of its own
LOADS = {"target": (1, 0.01), "imports": (1.5, 0.01), "exports": (0.8, 0.01), "noise": (0, 0.05)}


def world(seed: int = 5, months: int = MONTHS + 1) -> dict[str, list[float]]:
    """A shared growth drives the target and two indicators; a third is noise."""
    draw = random.Random(seed)
    common = 0.0
    found: dict[str, list[float]] = {name: [] for name in LOADS}
    for at in range(months):
        common = 0.7 * common + draw.gauss(0, 0.05)
        season = 1 + 0.2 * math.sin(at * math.pi / 6)
        for name, weight, own in (
            ("target", 1, 0.01),
            ("imports", 1.5, 0.01),
            ("exports", 0.8, 0.01),
            ("noise", 0, 0.05),
        ):
            found[name].append(100 * season * math.exp(0.005 * at + weight * common + draw.gauss(0, own)))
    return found


WORLD = world()
TARGET = Monthly.of(2014, 1, WORLD["target"][:MONTHS])
FAST = {name: Monthly.of(2014, 1, WORLD[name]) for name in ("imports", "exports", "noise")}


def test_faster_indicators_tell_the_month_better_than_naive() -> None:
    found = nowcast(TARGET, FAST, NOW, has_tet=False)
    assert found.month == "2025-01"
    assert found.value == pytest.approx(WORLD["target"][MONTHS], rel=0.05)
    assert found.naive == WORLD["target"][MONTHS - 12]
    assert found.method in ("bridge", "factor")
    assert found.backtest.origins == 36
    assert found.backtest.mape_pct < found.backtest.steady_mape_pct / 2
    assert found.backtest.mape_pct < found.backtest.naive_mape_pct / 2
    assert found.steady
    assert found.turning
    assert found.steady.origins + found.turning.origins == 36
    low, high = found.intervals[80]
    assert found.intervals[95][0] <= low < found.value < high <= found.intervals[95][1]


@pytest.mark.parametrize("has_tet", [True, False])
def test_the_drivers_add_up_to_the_growth(has_tet: bool) -> None:
    late = {**FAST, "noise": FAST["noise"].until(NOW)}
    found = nowcast(TARGET, late, NOW, has_tet=has_tet)
    assert sum(driver.points for driver in found.drivers) == pytest.approx(100 * math.log(found.value / found.naive))
    assert {driver.name for driver in found.drivers if driver.is_expected} == {"noise"}


def test_the_news_names_the_release_that_moved_it_and_adds_up() -> None:
    before = (TARGET.until(NOW - 1), {name: one.until(NOW) for name, one in FAST.items()})
    start, end, rows = news(before, (TARGET, FAST), NOW)
    assert end - start == pytest.approx(sum(row.moved for row in rows), rel=1e-12)
    assert [row.series for row in rows] == ["imports", "exports", "noise", OWN, MODEL]
    assert all(row.is_release for row in rows[:-1])
    moved = {row.series: abs(row.moved) for row in rows}
    assert moved["noise"] < max(moved["imports"], moved["exports"])
    assert end == nowcast(TARGET, FAST, NOW).value
    assert rows[0].expected_pct != rows[0].actual_pct


def test_no_news_moves_nothing() -> None:
    start, end, rows = news((TARGET, FAST), (TARGET, FAST), NOW)
    assert start == end
    assert [(row.series, row.moved) for row in rows] == [(MODEL, 0.0)]


def test_a_revision_is_no_release() -> None:
    values = list(WORLD["imports"])
    values[-1] *= 1.05
    _, _, rows = news((TARGET, FAST), (TARGET, {**FAST, "imports": Monthly.of(2014, 1, values)}), NOW)
    assert [(row.series, row.is_release) for row in rows] == [("imports", False), (MODEL, False)]
    assert rows[0].moved > 0


@settings(max_examples=10, deadline=None)
@given(st.lists(st.floats(0.5, 2), min_size=3, max_size=3), st.permutations(list(FAST)))
def test_news_adds_up_whatever_comes_in_whatever_order(factors: list[float], order: list[str]) -> None:
    after = {
        name: Monthly.of(2014, 1, [*WORLD[name][:-1], WORLD[name][-1] * factor])
        for name, factor in zip(FAST, factors, strict=True)
    }
    start, end, rows = news((TARGET, FAST), (TARGET, after), NOW, order=order, has_tet=False)
    assert end - start == pytest.approx(sum(row.moved for row in rows), abs=1e-9)


def test_unusable_indicators_are_named_with_the_reason() -> None:
    bad = {
        "short": Monthly.of(2023, 1, WORLD["noise"][:25]),
        "flat": Monthly.of(2014, 1, [7.0] * (MONTHS + 1)),
        "balance": Monthly.of(2014, 1, [value - 120 for value in WORLD["noise"]]),
        "spike": Monthly.of(2014, 1, [0.0] * MONTHS + [9.0]),
        "broken": Monthly.of(2014, 1, [*WORLD["noise"][:-1], math.inf]),
    }
    found = nowcast(TARGET, {**FAST, **bad}, NOW)
    assert {name: error.code for name, error in found.left_out.items()} == {
        "short": "analytics.short_series",
        "flat": "analytics.constant_series",
        "balance": "analytics.not_positive",
        "spike": "analytics.not_positive",
        "broken": "analytics.bad_values",
    }
    assert {driver.name for driver in found.drivers} >= set(FAST)


@pytest.mark.parametrize(
    ("code", "target", "indicators", "month"),
    [
        ("analytics.already_known", TARGET, FAST, NOW - 1),
        ("analytics.nowcast_too_far", TARGET, FAST, NOW + 3),
        ("analytics.nowcast_too_far", TARGET.until(NOW - 3), FAST, NOW),
        ("analytics.no_indicator", TARGET, {}, NOW),
        ("analytics.no_indicator", TARGET, {"flat": Monthly(TARGET.first, (1.0,) * (MONTHS + 1))}, NOW),
        ("analytics.short_series", Monthly(NOW - 40, TARGET.values[-40:]), FAST, NOW),
        ("analytics.short_series", Monthly(NOW - 60, TARGET.values[-60:]), FAST, NOW),
        ("analytics.not_positive", Monthly(TARGET.first, (0.0, *TARGET.values[1:])), FAST, NOW),
        ("analytics.constant_series", Monthly(TARGET.first, (3.0,) * MONTHS), FAST, NOW),
        ("analytics.not_positive", Monthly(TARGET.first, (0.0,) * MONTHS), FAST, NOW),
    ],
)
def test_what_has_no_answer_is_refused(code: str, target: Monthly, indicators: dict[str, Monthly], month: int) -> None:
    with pytest.raises(KechoError) as refused:
        nowcast(target, indicators, month)
    assert refused.value.code == code
    assert refused.value.text("vi")


@pytest.mark.parametrize(
    ("why", "values"),
    [
        ("gaps", [None if at % 17 == 3 else value for at, value in enumerate(TARGET.values)]),
        ("exploding", [1.3**at for at in range(MONTHS)]),
        ("a spike", [*WORLD["target"][:100], 1e6, *WORLD["target"][101:MONTHS]]),
        ("a year of nearly nothing", [1e-6 if 60 <= at < 72 else value for at, value in enumerate(TARGET.values)]),
    ],
)
def test_odd_targets_have_an_answer_or_a_coded_refusal(why: str, values: list[float | None]) -> None:
    try:
        found = nowcast(Monthly.of(2014, 1, values), FAST, NOW)
    except KechoError as refused:
        assert refused.code in ("analytics.forecast_failed", "analytics.short_series"), why
    else:
        assert math.isfinite(found.value)
        assert math.isfinite(found.backtest.mape_pct)
        assert all(math.isfinite(driver.points) for driver in found.drivers)
