"""A number with its unit and the precision it was printed with.

"7.1 billion USD" with one decimal says: somewhere from 7.05 to 7.15. Totals and shares made from such figures are true
within an interval, never to the last digit: 4.2 of 7.1 is anything from 58.0 % to 60.3 %, so a published 58.6 % agrees.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from kecho.kernel.errors import KechoError
from kecho.kernel.units import unit

Interval = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Quantity:
    """``value`` in ``unit`` (a code of units.toml, or the printed text of a unit that is not listed).

    ``decimals`` is the printed precision: digits after the decimal mark, negative where trailing zeros are no digits
    (7,100 million known to the hundred: -2), None where the value is exact or its precision unknown.

    >>> Quantity(Decimal("7.1"), "billion_usd", 1).interval()
    (Decimal('7.05'), Decimal('7.15'))
    >>> Quantity(Decimal("7.1"), "billion_usd", 1).to("million_usd")
    Quantity(value=Decimal('7100'), unit='million_usd', decimals=-2)
    """

    value: Decimal
    unit: str
    decimals: int | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.value, Decimal) or not self.value.is_finite():
            raise KechoError("kernel.bad_number", value=self.value)

    def interval(self) -> Interval:
        """Lowest and highest true value: half a unit of the last printed digit either side; a point where exact."""
        if self.decimals is None:
            return self.value, self.value
        half = Decimal(5).scaleb(-self.decimals - 1)
        return self.value - half, self.value + half

    def to(self, code: str) -> Quantity:
        """The same amount in another unit of its dimension; the printed precision goes along.

        Raises KechoError ``kernel.unknown_unit`` or ``kernel.unit_mismatch``.
        """
        if code == self.unit:
            return self
        source, goal = unit(self.unit), unit(code)
        if source.dimension != goal.dimension:
            raise KechoError("kernel.unit_mismatch", left=self.unit, right=code)
        shift = source.exponent - goal.exponent
        decimals = None if self.decimals is None else self.decimals - shift
        return Quantity(_plain(self.value.scaleb(shift)), code, decimals)

    def rounded(self, decimals: int) -> Quantity:
        """As printed with so many decimals: half is rounded away from zero."""
        return Quantity(round_half_up(self.value, decimals), self.unit, decimals)

    def __add__(self, other: Quantity) -> Quantity:
        """The sum, with the coarser precision of both. Raises KechoError ``kernel.unit_mismatch`` for another unit."""
        self._same_unit(other)
        return Quantity(self.value + other.value, self.unit, _coarser(self.decimals, other.decimals))

    def __sub__(self, other: Quantity) -> Quantity:
        """The difference, as ``__add__``."""
        return self + -other

    def __neg__(self) -> Quantity:
        return replace(self, value=-self.value)

    def _same_unit(self, other: Quantity) -> None:
        if self.unit != other.unit:
            raise KechoError("kernel.unit_mismatch", left=self.unit, right=other.unit)


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """Rounded to so many digits after the mark, half away from zero, as offices round; never a negative zero.

    >>> round_half_up(Decimal("2.345"), 2), round_half_up(Decimal("-0.04"), 1), round_half_up(Decimal(1250), -2)
    (Decimal('2.35'), Decimal('0.0'), Decimal('1300'))
    """
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if rounded == 0:
        rounded = abs(rounded)
    return rounded if decimals >= 0 else _plain(rounded)


def total_interval(parts: Iterable[Quantity]) -> Interval:
    """Where the sum of printed figures of one unit lies: each may be off by half its last digit.

    >>> total_interval([Quantity(Decimal("4.2"), "billion_usd", 1), Quantity(Decimal("2.9"), "billion_usd", 1)])
    (Decimal('7.00'), Decimal('7.20'))
    """
    low, high, code = Decimal(0), Decimal(0), ""
    for part in parts:
        if code and part.unit != code:
            raise KechoError("kernel.unit_mismatch", left=code, right=part.unit)
        code = part.unit
        bounds = part.interval()
        low, high = low + bounds[0], high + bounds[1]
    return low, high


def share_interval(part: Quantity, whole: Quantity) -> Interval | None:
    """Where ``part`` as a percentage of ``whole`` lies, both printed and not negative; None where whole may be 0.

    >>> [round_half_up(x, 1) for x in share_interval(Quantity(Decimal("4.2"), "billion_usd", 1),
    ...                                              Quantity(Decimal("7.1"), "billion_usd", 1))]
    [Decimal('58.0'), Decimal('60.3')]
    """
    part_low, part_high = part.to(whole.unit).interval()
    low, high = whole.interval()
    if low <= 0 or part_low < 0:
        return None
    return part_low / high * 100, part_high / low * 100


def overlap(left: Interval, right: Interval) -> bool:
    """Whether two intervals share a point: the figures may be the same."""
    return left[0] <= right[1] and right[0] <= left[1]


def _coarser(left: int | None, right: int | None) -> int | None:
    known = [decimals for decimals in (left, right) if decimals is not None]
    return min(known) if known else None


def _plain(value: Decimal) -> Decimal:
    """Without an exponent: ``7.1E+3`` as ``7100``."""
    return value.quantize(Decimal(1)) if isinstance(exp := value.as_tuple().exponent, int) and exp > 0 else value
