"""The report's charts: what they show, their words, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kecho.kernel import formats, units
from kecho.kernel.measures import Stage
from kecho.kernel.periods import Period
from kecho.publish import charts, sentences
from kecho.publish.changes import Against, Change
from kecho.publish.composing import Composer
from kecho.publish.model import Block, Cell, Chart, Column, Row, Table
from kecho.publish.pieces import Figure
from kecho.publish.printing import plain_number, rounded, scaled
from kecho.publish.tables import figure_cell, footnotes, localised

BARS, FEWEST = 13, 4  # months in a bar chart; below FEWEST points a chart says nothing
YEARS = 3

History = Sequence[tuple[Period, Figure]]


def growth_chart(composer: Composer, indicator: str, name: str) -> list[Block]:
    """Growth on the same month of last year over the last thirteen months."""
    history = composer.desk.growth_history(indicator, months=BARS)
    if len(history) < FEWEST:
        return []
    marks = [
        charts.Mark(span, rounded(figure), _signed(figure, composer.lang), figure.stage) for span, figure in history
    ]
    return [_chart(composer, name, history, charts.growth_bars(marks, composer.lang), history[-1][1], unit="%")]


def level_chart(composer: Composer, indicator: str, name: str) -> list[Block]:
    """Monthly levels of three years, one line a year."""
    first = Period.of_month(composer.month.year - YEARS + 1, 1)
    history = composer.desk.history(indicator, months=composer.month.end - first.start)
    if len(history) < FEWEST:
        return []
    shown = [(span, scaled(figure)) for span, figure in history]
    common = max({figure.unit for _, figure in shown}, key=[figure.unit for _, figure in shown].count)
    shown = [(span, figure) for span, figure in shown if figure.unit == common]
    marks = [charts.Mark(s, f.value, plain_number(f.value, composer.lang, f.decimals), f.stage) for s, f in shown]
    change = composer.desk.growth_on_year(indicator, "", composer.month)
    unit = units.symbol(common, composer.lang)
    return [_chart(composer, name, shown, charts.year_lines(marks, composer.lang), change, unit=unit)]


def _chart(
    composer: Composer, name: str, history: History, spec: dict[str, Any], change: Figure | None, *, unit: str
) -> Chart:
    lang = composer.lang
    last_span, last = history[-1]
    period = formats.period(last_span, lang)
    place = composer.desk.place_name
    subtitle = composer.say(f"chart.{name}_subtitle", place=place, unit=unit)
    if any(figure.stage is not Stage.OFFICIAL for _, figure in history):
        subtitle = f"{subtitle}. {composer.say('chart.hollow')}"
    if any(figure.is_fictional for _, figure in history):
        subtitle = f"{subtitle} {' '.join(footnotes(composer, [figure for _, figure in history]))}"
    if change is not None and last_span == composer.month:
        words = sentences.change_words(Change(Against.SAME_PERIOD, change), lang)
        headline = composer.say(f"chart.{name}_title", period=period, change=words)
    else:
        headline = composer.say("chart.neutral_title", name=subtitle.split(",")[0])
    title = composer.numbered("chart", headline)
    before = dict(history).get(last_span.year_before)
    texts = {
        "last": plain_number(last.value, lang, last.decimals),
        "before": plain_number(before.value, lang, before.decimals) if before else "…",
    }
    alt = composer.say("chart.alt", title=headline, subtitle=subtitle.split(". ")[0], period=period, **texts)
    return Chart(f"chart-{name}", title, subtitle, alt, spec, _data(composer, title, history, unit), "")


def _data(composer: Composer, title: str, history: History, unit: str) -> Table:
    columns = (
        Column(composer.say("chart.month"), 1, "left"),
        Column(f"{composer.say('chart.value')} ({unit})", 1),
    )
    rows = tuple(
        Row((Cell(formats.period(span, composer.lang, "title")), localised(figure_cell(figure), composer.lang)))
        for span, figure in history
    )
    return Table("data", title, columns, rows)


def _signed(figure: Figure, lang: str) -> str:
    return plain_number(figure.value, lang, figure.decimals)
