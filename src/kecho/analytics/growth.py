"""Growth, indices, cumulation, contribution and what the rest of a year must deliver.

Every rate is in percent (5 means 5 %), every difference of two rates in percentage points. Levels may be in any unit as
long as it is one unit. Nothing is rounded here: rounding belongs to printing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

HUNDRED = Decimal(100)


def growth_pct(now: Decimal, base: Decimal) -> Decimal | None:
    """Change of ``now`` against ``base`` in percent; None where the base is zero or negative.

    A rate on a base of zero does not exist, and one on a negative base has the wrong sign, so official reports print
    no percentage there.

    >>> growth_pct(Decimal("7.5"), Decimal("6"))
    Decimal('25.00')
    >>> growth_pct(Decimal(5), Decimal(0)) is None
    True
    """
    return None if base <= 0 else (now / base - 1) * HUNDRED


def from_index(index: Decimal) -> Decimal:
    """Growth in percent of an index whose base period is 100.

    The statistics office prints "117,17" under a heading "%": it means +17.17 % (industrial production, February 2025).

    >>> from_index(Decimal("117.17"))
    Decimal('17.17')
    """
    return index - HUNDRED


def to_index(growth: Decimal) -> Decimal:
    """Index (base period = 100) of a growth in percent; ``from_index(to_index(g)) == g``.

    >>> to_index(Decimal("-2.5"))
    Decimal('97.5')
    """
    return growth + HUNDRED


def implied_level(base: Decimal, growth: Decimal) -> Decimal:
    """The level that ``growth`` percent on ``base`` means: ``base * (1 + g)``.

    >>> implied_level(Decimal(16), Decimal(5))
    Decimal('16.80')
    """
    return base * (1 + growth / HUNDRED)


def cumulate(monthly: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Year to date from monthly levels; None from the first missing month on, since a sum with a hole is no sum.

    >>> cumulate([Decimal(1), Decimal(2), None, Decimal(4)])
    [Decimal('1'), Decimal('3'), None, None]
    """
    total: Decimal | None = Decimal(0)
    result: list[Decimal | None] = []
    for value in monthly:
        total = None if total is None or value is None else total + value
        result.append(total)
    return result


def month_from_cumulative(now: Decimal, before: Decimal) -> Decimal:
    """One month's level from two years to date: ``C_m - C_{m-1}``.

    >>> month_from_cumulative(Decimal("7.1"), Decimal("5.6"))
    Decimal('1.5')
    """
    return now - before


def difference(cumulative: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Monthly levels from years to date (the first entry is January); None where either neighbour is missing.

    >>> difference([Decimal(1), Decimal(3), None, Decimal(10)])
    [Decimal('1'), Decimal('2'), None, None]
    """
    result: list[Decimal | None] = []
    before: Decimal | None = Decimal(0)
    for value in cumulative:
        known = value is not None and before is not None
        result.append(month_from_cumulative(value, before) if known else None)  # type: ignore[arg-type]
        before = value
    return result


def contribution_pp(part_now: Decimal, part_base: Decimal, total_base: Decimal) -> Decimal | None:
    """Percentage points that a part gives to the growth of the total: ``(x_i - x_i,base) / X_base``; parts add up.

    None where the total of the base period is zero or negative. A part may be negative.

    >>> contribution_pp(Decimal(60), Decimal(50), Decimal(200))
    Decimal('5.00')
    """
    return None if total_base <= 0 else (part_now - part_base) / total_base * HUNDRED


def contribution_from_share_pp(base_share_pct: Decimal, growth: Decimal) -> Decimal:
    """The same from the part's share of the base period and its own growth: ``w_i * g_i``.

    Industry grew 5.47 % in the first quarter of 2011 with a share of 43.1 %, and gave 2.36 of 5.43 points of GDP growth
    (national accounts of Q1/2011).

    >>> round(contribution_from_share_pp(Decimal("43.1"), Decimal("5.47")), 2)
    Decimal('2.36')
    """
    return base_share_pct * growth / HUNDRED


def share_of_growth_pct(contribution: Decimal, total_growth: Decimal) -> Decimal | None:
    """How much of the total's growth a contribution is, in percent; None where the total did not move.

    Industry and trade gave 1.54 of the 7.63 points by which Hà Nội's GRDP grew in the first half of 2025.

    >>> round(share_of_growth_pct(Decimal("1.54"), Decimal("7.63")), 1)
    Decimal('20.2')
    """
    return None if total_growth == 0 else contribution / total_growth * HUNDRED


def average_growth_pct(rates: Iterable[Decimal]) -> Decimal | None:
    """Growth a year over several years: the geometric mean of the yearly growth factors.

    None for no rates, and where a factor is not positive (a fall of 100 % or more has no mean rate).

    >>> average_growth_pct([Decimal(10), Decimal(10)])
    Decimal('10.0')
    """
    product, count = _factor(rates)
    if count == 0 or product <= 0:
        return None
    return (_root(product, count) - 1) * HUNDRED


def average_growth_between_pct(first: Decimal, last: Decimal, years: int) -> Decimal | None:
    """Growth a year that leads from ``first`` to ``last`` in ``years`` years; None unless both levels are positive.

    >>> average_growth_between_pct(Decimal(100), Decimal(121), 2)
    Decimal('10.0')
    """
    if years < 1 or first <= 0 or last <= 0:
        return None
    return (_root(last / first, years) - 1) * HUNDRED


def required_average_growth_pct(target: Decimal, years: int, rates: Sequence[Decimal]) -> Decimal | None:
    """What each remaining year must grow so that ``years`` years average ``target`` percent, ``rates`` being done.

    None where no year remains or the years done leave nothing to grow from.

    >>> round(required_average_growth_pct(Decimal("8"), 5, [Decimal(3), Decimal(9), Decimal(6)]), 2)
    Decimal('11.12')
    """
    done, count = _factor(rates)
    remaining = years - count
    wanted = (1 + target / HUNDRED) ** years
    if remaining < 1 or done <= 0 or wanted <= 0:
        return None
    return (_root(wanted / done, remaining) - 1) * HUNDRED


def required_growth_pct(plan: Decimal, done: Decimal, base_year: Decimal, base_done: Decimal) -> Decimal | None:
    """Growth that the remaining months must show against the same months of last year to reach the plan.

    ``g_req = (P - C_m) / (C'_12 - C'_m) - 1``; None where those months of last year were zero or negative.

    >>> round(required_growth_pct(Decimal("16.8"), Decimal("7.1"), Decimal("16"), Decimal("6.6")), 2)
    Decimal('3.19')
    """
    return growth_pct(plan - done, base_year - base_done)


def required_mean(target: Decimal, months: int, mean: Decimal, months_done: int) -> Decimal | None:
    """What the remaining months must average so that all ``months`` average ``target``; None where none remains.

    For a rate such as the price index this is an approximation: it weighs the months equally.

    >>> required_mean(Decimal(4), 12, Decimal("4.6"), 6)
    Decimal('3.4')
    """
    remaining = months - months_done
    return None if remaining < 1 else (target * months - mean * months_done) / remaining


@dataclass(frozen=True, slots=True)
class YearGrowth:
    """Growth of some months of a year against the same months of the year before."""

    year: int
    growth_pct: Decimal


def best_growth(history: Iterable[tuple[int, Decimal, Decimal]]) -> YearGrowth | None:
    """The highest growth among ``(year, level, level a year before)``; None if no base is positive.

    >>> best_growth([(2022, Decimal(11), Decimal(10)), (2023, Decimal(11), Decimal(11))])
    YearGrowth(year=2022, growth_pct=Decimal('10.0'))
    """
    known = [YearGrowth(year, rate) for year, now, base in history if (rate := growth_pct(now, base)) is not None]
    return max(known, key=lambda item: item.growth_pct, default=None)


def _factor(rates: Iterable[Decimal]) -> tuple[Decimal, int]:
    """Product of the growth factors and how many there are; a factor that is not positive makes the product zero."""
    product, count = Decimal(1), 0
    for rate in rates:
        factor = 1 + rate / HUNDRED
        product = product * factor if factor > 0 else Decimal(0)
        count += 1
    return product, count


def _root(value: Decimal, degree: int) -> Decimal:
    """The ``degree``-th root of a positive value, rounded to 24 digits so that exact roots come out exact."""
    return (value ** (Decimal(1) / degree)).quantize(Decimal(1).scaleb(-24)).normalize()
