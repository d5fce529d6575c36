"""Tết and the working days of a month as regressors for models of monthly series.

Tết moves between 21 January and 20 February, so a monthly series has a moving dip that fixed seasonal factors cannot
follow. As in the Census Bureau's GenHol (Monsell, *Issues in modeling and adjusting calendar effects*, 2007), each
window of days around the day gives one regressor: the share of the window's days that fall into the month, less the
long-run mean of that share for the calendar month. So centred, a regressor carries only the movement; the mean effect
stays in the seasonal factors, and effects of a full cycle sum to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from kecho.analytics.lunar import LAST_YEAR, new_year, utc_offset
from kecho.analytics.working_days import FIRST_YEAR as HOLIDAYS_FROM
from kecho.analytics.working_days import month_days, working_days

# Over these years the monthly means of a regressor are taken: Viet Nam's calendar on one clock, a little over four
# cycles of 19 years after which the moon returns to the same days.
MEAN_FROM, MEAN_TO = 1990, 2069
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
MONTHS = 12

Regressors = Mapping[str, tuple[float, ...]]
"""Values by name, one a month."""


@dataclass(frozen=True, slots=True)
class Windows:
    """Days before Tết, from Tết on, and after those.

    The defaults are three weeks of preparation, the week, and the week after: set from what they mean, not fitted.
    """

    before: int = 21
    during: int = 7
    after: int = 7

    def __post_init__(self) -> None:
        if min(self.before, self.during, self.after) < 0 or max(self.before, self.during, self.after) > 31:
            raise ValueError(f"a window has 0 to 31 days: {self}")

    def spans(self) -> dict[str, range]:
        """Days counted from Tết by name of the window; a window of no days is left out."""
        spans = {
            "tet_before": range(-self.before, 0),
            "tet_during": range(self.during),
            "tet_after": range(self.during, self.during + self.after),
        }
        return {name: span for name, span in spans.items() if span}


DEFAULT_WINDOWS = Windows()


def tet_regressors(
    year: int, month: int, count: int, windows: Windows = DEFAULT_WINDOWS, *, offset: int | None = None
) -> Regressors:
    """``count`` months from ``month`` of ``year`` on; ``offset`` reckons on another clock (8: China's new year).

    ValueError where the months leave the years of the lunar calendar.

    >>> one = tet_regressors(2024, 1, 3, Windows(before=10, during=0, after=0))["tet_before"]
    >>> [round(value, 2) for value in one]  # Tết on 10 February: one of the ten days before it in January
    [-0.46, 0.46, 0.0]
    """
    months = _months(year, month, count)
    return {
        name: tuple(_share(one, span, offset) - _mean(one[1], span, offset) for one in months)
        for name, span in windows.spans().items()
    }


def working_day_regressor(year: int, month: int, count: int) -> Regressors:
    """Viet Nam's working days of each month, less the mean of the calendar month over the years around it.

    Tết's days off are among them: use it with Tết's windows only where both are meant.

    >>> round(working_day_regressor(2025, 4, 1)["working_days"][0], 2)
    1.29
    """
    return {"working_days": tuple(working_days(*one) - _mean_working_days(*one) for one in _months(year, month, count))}


def trading_day_regressors(year: int, month: int, count: int) -> Regressors:
    """Six contrasts: how many Mondays … Saturdays the month has, less its Sundays (Young 1965; X-13's ``td``).

    >>> trading_day_regressors(2024, 2, 1)["thursday"], trading_day_regressors(2024, 2, 1)["monday"]
    ((1.0,), (0.0,))
    """
    counts = [_weekday_counts(*one) for one in _months(year, month, count)]
    return {name: tuple(float(days[at] - days[6]) for days in counts) for at, name in enumerate(WEEKDAYS)}


def weekday_regressor(year: int, month: int, count: int) -> Regressors:
    """One contrast: weekdays less 5/2 of the weekend days (X-13's ``td1coef``).

    >>> weekday_regressor(2024, 2, 1)["weekdays"]
    (1.0,)
    """
    counts = [_weekday_counts(*one) for one in _months(year, month, count)]
    return {"weekdays": tuple(sum(days[:5]) - 2.5 * sum(days[5:]) for days in counts)}


def _months(year: int, month: int, count: int) -> list[tuple[int, int]]:
    first = year * MONTHS + month - 1
    return [(at // MONTHS, at % MONTHS + 1) for at in range(first, first + count)]


def _weekday_counts(year: int, month: int) -> list[int]:
    found = [day.weekday() for day in month_days(year, month)]
    return [found.count(weekday) for weekday in range(7)]


def _share(month: tuple[int, int], span: range, offset: int | None) -> float:
    """Share of the days of the windows around this year's and next year's Tết that fall into the month."""
    year = month[0]
    starts = [new_year(one, utc_offset(one) if offset is None else offset) for one in (year, year + 1)]
    days = [start + timedelta(days=step) for start in starts for step in span]
    return sum((day.year, day.month) == month for day in days) / len(span)


@cache
def _mean(month: int, span: range, offset: int | None) -> float:
    years = range(MEAN_FROM, MEAN_TO + 1)
    return sum(_share((year, month), span, offset) for year in years) / len(years)


@cache
def _mean_working_days(year: int, month: int) -> float:
    """Over 28 years around the year, the round of weekdays; the law of holidays moves within them as it did."""
    first = min(max(year - 14, HOLIDAYS_FROM), LAST_YEAR - 27)
    return sum(working_days(one, month) for one in range(first, first + 28)) / 28


def joined(*parts: Regressors) -> dict[str, tuple[float, ...]]:
    """Several sets as one; ValueError where lengths differ or a name stands twice."""
    found: dict[str, tuple[float, ...]] = {}
    for part in parts:
        for name, values in part.items():
            if name in found or any(len(values) != len(other) for other in found.values()):
                raise ValueError(f"regressors do not fit together: {name}")
            found[name] = tuple(values)
    return found
