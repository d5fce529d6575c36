"""Rows over named amounts as one exact tableau, with the statement behind every bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from kecho.analytics.consistency.figures import Span
from kecho.analytics.consistency.model import Row, Statement
from kecho.analytics.consistency.simplex import Point, Side, Simplex

NOTHING, ONE = Fraction(0), Fraction(1)


class System:
    """The amounts of ``rows`` and ``names`` under all rows. A row of one amount is a bound on it, not a row."""

    def __init__(self, names: Sequence[str], rows: Sequence[Row], start: Mapping[str, Fraction]) -> None:
        """``start`` may hold values near the truth."""
        self._number = {name: at for at, name in enumerate(names)}
        self._tableau = Simplex([start.get(name, NOTHING) for name in names])
        self._owner: dict[Side, Statement | None] = {}
        self._crossed: tuple[Side, Side] | None = None  # bounds of one variable that exclude each other
        for row in rows:
            self._add(row)

    def clash(self) -> list[Statement | None] | None:
        """None where all rows can hold; else the owners of rows that cannot, few of them."""
        sides = self._crossed or self._tableau.find()
        return None if sides is None else [self._owner.get(side) for side in sides]

    def values(self) -> dict[str, Fraction]:
        """Values at which all rows hold, after ``clash`` found none."""
        return {name: self._tableau.beta[at][0] for name, at in self._number.items()}

    def range_of(self, top: Mapping[str, int]) -> Span:
        """All values of a sum, after ``clash`` found none."""
        terms = {self._number[name]: Fraction(count) for name, count in top.items()}
        high = self._tableau.greatest(terms)
        low = self._tableau.greatest({variable: -count for variable, count in terms.items()})
        return Span(
            None if low is None else -low[0],
            None if high is None else high[0],
            low is not None and low[1] != 0,
            high is not None and high[1] != 0,
        )

    def _add(self, row: Row) -> None:
        terms = {self._number[name]: coefficient for name, coefficient in row.terms.items() if coefficient}
        is_bound = list(terms.values()) == [ONE]
        variable = next(iter(terms)) if is_bound else self._tableau.add_row(terms)
        low, high = self._tableau.lower[variable], self._tableau.upper[variable]
        if (asked := _low(row.span)) is not None and (low is None or asked > low):
            low, self._owner[Side(variable, False)] = asked, row.statement
        if (asked := _high(row.span)) is not None and (high is None or asked < high):
            high, self._owner[Side(variable, True)] = asked, row.statement
        if low is not None and high is not None and low > high:
            self._crossed = self._crossed or (Side(variable, False), Side(variable, True))
        elif self._crossed is None:
            self._tableau.bound(variable, low, high)


def _low(span: Span) -> Point | None:
    return None if span.low is None else (span.low, ONE if span.is_low_open else NOTHING)


def _high(span: Span) -> Point | None:
    return None if span.high is None else (span.high, -ONE if span.is_high_open else NOTHING)
