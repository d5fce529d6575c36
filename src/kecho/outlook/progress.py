"""The way through a year: what its months make of it so far, and where the simulated ones lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecho.analytics.monthly import SEASON, Monthly
from kecho.analytics.paths import Annual, Paths
from kecho.analytics.target_chance import Measure as Of
from kecho.kernel.errors import KechoError
from kecho.outlook.answers import Outlook, asked, intervals_of
from kecho.plan.assessment.target import TargetSpec

if TYPE_CHECKING:
    from kecho.analytics.forecast_models import Array


@dataclass(frozen=True, slots=True)
class Step:
    """The year at the end of one month (1 to 12); ``intervals`` are empty for months that are known."""

    month: int
    median: float
    intervals: Mapping[int, tuple[float, float]]


def steps(outlook: Outlook, spec: TargetSpec) -> tuple[Step, ...]:
    """Month by month what the target speaks of: the year to date, its growth, or the month against December.

    Empty where a month is missing or nothing can be told. In the unit of the series, or in percent.
    """
    try:
        year, measure, how = asked(spec, outlook.known)
    except KechoError:
        return ()
    if year is None:
        return ()
    now = _months(outlook.known.months, outlook.paths, year)
    base = _months(outlook.known.linked_to(year), outlook.paths, year - 1)
    if now is None or (measure is Of.GROWTH and base is None):
        return ()
    values = _to_date(now, how)
    if measure is Of.GROWTH and base is not None:
        before = base[:, -1:] if how is Annual.END else _to_date(base, how)[:, : values.shape[1]]
        if (before <= 0).any():
            return ()
        values = (values / before - 1) * 100
    known = max(min(outlook.known.months.end - year * SEASON, SEASON), 0)
    return tuple(_step(month, values[:, month - 1], month > known) for month in range(1, values.shape[1] + 1))


def _step(month: int, values: Array, is_open: bool) -> Step:
    import numpy as np

    return Step(month, float(np.median(values)), intervals_of(values) if is_open else {})


def _to_date(months: Array, how: Annual) -> Array:
    """Sums or means from January on; the months themselves where the end of the year counts."""
    import numpy as np

    if how is Annual.END:
        return months
    sums: Array = np.cumsum(months, axis=1)
    return sums / np.arange(1, months.shape[1] + 1) if how is Annual.MEAN else sums


def _months(history: Monthly, paths: Paths | None, year: int) -> Array | None:
    """The year's twelve months in each path; fewer where there are no paths to end it, None where one is missing."""
    import numpy as np

    first, end = year * SEASON, (year + 1) * SEASON
    stop = min(max(history.end, first), end)
    try:
        known = history.known(first, stop)
    except KechoError:
        return None
    if paths is None or stop == end:
        return np.array([known]) if known else None
    if paths.first > stop or paths.end < end:
        return None
    ahead = paths.values[:, stop - paths.first : end - paths.first]
    return np.hstack([np.tile(np.array(known, dtype=float), (paths.count, 1)), ahead])
