"""``request.actor``: who asks, as an ``Actor``. Without a session cookie nothing is looked up: a visitor is public."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from kecho.people import actors
from kecho.people.accounts import actor_of
from kecho.people.actors import Actor
from kecho.people.models import Account

Handler = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Stands behind the session and the authentication. Every answer varies by cookie, since every page may."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor_behind(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        return response


def actor_behind(request: HttpRequest) -> Actor:
    """The actor of this request's session: public where nobody is signed in or the account is disabled."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return actors.public()
    account = get_user(request)
    if not isinstance(account, Account) or not account.is_active:
        return actors.public()
    return actor_of(account, timezone.localdate())
