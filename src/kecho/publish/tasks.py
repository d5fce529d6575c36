"""What drafts of reports ask of people: finish one's own, mend what was returned, decide what was handed in."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from kecho.pages import words
from kecho.pages.tasks import Kind, Task
from kecho.people import rights
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission
from kecho.publish import queries
from kecho.publish.queries import DraftInfo, State


def of(actor: Actor) -> Iterator[Task]:
    """The actor's own open drafts, and those that wait for the actor's decision."""
    if not actor.is_signed_in:
        return
    for info in queries.drafts(actor):
        is_own = info.drafted_by == actor.name
        decides = not is_own and rights.may(actor, Permission.APPROVE_REPORT, Scope.locality(info.locality))
        if info.state is State.SUBMITTED and decides:
            yield _task(Kind.SIGN, _("Duyệt báo cáo"), info)
        elif info.is_open and is_own:
            yield _task(Kind.DRAFT, _("Hoàn thiện dự thảo báo cáo"), info)


def _task(kind: Kind, deed: str, info: DraftInfo) -> Task:
    title = f"{deed}: {words.period(info.period)}, {words.place(info.locality)}"
    last = info.steps[-1] if info.steps else None
    note = last.reason if last and info.state is State.RETURNED else ""
    return Task(kind, title, reverse("draft", args=[info.id]), note=note)
