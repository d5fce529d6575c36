"""Every action that the audit trail can hold has its words in both languages."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

from kecho.kernel.errors import catalogue
from kecho.observatory.approval import Deed as ReleaseDeed
from kecho.people import audit
from kecho.people.wording import deed_name
from kecho.publish.models import Deed as DraftDeed

SOURCE = Path(audit.__file__).resolve().parents[1]
ROOMS = "access|people|observatory|plan|publish|uploads|market_access|outlook|api"
ACTION = re.compile(rf"({ROOMS})\.[a-z_]+")
NO_ACTIONS = {"access.sweep", "people.unit"}  # names of a listener and of a model


def actions() -> set[str]:
    """Actions as the source writes them: in modules that write the trail, whatever is no code of an error."""
    found = {f"publish.{deed}" for deed in DraftDeed.values} | {f"observatory.{deed}" for deed in ReleaseDeed}
    for file in SOURCE.rglob("*.py"):
        text = file.read_text("utf-8")
        if "audit" in text:
            constants = (node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant))
            found |= {one for one in constants if isinstance(one, str) and ACTION.fullmatch(one)}
    return found - set(catalogue()) - NO_ACTIONS


def test_every_action_has_its_words_and_nothing_else_has() -> None:
    named = tomllib.loads((SOURCE / "people" / "deeds.toml").read_text("utf-8"))
    assert set(named) == actions()
    assert all(set(words) == {"vi", "en"} and all(words.values()) for words in named.values())


def test_an_action_of_an_older_version_keeps_its_name() -> None:
    assert deed_name("publish.approved", "vi") == "duyệt báo cáo"
    assert deed_name("gone.since", "en") == "gone.since"
