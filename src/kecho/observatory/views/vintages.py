"""Two vintages side by side, and how first figures were revised."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kecho.kernel import localities
from kecho.kernel.errors import KechoError
from kecho.observatory import changes, queries, revision_stats
from kecho.observatory.changes import Change
from kecho.observatory.queries import SeriesInfo
from kecho.observatory.revision_stats import Against, RevisionStats, Span
from kecho.pages import downloads, params
from kecho.pages.downloads import Table
from kecho.pages.paging import page_of

ON_A_PAGE = 200
STATS = (
    "indicator", "breakdown", "locality", "measure", "unit", "count", "mean", "mean_absolute", "spread", "least",
    "greatest", "up", "unchanged", "down", "first", "last",
)  # fmt: skip
CHANGES = ("indicator", "breakdown", "locality", "measure", "period", "how", "before", "after", "difference", "percent")


@require_safe
def revisions(request: HttpRequest) -> HttpResponse:
    """Mean, size and spread of the revisions of first estimates, indicator by indicator."""
    asked = _asked_revisions(request)
    context = {
        "nav": "revisions",
        **asked,
        "query": _query(request),
        "base_downloads": _downloads("revisions-download"),
    }
    return render(request, "observatory/revisions.html", context)


@require_safe
def revisions_download(request: HttpRequest, form: str) -> HttpResponse:
    """The same table as a file."""
    downloads.check_form(form)
    rows: list[tuple[SeriesInfo, RevisionStats]] = _asked_revisions(request)["rows"]  # type: ignore[assignment]
    records = [
        {
            **_codes(series),
            **{name: getattr(one, name) for name in ("count", "up", "unchanged", "down")},
            **{name: _short(getattr(one, name)) for name in ("mean", "mean_absolute", "spread", "least", "greatest")},
            "first": one.first.code,
            "last": one.last.code,
        }
        for series, one in rows
    ]
    table = Table(_("Mức điều chỉnh số ước đầu"), STATS, records)
    return downloads.respond(table, form, "revisions")


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """What is new or revised of an indicator between two days, or between two releases."""
    found, context = _asked_changes(request)
    page = page_of(found, params.page_number(request.GET), ON_A_PAGE)
    query = _query(request)
    context |= {
        "base_downloads": _downloads("changes-download"),
        "nav": "changes",
        "page": page,
        "query": query,
        "page_query": query.removeprefix("?") + "&",
    }
    return render(request, "observatory/changes.html", context)


@require_safe
def compare_download(request: HttpRequest, form: str) -> HttpResponse:
    """The same changes as a file."""
    downloads.check_form(form)
    found, _context = _asked_changes(request)
    records = [
        {
            **_codes(one.series),
            "period": one.period.code,
            "how": one.how.value,
            "before": one.before.value if one.before else None,
            "after": one.after.value,
            "difference": one.difference,
            "percent": _short(one.percent),
        }
        for one in found
    ]
    return downloads.respond(Table(_("So sánh hai phiên bản"), CHANGES, records), form, "changes")


def _asked_revisions(request: HttpRequest) -> dict[str, object]:
    places = queries.localities_with_data() or ["VN"]
    place = localities.get(params.locality(request.GET, "VN" if "VN" in places else places[0])).code
    against = Against(params.choice(request.GET, "against", list(Against), Against.NEXT))
    span = Span(params.choice(request.GET, "span", list(Span), Span.MONTH))
    series = {one.key: one for one in queries.series_list(locality=place) if not one.key.breakdown and one.is_mapped}
    found = revision_stats.by_series(series, against=against, span=span)
    return {
        "locality": place,
        "localities": places,
        "against": against,
        "span": span,
        "rows": [(series[one.key], one) for one in found],
    }


def _asked_changes(request: HttpRequest) -> tuple[list[Change], dict[str, object]]:
    releases = queries.releases()
    first, second = (_release(request, name) for name in ("first", "second"))
    context: dict[str, object] = {"releases": releases, "first": first, "second": second}
    if first and second:
        return changes.between_releases(first, second), context
    found, choices = _between_days(request)
    return found, context | choices


def _between_days(request: HttpRequest) -> tuple[list[Change], dict[str, object]]:
    known = {one.key.indicator for one in queries.series_list()}
    listed = [info for info in queries.indicators() if info.code in known]
    code = params.choice(request.GET, "indicator", [info.code for info in listed], listed[0].code if listed else "")
    places = queries.localities_with_data() or ["VN"]
    place = localities.get(params.locality(request.GET, "VN" if "VN" in places else places[0])).code
    earlier, later = _day(request, "since"), _day(request, "until")
    if earlier is None or later is None:
        earlier, later = _last_two_days(code, place, earlier, later)
    found = changes.between_days(code, place, earlier, later) if code else []
    return found, {
        "since": earlier,
        "until": later,
        "indicators": listed,
        "indicator": code,
        "locality": place,
        "localities": places,
    }


def _last_two_days(code: str, place: str, earlier: date | None, later: date | None) -> tuple[date, date]:
    """Where no days are asked for: the last day with figures of this indicator and place, and the one before it."""
    today = timezone.localdate()
    keys = [one.key for one in queries.series_list(code, place) if not one.key.breakdown]
    points = [point for found in queries.many_points(keys).values() for point in found.values()]
    days = sorted({point.release.published_on for point in points if point.release.published_on <= today})
    later = later or (days[-1] if days else today)
    before = [day for day in days if day < later]
    return earlier or (before[-1] if before else later), later


def _release(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise KechoError("pages.bad_number", value=params.shown(text))
    return int(text)


def _day(request: HttpRequest, name: str) -> date | None:
    return params.as_of({"as_of": request.GET.get(name, "")})


def _query(request: HttpRequest) -> str:
    """The query without the page, as it stands behind the address of a download."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return f"?{kept.urlencode()}" if kept else ""


def _downloads(name: str) -> str:
    """The address before the form, as ``pages/_downloads.html`` wants it."""
    return reverse(name, args=["xlsx"]).removesuffix("xlsx/")


def _codes(series: SeriesInfo) -> dict[str, str]:
    key = series.key
    return {
        "indicator": key.indicator,
        "breakdown": key.breakdown,
        "locality": key.locality,
        "measure": key.measure,
        "unit": series.unit,
    }


def _short(value: Decimal | None) -> Decimal | None:
    """Four decimals are more than a spread bears."""
    return None if value is None else round(value, 4)
