"""Actions on barriers: one is reported, one moves on. Each step stays on record."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kecho.kernel.errors import KechoError
from kecho.market_access.models import Barrier, BarrierEvent
from kecho.people import audit
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission, require

#: from a stage to those that may follow
NEXT = {
    "reported": {"assessed", "dormant"},
    "assessed": {"raised", "dormant", "resolved"},
    "raised": {"partly_resolved", "resolved", "dormant"},
    "partly_resolved": {"raised", "resolved", "dormant"},
    "resolved": {"raised"},
    "dormant": {"assessed", "raised"},
}


@transaction.atomic
def report(
    actor: Actor, *, market: str, hs: str, kind: str, title: str, source: str, since: date, note: str
) -> Barrier:
    """A barrier that somebody met. Raises ``market_access.bad_barrier`` for what is missing."""
    require(actor, Permission.MANAGE_MARKET_ACCESS, Scope.everywhere())
    hs = hs.replace(".", "").strip()
    if (
        not title.strip()
        or not source.strip()
        or not note.strip()
        or kind not in Barrier.Kind
        or (hs and not hs.isdigit())
    ):
        raise KechoError("market_access.bad_barrier")
    made = Barrier.objects.create(
        market=market, hs=hs, kind=kind, title=title.strip(), source=source.strip(), since=since
    )
    BarrierEvent.objects.create(barrier=made, stage=made.stage, on=since, note=note.strip(), by=actor.name)
    audit.record(actor, "market_access.report_barrier", made)
    return made


@transaction.atomic
def move(barrier: Barrier, stage: str, on: date, note: str, actor: Actor) -> BarrierEvent:
    """To a further stage, with what was done. Raises ``market_access.bad_stage`` where the step is not open."""
    require(actor, Permission.MANAGE_MARKET_ACCESS, Scope.everywhere())
    last = barrier.events.last()
    if stage not in NEXT[barrier.stage] or not note.strip() or (last and on < last.on):
        known = ", ".join(sorted(NEXT[barrier.stage]))
        raise KechoError("market_access.bad_stage", stage=stage, now=barrier.stage, known=known)
    event = BarrierEvent.objects.create(barrier=barrier, stage=stage, on=on, note=note.strip(), by=actor.name)
    barrier.stage = stage
    barrier.save(update_fields=["stage"])
    audit.record(actor, "market_access.move_barrier", barrier, details={"stage": stage})
    return event
