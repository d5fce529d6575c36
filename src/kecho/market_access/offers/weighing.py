"""A ruling applied to a consignment: duty in money, the ranking, the margin and the money saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from kecho.analytics.duties import Consignment
from kecho.kernel.errors import KechoError
from kecho.market_access.agreements import market_names
from kecho.market_access.offers.remarks import remark
from kecho.market_access.offers.ruling import Offer, Ruling
from kecho.market_access.quotas import Balance


@dataclass(frozen=True, slots=True)
class Ask:
    """A consignment: customs value in ``currency``; ``exchange``: units of the market's money for one of it."""

    value: Fraction
    currency: str = "USD"
    exchange: Fraction | None = None
    quantities: Mapping[str, Fraction] | None = None
    value_eur: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """An offer with the money: ``duty`` in the question's currency, None with ``unknown`` saying what is missing.

    ``margin`` is the MFN percent less this one; ``saved`` the MFN duty less this one. ``equivalent``: percent by
    the method named in ``equivalent_by``, where one was chosen and the duty is no plain percent.
    """

    offer: Offer
    duty: Fraction | None
    unknown: KechoError | None
    margin: Fraction | None
    saved: Fraction | None
    equivalent: Fraction | None = None
    equivalent_by: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The offers in the order in which they pay: firm ones by duty, then by effort of proof, then by what is open."""

    ruling: Ruling
    ask: Ask
    ranked: tuple[Weighed, ...]
    quotas: tuple[Balance, ...] = ()

    @property
    def best(self) -> Weighed | None:
        """The first firm offer whose duty is known."""
        return next((one for one in self.ranked if one.offer.is_firm and one.duty is not None), None)


def weigh(ruling: Ruling, ask: Ask) -> Answer:
    """Raises ``market_access.no_rate`` where the line has no rate at all for that origin and day."""
    if not ruling.offers:
        line = ruling.line
        raise KechoError(
            "market_access.no_rate", line=line.code, market=line.market, origin=ruling.origin, on=ruling.on
        )
    mfn = ruling.mfn
    mfn_duty = _duty(mfn, ruling, ask)[0] if mfn else None
    weighed = []
    for offer in ruling.offers:
        duty, unknown = _duty(offer, ruling, ask)
        margin = mfn.alone - offer.alone if mfn and mfn.alone is not None and offer.alone is not None else None
        saved = mfn_duty - duty if mfn_duty is not None and duty is not None else None
        weighed.append(Weighed(_limited(offer, ask), duty, unknown, margin, saved))
    weighed.sort(key=_rank)
    return Answer(ruling, ask, tuple(weighed))


def _rank(one: Weighed) -> tuple[bool, bool, Fraction, int, int, str]:
    known = one.duty is not None
    return (
        not one.offer.is_firm,
        not known,
        one.duty or Fraction(0),
        one.offer.effort,
        one.offer.risk,
        one.offer.agreement,
    )


def _duty(offer: Offer, ruling: Ruling, ask: Ask) -> tuple[Fraction | None, KechoError | None]:
    """In the question's currency; a plain percent needs no exchange rate."""
    if offer.percent is not None:
        return ask.value * offer.percent / 100, None
    currency = market_names().get(ruling.line.market, {}).get("currency", "")
    if ask.currency != currency and ask.exchange is None:
        return None, KechoError("analytics.duty_currency", duty=currency, value=ask.currency)
    rate = Fraction(1) if ask.currency == currency else ask.exchange or Fraction(1)
    try:
        return offer.duty.of(Consignment(ask.value * rate, currency, ask.quantities or {})) / rate, None
    except KechoError as reason:
        return None, reason


def _limited(offer: Offer, ask: Ask) -> Offer:
    """Without the proofs that a consignment of that value may not use."""
    value = ask.value if ask.currency == "EUR" else ask.value_eur
    limits = [proof.limit_eur for proof in offer.proofs if proof.limit_eur is not None]
    if value is None or not limits or value <= max(limits):
        return offer
    proofs = tuple(proof for proof in offer.proofs if proof.limit_eur is None or value <= proof.limit_eur)
    return replace(offer, proofs=proofs, remarks=(*offer.remarks, remark("proof_limit", limit=max(limits))))
