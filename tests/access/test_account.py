"""One's own account: second factor from nothing to sign-in, recovery codes, password, links, sessions and their end."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from kecho.access import middleware
from kecho.kernel.errors import KechoError
from kecho.people import actions, actors, passwords, second_factor
from kecho.people.actors import Role
from kecho.people.models import Account, AuditEvent
from tests.people.signing import PASSWORD, account_of, client_of, code_now

pytestmark = pytest.mark.django_db
LOGIN, CODE, ACTIVATE = "/dang-nhap/", "/dang-nhap/ma-xac-thuc/", "/tai-khoan/xac-thuc/bat/"
NEW = "Ba-muoi-sau-pho-phuong"


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    caches["default"].clear()


def deeds() -> list[str]:
    """Actions in the trail, the oldest first."""
    return [event.action for event in AuditEvent.objects.order_by("id")]


def signed_in(client: Client) -> bool:
    return bool(client.get("/tro-giup/").wsgi_request.actor.is_signed_in)


def enter(name: str, password: str = PASSWORD) -> Client:
    """A browser after name and password."""
    client = Client()
    client.post(LOGIN, {"login": name, "password": password})
    return client


def administrator_without_factor() -> Account:
    account = account_of(Role.ADMINISTRATOR, name="quan.tri")
    Authenticator.objects.all().delete()
    return account


def test_a_role_under_second_factor_is_worth_nothing_until_it_is_set() -> None:
    administrator_without_factor()
    client = enter("quan.tri")
    for path in ("/", "/tai-khoan/", "/nguon/"):
        assert client.get(path).headers["Location"] == ACTIVATE
    assert client.get("/tro-giup/").wsgi_request.actor.role is Role.PUBLIC
    html = client.get(ACTIVATE).content.decode()
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', html).group(1).replace(" ", "")
    assert "<svg" in html and "style=" not in html
    assert "Mã không đúng." in client.post(ACTIVATE, {"code": "000000"}).content.decode()
    codes_page = client.post(ACTIVATE, {"code": code_now(secret)})
    assert codes_page.headers["Location"] == "/tai-khoan/ma-du-phong/"
    assert client.get("/tro-giup/").wsgi_request.actor.role is Role.ADMINISTRATOR
    assert len(re.findall(r"<code>\d{8}</code>", client.get("/tai-khoan/ma-du-phong/").content.decode())) == 10
    assert "<code>" not in client.get("/tai-khoan/ma-du-phong/").content.decode().split("<main")[1]
    assert secret not in Authenticator.objects.get(type="totp").data["secret"]


def test_sign_in_asks_for_the_code_and_takes_a_recovery_code_once() -> None:
    administrator_without_factor()
    client = enter("quan.tri")
    html = client.get(ACTIVATE).content.decode()
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', html).group(1).replace(" ", "")
    client.post(ACTIVATE, {"code": code_now(secret)})
    spare = re.findall(r"<code>(\d{8})</code>", client.get("/tai-khoan/ma-du-phong/").content.decode())[0]
    for code, enters in (("123456", False), (spare, True), (spare, False)):
        caches["default"].clear()
        client = enter("quan.tri")
        assert not signed_in(client)
        client.post(CODE, {"code": code})
        assert signed_in(client) == enters


def test_codes_cannot_be_guessed_without_end() -> None:
    account_of(Role.LEADER, name="giam.doc")
    client = enter("giam.doc")
    for _ in range(5):
        client.post(CODE, {"code": "000000"})
    assert "Quá nhiều lần thử" in client.post(CODE, {"code": code_now()}).content.decode()
    assert not signed_in(client)


def test_roles_outside_the_setting_need_no_second_factor() -> None:
    account_of(Role.OFFICER, name="lan")
    assert signed_in(enter("lan"))


def test_changing_the_password_ends_other_sessions() -> None:
    account_of(Role.OFFICER, name="lan")
    here, there = enter("lan"), enter("lan")
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/tai-khoan/mat-khau/", data).status_code == 302
    assert (signed_in(here), signed_in(there)) == (True, False)
    assert "access.change_password" in deeds()


@pytest.mark.parametrize(
    ("weak", "reason"),
    [
        ("ngan", "Mật khẩu quá ngắn"),
        ("123456789012", "hoàn toàn là số"),
        ("1q2w3e4r5t6y", "quá phổ biến"),
        ("nguyenvanlan.sct", "quá giống"),
    ],
)
def test_weak_passwords_are_refused_in_both_languages(weak: str, reason: str) -> None:
    account = Account(username="nguyenvanlan.sct", full_name="Nguyễn Văn Lan")
    with pytest.raises(KechoError) as caught:
        actions.check_password(weak, account)
    assert reason in caught.value.text("vi") and "password" in caught.value.text("en")
    assert "This password" not in caught.value.text("vi")


def link_of(account: Account) -> str:
    return "/dat-mat-khau/{}/{}/".format(*actions.reset_password(actors.command_line(), account))


def test_a_link_sets_a_password_once() -> None:
    account = account_of(Role.OFFICER, name="lan")
    working = enter("lan")
    link = link_of(account)
    assert not signed_in(working)
    assert not signed_in(enter("lan"))
    assert "Mật khẩu chưa đạt" in Client().post(link, {"password": "ngan", "again": "ngan"}).content.decode()
    assert "không giống nhau" in Client().post(link, {"password": NEW, "again": NEW + "x"}).content.decode()
    assert Client().post(link, {"password": NEW, "again": NEW}).headers["Location"] == LOGIN
    assert signed_in(enter("lan", NEW))
    assert "people.unknown_link" in Client().get(link).content.decode()


def test_a_newer_link_kills_the_older_and_disabling_kills_both() -> None:
    account = account_of(Role.OFFICER, name="lan")
    older, newer = link_of(account), link_of(account)
    assert [Client().get(link).status_code for link in (older, newer)] == [404, 200]
    actions.disable_account(actors.command_line(), account)
    assert Client().get(newer).status_code == 404


@pytest.mark.parametrize(("who", "token"), [("x", "y"), ("MQ", "y-z"), ("/..", "y"), ("9" * 40, "a-b")])
def test_made_up_links_open_nothing(who: str, token: str) -> None:
    assert passwords.account_behind(who, token) is None


def test_a_link_grows_old(settings) -> None:
    account = account_of(Role.OFFICER, name="lan")
    parts = actions.reset_password(actors.command_line(), account)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert passwords.account_behind(*parts) is None


@pytest.mark.parametrize(("key", "age"), [(middleware.SEEN, 3601), (middleware.STARTED, 12 * 3600 + 1)])
def test_sessions_end_when_idle_or_old(key: str, age: int) -> None:
    client = client_of(Role.OFFICER)
    assert signed_in(client)
    session = client.session
    session[key] = time.time() - age
    session.save()
    assert not signed_in(client)


def test_a_page_view_is_no_write() -> None:
    client = client_of(Role.OFFICER)
    client.get("/tai-khoan/")
    before = client.session[middleware.SEEN]
    client.get("/tai-khoan/")
    assert client.session[middleware.SEEN] == before


def test_sessions_are_listed_and_ended() -> None:
    account_of(Role.OFFICER, name="lan")
    here, there = enter("lan"), enter("lan")
    html = here.get("/tai-khoan/phien/").content.decode()
    assert html.count("<tr>") == 3 and "Phiên này" in html
    assert here.post("/tai-khoan/phien/").status_code == 302
    assert (signed_in(here), signed_in(there)) == (True, False)


def test_nobody_ends_the_session_of_somebody_else() -> None:
    from allauth.usersessions.models import UserSession

    account_of(Role.OFFICER, name="lan")
    account_of(Role.OFFICER, name="mai")
    lan, mai = enter("lan"), enter("mai")
    number = UserSession.objects.get(user__username="mai").pk
    lan.post("/tai-khoan/phien/", {"session": str(number)})
    assert signed_in(mai)


def test_the_trail_tells_who_came_and_went() -> None:
    account_of(Role.OFFICER, name="lan")
    client = enter("lan")
    client.post("/dang-xuat/")
    for _ in range(7):
        enter("lan", "sai")
    assert deeds() == ["access.sign_in", "access.sign_out", "access.lock_account"]
    assert AuditEvent.objects.order_by("id")[0].actor_account == Account.objects.get().pk


def test_what_was_typed_as_a_name_is_never_kept_in_the_trail() -> None:
    for _ in range(7):
        enter("Mat-khau-go-nham-o", "x")
    assert not AuditEvent.objects.exists()


def test_a_role_ends_with_its_last_day() -> None:
    account, today = account_of(Role.OFFICER, name="lan"), timezone.localdate()
    assignment = account.assignments.get()
    for valid_to, role in ((today, Role.PUBLIC), (today + timedelta(days=1), Role.OFFICER)):
        assignment.valid_to = valid_to
        assignment.save()
        assert enter("lan").get("/tro-giup/").wsgi_request.actor.role is role


def test_second_factor_reset_by_an_administrator() -> None:
    account = account_of(Role.LEADER, name="giam.doc")
    assert second_factor.is_set(account)
    actions.reset_second_factor(actors.command_line(), account, reason="mất điện thoại")
    assert not second_factor.is_set(account)
    assert AuditEvent.objects.get().reason == "mất điện thoại"


def test_signing_in_sweeps_sessions_that_ended() -> None:
    from django.contrib.sessions.models import Session

    past = timezone.now() - timedelta(days=1)
    Session.objects.create(session_key="old", session_data="", expire_date=past)
    account_of(Role.OFFICER, name="lan")
    enter("lan")
    assert not Session.objects.filter(session_key="old").exists()
