"""The header offers what its visitor may open, by area, the current one marked; tasks come most urgent first."""

from __future__ import annotations

from datetime import date

import pytest

from kecho.pages import tasks
from kecho.pages.navigation import Entry, areas
from kecho.pages.tasks import Kind, Task
from kecho.people.actors import Actor, Role, Scope, public
from kecho.people.rights import Permission

ENTRIES = (
    Entry("board", "home", "Kế hoạch"),
    Entry("draft", "draft", "Soạn", area="board", needs=Permission.DRAFT_PLAN),
    Entry("people", "people", "Quản trị", needs=Permission.ADMINISTER),
    Entry("mine", "mine", "Của tôi", area="people", is_for_signed_in=True),
    Entry("help", "help", "Trợ giúp"),
)
OFFICER = Actor("officer", Role.OFFICER, (Scope.everywhere(),), account_id=1)


@pytest.mark.parametrize(
    ("actor", "heads", "pages"),
    [
        (public(), ["board", "help"], [["board"], ["help"]]),
        (OFFICER, ["board", "mine", "help"], [["board", "draft"], ["mine"], ["help"]]),
    ],
)
def test_only_what_may_be_opened_is_offered(actor: Actor, heads: list[str], pages: list[list[str]]) -> None:
    found = areas(actor, "help", ENTRIES)
    assert [area.head.key for area in found] == heads
    assert [[entry.key for entry in area.pages] for area in found] == pages


def test_the_area_of_the_page_is_current() -> None:
    assert [area.is_current for area in areas(OFFICER, "draft", ENTRIES)] == [True, False, False]


def test_tasks_come_by_deadline_then_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "_sources", {})
    one = Task(Kind.DO, "b", "/b")
    tasks.register("a", lambda actor: [one, Task(Kind.DRAFT, "late", "/l", date(2025, 1, 2))])
    tasks.register("b", lambda actor: [Task(Kind.SIGN, "sign", "/s")] if actor is OFFICER else [])
    assert [task.title for task in tasks.tasks_of(OFFICER)] == ["late", "sign", "b"]
    assert [task.title for task in tasks.tasks_of(public())] == ["late", "b"]
    assert tasks.tasks_of(public())[0].is_late(date(2025, 1, 3)) and not one.is_late(date(2025, 1, 3))
