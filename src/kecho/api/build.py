"""Makes the API: one NinjaAPI below ``/api/v1/``, into which ``web.api`` mounts the rooms' routers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.security.base import AuthBase

from kecho import __version__
from kecho.api import problems
from kecho.people import rights
from kecho.people.needs import actor_of, require_somewhere
from kecho.people.rights import Permission

ABOUT = (
    "Plans, figures and findings of a department of industry and trade, as its pages show them. Reading what is public "
    "needs no token. Figures are texts, so that no digit is lost. Errors are problem documents (RFC 9457) with a code, "
    "in Vietnamese and English."
)


class Bearer(AuthBase):
    """For the OpenAPI document; who calls was found by ``caller.ApiCaller`` before the call is reached."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Any:
        """The actor, whoever it is: rights are asked by what is called."""
        return actor_of(request)


class Needs(Bearer):
    """``auth=Needs(Permission.X)``: the call answers only to who has one of the permissions somewhere.

    Asked before the request is read. The action behind the call asks again, for the very place.
    """

    def __init__(self, *permissions: Permission) -> None:
        super().__init__()
        self.permissions = permissions

    def __call__(self, request: HttpRequest) -> Any:
        """Raises KechoError ``people.sign_in`` or ``people.denied``."""
        actor = actor_of(request)
        if not any(rights.may_somewhere(actor, one) for one in self.permissions):
            require_somewhere(actor, self.permissions[0])
        return actor


def make() -> NinjaAPI:
    """An empty API that answers every error as a problem document."""
    api = NinjaAPI(
        title="Kẻ Chợ",
        version=__version__,
        description=ABOUT,
        urls_namespace="api",
        docs_url=None,
        openapi_url=None,
        auth=Bearer(),
    )
    problems.install(api)
    return api
