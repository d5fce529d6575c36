"""The board: which version counts on a day, parts below their whole, vintages, findings, few reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test.utils import CaptureQueriesContext

from kecho.kernel.errors import KechoError
from kecho.observatory.queries import SeriesKey
from kecho.people import actors
from kecho.plan import actions, queries
from kecho.plan.assessment import Assessment, Status
from kecho.plan.versions import PlanStatus

from .makers import PLAN, REVISION, TARGETS, figures, toml

pytestmark = pytest.mark.django_db

EXPORTS = SeriesKey("export_turnover", locality="VN-HN")
MARCH, JULY = date(2025, 3, 1), date(2025, 7, 10)


@pytest.fixture
def hanoi(tmp_path: Path) -> None:
    actions.import_plan(toml(tmp_path, PLAN + TARGETS + REVISION), actors.command_line())


def exports_of(board: queries.Board) -> Assessment:
    (found,) = [row.assessment for row in board.rows if row.target.spec.code == "exports"]
    return found


def five_year_plan(tmp_path: Path) -> None:
    text = PLAN.replace('"2025"', '"2021-2025"', 1) + (
        '\n[[plan.target]]\ncode = "iva"\nindicator = "industrial_value_added"\nmeasure = "growth"\n'
        'basis = "yearly_average"\nlow = 7.5\nhigh = 8\n'
    )
    actions.import_plan(toml(tmp_path, text, "five.toml"), actors.command_line())


@pytest.mark.usefixtures("hanoi")
def test_the_version_that_counted_on_the_day() -> None:
    before, after = (queries.board("VN-HN", 2025, day) for day in (date(2025, 2, 1), MARCH))
    assert [plan.plan.version for plan in (*before.plans, *after.plans)] == [1, 2]
    assert [row.target.spec.code for row in after.rows] == ["grdp", "cpi"]
    statuses = {day: [info.status for info in queries.plans("VN-HN", 2025, day)] for day in (date(2025, 2, 1), MARCH)}
    assert statuses[date(2025, 2, 1)] == [PlanStatus.IN_FORCE, PlanStatus.COMING]
    assert statuses[MARCH] == [PlanStatus.SUPERSEDED, PlanStatus.IN_FORCE]
    assert [info.status for info in queries.plans("VN-HN", on=date(2026, 1, 1))][-1] is PlanStatus.ENDED


@pytest.mark.usefixtures("hanoi")
def test_the_board_shows_versions_and_what_the_last_one_changed() -> None:
    (plan,) = queries.board("VN-HN", 2025, MARCH).plans
    assert [version.version for version in plan.versions] == [1, 2]
    assert [(change.code, change.kind) for change in plan.changes] == [
        ("grdp", "changed"), ("cpi", "added"), ("exports", "dropped"),
    ]  # fmt: skip
    assert plan.plan.document("vi") == "Nghị quyết bổ sung, 25/02/2025"
    assert plan.plan.label == "VN-HN 2025 v2"


@pytest.mark.usefixtures("hanoi")
def test_figures_count_from_the_day_they_were_published() -> None:
    figures(EXPORTS, {"2024-01..12": "1000", "2025-01": "1030"}, "2025-02-05")
    figures(EXPORTS, {"2025-01": "1090"}, "2025-02-20")
    early, late = (queries.board("VN-HN", 2025, date(2025, 2, day)) for day in (10, 21))
    assert [exports_of(board).growth_pct for board in (early, late)] == [3, 9]


@pytest.mark.usefixtures("hanoi")
def test_published_growth_index_and_level_meet(tmp_path: Path) -> None:
    figures(EXPORTS, {"2024-01..12": "1000", "2025-01": "1030"}, "2025-02-05")
    figures(replace(EXPORTS, measure="index_py"), {"2025-01": "103.4"}, "2025-02-05", "percent")
    found = exports_of(queries.board("VN-HN", 2025, date(2025, 2, 10)))
    assert found.growth_pct == Decimal("3.4")
    assert found.value_to_date == 1030
    assert len(found.inputs) == 14  # the index, this January, and the twelve months of last year
    assert {line.id for line in found.lines} >= {"grown", "grown_from_levels", "linked", "implied", "required"}


def test_plans_over_several_years_stand_behind_the_years_own(tmp_path: Path, hanoi: None) -> None:
    five_year_plan(tmp_path)
    board = queries.board("VN-HN", 2025, MARCH)
    assert [plan.plan.label for plan in board.plans] == ["VN-HN 2025 v2", "VN-HN 2021-2025 v1"]
    assert queries.years_with_plans("VN-HN") == [2021, 2022, 2023, 2024, 2025]
    assert queries.localities_with_plans() == ["VN-HN"]
    assert board.counts == {Status.NOT_ASSESSED: 3}


def test_levels_in_another_unit_are_converted(tmp_path: Path) -> None:
    target = (
        '\n[[plan.target]]\ncode = "x"\nindicator = "export_turnover"\nmeasure = "level"\nvalue = 12\nunit = "tỷ USD"\n'
    )
    actions.import_plan(toml(tmp_path, PLAN + target), actors.command_line())
    figures(EXPORTS, {"2025-01..06": "900"})
    (row,) = queries.board("VN-HN", 2025, JULY).rows
    assert row.assessment.value_to_date == Decimal("5.4")
    assert row.assessment.percent_of_plan == 45


def test_a_share_is_computed_where_it_is_not_published(tmp_path: Path) -> None:
    target = """
[[plan.target]]
code = "wastewater"
indicator = "clusters_with_compliant_wastewater"
breakdown = "operating"
measure = "share"
form = "full_rate"
denominator = "clusters"
denominator_breakdown = "operating"
"""
    actions.import_plan(toml(tmp_path, PLAN + target), actors.command_line())
    for indicator, count in (("clusters_with_compliant_wastewater", "63"), ("clusters", "70")):
        figures(SeriesKey(indicator, "operating", "VN-HN"), {"2025-06": count}, unit="cluster")
    (row,) = queries.board("VN-HN", 2025, JULY).rows
    assert row.assessment.value_to_date == 90
    assert row.assessment.gap_pp == -10
    assert "63 cụm : 70 cụm × 100 = 90%" in " ".join(row.assessment.why("vi"))


def test_cascade(tmp_path: Path) -> None:
    whole = '\n[[plan.target]]\ncode = "ocop"\nindicator = "ocop_products"\nbreakdown = "evaluated_in_year"\n'
    whole += 'measure = "level"\nunit = "sp"\nvalue = 400\n'
    part = '\n[[plan.target]]\ncode = "{code}"\nindicator = "ocop_products"\nbreakdown = "evaluated_in_year"\n'
    part += 'measure = "level"\nunit = "sp"\nvalue = {value}\npart_of = "ocop"\nlead = "{lead}"\nlocality = "{code}"\n'
    wards = [("VN-HN-00004", "250", "UBND phường Ba Đình"), ("VN-HN-00008", "149", "UBND phường Ngọc Hà")]
    text = PLAN + whole + "".join(part.format(code=code, value=value, lead=lead) for code, value, lead in wards)
    actions.import_plan(toml(tmp_path, text), actors.command_line())
    (plan,) = queries.board("VN-HN", 2025, JULY).plans
    (row,) = plan.rows
    assert [part.target.spec.locality for part in row.parts] == ["VN-HN-00004", "VN-HN-00008"]
    assert [depth for depth, _ in plan.flat] == [0, 1, 1]
    (finding,) = [finding for finding in plan.findings if finding.rule.id == "PLAN-1"]
    assert "399 sản phẩm" in finding.text("vi")
    assert "off by 1 product" in finding.text("en")


@pytest.mark.usefixtures("hanoi")
@pytest.mark.parametrize(
    ("locality", "year", "code"),
    [("VN-HN", 2019, "plan.no_plan"), ("VN-SG", 2025, "plan.no_plan"), ("VN-XX", 2025, "plan.unknown_locality")],
)
def test_no_board(locality: str, year: int, code: str) -> None:
    with pytest.raises(KechoError) as caught:
        queries.board(locality, year, MARCH)
    assert caught.value.code == code


def test_no_version_in_force_yet(tmp_path: Path, hanoi: None) -> None:
    with pytest.raises(KechoError) as caught:
        queries.board("VN-HN", 2025, date(2024, 12, 20))
    assert caught.value.code == "plan.no_plan"
    assert "2025" in caught.value.do("vi")


def test_unknown_plan() -> None:
    with pytest.raises(KechoError) as caught:
        queries.plan(77)
    assert caught.value.code == "plan.unknown_plan"


def many_targets(count: int) -> str:
    units = ["domestic", "fdi", ""]
    return "".join(
        f'\n[[plan.target]]\ncode = "t{n}"\nindicator = "export_turnover"\nbreakdown = "{units[n % 3]}"\n'
        f'measure = "growth"\nvalue = {n % 20}\n'
        for n in range(count)
    )


def test_the_number_of_reads_does_not_grow_with_targets(tmp_path: Path, connection: object) -> None:
    counts = []
    for year, targets in ((2023, 3), (2024, 60)):
        text = PLAN.replace("2025", str(year)).replace("2024-12-10", "2022-12-10") + many_targets(targets)
        actions.import_plan(toml(tmp_path, text, f"{year}.toml"), actors.command_line())
        with CaptureQueriesContext(connection) as captured:
            assert len(queries.board("VN-HN", year, date(year, 7, 1)).rows) == targets
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12


@pytest.fixture
def connection() -> object:
    from django.db import connection

    return connection
