"""Progress within a year: percent of plan, excess, and pace against the seasonal profile of normal years.

The method is the one of Vietnamese plan execution: cumulated result over the year's plan, compared with the share of a
year that the same months usually make. Without enough history the expected share is months over months, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kecho.analytics.growth import HUNDRED, cumulate

MONTHS = 12


class ProfileMethod(StrEnum):
    """Where an expected share comes from."""

    SEASONAL = "seasonal"  # mean over complete years
    LINEAR = "linear"  # months done over months: a fallback, never silent


@dataclass(frozen=True, slots=True)
class Profile:
    """Expected share of a whole window at the end of each of its months; ``shares[-1] == 1``."""

    shares: tuple[Decimal, ...]
    method: ProfileMethod
    years: tuple[int, ...] = ()

    def share_at(self, months_done: int) -> Decimal:
        """Expected share after so many months (0 gives 0)."""
        return Decimal(0) if months_done == 0 else self.shares[months_done - 1]


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
    """Mean over the last ``most_years`` complete years of the cumulated share after each month.

    ``history`` maps a year to its ``months`` levels. A year with a missing month, with a total that is not positive, or
    named in ``excluded`` (not a normal year) does not count. Fewer than ``least_years`` such years give the linear profile.

    >>> year = [Decimal(1), Decimal(1), Decimal(2)]
    >>> seasonal_profile({2021: year, 2022: year, 2023: year}, months=3).shares
    (Decimal('0.25'), Decimal('0.5'), Decimal('1'))
    >>> seasonal_profile({2023: year}, months=3).method
    <ProfileMethod.LINEAR: 'linear'>
    """
    complete = {year: shares for year in history if year not in excluded and (shares := _shares(history[year], months))}
    chosen = sorted(complete)[-most_years:]
    if len(chosen) < least_years:
        return linear_profile(months)
    means = tuple(sum((complete[y][m] for y in chosen), Decimal(0)) / len(chosen) for m in range(months))
    return Profile(means, ProfileMethod.SEASONAL, tuple(chosen))


def _shares(levels: Sequence[Decimal | None], months: int) -> tuple[Decimal, ...]:
    """Cumulated shares of one complete year, empty if it is not usable."""
    cumulated = cumulate(levels)
    total = cumulated[-1] if len(cumulated) == months else None
    if total is None or total <= 0:
        return ()
    return tuple(value / total for value in cumulated if value is not None)


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
