"""Tables of the release discipline: the steps of a draft, how findings were settled, corrections and their notes.

All are append-only: what stands is the last row, and the rows before it are the history.
"""

from __future__ import annotations

from itertools import combinations

from django.db import models
from django.db.models import F, Q

from kecho.kernel.periods import Calendar
from kecho.observatory.fields import ExactDecimalField, one_of
from kecho.people.append_only import AppendOnlyModel

#: Whoever did the steps that stand; no two of them are one person.
DOERS = ("drafter", "checker", "approver", "publisher")


class ReleaseStep(AppendOnlyModel):
    """One step of a release that came as a draft, with the state that it leaves behind.

    ``number`` counts the steps: of two people who take the same step at once, the database lets one through. The doers
    are the people whose steps stand after this one (accounts or names, see ``visibility.identity``).
    """

    class State(models.TextChoices):
        """How far a release has come; ``returned`` went back to whoever delivered it."""

        DRAFT = "draft"
        CHECKED = "checked"
        APPROVED = "approved"
        PUBLISHED = "published"
        RETURNED = "returned"

    release = models.ForeignKey("observatory.Release", on_delete=models.PROTECT, related_name="steps")
    number = models.SmallIntegerField()
    state = models.CharField(max_length=12, choices=State.choices)
    is_sent_back = models.BooleanField(default=False)
    at = models.DateTimeField()
    actor_name = models.CharField(max_length=200)
    reason = models.TextField(blank=True, default="")
    public_from = models.DateTimeField(null=True)
    drafter = models.CharField(max_length=200)
    checker = models.CharField(max_length=200, blank=True, default="")
    approver = models.CharField(max_length=200, blank=True, default="")
    publisher = models.CharField(max_length=200, blank=True, default="")
    localities = models.JSONField(default=list)

    class Meta:
        ordering = ["release", "number"]
        constraints = [
            models.UniqueConstraint(fields=["release", "number"], name="step_once"),
            models.CheckConstraint(
                condition=one_of("state", ("draft", "checked", "approved", "published", "returned")), name="step_state"
            ),
            models.CheckConstraint(
                condition=Q(state="published", public_from__isnull=False)
                | (~Q(state="published") & Q(public_from__isnull=True)),
                name="step_public_from",
            ),
            models.CheckConstraint(condition=Q(is_sent_back=False) | ~Q(reason=""), name="step_back_reason"),
            *(
                models.CheckConstraint(condition=Q(**{two: ""}) | ~Q(**{two: F(one)}), name=f"step_{one}_{two}")
                for one, two in combinations(DOERS, 2)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release_id}.{self.number} {self.state}"


class Settlement(AppendOnlyModel):
    """What was decided about a finding. The last one counts; ``by_release`` is the file or correction that did it."""

    class Kind(models.TextChoices):
        """The ways a finding ends, or opens again."""

        ACCEPTED = "accepted"
        CORRECTED = "corrected"
        SENT_BACK = "sent_back"
        SUPERSEDED = "superseded"
        REPAIRED = "repaired"
        REOPENED = "reopened"

    finding = models.ForeignKey("observatory.Finding", on_delete=models.PROTECT, related_name="settlements")
    number = models.SmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reason = models.TextField()
    actor_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    by_release = models.ForeignKey("observatory.Release", on_delete=models.PROTECT, null=True, related_name="settled")

    class Meta:
        ordering = ["finding", "number"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "number"], name="settlement_once"),
            models.CheckConstraint(
                condition=one_of("kind", ("accepted", "corrected", "sent_back", "superseded", "repaired", "reopened")),
                name="settlement_kind",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="settlement_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id}.{self.number} {self.kind}"


class Correction(AppendOnlyModel):
    """A declared correction: where the source says ``expected``, ``value`` counts; it ends when the source differs."""

    finding = models.ForeignKey("observatory.Finding", on_delete=models.PROTECT, related_name="declared")
    series = models.ForeignKey("observatory.Series", on_delete=models.PROTECT, related_name="declared")
    calendar = models.CharField(max_length=8, default=Calendar.STATISTICAL.value)
    period_start = models.IntegerField()
    period_end = models.IntegerField()
    expected = ExactDecimalField()
    value = ExactDecimalField()
    reason = models.TextField()
    actor_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    release = models.ForeignKey("observatory.Release", on_delete=models.PROTECT, related_name="declares")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="correction_reason"),
            models.CheckConstraint(condition=~Q(value=F("expected")), name="correction_differs"),
        ]
        indexes = [models.Index(fields=["series", "period_start", "period_end"], name="correction_slot")]

    def __str__(self) -> str:
        return f"{self.series_id}@{self.period_start}/{self.period_end}: {self.expected} -> {self.value}"


class Notice(AppendOnlyModel):
    """What users of figures are told about a correction: a planned one ahead of its day, an unplanned one at once."""

    class Kind(models.TextChoices):
        """Announced beforehand, or made because something was wrong."""

        PLANNED = "planned"
        UNPLANNED = "unplanned"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    indicator = models.ForeignKey("observatory.Indicator", on_delete=models.PROTECT, related_name="notices")
    locality = models.CharField(max_length=24, default="VN")
    on = models.DateField()
    text_vi = models.TextField()
    text_en = models.TextField()
    actor_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=one_of("kind", ("planned", "unplanned")), name="notice_kind"),
            models.CheckConstraint(condition=~Q(text_vi="") & ~Q(text_en=""), name="notice_text"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
