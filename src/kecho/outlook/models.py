"""What was computed once and is kept: seasonal adjustment and forecast of one series as it stood."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class KeptOutlook(models.Model):
    """The answer of the methods for one set of figures. Derived data: it can be emptied at any time and is made anew.

    ``fingerprint`` is the hash of every figure that went in and of the version of the methods, so a row is never stale
    and two days on which the same figures were known share it.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    indicator = models.CharField(max_length=80)
    breakdown = models.CharField(max_length=240, blank=True, default="")
    locality = models.CharField(max_length=24)
    last_month = models.IntegerField()
    made_at = models.DateTimeField(auto_now_add=True)
    answer = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(fingerprint=""), name="outlook_fingerprint"),
            models.CheckConstraint(condition=~Q(locality=""), name="outlook_locality"),
        ]
        indexes = [models.Index(fields=["indicator", "locality", "breakdown"], name="outlook_series")]

    def __str__(self) -> str:
        return f"{self.indicator}|{self.breakdown}|{self.locality}@{self.last_month}"
