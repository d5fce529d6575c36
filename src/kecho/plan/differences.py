"""What a version changes: targets that came, went, or read otherwise than in the version before."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from kecho.plan.drafts import PlanDraft, TargetDraft

_FIELDS = [field.name for field in fields(TargetDraft) if field.name != "code"]


@dataclass(frozen=True, slots=True)
class Change:
    """One target before and after; None where it came or went. ``fields`` names what differs."""

    code: str
    before: TargetDraft | None
    after: TargetDraft | None
    fields: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """``added``, ``dropped`` or ``changed``."""
        if self.before is None:
            return "added"
        return "dropped" if self.after is None else "changed"

    def as_dict(self) -> dict[str, Any]:
        """For the audit trail: the code, the kind and each changed field before and after, as text."""
        values = {name: [str(getattr(self.before, name)), str(getattr(self.after, name))] for name in self.fields}
        return {"code": self.code, "kind": self.kind, "fields": values}


def differences(before: PlanDraft, after: PlanDraft) -> list[Change]:
    """All changes from one version to another, in the order of the later one, dropped targets last."""
    old = {target.code: target for target in before.targets}
    new = {target.code: target for target in after.targets}
    changes = [Change(code, old.get(code), target, _differing(old.get(code), target)) for code, target in new.items()]
    dropped = [Change(code, target, None) for code, target in old.items() if code not in new]
    return [change for change in changes if change.before is None or change.fields] + dropped


def _differing(before: TargetDraft | None, after: TargetDraft) -> tuple[str, ...]:
    if before is None:
        return ()
    return tuple(name for name in _FIELDS if getattr(before, name) != getattr(after, name))
