"""Lock-out after failures in a row: which account is counted, and what its owner reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from kecho.kernel.errors import KechoError
from kecho.people.models import Account

LONGEST = 254


def name_tried(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The user name that is tried, also where it was given by its e-mail address: one account, one count."""
    given = dict(credentials or {})
    tried = str(given.get("email") or given.get("username") or request.POST.get("login", "")).strip().lower()[:LONGEST]
    if "@" in tried:
        return Account.objects.filter(email=tried).values_list("username", flat=True).first() or tried
    return tried


def locked(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The coded page that says how long and whom to ask; the same whether such an account exists or not."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    error = KechoError("people.locked", limit=settings.AXES_FAILURE_LIMIT, minutes=minutes)
    answer = refusal_page(request, error, 429)
    answer.headers["Retry-After"] = str(minutes * 60)
    return answer


def refusal_page(request: HttpRequest, error: KechoError, status: int) -> HttpResponse:
    """The coded page for a refusal that a library lets us word."""
    answer = HttpResponse(
        render_to_string("pages/error.html", {"error": error, "status": status}, request), status=status
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
