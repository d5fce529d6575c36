"""``kecho indicators`` and ``kecho findings``."""

from __future__ import annotations

import csv
import io
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from kecho.observatory import actions
from kecho.observatory.catalogue import indicators
from kecho.people.actors import command_line
from kecho.web.cli import application
from tests.conftest import ROOT
from tests.observatory.makers import reading, row


def run(*words: str) -> str:
    done = CliRunner().invoke(application(["indicators", "findings"]), list(words))
    assert done.exit_code == 0, done.output
    return done.stdout


def test_every_indicator_is_listed_with_its_code_and_name():
    vi, en = run("indicators"), run("indicators", "--lang", "en")
    assert all(code in vi and entry.name_vi in vi and entry.name_en in en for code, entry in indicators().items())


def test_one_indicator_shows_its_parts_with_official_codes_and_units():
    assert "mining/05" in run("indicators", "iip")
    assert "Mining of coal and lignite [05]" in run("indicators", "iip", "--lang", "en")
    assert "Xi măng (triệu tấn)" in run("indicators", "industrial_product")


def test_the_list_as_csv():
    rows = list(csv.DictReader(io.StringIO(run("indicators", "export_turnover", "--format", "csv", "--lang", "en"))))
    assert rows[0] == {
        "indicator": "export_turnover",
        "breakdown": "",
        "name": "Export turnover",
        "unit": "million_usd",
    }
    assert {row["breakdown"]: row["name"] for row in rows}["fdi/crude_oil"] == "Crude oil"


WITHOUT_DJANGO = """
import sys
from kecho.web.cli import application
application(["indicators"])(["indicators", "--lang", "en"], standalone_mode=False)
sys.exit("django" in sys.modules)
"""


def test_the_catalogue_is_listed_without_django():
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-c", WITHOUT_DJANGO]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_findings_name_file_rule_and_cells():
    actions.import_reading(
        reading(
            "2025-02",
            row("31109", cell="D9"),
            row("8288", label="Khu vực kinh tế trong nước", cell="D10"),
            row("22720", label="Khu vực có vốn đầu tư NN", cell="D11"),
            row("5", label="Tổ yến", cell="D12"),
        ),
        command_line(),
    )
    text = run("findings", "--lang", "en")
    assert "2025-02.xlsx: error [parts_make_total] Export turnover, February 2025" in text
    assert "14.XK!D9 14.XK!D10 14.XK!D11" in text
    assert "unmapped_label" not in text
    assert "unmapped_label" in run("findings", "--severity", "note")
    (one,) = csv.DictReader(io.StringIO(run("findings", "2025-02.xlsx", "--format", "csv")))
    assert (one["rule"], one["indicator"], one["period"]) == ("parts_make_total", "export_turnover", "2025-02")
    assert run("findings", "other.xlsx") == ""
