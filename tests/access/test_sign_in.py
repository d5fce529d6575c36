"""Signing in and out, who a session makes its visitor, and what visitors without an account never get: a cookie."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from kecho.kernel.errors import KechoError
from kecho.people import actors
from kecho.people.actors import Role, Scope
from kecho.people.middleware import ActorMiddleware
from kecho.people.needs import needs
from kecho.people.rights import Permission
from tests.people.signing import PASSWORD, account_of, client_of

pytestmark = pytest.mark.django_db
LOGIN = "/dang-nhap/"


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    caches["default"].clear()


def sign_in(client: Client, login: str, password: str = PASSWORD, **data: str) -> HttpResponse:
    return client.post(LOGIN, {"login": login, "password": password, **data})


def test_signing_in_makes_a_session_and_leads_on() -> None:
    account_of(Role.OFFICER, name="lan")
    client = Client()
    response = sign_in(client, " LAN ")
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.get("/tro-giup/").wsgi_request.actor.role is Role.OFFICER


@pytest.mark.parametrize(
    ("login", "password"), [("lan", "sai mat khau nay"), ("khong-co", PASSWORD), ("lan@x.vn", PASSWORD)]
)
def test_a_refusal_does_not_say_what_was_wrong(login: str, password: str) -> None:
    account_of(Role.OFFICER, name="lan")
    response = sign_in(Client(), login, password)
    assert response.status_code == 200
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in response.content.decode()


def test_e_mail_works_in_place_of_the_user_name() -> None:
    account = account_of(Role.OFFICER, name="lan")
    account.email = "lan@sct.example"
    account.save()
    assert sign_in(Client(), "Lan@sct.example").status_code == 302


def test_after_five_failures_the_account_is_locked_even_for_the_right_password() -> None:
    account = account_of(Role.OFFICER, name="lan")
    account.email = "lan@sct.example"
    account.save()
    answers = [sign_in(Client(), name, "sai").status_code for name in ("lan", "LAN", "lan@sct.example", "lan", "lan")]
    assert answers == [200, 200, 200, 200, 429]
    locked = sign_in(Client(), "lan")
    assert locked.status_code == 429 and "people.locked" in locked.content.decode()
    assert locked.headers["Retry-After"] == "900"


@pytest.mark.parametrize(
    "outside", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_next_never_leads_away(outside: str) -> None:
    account_of(Role.OFFICER, name="lan")
    assert sign_in(Client(), "lan", next=outside).headers["Location"] == "/"


def test_next_leads_back() -> None:
    account_of(Role.OFFICER, name="lan")
    assert sign_in(Client(), "lan", next="/nguon/?page=1").headers["Location"] == "/nguon/?page=1"


def test_the_session_key_changes_at_sign_in() -> None:
    account_of(Role.OFFICER, name="lan")
    client = Client()
    client.get(LOGIN)
    session = client.session
    session["planted"] = "1"
    session.save()
    client.cookies["kecho_session"] = session.session_key
    sign_in(client, "lan")
    assert client.cookies["kecho_session"].value != session.session_key


def test_forms_of_other_sites_are_refused() -> None:
    account_of(Role.OFFICER, name="lan")
    client = Client(enforce_csrf_checks=True)
    response = sign_in(client, "lan")
    assert response.status_code == 403 and "web.stale_form" in response.content.decode()


def test_signing_out_needs_a_post() -> None:
    client = client_of(Role.OFFICER)
    assert client.get("/dang-xuat/").status_code == 200
    assert client.get("/tro-giup/").wsgi_request.actor.is_signed_in
    client.post("/dang-xuat/")
    assert not client.get("/tro-giup/").wsgi_request.actor.is_signed_in


def test_a_disabled_account_is_public_at_once() -> None:
    client, account = client_of(Role.LEADER), account_of(Role.LEADER)
    account.is_active = False
    account.save()
    assert client.get("/tro-giup/").wsgi_request.actor == actors.public()


def answer(actor: actors.Actor, method: str = "get") -> HttpResponse:
    @needs(Permission.DRAFT_PLAN)
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("ok")

    request = getattr(RequestFactory(), method)("/x/")
    request.actor = actor
    return view(request)


def test_needs_lets_in_who_may_somewhere() -> None:
    hanoi = (Scope.locality("VN-HN"),)
    assert answer(actors.Actor("x", Role.OFFICER, hanoi)).content == b"ok"
    for actor, code in (
        (actors.public(), "people.sign_in"),
        (actors.Actor("x", Role.LEADER, hanoi, account_id=1), "people.denied"),
        (actors.Actor("x", Role.OFFICER, account_id=1), "people.denied"),
    ):
        with pytest.raises(KechoError) as caught:
            answer(actor)
        assert caught.value.code == code


def test_visitors_cost_no_query_and_get_no_cookie(django_assert_num_queries) -> None:
    request = RequestFactory().get("/")
    with django_assert_num_queries(0):
        response = ActorMiddleware(lambda request: HttpResponse(request.actor.name))(request)
    assert response.content.decode() == actors.public().name
    assert response.headers["Vary"] == "Cookie" and not response.cookies
