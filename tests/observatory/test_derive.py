"""Months and years to date that follow exactly from what was published."""

from datetime import date
from decimal import Decimal

import pytest

from kecho.kernel.measures import Stage
from kecho.kernel.periods import Period
from kecho.observatory import derive
from kecho.observatory.queries import SeriesKey
from tests.observatory.makers import observe, release

EXPORTS = SeriesKey("export_turnover")

pytestmark = pytest.mark.django_db


def test_a_missing_month_is_the_difference_of_two_years_to_date():
    first = observe(EXPORTS, "2024-01/2024-04", "123.9", release("2024-04-29"), decimals=1, stage="preliminary")
    second = observe(EXPORTS, "2024-01/2024-05", "156.8", release("2024-05-29"), decimals=1)
    months = derive.monthly(EXPORTS)
    (point,) = months.values()
    assert (point.period.code, point.value, point.is_derived, point.id) == ("2024-05", Decimal("32.9"), True, None)
    assert (point.inputs, point.stage, point.decimals) == ((second.pk, first.pk), Stage.ESTIMATE, 1)
    assert point.release.published_on == date(2024, 5, 29)


def test_a_published_month_is_preferred_and_a_gap_stays_a_gap():
    of = release("2024-06-29")
    observe(EXPORTS, "2024-05", "33.0", of)
    observe(EXPORTS, "2024-01/2024-05", "156.8", of)
    observe(EXPORTS, "2024-01/2024-04", "123.9", of)
    months = derive.monthly(EXPORTS)
    assert {period.code: (point.value, point.is_derived) for period, point in months.items()} == {
        "2024-05": (Decimal("33.0"), False)
    }
    assert derive.monthly(EXPORTS, start=Period.parse("2024-06")) == {}


def test_a_month_whose_file_is_missing_follows_from_the_files_around_it():
    before = observe(EXPORTS, "2024-01/2024-04", "123.9", release("2024-04-29"), decimals=1)
    after = release("2024-06-29")
    longer = observe(EXPORTS, "2024-01/2024-06", "190.0", after, decimals=1)
    june = observe(EXPORTS, "2024-06", "33.1", after, decimals=1)
    months = derive.monthly(EXPORTS)
    assert {period.code: (point.value, point.is_derived) for period, point in months.items()} == {
        "2024-05": (Decimal("33.0"), True),
        "2024-06": (Decimal("33.1"), False),
    }
    assert set(months[Period.parse("2024-05")].inputs) == {before.pk, longer.pk, june.pk}
    assert months[Period.parse("2024-05")].note == derive.REVISED_WITH_IT
    assert derive.monthly(EXPORTS, date(2024, 6, 28)) == {}


def test_a_year_to_date_that_was_restated_does_not_lead_back():
    observe(EXPORTS, "2024-01/2024-04", "123.9", release("2024-04-29"))
    observe(EXPORTS, "2024-06", "33.1", release("2024-06-29"))
    observe(EXPORTS, "2024-01/2024-06", "191.0", release("2024-12-29"))
    assert [period.code for period in derive.monthly(EXPORTS)] == ["2024-06"]


def test_revisions_that_would_make_a_month_negative_leave_a_gap():
    observe(EXPORTS, "2024-01/2024-04", "170", release("2024-04-29"))
    after = release("2024-06-29")
    observe(EXPORTS, "2024-01/2024-06", "190", after)
    observe(EXPORTS, "2024-06", "33", after)
    assert [period.code for period in derive.monthly(EXPORTS)] == ["2024-06"]


def test_the_first_month_is_the_year_to_date_of_january():
    of = release("2024-02-29")
    observe(EXPORTS, "2024-01", "30", of)
    observe(EXPORTS, "2024-01/2024-02", "55", of)
    assert [point.value for point in derive.monthly(EXPORTS).values()] == [Decimal(30), Decimal(25)]


def test_a_year_to_date_is_published_or_summed_from_all_months():
    of = release("2024-03-29")
    for period, value in (("2024-01", "30"), ("2024-02", "25"), ("2024-03", "34")):
        observe(EXPORTS, period, value, of)
    summed = derive.cumulative(EXPORTS, 2024, 3)
    assert summed is not None
    assert (summed.value, summed.is_derived, summed.period.code) == (Decimal(89), True, "2024-Q1")
    observe(EXPORTS, "2024-01/2024-03", "90", of)
    published = derive.cumulative(EXPORTS, 2024, 3)
    assert published is not None
    assert (published.value, published.is_derived) == (Decimal(90), False)
    assert derive.cumulative(EXPORTS, 2024, 4) is None


def test_a_shorter_year_to_date_and_the_months_behind_it_make_a_longer_one():
    of = release("2024-06-29")
    observe(EXPORTS, "2024-01/2024-05", "156", of)
    observe(EXPORTS, "2024-06", "34", of)
    point = derive.cumulative(EXPORTS, 2024, 6)
    assert point is not None
    assert (point.value, len(point.inputs)) == (Decimal(190), 2)


def test_what_was_not_known_on_a_day_is_not_derived_from():
    observe(EXPORTS, "2024-01/2024-04", "123.9", release("2024-04-29"))
    observe(EXPORTS, "2024-01/2024-05", "156.8", release("2024-05-29"))
    assert derive.monthly(EXPORTS, date(2024, 5, 28)) == {}


def test_an_index_is_never_derived():
    index = SeriesKey("iip", measure="index_py")
    of = release("2024-06-29")
    observe(index, "2024-01/2024-05", "106.8", of)
    observe(index, "2024-01/2024-04", "106.0", of)
    assert derive.monthly(index) == {}
    assert derive.cumulative(index, 2024, 3) is None
    published = derive.cumulative(index, 2024, 5)
    assert published is not None
    assert published.value == Decimal("106.8")


def test_published_growth_beside_computed():
    old, new = release("2024-03-06"), release("2025-03-06")
    observe(EXPORTS, "2024-02", "24755", old, decimals=0)
    observe(EXPORTS, "2025-02", "31109", new, decimals=0)
    observe(SeriesKey("export_turnover", measure="index_py"), "2025-02", "125.7", new, decimals=1)
    view = derive.growth_of(EXPORTS, Period.parse("2025-02"))
    assert (view.published_pct, round(view.computed_pct or 0, 2), view.agrees) == (
        Decimal("25.7"),
        Decimal("25.67"),
        True,
    )
    observe(SeriesKey("export_turnover", measure="growth"), "2025-02", "28", release("2025-04-06"), decimals=0)
    again = derive.growth_of(EXPORTS, Period.parse("2025-02"))
    assert (again.published_pct, again.agrees) == (Decimal(28), False)
    nothing = derive.growth_of(EXPORTS, Period.parse("2023-02"))
    assert (nothing.published_pct, nothing.computed_pct, nothing.agrees) == (None, None, None)


def test_fictional_parts_make_a_fictional_whole():
    of = release("2024-02-29")
    observe(EXPORTS, "2024-01", "30", of, is_fictional=True)
    observe(EXPORTS, "2024-02", "25", of)
    point = derive.cumulative(EXPORTS, 2024, 2)
    assert point is not None
    assert point.is_fictional
