"""Tables: tariff schedules with their lines, correlations between HS editions, rules of origin, barriers, notices."""

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
