"""The one function that assesses every kind of target."""

from __future__ import annotations

from datetime import date

from kecho.kernel.measures import Measure
from kecho.plan.assessment.bands import BandSet, band_set
from kecho.plan.assessment.facts import Facts
from kecho.plan.assessment.flow import assess_flow
from kecho.plan.assessment.rate import assess_rate
from kecho.plan.assessment.result import Assessment, Sheet
from kecho.plan.assessment.state import assess_state
from kecho.plan.assessment.target import Basis, TargetSpec
from kecho.plan.assessment.years import assess_years


def assess(target: TargetSpec, facts: Facts, today: date, bands: BandSet | None = None) -> Assessment:
    """How ``target`` stands on ``today`` by the figures in ``facts``.

    Pure: no clock, no database, no files. ``facts`` are what was known on ``today`` (figures for months that begin
    later are left out). ``bands`` default to the packaged set "pace". A target that cannot be assessed gets the status
    ``not_assessed`` and a reason, never a guess; nothing is raised for missing or odd figures.
    """
    first_of_next_month = today.year * 12 + today.month
    sheet = Sheet(target, facts.known_by(first_of_next_month), today, bands or band_set("pace", today))
    if target.basis is Basis.YEARLY_AVERAGE:
        return assess_years(sheet)
    if target.is_growth:
        return assess_rate(sheet)
    if target.basis is Basis.FLOW and target.measure is Measure.LEVEL:
        return assess_flow(sheet)
    return assess_state(sheet)
