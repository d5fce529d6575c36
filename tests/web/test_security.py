"""What an attacker tries: forged forms, foreign frames, big bodies, formulas in files, clocks, other people's pages."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from decimal import Decimal, InvalidOperation
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import caches
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
from django.test import Client, RequestFactory
from tools.route_page import Route, addresses, matrix

from kecho.people import actions, actors
from kecho.people.actors import Role
from kecho.people.models.accounts import GIVEN_ROLES
from kecho.people.rights import Permission, grants
from tests.people.signing import account_of, client_of
from tests.web.test_matrix import url_of

pytestmark = pytest.mark.django_db
ROUTES = matrix()
POSTS = [route for route in ROUTES.values() if route.post != "-" and not route.name.startswith("api:")]
DOWNLOADS = [name for name, path in addresses("vi").items() if path.endswith("<form>/") and "download" in name]


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    caches["default"].clear()


def role_for(route: Route) -> Role:
    """Somebody who may send to the address."""
    if route.post in ("public", "signed_in"):
        return Role.OFFICER
    allowed = frozenset[Role]().union(*(grants()[Permission(one)].roles for one in route.post.split("|")))
    return next(role for role in GIVEN_ROLES if role in allowed)


# ---- forms of other sites


@pytest.mark.parametrize("route", POSTS, ids=lambda route: route.name)
def test_every_form_refuses_what_another_site_sends(world: None, route: Route) -> None:
    client = client_of(role_for(route), enforce_csrf_checks=True)
    response = client.post(url_of(route.name), {"x": "1"})
    assert response.status_code == 403 and "web.stale_form" in response.content.decode()


def test_no_frame_no_sniffing_no_inline_on_the_pages_of_who_is_signed_in() -> None:
    client = client_of(Role.ADMINISTRATOR)
    for path in ("/tai-khoan/", "/quan-tri/nguoi-dung/", "/quan-tri/nhat-ky/", "/tai-khoan/ma-truy-cap/"):
        response = client.get(path)
        policy = response.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy and "unsafe" not in policy and "http" not in policy
        assert response.headers["X-Frame-Options"] == "DENY"
        assert "no-store" in response.headers.get("Cache-Control", "") or "Cookie" in response.headers["Vary"]


# ---- who is behind a name


def test_a_name_that_does_not_exist_costs_as_much_as_a_wrong_password(monkeypatch: pytest.MonkeyPatch) -> None:
    account_of(Role.OFFICER, name="lan")
    hashed: list[str] = []
    real = PBKDF2PasswordHasher.encode

    def counted(self: PBKDF2PasswordHasher, password: str, salt: str, iterations: int | None = None) -> str:
        hashed.append(password)
        return real(self, password, salt, iterations)

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counted)
    costs = []
    for name in ("lan", "khong-co", "khong@co.example"):
        hashed.clear()
        Client().post("/dang-nhap/", {"login": name, "password": "sai mat khau"})
        costs.append(len(hashed))
    assert costs == [1, 1, 1]


def test_what_was_said_of_a_locked_name_is_the_same_for_a_name_that_does_not_exist() -> None:
    account_of(Role.OFFICER, name="lan")
    said = []
    for name in ("lan", "khong-co"):
        for _ in range(5):
            response = Client().post("/dang-nhap/", {"login": name, "password": "sai"})
        said.append((response.status_code, re.sub(r'value="\w{64}"', "", response.content.decode())))
    assert said[0] == said[1] and said[0][0] == 429


# ---- sizes


def test_a_body_beyond_the_limit_is_refused_before_it_is_read() -> None:
    response = Client().post("/dang-nhap/", {"login": "x" * 6_000_000, "password": "y"})
    assert response.status_code == 400 and "web.bad_request" in response.content.decode()


def test_the_api_refuses_a_body_beyond_the_limit() -> None:
    from tests.people.signing import program_of

    body = json.dumps({"deed": "check", "note": "x" * 6_000_000})
    response = program_of(Role.LEADER).post("/api/v1/releases/1/steps", body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (413, "api.too_big")


# ---- files that a spreadsheet opens


@pytest.mark.parametrize("name", DOWNLOADS)
@pytest.mark.parametrize("form", ["csv", "csv-vn", "xlsx"])
def test_no_cell_of_any_download_starts_a_formula(world: None, name: str, form: str) -> None:
    plant()
    address = re.sub(r"[\w-]+/(\?.*)?$", f"{form}/", url_of(name))
    response = client_of(Role.ADMINISTRATOR).get(address)
    if response.status_code == 200:
        cells = list(cells_of(response, form))
        assert cells
        if form != "xlsx":  # a workbook's cells are typed: what is written as text never runs
            assert [cell for cell in cells if starts_a_formula(cell)] == []
    else:
        assert response.status_code in (400, 404)


def plant() -> None:
    """A name that would run."""
    account = account_of(Role.OFFICER, name="lan")
    actions.edit_account(actors.command_line(), account, "=cmd|'/c calc'!A1")


def cells_of(response: HttpResponse, form: str) -> Any:
    if form == "xlsx":
        with zipfile.ZipFile(io.BytesIO(response.content)) as book:
            assert not [name for name in book.namelist() if "externalLink" in name or "vba" in name.lower()]
            sheets = [book.read(name).decode() for name in book.namelist() if "/worksheets/" in name]
            assert not any("<f>" in sheet or "<f " in sheet for sheet in sheets)
            yield from re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())
        return
    text = response.content.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text), delimiter=";" if form == "csv-vn" else ","):
        yield from row


def starts_a_formula(cell: str) -> bool:
    if not cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return False
    try:
        Decimal(cell.replace(",", "."))
    except InvalidOperation:
        return cell not in ("-", "–")
    return False


def test_the_walk_sees_the_downloads() -> None:
    assert {"download", "trail-download"} <= set(DOWNLOADS)


# ---- behind HTTPS


def test_behind_https_cookies_are_secure_and_browsers_told_to_stay() -> None:
    code = (
        "import json; from kecho.web import settings as s; "
        "print(json.dumps([s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY, s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_SAMESITE]))"
    )
    found = {}
    for https in ("0", "1"):
        run = subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "KECHO_HTTPS": https}, capture_output=True, check=True
        )
        found[https] = json.loads(run.stdout)
    assert found["1"] == [True, True, True, True, 31_536_000, "Lax"]
    assert found["0"] == [False, False, True, True, 0, "Lax"]


def test_hsts_is_sent_over_https_alone(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 60
    middleware = SecurityMiddleware(lambda _: HttpResponse())
    assert "Strict-Transport-Security" in middleware(RequestFactory().get("/", secure=True)).headers
    assert "Strict-Transport-Security" not in middleware(RequestFactory().get("/")).headers


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        ("0", "203.0.113.9", "127.0.0.1"),
        ("1", "203.0.113.9", "203.0.113.9"),
        ("1", "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ("2", "1.2.3.4, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        ("1", "", "127.0.0.1"),
    ],
)
def test_the_callers_address_is_not_what_the_caller_writes(
    monkeypatch: pytest.MonkeyPatch, proxies: str, forwarded: str, address: str
) -> None:
    from kecho.people.addresses import client_address

    monkeypatch.setenv("KECHO_PROXIES", proxies)
    assert client_address(RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})) == address


# ---- kept pages


def test_what_a_signed_in_reader_sees_is_never_kept_for_others(visitor: Client) -> None:
    signed_in = client_of(Role.OFFICER)
    name = account_of(Role.OFFICER).full_name
    own = signed_in.get("/thuat-ngu/")
    assert name in own.content.decode() and own.headers["Cache-Control"] == "private, no-cache"
    public = visitor.get("/thuat-ngu/")
    assert name not in public.content.decode() and "Cookie" in public.headers["Vary"]
    assert not public.cookies


def test_a_public_copy_is_not_given_to_who_is_signed_in(visitor: Client) -> None:
    visitor.get("/tro-giup/")
    assert account_of(Role.OFFICER).full_name in client_of(Role.OFFICER).get("/tro-giup/").content.decode()
