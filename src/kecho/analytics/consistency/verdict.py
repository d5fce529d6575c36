"""What the engine answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from kecho.analytics.consistency.figures import Span
from kecho.analytics.consistency.model import Statement
from kecho.kernel.quantities import round_half_up


@dataclass(frozen=True, slots=True)
class Range:
    """Every value that the statements allow, no more and no fewer; exact. ``unit`` is a unit code or a unit's text."""

    span: Span
    unit: str = ""

    @property
    def low(self) -> Fraction | None:
        """The lower end; None where there is no limit."""
        return self.span.low

    @property
    def high(self) -> Fraction | None:
        """The upper end; None where there is no limit."""
        return self.span.high

    @property
    def is_exact(self) -> bool:
        """Whether a single value is left."""
        return self.low is not None and self.low == self.high

    def ends(self, decimals: int) -> tuple[Decimal | None, Decimal | None]:
        """Both ends, half rounded away from zero.

        >>> Range(Span(Fraction(1, 3), None)).ends(2)
        (Decimal('0.33'), None)
        """
        low, high = (None if end is None else _rounded(end, decimals) for end in (self.low, self.high))
        return low, high

    def rounded(self, decimals: int) -> str:
        """For logs and examples: ``7.076 to 7.150``."""
        low, high = self.ends(decimals)
        return f"{'-∞' if low is None else low} to {'∞' if high is None else high}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether all statements can be true together.

    Where they cannot: ``clash`` is the smallest irreducible set found that contradicts itself, ``clashes`` all that
    were met, ``to_drop`` the cheapest set whose removal makes the text possible (``is_cheapest`` says whether that is
    proven), ``would_fit`` what the figure of each statement of ``clash`` would have to be, were it the only wrong one
    (missing where that alone mends nothing).
    """

    is_possible: bool
    clash: tuple[Statement, ...] = ()
    clashes: tuple[tuple[Statement, ...], ...] = ()
    to_drop: tuple[Statement, ...] = ()
    is_cheapest: bool = True
    would_fit: Mapping[int, Range] = field(default_factory=dict)  # by Statement.number


def _rounded(value: Fraction, decimals: int) -> Decimal:
    """Exactly rounded: the fraction is first cut to an integer number of half units."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    exact = Decimal(whole if value >= 0 else -whole).scaleb(-decimals)
    return round_half_up(exact, decimals)
