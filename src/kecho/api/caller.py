"""Who calls the API, how often they may, and the headers that tell them: a middleware for addresses below ``/api/``.

A token speaks for its account and is the only way to change something: a browser's session, which other sites could
abuse, reads. Calls are counted by the minute, for a token by the token, else by the address they come from.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from kecho.api import problems
from kecho.kernel.errors import KechoError
from kecho.people import actors, second_factor, tokens
from kecho.people.accounts import actor_of
from kecho.people.actors import Actor
from kecho.people.addresses import client_address
from kecho.people.models import ApiToken

Handler = Callable[[HttpRequest], HttpResponse]
PREFIX = "/api/"
READING = ("GET", "HEAD", "OPTIONS")
WINDOW = 60


class ApiCaller:
    """Stands behind ``ActorMiddleware`` and before whatever reads ``request.actor``."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        limit, used, left_s = _count(request)
        response = self._answer(request, limit, used, left_s)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = response.headers.get("Allow", "")
            response = problems.answer(request, KechoError("api.method", method=request.method), response.status_code)
            response.headers["Allow"] = allowed
        response.headers["RateLimit-Limit"] = str(limit)
        response.headers["RateLimit-Remaining"] = str(max(0, limit - used))
        response.headers["RateLimit-Reset"] = str(left_s)
        patch_vary_headers(response, ["Authorization", "Accept-Language"])
        if "Cache-Control" not in response.headers:
            is_shared = not request.actor.is_signed_in  # type: ignore[attr-defined]
            response.headers["Cache-Control"] = "no-cache" if is_shared else "private, no-cache"
        return response

    def _answer(self, request: HttpRequest, limit: int, used: int, left_s: int) -> HttpResponse:
        if used > limit:
            refused = problems.answer(request, KechoError("api.too_many", limit=limit, wait=left_s))
            refused.headers["Retry-After"] = str(left_s)
            return refused
        try:
            _identify(request)
        except KechoError as refusal:
            return problems.answer(request, refusal)
        return self.get_response(request)


def _bearer(request: HttpRequest) -> str:
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    return text.strip() if kind.lower() == "bearer" else ""


def _identify(request: HttpRequest) -> None:
    """Sets ``request.actor``. Raises ``api.bad_token``, ``api.token_needed``, ``api.read_only``."""
    if "Authorization" in request.headers:
        token = tokens.find(_bearer(request))
        if token is None:
            raise KechoError("api.bad_token")
        if request.method not in READING and token.reach != ApiToken.Reach.WRITE:
            raise KechoError("api.read_only")
        request.actor = _actor_behind(token)  # type: ignore[attr-defined]
    elif request.method not in READING:
        raise KechoError("api.token_needed")


def _actor_behind(token: ApiToken) -> Actor:
    """The account as it stands today; without its roles where a second factor that they need was taken away."""
    actor = actor_of(token.account, timezone.localdate())
    if second_factor.is_missing(token.account, actor):
        return replace(actors.public(), name=actor.name, account_id=token.account_id)
    return actor


def _count(request: HttpRequest) -> tuple[int, int, int]:
    """Calls allowed in a minute, calls so far with this one, and seconds until the count starts anew."""
    text = _bearer(request)
    who = f"token:{tokens.digest(text)}" if text else f"address:{client_address(request)}"
    limit = settings.API_CALLS_WITH_TOKEN if text else settings.API_CALLS
    now = int(time.time())
    key = f"api:{now // WINDOW}:{who}"
    if cache.add(key, 1, WINDOW * 2):
        used = 1
    else:
        try:
            used = cache.incr(key)
        except ValueError:  # swept away between the two
            used = 1
    return limit, used, WINDOW - now % WINDOW
