"""Declared corrections: a figure that the source gives wrongly, what it should be, and what ends the correction.

A correction expects the source to go on saying what it said. A later file that repeats the wrong figure is corrected on
its way in, with the printed figure in the note; one that says anything else ends the correction, and a finding tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from kecho.kernel.periods import Period
from kecho.observatory import approval, releases, visibility
from kecho.observatory.fields import plain
from kecho.observatory.models import Correction, Finding, Observation, Release, Settlement
from kecho.observatory.releases import ReleaseMeta
from kecho.observatory.writing import Draft
from kecho.people import audit, rights
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission

NOTE = "đính chính, nguồn in {printed}: {reason} / corrected, the source prints {printed}"


class Tripped(NamedTuple):
    """A correction that a file ended, and the figure that ended it."""

    correction: Correction
    draft: Draft


def declare(
    finding: Finding, figure: Observation, value: Decimal, actor: Actor, *, reason: str, now: datetime
) -> Release:
    """Write the corrected figure as a release of its own, and what it expects. Called inside a transaction."""
    assert figure.value is not None
    of, place = figure.release, figure.series.locality
    period = None if of.period_start is None or of.period_end is None else Period(of.period_start, of.period_end)
    is_direct = rights.may(actor, Permission.PUBLISH_DIRECTLY, Scope.locality(place))
    said = f"{finding.pk}|{figure.pk}|{plain(value)}|{now.isoformat()}"
    meta = ReleaseMeta(
        sha256=sha256(said.encode()).hexdigest(),
        source=of.source,
        kind=Release.Kind.CORRECTION,
        title=f"Đính chính / Correction: {of.file_name or of.title}",
        period=period,
        reason=reason,
        needs_approval=not is_direct,
    )
    release = releases.open_release(meta, of, now)
    Observation.objects.create(
        series=figure.series,
        release=release,
        calendar=figure.calendar,
        period_start=figure.period_start,
        period_end=figure.period_end,
        value=value,
        stage=figure.stage,
        decimals=max(0, -int(value.as_tuple().exponent)),
        is_fictional=figure.is_fictional,
        note=NOTE.format(printed=plain(figure.value), reason=reason),
    )
    if release.needs_approval:
        approval.submit(release, [place], actor, now)
    Correction.objects.create(
        finding=finding,
        series=figure.series,
        calendar=figure.calendar,
        period_start=figure.period_start,
        period_end=figure.period_end,
        expected=figure.value,
        value=value,
        reason=reason,
        actor_name=actor.name,
        at=now,
        release=release,
    )
    details = {"before": plain(figure.value), "after": plain(value), "observation": figure.pk}
    audit.record(actor, "observatory.declare_correction", release, reason=reason, details=details)
    return release


def in_force() -> dict[tuple[int, int, int, str], Correction]:
    """Corrections that are public and not ended, by the slot that they correct."""
    unpublished = visibility.unpublished_ids()
    rows = Correction.objects.exclude(release_id__in=unpublished).order_by("id")
    found = {(row.series_id, row.period_start, row.period_end, row.calendar): row for row in rows}
    ends = Settlement.objects.filter(finding__declared__in=[row.pk for row in found.values()])
    last = {row.finding_id: row for row in ends.order_by("number") if row.by_release_id not in unpublished}
    return {slot: row for slot, row in found.items() if last[row.finding_id].kind == Settlement.Kind.CORRECTED}


def apply(drafts: Iterable[Draft]) -> tuple[list[Draft], list[Tripped]]:
    """The drafts with what is to be corrected corrected, and the corrections that the drafts end."""
    known = in_force()
    made, tripped = [], []
    for draft in drafts:
        correction = known.get(draft.slot)
        if correction is None or draft.value is None:
            made.append(draft)
        elif draft.value == correction.expected:
            printed = NOTE.format(printed=plain(draft.value), reason=correction.reason)
            note = "; ".join(filter(None, (draft.note, printed)))
            made.append(draft._replace(value=correction.value, note=note))
        else:
            made.append(draft)
            tripped.append(Tripped(correction, draft))
    return made, tripped


def end(tripped: Iterable[Tripped], release: Release, actor: Actor) -> None:
    """Write that the corrections ended with this release. Called inside the transaction of the import."""
    for correction, draft in tripped:
        last = Settlement.objects.filter(finding=correction.finding_id).order_by("number").last()
        now = plain(draft.value) if draft.value is not None else draft.missing
        Settlement.objects.create(
            finding_id=correction.finding_id,
            number=last.number + 1 if last else 1,
            kind=Settlement.Kind.REPAIRED,
            reason=f"Nguồn nay in {now}. / The source now prints {now}.",
            actor_name=actor.name,
            at=release.imported_at,
            by_release=release,
        )
