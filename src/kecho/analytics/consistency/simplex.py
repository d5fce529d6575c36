"""Linear programming in exact arithmetic: is there a point, which bounds forbid it, how far can a sum go.

Printed figures of twelve digits and exact counts leave gaps below the tolerance of floating-point solvers, and "this
text is impossible" must be a proof. The tableau therefore holds integers and the point holds fractions. The method is
the general simplex of B. Dutertre and L. de Moura, "A fast linear-arithmetic solver for DPLL(T)", CAV 2006, sections
3-4: every row is a variable of its own, bounds stand on variables, a row that cannot reach its bound names the bounds
that clash. Strict bounds are kept exact with an infinitesimal (ibid. section 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

#: A number and its multiple of an infinitesimal: ``(4, 1)`` is "a little over 4". Tuples compare as they should.
Point = tuple[Fraction, Fraction]

ZERO: Point = (Fraction(0), Fraction(0))

#: After so many steps a row the quick choices give way to Bland's rule (always the first that fits), which never
#: cycles. Texts of a hundred statements take under one step a row.
PATIENCE = 4


@dataclass(frozen=True, slots=True)
class Side:
    """One bound of a variable."""

    variable: int
    is_upper: bool


class Simplex:
    """Variables with bounds and rows over them. ``beta`` is the current point; rows hold at it at all times."""

    def __init__(self, start: Sequence[Fraction]) -> None:
        """``start`` is a value of every variable to begin at; a near one saves steps."""
        self.lower: list[Point | None] = [None] * len(start)
        self.upper: list[Point | None] = [None] * len(start)
        self.beta: list[Point] = [(value, ZERO[1]) for value in start]
        # basic variable -> (d, {other variable: a}) with d > 0 and d * basic = sum of a * other, all integers
        self._rows: dict[int, tuple[int, dict[int, int]]] = {}
        self._uses: list[set[int]] = [set() for _ in start]  # basic variables whose row uses this one

    def add_row(self, terms: Mapping[int, Fraction]) -> int:
        """A new variable that equals the sum of ``coefficient * variable``."""
        number = len(self.beta)
        scale = _common_denominator(terms.values())
        wanted = {v: int(c * scale) for v, c in terms.items() if c}
        denominator, row = scale, dict[int, int]()
        for variable, coefficient in wanted.items():
            part = self._rows.get(variable, (1, {variable: 1}))
            denominator, row = _plus(denominator, row, coefficient * (denominator // scale), *part)
        self.lower.append(None)
        self.upper.append(None)
        self._uses.append(set())
        self.beta.append(self._value(denominator, row))
        self._put(number, denominator, row)
        return number

    def bound(self, variable: int, low: Point | None, high: Point | None) -> None:
        """Set both bounds. Call ``find`` afterwards."""
        self.lower[variable], self.upper[variable] = low, high
        if variable not in self._rows:
            value = self.beta[variable]
            if low is not None and value < low:
                self._move(variable, low)
            elif high is not None and value > high:
                self._move(variable, high)

    def find(self) -> list[Side] | None:
        """Move to a point within all bounds; None if done, else an irreducible list of bounds that clash."""
        patience = PATIENCE * (len(self._rows) + 1)
        while True:
            out = {v: excess for v in self._rows if (excess := self._excess(v)) is not None}
            if not out:
                return None
            patience -= 1
            broken = min(out) if patience < 0 else max(out, key=lambda v: (out[v], -v))
            low = self.lower[broken]
            rises = low is not None and self.beta[broken] < low
            row = self._rows[broken][1]
            helpers = [v for v, a in row.items() if self._can_move(v, (a > 0) == rises)]
            if not helpers:
                return [Side(broken, not rises), *(Side(v, (a > 0) == rises) for v, a in row.items())]
            helper = min(helpers) if patience < 0 else min(helpers, key=lambda v: (len(self._uses[v]), v))
            goal = self.lower[broken] if rises else self.upper[broken]
            assert goal is not None
            denominator, coefficient = self._rows[broken][0], row[helper]
            step = _times(_minus(goal, self.beta[broken]), Fraction(denominator, coefficient))
            self._move(helper, _add(self.beta[helper], step))
            self._pivot(broken, helper)

    def greatest(self, terms: Mapping[int, Fraction]) -> Point | None:
        """The greatest value of a sum within the bounds; None where it has no limit. ``find`` must have succeeded."""
        goal = self.add_row(terms)
        patience = PATIENCE * (len(self._rows) + 1)
        try:
            while True:
                row = self._rows[goal][1]
                able = [v for v, a in row.items() if self._can_move(v, a > 0)]
                if not able:
                    return self.beta[goal]
                patience -= 1
                entering = min(able) if patience < 0 else max(able, key=lambda v: (abs(row[v]), -v))
                if not self._advance(entering, row[entering] > 0, goal):
                    return None
        finally:
            self._drop(goal)
            for each in (self.lower, self.upper, self.beta, self._uses):
                each.pop()

    # ---- one step

    def _advance(self, entering: int, rises: bool, goal: int) -> bool:
        """Move a variable as far as the bounds allow; False where nothing stops it."""
        own = self.upper[entering] if rises else self.lower[entering]
        best = None if own is None else _absolute(_minus(own, self.beta[entering]))
        leaving = entering
        for basic in sorted(self._uses[entering]):
            if basic == goal:
                continue
            denominator, row = self._rows[basic]
            climbs = (row[entering] > 0) == rises
            limit = self.upper[basic] if climbs else self.lower[basic]
            if limit is None:
                continue
            room = _times(_absolute(_minus(limit, self.beta[basic])), Fraction(denominator, abs(row[entering])))
            if best is None or room < best or (room == best and basic < leaving):
                best, leaving = room, basic
        if best is None:
            return False
        self._move(entering, _add(self.beta[entering], best if rises else _times(best, Fraction(-1))))
        if leaving != entering:
            self._pivot(leaving, entering)
        return True

    def _move(self, variable: int, value: Point) -> None:
        """Give a variable outside the basis a value and carry the rows along."""
        change = _minus(value, self.beta[variable])
        if change == ZERO:
            return
        self.beta[variable] = value
        for basic in self._uses[variable]:
            denominator, row = self._rows[basic]
            self.beta[basic] = _add(self.beta[basic], _times(change, Fraction(row[variable], denominator)))

    def _pivot(self, leaving: int, entering: int) -> None:
        """Exchange a basic variable and another of its row; the point stays."""
        denominator, row = self._drop(leaving)
        pivot = row.pop(entering)
        sign = 1 if pivot > 0 else -1
        new = {v: -a * sign for v, a in row.items()}
        new[leaving] = denominator * sign
        affected = list(self._uses[entering])
        for basic in affected:
            other_denominator, other = self._drop(basic)
            factor = other.pop(entering)
            self._put(basic, *_plus(other_denominator, other, factor, abs(pivot), new))
        self._put(entering, abs(pivot), new)

    # ---- bookkeeping

    def _put(self, basic: int, denominator: int, row: dict[int, int]) -> None:
        common = gcd(denominator, *row.values())
        if common > 1:
            denominator, row = denominator // common, {v: a // common for v, a in row.items()}
        self._rows[basic] = denominator, row
        for variable in row:
            self._uses[variable].add(basic)

    def _drop(self, basic: int) -> tuple[int, dict[int, int]]:
        denominator, row = self._rows.pop(basic)
        for variable in row:
            self._uses[variable].discard(basic)
        return denominator, row

    def _value(self, denominator: int, row: dict[int, int]) -> Point:
        total = ZERO
        for variable, coefficient in row.items():
            total = _add(total, _times(self.beta[variable], Fraction(coefficient)))
        return _times(total, Fraction(1, denominator))

    def _excess(self, variable: int) -> Point | None:
        """How far a variable is out of its bounds; None within them."""
        low, high, value = self.lower[variable], self.upper[variable], self.beta[variable]
        if low is not None and value < low:
            return _minus(low, value)
        return None if high is None or value <= high else _minus(value, high)

    def _can_move(self, variable: int, rises: bool) -> bool:
        limit = self.upper[variable] if rises else self.lower[variable]
        return limit is None or (self.beta[variable] < limit if rises else self.beta[variable] > limit)


# ---- points and integer rows


def _add(left: Point, right: Point) -> Point:
    return left[0] + right[0], left[1] + right[1] if right[1] else left[1]


def _minus(left: Point, right: Point) -> Point:
    return left[0] - right[0], left[1] - right[1] if right[1] else left[1]


def _times(point: Point, factor: Fraction) -> Point:
    return point[0] * factor, point[1] * factor if point[1] else point[1]


def _absolute(point: Point) -> Point:
    return point if point >= ZERO else (-point[0], -point[1])


def _common_denominator(numbers: Iterable[Fraction]) -> int:
    return lcm(*(number.denominator for number in numbers))


def _plus(
    denominator: int, row: dict[int, int], factor: int, other_denominator: int, other: Mapping[int, int]
) -> tuple[int, dict[int, int]]:
    """``row / denominator`` with ``factor / denominator`` times ``other / other_denominator`` added."""
    total = {variable: a * other_denominator for variable, a in row.items()}
    for variable, a in other.items():
        value = total.get(variable, 0) + factor * a
        if value:
            total[variable] = value
        else:
            total.pop(variable, None)
    return denominator * other_denominator, total
