"""One place for all stories: made by ``kecho demo --no-serve`` in a home of its own, as a newcomer makes it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

COMMAND = Path(sysconfig.get_path("scripts")) / "kecho"
PATIENCE_SECONDS = 300

Run = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Place:
    """A home with a database, and the command that works on it."""

    home: Path
    demo: Run | None = None

    def kecho(self, *words: str | Path, status: int = 0) -> Run:
        """Run ``kecho`` here; what it prints. Fails unless it ends with ``status``."""
        env = {name: value for name, value in os.environ.items() if not name.startswith(("KECHO_", "DJANGO_"))}
        done = subprocess.run(
            [COMMAND, *map(str, words)],
            env={**env, "KECHO_HOME": str(self.home), "PYTHONUTF8": "1", "COLUMNS": "200"},
            cwd=self.home.parent,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A place after the demonstration. Stories only read from it."""
    home = tmp_path_factory.mktemp("place") / "home"
    return Place(home, Place(home).kecho("demo", "--no-serve"))


@pytest.fixture
def copy(place: Place, tmp_path: Path) -> Place:
    """The place again, for a story that writes."""
    return Place(Path(shutil.copytree(place.home, tmp_path / "home")))


@pytest.fixture
def fresh(tmp_path: Path) -> Place:
    """An empty place: tables, no figures."""
    made = Place(tmp_path / "home")
    made.kecho("migrate")
    return made


@pytest.fixture
def tidy(tmp_path: Path) -> Callable[..., Path]:
    """Writes a department's own CSV: each row ``indicator, label, period, measure, value, unit``."""

    def write(name: str, *rows: str, locality: str = "VN-HN", stage: str = "estimate") -> Path:
        lines = ["indicator,label,period,measure,value,unit,locality,stage"]
        path = tmp_path / name
        path.write_text("\n".join([*lines, *(f"{row},{locality},{stage}" for row in rows)]) + "\n", "utf-8")
        return path

    return write
