"""The room's whole suite once more, on a real PostgreSQL: migrations, triggers, and two people at once."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


def test_the_room_on_postgresql() -> None:
    tests = [sys.executable, "-m", "pytest", "tests/uploads", "-m", "not postgres", "-p", "no:cacheprovider"]
    command = [sys.executable, "tools/with_postgres.py", *tests]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
