"""Error pages: what happened and the way out, in both languages, with the code that the manual explains."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from kecho.api import problems
from kecho.api.caller import PREFIX
from kecho.kernel.errors import KechoError
from kecho.pages.params import shown
from kecho.people.refusals import status_of


def page(request: HttpRequest, error: KechoError, status: int | None = None) -> HttpResponse:
    """The error as a page, below ``/api/`` as a problem document.

    Reads nothing from the query string, which may be what is wrong with the request.
    """
    if request.path.startswith(PREFIX):
        return problems.answer(request, error, status)
    status = status or status_of(error)
    html = render_to_string("pages/error.html", {"error": error, "status": status}, request)
    response = HttpResponse(html, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own refusals: an unknown host name, too many parameters, a malformed path."""
    return page(request, KechoError("web.bad_request"), 400)


def forbidden(request: HttpRequest, exception: Exception | None = None, **_: Any) -> HttpResponse:
    """Something that this visitor may not see or do."""
    return page(request, KechoError("web.forbidden"), 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No page at this address."""
    return page(request, KechoError("web.unknown_page", path=shown(request.path)), 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A defect. The page uses no database and no computed context."""
    return page(request, KechoError("web.server_error"), 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that this site did not give out, or gave out too long ago."""
    return page(request, KechoError("web.stale_form"), 403)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """More attempts than a person makes."""
    return page(request, KechoError("people.too_many"), 429)
