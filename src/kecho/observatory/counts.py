"""How many figures and findings each release brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from kecho.observatory.models import Finding, Observation
from kecho.observatory.values import ReleaseInfo


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
