"""The path of rates to the last stage as a chart, wide and narrow."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kecho.market_access.offers import Answer, Offer
from kecho.pages import words
from kecho.pages.charts.plot import NARROW, WIDE, Dot, Line, Plot, Rule, svg

MOST_YEARS = 24


def charts(answer: Answer) -> list[str]:
    """SVG for wide and narrow screens; empty where no stage of any agreement is known."""
    offers = [one.offer for one in answer.ranked if len(one.offer.path) > 1]
    if not offers:
        return []
    years = _years(offers)
    mfn = answer.ruling.mfn
    rules = (Rule(_decimal(mfn.percent), "MFN"),) if mfn and mfn.percent is not None else ()
    lines = tuple(_line(one, years, answer.ruling.on) for one in offers)
    plot = Plot(tuple(str(year) for year in years), lines, rules, from_zero=True)
    return [
        svg(plot, words.tick, width=WIDE[0], height=WIDE[1], css="wide"),
        svg(plot.last(13), words.tick, width=NARROW[0], height=NARROW[1], css="narrow"),
    ]


def _years(offers: list[Offer]) -> range:
    first = min(one.path[0].starts.year for one in offers)
    last = max(one.path[-1].starts.year for one in offers)
    return range(first, min(last + 1, first + MOST_YEARS - 1) + 1)


def _line(offer: Offer, years: range, on: date) -> Line:
    dots = []
    for place, year in enumerate(years):
        steps = [step for step in offer.path if step.starts.year <= year]
        if steps:
            step = steps[-1]
            title = f"{offer.agreement} {year}: {words.number(_decimal(step.rate), 1)}%"
            dots.append(Dot(place, _decimal(step.rate), title, is_estimate=year > on.year))
    return Line(f"{offer.agreement}\u00a0", tuple(dots))  # room for a bold label


def _decimal(number: object) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)  # type: ignore[attr-defined]
