"""What holds for any sequence of imports."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kecho.kernel.periods import Period
from kecho.observatory import actions, queries
from kecho.observatory.models import Observation, Release
from kecho.observatory.queries import SeriesKey
from kecho.people.actors import command_line
from tests.observatory.makers import reading, row

KEYS = [SeriesKey("export_turnover"), SeriesKey("export_turnover", "coffee"), SeriesKey("export_turnover", "fdi")]
LABELS = ["TỔNG TRỊ GIÁ", "Cà phê", "Khu vực có vốn đầu tư NN"]
NOW = datetime(2026, 11, 22, tzinfo=UTC)
FIRST = Period.parse("2024-01")

# A workbook: for each of three labels the figure of its own month and a revised one of the month before.
FIGURES = st.tuples(*[st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)) for _ in LABELS])
WORKBOOKS = st.lists(FIGURES, min_size=1, max_size=5)


def bring(index: int, figures: tuple[tuple[int, int], ...]) -> actions.ImportResult:
    month = FIRST.shift(months=index)
    rows = [
        row(str(value), label=label, period=period.code)
        for label, pair in zip(LABELS, figures, strict=True)
        for value, period in zip(pair, (month, month.previous), strict=True)
    ]
    return actions.import_reading(reading(month.code, *rows), command_line(), now=NOW)


def state(as_of: date | None = None) -> dict[SeriesKey, dict[str, tuple[Decimal | None, date]]]:
    """Values and the day they became known, whatever the ids."""
    found = queries.many_points(KEYS, as_of)
    return {
        key: {period.code: (point.value, point.release.published_on) for period, point in points.items()}
        for key, points in found.items()
    }


class Imports(TestCase):
    """Each example starts on an empty database."""

    @settings(max_examples=15, deadline=None)
    @given(st.data(), WORKBOOKS)
    def test_the_order_of_imports_does_not_matter(self, data: st.DataObject, books: list) -> None:
        order = data.draw(st.permutations(range(len(books))))
        for index in order:
            bring(index, books[index])
        shuffled = [state(date(2024, 1, 31)), state()]
        append_only_reset()
        for index, book in enumerate(books):
            bring(index, book)
        assert [state(date(2024, 1, 31)), state()] == shuffled

    @settings(max_examples=15, deadline=None)
    @given(WORKBOOKS)
    def test_importing_everything_again_changes_nothing(self, books: list) -> None:
        for index, book in enumerate(books):
            bring(index, book)
        before = (state(), Observation.objects.count(), Release.objects.count())
        assert not any(bring(index, book).is_new for index, book in enumerate(books))
        assert (state(), Observation.objects.count(), Release.objects.count()) == before

    @settings(max_examples=15, deadline=None)
    @given(WORKBOOKS)
    def test_what_was_known_on_a_day_stays_and_knowledge_only_grows(self, books: list) -> None:
        seen: dict[date, object] = {}
        known: set[tuple[SeriesKey, str]] = set()
        for index, book in enumerate(books):
            day = bring(index, book).release.published_on
            assert {past: state(past) for past in seen} == seen
            seen[day] = state(day)
            now = {(key, period) for key, periods in state().items() for period in periods}
            assert known <= now
            known = now

    @settings(max_examples=15, deadline=None)
    @given(FIGURES, FIGURES)
    def test_a_correction_leaves_the_corrected_file_and_its_day_readable(self, first: tuple, second: tuple) -> None:
        original = bring(0, first)
        before = state(original.release.published_on)
        corrected = bring(0, second)
        assert state(original.release.published_on) == before
        changed = sum(a != b for old, new in zip(first, second, strict=True) for a, b in zip(old, new, strict=True))
        assert corrected.written == changed


def append_only_reset() -> None:
    """Empty the room's tables between two histories of one example."""
    from django.db import connection

    from kecho.observatory.models import Finding, Indicator, Series
    from kecho.people import append_only

    tables = [Observation._meta.db_table, Release._meta.db_table]
    for table in tables:
        append_only.unprotect(connection, table)
    for model in (Finding, Observation, Series, Indicator, Release):
        model.objects.all().delete()
    for table in tables:
        append_only.protect(connection, table)


def test_the_reset_leaves_the_tables_protected(db: None) -> None:
    from django.db import IntegrityError, connection, transaction

    append_only_reset()
    bring(0, ((1, 1), (2, 2), (3, 3)))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM observatory_observation")
