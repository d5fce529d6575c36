"""Tokens by which programs read and write in a person's name."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kecho.people.models.accounts import Account


class ApiToken(models.Model):
    """A token of an account. Only its digest is kept: whoever copies the database cannot use it.

    ``hint`` is its first letters, so that its owner knows which it is. Revoked, never deleted.
    """

    class Reach(models.TextChoices):
        """What the token may do of what its owner may."""

        READ = "read"
        WRITE = "write"

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    hint = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    reach = models.CharField(max_length=8, choices=Reach.choices, default=Reach.READ)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="people_token_days"),
            models.CheckConstraint(condition=Q(reach__in=["read", "write"]), name="people_token_reach"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"

    def is_good(self, moment: datetime) -> bool:
        """Whether it still opens something."""
        return self.revoked_at is None and moment < self.expires_at
