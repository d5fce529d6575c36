"""What a printed figure can stand for, and whether printed figures can be true together.

A figure printed with its last digit worth ``u`` stands for anything from half a ``u`` below to half a ``u`` above. Sums
and ratios of such intervals are intervals again (Moore, *Interval Analysis*, 1966), so "4.2 of 7.1 is 58.6 %" is
accepted when the interval of the ratio meets the interval of the printed share.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kecho.analytics.growth import HUNDRED


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from ``low`` to ``high``, ends included."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"an interval runs upwards: {self.low} > {self.high}")

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def gap_to(self, other: Interval) -> Decimal:
        """Distance between the two where they do not meet (positive if ``other`` lies above), 0 where they do."""
        if self.meets(other):
            return Decimal(0)
        return other.low - self.high if other.low > self.high else other.high - self.low


def printed_decimals(value: Decimal) -> int:
    """How many decimals a figure is written with (0 for whole numbers, also for ``1E+3``).

    >>> printed_decimals(Decimal("7.10")), printed_decimals(Decimal(400))
    (2, 0)
    """
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def printed(value: Decimal, decimals: int | None = None) -> Interval:
    """What a figure printed with so many decimals (as written, by default) can stand for.

    >>> printed(Decimal("4.2"))
    Interval(low=Decimal('4.15'), high=Decimal('4.25'))
    """
    half = Decimal(5).scaleb(-(printed_decimals(value) if decimals is None else decimals) - 1)
    return Interval(value - half, value + half)


def exact(value: Decimal) -> Interval:
    """A figure that was not rounded, such as a count."""
    return Interval(value, value)


def sum_interval(parts: Iterable[Interval]) -> Interval:
    """What the sum of the parts can be.

    >>> sum_interval([printed(Decimal("4.2")), printed(Decimal("2.9"))])
    Interval(low=Decimal('7.00'), high=Decimal('7.20'))
    """
    total = exact(Decimal(0))
    for part in parts:
        total = total + part
    return total


def share_interval(part: Interval, total: Interval) -> Interval | None:
    """What the part can be of the total, in percent; None unless the total is positive and the part not negative.

    >>> share = share_interval(printed(Decimal("4.2")), printed(Decimal("7.1")))
    >>> round(share.low, 2), round(share.high, 2)
    (Decimal('58.04'), Decimal('60.28'))
    """
    if total.low <= 0 or part.low < 0:
        return None
    return Interval(part.low / total.high * HUNDRED, part.high / total.low * HUNDRED)


def accepts_share(part: Interval, total: Interval, share_pct: Interval) -> bool:
    """Whether a printed share can be true of the printed part and total.

    Hà Nội's domestic sector exported 4.2 of 7.1 billion USD, "58.6 %", in five months of 2024: 4.2/7.1 is 59.2 %, yet
    the figures agree within rounding.

    >>> accepts_share(printed(Decimal("4.2")), printed(Decimal("7.1")), printed(Decimal("58.6")))
    True
    >>> accepts_share(printed(Decimal("4.2")), printed(Decimal("7.1")), printed(Decimal("57.6")))
    False
    """
    possible = share_interval(part, total)
    return possible is not None and possible.meets(share_pct)


def growth_interval(now: Interval, base: Interval) -> Interval | None:
    """What the growth between two printed levels can be, in percent; None unless the base is positive.

    >>> growth = growth_interval(printed(Decimal("7.1")), printed(Decimal("6.6")))
    >>> Decimal("7.7") in growth
    True
    """
    if base.low <= 0:
        return None
    ends = [n / b for n in (now.low, now.high) for b in (base.low, base.high)]
    return Interval((min(ends) - 1) * HUNDRED, (max(ends) - 1) * HUNDRED)
