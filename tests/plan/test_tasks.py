"""A drafted version waits for somebody else with the right at its place, and stands among its drafter's drafts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from kecho.pages.tasks import Kind
from kecho.people.actors import Actor, Role, Scope, command_line, public
from kecho.plan import actions, queries, tasks

pytestmark = pytest.mark.django_db
PLAN = Path(__file__).resolve().parents[1] / "web" / "plan.toml"
HERE, ELSEWHERE = Scope.locality("VN"), Scope.locality("VN-HN")
OFFICER = Actor("An", Role.OFFICER, (HERE,), account_id=1)


@pytest.fixture
def drafted(db: None) -> None:
    """The second version of a plan, drafted by An."""
    actions.import_plan(PLAN, command_line())
    draft = queries.draft(queries.plans("VN")[0].id)
    raised = tuple(replace(one, low=Decimal(910_000)) if one.code == "retail" else one for one in draft.targets)
    days = {"effective_from": date(2024, 6, 1), "document_date": date(2024, 5, 20)}
    new = replace(draft, version=2, targets=raised, reason="Bán lẻ tăng nhanh", document_number="02/QĐ", **days)
    actions.revise_plan(new, OFFICER)


@pytest.mark.parametrize(
    ("actor", "kinds"),
    [
        (OFFICER, [Kind.DRAFT]),
        (Actor("Bình", Role.LEADER, (HERE,), account_id=2), [Kind.SIGN]),
        (Actor("Chi", Role.LEADER, (ELSEWHERE,), account_id=3), []),
        (Actor("Dung", Role.STATISTICIAN, (HERE,), account_id=4), []),
        (public(), []),
    ],
)
def test_who_has_what_to_do(drafted: None, actor: Actor, kinds: list[Kind]) -> None:
    with translation.override("vi"):
        found = list(tasks.of(actor))
    assert [task.kind for task in found] == kinds
    assert all("phiên bản 2" in task.title for task in found)


def test_an_adopted_version_waits_for_nobody(db: None) -> None:
    actions.import_plan(PLAN, command_line())
    assert list(tasks.of(Actor("Bình", Role.LEADER, (HERE,), account_id=2))) == []
