"""Pages are kept while nothing they show has changed: the key names the state of figures, plans and bands, and the day.

Visitors without an account see the same page, so one copy serves them all; browsers ask again each time and mostly get
"not modified". Whoever carries a session sees pages of their own, which are neither taken from the copies nor kept;
what was computed for them is (``remembered``), under the same state, which names what the reader may not see.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from kecho import __version__
from kecho.web import counts

LONGEST_QUERY = 500
Value = TypeVar("Value")
View = Callable[..., HttpResponse]


def kept(view: View) -> View:
    """Keep the page for as long as its figures stand. Wrong requests raise and are never kept."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_shared(request):
            response = view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "private, no-cache"
            return response
        copies = caches["pages"]
        key = _key(request)
        content = copies.get(key) if key else None
        if content is None:
            response = view(request, *args, **kwargs)
            content = response.content
            if key and response.status_code == 200 and "CSRF_COOKIE" not in request.META:
                copies.set(key, content)
        else:
            response = HttpResponse(content)
        response.headers["Cache-Control"] = "no-cache"  # keep, but ask whether it still holds
        return response

    return wrapper


def remembered(compute: Callable[..., Value], *args: Any, **named: Any) -> Value:
    """What ``compute`` gives for these arguments in the page's language, worked out once while the data stand."""
    parts = (compute.__module__, compute.__qualname__, get_language(), args, sorted(named.items()))
    key = _hashed("value", (*_state(), *parts))
    held = caches["pages"].get(key)
    if held is None:
        held = (compute(*args, **named),)
        caches["pages"].set(key, held)
    found: Value = held[0]
    return found


def is_shared(request: HttpRequest) -> bool:
    """Whether the page is the one that everybody without an account sees: no session, so no name and no message."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES


def _key(request: HttpRequest) -> str:
    """Empty for queries too long to be ours."""
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY:
        return ""
    return _hashed("page", (*_state(), request.get_host(), request.path, query))


def _state() -> tuple[Any, ...]:
    return (__version__, counts.state_of_data(), _bands(), timezone.localdate())


def _hashed(kind: str, parts: tuple[Any, ...]) -> str:
    return f"{kind}:" + hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


def _bands() -> int:
    """When the place's own status bands were last edited."""
    file = settings.HOME / "bands.toml"
    return file.stat().st_mtime_ns if file.exists() else 0
