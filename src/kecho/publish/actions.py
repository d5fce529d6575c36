"""Changes of state of a report's draft: start it, bring its figures up to date, write into it, submit, return, approve.

Drafting and approving are different people: whoever started a draft or wrote into it does not approve it.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.people import audit, rights
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission
from kecho.publish import queries
from kecho.publish.drafting import snapshot
from kecho.publish.drafting.comparison import Changes
from kecho.publish.drafting.slots import slots
from kecho.publish.model import Report
from kecho.publish.models import LANGUAGES, Composition, Deed, Draft, Passage, Step
from kecho.publish.queries import STATE_NAMES, DraftInfo, State
from kecho.publish.report import compose
from kecho.publish.textwidth import missing_letters

LONGEST_TEXT = 20_000


@transaction.atomic
def start_draft(locality: str, period: Period, lang: str, actor: Actor) -> int:
    """Start a draft of a month's report with the figures known now; returns its number.

    Raises ``people.denied``, ``publish.unknown_language``, and what ``report.compose`` raises.
    """
    rights.require(actor, Permission.DRAFT_REPORT, Scope.locality(locality))
    if lang not in LANGUAGES:
        raise KechoError("publish.unknown_language", value=lang)
    report = compose(locality, period, lang)
    row = Draft.objects.create(locality=locality, month=period.start, lang=lang, drafted_by=actor.name)
    _keep(row, report, 1, actor)
    audit.record(actor, "publish.start_draft", row, details={"as_of": report.as_of})
    return row.pk


@transaction.atomic
def refresh_draft(pk: int, actor: Actor) -> Changes:
    """Compose the draft anew from the figures known now; the officers' texts stay. Returns what changed.

    Raises ``people.denied``, ``publish.unknown_draft``, ``publish.not_open``.
    """
    row = _locked(pk, actor, Permission.DRAFT_REPORT)
    found = _open(row)
    changed = queries.changes_since(found)
    if changed:
        report = compose(row.locality, row.period, row.lang)
        number = row.compositions.latest("number").number + 1
        _keep(row, report, number, actor)
        details = {"as_of": report.as_of, "numbers": len(changed.numbers), "sentences": len(changed.sentences)}
        audit.record(actor, "publish.refresh_draft", row, details=details)
    return changed


@transaction.atomic
def write_passage(pk: int, slot: str, text: str, actor: Actor, *, replaces: int = 0) -> None:
    """Put a text into a slot; an empty one takes the text away. ``replaces`` is the number of the text that the writer
    saw there, 0 for none: a text written meanwhile by somebody else is not overwritten.

    Raises ``people.denied``, ``publish.unknown_draft``, ``publish.not_open``, ``publish.unknown_slot``,
    ``publish.text_too_long``, ``publish.unprintable``, ``publish.text_changed``.
    """
    row = _locked(pk, actor, Permission.DRAFT_REPORT)
    found = _open(row)
    if len(text) > LONGEST_TEXT:
        raise KechoError("publish.text_too_long", length=len(text), longest=LONGEST_TEXT)
    if unprintable := missing_letters(text):
        raise KechoError("publish.unprintable", letters=" ".join(sorted(unprintable)[:10]))
    if slot not in {one.name for one in slots(found.computed)} | found.passages.keys():
        raise KechoError("publish.unknown_slot", value=slot[:20])
    last = row.passages.filter(slot=slot).order_by("number").last()
    standing = last.number if last and last.text.strip() else 0
    if standing != replaces:
        raise KechoError("publish.text_changed", by=last.written_by if last else "")
    before = last.text if last else ""
    if text.strip() == before.strip():
        return
    number = last.number + 1 if last else 1
    Passage.objects.create(draft=row, slot=slot, number=number, text=text.strip(), written_by=actor.name)
    details = {"slot": slot, "before": before, "after": text.strip()}
    audit.record(actor, "publish.write_passage", row, details=details)


@transaction.atomic
def submit_draft(pk: int, actor: Actor) -> DraftInfo:
    """Hand the draft to whoever approves. Raises as ``write_passage``, and ``publish.open_blanks``."""
    row = _locked(pk, actor, Permission.DRAFT_REPORT)
    found = _open(row)
    if found.blanks:
        raise KechoError("publish.open_blanks", count=len(found.blanks), first=found.blanks[0])
    return _step(row, Deed.SUBMITTED, actor)


@transaction.atomic
def return_draft(pk: int, reason: str, actor: Actor) -> DraftInfo:
    """Send a submitted draft back with a reason. Raises ``publish.not_submitted``, ``publish.reason_wanted``."""
    row = _locked(pk, actor, Permission.APPROVE_REPORT)
    _submitted(row)
    if not reason.strip():
        raise KechoError("publish.reason_wanted")
    return _step(row, Deed.RETURNED, actor, reason=reason.strip())


@transaction.atomic
def approve_draft(pk: int, actor: Actor) -> DraftInfo:
    """Approve a submitted draft and keep the report whole.

    Raises ``publish.not_submitted``, ``publish.own_draft`` for whoever wrote in it, ``people.denied``.
    """
    row = _locked(pk, actor, Permission.APPROVE_REPORT)
    _submitted(row)
    writers = {row.drafted_by, *row.passages.values_list("written_by", flat=True)}
    if actor.name in writers:
        raise KechoError("publish.own_draft", actor=actor.name)
    return _step(row, Deed.APPROVED, actor, frozen=queries.detail(row).report)


def _keep(row: Draft, report: Report, number: int, actor: Actor) -> None:
    content = snapshot.to_json(report)
    Composition.objects.create(
        draft=row, number=number, as_of=report.as_of or timezone.localdate(), content=content, composed_by=actor.name
    )


def _locked(pk: int, actor: Actor, permission: Permission) -> Draft:
    """The draft, held until the transaction ends; one that the actor may not read does not exist for them."""
    row = Draft.objects.select_for_update().filter(pk=pk).first()
    if row is None or not queries.is_for(actor, row):
        raise KechoError("publish.unknown_draft", value=pk)
    rights.require(actor, permission, Scope.locality(row.locality))
    return row


def _open(row: Draft) -> queries.DraftDetail:
    found = queries.detail(row)
    if not found.info.is_open:
        raise KechoError("publish.not_open", **_named(found.info.state))
    return found


def _submitted(row: Draft) -> None:
    state = queries.state_of(list(row.steps.all()))
    if state is not State.SUBMITTED:
        raise KechoError("publish.not_submitted", **_named(state))


def _named(state: State) -> dict[str, Any]:
    vi, en = STATE_NAMES[state]
    return {"state_vi": vi, "state_en": en}


def _step(row: Draft, deed: Deed, actor: Actor, *, reason: str = "", frozen: Report | None = None) -> DraftInfo:
    content = snapshot.to_json(frozen) if frozen else None
    text = json.dumps(content, ensure_ascii=False, sort_keys=True).encode() if content else b""
    Step.objects.create(
        draft=row,
        number=row.steps.count() + 1,
        deed=deed,
        reason=reason,
        taken_by=actor.name,
        frozen=content,
        sha256=hashlib.sha256(text).hexdigest() if text else "",
    )
    audit.record(actor, f"publish.{deed}", row, reason=reason)
    return queries.detail(row).info
