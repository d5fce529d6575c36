"""Tables: files handed in, each with where it stands, and the versions of remembered mappings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kecho.observatory.models import Release, one_of
from kecho.people.append_only import AppendOnlyModel


class Upload(models.Model):
    """One file somebody handed in. ``survey``, ``mappings``, ``trial`` and ``errors`` are JSON of ``stored``.

    The bytes lie under ``sha256`` in ``KECHO_HOME/uploads`` until ``removed_at``; ``release`` is what it became.
    """

    class State(models.TextChoices):
        """Where a file stands, in order; the last three are ends."""

        WAITING = "waiting"
        READING = "reading"
        ASKED = "asked"  # a person says what its tables mean
        READY = "ready"  # read on trial, waits for confirmation
        STORED = "stored"
        REFUSED = "refused"
        CANCELLED = "cancelled"

    class Kind(models.TextChoices):
        """What the file is; empty until it was looked at."""

        OWN = "own"
        WORKBOOK = "workbook"
        TIDY = "tidy"
        SDMX = "sdmx"

    batch = models.CharField(max_length=32, db_index=True)
    name = models.CharField(max_length=255)
    extension = models.CharField(max_length=8)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    locality = models.CharField(max_length=24)
    encoding = models.CharField(max_length=8, default="auto")
    account_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    kind = models.CharField(max_length=12, blank=True, default="")
    period = models.CharField(max_length=16, blank=True, default="")
    survey = models.JSONField(default=dict)
    mappings = models.JSONField(default=list)
    trial = models.JSONField(default=dict)
    errors = models.JSONField(default=list)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=one_of("state", ("waiting", "reading", "asked", "ready", "stored", "refused", "cancelled")),
                name="upload_state",
            ),
            models.CheckConstraint(condition=~Q(state="stored") | Q(release__isnull=False), name="upload_release"),
            models.CheckConstraint(condition=Q(size__gte=0), name="upload_size"),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class MappingVersion(AppendOnlyModel):
    """One version of a remembered mapping: the latest of a name counts. ``content`` is ``Mapping.as_dict``."""

    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    signature = models.CharField(max_length=40, db_index=True)
    content = models.JSONField()
    locality = models.CharField(max_length=24)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="mapping_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="mapping_version_counts"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="mapping_change_reason"),
        ]
        ordering = ["name", "-version"]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"
