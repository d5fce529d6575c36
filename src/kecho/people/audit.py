"""Write the audit trail. Called inside the transaction of the action it records, so both stand or fall together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from kecho.kernel.errors import KechoError
from kecho.people.actors import Actor
from kecho.people.models import AuditEvent


def record(
    actor: Actor,
    action: str,
    target: models.Model | str,
    *,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Add one row: ``actor`` did ``action`` ("observatory.import_reading") to ``target`` (a saved row, or a name).

    ``details`` is JSON-ready apart from dates and Decimals, which are written as text; for a change it holds ``before``
    and ``after``. Raises KechoError ``people.audit_target`` for a row that is not saved yet.
    """
    kind, key, label = _target(target)
    return AuditEvent.objects.create(
        actor_name=actor.name,
        actor_role=actor.role,
        actor_account=actor.account_id,
        action=action,
        target_type=kind,
        target_id=key,
        target_label=label[:400],
        reason=reason,
        details=dict(details or {}),
    )


def trail(target: models.Model) -> list[AuditEvent]:
    """All that was done to a row, the latest first."""
    kind, key, _ = _target(target)
    return list(AuditEvent.objects.filter(target_type=kind, target_id=key))


def _target(target: models.Model | str) -> tuple[str, str, str]:
    if isinstance(target, str):
        return "", "", target
    if target.pk is None:
        raise KechoError("people.audit_target", model=target._meta.label)
    return target._meta.label, str(target.pk), str(target)
