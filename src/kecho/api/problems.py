"""Errors as RFC 9457 problem documents, with the code of the one catalogue and its sentences in both languages."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from kecho.kernel.errors import KechoError, KechoErrors
from kecho.people.refusals import status_of

log = logging.getLogger("django.kecho.api")
UNREADABLE = 422


class Problem(Schema):
    """What went wrong, and what to do."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    what_vi: str
    what_en: str
    do_vi: str
    do_en: str
    problems: list[dict[str, Any]] = []


def answer(request: HttpRequest, error: KechoError, status: int | None = None) -> HttpResponse:
    """The error as a problem document. ``detail`` is in the language that the caller prefers, Vietnamese otherwise."""
    code = status or (UNREADABLE if isinstance(error, KechoErrors) else status_of(error))
    lang = "en" if request.headers.get("Accept-Language", "").lower().startswith("en") else "vi"
    several = error.errors if isinstance(error, KechoErrors) else []
    document = {
        "type": f"urn:kecho:error:{error.code}",
        "title": HTTPStatus(code).phrase,
        "status": code,
        "detail": f"{error.what(lang)} {error.do(lang)}",
        "code": error.code,
        "what_vi": error.what("vi"),
        "what_en": error.what("en"),
        "do_vi": error.do("vi"),
        "do_en": error.do("en"),
        "problems": [one.as_dict() for one in several],
    }
    response = JsonResponse(document, status=code, content_type="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    if code == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="kecho"'
    return response


def install(api: NinjaAPI) -> None:
    """Every exception of a call becomes a problem document."""
    api.add_exception_handler(KechoError, _answer)
    api.add_exception_handler(Http404, lambda request, _: answer(request, KechoError("api.no_address"), 404))
    api.add_exception_handler(IntegrityError, lambda request, _: answer(request, KechoError("api.conflict"), 409))
    api.add_exception_handler(SuspiciousOperation, _suspicious)
    api.add_exception_handler(ValidationError, _bad_input)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(Exception, _defect)


# NinjaAPI is typed as if a handler might be given the class of an exception; it never is.


def _answer(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(request, error)


def _bad_input(request: HttpRequest, error: Any) -> HttpResponse:
    places = [".".join(map(str, one.get("loc", ()))) + f" ({one.get('type', '')})" for one in error.errors[:10]]
    return answer(request, KechoError("api.bad_input", count=len(error.errors), places=", ".join(places)), UNREADABLE)


def _suspicious(request: HttpRequest, error: Any) -> HttpResponse:
    """Django's own refusals: a body beyond the limit, a malformed one."""
    if isinstance(error, RequestDataTooBig):
        return answer(request, KechoError("api.too_big", most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE), 413)
    return answer(request, KechoError("api.bad_body"), 400)


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    code = "people.sign_in" if error.status_code == HTTPStatus.UNAUTHORIZED else "api.bad_body"
    return answer(request, KechoError(code), error.status_code)


def _defect(request: HttpRequest, error: Any) -> HttpResponse:
    log.exception("%s %s", request.method, request.path, exc_info=error)
    return answer(request, KechoError("api.defect"), 500)
