"""When figures of a month become public, and that the calendar has neither gap nor overlap."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from kecho.kernel.periods import Period
from kecho.observatory import release_calendar, releases
from kecho.observatory.models import Release
from kecho.observatory.releases import ReleaseMeta

DAYS = [
    ("2012-06", date(2012, 6, 29), "gso-29th"),
    ("2024-02", date(2024, 2, 29), "gso-29th"),
    ("2023-02", date(2023, 2, 28), "gso-29th"),
    ("2024-07", date(2024, 7, 29), "gso-29th"),
    ("2024-08", date(2024, 9, 6), "gso-6th"),
    ("2025-12", date(2026, 1, 6), "gso-6th"),
    ("2026-01", date(2026, 2, 3), "gso-3rd"),
    ("2024-Q3", date(2024, 10, 6), "gso-6th"),
]


@pytest.mark.parametrize(("month", "day", "rule"), DAYS)
def test_the_day_of_each_month(month: str, day: date, rule: str):
    assert release_calendar.scheduled("gso", Period.parse(month)) == (day, rule)


def test_a_source_without_a_calendar_has_no_day():
    assert release_calendar.scheduled("department", Period.parse("2025-02")) is None


def test_the_calendar_has_no_gap_and_no_overlap():
    rules = [rule for rule in release_calendar.rules() if rule.source == "gso"]
    for earlier, later in pairwise(rules):
        assert earlier.last is not None
        assert earlier.last.end == later.first.start
    assert rules[-1].last is None
    assert all(rule.legal_vi and rule.legal_en for rule in rules)


META = ReleaseMeta(sha256="a" * 64, file_name="2025-02.xlsx", period=Period.parse("2025-02"))


@pytest.mark.parametrize(
    ("today", "day", "basis"),
    [
        (date(2026, 11, 22), date(2025, 3, 6), "gso-6th"),
        (date(2025, 3, 4), date(2025, 3, 4), "import_day"),  # at hand before its day: it is public already
    ],
)
def test_the_day_of_a_release(today: date, day: date, basis: str):
    assert releases.day_of(META, None, today) == (day, basis)


def test_a_stated_day_counts_and_a_file_of_no_month_is_of_the_day_of_import():
    stated = ReleaseMeta(sha256="a" * 64, period=META.period, published_on=date(2025, 3, 1))
    assert releases.day_of(stated, None, date(2026, 1, 1)) == (date(2025, 3, 1), "stated")
    assert releases.day_of(ReleaseMeta(sha256="a" * 64), None, date(2026, 1, 1)) == (date(2026, 1, 1), "import_day")


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2025, 3, 8), date(2025, 3, 8)),  # two days after the release
        (date(2026, 11, 22), date(2025, 4, 5)),  # years later: still before the next month's figures
        (date(2025, 3, 6), date(2025, 3, 6)),
    ],
)
def test_a_correction_is_of_the_day_of_import_but_before_the_next_month(today: date, day: date):
    first = Release(published_on=date(2025, 3, 6), imported_at=datetime(2025, 3, 6, tzinfo=UTC))
    assert releases.day_of(META, first, today) == (day, "correction")
