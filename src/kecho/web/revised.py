"""The last periods of a series with what was first and what was last published for each. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kecho.kernel.periods import Period
from kecho.observatory.queries import Point

PERIODS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Revised:
    """One period: its first figure, its latest, and how many were ever given."""

    period: Period
    first: Point
    last: Point
    given: int

    @property
    def change(self) -> Decimal | None:
        """By how much the latest differs from the first; None where either has no value."""
        if self.first.value is None or self.last.value is None:
            return None
        return self.last.value - self.first.value

    @property
    def change_pct(self) -> Decimal | None:
        """The same in percent of the first."""
        if self.change is None or not self.first.value:
            return None
        return self.change / abs(self.first.value) * 100


def revised(vintages: Mapping[Period, Sequence[Point]], periods: Sequence[Period]) -> list[Revised]:
    """The newest of ``periods`` that were published as such; periods worked out from others have no vintages."""
    rows = [(period, vintages[period]) for period in periods if vintages.get(period)]
    return [Revised(period, given[0], given[-1], len(given)) for period, given in rows[:PERIODS_SHOWN]]
