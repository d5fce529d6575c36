"""``kecho assess`` and ``kecho plan``: three forms of one board, two languages, exit status."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kecho.kernel.errors import KechoError, KechoErrors
from kecho.observatory.queries import SeriesKey
from kecho.people import actors
from kecho.plan import actions
from kecho.plan.output import CSV_COLUMNS
from kecho.web.cli import application

from .makers import PLAN, figures, toml

pytestmark = pytest.mark.django_db

OCOP = """
[[plan.target]]
code = "ocop"
indicator = "ocop_products"
breakdown = "evaluated_in_year"
measure = "level"
value = 400
unit = "sản phẩm"
source = "A3"

[[plan.target]]
code = "exports"
indicator = "export_turnover"
measure = "growth"
low = 6
high = 8
name_vi = "=Xuất khẩu"
"""


@pytest.fixture(autouse=True)
def hanoi(tmp_path: Path) -> None:
    actions.import_plan(toml(tmp_path, PLAN + OCOP), actors.command_line())
    key = SeriesKey("ocop_products", "evaluated_in_year", "VN-HN")
    figures(key, {"2025": "544"}, "2025-12-20", "product")


def run(*arguments: str) -> str:
    result = CliRunner(env={"COLUMNS": "160"}).invoke(
        application(["assess"]), ["assess", "--locality", "VN-HN", "--year", "2025", *arguments]
    )
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_table() -> None:
    text = run("--as-of", "2026-01-05")
    assert "Hà Nội · Kế hoạch 2025 (v1) · biết đến 05/01/2026" in text
    assert "đạt 136% kế hoạch (vượt 36%)" in text
    assert "✓ Đã đạt" in text
    assert "○ Chưa đánh giá" in text
    assert "PLAN-3" in text


def test_table_in_english_with_the_arithmetic() -> None:
    text = run("--as-of", "2026-01-05", "--lang", "en", "--why")
    assert "136% of the plan (36% above)" in text
    assert "Share of the plan: 544 products / 400 products × 100 = 136%" in text


def test_json_is_exact_and_bilingual() -> None:
    board = json.loads(run("--format", "json", "--as-of", "2026-01-05"), parse_float=pytest.fail)
    assert (board["locality"], board["year"], board["as_of"]) == ("VN-HN", 2025, "2026-01-05")
    assert board["counts"] == {"achieved": 1, "not_assessed": 1}
    ocop, exports = board["plans"][0]["targets"]
    assert ocop["percent_of_plan"] == "136.00"
    assert (ocop["percent_of_plan_text_vi"], ocop["percent_of_plan_text_en"]) == (
        "đạt 136% kế hoạch (vượt 36%)",
        "136% of the plan (36% above)",
    )
    assert len(ocop["why_vi"]) == len(ocop["why_en"]) > 2
    assert len(ocop["inputs"]) == 1
    assert (exports["status"], exports["reason"]) == ("not_assessed", "no_data")
    assert exports["low"] == "6"


def test_csv_has_one_row_a_target_and_starts_no_formula() -> None:
    rows = list(csv.DictReader(run("--format", "csv", "--as-of", "2026-01-05").splitlines()))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert [row["code"] for row in rows] == ["ocop", "exports"]
    assert rows[0]["excess_pct"] == "36.00"
    assert rows[0]["period"] == "2025"
    assert rows[1]["name"] == "'=Xuất khẩu"


def test_what_was_not_published_yet_is_not_known() -> None:
    board = json.loads(run("--format", "json", "--as-of", "2025-12-19"))
    assert board["counts"] == {"not_assessed": 2}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--locality", "VN-XX"], "plan.unknown_locality"),
        (["--year", "2019"], "plan.no_plan"),
        (["--year", "1"], "plan.bad_year"),
        (["--as-of", "31/12/2025"], "plan.bad_date"),
    ],
)
def test_refusals_have_a_code(arguments: list[str], code: str) -> None:
    with pytest.raises(KechoError) as caught:
        run(*arguments)
    assert caught.value.code == code


def test_an_unknown_format_is_wrong_usage() -> None:
    result = CliRunner().invoke(
        application(["assess"]), ["assess", "--locality", "VN-HN", "--year", "2025", "--format", "xml"]
    )
    assert result.exit_code == 2


def plan(*arguments: object) -> str:
    result = CliRunner().invoke(application(["plan"]), ["plan", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_plans_are_imported_once_and_listed(tmp_path: Path) -> None:
    file = toml(tmp_path, PLAN.replace("2025", "2026") + OCOP, "next.toml")
    assert "đã lưu VN-HN 2026 v1" in plan(file)
    assert "nothing changed" in plan(file, "--lang", "en")
    listed = plan("--locality", "VN-HN", "--lang", "en").splitlines()
    assert [line.split(" · ")[0] for line in listed] == ["VN-HN 2025 v1", "VN-HN 2026 v1"]
    assert "58/NQ-HĐND, 10 Dec 2024" in listed[0]


def test_a_dry_run_checks_and_stores_nothing(tmp_path: Path) -> None:
    file = toml(tmp_path, PLAN.replace("2025", "2026") + OCOP, "next.toml")
    text = plan(file, "--dry-run", "--lang", "en")
    assert "VN-HN 2026 v1, 2 targets (not stored)" in text
    assert "PLAN-3" in text
    assert "2026" not in plan("--lang", "en")


def test_a_dry_run_refuses_what_importing_would_refuse(tmp_path: Path) -> None:
    with pytest.raises(KechoErrors) as caught:
        plan(toml(tmp_path, PLAN + OCOP.replace("export_turnover", "happiness"), "bad.toml"), "--dry-run")
    assert [problem.code for problem in caught.value.errors] == ["plan.unknown_indicator"]


def test_no_plan_yet(tmp_path: Path) -> None:
    assert plan("--locality", "VN-SG") == "Chưa có kế hoạch nào.\n"
