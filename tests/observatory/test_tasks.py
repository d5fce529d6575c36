"""Each step of a delivery waits for those who may take it, once; what came back waits for whoever delivered it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import translation

from kecho.observatory import approval, tasks
from kecho.pages.tasks import Kind
from kecho.people import viewing
from kecho.people.actors import Actor
from tests.observatory.people import HEAD, LEADER, OFFICER, OTHER_PLACE, READER, STATISTICIAN, draft
from tests.observatory.test_settling import wrong_month

pytestmark = pytest.mark.django_db


def tasks_of(actor: Actor) -> list[tuple[Kind, str]]:
    """The tasks as the home page asks for them: by somebody signed in, reading as themselves."""
    signed_in = replace(actor, account_id=actor.account_id or 1 + sum(map(ord, actor.name)))
    with viewing.seen_by(signed_in), translation.override("vi"):
        return [(task.kind, task.title.partition(":")[0]) for task in tasks.of(signed_in)]


@pytest.mark.parametrize(
    ("steps", "waits_for", "deed"),
    [
        ([], STATISTICIAN, "Kiểm tra số liệu"),
        ([(approval.check, STATISTICIAN)], HEAD, "Duyệt số liệu"),
        ([(approval.check, STATISTICIAN), (approval.approve, HEAD)], LEADER, "Công bố số liệu"),
    ],
)
def test_the_next_step_waits_for_who_may_take_it(steps: list, waits_for: Actor, deed: str) -> None:
    release = draft().release.id
    for take, who in steps:
        take(release, who)
    assert (Kind.SIGN, deed) in tasks_of(waits_for)
    for actor in (OTHER_PLACE, READER):
        assert [task for task in tasks_of(actor) if task[0] is Kind.SIGN] == []


def test_findings_wait_for_who_may_settle_them() -> None:
    wrong_month()
    assert [kind for kind, _ in tasks_of(STATISTICIAN)] == [Kind.SETTLE]
    assert tasks_of(READER) == []


def test_visitors_have_nothing_to_do() -> None:
    draft()
    assert list(tasks.of(OFFICER)) == []  # no account, so nobody who could be told
