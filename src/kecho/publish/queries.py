"""Drafts of the report, as far as the reader's role and places reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.observatory import visibility
from kecho.people import rights
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission
from kecho.publish.drafting import comparison, snapshot
from kecho.publish.drafting.comparison import Changes
from kecho.publish.drafting.slots import open_blanks, with_texts
from kecho.publish.model import Report
from kecho.publish.models import Deed, Draft, Passage, Step
from kecho.publish.report import compose


class State(StrEnum):
    """Where a draft stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


#: What the states are called inside a sentence, Vietnamese and English.
STATE_NAMES = {
    State.DRAFT: ("đang soạn", "being drafted"),
    State.SUBMITTED: ("đã trình", "submitted"),
    State.RETURNED: ("bị trả lại", "returned"),
    State.APPROVED: ("đã duyệt", "approved"),
}


@dataclass(frozen=True, slots=True)
class StepInfo:
    """One step: what was done, by whom, when and why."""

    deed: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class PassageInfo:
    """The text that stands in a slot now, and how many texts the slot has had."""

    text: str
    number: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DraftInfo:
    """A draft without its content."""

    id: int
    locality: str
    period: Period
    lang: str
    state: State
    drafted_by: str
    drafted_at: datetime
    as_of: date
    steps: tuple[StepInfo, ...]

    @property
    def is_open(self) -> bool:
        """Whether its text may still be changed."""
        return self.state in (State.DRAFT, State.RETURNED)


@dataclass(frozen=True, slots=True)
class DraftDetail:
    """A draft with its computed report, the officers' texts by slot, and the report with them in place."""

    info: DraftInfo
    computed: Report
    passages: dict[str, PassageInfo]
    report: Report

    @property
    def blanks(self) -> tuple[str, ...]:
        """What is still to be written."""
        return open_blanks(self.report)

    @property
    def texts(self) -> dict[str, str]:
        """The officers' texts by slot."""
        return {slot: passage.text for slot, passage in self.passages.items()}


def may_read(actor: Actor, locality: str) -> bool:
    """Drafts are for those who write and those who approve reports of the place."""
    scope = Scope.locality(locality)
    return any(
        rights.may(actor, permission, scope) for permission in (Permission.DRAFT_REPORT, Permission.APPROVE_REPORT)
    )


def drafts(actor: Actor, locality: str = "") -> list[DraftInfo]:
    """The drafts that the actor may read, the latest month first."""
    rows = Draft.objects.prefetch_related("steps", "compositions")
    rows = rows.filter(locality=locality) if locality else rows
    return [_info(row) for row in rows if may_read(actor, row.locality)]


def draft(pk: int, actor: Actor) -> DraftDetail:
    """One draft. Raises ``publish.unknown_draft`` where it does not exist or is not for the actor.

    Nor is it for whoever may not see yet one of the figures that it was composed of.
    """
    row = Draft.objects.filter(pk=pk).first()
    if row is None or not is_for(actor, row):
        raise KechoError("publish.unknown_draft", value=pk)
    return detail(row)


def is_for(actor: Actor, row: Draft) -> bool:
    """Whether the actor may read the draft: its place, and every figure that it was composed of."""
    if not may_read(actor, row.locality):
        return False
    if not visibility.hidden_ids(actor):
        return True
    found = detail(row)
    cited = {source.observation for kept in (found.computed, found.report) for source in kept.sources}
    return visibility.may_see_all(actor, cited)


def detail(row: Draft) -> DraftDetail:
    """The same without asking for a right: for actions that have asked."""
    info = _info(row)
    computed = snapshot.from_json(row.compositions.latest("number").content)
    passages = standing_passages(row)
    frozen = row.steps.filter(deed=Deed.APPROVED).first()
    if frozen is not None and frozen.frozen is not None:
        report = snapshot.from_json(frozen.frozen)
    else:
        report = with_texts(computed, {slot: passage.text for slot, passage in passages.items()})
    return DraftDetail(info, computed, passages, report)


def changes_since(found: DraftDetail) -> Changes:
    """What the figures known now would change in a draft: nothing where they are the same."""
    info = found.info
    return comparison.changes(found.computed, compose(info.locality, info.period, info.lang))


def standing_passages(row: Draft) -> dict[str, PassageInfo]:
    """The latest text of every slot; taken-away texts are left out."""
    latest: dict[str, Passage] = {passage.slot: passage for passage in row.passages.all()}
    return {
        slot: PassageInfo(passage.text, passage.number, passage.written_by, passage.written_at)
        for slot, passage in latest.items()
        if passage.text.strip()
    }


def state_of(steps: list[Step]) -> State:
    """The state after the last step."""
    return State(steps[-1].deed) if steps else State.DRAFT


def _info(row: Draft) -> DraftInfo:
    steps = list(row.steps.all())
    return DraftInfo(
        id=row.pk,
        locality=row.locality,
        period=row.period,
        lang=row.lang,
        state=state_of(steps),
        drafted_by=row.drafted_by,
        drafted_at=row.drafted_at,
        as_of=list(row.compositions.all())[-1].as_of,
        steps=tuple(StepInfo(step.deed, step.taken_by, step.taken_at, step.reason) for step in steps),
    )
