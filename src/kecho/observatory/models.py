"""Tables: indicators, their series, the releases that brought figures, the observations, and findings about them.

An observation is one value of one series for one period as one release gave it. It is never changed nor deleted
(database triggers refuse both): a correction is another observation of a later release. Releases are kept the same way.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kecho.kernel.measures import Measure, Missing, Stage
from kecho.kernel.periods import Calendar
from kecho.observatory.fields import ExactDecimalField, one_of
from kecho.observatory.visibility import OfVisibleReleases, VisibleReleases
from kecho.people.append_only import AppendOnlyModel


class Indicator(models.Model):
    """An indicator with data. What it means stands in the catalogue (catalogue/*.toml) under the same code."""

    code = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.code


class Series(models.Model):
    """One measure of one indicator, for one part of it and one place; ``unit`` is a code of ``kernel.units``.

    ``breakdown`` is empty for the total, else the catalogue's key or a slug of the printed path, whose label is kept in
    ``breakdown_label``.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="series")
    breakdown = models.CharField(max_length=240, blank=True, default="")
    breakdown_label = models.CharField(max_length=500, blank=True, default="")
    locality = models.CharField(max_length=24, default="VN")
    measure = models.CharField(max_length=16)
    unit = models.CharField(max_length=80)
    is_mapped = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "locality", "breakdown", "measure"], name="series_key"),
            models.CheckConstraint(condition=one_of("measure", Measure), name="series_measure"),
            models.CheckConstraint(condition=~Q(locality=""), name="series_locality"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code}|{self.breakdown}|{self.locality}|{self.measure}"


class Release(AppendOnlyModel):
    """One delivery of figures: a workbook, a CSV file, a derivation, a declared correction or made-up figures.

    ``published_on`` is the day the public could know it and orders the vintages; ``published_basis`` says how that day
    was found. ``imported_at`` is when this system learned it. ``needs_approval``: it came as a draft, and nobody but
    those concerned sees it before its last step says that it is public (``ReleaseStep``).

    ``objects`` holds what the reader of the moment may see; ``everything`` is for what writes and checks.
    """

    class Kind(models.TextChoices):
        """Where the figures come from."""

        WORKBOOK = "workbook"
        CSV = "csv"
        DERIVED = "derived"
        FICTIONAL = "fictional"
        CORRECTION = "correction"

    source = models.CharField(max_length=60)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    title = models.CharField(max_length=300)
    period_start = models.IntegerField(null=True)
    period_end = models.IntegerField(null=True)
    file_name = models.CharField(max_length=255, blank=True, default="")
    sha256 = models.CharField(max_length=64, unique=True)
    published_on = models.DateField()
    published_basis = models.CharField(max_length=40)
    imported_at = models.DateTimeField()
    reason = models.TextField(blank=True, default="")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    needs_approval = models.BooleanField(default=False, db_default=False)

    objects: ClassVar[VisibleReleases] = VisibleReleases()
    everything: ClassVar[models.Manager[Release]] = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="release_reviewed", condition=Q(needs_approval=True)),
            models.Index(fields=["published_on", "id"], name="release_order"),
            models.Index(fields=["source", "period_start", "period_end"], name="release_reference"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_start__isnull=True, period_end__isnull=True) | Q(period_end__gt=F("period_start")),
                name="release_period",
            ),
            models.CheckConstraint(
                condition=one_of("kind", ("workbook", "csv", "derived", "fictional", "correction")),
                name="release_kind",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason=""), name="release_correction_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.title}"


class Observation(AppendOnlyModel):
    """One value of a series for a period in a release. Append-only.

    ``period_start`` and ``period_end`` count months as ``kernel.periods.Period`` does. ``decimals`` is the printed
    precision where known. There is a value or a reason why it is missing, never both. ``sheet`` and ``cell`` lead back
    to the place in the release's file.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="observations", db_index=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="observations", db_index=False)
    calendar = models.CharField(max_length=8, default=Calendar.STATISTICAL.value)
    period_start = models.IntegerField()
    period_end = models.IntegerField()
    value = ExactDecimalField(null=True)
    missing = models.CharField(max_length=16, blank=True, default="")
    stage = models.CharField(max_length=12)
    decimals = models.SmallIntegerField(null=True)
    sheet = models.CharField(max_length=100, blank=True, default="")
    cell = models.CharField(max_length=16, blank=True, default="")
    is_derived = models.BooleanField(default=False)
    is_fictional = models.BooleanField(default=False)
    note = models.TextField(blank=True, default="")

    objects: ClassVar[OfVisibleReleases[Observation]] = OfVisibleReleases()  # type: ignore[assignment]
    everything: ClassVar[models.Manager[Observation]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "period_start", "period_end", "release", "calendar"],
                name="observation_once_a_release",
            ),
            models.CheckConstraint(condition=Q(period_end__gt=F("period_start")), name="observation_period"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, missing="") | (Q(value__isnull=True) & one_of("missing", Missing)),
                name="observation_value_or_reason",
            ),
            models.CheckConstraint(condition=one_of("stage", Stage), name="observation_stage"),
            models.CheckConstraint(condition=one_of("calendar", Calendar), name="observation_calendar"),
            models.CheckConstraint(
                condition=Q(decimals__isnull=True) | Q(decimals__gte=-20, decimals__lte=40), name="observation_decimals"
            ),
        ]
        indexes = [models.Index(fields=["release"], name="observation_release")]

    def __str__(self) -> str:
        return f"{self.series_id}@{self.period_start}/{self.period_end}"


class Finding(models.Model):
    """What a check found about a release: the rule, the values weighed (``facts``), the cells concerned."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="findings")
    rule = models.CharField(max_length=60)
    severity = models.CharField(max_length=12)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="findings")
    period_start = models.IntegerField(null=True)
    period_end = models.IntegerField(null=True)
    facts = models.JSONField(default=dict)
    cells = models.JSONField(default=list)

    objects: ClassVar[OfVisibleReleases[Finding]] = OfVisibleReleases()  # type: ignore[assignment]
    everything: ClassVar[models.Manager[Finding]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["release", "rule"], name="finding_release_rule")]
        constraints = [
            models.CheckConstraint(condition=one_of("severity", ("error", "warning", "note")), name="finding_severity")
        ]

    def __str__(self) -> str:
        return f"{self.rule} ({self.release_id})"


# Tables of the release discipline stand in a file of their own; Django finds models through this module.
from kecho.observatory.review_models import Correction, Notice, ReleaseStep, Settlement  # noqa: E402

__all__ = [
    "Correction",
    "Finding",
    "Indicator",
    "Notice",
    "Observation",
    "Release",
    "ReleaseStep",
    "Series",
    "Settlement",
]
