"""Rates, money, markets and remarks in the page's language."""

from __future__ import annotations

from fractions import Fraction

from django import template

from kecho.analytics.duties import plain
from kecho.market_access.agreements import market_names
from kecho.market_access.offers import Offer, Weighed
from kecho.market_access.output import money as to_cents
from kecho.pages import words

register = template.Library()


@register.filter
def money(amount: Fraction | None) -> str:
    """Two decimals in the language's marks; a dash for what is not known."""
    return "–" if amount is None else words.number(to_cents(amount), 2)


@register.filter
def rate(offer: Offer) -> str:
    """The rate as an officer writes it, with the language's decimal mark."""
    text = offer.duty.text().replace(" %", "%")
    return text.replace(".", ",") if words.language() == "vi" else text


@register.filter
def fraction(number: Fraction | None) -> str:
    """A percent without trailing zeros."""
    if number is None:
        return "–"
    return plain(number).replace(".", ",") if words.language() == "vi" else plain(number)


@register.filter
def market(code: str) -> str:
    """The name of a market or origin."""
    return market_names().get(code, {}).get(words.language(), code)


@register.filter
def equivalent(one: Weighed, value: Fraction) -> str:
    """A duty that is no plain percent as percent: by the method chosen, named, else of this consignment's value."""
    if one.equivalent is not None:
        return f"≈ {words.number(to_cents(one.equivalent), 1)}% ({one.equivalent_by})"
    if one.duty is None or one.offer.percent is not None or not value:
        return ""
    return f"≈ {words.number(to_cents(one.duty / value * 100), 1)}%"


@register.filter
def rounding(text: str) -> str:
    """How interim rates are rounded, "xuống 0,1"."""
    how, _, step = text.partition(" ")
    names = {"down": ("xuống", "down"), "nearest": ("gần nhất", "to the nearest"), "none": ("không", "not")}
    is_vi = words.language() == "vi"
    return f"{names[how][0 if is_vi else 1]} {step.replace('.', ',') if is_vi else step}"


@register.filter
def in_words(remark: object) -> str:
    """A remark in the page's language."""
    return str(remark.text(words.language()))  # type: ignore[attr-defined]
