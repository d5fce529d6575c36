"""Counts that span rooms: which months of a place have figures, how new the data is."""

from __future__ import annotations

from django.db.models import F, Max

from kecho.kernel.periods import Period
from kecho.observatory import visibility
from kecho.observatory.models import Observation, Release
from kecho.outlook.models import KeptOutlook
from kecho.plan.models import Adoption


def months_with_figures(locality: str) -> list[Period]:
    """Months of which some total of the place has a figure, newest first: those a report can be made of."""
    rows = Observation.objects.filter(
        series__locality=locality, series__breakdown="", period_end=F("period_start") + 1, value__isnull=False
    )
    starts = rows.values_list("period_start", flat=True).distinct()
    return [Period(start, start + 1) for start in sorted(starts, reverse=True)]


def state_of_data() -> str:
    """Changes whenever figures, plans or outlooks do; what was computed from the database holds as long as this does.

    It names what the reader may not see: two readers share a page only where they may see the same, and a page ends
    with the embargo of a figure that it left out.
    """
    release = Release.everything.aggregate(last=Max("id"))["last"]
    adoption = Adoption.objects.aggregate(last=Max("id"))["last"]
    outlook = KeptOutlook.objects.aggregate(last=Max("id"))["last"]
    return f"{release or 0}.{adoption or 0}.{outlook or 0}.{visibility.state()}"
