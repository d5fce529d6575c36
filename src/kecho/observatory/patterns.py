"""Rules that hold a release against what came before it, and each value against the range that the catalogue declares.

Whole tables are missed or copied together, so these notes are drawn one for a table (indicator, place and measure).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from kecho.analytics.outliers import PAST, YEAR
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Calendar, Period
from kecho.observatory import catalogue, rules, vintage
from kecho.observatory.queries import SeriesKey
from kecho.observatory.rules import Figure, Verdict
from kecho.observatory.sight import Sight, Slot

#: A table's months count as copied where at least this many series with digits to tell apart all repeat.
LEAST_REPEATED = 5
LEAST_DIGITS = 3
#: A longer gap is a series that paused, not a month that was missed.
MOST_MISSING = 6

Found = tuple[Slot, Verdict]
Past = Mapping[int, Mapping[int, Decimal]]


def against_the_past(sight: Sight) -> list[Found]:
    """Season, missing months, copied columns, ranges."""
    months = {
        slot: figure
        for slot, figure in sight.own.items()
        if slot[1].length == 1 and slot[1].calendar is Calendar.STATISTICAL
    }
    past: Past = {}
    if months:
        since = min(period.start for _, period in months) - PAST - 2 * YEAR
        past = vintage.months_before(sight.release, {sight.series[key] for key, _ in months}, since)
    return [
        *_ranges(sight),
        *_season(sight, months, past),
        *_gaps(sight, months, past),
        *_copies(sight, months, past),
    ]


def _ranges(sight: Sight) -> Iterator[Found]:
    for (key, period), figure in sight.own.items():
        low, high = catalogue.value_range(key.indicator, key.measure)
        if verdict := rules.inside_range(figure, low, high):
            yield (key, period), verdict


def _season(sight: Sight, months: Mapping[Slot, Figure], past: Past) -> Iterator[Found]:
    """The month that the release is about, or without one its last."""
    for (key, period), figure in months.items():
        if key.measure != Measure.LEVEL or period.start != _month_of(sight, months):
            continue
        levels = {month: float(value) for month, value in past.get(sight.series[key], {}).items()}
        own = {one.start: float(other.value) for (same, one), other in months.items() if same == key}
        if verdict := rules.fits_season(figure, {**levels, **own}, period.start):
            yield (key, period), verdict


def _gaps(sight: Sight, months: Mapping[Slot, Figure], past: Past) -> Iterator[Found]:
    at = _month_of(sight, months)
    gone: dict[tuple[str, str, str], list[tuple[int, Slot, Figure]]] = defaultdict(list)
    for (key, period), figure in months.items():
        if period.start != at:
            continue
        own = {one.start for same, one in months if same == key}
        before = [month for month in {*past.get(sight.series[key], {}), *own} if month < at]
        if before and at - 1 - MOST_MISSING <= max(before) < at - 1:
            gone[_table(key)].append((max(before) + 1, (key, period), figure))
    for rows in gone.values():
        first, slot, figure = min(rows, key=lambda row: (row[0], row[1][0].breakdown))
        since, until = Period(first, first + 1), Period(at - 1, at)
        facts = {"since": since.code, "until": until.code, "count": str(len(rows))}
        yield slot, Verdict("missing_month" if since == until else "missing_months", facts, (figure,))


def _copies(sight: Sight, months: Mapping[Slot, Figure], past: Past) -> Iterator[Found]:
    at = _month_of(sight, months)
    told: dict[tuple[str, str, str], list[tuple[bool, Slot, Figure]]] = defaultdict(list)
    for (key, period), figure in months.items():
        if key.measure != Measure.LEVEL or period.start != at or len(figure.value.as_tuple().digits) < LEAST_DIGITS:
            continue
        last = months.get((key, period.previous))
        value = last.value if last else past.get(sight.series[key], {}).get(at - 1)
        if value is not None:
            told[_table(key)].append((value == figure.value, (key, period), figure))
    for rows in told.values():
        same = [row for row in rows if row[0]]
        if len(same) >= LEAST_REPEATED and len(same) * 2 > len(rows):
            _, slot, _ = same[0]
            facts = {"count": str(len(same)), "all": str(len(rows))}
            yield slot, Verdict("repeats_last_month", facts, tuple(figure for _, _, figure in same))


def _month_of(sight: Sight, months: Mapping[Slot, Figure]) -> int:
    """The month that the release is about; of a release without one, the last it has."""
    if sight.release.period_end is not None:
        return sight.release.period_end - 1
    return max((period.start for _, period in months), default=0)


def _table(key: SeriesKey) -> tuple[str, str, str]:
    return key.indicator, key.locality, key.measure
