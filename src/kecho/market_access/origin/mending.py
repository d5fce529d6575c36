"""The cheapest change that would make a product qualify: which inputs to buy from originating suppliers.

A small integer program over the inputs (HiGHS through scipy): minimise what the change costs, subject to every share
that the rule asks. Where no other price is known an input is taken to cost the same, and the value that moves is
minimised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kecho.market_access.origin.bill import Bill, Material
from kecho.market_access.origin.checking import Zone, unshifted
from kecho.market_access.origin.rule import Alternative, Atom, Kind, Method

#: weighs the value that moves against its cost where costs are equal: a tie-break, not a price
TIE_BREAK = 1e-6


#: the inputs that count and how much of them a rule bears; () asks nothing, None: no replacement of inputs helps
Limit = tuple[list[Material], Fraction] | tuple[()] | None


@dataclass(frozen=True, slots=True)
class Mend:
    """Inputs to replace, what that costs more, and the value that moves. ``is_priced``: every price was stated."""

    alternative: Alternative
    replace: tuple[str, ...]
    extra_cost: Fraction
    value_moved: Fraction
    is_priced: bool


def cheapest(bill: Bill, alternatives: Sequence[Alternative], where: Zone) -> Mend | None:
    """The cheapest of all alternatives; None where no replacement of inputs helps (a process, a weight, a content)."""
    found = [mend for one in alternatives if (mend := _mend(bill, one, where)) is not None]
    return min(found, key=lambda one: (one.extra_cost, one.value_moved), default=None)


def _mend(bill: Bill, alternative: Alternative, where: Zone) -> Mend | None:
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    foreign = [one for one in bill.materials if not where.is_originating(one)]
    limits = [_limit(bill, atom, where, foreign) for atom in alternative.atoms]
    if any(limit is None for limit in limits) or not foreign:
        return None
    rows = [limit for limit in limits if limit]
    extra = np.array([float(_extra(one)) for one in foreign])
    moved = np.array([float(one.value) for one in foreign])
    # 1 for an input that is replaced: the value left counts against the limit
    weights = np.array([[float(one.value) if one in counted else 0.0 for one in foreign] for counted, _ in rows])
    most = np.array([float(most) for _, most in rows])
    lower = weights.sum(axis=1) - most - 1e-9 if rows else np.zeros(0)
    result = milp(
        extra + TIE_BREAK * moved,
        integrality=np.ones(len(foreign)),
        bounds=Bounds(0, 1),
        constraints=[LinearConstraint(weights, lower, np.inf)] if rows else [],
    )
    if not result.success:
        return None
    chosen = [one for one, on in zip(foreign, result.x, strict=True) if on > 0.5]
    cost = sum((_extra(one) for one in chosen), Fraction(0))
    is_priced = all(one.other_price is not None for one in chosen)
    value = sum((one.value for one in chosen), Fraction(0))
    return Mend(alternative, tuple(one.name for one in chosen), cost, value, is_priced)


def _extra(one: Material) -> Fraction:
    return one.other_price - one.value if one.other_price is not None else Fraction(0)


def _limit(bill: Bill, atom: Atom, where: Zone, foreign: Sequence[Material]) -> Limit:
    """Which inputs count against the atom and how much of their value it bears."""
    value, percent = bill.value(where.basis), atom.percent or Fraction(0)
    if atom.kind is Kind.ALLOW:
        return ()
    if atom.kind in {Kind.SHIFT, Kind.ANY}:
        return unshifted(bill, atom, foreign), _tolerated(bill, where)
    if atom.kind is Kind.RVC:
        return _content(bill, atom, where, foreign)
    if atom.kind is Kind.MAX_VALUE and not atom.words:
        return _in_spans(foreign, atom), value * percent / 100
    if atom.kind in {Kind.WHOLLY, Kind.FORBID, Kind.FROM} and atom.spans:
        named = _in_spans(foreign, atom)
        return [one for one in foreign if (one in named) is not (atom.kind is Kind.FROM)], Fraction(0)
    return None


def _content(bill: Bill, atom: Atom, where: Zone, foreign: Sequence[Material]) -> Limit:
    value, percent = bill.value(where.basis), atom.percent or Fraction(0)
    if atom.method is Method.NET_COST:
        return None
    if atom.method is Method.BUILD_UP:
        own = sum((one.value for one in bill.materials if where.is_originating(one)), Fraction(0))
        left = sum((one.value for one in foreign), Fraction(0))
        return list(foreign), left - (value * percent / 100 - own)
    counted = _in_spans(foreign, atom) if atom.method is Method.FOCUSED else list(foreign)
    return counted, value * (100 - percent) / 100


def _in_spans(foreign: Sequence[Material], atom: Atom) -> list[Material]:
    return [one for one in foreign if not atom.spans or any(span.covers(one.code) for span in atom.spans)]


def _tolerated(bill: Bill, where: Zone) -> Fraction:
    """The value that may miss the change; none where the tolerance goes by weight."""
    chapter = int(bill.code[:2])
    for one in where.agreement.tolerances:
        if one.chapters[0] <= chapter <= one.chapters[1] and one.by == "value":
            return bill.value(where.basis) * one.percent / 100
    return Fraction(0)
