"""Between drafts and rows: writing a version with its targets, and reading it back as the same draft."""

from __future__ import annotations

from dataclasses import fields

from django.core.exceptions import ValidationError

from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.plan.assessment.target import Basis, Form
from kecho.plan.drafts import PlanDraft, TargetDraft
from kecho.plan.models import Plan, Target

_PLAN_COLUMNS = [field.name for field in fields(PlanDraft) if field.name != "targets"]
_SPECIAL = {"window", "base_period", "parent", "supporting_units", "measure", "basis", "form"}
_TARGET_COLUMNS = [field.name for field in fields(TargetDraft) if field.name not in _SPECIAL]


def write(draft: PlanDraft, *, drafted_by: str, source_file: str = "") -> Plan:
    """Store a checked draft; wholes before their parts."""
    columns = {name: getattr(draft, name) for name in _PLAN_COLUMNS}
    plan = Plan(**columns, drafted_by=drafted_by, source_file=source_file)
    _save(plan, "—")
    rows: dict[str, Target] = {}
    order = {target.code: at for at, target in enumerate(draft.targets, 1)}
    for target in sorted(draft.targets, key=lambda one: _depth(one, draft)):
        row = _row(plan, target, order[target.code], rows.get(target.parent))
        _save(row, target.code)
        rows[target.code] = row
    return plan


def _save(row: Plan | Target, code: str) -> None:
    """Fields and ``clean`` first; constraints are the database's. Raises ``plan.bad_value`` for a text too long."""
    try:
        row.clean_fields()
        row.clean()
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        value, expected = str(getattr(row, name, ""))[:80], " ".join(messages)
        raise KechoError("plan.bad_value", target=code, field=name, value=value, expected=expected) from error
    row.save()


def read(plan: Plan) -> PlanDraft:
    """The version as a draft; equal to the draft it was written from."""
    rows = plan.targets.select_related("parent").order_by("order", "id")
    columns = {name: getattr(plan, name) for name in _PLAN_COLUMNS}
    return PlanDraft(**columns, targets=tuple(draft_of(row) for row in rows))


def draft_of(row: Target) -> TargetDraft:
    """One stored target as a draft."""
    has_base = row.base_start is not None and row.base_end is not None
    return TargetDraft(
        **{name: getattr(row, name) for name in _TARGET_COLUMNS},
        measure=Measure(row.measure),
        basis=Basis(row.basis),
        form=Form(row.form),
        window=Period(row.window_start, row.window_end),
        base_period=Period(row.base_start or 0, row.base_end or 1) if has_base else None,
        parent=row.parent.code if row.parent else "",
        supporting_units=tuple(row.supporting_units),
    )


def _row(plan: Plan, target: TargetDraft, order: int, parent: Target | None) -> Target:
    return Target(
        plan=plan,
        order=order,
        parent=parent,
        **{name: getattr(target, name) for name in _TARGET_COLUMNS},
        measure=target.measure.value,
        basis=target.basis.value,
        form=target.form.value,
        window_start=target.window.start,
        window_end=target.window.end,
        base_start=target.base_period.start if target.base_period else None,
        base_end=target.base_period.end if target.base_period else None,
        supporting_units=list(target.supporting_units),
    )


def _depth(target: TargetDraft, draft: PlanDraft) -> int:
    by_code = {one.code: one for one in draft.targets}
    depth = 0
    while target.parent:
        target, depth = by_code[target.parent], depth + 1
    return depth
