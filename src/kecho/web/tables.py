"""The points of a series as one tidy table for download."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kecho.observatory.queries import IndicatorInfo, Point, SeriesInfo, SeriesKey
from kecho.pages import words
from kecho.pages.downloads import Table, Value

COLUMNS = (
    "indicator", "breakdown", "breakdown_label", "locality", "measure", "period", "value", "unit", "stage", "missing",
    "published_on", "file", "sheet", "cell", "derived", "fictional", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extract:
    """What is downloaded: one series, its points in order, and the sentences that must go with them."""

    info: IndicatorInfo
    series: SeriesInfo
    points: tuple[Point, ...]
    address: str
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> SeriesKey:
        """Which series."""
        return self.series.key


def records(extract: Extract) -> Iterator[dict[str, Value]]:
    """One record a point, under ``COLUMNS``; codes stay codes, so that both languages give the same file."""
    key = extract.key
    for point in extract.points:
        yield {
            "indicator": key.indicator,
            "breakdown": key.breakdown,
            "breakdown_label": extract.series.label(words.language()) if key.breakdown else "",
            "locality": key.locality,
            "measure": key.measure,
            "period": point.period.code,
            "value": point.value,
            "unit": point.unit,
            "stage": str(point.stage),
            "missing": str(point.missing or ""),
            "published_on": point.release.published_on.isoformat(),
            "file": point.release.file_name,
            "sheet": point.sheet,
            "cell": point.cell,
            "derived": point.is_derived,
            "fictional": point.is_fictional,
            "note": "; ".join(filter(None, (_unpublished(point), point.note))),
        }


def _unpublished(point: Point) -> str:
    """What a row says that only its reader may see yet."""
    return "" if point.release.is_public else _("CHƯA CÔNG BỐ")


def table(extract: Extract, cover: list[tuple[str, str]]) -> Table:
    """The extract with its cover and, for JSON, what it is about."""
    lang, info, key = words.language(), extract.info, extract.key
    about = {
        "indicator": {
            "code": info.code,
            "name": info.name(lang),
            "definition": info.definition(lang),
            "source": info.source(lang),
        },
        "series": {
            "breakdown": key.breakdown,
            "label": extract.series.label(lang),
            "locality": key.locality,
            "locality_name": words.place(key.locality),
            "measure": key.measure,
            "unit": extract.series.unit,
        },
        "address": extract.address,
        "notes": list(extract.notes),
    }
    return Table(info.name(lang), COLUMNS, tuple(records(extract)), cover, about, "observations")
