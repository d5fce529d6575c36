"""Counts that span rooms: what each release brought, which months of a place have figures, how new the data is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Max

from kecho.kernel.periods import Period
from kecho.observatory import visibility
from kecho.observatory.models import Finding, Observation, Release
from kecho.observatory.queries import ReleaseInfo
from kecho.plan.models import Adoption


@dataclass(frozen=True, slots=True)
class CountedRelease:
    """A release with the number of its observations and of its findings by severity."""

    release: ReleaseInfo
    observations: int
    errors: int
    warnings: int
    notes: int

    @property
    def findings(self) -> int:
        """All findings together."""
        return self.errors + self.warnings + self.notes


def counted(releases: Sequence[ReleaseInfo]) -> list[CountedRelease]:
    """The releases with their counts, in the same order; two queries whatever their number."""
    ids = [release.id for release in releases]
    rows = Observation.objects.filter(release_id__in=ids).values_list("release_id")
    observations = dict(rows.annotate(count=Count("id")).order_by())
    findings = {
        (release, severity): count
        for release, severity, count in Finding.objects.filter(release_id__in=ids)
        .values_list("release_id", "severity")
        .annotate(count=Count("id"))
    }
    return [
        CountedRelease(
            release,
            observations.get(release.id, 0),
            *(findings.get((release.id, severity), 0) for severity in ("error", "warning", "note")),
        )
        for release in releases
    ]


def months_with_figures(locality: str) -> list[Period]:
    """Months of which some total of the place has a figure, newest first: those a report can be made of."""
    rows = Observation.objects.filter(
        series__locality=locality, series__breakdown="", period_end=F("period_start") + 1, value__isnull=False
    )
    starts = rows.values_list("period_start", flat=True).distinct()
    return [Period(start, start + 1) for start in sorted(starts, reverse=True)]


def state_of_data() -> str:
    """Changes whenever figures or plans do; what was computed from the database holds as long as this does.

    It names what the reader may not see: two readers share a page only where they may see the same, and a page ends
    with the embargo of a figure that it left out.
    """
    release = Release.everything.aggregate(last=Max("id"))["last"]
    adoption = Adoption.objects.aggregate(last=Max("id"))["last"]
    return f"{release or 0}.{adoption or 0}.{visibility.state()}"
