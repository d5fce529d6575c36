"""A text as statements about amounts: can they all be true, and what do they say that is not printed?

>>> text = Statements()
>>> total = text.level("exports 5M 2024", "7.1", unit="billion_usd")
>>> before = text.amount("exports 5M 2023")
>>> text.growth(total, before, "7.7")
>>> domestic = text.level("domestic 5M 2024", "4.2", unit="billion_usd")
>>> text.share(domestic, total, "58.6")
>>> text.check().is_possible
True
>>> text.range(total).rounded(3), text.range(before).rounded(3)
('7.076 to 7.150', '6.567 to 6.642')
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from kecho.analytics.consistency.figures import Figure, Span, read_figure
from kecho.analytics.consistency.model import Amount, Claim, Kind, Statement
from kecho.analytics.consistency.solution import Solution, dimension
from kecho.analytics.consistency.verdict import Range, Verdict
from kecho.kernel.errors import KechoError
from kecho.kernel.numerals import Mark
from kecho.kernel.text import clean
from kecho.kernel.units import parse_unit

MOST_STATEMENTS = 500

Written = str | Decimal | int | Figure
Named = str | Amount

EXACT_ZERO = Figure("", Span(Fraction(0), Fraction(0)), 0)


class Statements:
    """The statements of one text. Their order changes nothing but the numbers they are shown with."""

    def __init__(self, mark: Mark = ".") -> None:
        """``mark`` is the decimal mark of figures written as text."""
        self._mark = mark
        self._amounts: dict[str, Amount] = {}
        self._all: list[Statement] = []
        self._solution: Solution | None = None

    # ---- what is stated

    def amount(self, named: Named, unit: str = "", *, is_signed: bool | None = None) -> Amount:
        """An amount by its name; said again, a unit or a sign is added to what is known.

        Raises KechoError ``analytics.empty_name``, or ``analytics.two_units`` where it already stands in a unit of
        another kind.
        """
        name = clean(named.name if isinstance(named, Amount) else named)
        if not name:
            raise KechoError("analytics.empty_name")
        known = self._amounts.get(name, Amount(name))
        code = parse_unit(unit) if unit else ""
        if code and known.unit and dimension(code) != dimension(known.unit):
            raise KechoError("analytics.two_units", name=name, left=known.unit, right=code)
        signed = known.is_signed if is_signed is None else is_signed
        self._amounts[name] = Amount(name, known.unit or code, signed)
        self._solution = None
        return self._amounts[name]

    def state(
        self, claim: Claim, figure: Written | None = None, unit: str = "", says: str = "", *, weight: int = 1
    ) -> None:
        """Add a statement of any kind; ``figure`` is left out for a total, ``unit`` for whatever has its own.

        Raises KechoError ``analytics.no_parts``, ``bad_weight``, ``too_many_statements``, and what ``amount`` and
        ``read_figure`` raise.
        """
        if len(self._all) >= MOST_STATEMENTS:
            raise KechoError("analytics.too_many_statements", most=MOST_STATEMENTS)
        if weight < 1:
            raise KechoError("analytics.bad_weight", value=weight)
        if len(claim.names) < 2 and claim.kind is not Kind.LEVEL:
            raise KechoError("analytics.no_parts", name=claim.names[0])
        read = (
            figure if isinstance(figure, Figure) else EXACT_ZERO if figure is None else read_figure(figure, self._mark)
        )
        names = tuple(self.amount(name).name for name in claim.names)
        code = parse_unit(unit) if unit else ""
        if claim.kind is Kind.LEVEL:
            code = code or self._amounts[names[0]].unit
            self.amount(names[0], code)
        self._all.append(Statement(Claim(claim.kind, names), read, clean(says), code, weight, len(self._all) + 1))
        self._solution = None

    def level(self, named: Named, figure: Written, unit: str = "", says: str = "", *, weight: int = 1) -> Amount:
        """The amount is printed as this figure."""
        amount = self.amount(named, unit)
        self.state(_claim(Kind.LEVEL, amount), figure, unit, says, weight=weight)
        return amount

    def total(self, whole: Named, parts: Sequence[Named], says: str = "", *, weight: int = 1) -> None:
        """The parts, all of them, make up the whole exactly. Raises KechoError ``analytics.no_parts``."""
        self.state(_claim(Kind.TOTAL, whole, *parts), None, "", says, weight=weight)

    def share(self, part: Named, whole: Named, percent: Written, says: str = "", *, weight: int = 1) -> None:
        """The part is so many percent of the whole."""
        self.state(_claim(Kind.SHARE, part, whole), percent, "", says, weight=weight)

    def growth(self, now: Named, before: Named, percent: Written, says: str = "", *, weight: int = 1) -> None:
        """``now`` is so many percent more than ``before``, which is positive."""
        self.state(_claim(Kind.GROWTH, now, before), percent, "", says, weight=weight)

    def times(self, now: Named, before: Named, factor: Written, says: str = "", *, weight: int = 1) -> None:
        """``now`` is so many times ``before``, which is positive."""
        self.state(_claim(Kind.TIMES, now, before), factor, "", says, weight=weight)

    def difference(
        self, left: Named, right: Named, figure: Written, unit: str = "", says: str = "", *, weight: int = 1
    ) -> None:
        """``left`` is larger than ``right`` by this figure: a surplus, an increase."""
        self.state(_claim(Kind.DIFFERENCE, left, right), figure, unit, says, weight=weight)

    def contribution(
        self,
        part_now: Named,
        part_before: Named,
        total_before: Named,
        points: Written,
        says: str = "",
        *,
        weight: int = 1,
    ) -> None:
        """The part gives so many percentage points to the growth of the total."""
        claim = _claim(Kind.CONTRIBUTION, part_now, part_before, total_before)
        self.state(claim, points, "", says, weight=weight)

    # ---- what is asked

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """All amounts named, in the order of the text."""
        return tuple(self._amounts.values())

    @property
    def all(self) -> tuple[Statement, ...]:
        """The statements, in the order of the text."""
        return tuple(self._all)

    def check(self) -> Verdict:
        """Possible or not, and if not, what clashes. Raises ``analytics.empty_text``, ``analytics.two_units``."""
        if not self._all:
            raise KechoError("analytics.empty_text")
        return self._solved().verdict()

    def range(self, named: Named) -> Range:
        """Every value that the amount can have, in its unit. Raises ``analytics.impossible_text``."""
        return self._ask(Kind.LEVEL, named)

    def range_of_growth(self, now: Named, before: Named) -> Range:
        """Every growth in percent. Raises also ``analytics.base_not_positive``."""
        return self._ask(Kind.GROWTH, now, before)

    def range_of_share(self, part: Named, whole: Named) -> Range:
        """Every share in percent."""
        return self._ask(Kind.SHARE, part, whole)

    def range_of_times(self, now: Named, before: Named) -> Range:
        """Every ratio."""
        return self._ask(Kind.TIMES, now, before)

    def range_of_difference(self, left: Named, right: Named) -> Range:
        """Every difference, in the unit of ``left``."""
        return self._ask(Kind.DIFFERENCE, left, right)

    def range_of_contribution(self, part_now: Named, part_before: Named, total_before: Named) -> Range:
        """Every contribution in percentage points."""
        return self._ask(Kind.CONTRIBUTION, part_now, part_before, total_before)

    def range_of(self, claim: Claim) -> Range:
        """The same for any claim. Raises ``analytics.unknown_amount`` for a name the text does not have."""
        for name in claim.names:
            if name not in self._amounts:
                raise KechoError("analytics.unknown_amount", name=name)
        return self._solved().range(claim)

    def _ask(self, kind: Kind, *named: Named) -> Range:
        return self.range_of(_claim(kind, *named))

    # ---- keeping

    def _solved(self) -> Solution:
        if self._solution is None:
            self._solution = Solution(self.amounts, self.all)
        return self._solution


def _claim(kind: Kind, *named: Named) -> Claim:
    return Claim(kind, tuple(clean(one.name if isinstance(one, Amount) else one) for one in named))
