"""Reading series as they were known on a day."""

from datetime import date
from decimal import Decimal

import pytest

from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Stage
from kecho.kernel.periods import Period
from kecho.observatory import queries
from kecho.observatory.queries import SeriesKey
from tests.observatory.makers import observe, release

EXPORTS = SeriesKey("export_turnover")
FEBRUARY = Period.parse("2025-02")

pytestmark = pytest.mark.django_db


def value_on(day: str | None) -> Decimal | None:
    found = queries.points(EXPORTS, date.fromisoformat(day) if day else None).get(FEBRUARY)
    return found.value if found else None


def test_each_day_sees_the_latest_release_published_by_then():
    observe(EXPORTS, "2025-02", "31.11", release("2025-03-06"))
    observe(EXPORTS, "2025-02", "31.05", release("2025-04-06"))
    seen = [value_on(day) for day in ("2025-03-05", "2025-03-06", "2025-04-05", "2025-04-06", None)]
    assert seen == [None, Decimal("31.11"), Decimal("31.11"), Decimal("31.05"), Decimal("31.05")]


def test_recency_outranks_maturity_and_the_later_import_of_one_day_wins():
    observe(EXPORTS, "2025-02", "30", release("2025-04-06"), stage="official")
    observe(EXPORTS, "2025-02", "32", release("2025-05-06"), stage="estimate")
    observe(EXPORTS, "2025-02", "33", release("2025-05-06"), stage="estimate")
    assert value_on(None) == Decimal(33)
    assert [point.stage for point in queries.vintages(EXPORTS, FEBRUARY)] == [
        Stage.OFFICIAL,
        Stage.ESTIMATE,
        Stage.ESTIMATE,
    ]


def test_a_report_is_rebuilt_from_what_was_recorded_at_the_time():
    observe(EXPORTS, "2025-02", "31", release("2025-03-06", imported="2025-03-06T09:00:00+00:00"))
    observe(EXPORTS, "2025-02", "32", release("2025-03-06", imported="2025-06-01T09:00:00+00:00"))
    moment = queries.releases()[-1].imported_at
    assert queries.points(EXPORTS, recorded_by=moment)[FEBRUARY].value == Decimal(31)


def test_spans_of_one_length_are_one_period_and_bounds_keep_what_lies_inside():
    of = release("2025-04-06")
    for period, value in (("2025-01", "1"), ("2025-02", "2"), ("2025-03", "3"), ("2025-01/2025-03", "6")):
        observe(EXPORTS, period, value, of)
    assert queries.points(EXPORTS)[Period.parse("2025-Q1")].value == Decimal(6)
    inside = queries.points(EXPORTS, start=FEBRUARY, end=Period.parse("2025-03"))
    assert [period.code for period in inside] == ["2025-02", "2025-03"]


def test_many_series_are_read_at_once_and_an_unknown_one_is_empty():
    domestic, unknown = SeriesKey("export_turnover", "domestic"), SeriesKey("export_turnover", "nothing")
    of = release("2025-03-06")
    observe(EXPORTS, "2025-02", "31.1", of)
    observe(domestic, "2025-02", "9.1", of)
    found = queries.many_points([EXPORTS, domestic, unknown])
    assert [len(found[key]) for key in (EXPORTS, domestic, unknown)] == [1, 1, 0]


def test_a_point_leads_back_to_its_cell_and_its_other_vintages():
    first = observe(EXPORTS, "2025-02", "31.1", release("2025-03-06"), sheet="14.XK", cell="D9")
    observe(EXPORTS, "2025-02", "31.2", release("2025-04-06"))
    detail = queries.point(first.pk)
    assert (detail.key, detail.point.sheet, detail.point.cell) == (EXPORTS, "14.XK", "D9")
    assert [vintage.value for vintage in detail.vintages] == [Decimal("31.1"), Decimal("31.2")]
    with pytest.raises(KechoError, match="unknown_observation"):
        queries.point(first.pk + 1000)


def test_series_are_listed_with_names_in_both_languages():
    of = release("2025-03-06")
    observe(SeriesKey("export_turnover", "fdi"), "2025-01", "22", of)
    observe(EXPORTS, "2025-02", "31", of)
    found = queries.series_list("export_turnover")
    assert [(info.key.breakdown, info.label("en"), info.first.code) for info in found] == [
        ("", "Export turnover", "2025-02"),
        ("fdi", "Foreign-invested sector", "2025-01"),
    ]
    assert queries.localities_with_data() == ["VN"]


def test_digits_are_kept_exactly():
    observe(EXPORTS, "2025-02", "12345678901234567890.1234567890100", release("2025-03-06"))
    assert str(value_on(None)) == "12345678901234567890.1234567890100"
