"""How a figure is printed: its digits, its scale, a no-break space before its unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from kecho.analytics.intervals import printed_decimals
from kecho.kernel import formats
from kecho.kernel.periods import Period
from kecho.kernel.quantities import Quantity
from kecho.publish.pieces import Figure

RATES = ("percent", "percentage_point")


@dataclass(frozen=True, slots=True)
class Scale:
    """In sentences a level of ``at_least`` or more is said in a bigger unit: 31.107 triệu USD as 31,11 tỷ USD."""

    unit: str
    at_least: Decimal
    power: int
    decimals: int


SCALES = {
    "million_usd": Scale("billion_usd", Decimal(1000), 3, 2),
    "thousand_usd": Scale("million_usd", Decimal(1000), 3, 1),
    "billion_vnd": Scale("trillion_vnd", Decimal(1000), 3, 1),
    "million_vnd": Scale("billion_vnd", Decimal(1000), 3, 1),
}


def decimals_of(figure: Figure) -> int:
    """How many decimals are printed: what the figure allows, or as many as it has."""
    return printed_decimals(figure.value) if figure.decimals is None else figure.decimals


def rounded(figure: Figure) -> Decimal:
    """The value as printed, halves away from zero as schools and Excel do."""
    return figure.value.quantize(Decimal(1).scaleb(-decimals_of(figure)), ROUND_HALF_UP)


def scaled(figure: Figure, unit: str = "") -> Figure:
    """The figure in the unit in which a sentence says it, or in ``unit`` where that is its next bigger one."""
    scale = SCALES.get(figure.unit)
    if scale is None or (scale.unit != unit if unit else abs(figure.value) < scale.at_least):
        return figure
    value = figure.value.scaleb(-scale.power)
    decimals = min(scale.decimals, printed_decimals(value.normalize()))  # "7.100 triệu" was printed as "7,1 tỷ"
    return replace(figure, value=value, unit=scale.unit, decimals=decimals)


def figure_text(figure: Figure, lang: str) -> str:
    """``31,11 tỷ USD``, ``17,2%``, ``1,6 điểm phần trăm``: the size without its sign, which is a word's business."""
    figure = scaled(figure)
    size = abs(rounded(figure))
    decimals = decimals_of(figure)
    if figure.unit == "percent":
        return formats.percent(size, lang, decimals)
    text = formats.quantity(Quantity(size, figure.unit, decimals), lang, decimals=decimals)
    first_only = (
        1 if text[0].isdigit() else -1
    )  # "3,0 điểm phần trăm" may break inside its words, "VND 16 trillion" not
    return text.replace(" ", formats.NO_BREAK, first_only)


def period_text(period: Period, lang: str) -> str:
    """A period inside a sentence: ``2 tháng đầu năm 2025``, ``the first two months of 2025``."""
    text = formats.period(period, lang)
    return f"the {text}" if lang == "en" and text.startswith(("first ", "second ")) else text


def times_text(growth: Figure, lang: str) -> str:
    """``2,2`` for a growth of 118.8 %: how many times the base it is."""
    decimals = min(1, decimals_of(growth) + 2)
    times = (growth.value / 100 + 1).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return formats.number(times, lang, decimals)


def plain_number(value: Decimal, lang: str, decimals: int | None) -> str:
    """A number for a table cell, with its sign (a true minus sign)."""
    places = printed_decimals(value) if decimals is None else decimals
    size = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = formats.number(abs(size), lang, places)
    return f"\u2212{text}" if size < 0 else text
