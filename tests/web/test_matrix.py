"""Role × route × method: what tests/web/matrix.csv says is what every address does, and every address has a row.

Arguments are made up by the kind of each converter: a refusal comes before anything is looked up, and where a role may
enter, "there is no such thing" (404) and "this form is not filled in" (400, 422) are answers like any other.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.messages import get_messages  # noqa: F401  (loads the storage before the walk)
from django.core.cache import caches
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from tools.route_page import Route, addresses, matrix

from kecho.people.actors import Role
from kecho.people.models.accounts import GIVEN_ROLES
from kecho.people.rights import Permission, grants
from tests.people.signing import client_of, program_of
from tests.web.pages import PAGES, address

pytestmark = pytest.mark.django_db
ROUTES = matrix()
EXAMPLES = {
    "IntConverter": "1", "StringConverter": "x1", "SlugConverter": "x1", "PathConverter": "x/y",
    "UUIDConverter": "00000000-0000-4000-8000-000000000000",
    "Month": "2024-05", "Code": "export_turnover", "Number": "1", "Slot": "1.1",
}  # fmt: skip
REFUSED, ABSENT = {401, 403}, {405}


def patterns(
    resolver: URLResolver, space: str = "", args: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every URL name with made-up arguments."""
    for entry in resolver.url_patterns:
        made = (*args, *(EXAMPLES[type(one).__name__] for one in entry.pattern.converters.values()))
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{space}{entry.namespace}:" if entry.namespace else space, made)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", made


def url_of(name: str) -> str:
    """An address of this name: the small world's own where the public walk knows one."""
    if name in PAGES:
        return address(name, "vi")
    args = dict(patterns(get_resolver()))[name]
    with translation.override("vi"):
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            raise AssertionError(f"{name} does not take {args}: add its converter to EXAMPLES") from None


def asked(who: str) -> list[tuple[Role, bool]]:
    """Roles to walk with, each with whether it may. What is open to all is opened by two."""
    if who in ("public", "-"):
        return [(Role.PUBLIC, True), (Role.OFFICER, True)]
    if who == "signed_in":
        return [(Role.PUBLIC, False), (Role.OFFICER, True), (Role.ENTERPRISE, True)]
    allowed = frozenset[Role]().union(*(grants()[Permission(one)].roles for one in who.split("|")))
    return [(role, role in allowed) for role in (Role.PUBLIC, *GIVEN_ROLES)]


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(addresses("vi")) == set(ROUTES), "add a line to tests/web/matrix.csv, then `make docs`"


def test_rows_name_known_rights() -> None:
    known = {"public", "signed_in", "-", *Permission}
    named = {one for route in ROUTES.values() for one in (*route.get.split("|"), *route.post.split("|"))}
    assert named <= known


def ask(client: Client, method: str, url: str) -> tuple[int, str]:
    caches["default"].clear()
    response = getattr(client, method)(url)
    return response.status_code, response.headers.get("Location", "")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", ROUTES.values(), ids=lambda route: route.name)
def test_only_who_may_gets_in(world: None, route: Route, method: str) -> None:
    who, url = getattr(route, method), url_of(route.name)
    for role, may in asked(who):
        client = program_of(role) if url.startswith("/api/") else client_of(role)
        status, leads_to = ask(client, method, url)
        said = f"{role} {method} {url}: {status} {leads_to}"
        to_sign_in = status == 302 and leads_to.startswith(reverse("account_login") + "?next=")
        if who == "-":
            assert status in ABSENT or (role is Role.PUBLIC and (to_sign_in or status in REFUSED)), said
        elif may:
            assert status < 500 and status not in REFUSED | ABSENT and not to_sign_in, said
        elif role is Role.PUBLIC:  # a page leads to the sign-in page and back, a form is refused
            assert to_sign_in or status in REFUSED, said
        else:
            assert status in REFUSED, said
