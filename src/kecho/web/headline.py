"""The sentence at the top of an indicator's page, in the grammar of the reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from kecho.analytics.intervals import printed_decimals
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.observatory.queries import IndicatorInfo, Point, SeriesInfo
from kecho.pages import words
from kecho.publish.changes import Against, Change, change, growth, growth_from_index
from kecho.publish.model import Figure, Sentence
from kecho.publish.sentences import balance, statement
from kecho.publish.words import lower_first

Points = Mapping[Period, Point]
MOST_DECIMALS = 3

_AGAINST = {
    Measure.INDEX_PY: Against.SAME_PERIOD,
    Measure.INDEX_PP: Against.PREVIOUS_MONTH,
    Measure.INDEX_DEC: Against.DECEMBER,
    Measure.GROWTH: Against.SAME_PERIOD,
}


def figure(point: Point | None) -> Figure | None:
    """A point as a sentence uses it; None where there is no value."""
    if point is None or point.value is None:
        return None
    refs = (point.id,) if point.id is not None else point.inputs
    return Figure(
        point.value,
        point.unit,
        point.decimals,
        refs,
        point.stage,
        is_derived=point.is_derived,
        is_fictional=point.is_fictional,
    )


def headline(
    info: IndicatorInfo, series: SeriesInfo, period: Period, points: Points, published: Points
) -> Sentence | None:
    """What the latest figure says, or None where its measure makes no sentence (an index on a fixed base)."""
    measure, lang = Measure(series.key.measure), words.language()
    now = figure(points.get(period))
    if now is None:
        return None
    subject = _sentence_subject(info, series)
    if measure in (Measure.LEVEL, Measure.SHARE):
        return statement(subject, period, lang, value=_readable(now), changes=_level_changes(period, points, published))
    rate = _rate(points.get(period), measure)
    if rate is None or measure not in _AGAINST:
        return None
    before = _rate(points.get(period.year_before), measure) if measure is Measure.INDEX_PY else None
    return statement(subject, period, lang, value=None, changes=[Change(_AGAINST[measure], rate, before=before)])


def _readable(known: Figure) -> Figure:
    """With no more decimals than anybody reads."""
    given = printed_decimals(known.value) if known.decimals is None else known.decimals
    return replace(known, decimals=MOST_DECIMALS) if given > MOST_DECIMALS else known


def of_balance(info: IndicatorInfo, series: SeriesInfo, period: Period, points: Points) -> Sentence | None:
    """Surplus or deficit in words, beside that of the year before; a rate of growth of it says nothing."""
    now, before = figure(points.get(period)), figure(points.get(period.year_before))
    if now is None:
        return None
    return balance(_sentence_subject(info, series), period, now, words.language(), before=before)


def subject_of(info: IndicatorInfo, series: SeriesInfo) -> str:
    """``Kim ngạch xuất khẩu: Dầu thô, Hà Nội``: the parts that a reader needs to tell it from its neighbours."""
    lang = words.language()
    part = f": {series.label(lang)}" if series.key.breakdown else ""
    place = f", {words.place(series.key.locality)}" if series.key.locality != "VN" else ""
    return info.name(lang) + part + place


def _sentence_subject(info: IndicatorInfo, series: SeriesInfo) -> str:
    """``Kim ngạch xuất khẩu (dầu thô) của Hà Nội``, to stand in a sentence."""
    lang = words.language()
    part = f" ({lower_first(series.label(lang))})" if series.key.breakdown else ""
    place = _(" của %s") % words.place(series.key.locality) if series.key.locality != "VN" else ""
    return info.name(lang) + part + place


def _level_changes(period: Period, points: Points, published: Points) -> list[Change]:
    """Against the month before (single months) and against the same period, with last year's change in brackets."""
    now = figure(points.get(period))
    year_before = period.year_before
    before = _published_rate(published.get(year_before)) or growth(
        figure(points.get(year_before)), figure(points.get(year_before.year_before))
    )
    rate = _published_rate(published.get(period))
    changes = [change(Against.SAME_PERIOD, now, figure(points.get(year_before)), rate, before=before)]
    if period.length == 1:
        changes.insert(0, change(Against.PREVIOUS_MONTH, now, figure(points.get(period.previous))))
    return [one for one in changes if one is not None]


def _published_rate(index: Point | None) -> Figure | None:
    known = figure(index)
    return None if known is None else growth_from_index(known)


def _rate(point: Point | None, measure: Measure) -> Figure | None:
    known = figure(point)
    if known is None or measure is Measure.GROWTH:
        return known
    return growth_from_index(known)
