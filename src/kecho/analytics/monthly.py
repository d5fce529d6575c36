"""A monthly series with its first month, so that months and years are never counted by hand.

Months are counted as `kernel.periods.Period` counts them: ``year * 12 + month - 1``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kecho.kernel.errors import KechoError

SEASON = 12


def month_number(year: int, month: int) -> int:
    """The number of a month.

    >>> month_number(2025, 1), month_number(2025, 1) % 12
    (24300, 0)
    """
    return year * SEASON + month - 1


def month_code(number: int) -> str:
    """``2025-01``."""
    return f"{number // SEASON}-{number % SEASON + 1:02}"


@dataclass(frozen=True, slots=True)
class Monthly:
    """Values from month ``first`` on; None where a month is not known."""

    first: int
    values: tuple[float | None, ...]

    @classmethod
    def of(cls, year: int, month: int, values: Sequence[float | None]) -> Monthly:
        """The series that begins in ``month`` of ``year``."""
        return cls(month_number(year, month), tuple(values))

    @property
    def end(self) -> int:
        """The month after the last."""
        return self.first + len(self.values)

    def at(self, month: int) -> float | None:
        """The value of a month; None where it is unknown or outside."""
        return self.values[month - self.first] if self.first <= month < self.end else None

    def known(self, first: int, end: int) -> tuple[float, ...]:
        """The values of months ``first`` to ``end`` (not included); ``analytics.months_missing`` where one is not."""
        found = tuple(value for month in range(first, end) if (value := self.at(month)) is not None)
        if len(found) < end - first:
            missing = [month_code(month) for month in range(first, end) if self.at(month) is None]
            raise KechoError("analytics.months_missing", months=", ".join(missing[:SEASON]), count=len(missing))
        return found

    def until(self, end: int) -> Monthly:
        """The series as it was before month ``end``."""
        return Monthly(self.first, self.values[: max(end - self.first, 0)])
