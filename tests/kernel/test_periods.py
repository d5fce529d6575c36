"""Periods are their months, whatever they are called."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Calendar, Period, PeriodKind

periods = st.builds(
    lambda start, length, calendar: Period(start, start + length, calendar),
    st.integers(2000 * 12, 2100 * 12),
    st.integers(1, 40),
    st.sampled_from(Calendar),
)

KINDS = """
2025-02         | month        | 2025-02         |
2025-01         | month        | 2025-01         | ytd
2025-Q1         | quarter      | 2025-Q1         | ytd
2025-01/2025-03 | quarter      | 2025-Q1         | ytd
2025-04/2025-06 | quarter      | 2025-Q2         |
2025-02/2025-04 | span         | 2025-02/2025-04 |
2025-H1         | half         | 2025-H1         | ytd
2025-01/2025-06 | half         | 2025-H1         | ytd
2025-H2         | half         | 2025-H2         |
2025-01/2025-09 | nine_months  | 2025-01/2025-09 | ytd
2025-01/2025-05 | year_to_date | 2025-01/2025-05 | ytd
2025-01/2025-12 | year         | 2025            | ytd
2025            | year         | 2025            | ytd
2024-11/2025-02 | span         | 2024-11/2025-02 |
2024-07/2025-06 | span         | 2024-07/2025-06 |
"""


@pytest.mark.parametrize("line", KINDS.strip().splitlines())
def test_kind_and_code(line: str) -> None:
    text, kind, code, note = (part.strip() for part in line.split("|"))
    span = Period.parse(text)
    assert (span.kind, span.code) == (PeriodKind(kind), code)
    assert span.is_year_to_date == (note == "ytd")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025-13",
        "2025-00",
        "2025-Q5",
        "2025-H3",
        "25-01",
        "2025-1",
        "2025-03/2025-01",
        "2025-02 ",
        "2025-02\n",
        "02/2025",
        "٢٠٢٥",
    ],
)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(KechoError, match="bad_period"):
        Period.parse(text)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Period(5, 5),
        lambda: Period(5, 4),
        lambda: Period.of_month(2025, 13),
        lambda: Period.of_quarter(2025, 0),
        lambda: Period.of_half(2025, 3),
        lambda: Period.ytd(2025, 0),
    ],
)
def test_what_cannot_be_a_period(make) -> None:
    with pytest.raises(KechoError, match="bad_period"):
        make()


@pytest.mark.parametrize(
    ("text", "calendar", "first", "after"),
    [
        ("2025-02", Calendar.STATISTICAL, date(2025, 2, 1), date(2025, 3, 1)),
        ("2025-02", Calendar.ADMINISTRATIVE, date(2025, 1, 15), date(2025, 2, 15)),
        ("2025", Calendar.STATISTICAL, date(2025, 1, 1), date(2026, 1, 1)),
        ("2025", Calendar.ADMINISTRATIVE, date(2024, 12, 15), date(2025, 12, 15)),
        ("2025-Q1", Calendar.ADMINISTRATIVE, date(2024, 12, 15), date(2025, 3, 15)),
    ],
)
def test_dates(text, calendar, first, after) -> None:
    assert Period.parse(text, calendar).dates == (first, after)


@given(periods)
def test_code_reads_back(span: Period) -> None:
    assert Period.parse(span.code, span.calendar) == span
    assert Period.parse(span.span_code, span.calendar) == span


@given(periods, st.integers(-500, 500))
def test_there_and_back_is_the_identity(span: Period, months: int) -> None:
    assert span.shift(months=months).shift(months=-months) == span
    assert span.shift(months=months).length == span.length


@given(periods)
def test_months_make_the_period(span: Period) -> None:
    months = list(span.months)
    assert len(months) == span.length
    assert all(month in span for month in months)
    assert months[0].dates[0] == span.dates[0]
    assert months[-1].dates[1] == span.dates[1]
    assert span.previous.end == span.start
    assert span.year_before == span.shift(months=-12)


@given(periods)
def test_neighbours_meet_without_a_gap(span: Period) -> None:
    assert span.previous.dates[1] == span.dates[0]
    assert span.dates[1] - span.dates[0] >= timedelta(days=28 * span.length)


def test_calendars_never_mix() -> None:
    month = Period.parse("2025-02")
    assert month not in Period.parse("2025", Calendar.ADMINISTRATIVE)
    assert month != Period.parse("2025-02", Calendar.ADMINISTRATIVE)


def test_which_measures_are_indices() -> None:
    assert {measure for measure in Measure if measure.is_index} == {
        Measure.INDEX_PY, Measure.INDEX_PP, Measure.INDEX_DEC, Measure.INDEX_BASE,
    }  # fmt: skip
