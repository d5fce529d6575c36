"""``@needs(Permission.DRAFT_PLAN)``: what a page asks of its visitor before it does anything.

The action behind the page asks again, for the very place (``rights.require``); this is the door, not the lock.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from kecho.kernel.errors import KechoError
from kecho.people import rights
from kecho.people.actors import Actor
from kecho.people.rights import Permission

View = Callable[..., HttpResponse]


def needs(permission: Permission) -> Callable[[View], View]:
    """The view answers only to who has the permission somewhere.

    Visitors get KechoError ``people.sign_in`` (a GET is led to the sign-in page and back), others ``people.denied``.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require_somewhere(actor_of(request), permission)
            return view(request, *args, **kwargs)

        wrapper.needs = permission  # type: ignore[attr-defined]
        return wrapper

    return decorate


def signed_in(view: View) -> View:
    """The view answers to everybody who is signed in, whatever their role."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not actor_of(request).is_signed_in:
            raise KechoError("people.sign_in")
        return view(request, *args, **kwargs)

    wrapper.needs = "signed_in"  # type: ignore[attr-defined]
    return wrapper


def actor_of(request: HttpRequest) -> Actor:
    """The actor that the middleware found."""
    return request.actor  # type: ignore[attr-defined, no-any-return]


def require_somewhere(actor: Actor, permission: Permission) -> None:
    """Nothing if the actor has the permission anywhere; else the refusal that fits."""
    if rights.may_somewhere(actor, permission):
        return
    if not actor.is_signed_in:
        raise KechoError("people.sign_in")
    raise rights.denied(actor, permission, None)
