"""Killed at any point an import leaves the database as before or as after; of two approvals at once one is made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

SQLITE: list[str] = []
POSTGRES = [sys.executable, "tools/with_postgres.py"]
BOTH = pytest.mark.parametrize(
    "beside", [pytest.param(SQLITE, id="sqlite"), pytest.param(POSTGRES, id="postgresql", marks=pytest.mark.postgres)]
)


def run(beside: list[str], home: Path, *words: str) -> dict[str, Any]:
    """What the program of ``hardship`` saw."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "KECHO_DATABASE"))}
    environment = {**kept, "KECHO_HOME": str(home), "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    command = [*beside, sys.executable, "-m", "tests.observatory.hardship", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


@pytest.mark.slow
@BOTH
def test_an_import_killed_anywhere_is_before_or_after(beside: list[str], tmp_path: Path) -> None:
    seen = run(beside, tmp_path, "kill", "1" if beside is SQLITE else "7")
    assert seen["points"]["else"] == 0
    assert seen["points"]["before"] >= (30 if beside is SQLITE else 4)
    assert seen["changed"]  # the import that nobody killed went through
    assert seen["commit"] == {"before commit": [True, False], "after commit": [True, True]}
    assert seen["new when repeated"] == [False, False]
    assert seen["integrity"] == "ok"


@pytest.mark.slow
@BOTH
def test_eight_people_approving_at_once_give_one_approval(beside: list[str], tmp_path: Path) -> None:
    seen = run(beside, tmp_path, "race")
    assert seen["approvals"] == len(seen["answers"]) == 6
    assert all(answers == ["approved", *["observatory.wrong_step"] * 7] for answers in seen["answers"])
