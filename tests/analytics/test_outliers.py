"""A month is held against the seasonal pattern of its own series."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.analytics import outliers

LAST = 2024 * 12 + 6


def series(years: int = 7, noise: float = 0.02, growth: float = 0.008, seed: int = 1) -> dict[int, float]:
    """A trend with a season and a little noise, up to ``LAST``."""
    draw = random.Random(seed)
    season = (0.9, 0.7, 1.1, 1.0, 1.0, 1.05, 1.0, 1.1, 1.0, 1.05, 1.05, 1.1)
    months = range(LAST + 1 - years * 12, LAST + 1)
    return {at: 100 * (1 + growth) ** (at - months[0]) * season[at % 12] * draw.gauss(1, noise) for at in months}


@pytest.mark.parametrize(("times", "far"), [(1, False), (1.05, False), (1.6, True), (0.5, True), (1000, True)])
def test_only_a_month_far_from_the_pattern_is_named(times: float, far: bool) -> None:
    levels = series()
    levels[LAST] *= times
    found = outliers.fit(levels, LAST)
    assert found is not None
    assert found.is_far is far
    assert found.low < found.expected < found.high


def test_the_low_season_is_no_outlier() -> None:
    levels = {at: level for at, level in series().items() if at <= LAST - 4}
    assert max(levels) == LAST - 4
    assert (LAST - 4) % 12 == 2
    found = outliers.fit(levels, LAST - 5)  # February, 30 % below January
    assert found is not None
    assert not found.is_far


@pytest.mark.parametrize("years", [1, 2])
def test_a_short_past_says_nothing(years: int) -> None:
    assert outliers.fit(series(years), LAST) is None


@pytest.mark.parametrize("level", [0.0, -5.0])
def test_a_level_that_is_not_positive_says_nothing(level: float) -> None:
    assert outliers.fit({**series(), LAST: level}, LAST) is None


@given(st.floats(1e-6, 1e6))
def test_the_unit_does_not_matter(scale: float) -> None:
    levels = series()
    one, other = outliers.fit(levels, LAST), outliers.fit({at: level * scale for at, level in levels.items()}, LAST)
    assert one is not None
    assert other is not None
    assert other.distance == pytest.approx(one.distance, rel=1e-6)
    assert other.expected == pytest.approx(one.expected * scale)
