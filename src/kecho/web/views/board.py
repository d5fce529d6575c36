"""The front page: the plan board of one place and year."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kecho.pages import params
from kecho.plan import queries
from kecho.plan.queries import Board
from kecho.web import board_view, counts
from kecho.web.board_view import Section
from kecho.web.caching import kept, remembered
from kecho.web.views import asked


@require_safe
@kept
def show(request: HttpRequest) -> HttpResponse:
    """Every target of the place for the year: how far it has come, at what pace, and why."""
    places = queries.localities_with_plans()
    usual = settings.LOCALITY or (places[0] if places else "VN")
    place = asked.locality(request, usual)
    as_of = params.as_of(request.GET)
    years = queries.years_with_plans(place)
    year = params.year(request.GET, usual_year(place, years))
    context = {"nav": "board", "places": places, "place": place, "years": years, "year": year, "as_of": as_of}
    if not years:
        return render(request, "web/board_empty.html", context)
    board, sections = remembered(assessed, place, year, as_of)
    return render(request, "web/board.html", context | {"board": board, "sections": sections})


def assessed(place: str, year: int, as_of: date | None) -> tuple[Board, list[Section]]:
    """The board and what its page shows of it."""
    board = queries.board(place, year, as_of)
    return board, board_view.sections(board, as_of)


def usual_year(place: str, years: list[int]) -> int:
    """The last year with a plan that has figures too, else the last one that has begun."""
    today = timezone.localdate().year
    figures = counts.months_with_figures(place)
    latest = figures[0].year if figures else today
    begun = [year for year in years if year <= min(latest, today)]
    return (begun or years or [today])[-1]
