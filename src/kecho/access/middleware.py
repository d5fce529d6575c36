"""Sessions that end by themselves, and the way to the second factor for who must have one."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

Handler = Callable[[HttpRequest], HttpResponse]
STARTED, SEEN = "kecho_started_at", "kecho_seen_at"
NOTE_EVERY = 60  # seconds between two writes of "seen": a page view is no write otherwise


class SessionLimits:
    """Ends a session that was idle too long (``KECHO_SESSION_MINUTES``) or is too old (``KECHO_SESSION_HOURS``)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._keep_or_end(request, time.time())
        return self.get_response(request)

    def _keep_or_end(self, request: HttpRequest, now: float) -> None:
        session = request.session
        started, seen = session.setdefault(STARTED, now), session.get(SEEN, now)
        if (
            now - seen > settings.SESSION_IDLE.total_seconds()
            or now - started > settings.SESSION_LONGEST.total_seconds()
        ):
            logout(request)
            messages.info(request, _("Phiên làm việc đã hết hạn. Đăng nhập lại để tiếp tục."))
        elif SEEN not in session or now - seen >= NOTE_EVERY:
            session[SEEN] = now


def is_api(request: HttpRequest) -> bool:
    """Programs get refusals that they can read, never a page."""
    return request.path.startswith("/api/")


class SecondFactorGate:
    """Who holds a role that needs a second factor and has none is led to where it is set, whatever they open."""

    OPEN = frozenset({"mfa_activate_totp", "account_logout", "account_reauthenticate", "help"})

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Runs when the address is known and before its view."""
        match = request.resolver_match
        if (
            not getattr(request, "second_factor_missing", False)
            or (match and match.url_name in self.OPEN)
            or is_api(request)
        ):
            return None
        return redirect("mfa_activate_totp")
