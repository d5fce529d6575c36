"""Staged reduction: the golden table, what the labels of two agreements mean, and what holds for every category."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.analytics.staging import Rounding, Staging, rounded, stages_that_fit

EVFTA = date(2020, 8, 1)
CPTPP = date(2019, 1, 14)

# trade-analytics 1.1: label, stages, entry, base, rates from year 1 on
GOLDEN = [
    ("EVFTA B3", 4, EVFTA, "12", "9 6 3 0"),
    ("EVFTA B5", 6, EVFTA, "10", "8.3 6.6 5 3.3 1.6 0"),
    ("EVFTA B7", 8, EVFTA, "12", "10.5 9 7.5 6 4.5 3 1.5 0"),
    ("CPTPP B4", 4, CPTPP, "20", "15 10 5 0"),
    ("CPTPP B5", 5, CPTPP, "10", "8 6 4 2 0"),
    ("AUSFTA 4 years (published)", 4, date(2005, 1, 1), "6.8", "5.1 3.4 1.7 0"),
]


@pytest.mark.parametrize(("label", "stages", "entry", "base", "rates"), GOLDEN, ids=[row[0] for row in GOLDEN])
def test_golden_table(label: str, stages: int, entry: date, base: str, rates: str) -> None:
    path = Staging(stages, entry).path(Fraction(base))
    assert [step.rate for step in path] == [Fraction(rate) for rate in rates.split()]
    assert [step.starts for step in path] == [entry, *(date(entry.year + n, 1, 1) for n in range(1, stages))]


def test_truncation_not_nearest_nor_binary() -> None:
    """AUSFTA 0102.90.40, 1 cent, 18 years: the printed cells are truncated; binary floats give 0.4 for 9/18."""
    staging = Staging(18, date(2005, 1, 1))
    printed = [Fraction(n, 10) for n in (9, 8, 8, 7, 7, 6, 6, 5, 5, 4, 3, 3, 2, 2, 1, 1, 0, 0)]
    assert [staging.rate(Fraction(1), k) for k in range(1, 19)] == printed


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [(Rounding.DOWN, "24.6"), (Rounding.NEAREST, "24.7")],
)
def test_rounding_is_data(rounding: Rounding, expected: str) -> None:
    """8714.10.40 under CPTPP: 37 × 4/6 is 24.67; a decree that prints 24.7 has rounded to the nearest."""
    assert Staging(6, CPTPP, rounding).rate(Fraction(37), 2) == Fraction(expected)


def test_uneven_categories_are_tables() -> None:
    tobacco = Staging(1, date(2016, 10, 5), Rounding.NONE, table=tuple(map(Fraction, (7, 5, 5, 3, 0))))
    years = [date(year, 6, 1) for year in range(2017, 2022)]
    assert [tobacco.rate_on(Fraction(30), day) for day in years] == [5, 5, 3, 0, 0]
    assert tobacco.rate_on(Fraction(30), date(2016, 10, 4)) is None


def test_a_reduction_stops_at_its_floor() -> None:
    r75 = Staging(10, date(2016, 1, 1), Rounding.NONE, floor=Fraction(75))
    assert [r75.rate(Fraction(125), k) for k in (1, 2, 10)] == [120, 115, 75]


def test_april_parties_step_in_april() -> None:
    japan = Staging(16, date(2008, 12, 1), Rounding.NEAREST, cut_month=4)
    assert [japan.stage(day) for day in (date(2009, 3, 31), date(2009, 4, 1), date(2010, 3, 31))] == [1, 2, 2]


def test_a_late_joiner_catches_up_or_begins_anew() -> None:
    day, base = date(2026, 3, 1), Fraction(34)
    others = Staging(11, CPTPP, counts_from=date(2018, 12, 30))
    mexico = Staging(11, CPTPP)
    assert (others.rate_on(base, day), mexico.rate_on(base, day)) == (Fraction("6.1"), Fraction("9.2"))


def test_counting_cannot_begin_after_entry() -> None:
    with pytest.raises(ValueError, match="after the entry"):
        Staging(3, CPTPP, counts_from=date(2020, 1, 1))


def test_a_rate_can_fit_no_category() -> None:
    assert stages_that_fit(Fraction(10), Fraction("1.8"), date(2026, 4, 5), {"B7": Staging(8, EVFTA)}) == []


stagings = st.builds(
    Staging,
    stages=st.integers(1, 21),
    entry=st.dates(date(2000, 1, 1), date(2030, 12, 31)),
    rounding=st.sampled_from(Rounding),
    cut_month=st.sampled_from([1, 4]),
    floor=st.sampled_from([Fraction(0), Fraction(5), Fraction("7.5")]),
)
bases = st.fractions(0, 150, max_denominator=100)


@given(stagings, bases)
def test_a_path_falls_and_ends_at_zero_or_floor(staging: Staging, base: Fraction) -> None:
    rates = [step.rate for step in staging.path(base)]
    assert all(later <= earlier for earlier, later in pairwise(rates))
    assert rates[-1] == min(base, staging.floor)
    assert all(rate <= base for rate in rates)


@given(stagings, bases, st.dates(date(1999, 1, 1), date(2060, 1, 1)))
def test_rates_step_only_on_effective_days(staging: Staging, base: Fraction, day: date) -> None:
    today, yesterday = staging.rate_on(base, day), staging.rate_on(base, day - timedelta(days=1))
    if today != yesterday:
        assert day == staging.entry or (day.month, day.day) == (staging.cut_month, staging.cut_day)
    starts = {step.starts: step for step in staging.path(base)}
    if day in starts:
        assert today == starts[day].rate


@given(bases, st.sampled_from(Rounding))
def test_rounding_stays_within_its_step(rate: Fraction, rounding: Rounding) -> None:
    gap = rate - rounded(rate, rounding)
    assert (0 <= gap < Fraction(1, 10)) if rounding is Rounding.DOWN else abs(gap) <= Fraction(1, 20)
    assert (rounded(rate, rounding) * 10).denominator == 1 or rounding is Rounding.NONE
