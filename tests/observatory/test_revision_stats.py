"""Revisions of first figures: the arithmetic on made vintages, and on the real workbooks against a count by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import mean, stdev

import pytest

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.observatory import actions, changes, revision_stats
from kecho.observatory.queries import SeriesKey
from kecho.observatory.revision_stats import Against, Span
from kecho.people.actors import command_line
from tests.observatory.makers import observe, release

pytestmark = pytest.mark.django_db
EXPORTS = SeriesKey("export_turnover")
INDEX = SeriesKey("export_turnover", measure="index_py")


@pytest.fixture
def vintages() -> None:
    """Three months: first estimates 100, 200, 400; next 102, 198, 400; the first again, 110, a year later."""
    told = {
        "2025-02-06": {"2025-01": "100"},
        "2025-03-06": {"2025-01": "102", "2025-02": "200"},
        "2025-04-06": {"2025-02": "198", "2025-03": "400"},
        "2025-05-06": {"2025-03": "400", "2025-04": "999"},
        "2026-03-06": {"2025-01": "110"},
    }
    for day, values in told.items():
        of = release(day)
        for period, value in values.items():
            observe(EXPORTS, period, value, of)
            observe(INDEX, period, value, of)


def test_a_summary_says_mean_size_spread_and_direction(vintages: None) -> None:
    (one,) = revision_stats.by_series([EXPORTS])
    assert [round(change.change, 6) for change in revision_stats.revisions([EXPORTS])[EXPORTS]] == [2, -1, 0]
    assert (one.count, one.up, one.unchanged, one.down) == (3, 1, 1, 1)
    assert (round(one.mean, 4), one.mean_absolute) == (Decimal("0.3333"), 1)
    assert round(one.spread, 4) == Decimal("1.5275")
    assert (one.least, one.greatest, one.in_points, one.is_lopsided) == (-1, 2, False, False)
    assert (one.first, one.last) == (Period.parse("2025-01"), Period.parse("2025-03"))


def test_the_latest_and_the_points_of_an_index(vintages: None) -> None:
    (latest,) = revision_stats.by_series([EXPORTS], against=Against.LATEST)
    assert latest.greatest == 10
    (points,) = revision_stats.by_series([INDEX])
    assert (points.in_points, points.greatest, points.least) == (True, 2, -2)


def test_what_cannot_be_told_is_not(vintages: None) -> None:
    assert revision_stats.by_series([SeriesKey("import_turnover")]) == []
    assert revision_stats.by_series([EXPORTS], span=Span.YEAR_TO_DATE) == []


def test_a_year_to_date_is_revised_by_what_the_next_file_implies() -> None:
    first, second = release("2025-03-06"), release("2025-04-06")
    observe(EXPORTS, "2025-01/2025-02", "300", first)
    observe(EXPORTS, "2025-01/2025-03", "460", second)
    observe(EXPORTS, "2025-03", "154", second)
    (one,) = revision_stats.revisions([EXPORTS], span=Span.YEAR_TO_DATE)[EXPORTS]
    assert (one.period.code, one.first, one.then, one.change) == ("2025-01/2025-02", 300, 306, 2)


def test_a_first_figure_that_was_no_estimate_does_not_count() -> None:
    for day, stage in (("2025-03-06", "official"), ("2025-04-06", "official")):
        observe(EXPORTS, "2025-02", day[5:7], release(day), stage=stage)
    assert revision_stats.revisions([EXPORTS])[EXPORTS] == []
    assert len(revision_stats.revisions([EXPORTS], only_estimates=False)[EXPORTS]) == 1


def test_first_figures_that_lean_to_one_side_are_said_to() -> None:
    for month in range(1, 11):
        for later, value in ((0, "100"), (1, str(103 + month % 2))):
            period = Period.of_month(2024, month)
            observe(EXPORTS, period.code, value, release(f"2024-{month + later + 1:02d}-06"))
    (one,) = revision_stats.by_series([EXPORTS])
    assert (one.count, one.mean, one.is_lopsided) == (10, Decimal("3.5"), True)


def test_what_changed_between_two_days(vintages: None) -> None:
    found = changes.between_days("export_turnover", "VN", date(2025, 3, 10), date(2025, 4, 10))
    levels = [one for one in found if one.series.key.measure == "level"]
    assert [(one.period.code, one.how.value, one.difference) for one in levels] == [
        ("2025-02", "revised", Decimal(-2)),
        ("2025-03", "added", None),
    ]
    assert levels[0].percent == -1
    every = changes.between_days("export_turnover", "VN", date(2025, 3, 10), date(2025, 4, 10), confirmed=True)
    assert [one.how.value for one in every if one.series.key.measure == "level"] == ["confirmed", "revised", "added"]
    with pytest.raises(KechoError, match="days_reversed"):
        changes.between_days("export_turnover", "VN", date(2025, 4, 10), date(2025, 3, 10))


def test_what_changed_between_two_releases(vintages: None) -> None:
    from kecho.observatory import queries

    later, earlier = (one.id for one in queries.releases() if one.published_on in (date(2025, 3, 6), date(2025, 4, 6)))
    found = changes.between_releases(earlier, later)
    assert sorted((one.series.key.measure, one.period.code, one.difference) for one in found) == [
        ("index_py", "2025-02", Decimal(-2)),
        ("level", "2025-02", Decimal(-2)),
    ]


def test_the_last_digit_of_a_double_is_no_revision() -> None:
    observe(EXPORTS, "2025-01", "405531.740609", release("2025-02-06"))
    observe(EXPORTS, "2025-01", "405531.74060900003", release("2025-03-06"))
    assert changes.between_days("export_turnover", "VN", date(2025, 2, 10), date(2025, 3, 10)) == []


@pytest.mark.shared
@pytest.mark.slow
def test_first_estimates_of_exports_against_the_next_workbook(shared: Path) -> None:
    """The workbooks of two years, once through the observatory and once by hand from the rows themselves."""
    from kecho.intake import batch

    months = [f"{year}-{month:02d}" for year in (2012, 2016) for month in range(1, 13)]
    files = [path for month in months for path in sorted((shared / "gso-monthly").glob(f"{month}.xls*"))]
    assert len(files) >= 20
    readings = sorted(batch.read_files(files, 1), key=lambda reading: reading.period)
    by_hand: dict[str, list[Decimal]] = {}
    for reading in readings:
        actions.import_reading(reading, command_line())
        for row in reading.rows:
            is_total = row.indicator == "export_turnover" and row.label.upper().startswith("TỔNG")
            if is_total and row.measure == "level" and row.locality == "VN" and row.value and "/" not in row.period:
                told = by_hand.setdefault(row.period, [])
                if row.stage == "estimate" or told:
                    told.append(Decimal(row.value))
    hand = [
        (told[1] - told[0]) / told[0] * 100 for period, told in by_hand.items() if len(told) > 1 and len(period) == 7
    ]
    (one,) = revision_stats.by_series([EXPORTS])
    assert one.count == len(hand) >= 14
    assert float(one.mean) == pytest.approx(float(mean(hand)))
    assert float(one.spread) == pytest.approx(float(stdev(hand)))
    assert abs(one.mean) < 5
    assert 0 < one.spread < 10
