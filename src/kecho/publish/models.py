"""Tables: drafts of the monthly report, how they were composed, what officers wrote into them, who let them pass.

All four only grow: a text is replaced by a later one, a state by a later step, and what was approved is kept whole.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kecho.kernel.periods import Period
from kecho.people.append_only import AppendOnlyModel

LANGUAGES = ("vi", "en")


class Deed(models.TextChoices):
    """What moves a draft on."""

    SUBMITTED = "submitted"  # trình
    RETURNED = "returned"  # trả lại
    APPROVED = "approved"  # duyệt


class Draft(AppendOnlyModel):
    """A report in the making: one place, one month (counted as ``kernel.periods.Period`` does), one language."""

    locality = models.CharField(max_length=24)
    month = models.IntegerField()
    lang = models.CharField(max_length=2)
    drafted_by = models.CharField(max_length=200)
    drafted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-month", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(lang__in=LANGUAGES), name="publish_draft_language"),
            models.CheckConstraint(condition=~Q(locality="") & ~Q(drafted_by=""), name="publish_draft_named"),
        ]

    def __str__(self) -> str:
        return f"{self.locality} {self.period.code} {self.lang} #{self.pk}"

    @property
    def period(self) -> Period:
        """The month."""
        return Period(self.month, self.month + 1)


class Composition(AppendOnlyModel):
    """The computed part of a draft as it was on a day of knowledge, kept whole (``drafting.snapshot``)."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="compositions")
    number = models.SmallIntegerField()
    as_of = models.DateField()
    content = models.JSONField()
    composed_by = models.CharField(max_length=200)
    composed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="publish_composition_once")]


class Passage(AppendOnlyModel):
    """An officer's text in a slot; the latest of a slot counts, an empty one takes the text away."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="passages")
    slot = models.CharField(max_length=12)
    number = models.IntegerField()  # the how-manieth text of this slot: two officers cannot write the same one
    text = models.TextField(blank=True)
    written_by = models.CharField(max_length=200)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["draft", "slot", "number"], name="publish_passage_once")]


class Step(AppendOnlyModel):
    """A step of a draft. ``frozen`` is the whole report as approved, ``sha256`` its fingerprint."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="steps")
    number = models.SmallIntegerField()
    deed = models.CharField(max_length=12)
    reason = models.TextField(blank=True, default="")
    taken_by = models.CharField(max_length=200)
    taken_at = models.DateTimeField(default=timezone.now)
    frozen = models.JSONField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="publish_step_once"),
            models.CheckConstraint(condition=Q(deed__in=[deed.value for deed in Deed]), name="publish_step_deed"),
            models.CheckConstraint(
                condition=Q(deed="approved", frozen__isnull=False) & ~Q(sha256="")
                | ~Q(deed="approved") & Q(frozen__isnull=True),
                name="publish_step_approval_is_whole",
            ),
            models.CheckConstraint(condition=~Q(deed="returned") | ~Q(reason=""), name="publish_step_return_reason"),
        ]
