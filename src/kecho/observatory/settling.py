"""How a finding ends: accepted with a reason, corrected, or sent back to whoever delivered the file.

A settlement is a row that stays; the last one counts, and a finding can be opened again. Each function is one change of
state in one transaction, recorded in the audit trail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from kecho.kernel.errors import KechoError
from kecho.observatory import corrections, visibility
from kecho.observatory.fields import checked, plain
from kecho.observatory.models import Finding, Observation, Release, Settlement
from kecho.people import audit, rights
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission

Kind = Settlement.Kind
#: A finding in one of these is done with; what was sent back waits for another file.
DONE = {Kind.ACCEPTED, Kind.CORRECTED, Kind.SUPERSEDED, Kind.REPAIRED}


def accept(finding_id: int, actor: Actor, reason: str, *, now: datetime | None = None) -> Settlement:
    """The figures stay as they are, for a reason. Raises as ``_settling`` does, ``observatory.missing_reason``."""
    return _settle(finding_id, actor, Kind.ACCEPTED, reason, now)


def send_back(finding_id: int, actor: Actor, message: str, *, now: datetime | None = None) -> Settlement:
    """Ask whoever delivered the file; the message stands with the finding. Raises as ``accept`` does."""
    return _settle(finding_id, actor, Kind.SENT_BACK, message, now)


def reopen(finding_id: int, actor: Actor, reason: str, *, now: datetime | None = None) -> Settlement:
    """Take a settlement back. Raises as ``accept`` does."""
    return _settle(finding_id, actor, Kind.REOPENED, reason, now)


def correct(
    finding_id: int,
    actor: Actor,
    value: Decimal | str,
    reason: str,
    *,
    observation_id: int | None = None,
    now: datetime | None = None,
) -> Settlement:
    """Declare what one of the finding's figures (default: the first) should be.

    The correction is a release of its own, a draft unless the actor may publish directly. It expects the source to go
    on saying what it says: a later file that says the same is corrected too, one that says something else ends it.
    Raises as ``accept`` does; ``observatory.bad_value``, ``nothing_to_correct``, ``same_value``.
    """
    moment = now or timezone.now()
    with _settling(finding_id, actor, reason) as finding:
        figure = _figure_of(finding, observation_id)
        number = _number(value)
        if number == figure.value:
            raise KechoError("observatory.same_value", value=plain(number))
        release = corrections.declare(finding, figure, number, actor, reason=reason, now=moment)
        return _append(finding, actor, Kind.CORRECTED, reason=reason, at=moment, by=release)


def supersede(release: Release, still: Iterable[tuple[str, int | None, int | None, int | None]], actor: Actor) -> int:
    """Mark what was found in the files that ``release`` replaces and no longer holds in it; returns how many.

    ``still``: rule, series and period of what holds. Called inside the transaction of the import.
    """
    holds = set(still)
    earlier = Finding.everything.filter(
        release__source=release.source,
        release__kind=release.kind,
        release__period_start=release.period_start,
        release__period_end=release.period_end,
    ).exclude(release=release)
    rows = list(earlier.exclude(release_id__in=visibility.unpublished_ids()))
    last = latest(row.pk for row in rows)
    reason = f"Tệp {release.file_name} thay tệp này. / {release.file_name} replaced this file."
    made = [
        Settlement(
            finding=row,
            number=last[row.pk].number + 1 if row.pk in last else 1,
            kind=Kind.SUPERSEDED,
            reason=reason,
            actor_name=actor.name,
            at=release.imported_at,
            by_release=release,
        )
        for row in rows
        if (row.rule, row.series_id, row.period_start, row.period_end) not in holds
        and not (row.pk in last and last[row.pk].kind in DONE)
    ]
    Settlement.objects.bulk_create(made, batch_size=500)
    return len(made)


def latest(findings: Iterable[int]) -> dict[int, Settlement]:
    """The settlement that counts for each finding, as the reader of the moment may know it."""
    ids, found = list(findings), {}
    hidden = visibility.hidden_ids()
    for at in range(0, len(ids), 500):
        rows = Settlement.objects.filter(finding_id__in=ids[at : at + 500]).order_by("finding_id", "number")
        for row in rows.select_related("by_release"):
            if row.by_release_id not in hidden:
                found[row.finding_id] = row
    return found


def may_settle(actor: Actor) -> bool:
    """Whether the actor may settle findings anywhere: what a page asks before it shows a link."""
    return rights.may_somewhere(actor, Permission.SETTLE_FINDINGS)


def history(finding_id: int) -> list[Settlement]:
    """All that was decided about a finding, oldest first, as the reader of the moment may know it."""
    hidden = visibility.hidden_ids()
    rows = Settlement.objects.filter(finding_id=finding_id).order_by("number")
    return [row for row in rows if row.by_release_id not in hidden]


# ---- one settlement in one transaction


def _settle(finding_id: int, actor: Actor, kind: Settlement.Kind, reason: str, now: datetime | None) -> Settlement:
    with _settling(finding_id, actor, reason) as finding:
        return _append(finding, actor, kind, reason=reason, at=now or timezone.now())


@contextmanager
def _settling(finding_id: int, actor: Actor, reason: str) -> Iterator[Finding]:
    """The finding, locked.

    Raises ``observatory.unknown_finding`` (also for who may not see its release), ``people.denied``,
    ``observatory.missing_reason``, ``observatory.just_settled`` where somebody was faster.
    """
    if not reason.strip():
        raise KechoError("observatory.missing_reason")
    try:
        with transaction.atomic():
            hidden = visibility.hidden_ids(actor)
            rows = Finding.everything.select_for_update(of=("self",)).select_related("release", "series")
            finding = rows.exclude(release_id__in=hidden).filter(pk=finding_id).first()
            if finding is None:
                raise KechoError("observatory.unknown_finding", value=finding_id)
            place = finding.series.locality if finding.series else "VN"
            rights.require(actor, Permission.SETTLE_FINDINGS, Scope.locality(place))
            yield finding
    except IntegrityError as lost:
        raise KechoError("observatory.just_settled", value=finding_id) from lost


def _append(
    finding: Finding, actor: Actor, kind: Settlement.Kind, *, reason: str, at: datetime, by: Release | None = None
) -> Settlement:
    last = Settlement.objects.filter(finding=finding).order_by("number").last()
    made = Settlement.objects.create(
        finding=finding,
        number=last.number + 1 if last else 1,
        kind=kind,
        reason=reason,
        actor_name=actor.name,
        at=at,
        by_release=by,
    )
    details = {"before": last.kind if last else "open", "after": kind.value, "release": finding.release_id}
    audit.record(actor, "observatory.settle_finding", finding, reason=reason, details=details)
    return made


def _figure_of(finding: Finding, observation_id: int | None) -> Observation:
    """The observation to correct: one of those that the finding weighed."""
    known = [cell["observation"] for cell in finding.cells if cell.get("observation")]
    wanted = observation_id if observation_id is not None else next(iter(known), None)
    row = Observation.everything.select_related("release", "series").filter(pk=wanted).first() if wanted else None
    if row is None or row.pk not in known or row.value is None:
        raise KechoError("observatory.nothing_to_correct", value=finding.pk)
    return row


def _number(value: Decimal | str) -> Decimal:
    try:
        return checked(Decimal(value))
    except (InvalidOperation, ValidationError):
        raise KechoError("observatory.bad_value", value=str(value)[:60]) from None
