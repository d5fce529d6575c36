"""What a printed duty comes to for one consignment: ad valorem, specific, compound, mixed, entry price.

A duty is an expression: percents of the value, amounts a unit, sums, the higher or the lower of several, and the gap
between a reference price and the price paid. ``duty`` evaluates it exactly, ``ad_valorem_equivalent`` gives it as a
percent of the value. Units: kg, l, m2, m3, pair, head, piece; money in the currency the tariff is printed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from kecho.kernel.errors import KechoError

#: unit as printed -> (unit of account, how many of it)
UNITS: dict[str, tuple[str, Fraction]] = {
    "kg": ("kg", Fraction(1)),
    "g": ("kg", Fraction(1, 1000)),
    "t": ("kg", Fraction(1000)),
    "l": ("l", Fraction(1)),
    "hl": ("l", Fraction(100)),
    "kl": ("l", Fraction(1000)),
    "m2": ("m2", Fraction(1)),
    "m3": ("m3", Fraction(1)),
    "m": ("m", Fraction(1)),
    "pair": ("pair", Fraction(1)),
    "head": ("head", Fraction(1)),
    "piece": ("piece", Fraction(1)),
}


@dataclass(frozen=True, slots=True)
class Consignment:
    """Customs value in ``currency`` and the quantities known, by unit of account (``kg``, ``pair`` …)."""

    value: Fraction
    currency: str
    quantities: Mapping[str, Fraction]

    def quantity(self, unit: str) -> Fraction:
        """How many of a printed unit; ``analytics.duty_needs_quantity`` where nobody said."""
        account, many = UNITS[unit]
        if account not in self.quantities:
            raise KechoError("analytics.duty_needs_quantity", unit=account)
        return self.quantities[account] / many


class Duty(Protocol):
    """Any duty expression."""

    def of(self, goods: Consignment) -> Fraction:
        """The money to pay, not rounded."""

    def text(self) -> str:
        """As a customs officer writes it."""


@dataclass(frozen=True, slots=True)
class AdValorem:
    """Percent of the customs value."""

    percent: Fraction

    def of(self, goods: Consignment) -> Fraction:
        return goods.value * self.percent / 100

    def text(self) -> str:
        return f"{plain(self.percent)} %"


@dataclass(frozen=True, slots=True)
class Specific:
    """Money for every ``per`` units."""

    amount: Fraction
    currency: str
    unit: str
    per: Fraction = Fraction(1)

    def of(self, goods: Consignment) -> Fraction:
        _same_currency(goods, self.currency)
        return goods.quantity(self.unit) / self.per * self.amount

    def text(self) -> str:
        many = "" if self.per == 1 else f"{plain(self.per)} "
        return f"{plain(self.amount)} {self.currency}/{many}{self.unit}"


@dataclass(frozen=True, slots=True)
class Sum:
    """All parts together: a compound duty."""

    parts: tuple[Duty, ...]

    def of(self, goods: Consignment) -> Fraction:
        return sum((part.of(goods) for part in self.parts), Fraction(0))

    def text(self) -> str:
        return " + ".join(part.text() for part in self.parts)


@dataclass(frozen=True, slots=True)
class Highest:
    """The highest of several: a mixed duty with a minimum."""

    parts: tuple[Duty, ...]

    def of(self, goods: Consignment) -> Fraction:
        return max(part.of(goods) for part in self.parts)

    def text(self) -> str:
        return f"max({', '.join(part.text() for part in self.parts)})"


@dataclass(frozen=True, slots=True)
class Lowest:
    """The lowest of several: a mixed duty with a ceiling."""

    parts: tuple[Duty, ...]

    def of(self, goods: Consignment) -> Fraction:
        return min(part.of(goods) for part in self.parts)

    def text(self) -> str:
        return f"min({', '.join(part.text() for part in self.parts)})"


@dataclass(frozen=True, slots=True)
class PriceGap:
    """An entry price: what the price of a unit lacks to ``reference``, times ``share``; nothing above it."""

    reference: Fraction
    currency: str
    unit: str
    share: Fraction = Fraction(1)

    def of(self, goods: Consignment) -> Fraction:
        _same_currency(goods, self.currency)
        return max(Fraction(0), goods.quantity(self.unit) * self.reference - goods.value) * self.share

    def text(self) -> str:
        gap = f"({plain(self.reference)} {self.currency}/{self.unit} - price)"
        return gap if self.share == 1 else f"{gap} × {plain(self.share)}"


FREE = AdValorem(Fraction(0))


def ad_valorem_equivalent(duty: Duty, unit_values: Mapping[str, Fraction], currency: str) -> Fraction:
    """The duty as percent of the value, for goods of that price: AVE = duty / value × 100 (WITS, Market Access Map).

    ``unit_values``: price of one unit of account in ``currency``, e.g. ``{"kg": Fraction(3, 5)}``.

    >>> rice = Specific(Fraction(175), "EUR", "t")
    >>> [round(float(ad_valorem_equivalent(rice, {"kg": Fraction(n, 1000)}, "EUR")), 1) for n in (600, 900)]
    [29.2, 19.4]
    """
    if not unit_values or any(price <= 0 for price in unit_values.values()):
        raise KechoError("analytics.duty_needs_price")
    goods = Consignment(Fraction(100), currency, {unit: 100 / price for unit, price in unit_values.items()})
    return duty.of(goods)


def unit_value(
    method: int,
    *,
    line: Fraction | None = None,
    market_hs6: Fraction | None = None,
    reference_hs6: Fraction | None = None,
) -> tuple[Fraction, str]:
    """The price an equivalent is reckoned with, and the name of the step that gave it.

    Method 1 (UNCTAD): the tariff line's own imports, else the market's imports of the HS6, else the reference group's.
    Method 2: the reference group's alone, one price for every market, which keeps margins comparable.
    """
    steps = {1: (("line", line), ("market HS6", market_hs6), ("reference HS6", reference_hs6))}
    steps[2] = (("reference HS6", reference_hs6),)  # type: ignore[assignment]
    for name, price in steps[method]:
        if price is not None:
            return price, f"UNCTAD {method}: {name}"
    raise KechoError("analytics.duty_needs_price")


def quota_duty(within: Fraction, beyond: Fraction, balance: Fraction, quantity: Fraction) -> Fraction:
    """The average rate of a shipment of ``quantity`` under a quota with ``balance`` left: (t_in·Q_in + t_out·Q_out)/Q.

    >>> quota_duty(Fraction(0), Fraction(175), Fraction(30), Fraction(40))
    Fraction(175, 4)
    """
    inside = min(max(balance, Fraction(0)), quantity)
    return (within * inside + beyond * (quantity - inside)) / quantity


def plain(number: Fraction) -> str:
    """A fraction as a decimal of at most six places, without trailing zeros.

    >>> plain(Fraction(17, 2)), plain(Fraction(1, 3)), plain(Fraction(40))
    ('8.5', '0.333333', '40')
    """
    text = f"{float(number):.6f}" if number.denominator != 1 else str(number.numerator)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _same_currency(goods: Consignment, currency: str) -> None:
    if goods.currency != currency:
        raise KechoError("analytics.duty_currency", duty=currency, value=goods.currency)
