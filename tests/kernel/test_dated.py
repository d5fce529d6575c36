"""Rule tables: gaps, overlaps and missing sources are found."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.kernel.dated import Dated, State, check, ensure
from kecho.kernel.errors import KechoErrors

Y20, Y22, Y24, Y26 = (date(year, 1, 1) for year in (2020, 2022, 2024, 2026))


def row(start, end, state=State.IN_FORCE, source="148/QĐ-TTg", key="ocop.4_stars") -> Dated:
    return Dated(key, start, end, source, state)


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([row(None, Y22), row(Y22, Y24), row(Y24, None)], []),
        ([row(Y22, None)], []),
        ([], []),
        ([row(Y20, Y24), row(Y22, None)], ["dated_overlap"]),
        ([row(Y20, None), row(Y22, None)], ["dated_overlap"]),
        ([row(Y20, Y22), row(None, None)], ["dated_overlap"]),
        ([row(Y20, Y22), row(Y24, None)], ["dated_gap"]),
        ([row(Y20, Y22), row(Y24, None, key="other")], []),
        ([row(Y22, Y22)], ["dated_reversed"]),
        ([row(Y22, Y20)], ["dated_reversed"]),
        ([row(Y22, None, source=" ")], ["dated_no_source"]),
        ([row(Y22, None, State.SUPERSEDED)], ["dated_open"]),
        ([row(Y20, Y22, State.SUPERSEDED), row(Y22, None)], []),
        ([row(Y20, None), row(Y22, Y24, State.SUSPENDED)], []),
    ],
)
def test_check(rows: list[Dated], codes: list[str]) -> None:
    assert [problem.code.removeprefix("kernel.") for problem in check(rows)] == codes


def test_ensure_lists_everything_at_once() -> None:
    with pytest.raises(KechoErrors) as caught:
        ensure([row(Y20, Y24), row(Y22, Y20, source="")])
    assert {problem.code for problem in caught.value.errors} == {
        "kernel.dated_overlap", "kernel.dated_reversed", "kernel.dated_no_source",
    }  # fmt: skip
    assert "ocop.4_stars" in caught.value.text("vi")
    ensure([row(Y20, None)])


def test_a_suspended_version_does_not_apply() -> None:
    assert row(Y20, Y24).is_valid(Y22)
    assert not row(Y20, Y24).is_valid(Y24)
    assert not row(Y20, Y24, State.SUSPENDED).is_valid(Y22)


@given(st.lists(st.dates(Y20, Y26), min_size=1, max_size=6, unique=True), st.dates(Y20, Y26))
def test_a_sound_table_has_one_version_a_day(cuts: list[date], on: date) -> None:
    edges = [None, *sorted(cuts), None]
    rows = [row(start, end) for start, end in pairwise(edges)]
    assert check(rows) == []
    assert sum(one.is_valid(on) for one in rows) == 1
