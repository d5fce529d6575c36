"""What a report says of one indicator, or one part of it, for a month: the row of a table, the stuff of a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from kecho.kernel.measures import Missing
from kecho.publish.changes import Change
from kecho.publish.pieces import Figure


@dataclass(frozen=True, slots=True)
class Line:
    """All that a report says of one indicator, or one part of it, for the month."""

    indicator: str
    breakdown: str
    label: str
    unit: str
    depth: int
    month: Figure | None
    previous: Figure | None
    to_date: Figure | None
    on_month: Change | None
    on_year: Change | None
    on_december: Change | None
    to_date_on_year: Change | None
    missing: Missing | None = None

    @property
    def has_figures(self) -> bool:
        """Whether there is anything to print for the month or the year to date."""
        known = (self.month, self.to_date, self.on_year, self.to_date_on_year, self.on_month)
        return any(item is not None for item in known)

    @property
    def figures(self) -> list[Figure]:
        """Every figure in it."""
        levels = [figure for figure in (self.month, self.previous, self.to_date) if figure]
        changes = [c for c in (self.on_month, self.on_year, self.on_december, self.to_date_on_year) if c]
        return levels + [figure for c in changes for figure in (c.figure, c.base, c.before) if figure]
