"""A set of statements: which of them clash, and how far a sum or a ratio can go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from kecho.analytics.consistency.figures import Span
from kecho.analytics.consistency.guess import start_values
from kecho.analytics.consistency.model import Row, Statement
from kecho.analytics.consistency.system import NOTHING, ONE, System
from kecho.kernel.errors import KechoError

POSITIVE = Span(NOTHING, None, is_low_open=True)
NOT_NEGATIVE = Span(NOTHING, None)
SCALE = ""  # the name of 1 / base; no amount has an empty name


def rows_of(statement: Statement, factor: Fraction = ONE) -> Iterator[Row]:
    """What a statement means; ``factor`` turns the unit of its figure into the one that amounts are counted in.

    A ratio ``low ≤ N / D ≤ high`` is ``N - low D ≥ 0`` and ``N - high D ≤ 0`` once ``D > 0`` is asked for.
    """
    claim, figure = statement.claim, statement.claim.plain(statement.figure.span)
    top = {name: Fraction(count) for name, count in claim.top().items()}
    if claim.base is None:
        yield Row(top, figure.mapped(factor), statement)
        return
    yield Row({claim.base: ONE}, POSITIVE, statement)
    if figure.low is not None:
        yield Row(_less(top, claim.base, figure.low), Span(NOTHING, None, figure.is_low_open), statement)
    if figure.high is not None:
        yield Row(_less(top, claim.base, figure.high), Span(None, NOTHING, False, figure.is_high_open), statement)


class Problem:
    """Amounts, in the base unit of their dimension, under statements."""

    def __init__(self, signed: Mapping[str, bool], rows: Sequence[Row]) -> None:
        """``signed`` names all amounts and says which may be negative."""
        self._names = sorted(signed)
        signs = [Row({name: ONE}, NOT_NEGATIVE) for name in self._names if not signed[name]]
        self._rows = [*signs, *rows]
        self._system = System(self._names, self._rows, start_values(rows))
        self._clash: list[Statement] | None = None
        self._over: dict[str, System] = {}

    def clash(self) -> list[Statement]:
        """Statements that cannot all hold, few of them; empty where all can."""
        if self._clash is None:
            owners = [owner for owner in self._system.clash() or () if owner is not None]
            self._clash = list({id(owner): owner for owner in owners}.values())
        return self._clash

    def range_of_sum(self, top: Mapping[str, int]) -> Span:
        """All values of a sum of amounts. Raises KechoError ``analytics.impossible_text``."""
        self._require_possible()
        return self._system.range_of(top)

    def range_of_ratio(self, top: Mapping[str, int], base: str) -> Span:
        """All values of a sum over an amount that is positive.

        The transformation of A. Charnes and W. W. Cooper, "Programming with linear fractional functionals", 1962: with
        ``t = 1 / base`` and every amount times ``t`` the ratio is a sum and the rows stay linear.
        Raises KechoError ``analytics.base_not_positive`` where the statements force the base to zero or below.
        """
        if not self.can_be_positive(base):
            raise KechoError("analytics.base_not_positive", name=base)
        return self._over[base].range_of(top)

    def can_be_positive(self, base: str) -> bool:
        """Whether the statements leave a value above zero. Raises KechoError ``analytics.impossible_text``."""
        self._require_possible()
        if base not in self._over:
            self._over[base] = self._divided_by(base)
        return self._over[base].clash() is None

    def _require_possible(self) -> None:
        if self.clash():
            raise KechoError("analytics.impossible_text")

    def _divided_by(self, base: str) -> System:
        values = self._system.values()
        divisor = values[base] if values[base] > 0 else ONE
        start = {SCALE: 1 / divisor, **{name: value / divisor for name, value in values.items()}}
        rows = [Row({SCALE: ONE}, POSITIVE), Row({base: ONE}, Span(ONE, ONE))]
        rows += [part for row in self._rows for part in _homogeneous(row)]
        return System([*self._names, SCALE], rows, start)


def _homogeneous(row: Row) -> Iterator[Row]:
    """The row with its constants times ``SCALE``."""
    low, high = row.span.low, row.span.high
    if low == high and low is not None:
        yield Row(_less(row.terms, SCALE, low), Span(NOTHING, NOTHING))
        return
    if low is not None:
        yield Row(_less(row.terms, SCALE, low), Span(NOTHING, None, row.span.is_low_open))
    if high is not None:
        yield Row(_less(row.terms, SCALE, high), Span(None, NOTHING, False, row.span.is_high_open))


def _less(top: Mapping[str, Fraction], base: str, factor: Fraction) -> dict[str, Fraction]:
    """``top - factor * base``."""
    return {**top, base: top.get(base, NOTHING) - factor}
