"""The outlook of a plan: every target with its expected year, its chance and what the rest must bring."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kecho.analytics.target_chance import Chance
from kecho.kernel import localities
from kecho.outlook import queries, sentences
from kecho.outlook.answers import kept_chance
from kecho.pages import params, words
from kecho.plan import queries as plan
from kecho.plan.queries import BoardRow


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The targets of a place and year; chances that are kept, and a link that computes the others."""
    places = plan.localities_with_plans()
    usual = settings.LOCALITY or (places[0] if places else "VN")
    place = localities.get(params.locality(request.GET, usual)).code
    years, as_of = plan.years_with_plans(place), params.as_of(request.GET)
    this_year = (as_of or timezone.localdate()).year
    begun = [year for year in years if year <= this_year]
    year = params.year(request.GET, (begun or years or [this_year])[-1])
    context: dict[str, Any] = {
        "nav": "outlooks", "places": places, "place": place, "years": years, "year": year, "as_of": as_of, "rows": [],
    }  # fmt: skip
    if year in years:
        rows = plan.board(place, year, as_of).rows
        found = queries.chances(rows, as_of)
        context["rows"] = [_row(row, row.target.id in found, found.get(row.target.id), as_of) for row in rows]
    return render(request, "outlook/plan.html", context)


def _row(row: BoardRow, is_open: bool, told: Chance | None, as_of: object) -> dict[str, Any]:
    lang, held, spec = words.language(), row.assessment, row.target.spec
    named = {"locality": spec.locality, "breakdown": spec.breakdown, "as_of": as_of}
    return {
        "name": row.target.name(lang),
        "promise": held.target_text(lang),
        "status_text": held.status_text(lang),
        "is_open": is_open,
        "reached": words.period(held.period, "short") if held.period else "",
        "required": "" if held.is_final else held.rest_text(lang),
        "chance": "" if told is None else sentences.percent_chance(kept_chance(spec, told), lang),
        "code": spec.indicator,
        "query": urlencode({name: value for name, value in named.items() if value}),
    }
