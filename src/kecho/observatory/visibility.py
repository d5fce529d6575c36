"""Which releases the reader of the moment may see: the one place where unpublished figures are kept back.

``Release.objects``, ``Observation.objects`` and ``Finding.objects`` narrow by it, and so does every read of
``queries``; whatever joins observations from another table excludes ``hidden_ids()`` itself. The reader is
``people.viewing.viewer()``, the moment is now, so an embargo ends by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Max, QuerySet
from django.utils import timezone

from kecho.people import rights, viewing
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission

if TYPE_CHECKING:
    from kecho.observatory.models import Release, ReleaseStep

Row = TypeVar("Row", bound=models.Model)


class Unpublished(NamedTuple):
    """A release that the public may not see yet: whose draft, and figures of which places."""

    id: int
    drafter: str
    localities: tuple[str, ...]


def identity(actor: Actor) -> str:
    """What tells one person from another: the account where there is one, else the name."""
    return actor.name if actor.account_id is None else f"account:{actor.account_id}"


def hidden_ids(actor: Actor | None = None, now: datetime | None = None) -> frozenset[int]:
    """Releases that ``actor`` (default: the reader of the moment) may not see at ``now``. One query; mostly empty."""
    reader = actor or viewing.viewer()
    return frozenset(row.id for row in unpublished(now) if not _may_see(reader, row))


def state() -> str:
    """Changes whenever a step is taken, a finding settled or a notice given, and with what the reader may not see."""
    counts = [
        apps.get_model("observatory", name)._base_manager.aggregate(last=Max("id"))["last"] or 0
        for name in ("ReleaseStep", "Settlement", "Notice")
    ]
    reader, rows = viewing.viewer(), unpublished()
    marks = (f"{row.id}{'+' if _may_see(reader, row) else '-'}" for row in rows)
    return f"{'.'.join(map(str, counts))}/{','.join(sorted(marks))}"


def may_see_all(actor: Actor, observations: Iterable[int]) -> bool:
    """Whether the actor may see every one of these figures: for what was written down from figures and kept."""
    hidden = hidden_ids(actor)
    if not hidden:
        return True
    rows = apps.get_model("observatory", "Observation")._base_manager.filter(release_id__in=hidden)
    return not rows.filter(pk__in=list(observations)).exists()


def shown_count(actor: Actor) -> int:
    """How many releases that the public may not see are open to the actor, apart from those that were returned."""
    returned = {pk for pk, step in last_steps().items() if step.state == "returned"}
    return sum(row.id not in returned and _may_see(actor, row) for row in unpublished())


def unpublished_ids() -> frozenset[int]:
    """Releases that the public may not see now, whoever reads."""
    return frozenset(row.id for row in unpublished())


def unpublished(now: datetime | None = None) -> list[Unpublished]:
    """Releases that the public may not see yet, with drafter and places: what is under way, returned or embargoed."""
    moment = now or timezone.now()
    drafts = list(_releases().filter(needs_approval=True).values_list("id", flat=True))
    last = last_steps() if drafts else {}
    found = []
    for pk in drafts:
        step = last.get(pk)
        if step is None:  # no step on record: nobody's, and so not shown
            found.append(Unpublished(pk, "", ()))
        elif step.public_from is None or step.public_from > moment:
            found.append(Unpublished(pk, step.drafter, tuple(step.localities)))
    return found


def last_steps(releases: Iterable[int] | None = None) -> dict[int, ReleaseStep]:
    """The last step of the given releases (default: of all) that came as drafts."""
    rows = _steps() if releases is None else _steps().filter(release_id__in=list(releases))
    return {step.release_id: step for step in rows.order_by("release_id", "number")}


def may_see(actor: Actor, drafter: str, localities: Iterable[str]) -> bool:
    """Whether somebody may see an unpublished release: its drafter, and whoever may read such of all its places."""
    if drafter and drafter == identity(actor):
        return True
    places = list(localities)
    return bool(places) and all(
        rights.may(actor, Permission.READ_UNPUBLISHED, Scope.locality(place)) for place in places
    )


def _may_see(actor: Actor, row: Unpublished) -> bool:
    return may_see(actor, row.drafter, row.localities)


def _releases() -> QuerySet[Release]:
    manager: models.Manager[Release] = apps.get_model("observatory", "Release")._base_manager
    return manager.all()


def _steps() -> QuerySet[ReleaseStep]:
    manager: models.Manager[ReleaseStep] = apps.get_model("observatory", "ReleaseStep")._base_manager
    return manager.all()


class VisibleReleases(models.Manager["Release"]):
    """Releases that the reader of the moment may see."""

    def get_queryset(self) -> QuerySet[Release]:
        """Without the hidden ones."""
        rows, hidden = super().get_queryset(), hidden_ids()
        return rows.exclude(pk__in=hidden) if hidden else rows


class OfVisibleReleases(models.Manager[Row]):
    """What belongs to releases that the reader of the moment may see."""

    def get_queryset(self) -> QuerySet[Row]:
        """Without what belongs to hidden ones."""
        rows, hidden = super().get_queryset(), hidden_ids()
        return rows.exclude(release_id__in=hidden) if hidden else rows
