"""A newcomer runs the demonstration: every step says what it did and where to look, and it can be run again."""

from __future__ import annotations

import re

import pytest

from .conftest import Place

pytestmark = pytest.mark.slow


def test_every_step_is_announced_in_both_languages(place: Place):
    assert place.demo is not None
    steps = re.findall(r"^\[(\d)/(\d)\] (.+) / (.+)$", place.demo.stdout, re.MULTILINE)
    assert [(number, of) for number, of, _, _ in steps] == [(str(n), str(len(steps))) for n in range(1, len(steps) + 1)]
    assert len(steps) == 6


def test_every_step_names_the_command_that_does_it_alone(place: Place):
    assert place.demo is not None
    commands = re.findall(r"^ +\$ kecho (\w+)", place.demo.stdout, re.MULTILINE)
    assert list(dict.fromkeys(commands)) == ["migrate", "duty", "import", "assess", "outlook", "report"]


def test_what_it_names_is_there(place: Place):
    assert place.demo is not None
    paths = {place.home / "kecho.sqlite3", *(place.home / "demo").iterdir()}
    named = [path for path in paths if str(path) in place.demo.stdout]
    assert sorted(path.suffix for path in named) == [".docx", ".docx", ".pdf", ".pdf", ".sqlite3", ".xlsx"]
    assert all(path.stat().st_size > 10_000 for path in named)


def test_it_says_how_to_open_the_site(place: Place):
    assert place.demo is not None
    assert "kecho serve" in place.demo.stdout


def test_it_says_what_is_made_up(place: Place):
    assert place.demo is not None
    assert "minh họa" in place.demo.stdout
    assert "fictional" in place.demo.stdout


def test_run_again_it_changes_nothing(copy: Place):
    before = copy.kecho("findings", "--severity", "note", "--format", "csv").stdout
    again = copy.kecho("demo", "--no-serve").stdout
    assert "nothing was loaded twice" in again
    assert copy.kecho("findings", "--severity", "note", "--format", "csv").stdout == before
