"""What rests on the database, once more on a real PostgreSQL: schedules, ranges of codes, links, rules, pages."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
FILES = (
    "test_schedules.py",
    "test_commands.py",
    "test_finding.py",
    "test_notices.py",
    "test_selfcheck.py",
    "test_quota_use.py",
)


def test_the_room_on_postgresql() -> None:
    files = [f"tests/market_access/{name}" for name in FILES]
    tests = [sys.executable, "-m", "pytest", *files, "-m", "not postgres", "-p", "no:cacheprovider"]
    command = [sys.executable, "tools/with_postgres.py", *tests]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
