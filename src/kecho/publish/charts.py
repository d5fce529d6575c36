"""Charts as Vega-Lite specifications, drawn on the server: no script, no network, the vendored typeface.

House rules: the title states the trend, the subtitle what, where and in which unit; lines are labelled directly; bars
start at zero; no second axis; months are T1 to T12; estimates are dashed, provisional points hollow; monthly and
cumulative figures are never mixed. The specification is plain data; a test holds it against Altair's schema.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from textwrap import wrap
from typing import Any

from kecho.kernel.calendar_words import MONTHS_EN
from kecho.kernel.measures import Stage
from kecho.kernel.periods import Period
from kecho.publish.textwidth import FONT_FAMILY
from kecho.publish.tones import MUTED, SERIES, TONES

WIDTH, HEIGHT = 600, 165
LABEL_LETTERS = 34  # of a name beside a bar; longer ones go on in a second line
FONTS = f"{FONT_FAMILY}, Times New Roman, serif"  # a missing family would drop all text without a word
_MONTHS = {"vi": [f"T{n}" for n in range(1, 13)], "en": [name[:3] for name in MONTHS_EN]}
_LOCALES = {
    "vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", ""]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]},
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One value in a chart, with the text that stands for it."""

    period: Period
    value: Decimal
    text: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class Bar:
    """One horizontal bar: a target's progress, with the expected share of the year as a tick."""

    name: str
    value: Decimal
    text: str
    tone: str
    expected: Decimal | None = None


def year_lines(marks: Sequence[Mark], lang: str) -> dict[str, Any]:
    """Months across, one line a year: this year strong, the years before behind it."""
    years = sorted({mark.period.year for mark in marks})
    colours = [*[MUTED] * max(0, len(years) - 2), *SERIES[1::-1]][-len(years) :]
    names = _MONTHS[lang]
    values = [_line_value(mark, names) for mark in marks]
    x = {"field": "month", "type": "ordinal", "scale": {"domain": names}, "axis": {"title": None, "labelAngle": 0}}
    y = {"field": "value", "type": "quantitative", "scale": {"zero": False}, "axis": {"title": None, "tickCount": 5}}
    colour = {"field": "year", "type": "nominal", "legend": None, "scale": {"domain": years, "range": colours}}
    ends = [value for value, mark in zip(values, marks, strict=True) if mark is _last(marks, mark.period.year)]
    for value in ends:
        value["label"] = f"{value['year']}: {value['text']}" if value["year"] == years[-1] else str(value["year"])
    dash = {
        "field": "dashed",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": [0, 1], "range": [[1, 0], [4, 3]]},
    }
    hollow = {"condition": {"test": "datum.stage !== 'official'", "value": "white"}, **colour}
    return _spec(
        lang,
        layer=[
            {
                "data": {"values": _segments(marks, names)},
                "mark": {"type": "line", "strokeWidth": 2},
                "encoding": {"x": x, "y": y, "color": colour, "detail": {"field": "segment"}, "strokeDash": dash},
            },
            {
                "data": {"values": values},
                "mark": {"type": "point", "size": 28, "filled": False, "strokeWidth": 1.5, "opacity": 1},
                "encoding": {"x": x, "y": y, "color": colour, "fill": hollow},
            },
            {
                "data": {"values": ends},
                "mark": {"type": "text", "align": "left", "dx": 7, "dy": -7, "fontWeight": "bold", "fontSize": 12},
                "encoding": {"x": x, "y": y, "color": colour, "text": {"field": "label"}},
            },
        ],
    )


def growth_bars(marks: Sequence[Mark], lang: str) -> dict[str, Any]:
    """Growth month by month as bars up and down from zero; estimated and provisional months are hollow."""
    order = [_axis_label(mark.period, lang, is_first=mark is marks[0]) for mark in marks]
    values = [
        {
            "month": label,
            "value": float(mark.value),
            "text": mark.text,
            "sign": "up" if mark.value >= 0 else "down",
            "stage": mark.stage.value,
        }
        for label, mark in zip(order, marks, strict=True)
    ]
    words = "length(split(datum.value, '|')[1]) > 2 ? split(datum.value, '|') : split(datum.value, '|')[0]"
    x = {
        "field": "month",
        "type": "ordinal",
        "sort": order,
        "axis": {"title": None, "labelAngle": 0, "labelExpr": words},
    }
    y = {"field": "value", "type": "quantitative", "axis": {"title": None, "tickCount": 5}, "scale": {"padding": 16}}
    signs = {"domain": ["up", "down"], "range": list(SERIES[:2])}
    colour = {"field": "sign", "type": "nominal", "legend": None, "scale": signs}
    fill = {"condition": {"test": "datum.stage !== 'official'", "value": "white"}, **colour}
    dash = {"condition": {"test": "datum.stage === 'estimate'", "value": [4, 3]}, "value": [1, 0]}
    text = {"x": x, "y": y, "text": {"field": "text"}}
    return _spec(
        lang,
        data={"values": values},
        layer=[
            {
                "mark": {"type": "bar", "strokeWidth": 1.5, "width": {"band": 0.62}},
                "encoding": {"x": x, "y": y, "stroke": colour, "fill": fill, "strokeDash": dash},
            },
            {
                "transform": [{"filter": "datum.sign === 'up'"}],
                "mark": {"type": "text", "dy": -7, "fontSize": 11},
                "encoding": text,
            },
            {
                "transform": [{"filter": "datum.sign === 'down'"}],
                "mark": {"type": "text", "dy": 8, "fontSize": 11},
                "encoding": text,
            },
            {"mark": {"type": "rule", "color": "#3D3D3D"}, "encoding": {"y": {"datum": 0}}},
        ],
    )


def progress_bars(bars: Sequence[Bar], lang: str, tick_name: str) -> dict[str, Any]:
    """Percent of plan as horizontal bars from zero; a tick marks the share of the year that was to be expected."""
    names = {bar.name: "|".join(wrap(bar.name, LABEL_LETTERS)) for bar in bars}
    order = list(names.values())
    values = [
        {
            "name": names[bar.name],
            "value": float(bar.value),
            "text": bar.text,
            "tone": bar.tone,
            "free": float(max(bar.value, bar.expected or bar.value)),  # the text stands right of bar and tick
        }
        | ({"expected": float(bar.expected)} if bar.expected is not None else {})
        for bar in bars
    ]
    tones = list(TONES)
    axis = {"title": None, "labelLimit": 300, "ticks": False, "labelExpr": "split(datum.value, '|')"}
    y = {"field": "name", "type": "nominal", "sort": order, "axis": axis}
    x = {"field": "value", "type": "quantitative", "axis": {"title": None, "tickCount": 6}, "scale": {"domainMin": 0}}
    palette = {"domain": tones, "range": [TONES[name].colour for name in tones]}
    colour = {"field": "tone", "type": "nominal", "legend": None, "scale": palette}
    ticked = [value for value in values if "expected" in value]
    return _spec(
        lang,
        height=max(76, 42 * len(bars)),
        width=WIDTH - 200,
        layer=[
            {
                "data": {"values": values},
                "mark": {"type": "bar", "height": 14},
                "encoding": {"x": x, "y": y, "color": colour},
            },
            {
                "data": {"values": values},
                "mark": {"type": "text", "align": "left", "dx": 7, "fontSize": 12, "fontWeight": "bold"},
                "encoding": {"x": {"field": "free", "type": "quantitative"}, "y": y, "text": {"field": "text"}},
            },
            {
                "data": {"values": ticked},
                "mark": {"type": "tick", "thickness": 2.5, "size": 26, "color": "black"},
                "encoding": {"x": {"field": "expected", "type": "quantitative"}, "y": y},
            },
            {
                "data": {"values": ticked[:1]},
                "mark": {"type": "text", "dy": -19, "fontSize": 11, "color": "black"},
                "encoding": {"x": {"field": "expected", "type": "quantitative"}, "y": y, "text": {"value": tick_name}},
            },
        ],
    )


def _spec(lang: str, *, width: int = WIDTH, height: int = HEIGHT, **parts: Any) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "height": height,
        "background": "white",
        "padding": {"left": 5, "top": 5, "right": 70, "bottom": 5},
        **parts,
        "config": {
            "font": FONTS,
            "locale": {"number": _LOCALES[lang]},
            "view": {"stroke": None},
            "axis": {"labelFontSize": 12, "gridColor": "#E3E3E3", "domainColor": "#6E6E6E", "labelColor": "#262626"},
            "axisX": {"grid": False},
        },
    }


def _axis_label(period: Period, lang: str, *, is_first: bool) -> str:
    """``T1|2025`` where the year is to be shown (first bar, January), else ``T2|25``: one label for each month."""
    name = _MONTHS[lang][period.month - 1]
    return f"{name}|{period.year}" if is_first or period.month == 1 else f"{name}|{period.year % 100:02d}"


def _line_value(mark: Mark, names: list[str]) -> dict[str, Any]:
    return {
        "month": names[mark.period.month - 1],
        "value": float(mark.value),
        "year": mark.period.year,
        "text": mark.text,
        "stage": mark.stage.value,
    }


def _segments(marks: Sequence[Mark], names: list[str]) -> list[dict[str, Any]]:
    """Both ends of each stretch between neighbouring months of one year; dashed where it leads to an estimate."""
    ends = []
    for number, (left, right) in enumerate(pairwise(marks)):
        if left.period.year == right.period.year and right.period.start == left.period.end:
            dashed = int(right.stage is Stage.ESTIMATE)
            ends += [_line_value(mark, names) | {"segment": number, "dashed": dashed} for mark in (left, right)]
    return ends


def _last(marks: Sequence[Mark], year: int) -> Mark:
    return max((mark for mark in marks if mark.period.year == year), key=lambda mark: mark.period)
