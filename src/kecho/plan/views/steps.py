"""Putting a drafted version into force."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kecho.people.needs import actor_of, needs
from kecho.people.rights import Permission
from kecho.plan import actions, queries
from kecho.plan.models import Plan


@require_POST
@needs(Permission.APPROVE_PLAN)
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Adopt the version; the page behind asks for a confirmation."""
    actor = actor_of(request)
    info = queries.visible_plan(pk, actor)
    actions.adopt_plan(Plan.objects.get(pk=info.id), actor)
    return redirect("plan", pk=pk)
