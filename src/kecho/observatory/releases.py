"""Opening a release: what it is, whether it is here already, which earlier file it replaces, and its day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.observatory import release_calendar, visibility
from kecho.observatory.models import Release

#: What the statistics office's workbooks are filed under, and a department's own tidy files.
GSO = "gso"
DEPARTMENT = "department"

CORRECTED = "Tệp của kỳ này được thay bằng một tệp khác. / The file of this period was replaced by another one."


class Basis(StrEnum):
    """How the day of publication was found; a rule's id of the release calendar stands beside these."""

    STATED = "stated"  # given with the import
    IMPORT_DAY = "import_day"  # no calendar, or the file was at hand before its day
    CORRECTION = "correction"  # a corrected file: see ``_day_of_correction``


@dataclass(frozen=True, slots=True)
class ReleaseMeta:
    """What is known of a delivery.

    ``period`` is the month it is about; ``published_on`` is given only where somebody knows the day.
    """

    sha256: str
    file_name: str = ""
    source: str = GSO
    kind: Release.Kind = Release.Kind.WORKBOOK
    title: str = ""
    period: Period | None = None
    published_on: date | None = None
    reason: str = ""
    needs_approval: bool = False


def known(meta: ReleaseMeta) -> Release | None:
    """The release of the same bytes, if these were imported before."""
    return Release.everything.filter(sha256=meta.sha256).first()


def replaced_by(meta: ReleaseMeta) -> Release | None:
    """The latest public release of the same source, kind and month: what this one corrects.

    A draft is no file to correct: of a correction only what differs is stored, and the draft may never be published.
    """
    if meta.period is None or meta.kind is not Release.Kind.WORKBOOK:
        return None
    same = Release.everything.filter(
        source=meta.source, kind=meta.kind, period_start=meta.period.start, period_end=meta.period.end
    )
    return same.exclude(pk__in=visibility.unpublished_ids()).order_by("published_on", "id").last()


def later_month(meta: ReleaseMeta) -> Release | None:
    """The release of the latest month that is here already, if that month lies behind this one's."""
    if meta.period is None:
        return None
    later = Release.everything.filter(source=meta.source, kind=meta.kind, period_end__gt=meta.period.end)
    return later.order_by("period_end").last()


def open_release(meta: ReleaseMeta, corrects: Release | None, now: datetime) -> Release:
    """Write the release row. Raises ``observatory.no_hash`` where the file's bytes were not hashed."""
    if not meta.sha256:
        raise KechoError("observatory.no_hash", value=meta.file_name or meta.title)
    published_on, basis = day_of(meta, corrects, timezone.localdate(now))
    meta = replace(meta, reason=meta.reason or (CORRECTED if corrects else ""))
    return Release.everything.create(
        source=meta.source,
        kind=meta.kind,
        title=(meta.title or meta.file_name)[:300],
        period_start=meta.period.start if meta.period else None,
        period_end=meta.period.end if meta.period else None,
        file_name=meta.file_name,
        sha256=meta.sha256,
        published_on=published_on,
        published_basis=basis,
        imported_at=now,
        reason=meta.reason,
        corrects=corrects,
        needs_approval=meta.needs_approval,
    )


def day_of(meta: ReleaseMeta, corrects: Release | None, today: date) -> tuple[date, str]:
    """The day of publication and how it was found.

    A stated day counts. Else a corrected file follows ``_day_of_correction``; else the calendar of the source, though
    never later than today: a file at hand is public. Without a calendar it is the day of import.
    """
    if meta.published_on is not None:
        return meta.published_on, Basis.STATED
    if corrects is not None and meta.period is not None:
        return _day_of_correction(meta, corrects, today), Basis.CORRECTION
    planned = release_calendar.scheduled(meta.source, meta.period) if meta.period else None
    if planned is None or planned[0] > today:
        return today, Basis.IMPORT_DAY
    return planned


def _day_of_correction(meta: ReleaseMeta, corrects: Release, today: date) -> date:
    """The day of import, but before the next month's figures were due.

    So what was known before stays readable as of its day, and a correction of an old month that reaches us years later
    does not outrank the figures of the months that followed it.
    """
    assert meta.period is not None
    following = release_calendar.scheduled(meta.source, meta.period.shift(months=meta.period.length))
    last = following[0] - timedelta(days=1) if following else today
    return max(corrects.published_on, min(today, last))
