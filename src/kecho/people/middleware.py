"""``request.actor``: who asks, as an ``Actor``. Without a session cookie nothing is looked up: a visitor is public."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from kecho.people import actors, second_factor
from kecho.people.accounts import actor_of
from kecho.people.actors import Actor
from kecho.people.models import Account

Handler = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Stands behind the session and the authentication. Every answer varies by cookie, since every page may."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor, is_held_back = actor_behind(request)
        request.actor = actor  # type: ignore[attr-defined]
        request.second_factor_missing = is_held_back  # type: ignore[attr-defined]
        response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        if actor.is_signed_in:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


def actor_behind(request: HttpRequest) -> tuple[Actor, bool]:
    """The actor of this request's session, and whether roles are held back until a second factor is set.

    Public where nobody is signed in or the account is disabled. Held back, the account reads what the public reads.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return actors.public(), False
    account = get_user(request)
    if not isinstance(account, Account) or not account.is_active:
        return actors.public(), False
    actor = actor_of(account, timezone.localdate())
    if second_factor.is_missing(account, actor):
        return replace(actors.public(), name=actor.name, account_id=account.pk), True
    return actor, False
