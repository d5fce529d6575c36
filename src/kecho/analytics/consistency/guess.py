"""Values near the truth to start from: each row that lacks one amount tells it.

The search of the tableau is exact from any start; from a near one it needs a tenth of the steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from kecho.analytics.consistency.model import Row

ANCHOR = Fraction(100)  # the first unknown of a text that prints no level, only rates
FINENESS = 10**6  # a start needs no more digits, and short fractions are fast


def start_values(rows: Sequence[Row]) -> dict[str, Fraction]:
    """A value for every amount that the rows name."""
    values: dict[str, Fraction] = {}
    waiting = [row for row in rows if row.terms]
    while waiting:
        left = [row for row in waiting if not _tell(row, values)]
        if len(left) == len(waiting):
            unknown = [name for row in left for name in row.terms if name not in values]
            if not unknown:
                break
            values[unknown[0]] = ANCHOR
        waiting = left
    return values


def _tell(row: Row, values: dict[str, Fraction]) -> bool:
    """Whether the row has nothing more to tell; it tells its one missing amount, if it has a limit."""
    missing = [name for name in row.terms if name not in values]
    if not missing:
        return True
    limits = [limit for limit in (row.span.low, row.span.high) if limit is not None]
    is_positivity = len(row.terms) == 1 and len(limits) == 1
    if len(missing) > 1 or is_positivity or not row.terms[missing[0]]:
        return False
    goal = sum(limits, Fraction(0)) / len(limits) if limits else Fraction(0)
    known = sum((c * values[name] for name, c in row.terms.items() if name in values), Fraction(0))
    values[missing[0]] = Fraction(round((goal - known) / row.terms[missing[0]] * FINENESS), FINENESS)
    return True
