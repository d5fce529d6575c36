"""Progress within a year: percent of plan, excess, and pace against the seasonal profile of normal years.

The method is the one of Vietnamese plan execution: cumulated result over the year's plan, compared with the share of a
year that the same months usually make. Without enough history the expected share is months over months, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kecho.analytics.growth import HUNDRED

MONTHS = 12


class ProfileMethod(StrEnum):
    """Where an expected share comes from."""

    SEASONAL = "seasonal"  # mean over complete years
    LINEAR = "linear"  # months done over months: a fallback, never silent


@dataclass(frozen=True, slots=True)
class Profile:
    """Expected share of a whole window at the end of each of its months; ``shares[-1] == 1``.

    ``years`` holds, for each month, the years that its share is the mean of; empty where it is interpolated.
    """

    shares: tuple[Decimal, ...]
    method: ProfileMethod
    years: tuple[tuple[int, ...], ...] = ()

    def share_at(self, months_done: int) -> Decimal:
        """Expected share after so many months (0 gives 0)."""
        return Decimal(0) if months_done == 0 else self.shares[months_done - 1]

    def years_at(self, months_done: int) -> tuple[int, ...]:
        """The years behind that share; empty for a linear profile."""
        return self.years[months_done - 1] if self.years and months_done else ()


def linear_profile(months: int = MONTHS) -> Profile:
    """Equal months.

    >>> linear_profile(4).shares
    (Decimal('0.25'), Decimal('0.5'), Decimal('0.75'), Decimal('1'))
    """
    return Profile(tuple(Decimal(m) / months for m in range(1, months + 1)), ProfileMethod.LINEAR)


def seasonal_profile(
    history: Mapping[int, Sequence[Decimal | None]],
    *,
    months: int = MONTHS,
    most_years: int = 5,
    least_years: int = 3,
    excluded: frozenset[int] = frozenset(),
) -> Profile:
    """For each month the mean share ``C_m / C_12`` over the last ``most_years`` years that have both figures.

    ``history`` maps a year to its levels cumulated to each month (the last one is the whole), None where unknown. A
    year whose whole is unknown or not positive, or that is named in ``excluded`` (not a normal year), does not count. A
    month with fewer than ``least_years`` years lies on the straight line between its neighbours; where that is so for
    every month, the profile is linear.

    >>> year = [Decimal(1), Decimal(2), Decimal(4)]
    >>> seasonal_profile({2021: year, 2022: year, 2023: year}, months=3).shares
    (Decimal('0.25'), Decimal('0.50'), Decimal('1.0'))
    >>> seasonal_profile({2023: year}, months=3).method
    <ProfileMethod.LINEAR: 'linear'>
    """
    wholes = {year: levels[-1] for year, levels in history.items() if year not in excluded and len(levels) == months}
    totals = {year: whole for year, whole in wholes.items() if whole is not None and whole > 0}
    shares: list[Decimal | None] = []
    years: list[tuple[int, ...]] = []
    for month in range(months):
        known = {year: level for year in totals if (level := history[year][month]) is not None}
        chosen = tuple(sorted(known)[-most_years:])
        is_enough = len(chosen) >= least_years
        mean = sum((known[year] / totals[year] for year in chosen), Decimal(0)) / len(chosen) if is_enough else None
        shares.append(mean)
        years.append(chosen if is_enough else ())
    if not any(years[:-1]):
        return linear_profile(months)
    return Profile(_interpolated(shares), ProfileMethod.SEASONAL, tuple(years))


def _interpolated(shares: Sequence[Decimal | None]) -> tuple[Decimal, ...]:
    """Unknown months on the straight line between their neighbours; 0 before the first month, 1 at the last."""
    points = {0: Decimal(0), len(shares): Decimal(1)}
    points |= {month: share for month, share in enumerate(shares, 1) if share is not None}
    known = sorted(points)
    filled = []
    for month in range(1, len(shares) + 1):
        right = next(at for at in known if at >= month)
        left = max(at for at in known if at < month)
        filled.append(points[left] + (points[right] - points[left]) * (month - left) / (right - left))
    return tuple(filled)


def percent_of_plan(done: Decimal, plan: Decimal) -> Decimal | None:
    """``100 * done / plan``; None where the plan is zero or negative, since the ratio would mean nothing.

    >>> percent_of_plan(Decimal(544), Decimal(400))
    Decimal('136.00')
    """
    return None if plan <= 0 else done / plan * HUNDRED


def excess_pct(done: Decimal, plan: Decimal) -> Decimal | None:
    """How far above the plan, in percent of the plan; negative below it. 544 of 400 is 136 % of plan, 36 % above it.

    >>> excess_pct(Decimal(544), Decimal(400))
    Decimal('36.00')
    """
    percent = percent_of_plan(done, plan)
    return None if percent is None else percent - HUNDRED


def pace(done: Decimal, plan: Decimal, expected_share: Decimal) -> Decimal | None:
    """``(C_m / P) / e_m``: 1 is on plan. None where the plan or the expected share is not positive.

    >>> pace(Decimal(45), Decimal(100), Decimal("0.5"))
    Decimal('0.9')
    """
    if plan <= 0 or expected_share <= 0:
        return None
    return done / plan / expected_share


def path_progress(base: Decimal, now: Decimal, target: Decimal) -> Decimal | None:
    """How much of the way from ``base`` to ``target`` is done, 0 to 1 and beyond; None where there is no way to go.

    The "current status index" of the UN ESCAP progress assessment: linear, so zero and negative levels are ordinary.

    >>> path_progress(Decimal("11.8"), Decimal("12.3"), Decimal("13.8"))
    Decimal('0.25')
    """
    return None if target == base else (now - base) / (target - base)
