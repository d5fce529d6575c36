"""Staged reduction of customs duties: what rate a trade agreement gives in which year, in exact arithmetic.

A category of a schedule ("B5") says in how many equal cuts a base rate goes to zero, but not by itself: EVFTA's B5 is
six cuts, CPTPP's B5 is five. What a label means is therefore a value of its own, ``Staging``, kept for one agreement,
one party and one label.

With base rate ``b``, ``s`` stages and stage index ``k`` (1 from the day the agreement enters into force, one more on
each cut day after it):  ``rate_k = R(b - (b - f)·k/s)``, where ``f`` is the rate at which the category stops (0 unless
it only reduces) and ``R`` the rounding of the agreement. Sources: EVFTA Annex 2-A, section "tariff elimination"; CPTPP
Annex 2-D, general notes of each party; AJCEP Annex 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

TENTH = Fraction(1, 10)


class Rounding(StrEnum):
    """How an interim rate is rounded: the agreements differ, so it is data."""

    DOWN = "down"
    NEAREST = "nearest"
    NONE = "none"


def rounded(rate: Fraction, rounding: Rounding, step: Fraction = TENTH) -> Fraction:
    """``rate`` on the grid of ``step``; NEAREST takes halves up (AJCEP: 0.05 becomes 0.1).

    >>> rounded(Fraction(1, 20), Rounding.NEAREST), rounded(Fraction(199, 1000), Rounding.DOWN)
    (Fraction(1, 10), Fraction(1, 10))
    """
    if rounding is Rounding.NONE:
        return rate
    steps = rate / step + (Fraction(1, 2) if rounding is Rounding.NEAREST else 0)
    return (steps.numerator // steps.denominator) * step


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a path: from this day on, this rate. ``exact`` is the rate before rounding."""

    starts: date
    stage: int
    exact: Fraction
    rate: Fraction


@dataclass(frozen=True, slots=True)
class Staging:
    """What one label of one party's schedule means.

    ``stages``: number of equal cuts; 1 is "free at once". ``entry``: the day the preference begins for the pair.
    ``counts_from``: the day of stage 1; earlier than ``entry`` where a late joiner catches up. ``cut_month`` and
    ``cut_day``: when the later cuts are made. ``floor``: where the reduction stops. ``table``: rates by stage for
    unequal categories, the last one holding on; it replaces the formula.
    """

    stages: int
    entry: date
    rounding: Rounding = Rounding.DOWN
    step: Fraction = TENTH
    counts_from: date | None = None
    cut_month: int = 1
    cut_day: int = 1
    floor: Fraction = Fraction(0)
    table: tuple[Fraction, ...] = ()

    def __post_init__(self) -> None:
        if self.stages < 1 or self.step <= 0 or self.floor < 0:
            raise ValueError("stages and step are positive, the floor is not negative")
        if self.counts_from is not None and self.counts_from > self.entry:
            raise ValueError("counting cannot begin after the entry into force")

    @property
    def first_day(self) -> date:
        """The day of stage 1."""
        return self.counts_from or self.entry

    @property
    def last_stage(self) -> int:
        """The stage whose rate no longer changes."""
        return len(self.table) or self.stages

    def starts(self, stage: int) -> date:
        """The day on which a stage begins, on the counting from ``first_day``."""
        if stage <= 1:
            return self.first_day
        first = date(self.first_day.year, self.cut_month, self.cut_day)
        year = self.first_day.year if first > self.first_day else self.first_day.year + 1
        return date(year + stage - 2, self.cut_month, self.cut_day)

    def stage(self, on: date) -> int:
        """k on that day: 0 before the entry into force, else 1 + the cut days since, at most ``last_stage``."""
        if on < self.entry:
            return 0
        passed = on.year - self.first_day.year
        first = date(self.first_day.year, self.cut_month, self.cut_day)
        stage = 1 + passed + (1 if first > self.first_day else 0)
        if on < date(on.year, self.cut_month, self.cut_day):
            stage -= 1
        return max(1, min(stage, self.last_stage))

    def exact(self, base: Fraction, stage: int) -> Fraction:
        """The rate of a stage before rounding; the base itself for stage 0."""
        if stage <= 0:
            return base
        stage = min(stage, self.last_stage)
        if self.table:
            return self.table[stage - 1]
        if base <= self.floor:  # nothing to reduce
            return base
        return base - (base - self.floor) * Fraction(stage, self.stages)

    def rate(self, base: Fraction, stage: int) -> Fraction:
        """The rate of a stage, rounded; a tabled one as printed, none below the floor or above the base."""
        exact = self.exact(base, stage)
        if self.table or stage <= 0 or base <= self.floor:
            return exact
        return min(base, max(rounded(exact, self.rounding, self.step), self.floor))

    def rate_on(self, base: Fraction, on: date) -> Fraction | None:
        """The rate of a day; None before the entry into force: no preference, which is not a rate of zero."""
        stage = self.stage(on)
        return self.rate(base, stage) if stage else None

    def path(self, base: Fraction) -> tuple[Step, ...]:
        """All stages from the entry into force to the last, each with its first day."""
        first = self.stage(self.entry)
        return tuple(
            Step(max(self.starts(k), self.entry), k, self.exact(base, k), self.rate(base, k))
            for k in range(first, self.last_stage + 1)
        )


def stages_that_fit(base: Fraction, printed: Fraction, on: date, candidates: dict[str, Staging]) -> list[str]:
    """The labels whose rate on that day is the printed one: exactly one answer tells the category of a line.

    >>> day = date(2020, 8, 1)
    >>> evfta = {f"B{n}": Staging(n + 1, day) for n in (7, 9, 10, 15)}
    >>> stages_that_fit(Fraction(20), Fraction("2.5"), date(2026, 4, 5), evfta)
    ['B7']
    """
    return [label for label, staging in candidates.items() if staging.rate_on(base, on) == printed]
