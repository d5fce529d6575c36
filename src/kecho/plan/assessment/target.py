"""What a plan promises, as plain values: what is measured, over which months, and which results keep the promise."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period


class Form(StrEnum):
    """Which results keep the promise."""

    POINT = "point"  # 5 %
    RANGE = "range"  # 7-7.5 %, 25-30 products
    FLOOR = "floor"  # at least 7 %; strict: above 7 %
    CEILING = "ceiling"  # at most 4 %; strict: below 4 %
    FULL_RATE = "full_rate"  # 100 % of a defined whole
    RANK = "rank"  # second place or better


class Basis(StrEnum):
    """How the figure that is held against the target comes about over the target's months."""

    FLOW = "flow"  # added up month by month: turnover, products rated in the year
    STOCK = "stock"  # the state at the end: clusters with compliant wastewater, a rank, a level in 2030
    YEAR_ON_YEAR = "year_on_year"  # growth of the months against the same months of the year before
    PERIOD_AVERAGE = "period_average"  # growth of the months' average: consumer prices
    SINCE_DECEMBER = "since_december"  # growth of the last month against December of the year before
    YEARLY_AVERAGE = "yearly_average"  # growth a year on average over several years


class Direction(StrEnum):
    """Which way is better."""

    MORE = "more"
    LESS = "less"
    WITHIN = "within"  # a range that is left on either side


#: Which bases a measure can have; anything else is no target.
BASES = {
    Measure.LEVEL: (Basis.FLOW, Basis.STOCK),
    Measure.SHARE: (Basis.FLOW, Basis.STOCK),
    Measure.GROWTH: (Basis.YEAR_ON_YEAR, Basis.PERIOD_AVERAGE, Basis.SINCE_DECEMBER, Basis.YEARLY_AVERAGE),
}


@dataclass(frozen=True, slots=True)
class TargetSpec:
    """One target.

    ``low`` and ``high`` are in ``unit`` (percent for growth and share): equal for a point, one of them None for a floor
    or a ceiling. ``window`` is the months the target is about; a stock is due at their end. ``base_value`` at the end
    of ``base_period`` is where the plan itself says the way to a later level starts; ``since`` is the plan's first
    month where that lies before the window (a level of 2030 in the plan of 2026).
    """

    code: str
    indicator: str
    measure: Measure
    basis: Basis
    form: Form
    window: Period
    unit: str
    low: Decimal | None = None
    high: Decimal | None = None
    is_strict: bool = False
    is_approximate: bool = False
    direction: Direction = Direction.MORE
    breakdown: str = ""
    locality: str = "VN"
    base_value: Decimal | None = None
    base_period: Period | None = None
    since: int | None = None
    is_fictional: bool = False

    @property
    def way_starts(self) -> int:
        """First month of the way to a state: the plan's, or the window's own."""
        return self.window.start if self.since is None else self.since

    @property
    def bound(self) -> Decimal:
        """The value that decides: the low end where more is better, the high end where less is."""
        value = self.high if self.direction is Direction.LESS else self.low
        if value is None:
            raise ValueError(f"target {self.code} has no bound on the side that decides")
        return value

    @property
    def is_growth(self) -> bool:
        """Held against a growth rate, so distances are percentage points."""
        return self.measure is Measure.GROWTH

    @property
    def is_rate(self) -> bool:
        """Growth and shares: distances are percentage points, never percent of plan."""
        return self.measure in (Measure.GROWTH, Measure.SHARE)

    def keeps(self, value: Decimal) -> bool:
        """Whether this result keeps the promise."""
        low = None if self.direction is Direction.LESS else self.low
        high = None if self.direction is Direction.MORE else self.high
        above = low is None or value > low or (value == low and not self.is_strict)
        below = high is None or value < high or (value == high and not self.is_strict)
        return above and below

    def exceeds(self, value: Decimal) -> bool:
        """Whether the result passes the far end of a range on the good side (better than promised)."""
        if self.form is not Form.RANGE or self.low is None or self.high is None:
            return False
        return {Direction.MORE: value > self.high, Direction.LESS: value < self.low}.get(self.direction, False)


def natural_direction(form: Form, of_indicator: Direction) -> Direction:
    """Which way is better when the plan does not say: floors want more, ceilings and ranks less, else the indicator."""
    if form in (Form.FLOOR, Form.FULL_RATE):
        return Direction.MORE
    if form in (Form.CEILING, Form.RANK):
        return Direction.LESS
    if of_indicator is Direction.WITHIN and form is Form.POINT:
        return Direction.MORE
    return of_indicator
