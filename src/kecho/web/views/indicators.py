"""Indicators: the list, one indicator with its chart and table, one value with its source and vintages."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.observatory import derived, notices, queries, revision_stats
from kecho.observatory.queries import Point
from kecho.pages import params, words
from kecho.pages.charts.plot import NARROW, WIDE, Plot, svg
from kecho.pages.charts.small import sparkline
from kecho.web import headline, reuse, revised, series_view
from kecho.web.board_view import next_release
from kecho.web.caching import kept, remembered
from kecho.web.overview import Entry, overview
from kecho.web.shown import Shown, shown_of, source_of
from kecho.web.views import asked
from kecho.web.views.asked import AskedSeries

API_KINDS = {"month": "month", "ytd": "year_to_date", "quarter": "quarter", "year": "year"}
NARROW_PLACES = 13


@require_safe
@kept
def index(request: HttpRequest) -> HttpResponse:
    """All indicators of the catalogue for one place."""
    places = queries.localities_with_data()
    place = asked.locality(request, settings.LOCALITY or (places[0] if places else "VN"))
    as_of = params.as_of(request.GET)
    entries = remembered(overview, place, as_of)
    context = {
        "nav": "indicators",
        "places": places,
        "place": place,
        "as_of": as_of,
        "entries": [(entry, spark(entry)) for entry in entries if entry.series_count],
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
    shown = shown_of(chosen, request.GET)
    measure, latest = shown.measure, shown.latest
    decimals = chosen.info.decimals_of(measure)
    if not measure.is_index:
        decimals = series_view.decimals_of(shown.of_kind.values(), decimals)
    plot = shown.plot()
    context = {
        "nav": "indicators",
        "chosen": chosen,
        "key": chosen.series.key,
        "subject": headline.subject_of(chosen.info, chosen.series),
        "kind": shown.kind,
        "kinds": [(name, series_view.KIND_NAMES[name]) for name in shown.kinds],
        "rows": shown.rows,
        "decimals": decimals,
        "latest": latest,
        "headline": shown.headline() if latest else None,
        "charts": _charts(plot),
        "plot": plot,
        "is_level": measure is Measure.LEVEL and not shown.is_balance,
        "is_published": not chosen.info.is_derived and chosen.geography is None,
        "has_rate": measure.is_index,
        "marks": _marks(shown.of_kind),
        "plan": shown.plan,
        "breaks": shown.breaks,
        "source": source_of(chosen, shown.rows, words.language()),
        "kind_name": series_view.KIND_NAMES[shown.kind],
        "query": _query(chosen, shown.kind, chosen.as_of),
        "geographies": derived.geographies(chosen.series.key),
        "assumed": _assumed(chosen),
        "has_outlook": not chosen.info.is_derived
        and chosen.geography is None
        and chosen.info.frequency == "month"
        and bool({"month", "ytd"} & set(shown.kinds)),
        "outlook_query": _outlook_query(chosen),
        "query_without_kind": _query(chosen, "", chosen.as_of),
        "corrections": notices.shown(
            chosen.as_of or timezone.localdate(), chosen.info.code, chosen.series.key.locality
        ),
        "first_estimates": None if chosen.geography else revision_stats.of_series(chosen.series.key, shown.kind),
    }
    if latest:
        context |= _reuse(request, shown)
    return render(request, "web/indicator.html", context)


def _reuse(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    """Citations, programs and revisions: what an analyst takes away."""
    chosen, latest = shown.chosen, shown.latest
    assert latest is not None
    query = _query(chosen, shown.kind, chosen.as_of or timezone.localdate())
    addresses, sources = {}, {}
    for lang in reuse.LANGUAGES:
        with translation.override(lang):
            path = reverse("indicator", args=[chosen.info.code])
        addresses[lang] = request.build_absolute_uri(f"{path}?{query}")
        sources[lang] = source_of(chosen, shown.rows, lang)
    cited = reuse.Cited(chosen.info, chosen.series, latest.point, sources, addresses, timezone.localdate())
    file = reverse("download", args=[chosen.info.code, "csv"])
    given = {} if chosen.geography else queries.all_vintages(chosen.series.key, chosen.as_of)
    rows = revised.revised(given, [row.period for row in shown.rows])
    named = {"indicator": chosen.info.code, **_named(chosen, API_KINDS[shown.kind], chosen.as_of)}
    return {
        "api_address": f"{reverse('api:observations')}?{urlencode(named)}",
        "citations": reuse.citations(cited),
        "bibtex": reuse.bibtex(cited),
        "snippets": reuse.snippets(request.build_absolute_uri(f"{file}?{query}")),
        "revised": rows,
        "was_revised": any(one.given > 1 for one in rows),
        "next_release": next_release(latest.point, chosen.as_of),
    }


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


def spark(entry: Entry) -> str:
    """The last months of an indicator at a glance."""
    months = [point.value if point else None for point in entry.months]
    is_open = bool(entry.months and entry.months[-1] and entry.months[-1].stage != "official")
    return sparkline(months, is_last_hollow=is_open)


def _charts(plot: Plot) -> list[str]:
    """The same chart twice: for wide and for narrow screens, of which the style sheet shows one."""
    wide = svg(plot, words.tick, width=WIDE[0], height=WIDE[1], css="wide")
    if not wide:
        return []
    return [wide, svg(plot.last(NARROW_PLACES), words.tick, width=NARROW[0], height=NARROW[1], css="narrow")]


def _marks(points: dict[Period, Point]) -> set[str]:
    """Which signs the chart and the table use, so that their key explains these and no others."""
    marks = {str(point.stage) for point in points.values()}
    marks |= {"derived"} if any(point.is_derived for point in points.values()) else set()
    return marks | ({"fictional"} if any(point.is_fictional for point in points.values()) else set())


def _revisions(vintages: tuple[Point, ...]) -> list[Any]:
    """By how much each vintage changed the one before it; None for the first."""
    changes: list[Any] = [None]
    for before, now in pairwise(vintages):
        changes.append(None if before.value is None or now.value is None else now.value - before.value)
    return changes[: len(vintages)]


def _knowledge_day(chosen: AskedSeries) -> date:
    """The day whose knowledge the page shows: quoted in the citation, it brings back the same figures for ever."""
    return chosen.as_of or timezone.localdate()


def _assumed(chosen: AskedSeries) -> str:
    """What a series on a geography rests on; empty for the published one."""
    if chosen.geography is None:
        return ""
    return derived.assumed(chosen.series.key, chosen.geography, words.language(), chosen.as_of)


def _outlook_query(chosen: AskedSeries) -> str:
    named = _named(chosen, "", chosen.as_of)
    return urlencode({name: value for name, value in named.items() if name != "measure"})


def _query(chosen: AskedSeries, kind: str, as_of: date | None) -> str:
    """The query string that brings this view back, everything named."""
    return urlencode(_named(chosen, kind, as_of))


def _named(chosen: AskedSeries, kind: str, as_of: date | None) -> dict[str, Any]:
    key = chosen.series.key
    named = {"locality": key.locality, "breakdown": key.breakdown, "measure": key.measure, "kind": kind, "as_of": as_of}
    named |= {"geography": chosen.geography.value if chosen.geography else ""}
    return {name: text for name, text in named.items() if text}
