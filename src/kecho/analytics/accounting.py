"""Growth accounting: the four rates of one month, who gave how many points, and levels across a change of base year.

Rates are in percent, contributions in percentage points, levels in one unit of any kind. Months are counted as
``year * 12 + month - 1``, as `kernel.periods` does. Nothing is rounded here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kecho.analytics.growth import HUNDRED, contribution_pp, growth_pct
from kecho.kernel.errors import KechoError

YEAR = 12


@dataclass(frozen=True, slots=True)
class Rates:
    """Growth of one month, each None where a month it needs is missing or its base is zero or negative.

    ``year_to_date_pct`` compares sums from January on; of an index it is the growth of the mean, which is the same
    number. ``average_pct`` compares the last twelve months with the twelve before.
    """

    month_pct: Decimal | None
    year_on_year_pct: Decimal | None
    year_to_date_pct: Decimal | None
    average_pct: Decimal | None


def rates(levels: Mapping[int, Decimal], month: int) -> Rates:
    """The rates of a month from monthly levels.

    >>> levels = {2024 * 12: Decimal(10), 2024 * 12 + 1: Decimal(8), 2025 * 12: Decimal(12), 2025 * 12 + 1: Decimal(9)}
    >>> found = rates(levels, 2025 * 12 + 1)
    >>> found.month_pct, found.year_on_year_pct, round(found.year_to_date_pct, 2)
    (Decimal('-25.00'), Decimal('12.500'), Decimal('16.67'))
    """
    january = month - month % YEAR
    return Rates(
        span_growth_pct(levels, month, month + 1, 1),
        span_growth_pct(levels, month, month + 1),
        span_growth_pct(levels, january, month + 1),
        span_growth_pct(levels, month - YEAR + 1, month + 1),
    )


def span_growth_pct(levels: Mapping[int, Decimal], start: int, end: int, lag: int = YEAR) -> Decimal | None:
    """Growth of months ``start`` to ``end`` (excluded) on the same months ``lag`` months earlier.

    >>> span_growth_pct({0: Decimal(4), 12: Decimal(5)}, 12, 13)
    Decimal('25.00')
    """
    now, base = span_sum(levels, start, end), span_sum(levels, start - lag, end - lag)
    return None if now is None or base is None else growth_pct(now, base)


def span_sum(levels: Mapping[int, Decimal], start: int, end: int) -> Decimal | None:
    """The sum of the months; None where one is missing, since a sum with a hole is no sum."""
    known = [levels[month] for month in range(start, end) if month in levels]
    return sum(known, Decimal(0)) if len(known) == end - start else None


# ---- who gave how much


@dataclass(frozen=True, slots=True)
class Contributions:
    """Points by part, and what the parts leave unexplained: ``sum(points) + remainder == growth``, exactly."""

    growth_pct: Decimal
    points: Mapping[str, Decimal]
    remainder: Decimal


def contributions(
    now: Mapping[str, Decimal], base: Mapping[str, Decimal], total_now: Decimal, total_base: Decimal
) -> Contributions | None:
    """Points of the parts that have a level in both periods; None where the total's base is zero or negative.

    A part known in one period only stays in the remainder, for nobody knows what it gave.

    >>> found = contributions({"a": Decimal(60)}, {"a": Decimal(50)}, Decimal(220), Decimal(200))
    >>> found.growth_pct, found.points["a"], found.remainder
    (Decimal('10.0'), Decimal('5.00'), Decimal('5.00'))
    """
    whole = contribution_pp(total_now, total_base, total_base)
    if whole is None:
        return None
    points = {name: (now[name] - base[name]) / total_base * HUNDRED for name in now if name in base}
    return Contributions(whole, points, whole - sum(points.values(), Decimal(0)))


def weighted_contributions(
    weights: Mapping[str, Decimal], growths: Mapping[str, Decimal], total_growth: Decimal
) -> Contributions:
    """Points of parts whose share of the base period and growth are known: ``w_i * g_i``; ``weights`` in percent.

    Exact for an index of fixed weights (Laspeyres, the index of industrial production) where the shares are those of
    the base period; with shares of another period the remainder says by how much it fails.

    >>> weights = {"a": Decimal(40), "b": Decimal(60)}
    >>> weighted_contributions(weights, {"a": Decimal(10), "b": Decimal(5)}, Decimal(7)).remainder
    Decimal('0')
    """
    points = {name: weights[name] * growths[name] / HUNDRED for name in weights if name in growths}
    return Contributions(total_growth, points, total_growth - sum(points.values(), Decimal(0)))


@dataclass(frozen=True, slots=True)
class LinkedPart:
    """One part of an aggregate chained over annual overlaps, for a month or quarter q of year y.

    ``weight`` and ``weight_before`` are its shares (0 to 1) of the aggregate at current prices in the years y-1 and
    y-2. ``relative`` is the volume of q in y over the monthly (quarterly) mean of y-1, ``relative_before`` the volume
    of q in y-1 over the mean of y-2, and ``year_relative`` the mean of y-1 over the mean of y-2.
    """

    weight: Decimal
    weight_before: Decimal
    relative: Decimal
    relative_before: Decimal
    year_relative: Decimal


def linked_contributions(parts: Mapping[str, LinkedPart]) -> Contributions | None:
    """Points to the year-on-year growth of a chained volume: they add up although chained levels do not.

    With ``K`` the chain level of the aggregate (mean of year y-2 = 1):
    ``c_i = K_{y-1} / K_{q,y-1} * w_{i,y-1} (r_{i,q,y} - 1) + 1 / K_{q,y-1} * w_{i,y-2} (R_{i,y-1} - r_{i,q,y-1})``.

    Source: the contribution of INSEE working paper G2014/12 (annual overlap, Laspeyres), derived anew. The usual
    weight × growth is an approximation there. None where a part's weights do not sum to 1 up to 1e-9 in either year,
    or the aggregate of q in y-1 is not positive.

    >>> two = {"a": LinkedPart(*map(Decimal, ("0.5", "0.4", "1.2", "1.1", "1.3"))),
    ...        "b": LinkedPart(*map(Decimal, ("0.5", "0.6", "1.0", "0.9", "1.0")))}
    >>> found = linked_contributions(two)
    >>> round(found.growth_pct, 4), round(sum(found.points.values()), 4)
    (Decimal('25.7143'), Decimal('25.7143'))
    """
    weights = [
        sum((getattr(part, name) for part in parts.values()), Decimal(0)) for name in ("weight", "weight_before")
    ]
    if not parts or any(abs(weight - 1) > Decimal("1e-9") for weight in weights):
        return None
    year = sum((part.weight_before * part.year_relative for part in parts.values()), Decimal(0))
    before = sum((part.weight_before * part.relative_before for part in parts.values()), Decimal(0))
    if before <= 0:
        return None
    now = year * sum((part.weight * part.relative for part in parts.values()), Decimal(0))
    points = {
        name: HUNDRED
        * (
            year / before * part.weight * (part.relative - 1)
            + part.weight_before / before * (part.year_relative - part.relative_before)
        )
        for name, part in parts.items()
    }
    total = (now / before - 1) * HUNDRED
    return Contributions(total, points, total - sum(points.values(), Decimal(0)))


# ---- a change of base year


@dataclass(frozen=True, slots=True)
class Linked:
    """Two series made one: ``levels`` on the footing of the new one, the old multiplied by ``factor`` before it.

    Both series stay as they are; the factor is to be printed with the result. ``spread`` is how far the ratio of
    single months of the overlap strays from the factor, 0.01 for 1 %.
    """

    levels: Mapping[int, Decimal]
    factor: Decimal
    months: int
    spread: Decimal


def linked(old: Mapping[int, Decimal], new: Mapping[int, Decimal]) -> Linked:
    """Join a series to the one that replaced it, through the sums of the months that both have.

    Raises KechoError ``analytics.no_overlap`` where they share no month, or their sums there are not positive.

    >>> found = linked({0: Decimal(50), 1: Decimal(60)}, {1: Decimal(120), 2: Decimal(130)})
    >>> found.levels[0], found.factor, found.months
    (Decimal('100'), Decimal('2'), 1)
    """
    shared = sorted(old.keys() & new.keys())
    before, after = (sum((side[month] for month in shared), Decimal(0)) for side in (old, new))
    if not shared or before <= 0 or after <= 0:
        raise KechoError("analytics.no_overlap", months=len(shared))
    factor = after / before
    strays = [abs(new[month] / (old[month] * factor) - 1) for month in shared if old[month] > 0]
    levels = {month: level * factor for month, level in old.items()} | dict(new)
    return Linked(dict(sorted(levels.items())), factor, len(shared), max(strays, default=Decimal(0)))
