"""Identities on everything that was imported. Where one does not hold, the checks name the cell, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import cache

import pytest

from kecho.analytics import intervals
from kecho.analytics.intervals import Interval
from kecho.kernel.periods import Period
from kecho.observatory import checks, queries
from kecho.observatory.models import Observation, Release
from kecho.people.actors import command_line
from kecho.sample import vietnam_figures
from kecho.sample.load import Loaded

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

Name = tuple[str, str]  # indicator, breakdown
Place = tuple[str, str, str]  # file, sheet, cell


@pytest.fixture(autouse=True)
def with_the_last_month(sample: Loaded) -> None:
    """All months: also the one that the demonstration imports."""
    vietnam_figures.load(command_line())


@cache
def levels() -> dict[int, dict[tuple[Name, Period], tuple[Interval, Place]]]:
    """Release -> series and period -> what the printed level can stand for, and where it stands."""
    rows = Observation.objects.filter(release__source="gso", series__measure="level", value__isnull=False)
    found: dict[int, dict[tuple[Name, Period], tuple[Interval, Place]]] = defaultdict(dict)
    for release, file, code, part, start, end, value, decimals, sheet, cell in rows.values_list(
        "release_id", "release__file_name", "series__indicator__code", "series__breakdown",
        "period_start", "period_end", "value", "decimals", "sheet", "cell",
    ):  # fmt: skip
        if value is not None:
            possible = intervals.printed(value, decimals)
            found[release][(code, part), Period(start, end)] = possible, (file, sheet, cell)
    return found


def test_domestic_and_foreign_invested_make_total_exports():
    weighed, broken, alone = 0, [], []
    for figures in levels().values():
        for (name, period), (whole, place) in figures.items():
            if name != ("export_turnover", ""):
                continue
            parts = [figures.get((("export_turnover", part), period)) for part in ("domestic", "fdi")]
            known = [part[0] for part in parts if part is not None]
            if len(known) < 2:
                alone.append(place)
                continue
            weighed += 1
            if not intervals.sum_interval(known).meets(whole):
                broken.append(place)
    assert broken == []
    assert weighed == 357
    assert {file for file, _, _ in alone} == {"2020-10.xlsx"}  # prints no sectors for October


def test_year_to_date_minus_the_last_one_is_the_month_where_one_workbook_prints_all_three():
    weighed, broken = defaultdict(int), defaultdict(set)
    for release, figures in levels().items():
        for (name, period), (cumulative, _) in figures.items():
            if not period.is_year_to_date or period.length == 1:
                continue
            before = figures.get((name, Period(period.start, period.end - 1)))
            month = figures.get((name, Period(period.end - 1, period.end)))
            if before is None or month is None:
                continue
            weighed[name[0]] += 1
            if not (cumulative - before[0]).meets(month[0]):
                broken[release].add(month[1])
    assert (sum(weighed.values()), weighed["export_turnover"], weighed["industrial_product"]) == (2603, 132, 2206)
    assert sum(len(places) for places in broken.values()) == 5
    assert {release: named_by_the_checks(release) for release in broken} == broken


def weigh(release: Release) -> None:
    """The sample is loaded without checks; here a release is checked as an import would be."""
    weighed = checks.weigh(release)
    checks.store(release, weighed.series, weighed.new)


def named_by_the_checks(release: int) -> set[Place]:
    """The months that ``month_from_cumulative`` finds to contradict figures of the same workbook."""
    weigh(Release.objects.get(pk=release))
    found = queries.findings(release=release, rule="month_from_cumulative")
    own = set(Observation.objects.filter(release=release).values_list("pk", flat=True))
    return {
        (one.release.file_name, one.cells[0]["sheet"], one.cells[0]["cell"])
        for one in found
        if {cell["observation"] for cell in one.cells} <= own
    }


def test_a_month_and_its_index_say_the_same_growth_or_the_checks_say_so():
    """The newest month: every finding names cells that really stand in the workbook."""
    release = Release.objects.filter(source="gso").order_by("-published_on").first()
    assert release is not None
    weigh(release)
    found = queries.findings(release=release.pk)
    assert 0 < len(found) < 60  # a few dozen, each worth an official's look
    stored = dict(Observation.objects.filter(release=release).values_list("pk", "value"))
    for one in found:
        for cell in one.cells:
            if cell["observation"] in stored:
                assert stored[cell["observation"]] == Decimal(cell["value"])
