"""The sample in the database: loaded once, nothing twice, invented figures marked, and no day that sees the future."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.observatory import derive, queries
from kecho.observatory.models import Finding, Observation, Release, Series
from kecho.observatory.queries import SeriesKey
from kecho.people.actors import command_line
from kecho.people.models import AuditEvent
from kecho.plan import queries as plans
from kecho.plan.models import Plan, Target
from kecho.sample import hanoi_figures, load
from kecho.sample.load import Loaded

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

EVERYTHING = (Release, Series, Observation, Finding, Plan, Target, AuditEvent)
DAYS = ["2021-12-31", "2022-02-28", "2023-05-31", "2023-09-15", "2023-11-30", "2024-02-10", "2024-06-05", "2025-02-28"]


def count() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in EVERYTHING}


def hanoi_keys() -> list[SeriesKey]:
    return [info.key for info in queries.series_list(locality="VN-HN")]


def test_loading_brings_every_month_but_the_last_and_every_plan(sample: Loaded):
    assert (sample.vietnam, sample.plans) == (131, len(plans.plans()))
    assert sample.hanoi == len(queries.releases(source="press")) + len(queries.releases(source="sample"))
    assert max(one.period for one in queries.releases(source="gso") if one.period).code == "2025-01"
    assert queries.localities_with_data() == plans.localities_with_plans() == ["VN", "VN-HN"]


def test_loading_twice_changes_nothing(sample: Loaded):
    before = count()
    assert load.load(command_line()) == Loaded(0, 0, 0)
    assert count() == before


def test_the_path_is_fictional_and_nothing_else_is(sample: Loaded):
    fictional = Observation.objects.filter(is_fictional=True)
    assert fictional.count() == len(hanoi_figures._lines("path.csv"))
    assert {one.release.source for one in fictional.select_related("release")} == {hanoi_figures.SAMPLE}
    assert not Observation.objects.filter(release__source=hanoi_figures.SAMPLE, is_fictional=False).exists()


def test_what_rests_on_the_path_is_fictional_too(sample: Loaded):
    total = SeriesKey("export_turnover", locality="VN-HN")
    quarter = derive.cumulative(total, 2022, 3)
    assert quarter is not None and quarter.is_fictional and quarter.is_derived
    printed = derive.cumulative(total, 2023, 9)
    assert printed is not None and not printed.is_fictional
    assert (printed.number, printed.unit) == (Decimal("12500"), "million_usd")


@pytest.mark.parametrize("day", DAYS)
def test_no_day_sees_the_future(sample: Loaded, day: str):
    """Neither a release of a later day, nor a figure for a month that had not begun."""
    on = date.fromisoformat(day)
    this_month = Period.of_month(on.year, on.month)
    for key, points in queries.many_points(hanoi_keys(), on).items():
        for period, point in points.items():
            assert point.release.published_on <= on, (key, period.code)
            assert period.start <= this_month.start, (key, period.code)
            assert not point.is_fictional or period.dates[1] <= date.fromordinal(on.toordinal() + 1), (key, period.code)


def test_a_day_sees_what_was_printed_by_then(sample: Loaded):
    key = SeriesKey("export_turnover", "domestic", "VN-HN", Measure.SHARE.value)
    five_months = Period.ytd(2024, 5)
    assert five_months not in queries.points(key, date(2024, 6, 4))
    assert queries.points(key, date(2024, 6, 5))[five_months].value == Decimal("58.6")


@pytest.mark.parametrize("month", ["2012-02", "2016-06", "2020-09", "2024-12"])
def test_viet_nam_is_read_as_of_a_day_as_well(sample: Loaded, month: str):
    """The day before a month is published, its figures are not there; on the day they are."""
    period, key = Period.parse(month), SeriesKey("iip", measure=Measure.INDEX_PY.value)
    (release,) = queries.releases("gso", period)
    before = date.fromordinal(release.published_on.toordinal() - 1)
    assert period not in queries.points(key, before)
    assert period in queries.points(key, release.published_on)


@pytest.mark.parametrize(
    ("indicator", "missing", "before", "after"),
    [
        ("export_turnover", "2024-05", "2024-01/2024-04", "2024-01/2024-06"),
        ("import_turnover", "2018-10", "2018-01/2018-09", "2018-01/2018-11"),
        ("retail_and_services", "2013-10", "2013-01/2013-09", "2013-01/2013-11"),
    ],
)
def test_a_month_without_a_workbook_is_derived_from_those_around_it(
    sample: Loaded, indicator: str, missing: str, before: str, after: str
):
    key, month = SeriesKey(indicator), Period.parse(missing)
    assert queries.releases("gso", month) == []
    printed = {period.code: point.number for period, point in queries.points(key).items() if point.value is not None}
    following = printed[month.shift(months=1).code]
    derived = derive.monthly(key)[month]
    wanted = printed[Period.parse(after).code] - following - printed[Period.parse(before).code]
    assert (derived.value, derived.is_derived, derived.id, len(derived.inputs)) == (wanted, True, None, 3)


@pytest.mark.parametrize(
    ("indicator", "gaps"),
    [("export_turnover", ["2021-02"]), ("import_turnover", ["2021-02"]), ("retail_and_services", [])],
)
def test_gaps_that_stay_are_known(sample: Loaded, indicator: str, gaps: list[str]):
    """The year to March 2021 was restated later, so the month of March does not lead back to the year to February."""
    months = derive.monthly(SeriesKey(indicator))
    assert [month.code for month in Period.parse("2012-01/2025-01").months if month not in months] == gaps


def test_an_index_of_a_month_without_a_workbook_stays_a_gap(sample: Loaded):
    month = Period.parse("2024-05")
    assert month in derive.monthly(SeriesKey("export_turnover"))
    assert month not in derive.monthly(SeriesKey("export_turnover", measure=Measure.INDEX_PY.value))
