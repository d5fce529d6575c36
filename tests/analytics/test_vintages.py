"""The benchmarks' reading of the sample: nothing from after the day, and growth as the office printed it."""

from __future__ import annotations

import pytest
from benchmarks.target_calibration import Target, brier, national, trial
from benchmarks.vintages import known, levels, workbooks, year_growth_pct

from kecho.analytics.monthly import SEASON, month_number
from kecho.analytics.paths import Annual

FLOWS = ["export_turnover", "import_turnover", "retail_and_services", "export_turnover/domestic"]


@pytest.mark.parametrize("name", FLOWS)
def test_years_grow_as_their_december_workbook_printed(name: str) -> None:
    for year in range(2014, 2025):
        series = levels(name, month_number(year, 12))
        now, base = (sum(series.known(at * SEASON, (at + 1) * SEASON)) for at in (year, year - 1))
        assert (now / base - 1) * 100 == pytest.approx(year_growth_pct(name, year), abs=0.01), year


def test_nothing_is_known_before_its_workbook() -> None:
    for name in workbooks():
        until = month_number(2019, 7)
        printed = known(name, until)
        for kind in (printed.levels, printed.to_date, printed.on_year, printed.on_month, printed.to_date_on_year):
            assert max(kind, default=0) <= until
    assert levels("export_turnover", until).end == until + 1


def test_a_later_workbook_revises_what_an_earlier_one_printed() -> None:
    at = month_number(2019, 11)
    earlier, later = (known("retail_and_services", until).levels[at] for until in (at, at + 1))
    assert earlier != later


def test_targets_are_the_nations_own_and_trial_ones() -> None:
    own = list(national())
    assert len(own) == 28
    assert {target.series for target in own} == {"export_turnover", "cpi", "iip", "retail_and_services"}
    assert all(target.year in range(2015, 2025) for target in trial())
    ceiling = Target("cpi", 2020, 4.0, True, True, Annual.MEAN, is_trial=False)
    assert [ceiling.is_reached(growth) for growth in (3.9, 4.0, 4.1)] == [True, False, False]


def test_brier_scores() -> None:
    assert brier([1.0, 0.0], [True, False]) == 0
    assert brier([0.5, 0.5], [True, False]) == 0.25
