"""Tables: plans in their versions, their targets, and the adoption that puts a version into force.

All three only grow (database triggers refuse UPDATE and DELETE): a plan is never edited, it is revised by a further
version that names its deciding document, and the old one stays readable as it was.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, FloatField, Q
from django.db.models.functions import Cast
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils import timezone

from kecho.observatory.fields import ExactDecimalField
from kecho.people.append_only import AppendOnlyModel
from kecho.plan.assessment.target import BASES, Basis, Direction, Form

FORMS = [form.value for form in Form]
DIRECTIONS = ["", *(direction.value for direction in Direction)]
MEASURES = [measure.value for measure in BASES]


def _basis_fits_measure() -> Q:
    fits = Q()
    for measure, bases in BASES.items():
        fits |= Q(measure=measure.value, basis__in=[basis.value for basis in bases])
    return fits


class Plan(AppendOnlyModel):
    """One version of the plan of a place for a year, or for the years ``first_year`` to ``last_year``.

    ``effective_from`` is the day from which this version counts; of two versions that count on a day the higher one
    holds. A version above 1 says why it was needed and which document decided it.
    """

    locality = models.CharField(max_length=24)
    first_year = models.SmallIntegerField()
    last_year = models.SmallIntegerField()
    version = models.SmallIntegerField()
    title_vi = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True, default="")
    document_number = models.CharField(max_length=80, blank=True, default="")
    document_date = models.DateField(null=True, blank=True)
    document_issuer = models.CharField(max_length=200, blank=True, default="")
    document_title = models.CharField(max_length=500, blank=True, default="")
    effective_from = models.DateField()
    reason = models.TextField(blank=True, default="")
    bands = models.CharField(max_length=40, default="pace")
    is_fictional = models.BooleanField(default=False)
    source_file = models.CharField(max_length=255, blank=True, default="")
    drafted_by = models.CharField(max_length=200)
    drafted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["locality", "first_year", "last_year", "version"], name="plan_version_once"
            ),
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="plan_years"),
            models.CheckConstraint(condition=Q(first_year__gte=1976, last_year__lte=2100), name="plan_years_sane"),
            models.CheckConstraint(condition=Q(version__gte=1), name="plan_version"),
            models.CheckConstraint(condition=~Q(locality="") & ~Q(title_vi=""), name="plan_named"),
            models.CheckConstraint(
                condition=Q(version=1) | (~Q(reason="") & (~Q(document_number="") | ~Q(document_title=""))),
                name="plan_revision_names_its_document",
            ),
        ]

    def __str__(self) -> str:
        years = f"{self.first_year}-{self.last_year}" if self.last_year > self.first_year else f"{self.first_year}"
        return f"{self.locality} {years} v{self.version}"

    def clean(self) -> None:
        """A revision counts from its document's day or later, never before."""
        if self.document_date and self.effective_from < self.document_date and self.version > 1:
            raise ValidationError({"effective_from": "before the deciding document"})


class Adoption(AppendOnlyModel):
    """That a version was put into force, by whom and when. A plan without one is a draft."""

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="adoption")
    adopted_by = models.CharField(max_length=200)
    adopted_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.plan_id} adopted"


class Target(AppendOnlyModel):
    """One promise of one version. ``code`` names it through all versions of the plan.

    ``name_*`` are the plan's own words for it; empty, the indicator's name stands.

    ``low`` and ``high`` are in ``unit`` (percent for growth and shares), equal for a point. ``window_start`` and
    ``window_end`` count months as ``kernel.periods.Period`` does. ``locality`` is empty for the plan's own place.
    ``definition_*`` say what is counted over what for a rate. ``denominator_*`` name the indicator by which a share is
    divided where it is not published as such. ``is_of_which`` marks a part that is only named: such parts need not make
    the whole. ``is_verified`` only where the deciding text itself was read.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="targets")
    code = models.CharField(max_length=80)
    order = models.IntegerField(default=0)
    name_vi = models.CharField(max_length=300, blank=True, default="")
    name_en = models.CharField(max_length=300, blank=True, default="")
    indicator = models.CharField(max_length=80)
    breakdown = models.CharField(max_length=240, blank=True, default="")
    locality = models.CharField(max_length=24, blank=True, default="")
    measure = models.CharField(max_length=16)
    basis = models.CharField(max_length=16)
    form = models.CharField(max_length=12)
    window_start = models.IntegerField()
    window_end = models.IntegerField()
    low = ExactDecimalField(null=True, blank=True)
    high = ExactDecimalField(null=True, blank=True)
    is_strict = models.BooleanField(default=False)
    is_approximate = models.BooleanField(default=False)
    unit = models.CharField(max_length=80)
    direction = models.CharField(max_length=8, blank=True, default="")
    base_value = ExactDecimalField(null=True, blank=True)
    base_start = models.IntegerField(null=True, blank=True)
    base_end = models.IntegerField(null=True, blank=True)
    definition_vi = models.TextField(blank=True, default="")
    definition_en = models.TextField(blank=True, default="")
    denominator_indicator = models.CharField(max_length=80, blank=True, default="")
    denominator_breakdown = models.CharField(max_length=240, blank=True, default="")
    lead_unit = models.CharField(max_length=200, blank=True, default="")
    supporting_units = models.JSONField(default=list, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    is_of_which = models.BooleanField(default=False)
    is_verified = models.BooleanField(default=False)
    source = models.TextField(blank=True, default="")
    note_vi = models.TextField(blank=True, default="")
    note_en = models.TextField(blank=True, default="")
    is_fictional = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="target_once_a_plan"),
            models.CheckConstraint(condition=Q(form__in=FORMS), name="target_form"),
            models.CheckConstraint(condition=Q(direction__in=DIRECTIONS), name="target_direction"),
            models.CheckConstraint(condition=_basis_fits_measure(), name="target_basis_fits_measure"),
            models.CheckConstraint(condition=Q(window_end__gt=F("window_start")), name="target_window"),
            models.CheckConstraint(
                condition=Q(form__in=["point", "range"], low__isnull=False, high__isnull=False)
                | Q(form__in=["floor", "full_rate"], low__isnull=False, high__isnull=True)
                | Q(form__in=["ceiling", "rank"], low__isnull=True, high__isnull=False),
                name="target_ends_fit_form",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True)
                | Q(high__isnull=True)
                | Q(LessThanOrEqual(Cast("low", FloatField()), Cast("high", FloatField()))),
                name="target_low_not_above_high",
            ),
            models.CheckConstraint(
                condition=~Q(form="point")
                | Q(GreaterThanOrEqual(Cast("low", FloatField()), Cast("high", FloatField()))),
                name="target_point_is_one_value",
            ),
            models.CheckConstraint(
                condition=Q(measure="level") | Q(unit="percent"), name="target_growth_and_share_in_percent"
            ),
            models.CheckConstraint(
                condition=~Q(form="full_rate") | Q(measure="share", unit="percent"), name="target_full_rate_is_a_share"
            ),
            models.CheckConstraint(condition=~Q(form="rank") | Q(unit="rank", basis="stock"), name="target_rank"),
            models.CheckConstraint(
                condition=Q(base_value__isnull=True, base_start__isnull=True, base_end__isnull=True)
                | Q(
                    base_value__isnull=False,
                    base_start__isnull=False,
                    base_end__isnull=False,
                    base_end__gt=F("base_start"),
                    base_end__lt=F("window_end"),
                ),
                name="target_base",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="target_not_its_own_part"),
            models.CheckConstraint(condition=Q(is_of_which=False) | Q(parent__isnull=False), name="target_of_which"),
            models.CheckConstraint(condition=~Q(is_verified=True, source=""), name="target_verified_by_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.plan_id})"

    def clean(self) -> None:
        """A part belongs to the same version as its whole; a full rate is 100 %."""
        if self.parent is not None and self.parent.plan_id != self.plan_id:
            raise ValidationError({"parent": "of another plan"})
        if self.form == Form.FULL_RATE and self.low != 100:
            raise ValidationError({"low": "a full rate is 100 %"})
        if self.basis == Basis.YEARLY_AVERAGE and (self.window_start % 12 or self.window_end % 12):
            raise ValidationError({"basis": "a yearly average is about whole years"})
