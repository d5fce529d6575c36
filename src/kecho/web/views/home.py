"""The front page: for the public what was published, for whoever signs in what waits for them."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kecho.observatory import queries
from kecho.pages import tasks
from kecho.pages.tasks import Kind
from kecho.people.actors import Actor, Role
from kecho.people.needs import actor_of
from kecho.plan import queries as plans
from kecho.web import counts, home_view
from kecho.web.caching import kept, remembered
from kecho.web.views import board
from kecho.web.views.indicators import spark

OF_THE_BOARD = ("locality", "year", "as_of")  # what the plan board was asked for while it stood at this address
LEADING = {Role.LEADER, Role.UNIT_HEAD}
SOON = timedelta(days=7)


@require_safe
@kept
def show(request: HttpRequest) -> HttpResponse:
    """One page, three readers. Addresses of the board from before it moved lead to it."""
    if any(name in request.GET for name in OF_THE_BOARD):
        return redirect(f"{reverse('board')}?{request.META['QUERY_STRING']}")
    actor, places = actor_of(request), queries.localities_with_data()
    place = home_view.usual_place(actor, places)
    is_leader = bool(LEADING & actor.roles())
    year = board.usual_year(place, plans.years_with_plans(place))
    today = timezone.localdate()
    months = counts.months_with_figures(place)
    context = {
        "nav": "home",
        "is_leader": is_leader,
        "places": places,
        "place": place,
        "year": year,
        "standing": remembered(home_view.standing, place, year, with_moves=actor.is_signed_in),
        "tiles": [(entry, spark(entry)) for entry in remembered(home_view.headlines, place)],
        "releases": home_view.newest_releases(),
        "coming": home_view.coming(today),
        "last_month": months[0] if months else None,
        "today": today,
        **(_waiting(actor) if actor.is_signed_in else {}),
    }
    return render(request, "web/home.html", context)


def _waiting(actor: Actor) -> dict[str, object]:
    """Tasks by kind, and which are late or due within a week."""
    everything, today = tasks.tasks_of(actor), timezone.localdate()
    return {
        "to_sign": [task for task in everything if task.kind is Kind.SIGN],
        "to_do": [task for task in everything if task.kind is not Kind.SIGN],
        "late": [task for task in everything if task.is_late(today)],
        "soon": today + SOON,
    }
