"""What changed between two days, or between two releases: every figure that was added, revised or withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.observatory import queries
from kecho.observatory.queries import Point, SeriesInfo
from kecho.observatory.rules import HUNDRED

NOISE = Decimal("1e-12")


class How(StrEnum):
    """What became of a figure."""

    ADDED = "added"
    REVISED = "revised"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Change:
    """One figure before and after; ``before`` is None for a new one."""

    series: SeriesInfo
    period: Period
    how: How
    before: Point | None
    after: Point

    @property
    def difference(self) -> Decimal | None:
        """After less before, where both are numbers."""
        if self.before is None or self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value

    @property
    def percent(self) -> Decimal | None:
        """The difference in percent of the figure before; None where that is zero."""
        if self.difference is None or self.before is None or not self.before.value:
            return None
        return self.difference / abs(self.before.value) * HUNDRED


def between_days(indicator: str, locality: str, earlier: date, later: date, *, confirmed: bool = False) -> list[Change]:
    """What was known of an indicator on ``later`` and not, or otherwise, on ``earlier``; by series and period.

    ``confirmed`` also lists what stayed. Raises ``observatory.unknown_indicator``, ``observatory.days_reversed``.
    """
    queries.indicator(indicator)
    if earlier > later:
        raise KechoError("observatory.days_reversed", earlier=earlier.isoformat(), later=later.isoformat())
    series = queries.series_list(indicator, locality)
    keys = [info.key for info in series]
    known, now = queries.many_points(keys, as_of=earlier), queries.many_points(keys, as_of=later)
    return [
        change
        for info in series
        for change in _compared(info, known[info.key], now[info.key])
        if confirmed or change.how is not How.CONFIRMED
    ]


def between_releases(first: int, second: int, *, confirmed: bool = False) -> list[Change]:
    """How the figures of the second release differ from those of the first for the periods that both have.

    Raises ``observatory.unknown_release``.
    """
    before, after = (queries.points_of_release(number) for number in (first, second))
    found = []
    for key, points in after.items():
        shared = {period: point for period, point in points.items() if period in before.get(key, {})}
        if not shared:
            continue
        info = next(one for one in queries.series_list(key.indicator, key.locality) if one.key == key)
        found += [one for one in _compared(info, before[key], shared) if confirmed or one.how is not How.CONFIRMED]
    return sorted(found, key=lambda change: (change.series.key.indicator, change.series.order, change.period.start))


def _compared(info: SeriesInfo, before: dict[Period, Point], after: dict[Period, Point]) -> Iterator[Change]:
    for period, point in after.items():
        known = before.get(period)
        if known is None:
            yield Change(info, period, How.ADDED, None, point)
        else:
            is_same = known.missing == point.missing and _is_same(known.value, point.value)
            yield Change(info, period, How.CONFIRMED if is_same else How.REVISED, known, point)


def _is_same(before: Decimal | None, after: Decimal | None) -> bool:
    """The same number; cells keep doubles, whose last digits differ from file to file."""
    if before is None or after is None:
        return before is after
    return abs(after - before) <= NOISE * max(abs(before), abs(after))
