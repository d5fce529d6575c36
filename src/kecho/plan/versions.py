"""Plans in their versions and their targets, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone

from kecho.kernel import formats, localities
from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.observatory import catalogue
from kecho.people import rights
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission
from kecho.plan import stored
from kecho.plan.assessment import TargetSpec, natural_direction
from kecho.plan.assessment.target import Direction
from kecho.plan.differences import Change, differences
from kecho.plan.drafts import PlanDraft, TargetDraft
from kecho.plan.models import Plan, Target
from kecho.plan.rules import DIRECTIONS


class PlanStatus(StrEnum):
    """Where a version stands on a day; worked out, never stored."""

    DRAFT = "draft"  # not put into force
    COMING = "coming"  # in force later
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"  # a higher version counts
    ENDED = "ended"  # its years are over; it is still the plan of those years


@dataclass(frozen=True, slots=True)
class PlanInfo:
    """One version of a plan."""

    id: int
    locality: str
    first_year: int
    last_year: int
    version: int
    title_vi: str
    title_en: str
    document_number: str
    document_date: date | None
    document_issuer: str
    document_title: str
    effective_from: date
    reason: str
    bands: str
    is_fictional: bool
    status: PlanStatus
    adopted_by: str
    drafted_by: str

    @property
    def is_current(self) -> bool:
        """Whether this is the version that counts, now or for years that are over."""
        return self.status in (PlanStatus.IN_FORCE, PlanStatus.ENDED)

    @property
    def label(self) -> str:
        """``VN-HN 2025 v2``."""
        years = f"{self.first_year}-{self.last_year}" if self.last_year > self.first_year else f"{self.first_year}"
        return f"{self.locality} {years} v{self.version}"

    def title(self, lang: str = "vi") -> str:
        """The plan's title; Vietnamese where no English one was given."""
        return self.title_en if lang == "en" and self.title_en else self.title_vi

    def document(self, lang: str = "vi") -> str:
        """``Nghị quyết số …, ngày …, của …``: the known parts of the deciding document."""
        day = formats.date_text(self.document_date, lang) if self.document_date else ""
        parts = (self.document_number, self.document_title, self.document_issuer, day)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class TargetInfo:
    """One target with its names, the units that answer for it, and where it was read."""

    id: int
    plan_id: int
    spec: TargetSpec
    name_vi: str
    name_en: str
    draft: TargetDraft

    def name(self, lang: str = "vi") -> str:
        """The indicator, with its part where the target is about one."""
        return self.name_vi if lang == "vi" else self.name_en

    def definition(self, lang: str = "vi") -> str:
        """What is counted over what; Vietnamese where there is no English."""
        return self.draft.definition_en if lang == "en" and self.draft.definition_en else self.draft.definition_vi

    def note(self, lang: str = "vi") -> str:
        """The plan's remark."""
        return self.draft.note_en if lang == "en" and self.draft.note_en else self.draft.note_vi


def plans(locality: str | None = None, year: int | None = None, on: date | None = None) -> list[PlanInfo]:
    """All versions, by place, years and version; ``on`` is the day their status is about (default: today)."""
    rows = Plan.objects.select_related("adoption").order_by("locality", "first_year", "last_year", "version")
    if locality is not None:
        rows = rows.filter(locality=locality)
    if year is not None:
        rows = rows.filter(first_year__lte=year, last_year__gte=year)
    versions: dict[tuple[str, int, int], list[Plan]] = {}
    for row in rows:
        versions.setdefault((row.locality, row.first_year, row.last_year), []).append(row)
    day = on or timezone.localdate()
    return [info for group in versions.values() for info in _infos(group, day)]


def visible_plans(actor: Actor, locality: str | None = None) -> list[PlanInfo]:
    """The versions that the actor may see: whatever was adopted; drafts for those who draft or adopt plans there."""
    return [info for info in plans(locality) if info.status is not PlanStatus.DRAFT or may_see_drafts(actor, info)]


def visible_plan(plan_id: int, actor: Actor) -> PlanInfo:
    """One version. Raises ``plan.unknown_plan`` where it does not exist or is not for the actor."""
    found = plan(plan_id)
    if found.status is PlanStatus.DRAFT and not may_see_drafts(actor, found):
        raise KechoError("plan.unknown_plan", value=plan_id)
    return found


def may_see_drafts(actor: Actor, info: PlanInfo) -> bool:
    """Whether the actor drafts or adopts plans of this place."""
    scope = Scope.locality(info.locality)
    return any(rights.may(actor, permission, scope) for permission in (Permission.DRAFT_PLAN, Permission.APPROVE_PLAN))


def plan(plan_id: int, on: date | None = None) -> PlanInfo:
    """One version. Raises KechoError ``plan.unknown_plan``."""
    row = _row(plan_id)
    return next(info for info in plans(row.locality, row.first_year, on) if info.id == plan_id)


def targets(plan_id: int) -> list[TargetInfo]:
    """The targets of a version in the plan's order."""
    row = _row(plan_id)
    return [_target(target, row) for target in row.targets.select_related("parent")]


def draft(plan_id: int) -> PlanDraft:
    """A version as it was written."""
    return stored.read(_row(plan_id))


def diff(before_id: int, after_id: int) -> list[Change]:
    """What a version changed against another."""
    return differences(draft(before_id), draft(after_id))


def years_with_plans(locality: str) -> list[int]:
    """Years that an adopted plan of this place covers."""
    spans = Plan.objects.filter(locality=locality, adoption__isnull=False).values_list("first_year", "last_year")
    return sorted({year for first, last in spans for year in range(first, last + 1)})


def localities_with_plans() -> list[str]:
    """Codes of the places that have an adopted plan, Việt Nam first."""
    codes = Plan.objects.filter(adoption__isnull=False).values_list("locality", flat=True).distinct()
    return sorted(codes, key=lambda code: (code != localities.COUNTRY, code))


def _infos(versions: list[Plan], day: date) -> list[PlanInfo]:
    """Versions of one plan with their status on a day."""
    adopted = [row for row in versions if hasattr(row, "adoption") and row.effective_from <= day]
    current = adopted[-1].pk if adopted else None
    return [_info(row, day, is_current=row.pk == current) for row in versions]


def _info(row: Plan, day: date, *, is_current: bool) -> PlanInfo:
    adoption = getattr(row, "adoption", None)
    if adoption is None:
        status = PlanStatus.DRAFT
    elif is_current:
        status = PlanStatus.ENDED if day.year > row.last_year else PlanStatus.IN_FORCE
    else:
        status = PlanStatus.COMING if row.effective_from > day else PlanStatus.SUPERSEDED
    names = PlanInfo.__dataclass_fields__.keys() - {"status", "adopted_by"}
    values = {name: getattr(row, name) for name in names}
    return PlanInfo(**values, status=status, adopted_by=adoption.adopted_by if adoption else "")


def _row(plan_id: int) -> Plan:
    row = Plan.objects.filter(pk=plan_id).first()
    if row is None:
        raise KechoError("plan.unknown_plan", value=plan_id)
    return row


def _target(row: Target, plan_row: Plan) -> TargetInfo:
    written = stored.draft_of(row)
    spec = spec_of(written, plan_row.locality, Period(plan_row.first_year * 12, plan_row.last_year * 12 + 12))
    return TargetInfo(row.pk, plan_row.pk, spec, _name(written, "vi"), _name(written, "en"), written)


def spec_of(written: TargetDraft, locality: str, plan_window: Period) -> TargetSpec:
    """The pure target that ``assess`` takes; the direction is the plan's, else the natural one."""
    natural = DIRECTIONS[catalogue.indicator(written.indicator).direction]
    return TargetSpec(
        code=written.code,
        indicator=written.indicator,
        measure=written.measure,
        basis=written.basis,
        form=written.form,
        window=written.window,
        unit=written.unit,
        low=written.low,
        high=written.high,
        is_strict=written.is_strict,
        is_approximate=written.is_approximate,
        direction=Direction(written.direction) if written.direction else natural_direction(written.form, natural),
        breakdown=written.breakdown,
        locality=written.locality or locality,
        base_value=written.base_value,
        base_period=written.base_period,
        since=plan_window.start if plan_window.start < written.window.start else None,
        is_fictional=written.is_fictional,
    )


def _name(draft: TargetDraft, lang: str) -> str:
    """The plan's own words, else the indicator with its part."""
    own = draft.name_en if lang == "en" and draft.name_en else draft.name_vi
    if own:
        return own
    name = catalogue.indicator(draft.indicator).name(lang)
    if not draft.breakdown:
        return name
    item = catalogue.item(draft.indicator, draft.breakdown)
    return f"{name}: {item.name(lang) if item else draft.breakdown}"
