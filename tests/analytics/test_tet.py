"""Regressors of Tết and of the calendar: what falls where, and that they carry movement only."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kecho.analytics.tet import (
    MEAN_FROM,
    MEAN_TO,
    Windows,
    joined,
    tet_regressors,
    trading_day_regressors,
    weekday_regressor,
    working_day_regressor,
)

windows = st.builds(Windows, st.integers(0, 31), st.integers(1, 31), st.integers(0, 31))


@settings(deadline=None, max_examples=5)
@given(windows)
def test_over_the_years_of_the_mean_a_regressor_sums_to_nothing(chosen: Windows) -> None:
    count = (MEAN_TO - MEAN_FROM + 1) * 12
    for values in tet_regressors(MEAN_FROM, 1, count, chosen).values():
        for month in range(12):
            assert sum(values[month::12]) == pytest.approx(0, abs=1e-9)


@settings(deadline=None, max_examples=20)
@given(st.integers(1990, 2068), windows)
def test_a_lunar_year_holds_each_window_once(year: int, chosen: Windows) -> None:
    for values in tet_regressors(year, 7, 12, chosen).values():
        assert sum(values) == pytest.approx(0, abs=1 / 80)  # the means' first and last December see half a window


def test_an_early_and_a_late_tet_pull_apart() -> None:
    early = tet_regressors(2012, 1, 2)["tet_during"]  # 23 January
    late = tet_regressors(2015, 1, 2)["tet_during"]  # 19 February
    assert early[0] > 0 > early[1]
    assert late[0] < 0 < late[1]


def test_the_clock_matters_in_2007_and_1985() -> None:
    assert tet_regressors(1985, 1, 2) != tet_regressors(1985, 1, 2, offset=8)
    assert tet_regressors(2007, 1, 2) != tet_regressors(2007, 1, 2, offset=8)


def test_a_window_of_no_days_is_left_out() -> None:
    assert list(tet_regressors(2020, 1, 1, Windows(0, 7, 0))) == ["tet_during"]


@pytest.mark.parametrize("days", [-1, 32])
def test_windows_are_bounded(days: int) -> None:
    with pytest.raises(ValueError, match="0 to 31"):
        Windows(before=days)


@settings(deadline=None)
@given(st.integers(1950, 2050), st.integers(1, 12))
def test_day_contrasts(year: int, month: int) -> None:
    six = [values[0] for values in trading_day_regressors(year, month, 1).values()]
    assert all(value in (-1, 0, 1) for value in six)
    assert weekday_regressor(year, month, 1)["weekdays"][0] == pytest.approx(sum(six[:5]) - 2.5 * six[5])


def test_working_days_are_centred() -> None:
    values = working_day_regressor(2000, 1, 240)["working_days"]
    assert abs(sum(values) / len(values)) < 0.1


def test_sets_are_joined_only_where_they_fit() -> None:
    six, tet = trading_day_regressors(2020, 1, 12), tet_regressors(2020, 1, 12)
    assert len(joined(six, tet)) == 9
    with pytest.raises(ValueError, match="do not fit"):
        joined(tet, tet)
    with pytest.raises(ValueError, match="do not fit"):
        joined(six, tet_regressors(2020, 1, 11))
