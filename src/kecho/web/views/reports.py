"""The monthly report: choose a month, read it, take it as a file."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.observatory import queries
from kecho.pages import params, words
from kecho.pages.downloads import attachment
from kecho.pages.params import shown
from kecho.publish import html
from kecho.publish.rendering import FORMATS, file_name
from kecho.publish.rendering import render as write_report
from kecho.publish.report import compose
from kecho.web import counts
from kecho.web.caching import kept
from kecho.web.views import asked

FILES = (("docx", "Word (.docx)"), ("pdf", "PDF"), ("xlsx", "Excel (.xlsx)"))


@require_safe
@kept
def index(request: HttpRequest) -> HttpResponse:
    """The months that a report can be made of."""
    places, place = _place(request)
    months = counts.months_with_figures(place)
    years = sorted({month.year for month in months}, reverse=True)
    by_year = [(year, [month for month in months[::-1] if month.year == year]) for year in years]
    return render(request, "web/reports.html", {"nav": "reports", "places": places, "place": place, "by_year": by_year})


@require_safe
@kept
def show(request: HttpRequest, month: str) -> HttpResponse:
    """One month's report with its files in both languages."""
    places, place = _place(request)
    period, as_of = params.month(month), params.as_of(request.GET)
    context = {
        "nav": "reports",
        "places": places,
        "place": place,
        "month": period,
        "as_of": as_of,
        "report": fragment(place, period, words.language(), as_of),
        "files": [(lang, _files(place, period, lang, as_of)) for lang in ("vi", "en")],
    }
    return render(request, "web/report.html", context)


@require_safe
def download(request: HttpRequest, month: str, form: str) -> HttpResponse:
    """The report as a file, in the language of the address."""
    if form not in FORMATS:
        raise KechoError("pages.bad_choice", value=shown(form), name=_("dạng tệp"), choices=", ".join(FORMATS))
    place = _place(request)[1]
    period, lang = params.month(month), words.language()
    report = compose(place, period, lang, params.as_of(request.GET))
    name = file_name(place, period, lang, form)
    with tempfile.TemporaryDirectory() as folder:
        content = write_report(report, Path(folder) / name, form).read_bytes()
    return attachment(content, FORMATS[form], name)


def fragment(place: str, period: Period, lang: str, as_of: date | None) -> SafeString:
    """The report's own markup, each figure a link to its source."""
    report = compose(place, period, lang, as_of)
    return html.fragment(report, lambda observation: reverse("value", args=[observation]))


def _place(request: HttpRequest) -> tuple[list[str], str]:
    """The places with figures, and the one asked for."""
    places = queries.localities_with_data()
    usual = settings.LOCALITY or (places[0] if places else "VN")
    return places, asked.locality(request, usual)


def _files(place: str, period: Period, lang: str, as_of: date | None) -> list[tuple[str, str]]:
    """Names and addresses of the files in one language."""
    query = f"?locality={place}" + (f"&as_of={as_of}" if as_of else "")
    with translation.override(lang):
        return [(name, reverse("report-download", args=[period.code, form]) + query) for form, name in FILES]
