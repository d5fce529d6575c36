"""How a draft becomes public: draft, checked, approved, published, each step by another person.

A step may be sent back with a reason. Publication may name a moment in the future: until then the figures stay with
those who may see them (``visibility``). Each function is one change of state in one transaction; the release row is
locked first and steps are numbered, so of two people taking the same step at once one does and the other is told who.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from kecho.kernel.errors import KechoError
from kecho.observatory import states
from kecho.observatory.models import Release, ReleaseStep
from kecho.observatory.review_models import DOERS
from kecho.observatory.visibility import identity, may_see
from kecho.people import audit, rights
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission

State = ReleaseStep.State
LONGEST_EMBARGO = timedelta(days=366)


class Deed(StrEnum):
    """The three steps forward."""

    CHECK = "check"
    APPROVE = "approve"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class Move:
    """A step forward: from where to where, who may, and in which column the doer stands."""

    before: ReleaseStep.State
    after: ReleaseStep.State
    permission: Permission
    doer: str


MOVES = {
    Deed.CHECK: Move(State.DRAFT, State.CHECKED, Permission.CHECK_FIGURES, "checker"),
    Deed.APPROVE: Move(State.CHECKED, State.APPROVED, Permission.APPROVE_FIGURES, "approver"),
    Deed.PUBLISH: Move(State.APPROVED, State.PUBLISHED, Permission.PUBLISH_FIGURES, "publisher"),
}
#: Where a release goes when it is sent back, the step that falls, and who may do it.
_BACK = {
    State.DRAFT: (State.RETURNED, "", Permission.CHECK_FIGURES),
    State.CHECKED: (State.DRAFT, "checker", Permission.APPROVE_FIGURES),
    State.APPROVED: (State.CHECKED, "approver", Permission.PUBLISH_FIGURES),
    State.PUBLISHED: (State.APPROVED, "publisher", Permission.PUBLISH_FIGURES),
}


def submit(release: Release, localities: list[str], actor: Actor, now: datetime) -> ReleaseStep:
    """The first step of a draft. Called inside the transaction of the import, which records it."""
    return ReleaseStep.objects.create(
        release=release,
        number=1,
        state=State.DRAFT,
        at=now,
        actor_name=actor.name,
        drafter=identity(actor),
        localities=sorted(localities),
    )


def check(release_id: int, actor: Actor, *, note: str = "", now: datetime | None = None) -> ReleaseStep:
    """Say that the figures were checked. Errors as ``forward``."""
    return forward(Deed.CHECK, release_id, actor, note=note, now=now)


def approve(release_id: int, actor: Actor, *, note: str = "", now: datetime | None = None) -> ReleaseStep:
    """Approve what was checked. Errors as ``forward``."""
    return forward(Deed.APPROVE, release_id, actor, note=note, now=now)


def publish(
    release_id: int, actor: Actor, *, public_from: datetime | None = None, note: str = "", now: datetime | None = None
) -> ReleaseStep:
    """Publish what was approved, now or from a later moment on. Errors as ``forward``, ``observatory.bad_embargo``."""
    return forward(Deed.PUBLISH, release_id, actor, note=note, now=now, public_from=public_from)


def forward(
    deed: Deed,
    release_id: int,
    actor: Actor,
    *,
    note: str = "",
    now: datetime | None = None,
    public_from: datetime | None = None,
) -> ReleaseStep:
    """Take one step forward.

    Raises ``observatory.unknown_release`` (also for who may not see it), ``people.denied``, ``observatory.wrong_step``
    where it is not the next one (someone else was faster), ``observatory.same_person``.
    """
    moment, move = now or timezone.now(), MOVES[deed]
    changes: dict[str, Any] = {"at": moment, "actor_name": actor.name, "reason": note, "state": move.after}
    if deed is Deed.PUBLISH:
        changes["public_from"] = _public_from(public_from, moment)
    with _locked(release_id, actor) as last:
        _require(actor, move.permission, last)
        if last.state != move.before:
            raise _wrong_step(last)
        earlier = next((who for who in DOERS if getattr(last, who) == identity(actor)), "")
        if earlier:
            raise KechoError("observatory.same_person", actor=actor.name, release=last.release.title)
        return _append(last, actor, f"observatory.{deed}", **changes, **{move.doer: identity(actor)})


def send_back(release_id: int, actor: Actor, reason: str, *, now: datetime | None = None) -> ReleaseStep:
    """Undo the last step, with a reason; a draft goes back to whoever delivered it.

    A published release can be sent back as long as nobody outside has seen it. Raises as ``forward`` does, and
    ``observatory.missing_reason``, ``observatory.already_public``.
    """
    moment = now or timezone.now()
    if not reason.strip():
        raise KechoError("observatory.missing_reason")
    with _locked(release_id, actor) as last:
        if last.state not in _BACK:
            raise _wrong_step(last)
        state, falls, permission = _BACK[State(last.state)]
        _require(actor, permission, last)
        if last.public_from is not None and last.public_from <= moment:
            raise KechoError("observatory.already_public", release=last.release.title)
        changes = {"at": moment, "actor_name": actor.name, "state": state, "reason": reason, "is_sent_back": True}
        fallen = {falls: ""} if falls else {}
        return _append(last, actor, "observatory.send_back", public_from=None, **changes, **fallen)


def resubmit(release_id: int, actor: Actor, note: str, *, now: datetime | None = None) -> ReleaseStep:
    """Hand a returned draft in again, with what speaks for it. Only its drafter may, or who may import its places."""
    if not note.strip():
        raise KechoError("observatory.missing_reason")
    with _locked(release_id, actor) as last:
        _require(actor, Permission.IMPORT_FIGURES, last)
        if last.state != State.RETURNED:
            raise _wrong_step(last)
        changes = {"at": now or timezone.now(), "actor_name": actor.name, "state": State.DRAFT, "reason": note}
        return _append(last, actor, "observatory.resubmit", **changes, drafter=identity(actor))


def steps(release_id: int, actor: Actor) -> list[ReleaseStep]:
    """The history of a draft, oldest first, for who may see drafts of its places; empty for anybody else."""
    found = list(ReleaseStep.objects.filter(release_id=release_id).order_by("number"))
    return found if found and may_see(actor, found[-1].drafter, found[-1].localities) else []


def open_to(release_id: int, actor: Actor, now: datetime | None = None) -> list[str]:
    """What the actor may do with the release now: deeds, ``send_back``, ``resubmit``. A page has buttons for these."""
    history = steps(release_id, actor)
    if not history:
        return []
    last, moment = history[-1], now or timezone.now()
    found = [
        deed.value
        for deed, move in MOVES.items()
        if last.state == move.before
        and _may(actor, move.permission, last)
        and identity(actor) not in (getattr(last, who) for who in DOERS)
    ]
    is_secret = last.public_from is None or last.public_from > moment
    if last.state in _BACK and is_secret and _may(actor, _BACK[State(last.state)][2], last):
        found.append("send_back")
    if last.state == State.RETURNED and _may(actor, Permission.IMPORT_FIGURES, last):
        found.append("resubmit")
    return found


# ---- one step in one transaction


@contextmanager
def _locked(release_id: int, actor: Actor) -> Iterator[ReleaseStep]:
    """The last step of a release that ``actor`` may see, its row locked; a lost race becomes a coded error."""
    try:
        with transaction.atomic():
            yield _last(Release.everything.select_for_update(), release_id, actor)
    except IntegrityError as lost:
        raise _wrong_step(_last(Release.everything.all(), release_id, actor)) from lost


def _last(releases: QuerySet[Release], release_id: int, actor: Actor) -> ReleaseStep:
    release = releases.filter(pk=release_id, needs_approval=True).first()
    last = ReleaseStep.objects.filter(release=release).order_by("number").last() if release else None
    if last is None or not may_see(actor, last.drafter, last.localities):
        raise KechoError("observatory.unknown_release", value=release_id)
    return last


def _append(last: ReleaseStep, actor: Actor, action: str, **changes: object) -> ReleaseStep:
    kept = {name: getattr(last, name) for name in (*DOERS, "localities")}
    made = ReleaseStep.objects.create(release=last.release, number=last.number + 1, **{**kept, **changes})
    audit.record(
        actor,
        action,
        last.release,
        reason=made.reason,
        details={"before": last.state, "after": made.state, "public_from": made.public_from},
    )
    return made


def _require(actor: Actor, permission: Permission, last: ReleaseStep) -> None:
    for place in last.localities:
        rights.require(actor, permission, Scope.locality(place))


def _may(actor: Actor, permission: Permission, last: ReleaseStep) -> bool:
    return all(rights.may(actor, permission, Scope.locality(place)) for place in last.localities)


def _wrong_step(last: ReleaseStep) -> KechoError:
    vi, en = states.RELEASE[last.state]
    return KechoError(
        "observatory.wrong_step", state_vi=vi, state_en=en, by=last.actor_name, release=last.release.title
    )


def _public_from(asked: datetime | None, now: datetime) -> datetime:
    if asked is None:
        return now
    if timezone.is_naive(asked) or asked < now or asked > now + LONGEST_EMBARGO:
        raise KechoError("observatory.bad_embargo", value=f"{asked:%d/%m/%Y %H:%M}")
    return asked
