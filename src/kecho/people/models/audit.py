"""The audit trail: who did what to what, when, why, and what it was before."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from kecho.people.append_only import AppendOnlyModel


class AuditEvent(AppendOnlyModel):
    """One thing done. Never changed and never deleted: the database refuses."""

    at = models.DateTimeField(default=timezone.now)
    actor_name = models.CharField(max_length=200)
    actor_role = models.CharField(max_length=40)  # a people.actors.Role
    actor_account = models.BigIntegerField(null=True, blank=True)  # the number of the account, where a person acted
    action = models.CharField(max_length=100)  # "<room>.<function>" as in actions.py: observatory.import_reading
    target_type = models.CharField(max_length=100, blank=True)  # "<app>.<model>", empty for things that are no row
    target_id = models.CharField(max_length=200, blank=True)
    target_label = models.CharField(max_length=400, blank=True)  # what the thing was called then
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)  # {"before": …, "after": …} and counts

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="people_audit_target"),
            models.Index(fields=["at"], name="people_audit_at"),
            models.Index(fields=["actor_account"], name="people_audit_account"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {self.action} {self.target_label}"
