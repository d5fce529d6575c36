"""What plans ask of people: put a drafted version into force, or find somebody who does so with one's own."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from kecho.pages import words
from kecho.pages.tasks import Kind, Task
from kecho.people import rights
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission
from kecho.plan.versions import PlanStatus, plans


def of(actor: Actor) -> Iterator[Task]:
    """Versions that wait for the actor's decision, and the actor's own that wait for another's."""
    if not actor.is_signed_in:
        return
    for info in plans():
        if info.status is not PlanStatus.DRAFT:
            continue
        title, address = info.title(words.language()), reverse("plan", args=[info.id])
        version = _("phiên bản %s") % info.version
        if info.drafted_by == actor.name:
            yield Task(Kind.DRAFT, f"{title} ({version})", address, note=_("Dự thảo của tôi, chờ người khác ban hành."))
        elif rights.may(actor, Permission.APPROVE_PLAN, Scope.locality(info.locality)):
            title = _("Ban hành: %s") % f"{title} ({version})"
            yield Task(Kind.SIGN, title, address, note=info.reason)
