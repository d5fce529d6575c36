"""Role × route × method: what tests/web/matrix.csv says is what every address does, and every address has a row.

Arguments are made up by the kind of each converter: a refusal comes before anything is looked up, and where a role may
enter, "there is no such thing" (404) and "this form is not filled in" (400, 422) are answers like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from tools.route_page import addresses, matrix

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
    args = _arguments()[name]
    with translation.override("vi"):
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            raise AssertionError(f"{name} does not take {args}: add its converter to EXAMPLES") from None


@cache
def _arguments() -> dict[str, tuple[str, ...]]:
    return dict(patterns(get_resolver()))


def who_may(who: str, role: Role) -> bool | None:
    """Whether the role may; None where the walk need not ask: what is open to all is opened by two."""
    if who in ("public", "-"):
        return True if role in (Role.PUBLIC, Role.OFFICER) else None
    if who == "signed_in":
        return role is not Role.PUBLIC
    return any(role in grants()[Permission(one)].roles for one in who.split("|"))


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(addresses("vi")) == set(ROUTES), "add a line to tests/web/matrix.csv, then `make docs`"


def test_rows_name_known_rights() -> None:
    known = {"public", "signed_in", "-", *Permission}
    named = {one for route in ROUTES.values() for one in (*route.get.split("|"), *route.post.split("|"))}
    assert named <= known


def ask(client: Client, method: str, url: str) -> tuple[int, str]:
    """Status and where it leads; whatever the request wrote is undone, the session stays."""
    cookies = client.cookies.output(header="", sep=";")
    with transaction.atomic():
        response = getattr(client, method)(url)
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(cookies)
    return response.status_code, response.headers.get("Location", "")


def wrong(who: str, role: Role, status: int, leads_to: str) -> bool:
    """Whether the answer is not the one that the row promises."""
    to_sign_in = status == 302 and leads_to.startswith(reverse("account_login") + "?next=")
    is_refused = status in REFUSED or (role is Role.PUBLIC and to_sign_in)  # a page leads to the sign-in page and back
    if who == "-":
        return not (status in ABSENT or (role is Role.PUBLIC and is_refused))
    if who_may(who, role):
        return status >= 500 or status in REFUSED | ABSENT or to_sign_in
    return not is_refused


@pytest.mark.slow
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", [Role.PUBLIC, *GIVEN_ROLES])
def test_only_who_may_gets_in(world: None, role: Role, method: str, settings: Any) -> None:
    settings.API_CALLS = settings.API_CALLS_WITH_TOKEN = 10**9
    settings.ACCOUNT_RATE_LIMITS = False
    caches["default"].clear()
    browser, program = client_of(role), program_of(role)
    found = []
    for route in ROUTES.values():
        who, url = getattr(route, method), url_of(route.name)
        if who_may(who, role) is None:
            continue
        status, leads_to = ask(program if url.startswith("/api/") else browser, method, url)
        if wrong(who, role, status, leads_to):
            found.append(f"{route.name}: {who} but {role} {method} {url} got {status} {leads_to}")
    assert found == []


@pytest.mark.parametrize(
    ("who", "role", "status", "leads_to", "is_wrong"),
    [
        ("administer", Role.OFFICER, 200, "", True),
        ("administer", Role.OFFICER, 403, "", False),
        ("administer", Role.PUBLIC, 200, "", True),
        ("administer", Role.PUBLIC, 302, "/dang-nhap/?next=/x/", False),
        ("administer", Role.OFFICER, 302, "/dang-nhap/?next=/x/", True),
        ("administer", Role.ADMINISTRATOR, 403, "", True),
        ("administer", Role.ADMINISTRATOR, 404, "", False),
        ("administer", Role.ADMINISTRATOR, 500, "", True),
        ("check_figures|approve_figures", Role.LEADER, 403, "", True),
        ("public", Role.PUBLIC, 302, "/dang-nhap/?next=/x/", True),
        ("-", Role.OFFICER, 200, "", True),
        ("-", Role.OFFICER, 405, "", False),
    ],
)
def test_the_walk_can_fail(who: str, role: Role, status: int, leads_to: str, is_wrong: bool) -> None:
    assert wrong(who, role, status, leads_to) == is_wrong
