"""``kecho draft``: what the pages do, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kecho.web.cli import application
from tests.web import small

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    result = CliRunner().invoke(application(["draft", "demo"]), ["draft", *words])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_draft_from_new_to_file(world: None, tmp_path: Path) -> None:
    number = run("new", small.LAST.code).strip()
    assert f"{number}\t{small.LAST.code}\tVN\tvi\tdraft" in run("list")
    blanks = [line.split("\t")[0] for line in run("show", number).splitlines() if "Cán bộ soạn thảo ghi" in line]
    assert len(blanks) == 3
    for slot in blanks:
        run("write", number, slot, "--text", "Không có.")
    assert run("changes", number) == ""
    assert run("submit", number).strip() == "submitted"
    file = Path(run("export", number, "--format", "html", "--out", str(tmp_path)).strip())
    assert file.read_text("utf-8").count("Không có.") == 3


def test_a_number_that_is_none_is_refused_with_its_code(world: None) -> None:
    result = CliRunner().invoke(application(["draft", "demo"]), ["draft", "show", "abc"])
    assert "publish.unknown_draft" in str(result.exception)
