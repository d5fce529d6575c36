"""What was known before a release: the earlier vintages that its figures are compared with.

Only public ones count, whoever imports: so a finding never tells what stands in somebody else's draft.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from kecho.kernel.periods import Calendar, Period
from kecho.observatory.models import Observation, Release
from kecho.observatory.rules import Figure
from kecho.observatory.visibility import unpublished_ids
from kecho.observatory.writing import Draft

Slot = tuple[int, int, int, str]
_IN_ONE_QUERY = 500


class Known(NamedTuple):
    """A value as an earlier release gave it."""

    value: Decimal | None
    missing: str
    stage: str
    sheet: str
    cell: str

    def says(self, draft: Draft) -> bool:
        """The same number, or the same reason for none."""
        return self.value == draft.value and self.missing == draft.missing


class Comparison(NamedTuple):
    """A file's figures against what was known: counts, the drafts to write, and what a corrected file left out."""

    added: int
    confirmed: int
    revised: int
    to_write: list[Draft]
    withdrawn: list[tuple[Slot, Known]]


def compare(drafts: list[Draft], release: Release, corrects: Release | None) -> Comparison:
    """Count what is new, confirmed and revised; of a corrected file, only what differs from the earlier is written.

    A file of another month is written whole: that it repeats a figure is a vintage of its own.
    """
    before = known_before(release, {draft.slot for draft in drafts})
    told = [before.get(draft.slot) for draft in drafts]
    added = sum(known is None for known in told)
    confirmed = sum(known is not None and known.says(draft) for known, draft in zip(told, drafts, strict=True))
    to_write, withdrawn = drafts, []
    if corrects is not None:
        earlier = figures_of_file(release)
        to_write = [draft for draft in drafts if not _repeats(earlier.get(draft.slot), draft)]
        given = {draft.slot for draft in drafts}
        withdrawn = [(slot, known) for slot, known in earlier.items() if slot not in given]
    return Comparison(added, confirmed, len(drafts) - added - confirmed, to_write, withdrawn)


def _repeats(known: Known | None, draft: Draft) -> bool:
    return known is not None and known.says(draft) and known.stage == draft.stage


def known_before(release: Release, slots: Iterable[Slot]) -> dict[Slot, Known]:
    """The vintage of each slot that counted on the release's day, without the release itself."""
    wanted: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for series, start, end, calendar in slots:
        wanted[start, end, calendar].append(series)
    found: dict[Slot, Known] = {}
    for rows in _earlier(release, wanted):
        found.update(_known(rows))
    return found


def figures_before(release: Release, wanted: Mapping[Period, Iterable[int]]) -> dict[tuple[int, Period], Figure]:
    """Levels that counted on the release's day, by series and period, with where they stand."""
    asked = {(period.start, period.end, period.calendar.value): list(ids) for period, ids in wanted.items()}
    periods = {(period.start, period.end, period.calendar.value): period for period in wanted}
    found: dict[tuple[int, Period], Figure] = {}
    for rows in _earlier(release, asked):
        for pk, series, start, end, calendar, value, decimals, sheet, cell in rows.values_list(
            "id", "series_id", "period_start", "period_end", "calendar", "value", "decimals", "sheet", "cell"
        ):
            if value is not None:
                found[series, periods[start, end, calendar]] = Figure(value, decimals, "", pk, sheet, cell)
    return found


def months_before(release: Release, series: Iterable[int], since: int) -> dict[int, dict[int, Decimal]]:
    """Monthly values from month ``since`` on that counted on the release's day, by series and month."""
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    ids = list(series)
    for at in range(0, len(ids), _IN_ONE_QUERY):
        rows = Observation.everything.filter(
            _before(release),
            series_id__in=ids[at : at + _IN_ONE_QUERY],
            period_start__gte=since,
            period_end=F("period_start") + 1,
            calendar=Calendar.STATISTICAL.value,
            value__isnull=False,
        )
        ordered = rows.order_by("release__published_on", "release_id", "id")
        for pk, month, value in ordered.values_list("series_id", "period_start", "value"):
            assert value is not None
            found[pk][month] = value
    return found


def figures_of_file(release: Release) -> dict[Slot, Known]:
    """What the earlier files of the same month say together, the latest word for each slot."""
    return dict(_known(observations_of_file(release).exclude(release=release)))


def observations_of_file(release: Release) -> QuerySet[Observation]:
    """Those of a release, of the files of the same month that it may correct and of declared corrections of them.

    The latest word for a slot comes last.
    """
    same = Observation.everything.filter(
        release__source=release.source,
        release__kind__in=(release.kind, Release.Kind.CORRECTION),
        release__period_start=release.period_start,
        release__period_end=release.period_end,
    ).exclude(release_id__in=unpublished_ids() - {release.pk})
    return same.order_by("release__published_on", "release_id", "id")


def _known(rows: QuerySet[Observation]) -> Iterator[tuple[Slot, Known]]:
    """Slots and values, in the order of the rows: the last of a slot is the latest."""
    columns = ("series_id", "period_start", "period_end", "calendar", "value", "missing", "stage", "sheet", "cell")
    for series, start, end, calendar, value, missing, stage, sheet, cell in rows.values_list(*columns):
        yield (series, start, end, calendar), Known(value, missing, stage, sheet, cell)


def _earlier(release: Release, wanted: Mapping[tuple[int, int, str], list[int]]) -> Iterator[QuerySet[Observation]]:
    """Rows of the wanted slots that were out by the release's day, oldest vintage first."""
    day = _before(release)
    for (start, end, calendar), ids in wanted.items():
        for at in range(0, len(ids), _IN_ONE_QUERY):
            rows = Observation.everything.filter(
                day,
                series_id__in=ids[at : at + _IN_ONE_QUERY],
                period_start=start,
                period_end=end,
                calendar=calendar,
            )
            yield rows.order_by("release__published_on", "release_id", "id")


def _before(release: Release) -> Q:
    """Public by the release's day, without the release itself."""
    day = Q(release__published_on__lt=release.published_on)
    day |= Q(release__published_on=release.published_on, release_id__lt=release.pk)
    hidden = unpublished_ids()
    return day & ~Q(release_id__in=hidden) if hidden else day
