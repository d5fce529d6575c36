"""Tables: schedules with their lines, links between HS editions, origin rules, measures, studies of use, barriers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Schedule(models.Model):
    """One file of a market's rates, as loaded: what it is, from when to when it is valid, where it came from.

    Loading a changed file adds a further edition; the earlier one stays and is ``superseded_at`` that moment, so that
    an answer of last month can be explained. ``as_of`` is the day whose state the file prints.
    """

    layout = models.CharField(max_length=40)
    market = models.CharField(max_length=4)
    title_vi = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    hs_edition = models.CharField(max_length=8)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    as_of = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=500)
    is_verified = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    line_count = models.PositiveIntegerField()
    loaded_by = models.CharField(max_length=200)
    loaded_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["market", "-valid_from", "-loaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="schedule_dates_in_order"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="schedule_has_source"),
            models.UniqueConstraint(
                fields=["layout"], condition=Q(superseded_at__isnull=True), name="schedule_one_current_edition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.market} {self.title_en}"


class TariffLine(models.Model):
    """One national line: its code without dots, its names, and every cell as printed, by column.

    ``part`` tells lines of one code apart ("ex A"; the second of two rows). ``folded`` is what is searched.
    """

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="lines")
    code = models.CharField(max_length=12)
    part = models.CharField(max_length=8, blank=True, default="")
    row = models.PositiveIntegerField()
    name_vi = models.TextField(blank=True, default="")
    name_en = models.TextField(blank=True, default="")
    name_other = models.TextField(blank=True, default="")
    unit = models.CharField(max_length=40, blank=True, default="")
    folded = models.TextField(blank=True, default="")
    printed = models.JSONField(default=dict)

    class Meta:
        ordering = ["code", "row"]
        indexes = [models.Index(fields=["schedule", "code"], name="tariff_line_by_code")]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "code", "row"], name="tariff_line_once"),
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{4,12}$"), name="tariff_line_code_is_digits"),
        ]

    def __str__(self) -> str:
        return f"{self.code}{self.part}"


class HsLink(models.Model):
    """One row of a correlation: a code of one HS edition covers goods of a code of another."""

    newer = models.CharField(max_length=8)
    older = models.CharField(max_length=8)
    newer_code = models.CharField(max_length=6)
    older_code = models.CharField(max_length=6)

    class Meta:
        indexes = [models.Index(fields=["older", "newer", "older_code"], name="hs_link_back")]
        constraints = [
            models.UniqueConstraint(fields=["newer", "older", "newer_code", "older_code"], name="hs_link_once")
        ]

    def __str__(self) -> str:
        return f"{self.newer} {self.newer_code} - {self.older} {self.older_code}"


class OriginRuleText(models.Model):
    """One sentence of a list of product-specific rules, as printed, with the range of codes it is for.

    ``position`` keeps the printed order; ``joined`` is "or"/"and" where the list says how it joins the one before.
    """

    rule_set = models.CharField(max_length=24)
    position = models.PositiveIntegerField()
    heading = models.CharField(max_length=120)
    subdivision = models.TextField(blank=True, default="")
    code_min = models.CharField(max_length=10)
    code_max = models.CharField(max_length=10)
    number = models.PositiveSmallIntegerField()
    sentence = models.TextField()
    given_class = models.CharField(max_length=80, blank=True, default="")
    joined = models.CharField(max_length=4, blank=True, default="")
    source = models.CharField(max_length=500)

    class Meta:
        ordering = ["rule_set", "position"]
        indexes = [models.Index(fields=["rule_set", "code_min", "code_max"], name="origin_rule_by_code")]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "position"], name="origin_rule_once"),
            models.CheckConstraint(condition=Q(code_max__gte=F("code_min")), name="origin_rule_range_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_set} {self.heading} ({self.number})"


class Measure(models.Model):
    """A duty beside the schedules: a safeguard or anti-dumping duty on top of every rate, or a temporary MFN rate.

    ``hs`` is the beginning of the codes concerned; ``origins`` codes with blanks between, empty for all; ``printed``
    the rate in the western notation; ``valid_to`` the first day on which it no longer holds. A corrected row adds a
    further one; the earlier is ``superseded_at`` that moment.
    """

    class Kind(models.TextChoices):
        """What the rate does: the first two come on top of every rate, the third takes the place of MFN."""

        SAFEGUARD = "safeguard"
        ANTI_DUMPING = "anti_dumping"
        TEMPORARY = "temporary"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    market = models.CharField(max_length=4)
    hs = models.CharField(max_length=10)
    origins = models.CharField(max_length=300, blank=True, default="")
    printed = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=300)
    is_verified = models.BooleanField(default=False)
    is_fictional = models.BooleanField(default=False)
    loaded_by = models.CharField(max_length=200)
    loaded_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["market", "hs", "valid_from", "kind", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(document=""), name="measure_has_document"),
            models.CheckConstraint(condition=Q(hs__regex=r"^[0-9]{2,10}$"), name="measure_hs_is_digits"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="measure_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["market", "kind", "hs", "origins", "valid_from", "document"],
                condition=Q(superseded_at__isnull=True),
                name="measure_one_current_row",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.market} {self.hs} {self.kind} {self.printed}"


class QuotaYear(models.Model):
    """A tariff-rate quota in one year: its volume in tonnes. Recording use locks this row, so that uses add up."""

    quota = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    volume = models.DecimalField(max_digits=14, decimal_places=3)

    class Meta:
        ordering = ["quota", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["quota", "year"], name="quota_year_once"),
            models.CheckConstraint(condition=Q(volume__gt=0), name="quota_volume_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.quota} {self.year}"


class QuotaUse(models.Model):
    """One event of use: tonnes taken from a quota year, or given back (negative), by a document. Events only grow."""

    quota_year = models.ForeignKey(QuotaYear, on_delete=models.PROTECT, related_name="uses")
    on = models.DateField()
    tonnes = models.DecimalField(max_digits=14, decimal_places=3)
    document = models.CharField(max_length=200)
    by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["quota_year", "document"], name="quota_use_document_once"),
            models.CheckConstraint(condition=~Q(tonnes=0), name="quota_use_is_something"),
            models.CheckConstraint(condition=~Q(document=""), name="quota_use_has_document"),
        ]

    def __str__(self) -> str:
        return f"{self.quota_year} {self.tonnes}"


class UtilisationStudy(models.Model):
    """What one set of customs lines told about the use of preferences, as computed: classes, shares, whom to call.

    ``content`` holds texts and decimals as text (``utilisation.study``); the lines themselves are not kept here.
    """

    layout = models.CharField(max_length=40)
    title_vi = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    market = models.CharField(max_length=4)
    currency = models.CharField(max_length=3)
    source = models.CharField(max_length=500)
    is_fictional = models.BooleanField(default=False)
    line_count = models.PositiveIntegerField()
    content = models.JSONField()
    computed_by = models.CharField(max_length=200)
    computed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-computed_at"]
        constraints = [models.CheckConstraint(condition=~Q(source=""), name="utilisation_study_has_source")]

    def __str__(self) -> str:
        return f"{self.title_en} ({self.line_count})"


class Barrier(models.Model):
    """A measure other than duty, or an obstacle, that a market puts before goods: what it is and how far it has come.

    ``hs`` is the beginning of the codes concerned ("03", "6403"), empty for all goods. ``stage`` is the last event's.
    """

    class Kind(models.TextChoices):
        """What sort of measure."""

        SPS = "sps"
        TBT = "tbt"
        DEFENCE = "defence"
        QUOTA = "quota"
        LICENCE = "licence"
        OTHER = "other"

    class Stage(models.TextChoices):
        """How far it has come."""

        REPORTED = "reported"
        ASSESSED = "assessed"
        RAISED = "raised"
        PARTLY_RESOLVED = "partly_resolved"
        RESOLVED = "resolved"
        DORMANT = "dormant"

    market = models.CharField(max_length=4)
    hs = models.CharField(max_length=10, blank=True, default="")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True, default="")
    source = models.CharField(max_length=500)
    stage = models.CharField(max_length=16, choices=Stage.choices, default=Stage.REPORTED)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["market", "-since", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="barrier_has_source"),
            models.CheckConstraint(condition=Q(hs="") | Q(hs__regex=r"^[0-9]{2,10}$"), name="barrier_hs_is_digits"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="barrier_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.market} {self.title}"


class BarrierEvent(models.Model):
    """One step of a barrier: the stage it reached, when, by whom, and what was done. Events only grow."""

    barrier = models.ForeignKey(Barrier, on_delete=models.CASCADE, related_name="events")
    stage = models.CharField(max_length=16, choices=Barrier.Stage.choices)
    on = models.DateField()
    note = models.TextField()
    by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.barrier_id} {self.stage} {self.on}"
