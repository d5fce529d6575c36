"""From figures to changes: growth with no more digits than its figures carry, and no percentage where none makes sense.

Pure: figures in, figures out.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kecho.analytics.growth import from_index, growth_pct
from kecho.analytics.intervals import Interval, growth_interval, printed, printed_decimals
from kecho.kernel.measures import Stage
from kecho.publish.pieces import Figure

RATE_DECIMALS = 2  # the most that reports print ("tăng 11,54%"); the catalogue may ask for fewer
TINY_BASE_SPREAD = Decimal(5)  # a base whose own rounding moves the percentage by more points than this is too small

MONEY = ("_usd", "_vnd")

_RIPENESS = [Stage.ESTIMATE, Stage.PRELIMINARY, Stage.OFFICIAL]


class Against(StrEnum):
    """What a figure is compared with."""

    PREVIOUS_MONTH = "previous_month"
    SAME_PERIOD = "same_period"
    DECEMBER = "december"


@dataclass(frozen=True, slots=True)
class Change:
    """A change as a sentence needs it.

    ``figure`` is in percent or in percentage points; it is None where no percentage makes sense, and then ``base`` is
    said instead. ``before`` is the change of the same window a year earlier: the bracket "(cùng kỳ …)".
    """

    against: Against
    figure: Figure | None
    base: Figure | None = None
    before: Figure | None = None

    @property
    def refs(self) -> tuple[int, ...]:
        """Observations behind it."""
        known = [figure for figure in (self.figure, self.base, self.before) if figure]
        return tuple(dict.fromkeys(ref for figure in known for ref in figure.refs))


def rate_decimals(interval: Interval, most: int = RATE_DECIMALS) -> int:
    """Decimals that a rate deserves when it can lie anywhere in ``interval``: the last digit may be off by half a unit
    of the digit before it, not more.

    >>> [rate_decimals(Interval(Decimal(low), Decimal(high))) for low, high in (("7.69", "7.71"), ("6.4", "8.7"))]
    [2, 0]
    """
    half_width = (interval.high - interval.low) / 2
    for decimals in range(most, 0, -1):
        if half_width <= Decimal(5).scaleb(-decimals):
            return decimals
    return 0


def bounds(figure: Figure) -> Interval:
    """What a printed level can stand for. A thousand or more of money that ends in two zeros was printed with one
    decimal of the next unit: "7.100 triệu USD" is "7,1 tỷ" written out, and the office's estimates are rounded so.

    >>> [bounds(Figure(Decimal(value), "million_usd")).high for value in ("7100", "7101", "300")]
    [Decimal('7150'), Decimal('7101.5'), Decimal('300.5')]
    """
    is_coarse = figure.unit.endswith(MONEY) and abs(figure.value) >= 1000 and figure.value % 100 == 0
    if not is_coarse:
        return printed(figure.value)
    return Interval(figure.value - 50, figure.value + 50)


def least_ripe(*figures: Figure | None) -> Stage:
    """The least mature stage among the figures: a sum of an official and an estimated figure is an estimate."""
    stages = {figure.stage for figure in figures if figure is not None}
    return min(stages, key=_RIPENESS.index, default=Stage.OFFICIAL)


def combined(value: Decimal, unit: str, decimals: int | None, *parts: Figure) -> Figure:
    """A figure computed from others: it rests on all their observations and inherits their weaknesses."""
    return Figure(
        value,
        unit,
        decimals,
        tuple(dict.fromkeys(ref for part in parts for ref in part.refs)),
        least_ripe(*parts),
        any(part.is_derived for part in parts),
        any(part.is_fictional for part in parts),
    )


def growth_from_index(index: Figure, most: int = RATE_DECIMALS) -> Figure:
    """A published index (base period = 100) as a growth rate; as many decimals as were published, ``most`` at most.

    >>> growth_from_index(Figure(Decimal("117.17"), "percent")).value
    Decimal('17.17')
    """
    decimals = min(most, printed_decimals(index.value))
    return combined(from_index(index.value), "percent", decimals, index)


def growth(now: Figure | None, base: Figure | None, most: int = RATE_DECIMALS) -> Figure | None:
    """Growth in percent computed from two levels; None where one is missing or the base is zero, negative or tiny."""
    if now is None or base is None or now.unit != base.unit or is_tiny(base):
        return None
    rate = growth_pct(now.value, base.value)
    spread = growth_interval(bounds(now), bounds(base))
    return None if rate is None or spread is None else combined(rate, "percent", rate_decimals(spread, most), now, base)


def is_tiny(base: Figure) -> bool:
    """Whether a base is zero, negative, or so small that half a unit of its last digit is over 5 percent of it.

    >>> is_tiny(Figure(Decimal("0.3"), "million_usd")), is_tiny(Figure(Decimal("31.2"), "million_usd"))
    (True, False)
    """
    if base.value <= 0:
        return True
    half_unit = (bounds(base).high - base.value) / base.value
    return half_unit * 100 > TINY_BASE_SPREAD


def points(now: Figure | None, base: Figure | None) -> Figure | None:
    """Difference of two rates or shares, in percentage points."""
    if now is None or base is None:
        return None
    decimals = min(RATE_DECIMALS, max(printed_decimals(now.value), printed_decimals(base.value)))
    return combined(now.value - base.value, "percentage_point", decimals, now, base)


def change(
    against: Against,
    now: Figure | None,
    base: Figure | None,
    published: Figure | None = None,
    *,
    before: Figure | None = None,
    most: int = RATE_DECIMALS,
) -> Change | None:
    """The change to print: the published rate where there is one, else the computed one, else the base itself.

    A published rate counts first because it is the office's own statement and leads to one cell; the observatory
    reports where it disagrees with the levels. None where nothing is known.
    """
    if now is not None and now.unit == "percent" and base is not None:
        return Change(against, points(now, base), before=before)
    rate = published or growth(now, base, most)
    if rate is not None:
        return Change(against, rate, before=before)
    return Change(against, None, base=base) if now is not None and base is not None else None
