"""How first figures fared: what was first said of each month beside what is said now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kecho.kernel.periods import Period
from kecho.observatory import queries
from kecho.observatory.queries import Point, SeriesKey

MONTHS_SHOWN = 24
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Revision:
    """One month: its first and its latest figure, and how often it was given. ``change_pct`` is of the first figure."""

    period: Period
    first: Point
    latest: Point
    count: int

    @property
    def change_pct(self) -> Decimal | None:
        """How far the latest figure lies from the first, in percent of it; None where the first is not positive."""
        if self.first.number <= 0:
            return None
        return (self.latest.number / self.first.number - 1) * HUNDRED


@dataclass(frozen=True, slots=True)
class Revisions:
    """The last months that were given at least twice, newest first, and what they have in common."""

    rows: tuple[Revision, ...]

    @property
    def changes(self) -> list[Decimal]:
        """The revisions that can be told in percent."""
        return [row.change_pct for row in self.rows if row.change_pct is not None]

    @property
    def mean_pct(self) -> Decimal | None:
        """The mean revision: positive where first figures were too low."""
        return sum(self.changes, Decimal(0)) / len(self.changes) if self.changes else None

    @property
    def mean_size_pct(self) -> Decimal | None:
        """The mean size of a revision."""
        return sum(map(abs, self.changes), Decimal(0)) / len(self.changes) if self.changes else None

    @property
    def raised(self) -> int:
        """How many months were revised upwards."""
        return sum(change > 0 for change in self.changes)


def revisions(key: SeriesKey, as_of: date | None = None) -> Revisions:
    """The revisions of a series' months as known on a day."""
    found = queries.all_vintages(key, as_of)
    rows = []
    for period, points in found.items():
        known = [point for point in points if point.value is not None]
        if period.length == 1 and len(known) > 1:
            rows.append(Revision(period, known[0], known[-1], len(known)))
    rows.sort(key=lambda row: row.period, reverse=True)
    return Revisions(tuple(rows[:MONTHS_SHOWN]))
