"""The figures an assessment weighs, and how figures for other months are made of them.

A window's figure is, in this order: the published one; the sum of published parts that tile it; the difference of two
years to date; a longer published period minus its published tail. Only additive levels are summed or subtracted;
shares, ranks and rates are taken as published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kecho.analytics import growth
from kecho.kernel.measures import Stage
from kecho.kernel.periods import Period

DECEMBER = 12
MATURITY = {Stage.ESTIMATE: 0, Stage.PRELIMINARY: 1, Stage.OFFICIAL: 2}


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure for one period. ``inputs`` are the ids of the observations behind it."""

    period: Period
    value: Decimal
    stage: Stage = Stage.OFFICIAL
    inputs: tuple[int, ...] = ()
    is_derived: bool = False
    is_fictional: bool = False


def combine(period: Period, value: Decimal, parts: list[Fact]) -> Fact:
    """A figure made of others: as mature as the least mature, fictional if one is, with all their inputs."""
    return Fact(
        period,
        value,
        min((part.stage for part in parts), key=MATURITY.__getitem__),
        tuple(dict.fromkeys(id_ for part in parts for id_ in part.inputs)),
        is_derived=True,
        is_fictional=any(part.is_fictional for part in parts),
    )


@dataclass(slots=True)
class Facts:
    """All figures of one target's indicator. Read-only; answers are remembered.

    ``values``: levels (in ``unit``), shares or ranks by period. ``growths``: published growth in percent against the
    same period of the year before, by period. ``since_december``: published growth of a month on the December before,
    by month. ``part`` and ``whole``: the levels of which a share is made where it is not published. ``wrong_unit``: the
    unit of a series that does not convert to the target's and so is left out.
    """

    values: Mapping[Period, Fact] = field(default_factory=dict)
    growths: Mapping[Period, Fact] = field(default_factory=dict)
    since_december: Mapping[Period, Fact] = field(default_factory=dict)
    unit: str = ""
    part: Facts | None = None
    whole: Facts | None = None
    wrong_unit: str = ""
    _totals: dict[Period, Fact | None] = field(default_factory=dict)
    _starts: dict[int, list[Period]] | None = None

    def known_by(self, first_of_next_month: int) -> Facts:
        """Without figures for periods that had not begun: a figure about the future is no fact."""
        sides = (self.values, self.growths, self.since_december)
        kept = [{p: fact for p, fact in side.items() if p.start < first_of_next_month} for side in sides]
        if self.part is None and all(len(now) == len(side) for now, side in zip(kept, sides, strict=True)):
            return self
        part, whole = (side and side.known_by(first_of_next_month) for side in (self.part, self.whole))
        return Facts(kept[0], kept[1], kept[2], self.unit, part, whole, self.wrong_unit)

    def total(self, window: Period) -> Fact | None:
        """The additive figure of a window; None where it cannot be had exactly."""
        if window not in self._totals:
            self._totals[window] = (
                self.values.get(window) or self._tiled(window) or self._subtracted(window) or self._peeled(window)
            )
        return self._totals[window]

    def growth(self, window: Period) -> Fact | None:
        """Growth of a window: as published, else from the levels of both years."""
        return self.growths.get(window) or self.computed_growth(window)

    def computed_growth(self, window: Period) -> Fact | None:
        """Growth from levels; None where one is missing or the base is zero or negative."""
        now, base = self.total(window), self.total(window.year_before)
        if now is None or base is None:
            return None
        rate = growth.growth_pct(now.value, base.value)
        return None if rate is None else combine(window, rate, [now, base])

    def with_implied_base(self, window: Period) -> tuple[Decimal, Decimal] | None:
        """The level and what its published growth implies for the year before: ``level / (1 + g)``.

        The latter differs from the level on record where the office revised last year without publishing its levels
        anew.
        """
        now, rate = self.total(window), self.growths.get(window)
        if now is None or rate is None or now.value <= 0 or rate.value <= -growth.HUNDRED:
            return None
        return now.value, now.value / (1 + rate.value / growth.HUNDRED)

    def growth_since_december(self, window: Period) -> Fact | None:
        """How far the window's last month stands above the December before it, as a figure for the window.

        For a December that is its growth on the same month of the year before, which is all that is published then.
        """
        month = Period(window.end - 1, window.end, window.calendar)
        found = self.since_december.get(month) or (self.growths.get(month) if month.month == DECEMBER else None)
        return found and replace(found, period=window)

    def mean_growth(self, window: Period) -> Fact | None:
        """The plain mean of the months' growth: stands in for the growth of their average where that is unpublished."""
        months = [self.growths.get(month) for month in window.months]
        known = [fact for fact in months if fact is not None]
        if len(known) < len(months):
            return None
        return combine(window, sum((f.value for f in known), Decimal(0)) / len(known), known)

    def share(self, window: Period) -> Fact | None:
        """The share in percent: as published, else the part's level over the whole's."""
        if window in self.values or self.part is None or self.whole is None:
            return self.values.get(window)
        part, whole = self.part.total(window), self.whole.total(window)
        if part is None or whole is None or whole.value <= 0:
            return None
        return combine(window, part.value / whole.value * 100, [part, whole])

    def latest(self, after: int, until: int) -> Fact | None:
        """The last state (level or share) of a period ending after month index ``after`` and not after ``until``."""
        ends = [period for period in self._periods() if after < period.end <= until]
        return self.share(max(ends, key=lambda p: (p.end, p.start))) if ends else None

    def last_end(self) -> int | None:
        """Where the last figure of any kind ends."""
        known = (*self._periods(), *self.growths, *self.since_december)
        return max((period.end for period in known), default=None)

    def _periods(self) -> set[Period]:
        """Periods of the values and of shares that can be computed."""
        made = self.part.values.keys() & self.whole.values.keys() if self.part and self.whole else set()
        return self.values.keys() | made

    def _tiled(self, window: Period) -> Fact | None:
        """Published periods laid end to end over the window, the longest first; None if they leave a hole."""
        reached: dict[int, list[Fact]] = {window.start: []}
        for at in range(window.start, window.end):
            if at not in reached:
                continue
            for period in self._starting(at):
                if period.end <= window.end and period.calendar == window.calendar:
                    reached.setdefault(period.end, [*reached[at], self.values[period]])
        parts = reached.get(window.end)
        return combine(window, sum((p.value for p in parts), Decimal(0)), parts) if parts else None

    def _subtracted(self, window: Period) -> Fact | None:
        """Year to date at the end minus year to date at the start."""
        january = window.start - window.start % 12
        if window.start == january or window.end - january > 12:
            return None
        whole = self.total(replace(window, start=january))
        before = self.total(Period(january, window.start, window.calendar))
        if whole is None or before is None:
            return None
        return combine(window, whole.value - before.value, [whole, before])

    def _peeled(self, window: Period) -> Fact | None:
        """A longer published period minus its published tail: the year to date of May from that of June and June."""
        for longer in reversed(self._starting(window.start)):
            if longer.end > window.end and longer.calendar == window.calendar:
                tail = self.values.get(Period(window.end, longer.end, window.calendar))
                if tail is not None:
                    whole = self.values[longer]
                    return combine(window, whole.value - tail.value, [whole, tail])
        return None

    def _starting(self, at: int) -> list[Period]:
        if self._starts is None:
            self._starts = {}
            for period in sorted(self.values, key=lambda p: p.start - p.end):
                self._starts.setdefault(period.start, []).append(period)
        return self._starts.get(at, [])
