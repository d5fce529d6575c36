"""Reads for administrators: accounts, units, and the audit trail. Who lacks the right is refused, not given a part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from kecho.people import rights
from kecho.people.actors import Actor, Scope
from kecho.people.models import Account, AuditEvent, Unit
from kecho.people.rights import Permission


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What is looked for in the trail; empty means anything. ``since`` and ``until`` are whole days."""

    who: str = ""
    action: str = ""
    target: str = ""
    since: date | None = None
    until: date | None = None


def trail(actor: Actor, wanted: TrailFilter | None = None) -> QuerySet[AuditEvent]:
    """Rows of the audit trail, the latest first. Raises KechoError ``people.denied``."""
    _require(actor)
    found, asked = AuditEvent.objects.all(), wanted or TrailFilter()
    if asked.who:
        found = found.filter(actor_name__icontains=asked.who)
    if asked.action:
        found = found.filter(action__startswith=asked.action)
    if asked.target:
        found = found.filter(Q(target_label__icontains=asked.target) | Q(target_id=asked.target))
    if asked.since:
        found = found.filter(at__gte=_midnight(asked.since))
    if asked.until:
        found = found.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    return found


def deeds(actor: Actor) -> list[str]:
    """Every action that the trail knows, for a list to choose from."""
    _require(actor)
    return list(AuditEvent.objects.order_by("action").values_list("action", flat=True).distinct())


def accounts(actor: Actor, text: str = "") -> QuerySet[Account]:
    """Accounts with their roles, by user name; those whose name, user name or e-mail holds ``text``."""
    _require(actor)
    found = Account.objects.select_related("unit").prefetch_related("assignments")
    if text:
        found = found.filter(Q(full_name__icontains=text) | Q(username__icontains=text) | Q(email__icontains=text))
    return found


def units(actor: Actor) -> list[tuple[int, Unit]]:
    """Every unit with its depth in the tree, parents before their children."""
    _require(actor)
    below: dict[int | None, list[Unit]] = {}
    for unit in Unit.objects.order_by("code"):
        below.setdefault(unit.parent_id, []).append(unit)

    def walk(parent: int | None, depth: int) -> list[tuple[int, Unit]]:
        return [item for unit in below.get(parent, []) for item in ((depth, unit), *walk(unit.pk, depth + 1))]

    return walk(None, 0)


def _require(actor: Actor) -> None:
    rights.require(actor, Permission.ADMINISTER, Scope.everywhere())


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
