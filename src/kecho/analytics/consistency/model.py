"""The words of the engine: amounts, statements about them, and the linear rows that a statement means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from kecho.analytics.consistency.figures import Figure, Span

HUNDRED = Fraction(100)

Key = tuple[str, tuple[str, ...], str, str, str, int]


@dataclass(frozen=True, slots=True)
class Amount:
    """Something that has one true value: exports of a place in a period.

    ``unit`` is a code of the unit list, any other text for a unit that is not listed, or empty where no statement
    prints the amount. ``is_signed`` allows values below zero (a balance); turnovers and counts have none.
    """

    name: str
    unit: str = ""
    is_signed: bool = False


class Kind(StrEnum):
    """What a statement says."""

    LEVEL = "level"
    TOTAL = "total"
    SHARE = "share"
    GROWTH = "growth"
    TIMES = "times"
    DIFFERENCE = "difference"
    CONTRIBUTION = "contribution"


@dataclass(frozen=True, slots=True)
class Claim:
    """A kind and the names it speaks of, without a figure: what can be stated and what can be asked.

    ``names`` by kind: level (amount); total (whole, parts…); share (part, whole); growth and times (now, before);
    difference (left, right); contribution (part now, part before, total before).
    """

    kind: Kind
    names: tuple[str, ...]

    @property
    def base(self) -> str | None:
        """The amount that a ratio divides by."""
        at = {Kind.SHARE: 1, Kind.GROWTH: 1, Kind.TIMES: 1, Kind.CONTRIBUTION: 2}.get(self.kind)
        return None if at is None else self.names[at]

    @property
    def unit(self) -> str:
        """The unit of the claim's figure where it does not stand in that of its amounts."""
        by_kind = {Kind.SHARE: "percent", Kind.GROWTH: "percent", Kind.TIMES: "times"}
        return "percentage_point" if self.kind is Kind.CONTRIBUTION else by_kind.get(self.kind, "")

    def top(self) -> dict[str, int]:
        """The sum above the line (for a ratio), or the sum itself: names and how often they count."""
        first, rest = self.names[0], self.names[1:]
        if self.kind is Kind.TOTAL:
            return _summed([(first, 1), *((name, -1) for name in rest)])
        if self.kind in (Kind.DIFFERENCE, Kind.CONTRIBUTION):
            return _summed([(first, 1), (rest[0], -1)])
        return {first: 1}

    def printed(self, ratio: Span) -> Span:
        """From the plain ratio or sum to what is printed: percent, growth."""
        if self.kind is Kind.GROWTH:
            return ratio.mapped(HUNDRED, -HUNDRED)
        return ratio.mapped(HUNDRED) if self.kind in (Kind.SHARE, Kind.CONTRIBUTION) else ratio

    def plain(self, figure: Span) -> Span:
        """The way back of ``printed``."""
        if self.kind is Kind.GROWTH:
            return figure.mapped(1 / HUNDRED, 1)
        return figure.mapped(1 / HUNDRED) if self.kind in (Kind.SHARE, Kind.CONTRIBUTION) else figure


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim with its figure and the sentence it stands in. ``weight`` is how dear dropping it would be."""

    claim: Claim
    figure: Figure
    says: str = ""
    unit: str = ""
    weight: int = 1
    number: int = field(default=0, compare=False)  # its place in the text, from 1

    @property
    def key(self) -> Key:
        """Sorts statements by what they say, whatever the order of the text."""
        return self.claim.kind, self.claim.names, self.figure.text, self.unit, self.says, self.weight


@dataclass(frozen=True, slots=True)
class Row:
    """``low ≤ sum of coefficient * amount ≤ high``, as a span; the statement is what asks for it."""

    terms: Mapping[str, Fraction]
    span: Span
    statement: Statement | None = None


def _summed(pairs: list[tuple[str, int]]) -> dict[str, int]:
    """A name that counts twice adds up: the difference of an amount and itself is nothing."""
    total: dict[str, int] = {}
    for name, count in pairs:
        total[name] = total.get(name, 0) + count
    return {name: count for name, count in total.items() if count}
