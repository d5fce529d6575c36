"""The manual cannot rot: generated pages are current, whatever has a name is in it, links lead on, examples run."""

from __future__ import annotations

import doctest
import re
import tomllib
from pathlib import Path

import pytest
from tools.docs import broken_links, documents
from tools.reference_pages import FOLDER, PAGES, ROOT, expected, rule_files

from kecho.kernel.errors import catalogue
from kecho.web.cli import COMMANDS

SOURCE = ROOT / "src" / "kecho"
_SETTING = re.compile(r"\bKECHO_[A-Z_]+\b")


def reference() -> str:
    """All of docs/reference as one text."""
    return "\n".join(file.read_text("utf-8") for file in sorted(FOLDER.glob("*.md")))


def rule_ids() -> list[str]:
    """Ids of the checks of every room."""
    return [name for file in rule_files().values() for name in tomllib.loads(file.read_text("utf-8"))]


def settings() -> set[str]:
    """Every ``KECHO_*`` variable that the program reads."""
    return {name for file in SOURCE.rglob("*.py") for name in _SETTING.findall(file.read_text("utf-8"))}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_generated_page_is_current(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == expected(name), "run `make docs`"


def test_every_error_is_in_the_manual() -> None:
    text = (FOLDER / "errors.md").read_text("utf-8")
    assert [code for code in catalogue() if f"`{code}`" not in text] == []


def test_every_command_is_in_the_manual() -> None:
    text = (FOLDER / "commands.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"## kecho {name}\n" not in text] == []


def test_every_rule_is_in_the_manual() -> None:
    text = reference()
    assert [name for name in rule_ids() if f"`{name}`" not in text] == []


def test_every_setting_is_in_the_manual() -> None:
    text = reference()
    assert sorted(name for name in settings() if name not in text) == []


def test_links_lead_somewhere() -> None:
    assert broken_links() == []


@pytest.mark.parametrize("room", sorted(path.parent.name for path in SOURCE.glob("*/__init__.py")))
def test_every_room_says_what_it_is_for(room: str) -> None:
    lines = (SOURCE / room / "README.md").read_text("utf-8").strip().splitlines()
    assert 5 <= len(lines) <= 40


EXAMPLES = [file for file in documents() if ">>> " in file.read_text("utf-8")]


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: str(file.relative_to(ROOT)))
def test_examples_run(file: Path) -> None:
    result = doctest.testfile(str(file), module_relative=False, encoding="utf-8")
    assert result.failed == 0


@pytest.mark.parametrize("file", documents(), ids=lambda file: str(file.relative_to(ROOT)))
def test_no_page_names_a_machine(file: Path) -> None:
    assert not re.search(r"(?<![\w.])/(work|home|root|tmp)/", file.read_text("utf-8"))
