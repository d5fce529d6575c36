"""Duties by weight or number as percent of the value, by one of the two UNCTAD methods; the prices are stated.

Method 1 takes the tariff line's own import price, else the market's of the HS6, else the reference group's; method 2
the reference group's alone (``analytics.duties.unit_value``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from kecho.analytics.duties import ad_valorem_equivalent, unit_value
from kecho.kernel.errors import KechoError
from kecho.market_access.agreements import market_names
from kecho.market_access.offers.weighing import Answer, Weighed

METHODS = ("1", "2")
UNITS = ("kg", "pair", "l", "piece")


@dataclass(frozen=True, slots=True)
class Prices:
    """Import prices of one ``unit`` in the market's money, as far as they are stated, and the method that chooses."""

    method: int
    unit: str = "kg"
    line: Fraction | None = None
    market_hs6: Fraction | None = None
    reference_hs6: Fraction | None = None


def with_equivalents(answer: Answer, prices: Prices | None) -> Answer:
    """With the equivalent of every duty that is no plain percent, and the name of the step that gave the price.

    Raises ``analytics.duty_needs_price`` where the method finds no price. A duty in another unit keeps none.
    """
    if prices is None or all(one.offer.percent is not None for one in answer.ranked):
        return answer
    known = {"line": prices.line, "market_hs6": prices.market_hs6, "reference_hs6": prices.reference_hs6}
    price, name = unit_value(prices.method, **known)
    currency = str(market_names()[answer.ruling.line.market].get("currency", ""))
    return replace(answer, ranked=tuple(_one(one, {prices.unit: price}, currency, name) for one in answer.ranked))


def _one(one: Weighed, unit_values: dict[str, Fraction], currency: str, name: str) -> Weighed:
    if one.offer.percent is not None:
        return one
    try:
        percent = ad_valorem_equivalent(one.offer.duty, unit_values, currency)
    except KechoError:
        return one
    return replace(one, equivalent=percent, equivalent_by=name)
