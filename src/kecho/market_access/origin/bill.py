"""A bill of materials: what a product is made of, from where, for how much; checked before it is judged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kecho.kernel.errors import KechoError, KechoErrors

#: the parts may differ from the price by rounding of the bill's own figures, in percent of the price
ADDS_UP_WITHIN = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Material:
    """One input. ``origin``: country; ``is_proven``: a proof of origin is at hand; ``value``: price paid.

    ``part_of`` names the material it goes into, empty for the product itself. ``other_price``: what the same input
    would cost from an originating supplier, None where nobody asked.
    """

    name: str
    code: str
    origin: str
    value: Fraction
    weight_kg: Fraction = Fraction(0)
    is_proven: bool = True
    part_of: str = ""
    other_price: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Bill:
    """A product with its inputs. Prices of one unit, one currency; ``ex_works`` without freight, ``fob`` on board."""

    name: str
    code: str
    materials: tuple[Material, ...]
    ex_works: Fraction
    fob: Fraction | None = None
    labour: Fraction = Fraction(0)
    overhead: Fraction = Fraction(0)
    profit: Fraction = Fraction(0)
    weight_kg: Fraction = Fraction(0)
    currency: str = "USD"

    def value(self, basis: str) -> Fraction:
        """The value that percentages are of: EXW, or FOB where it is stated."""
        return self.ex_works if basis == "EXW" or self.fob is None else self.fob


def check(bill: Bill) -> Bill:
    """The bill with its sub-materials unfolded; raises everything that is wrong with it.

    ``empty_bill``, ``bad_material_code``, ``bad_material_value``, ``unknown_parent``, ``circular_materials``,
    ``bill_does_not_add_up``.
    """
    problems: list[KechoError] = []
    if not bill.materials:
        problems.append(KechoError("market_access.empty_bill"))
    for one in bill.materials:
        if not re.fullmatch(r"\d{6,10}", one.code):
            problems.append(KechoError("market_access.bad_material_code", name=one.name, value=one.code))
        if one.value < 0 or one.weight_kg < 0:
            problems.append(KechoError("market_access.bad_material_value", name=one.name))
    problems += _tree_problems(bill.materials)
    if problems:
        raise KechoErrors(problems) if len(problems) > 1 else problems[0]
    leaves = _leaves(bill.materials)
    unfolded = Bill(
        bill.name,
        bill.code,
        leaves,
        bill.ex_works,
        bill.fob,
        bill.labour,
        bill.overhead,
        bill.profit,
        bill.weight_kg,
        bill.currency,
    )
    _ensure_adds_up(unfolded)
    return unfolded


def _tree_problems(materials: Sequence[Material]) -> list[KechoError]:
    parents = {one.name: one.part_of for one in materials}
    problems = []
    for one in materials:
        if one.part_of and one.part_of not in parents:
            problems.append(KechoError("market_access.unknown_parent", name=one.name, parent=one.part_of))
            continue
        seen, step = [one.name], one.part_of
        while step:
            if step in seen:
                problems.append(KechoError("market_access.circular_materials", chain=" → ".join([*seen, step])))
                break
            seen.append(step)
            step = parents.get(step, "")
    return problems


def _leaves(materials: Sequence[Material]) -> tuple[Material, ...]:
    """Inputs that are not themselves unfolded into others: a material with parts is replaced by its parts."""
    made = {one.part_of for one in materials if one.part_of}
    return tuple(one for one in materials if one.name not in made)


def _ensure_adds_up(bill: Bill) -> None:
    inputs = sum((one.value for one in bill.materials), Fraction(0))
    stated = bill.labour + bill.overhead + bill.profit
    total = inputs + stated
    within = bill.ex_works * ADDS_UP_WITHIN / 100
    if total > bill.ex_works + within or (stated and abs(total - bill.ex_works) > within) or bill.ex_works <= 0:
        raise KechoError(
            "market_access.bill_does_not_add_up", total=f"{float(total):.2f}", price=f"{float(bill.ex_works):.2f}"
        )
