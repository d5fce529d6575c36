"""The front page: the plan board of one place and year."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kecho.plan import queries
from kecho.web import board_view, params
from kecho.web.views import asked


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every target of the place for the year: how far it has come, at what pace, and why."""
    places = queries.localities_with_plans()
    usual = settings.LOCALITY if settings.LOCALITY in places or not places else places[0]
    place = asked.locality(request, usual)
    as_of = params.as_of(request.GET)
    years = queries.years_with_plans(place)
    today = timezone.localdate()
    past = [year for year in years if year <= today.year]
    year = params.year(request.GET, (past or years or [today.year])[-1])
    context = {"nav": "board", "places": places, "place": place, "years": years, "year": year, "as_of": as_of}
    if not years:
        return render(request, "web/board_empty.html", context)
    board = queries.board(place, year, as_of)
    context |= {"board": board, "sections": board_view.sections(board, as_of)}
    return render(request, "web/board.html", context)
