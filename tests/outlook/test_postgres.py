"""Outlooks on PostgreSQL: kept answers are JSON there too, with the same digits."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
CHOSEN = "steady_series or computed_once or come_back or single_spike or add_up"


def test_the_room_on_postgresql() -> None:
    tests = [sys.executable, "-m", "pytest", "tests/outlook/test_outlook.py", "-k", CHOSEN, "-p", "no:cacheprovider"]
    command = [sys.executable, "tools/with_postgres.py", *tests]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
