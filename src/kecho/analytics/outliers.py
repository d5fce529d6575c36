"""A month that does not fit the seasonal pattern of its own series.

The expected growth on the same month of last year is the median growth of the twelve months before; how far months
usually lie from it is measured on the series' own past by the median absolute deviation (Rousseeuw and Croux 1993,
"Alternatives to the Median Absolute Deviation", section 1: 1.4826 times the MAD estimates a normal deviation).
January and February are measured apart, for Tết moves between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log
from statistics import median

YEAR = 12
#: Years of growth that the usual distance is measured on, and how few distances of a group are too few.
PAST = 5 * YEAR
LEAST = 8
#: Robust deviations beyond which a month does not fit. At 6, normal errors alarm twice in a thousand million.
FAR = 6.0
_NORMAL = 1.4826
#: A series that hardly moves would alarm at every step: below one percent nothing is far.
_FLOOR = 0.01


@dataclass(frozen=True, slots=True)
class Fit:
    """What was expected of a month, between which bounds, and how many robust deviations away the value lies."""

    expected: float
    low: float
    high: float
    distance: float

    @property
    def is_far(self) -> bool:
        """Beyond ``FAR``."""
        return abs(self.distance) > FAR


def fit(levels: Mapping[int, float], at: int) -> Fit | None:
    """How the level of month ``at`` fits those before it; months are counted as ``year * 12 + month - 1``.

    None where the past is too short (less than three years), or a level that is needed is missing or not positive.

    >>> steady = {month: 100.0 * 1.01 ** month * (1.3 if month % 12 == 6 else 1) for month in range(60)}
    >>> fit({**steady, 59: steady[59] * 1000}, 59).is_far, fit(steady, 59).is_far
    (True, False)
    """
    growth = {
        month: log(level / levels[month - YEAR])
        for month, level in levels.items()
        if at - PAST - YEAR <= month <= at and level > 0 and levels.get(month - YEAR, 0) > 0
    }
    if at not in growth:
        return None
    expected = _before(growth, at)
    is_new_year = at % YEAR < 2
    past = [
        abs(growth[month] - before)
        for month in growth
        if month < at and (month % YEAR < 2) == is_new_year and (before := _before(growth, month)) is not None
    ]
    if expected is None or len(past) < LEAST:
        return None
    spread = max(_NORMAL * median(past), _FLOOR)
    base = levels[at - YEAR]
    return Fit(
        expected=base * exp(expected),
        low=base * exp(expected - FAR * spread),
        high=base * exp(expected + FAR * spread),
        distance=(growth[at] - expected) / spread,
    )


def _before(growth: Mapping[int, float], at: int) -> float | None:
    """Median growth of the twelve months before; None where fewer than half of them are known."""
    known = [growth[month] for month in range(at - YEAR, at) if month in growth]
    return median(known) if len(known) >= YEAR // 2 else None
