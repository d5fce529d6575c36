"""Indicators: the list, one indicator with its chart and table, one value with its source and vintages."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.observatory import derive, queries
from kecho.observatory.queries import Point, SeriesKey
from kecho.pages import params, words
from kecho.pages.charts.plot import Plot, svg
from kecho.pages.charts.small import sparkline
from kecho.web import headline, plan_lines, series_view
from kecho.web.caching import kept
from kecho.web.overview import Entry, overview
from kecho.web.plan_lines import PlanLines
from kecho.web.views import asked
from kecho.web.views.asked import AskedSeries

KIND_NAMES = {"month": _("Theo tháng"), "ytd": _("Lũy kế"), "quarter": _("Theo quý"), "year": _("Theo năm")}
NARROW_PLACES = 13
SOURCES_NAMED = 2


@require_safe
@kept
def index(request: HttpRequest) -> HttpResponse:
    """All indicators of the catalogue for one place."""
    places = queries.localities_with_data()
    place = asked.locality(request, settings.LOCALITY or (places[0] if places else "VN"))
    as_of = params.as_of(request.GET)
    entries = overview(place, as_of)
    context = {
        "nav": "indicators",
        "places": places,
        "place": place,
        "as_of": as_of,
        "entries": [(entry, _spark(entry)) for entry in entries if entry.series_count],
        "empty": [entry.info for entry in entries if not entry.series_count],
    }
    return render(request, "web/indicators.html", context)


@require_safe
@kept
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One series of an indicator: what it says, how it went, every figure with its source."""
    chosen = asked.series(request, code)
    if chosen is None:
        return render(request, "web/indicator_empty.html", {"nav": "indicators", "info": asked.indicator(code)})
    points, published = load(chosen)
    kinds = series_view.kinds_of(points)
    kind = params.choice(request.GET, "kind", series_view.KINDS, kinds[0] if kinds else "month")
    of_kind = series_view.of_kind(points, kind)
    measure = Measure(chosen.series.key.measure)
    rows = series_view.rows(of_kind, published, measure)
    decimals = chosen.info.decimals_of(measure)
    if not measure.is_index:
        decimals = series_view.decimals_of(of_kind.values(), decimals)
    latest = next((row for row in rows if row.point.value is not None), None)
    plan = plan_lines.plan_lines(chosen.series, kind, latest.period, chosen.as_of) if latest else PlanLines()
    context = {
        "nav": "indicators",
        "chosen": chosen,
        "key": chosen.series.key,
        "subject": headline.subject_of(chosen.info, chosen.series),
        "kind": kind,
        "kinds": [(name, KIND_NAMES[name]) for name in kinds],
        "rows": rows,
        "decimals": decimals,
        "latest": latest,
        "headline": headline.headline(chosen.info, chosen.series, latest.period, points, published) if latest else None,
        "charts": _charts(series_view.plot(of_kind, kind, measure, plan)),
        "is_level": measure is Measure.LEVEL,
        "has_rate": measure.is_index,
        "marks": _marks(of_kind),
        "plan": plan,
        "source": _source(chosen, rows),
        "today": timezone.localdate(),
        "kind_name": KIND_NAMES[kind],
        "query": _query(chosen, kind, chosen.as_of),
        "query_without_kind": _query(chosen, "", chosen.as_of),
        "address": request.build_absolute_uri(f"{request.path}?{_query(chosen, kind, _knowledge_day(chosen))}"),
    }
    return render(request, "web/indicator.html", context)


@require_safe
@kept
def value(request: HttpRequest, pk: int) -> HttpResponse:
    """One observation: the cell it came from, and every figure ever given for the same period."""
    try:
        detail = queries.point(pk)
    except KechoError:
        raise KechoError("web.unknown_value", value=pk) from None
    info, point, measure = asked.indicator(detail.key.indicator), detail.point, detail.key.measure
    has_value = point.value is not None
    context = {
        "nav": "indicators",
        "detail": detail,
        "info": info,
        "printed": series_view.printed_value(point, info, measure) if has_value else "",
        "is_rounded": has_value and series_view.rounded(point, info, measure) != point.value,
        "subject": headline.subject_of(info, detail.series),
        "query": urlencode({name: getattr(detail.key, name) for name in ("locality", "breakdown", "measure")}),
        "vintages": list(zip(detail.vintages, _revisions(detail.vintages), strict=True))[::-1],
    }
    return render(request, "web/value.html", context)


def load(chosen: AskedSeries) -> tuple[dict[Period, Point], dict[Period, Point]]:
    """The series with what follows exactly from it (months, years to date), and its published index beside a level."""
    key, as_of = chosen.series.key, chosen.as_of
    if key.measure != Measure.LEVEL:
        return queries.points(key, as_of), {}
    index_key = SeriesKey(key.indicator, key.breakdown, key.locality, Measure.INDEX_PY.value)
    found = queries.many_points([key, index_key], as_of)
    levels = {**derive.monthly(key, as_of), **found[key]}
    return {**_years_to_date(levels, key), **levels}, found[index_key]


def _years_to_date(levels: dict[Period, Point], key: SeriesKey) -> dict[Period, Point]:
    """Years to date that nobody published but the months give."""
    wanted = {Period.ytd(period.year, period.month) for period in levels if period.length == 1}
    sums = {period: derive.cumulative_of(levels, key, period) for period in wanted - set(levels)}
    return {period: point for period, point in sums.items() if point is not None}


def _spark(entry: Entry) -> str:
    months = [point.value if point else None for point in entry.months]
    is_open = bool(entry.months and entry.months[-1] and entry.months[-1].stage != "official")
    return sparkline(months, is_last_hollow=is_open)


def _charts(plot: Plot) -> list[str]:
    """The same chart twice: for wide and for narrow screens, of which the style sheet shows one."""
    decimals = 0

    def number(tick: Any) -> str:
        places = max(decimals, -tick.normalize().as_tuple().exponent)
        return words.number(tick, places)

    wide = svg(plot, number, width=900, height=330, css="wide")
    return [wide, svg(plot.last(NARROW_PLACES), number, width=360, height=300, css="narrow")] if wide else []


def _marks(points: dict[Period, Point]) -> set[str]:
    """Which signs the chart and the table use, so that their key explains these and no others."""
    marks = {str(point.stage) for point in points.values()}
    marks |= {"derived"} if any(point.is_derived for point in points.values()) else set()
    return marks | ({"fictional"} if any(point.is_fictional for point in points.values()) else set())


def _source(chosen: AskedSeries, rows: list[series_view.Row]) -> str:
    """Who published the figures: the catalogue's office where workbooks brought them, else the releases by name."""
    lang = words.language()
    others = dict.fromkeys(row.point.release.title for row in rows if row.point.release.kind != "workbook")
    if not others:
        return chosen.info.source(lang)
    named = list(others)[:SOURCES_NAMED]
    return "; ".join(named) + ("; …" if len(others) > len(named) else "")


def _revisions(vintages: tuple[Point, ...]) -> list[Any]:
    """By how much each vintage changed the one before it; None for the first."""
    changes: list[Any] = [None]
    for before, now in pairwise(vintages):
        changes.append(None if before.value is None or now.value is None else now.value - before.value)
    return changes[: len(vintages)]


def _knowledge_day(chosen: AskedSeries) -> date:
    """The day whose knowledge the page shows: quoted in the citation, it brings back the same figures for ever."""
    return chosen.as_of or timezone.localdate()


def _query(chosen: AskedSeries, kind: str, as_of: date | None) -> str:
    """The query string that brings this view back, everything named."""
    key = chosen.series.key
    named = {"locality": key.locality, "breakdown": key.breakdown, "measure": key.measure, "kind": kind, "as_of": as_of}
    return urlencode({name: text for name, text in named.items() if text})
