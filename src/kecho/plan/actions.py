"""Changes of state: draft a plan, revise it, put it into force, import a file of plans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from kecho.kernel.errors import KechoError, KechoErrors, Location
from kecho.people import audit, rights
from kecho.people.actors import Actor, Role, Scope
from kecho.plan import rules, stored, validation
from kecho.plan.assessment.bands import BandSet, load_bands
from kecho.plan.differences import Change, differences
from kecho.plan.drafts import PlanDraft, WrittenPlan
from kecho.plan.files import read_plans
from kecho.plan.models import Adoption, Plan
from kecho.plan.rules import Finding


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: labels of the versions stored and of those that were there already, and the findings."""

    created: tuple[str, ...]
    unchanged: tuple[str, ...]
    findings: tuple[tuple[str, Finding], ...]


def bands() -> tuple[BandSet, ...]:
    """The sets of status bands of this place: ``bands.toml`` in ``KECHO_HOME``, else the packaged ones."""
    return load_bands(settings.HOME / "bands.toml")


@transaction.atomic
def create_plan(draft: PlanDraft, actor: Actor, *, source_file: str = "") -> Plan:
    """Store the first version of a plan as a draft.

    Raises KechoErrors with everything that is wrong with it, KechoError ``plan.version_gap`` unless it is version 1
    of a plan that has none, ``people.denied``.
    """
    if draft.version != 1 or _versions(draft):
        raise KechoError("plan.version_gap", plan=draft.label, next=len(_versions(draft)) + 1)
    return _store(draft, actor, "plan.create_plan", source_file, [])


@transaction.atomic
def revise_plan(draft: PlanDraft, actor: Actor, *, source_file: str = "") -> Plan:
    """Store a further version, which names its reason and its deciding document; the old one stays as it was.

    Raises as ``create_plan``, and KechoError ``plan.nothing_revised`` where no target differs from the version before.
    """
    earlier = _versions(draft)
    if not earlier or draft.version != earlier[-1].version + 1:
        raise KechoError("plan.version_gap", plan=draft.label, next=len(earlier) + 1)
    changes = differences(stored.read(earlier[-1]), draft)
    if not changes:
        raise KechoError("plan.nothing_revised", plan=draft.label)
    return _store(draft, actor, "plan.revise_plan", source_file, changes)


@transaction.atomic
def adopt_plan(plan: Plan, actor: Actor) -> Adoption:
    """Put a drafted version into force.

    Drafting and approving are different people; only the administrator may do both, when entering a plan that was
    decided outside the system. Raises ``people.denied``, ``plan.own_draft``, ``plan.already_adopted``.
    """
    rights.require(actor, rights.Permission.APPROVE_PLAN, Scope.locality(plan.locality))
    if plan.drafted_by == actor.name and actor.role is not Role.ADMINISTRATOR:
        raise KechoError("plan.own_draft", actor=actor.name, plan=str(plan))
    try:
        with transaction.atomic():
            adoption = Adoption.objects.create(plan=plan, adopted_by=actor.name)
    except IntegrityError:  # the database lets a version be adopted once, whoever comes first
        raise KechoError("plan.already_adopted", plan=str(plan)) from None
    audit.record(actor, "plan.adopt_plan", plan, reason=plan.reason)
    return adoption


@transaction.atomic
def import_plan(path: Path | str, actor: Actor) -> Imported:
    """Store every version of a file that is not there yet; put it into force where the actor may.

    A version that is stored with the same contents is left alone, so the same file can be imported again. All or
    nothing: raises KechoErrors with every problem of the file, and ``plan.version_exists`` for a version that is stored
    with other contents.
    """
    written = read_plans(path)
    problems = [problem for one in written for problem in validation.errors(one, bands())]
    if problems:
        raise KechoErrors(problems)
    created, unchanged, found = [], [], []
    for one in written:
        draft, earlier = one.draft, _versions(one.draft)
        same = next((plan for plan in earlier if plan.version == draft.version), None)
        found += [(draft.label, finding) for finding in rules.findings(draft)]
        if same is not None:
            _require_same(one, same, len(earlier))
            unchanged.append(draft.label)
            continue
        store = revise_plan if earlier else create_plan
        plan = store(draft, actor, source_file=Path(path).name)
        if rights.may(actor, rights.Permission.APPROVE_PLAN, Scope.locality(plan.locality)):
            adopt_plan(plan, actor)
        created.append(draft.label)
    return Imported(tuple(created), tuple(unchanged), tuple(found))


def _store(draft: PlanDraft, actor: Actor, action: str, source_file: str, changes: Iterable[Change]) -> Plan:
    rights.require(actor, rights.Permission.DRAFT_PLAN, Scope.locality(draft.locality))
    problems = validation.errors(WrittenPlan(draft, Location(), {}), bands())
    if problems:
        raise KechoErrors(problems)
    plan = stored.write(draft, drafted_by=actor.name, source_file=source_file)
    details = {"targets": len(draft.targets), "changes": [change.as_dict() for change in changes]}
    audit.record(actor, action, plan, reason=draft.reason, details=details)
    return plan


def _versions(draft: PlanDraft) -> list[Plan]:
    """The stored versions of the same plan, the earliest first."""
    years = {"first_year": draft.first_year, "last_year": draft.last_year}
    return list(Plan.objects.filter(locality=draft.locality, **years).order_by("version"))


def _require_same(written: WrittenPlan, plan: Plan, versions: int) -> None:
    if stored.read(plan) != written.draft:
        where = written.where
        raise KechoError("plan.version_exists", where=where, plan=written.draft.label, next=versions + 1)
