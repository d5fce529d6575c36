"""The statements of a text solved: parts of the text that share no amount are solved apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from kecho.analytics.consistency.clashes import relaxation
from kecho.analytics.consistency.model import Amount, Claim, Statement
from kecho.analytics.consistency.problem import Problem, rows_of
from kecho.analytics.consistency.verdict import Range, Verdict
from kecho.kernel.errors import KechoError
from kecho.kernel.units import units


class Solution:
    """Answers about a finished text; every problem is set up once."""

    def __init__(self, amounts: Sequence[Amount], statements: Sequence[Statement]) -> None:
        """Raises KechoError ``analytics.two_units`` where amounts of different kinds of unit are added or compared."""
        self._amounts = {amount.name: amount for amount in amounts}
        self._statements = sorted(statements, key=lambda one: one.key)
        self._group = _groups(self._amounts, (one.claim.names for one in self._statements))
        self._unit = self._units()
        self._problems: dict[frozenset[str], Problem] = {}
        self._verdict: Verdict | None = None

    def verdict(self) -> Verdict:
        """See ``Verdict``."""
        if self._verdict is None:
            self._verdict = self._judge()
        return self._verdict

    def range(self, claim: Claim) -> Range:
        """All values of a claim. Raises ``analytics.impossible_text``, ``base_not_positive``, ``two_units``."""
        if not self.verdict().is_possible:
            raise KechoError("analytics.impossible_text")
        self._check_units(claim)
        return self._range(claim, self._problem(claim.names))

    # ---- clashes

    def _judge(self) -> Verdict:
        problems = [self._problem([group]) for group in sorted(set(self._group.values()))]
        if not any(problem.clash() for problem in problems):
            return Verdict(is_possible=True)
        clashes, dropped, is_cheapest = relaxation(self._statements, self._find)
        smallest = min(clashes, key=lambda clash: (len(clash), [one.key for one in clash]))
        return Verdict(
            is_possible=False,
            clash=_in_order(smallest),
            clashes=tuple(map(_in_order, clashes)),
            to_drop=_in_order(dropped),
            is_cheapest=is_cheapest,
            would_fit=self._would_fit(smallest),
        )

    def _find(self, statements: Sequence[Statement]) -> list[Statement]:
        """A clash among these statements, empty where there is none."""
        groups = {self._group[one.claim.names[0]] for one in statements}
        for group in sorted(groups):
            clash = self._pose([one for one in statements if self._group[one.claim.names[0]] == group]).clash()
            if clash:
                return clash
        return []

    def _would_fit(self, clash: Sequence[Statement]) -> dict[int, Range]:
        found = {}
        for statement in clash:
            group = self._group[statement.claim.names[0]]
            same = [one for one in self._statements if self._group[one.claim.names[0]] == group]
            problem = self._pose([one for one in same if one is not statement], statement.claim.names)
            base = statement.claim.base
            if not problem.clash() and (base is None or problem.can_be_positive(base)):
                found[statement.number] = self._range(statement.claim, problem, statement.unit)
        return found

    # ---- problems

    def _problem(self, names: Iterable[str]) -> Problem:
        """The part of the text that these amounts belong to."""
        wanted = frozenset(self._group[name] for name in names)
        if wanted not in self._problems:
            members = [name for name, group in self._group.items() if group in wanted]
            statements = [one for one in self._statements if self._group[one.claim.names[0]] in wanted]
            self._problems[wanted] = self._pose(statements, members)
        return self._problems[wanted]

    def _pose(self, statements: Sequence[Statement], members: Iterable[str] = ()) -> Problem:
        names = {*members, *(name for one in statements for name in one.claim.names)}
        signed = {name: self._amounts[name].is_signed for name in names}
        rows = [row for one in statements for row in rows_of(one, factor(self._unit_of(one)))]
        return Problem(signed, rows)

    def _range(self, claim: Claim, problem: Problem, unit: str = "") -> Range:
        if claim.base is not None:
            return Range(claim.printed(problem.range_of_ratio(claim.top(), claim.base)), claim.unit)
        shown = unit or self._unit[claim.names[0]]
        return Range(problem.range_of_sum(claim.top()).mapped(1 / factor(shown)), shown)

    # ---- units

    def _units(self) -> dict[str, str]:
        """The unit of every amount; one that no statement prints takes that of the amounts it is compared with."""
        by_group: dict[str, Amount] = {}
        for name in sorted(self._amounts):
            amount = self._amounts[name]
            other = by_group.setdefault(self._group[name], amount) if amount.unit else amount
            if dimension(other.unit) != dimension(amount.unit):
                raise KechoError(
                    "analytics.unlike_amounts",
                    left=other.name,
                    left_unit=other.unit,
                    right=amount.name,
                    right_unit=amount.unit,
                )
        return {
            name: amount.unit or (by_group[self._group[name]].unit if self._group[name] in by_group else "")
            for name, amount in self._amounts.items()
        }

    def _unit_of(self, statement: Statement) -> str:
        """The unit that the statement's figure is printed in, where it is one of an amount."""
        if statement.claim.base is not None:
            return ""
        return statement.unit or self._unit[statement.claim.names[0]]

    def _check_units(self, claim: Claim) -> None:
        first = claim.names[0]
        for name in claim.names[1:]:
            left, right = self._unit[first], self._unit[name]
            if left and right and dimension(left) != dimension(right):
                raise KechoError("analytics.unlike_amounts", left=first, left_unit=left, right=name, right_unit=right)


def factor(unit: str) -> Fraction:
    """How many base units of its dimension one is; 1 for a unit that the list does not know."""
    known = units().get(unit)
    return Fraction(known.factor) if known else Fraction(1)


def dimension(unit: str) -> str:
    """What may be added to it: the dimension, or the unit's own text where the list does not know it."""
    known = units().get(unit)
    return known.dimension if known else unit


def _groups(amounts: Iterable[str], relations: Iterable[Sequence[str]]) -> dict[str, str]:
    """The first name of everything that an amount is tied to by statements."""
    leader = {name: name for name in amounts}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for first, *rest in relations:
        for name in rest:
            left, right = sorted((find(first), find(name)))
            leader[right] = left
    return {name: find(name) for name in leader}


def _in_order(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(statements, key=lambda one: one.number))
