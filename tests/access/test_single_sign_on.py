"""Single sign-on against a small OpenID Connect server on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import caches
from django.test import Client

from kecho.people.actors import Role
from kecho.people.models import Account
from tests.people.signing import account_of

pytestmark = pytest.mark.django_db
LOGIN, CALLBACK = "/sso/sso/login/", "/sso/sso/login/callback/"


class Server(BaseHTTPRequestHandler):
    """Says who somebody is: ``claims`` are set by the test."""

    claims: dict[str, Any] = {}

    def do_GET(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_port}"
        known = {name: f"{base}/{name}" for name in ("authorization_endpoint", "token_endpoint", "userinfo_endpoint")}
        self._say(self.claims if self.path.startswith("/userinfo") else {"issuer": base, "jwks_uri": base, **known})

    def do_POST(self) -> None:
        self._say({"access_token": "abc", "token_type": "Bearer"})

    def _say(self, what: dict[str, Any]) -> None:
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(settings: Any) -> Iterator[type[Server]]:
    caches["default"].clear()
    http = HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    app = {
        "provider_id": "sso", "name": "SSO của tỉnh", "client_id": "kecho", "secret": "s",
        "settings": {"server_url": f"http://127.0.0.1:{http.server_port}"},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    yield Server
    http.shutdown()
    http.server_close()


def come_back(client: Client, **query: str) -> Any:
    """There and back again, as a browser goes."""
    away = client.post(LOGIN)
    asked = parse_qs(urlsplit(away.headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"] and asked["client_id"] == ["kecho"]
    return client.get(CALLBACK, {"code": "xyz", "state": asked["state"][0], **query})


def person(email: str = "lan@sct.example", role: Role = Role.OFFICER) -> Account:
    account = account_of(role, name="lan")
    account.email = email
    account.save()
    return account


def test_off_unless_configured() -> None:
    assert "SSO" not in Client().get("/dang-nhap/").content.decode()
    assert Client().post(LOGIN).status_code == 404


def test_a_verified_address_finds_the_account_and_then_the_number_does(server: type[Server]) -> None:
    account = person()
    server.claims = {"sub": "42", "email": "Lan@sct.example", "email_verified": True, "name": "Lan"}
    client = Client()
    assert "Đăng nhập bằng SSO của tỉnh" in client.get("/dang-nhap/").content.decode()
    assert come_back(client).headers["Location"] == "/"
    assert client.get("/tro-giup/").wsgi_request.actor.account_id == account.pk
    server.claims = {"sub": "42", "email": "moi@sct.example", "email_verified": False}
    again = Client()
    come_back(again)
    assert again.get("/tro-giup/").wsgi_request.actor.account_id == account.pk


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "7", "email": "lan@sct.example", "email_verified": False},
        {"sub": "7", "email": "lan@sct.example"},
        {"sub": "7", "email": "nguoi.la@sct.example", "email_verified": True},
        {"sub": "7"},
    ],
)
def test_nobody_gets_an_account_by_coming(server: type[Server], claims: dict[str, Any]) -> None:
    person()
    server.claims = claims
    client = Client()
    response = come_back(client)
    assert response.status_code == 403 and "people.no_account_for_sso" in response.content.decode()
    assert Account.objects.count() == 1
    assert not client.get("/tro-giup/").wsgi_request.actor.is_signed_in


def test_our_second_factor_is_asked_for_too(server: type[Server]) -> None:
    person(role=Role.LEADER)
    server.claims = {"sub": "42", "email": "lan@sct.example", "email_verified": True}
    client = Client()
    assert come_back(client).headers["Location"] == "/dang-nhap/ma-xac-thuc/"
    assert not client.get("/tro-giup/").wsgi_request.actor.is_signed_in


def test_a_refusal_over_there_is_a_coded_page_here(server: type[Server]) -> None:
    client = Client()
    response = come_back(client, error="access_denied")
    assert response.status_code == 403 and "people.sso_failed" in response.content.decode()
    assert "people.sso_failed" in client.get(CALLBACK, {"code": "x", "state": "made-up"}).content.decode()
