"""Stored and derived indicators read through one door: the pages, the search and the API need not tell them apart.

A formula stands here as an entry of the catalogue with one series a place. Its points are computed by ``formulas`` from
what the reader may see of the parts, rounded to the decimals that it prints, so that page, file, API and command agree.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.kernel.quantities import round_half_up
from kecho.observatory import catalogue, formulas, geography, queries
from kecho.observatory.catalogue import Direction, IndicatorInfo
from kecho.observatory.formulas import Formula, Kind
from kecho.observatory.geography import Geography
from kecho.observatory.values import Point, SeriesInfo, SeriesKey

_MEASURES = {Kind.SHARE: Measure.SHARE, Kind.INDEX_CHAIN: Measure.INDEX_BASE}


def indicators() -> list[IndicatorInfo]:
    """The whole catalogue, then the formulas."""
    return [*queries.indicators(), *(info(one) for one in formulas.formulas().values())]


def indicator(code: str) -> IndicatorInfo:
    """One entry, stored or derived. Raises ``observatory.unknown_indicator``."""
    one = formulas.formulas().get(code)
    return queries.indicator(code) if one is None else info(one)


def info(one: Formula) -> IndicatorInfo:
    """A formula as an entry of the catalogue; its definition is the formula in words."""
    parts = [catalogue.indicator(part.indicator) for part in one.of]
    measure = measure_of(one)
    return IndicatorInfo(
        code=one.code,
        name_vi=one.name_vi,
        name_en=one.name_en,
        definition_vi=f"Công thức: {one.sentence('vi')}.",
        definition_en=f"Formula: {one.sentence('en')}.",
        unit=one.unit,
        measures=(measure,),
        frequency=parts[0].frequency,
        direction=Direction.NEUTRAL,
        source_vi="; ".join(dict.fromkeys(part.source("vi") for part in parts)),
        source_en="; ".join(dict.fromkeys(part.source("en") for part in parts)),
        legal=(),
        decimals={measure: one.decimals},
        item_sets=(),
        is_additive=False,
        is_derived=True,
    )


def measure_of(one: Formula) -> Measure:
    """What kind of number a formula gives."""
    return _MEASURES.get(one.kind, Measure.LEVEL)


def is_balance(code: str) -> bool:
    """A difference, which passes through zero: a rate of growth of it says nothing."""
    one = formulas.formulas().get(code)
    return one is not None and one.kind is Kind.DIFFERENCE


def part_keys(key: SeriesKey) -> list[SeriesKey]:
    """The stored series that a series is computed from; a stored one is its own."""
    one = formulas.formulas().get(key.indicator)
    return [key] if one is None else [part.key(key.locality, one.measure) for part in one.of]


def series_list(indicator: str | None = None, locality: str | None = None) -> list[SeriesInfo]:
    """The series that have figures, stored ones first, as ``queries.series_list`` gives them."""
    wanted = [one for one in formulas.formulas().values() if indicator in (None, one.code)]
    if indicator is None or not wanted:
        stored = queries.series_list(indicator, locality)
        return stored + _derived_from(stored, wanted)
    codes = dict.fromkeys(part.indicator for one in wanted for part in one.of)
    return _derived_from([found for code in codes for found in queries.series_list(code, locality)], wanted)


def points(
    key: SeriesKey,
    as_of: date | None = None,
    start: Period | None = None,
    end: Period | None = None,
    on: Geography | None = None,
) -> dict[Period, Point]:
    """The points of a series, stored or derived, on a geography where one is asked for.

    Raises what ``geography.rebuilt`` raises.
    """
    one = formulas.formulas().get(key.indicator)
    if one is None and on is None:
        return queries.points(key, as_of, start, end)
    found = geography.rebuilt(key, on, as_of).points if one is None and on else _computed(one, key, as_of, on)
    return {
        period: point
        for period, point in found.items()
        if (start is None or period.start >= start.start) and (end is None or period.end <= end.end)
    }


def many_points(keys: list[SeriesKey], as_of: date | None = None) -> dict[SeriesKey, dict[Period, Point]]:
    """``points`` of many series, the stored ones in few queries."""
    made = {key: points(key, as_of) for key in keys if key.indicator in formulas.formulas()}
    return {**queries.many_points([key for key in keys if key not in made], as_of), **made}


def _computed(one: Formula | None, key: SeriesKey, as_of: date | None, on: Geography | None) -> dict[Period, Point]:
    if one is None or key.breakdown or key.measure != measure_of(one):
        return {}
    if on is None:
        return _printed(one, formulas.points(one, key.locality, as_of))
    rebuilt = [geography.rebuilt(part, on, as_of).points for part in part_keys(key)]
    return _printed(one, formulas.compute(one, [formulas.with_values(found) for found in rebuilt]))


def _printed(one: Formula, found: dict[Period, Point]) -> dict[Period, Point]:
    """Rounded to what is printed."""
    return {period: replace(point, value=round_half_up(point.number, one.decimals)) for period, point in found.items()}


def _derived_from(stored: list[SeriesInfo], wanted: list[Formula]) -> list[SeriesInfo]:
    """The series of formulas, for each place where the parts meet in at least one period, in one read of points."""
    keys = {info.key for info in stored}
    places = sorted({key.locality for key in keys}, key=lambda code: (code != "VN", code))
    asked = [(one, place, [part.key(place, one.measure) for part in one.of]) for one in wanted for place in places]
    asked = [(one, place, parts) for one, place, parts in asked if keys.issuperset(parts)]
    known = queries.many_points(key for _one, _place, parts in asked for key in parts)
    made = []
    for one, place, parts in asked:
        periods = formulas.compute(one, [formulas.with_values(known[key]) for key in parts])
        if periods:
            key = SeriesKey(one.code, "", place, measure_of(one).value)
            first = min(periods, key=lambda period: (period.start, period.end))
            last = max(periods, key=lambda period: (period.end, period.start))
            made.append(SeriesInfo(key, one.name_vi, one.name_en, one.unit, True, first, last, len(periods)))
    return made


def assumed(key: SeriesKey, on: Geography, lang: str, as_of: date | None = None) -> str:
    """What a series on a geography rests on."""
    return geography.rebuilt(part_keys(key)[0], on, as_of).assumed(lang)


def geographies(key: SeriesKey) -> list[Geography]:
    """The geographies that a series can be rebuilt on: none for a place that the merger left alone."""
    adds_up = all(catalogue.adds_up(part.indicator, part.measure) for part in part_keys(key))
    return [on for on in Geography if geography.changes_on(key.locality, on) and (adds_up or on is Geography.OLD)]
