"""Reads: plans and their versions, targets, what a revision changed, and the board of assessed targets."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kecho.kernel import localities
from kecho.kernel.errors import KechoError
from kecho.plan import actions, rules
from kecho.plan.assessment import Assessment, Status, assess, band_set
from kecho.plan.differences import Change
from kecho.plan.gathering import Wanted, gather
from kecho.plan.rules import Finding
from kecho.plan.versions import (
    PlanInfo,
    PlanStatus,
    TargetInfo,
    diff,
    draft,
    localities_with_plans,
    plan,
    plans,
    targets,
    visible_plan,
    visible_plans,
    years_with_plans,
)

__all__ = [
    "Board",
    "BoardRow",
    "PlanBoard",
    "PlanInfo",
    "PlanStatus",
    "TargetInfo",
    "board",
    "diff",
    "draft",
    "localities_with_plans",
    "plan",
    "plans",
    "targets",
    "visible_plan",
    "visible_plans",
    "years_with_plans",
]


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An assessed target with its parts below it."""

    target: TargetInfo
    assessment: Assessment
    parts: tuple[BoardRow, ...] = ()

    def flat(self, depth: int = 0) -> list[tuple[int, BoardRow]]:
        """The row and all rows below it with their depth, in order."""
        return [(depth, self), *(item for part in self.parts for item in part.flat(depth + 1))]


@dataclass(frozen=True, slots=True)
class PlanBoard:
    """One plan in force: its assessed targets, all versions, what the last revision changed, findings."""

    plan: PlanInfo
    rows: tuple[BoardRow, ...]
    versions: tuple[PlanInfo, ...]
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]

    @property
    def flat(self) -> list[tuple[int, BoardRow]]:
        """All rows with their depth."""
        return [item for row in self.rows for item in row.flat()]


@dataclass(frozen=True, slots=True)
class Board:
    """All plans of a place that cover a year, on a day: the year's own first, then those over several years."""

    locality: str
    year: int
    as_of: date
    plans: tuple[PlanBoard, ...]

    @property
    def rows(self) -> list[BoardRow]:
        """Every assessed target, parts after their whole."""
        return [row for plan in self.plans for _, row in plan.flat]

    @property
    def counts(self) -> dict[Status, int]:
        """How many targets stand how, best first; statuses that do not occur are left out."""
        found = Counter(row.assessment.status for row in self.rows)
        return {status: found[status] for status in Status if found[status]}


def board(locality: str, year: int, as_of: date | None = None) -> Board:
    """Every target of the place for the year, assessed on the day from what was known then (default: today, all known).

    Raises KechoError ``plan.unknown_locality``, or ``plan.no_plan`` where no version was in force on that day.
    """
    day = as_of or timezone.localdate()
    known = plans(locality, year, day)
    current = sorted((info for info in known if info.is_current), key=lambda info: info.last_year - info.first_year)
    if not current:
        raise _no_plan(locality, year, day)
    per_plan = [targets(info.id) for info in current]
    everything = [target for group in per_plan for target in group]
    facts = gather([_wanted(target) for target in everything], as_of)
    sets = actions.bands()
    assessed: dict[int, Assessment] = {}
    for info, group in zip(current, per_plan, strict=True):
        chosen = band_set(info.bands, day, sets)
        for target in group:
            assessed[target.id] = assess(target.spec, facts[len(assessed)], day, chosen)
    boards = [
        PlanBoard(
            info,
            _tree(group, assessed),
            tuple(version for version in known if (version.first_year, version.last_year) == _years(info)),
            _last_changes(info, known),
            tuple(rules.findings(draft(info.id))),
        )
        for info, group in zip(current, per_plan, strict=True)
    ]
    return Board(locality, year, day, tuple(boards))


def _no_plan(locality: str, year: int, day: date) -> KechoError:
    try:
        place = localities.get(locality)
    except KechoError:
        return KechoError("plan.unknown_locality", value=locality)
    years = ", ".join(map(str, years_with_plans(locality))) or "—"
    return KechoError("plan.no_plan", locality=place.name_vi, year=year, day=day.isoformat(), years=years)


def _tree(group: list[TargetInfo], assessed: dict[int, Assessment], parent: str = "") -> tuple[BoardRow, ...]:
    return tuple(
        BoardRow(target, assessed[target.id], _tree(group, assessed, target.spec.code))
        for target in group
        if target.draft.parent == parent
    )


def _last_changes(info: PlanInfo, known: list[PlanInfo]) -> tuple[Change, ...]:
    """What the version in force changed against the adopted one before it."""
    earlier = [
        version
        for version in known
        if (version.first_year, version.last_year) == _years(info)
        and version.version < info.version
        and version.status is PlanStatus.SUPERSEDED
    ]
    return tuple(diff(earlier[-1].id, info.id)) if earlier else ()


def _years(info: PlanInfo) -> tuple[int, int]:
    return info.first_year, info.last_year


def _wanted(target: TargetInfo) -> Wanted:
    return Wanted(target.spec, (target.draft.denominator_indicator, target.draft.denominator_breakdown))
