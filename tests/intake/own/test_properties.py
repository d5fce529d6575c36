"""Whatever words a mapping holds, its file reads back; whatever the month, a signature stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kecho.intake.own.applying import relative
from kecho.intake.own.mapping import ColumnRule, Mapping, Role, RowRule, When, dumps, from_dict, loads
from kecho.intake.own.signature import abstract
from kecho.kernel.measures import Measure, Stage
from kecho.kernel.periods import Period

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
COLUMNS = st.builds(
    ColumnRule,
    key=TEXT,
    role=st.sampled_from(Role),
    indicator=TEXT,
    measure=st.sampled_from([one.value for one in Measure]),
    unit=TEXT,
    stage=st.sampled_from(["", *(one.value for one in Stage)]),
    when=st.sampled_from(When),
    heading=TEXT,
)
VALUE = ColumnRule("x", Role.VALUE)
MAPPINGS = st.builds(
    Mapping,
    name=TEXT,
    signature=TEXT,
    columns=st.lists(COLUMNS, max_size=4).map(lambda columns: (VALUE, *columns)),
    rows=st.lists(st.builds(RowRule, path=TEXT, key=TEXT, is_ignored=st.booleans()), max_size=3).map(tuple),
    title=TEXT,
    labels=st.lists(TEXT, max_size=3).map(tuple),
)
MONTHS = st.builds(Period.of_month, st.integers(1990, 2098), st.integers(1, 12))


@given(MAPPINGS)
def test_a_mapping_reads_back_from_its_file_and_from_json(mapping: Mapping) -> None:
    assert loads(dumps(mapping)) == mapping
    assert from_dict(mapping.as_dict()) == mapping


@given(MONTHS, MONTHS)
def test_a_signature_does_not_know_the_month(one: Period, other: Period) -> None:
    def heading(month: Period) -> str:
        before = month.previous
        return f"Ước thực hiện tháng {month.month} năm {month.year} so với tháng {before.month}/{before.year}"

    assert abstract(heading(one)) == abstract(heading(other))


@given(MONTHS, st.sampled_from([when for when in When if when not in (When.HEADING, When.ROW)]))
def test_a_relative_period_moves_with_the_year(month: Period, when: When) -> None:
    assert relative(when, month).shift(years=1) == relative(when, month.shift(years=1))
