"""The administrator's pages: people, roles, units, trail; one's own tokens. Every change is one action with its row."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from kecho.kernel.errors import KechoError
from kecho.people import actions, actors, unit_actions
from kecho.people.accounts import actor_of
from kecho.people.actors import Role, Scope, ScopeKind
from kecho.people.models import Account, ApiToken, AuditEvent, Unit
from kecho.people.rights import Permission, may
from tests.people.signing import account_of, client_of

pytestmark = pytest.mark.django_db
PEOPLE = "/quan-tri/nguoi-dung/"
BOSS = actors.command_line()


@pytest.fixture
def admin() -> Client:
    caches["default"].clear()
    return client_of(Role.ADMINISTRATOR)


def page(client: Client, path: str, **data: str) -> str:
    response = client.post(path, data, follow=True) if data else client.get(path)
    assert response.status_code == 200, response.content.decode()
    return str(response.content.decode())


def last() -> AuditEvent:
    return AuditEvent.objects.order_by("-id")[0]


def test_a_person_is_added_and_sets_their_own_password(admin: Client) -> None:
    html = page(admin, PEOPLE + "moi/", username="Lan.Nguyen", full_name="  Nguyễn   Thị Lan ", email="LAN@sct.example")
    link = re.search(r"http://testserver(/dat-mat-khau/[^<]+)<", html).group(1)
    account = Account.objects.get(username="lan.nguyen")
    assert (account.full_name, account.email, account.has_usable_password()) == (
        "Nguyễn Thị Lan",
        "lan@sct.example",
        False,
    )
    assert Client().get(link).status_code == 200
    assert "lan.nguyen" in page(admin, PEOPLE + "?q=Nguy")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("username", "a", "people.bad_user_name"),
        ("username", "có dấu", "people.bad_user_name"),
        ("username", "officer.all", "people.user_name_taken"),
        ("email", "không phải thư", "people.bad_email"),
        ("email", "of@sct.example", "people.email_taken"),
        ("full_name", "   ", ""),
    ],
)
def test_what_is_wrong_is_said_on_the_form(admin: Client, field: str, value: str, code: str) -> None:
    other = account_of(Role.OFFICER)
    other.email = "of@sct.example"
    other.save()
    given = {"username": "moi", "full_name": "Người mới", "email": "", field: value}
    html = page(admin, PEOPLE + "moi/", **given)
    assert 'role="alert"' in html and code in html
    assert not Account.objects.filter(username="moi").exists()


def test_roles_are_given_with_days_and_ended_after_a_question(admin: Client) -> None:
    account = account_of(Role.OFFICER)
    today = timezone.localdate()
    given = {
        "role": "statistician",
        "scope_kind": "locality",
        "scope_code": "VN-HN",
        "valid_to": str(today + timedelta(9)),
    }
    page(admin, f"{PEOPLE}{account.pk}/vai-tro/", **given)
    assert last().action == "people.grant_role" and last().details["scope_code"] == "VN-HN"
    assert may(actor_of(account, today), Permission.CHECK_FIGURES, Scope.locality("VN-HN"))
    assert not may(actor_of(account, today + timedelta(9)), Permission.CHECK_FIGURES, Scope.locality("VN-HN"))
    assignment = account.assignments.get(role="statistician")
    assert "Kết thúc vai trò?" in page(admin, f"{PEOPLE}{account.pk}/vai-tro/{assignment.pk}/")
    page(admin, f"{PEOPLE}{account.pk}/vai-tro/{assignment.pk}/", reason="chuyển phòng")
    assert not may(actor_of(account, today), Permission.CHECK_FIGURES, Scope.locality("VN-HN"))
    assert last().reason == "chuyển phòng"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"scope_kind": "everywhere", "scope_code": "VN"}, "people.bad_scope"),
        ({"scope_kind": "locality", "scope_code": ""}, "people.bad_scope"),
        ({"scope_kind": "locality", "scope_code": "VN-ZZ"}, "people.bad_scope"),
        ({"scope_kind": "unit", "scope_code": "khong-co"}, "people.unknown_unit"),
        ({"valid_from": "2026-05-01", "valid_to": "2026-04-30"}, "people.bad_days"),
        (
            {"valid_from": "2020-01-01", "role": "officer", "scope_kind": "everywhere", "scope_code": ""},
            "people.role_held",
        ),
    ],
)
def test_roles_that_make_no_sense_are_refused(admin: Client, change: dict[str, str], code: str) -> None:
    account = account_of(Role.OFFICER)
    given = {"role": "leader", "scope_kind": "locality", "scope_code": "VN-HN", **change}
    assert code in page(admin, f"{PEOPLE}{account.pk}/vai-tro/", **given)


def test_a_role_held_for_a_unit_reaches_the_units_below() -> None:
    top = unit_actions.make_unit(BOSS, "so", "Sở Công Thương")
    below = unit_actions.make_unit(BOSS, "phong", "Phòng Kế hoạch", parent=top)
    unit_actions.make_unit(BOSS, "to", "Tổ Tổng hợp", parent=below)
    account = account_of(Role.UNIT_HEAD, Scope(ScopeKind.UNIT, "phong"))
    actor = actor_of(account, timezone.localdate())
    reach = [may(actor, Permission.DRAFT_PLAN, Scope(ScopeKind.UNIT, code)) for code in ("so", "phong", "to")]
    assert reach == [False, True, True]
    with pytest.raises(KechoError, match="unit_loop"):
        unit_actions.edit_unit(BOSS, top, "Sở", parent=Unit.objects.get(code="to"))


@pytest.mark.parametrize("deed", ["disable", "role"])
def test_the_last_administrator_stays(admin: Client, deed: str) -> None:
    only = account_of(Role.ADMINISTRATOR)
    path = f"{PEOPLE}{only.pk}/viec/disable/"
    if deed == "role":
        path = f"{PEOPLE}{only.pk}/vai-tro/{only.assignments.get().pk}/"
    assert "people.last_administrator" in page(admin, path, reason="thử")
    account_of(Role.ADMINISTRATOR, name="nguoi.thu.hai")
    response = admin.post(path, {"reason": "thử"})
    assert response.status_code == 302


def test_the_last_administrator_stays_whatever_is_tried_by_the_command_line() -> None:
    one, two = account_of(Role.ADMINISTRATOR, name="mot"), account_of(Role.ADMINISTRATOR, name="hai")
    actions.disable_account(BOSS, one)
    with pytest.raises(KechoError, match="last_administrator"):
        actions.end_role(BOSS, two.assignments.get())
    two.assignments.get().refresh_from_db()
    assert two.assignments.get().valid_to is None


@pytest.mark.parametrize(
    ("deed", "action"),
    [
        ("reset-password", "people.reset_password"),
        ("reset-second-factor", "people.reset_second_factor"),
        ("unlock", "people.unlock_account"),
        ("end-sessions", "people.end_sessions"),
        ("disable", "people.disable_account"),
    ],
)
def test_deeds_ask_first_and_leave_a_row(admin: Client, deed: str, action: str) -> None:
    account = account_of(Role.LEADER)
    path = f"{PEOPLE}{account.pk}/viec/{deed}/"
    before = AuditEvent.objects.count()
    assert "Thôi" in page(admin, path)
    assert AuditEvent.objects.count() == before
    page(admin, path, reason="vì thế")
    event = AuditEvent.objects.filter(action=action).get()
    assert (event.reason, event.target_id) == ("vì thế", str(account.pk))
    assert event.actor_account == account_of(Role.ADMINISTRATOR).pk


def test_unlocking_opens_at_once(admin: Client) -> None:
    account_of(Role.OFFICER, name="lan")
    for _ in range(6):
        Client().post("/dang-nhap/", {"login": "lan", "password": "sai"})
    assert Client().get("/dang-nhap/").status_code == 200
    actions.unlock_account(BOSS, Account.objects.get(username="lan"))
    assert Client().post("/dang-nhap/", {"login": "lan", "password": "Hai-muoi-bon-ngon-nen"}).status_code == 302


def test_units_are_made_moved_and_closed(admin: Client) -> None:
    page(admin, "/quan-tri/don-vi/", code="so-cong-thuong", name_vi="Sở Công Thương")
    top = Unit.objects.get()
    page(admin, "/quan-tri/don-vi/", code="phong-ke-hoach", name_vi="Phòng Kế hoạch", parent=str(top.pk))
    assert "depth-1" in page(admin, "/quan-tri/don-vi/")
    assert "people.unit_taken" in page(admin, "/quan-tri/don-vi/", code="so-cong-thuong", name_vi="x")
    page(admin, f"/quan-tri/don-vi/{top.pk}/", state="close")
    assert not Unit.objects.get(pk=top.pk).is_active and last().action == "people.close_unit"


def test_the_trail_is_filtered_and_taken_as_a_file(admin: Client) -> None:
    account = account_of(Role.OFFICER)
    actions.edit_account(BOSS, account, '=HYPERLINK("http://evil.example")', email="x@sct.example")
    html = page(admin, "/quan-tri/nhat-ky/?action=people.edit_account")
    assert html.count("<code>people.edit_account</code>") == 1 and "HYPERLINK" in html
    assert "Không có dòng nào" in page(admin, "/quan-tri/nhat-ky/?who=khong-ai-ten-the-nay")
    assert "Không có dòng nào" in page(admin, "/quan-tri/nhat-ky/?until=2020-01-01")
    response = admin.get("/quan-tri/nhat-ky/tai-ve/csv/?action=people.edit_account")
    (row,) = csv.DictReader(io.StringIO(response.content.decode()))
    assert row["target_label"].startswith("'=") and '"before"' in row["details"]


def test_roles_page_names_who_holds_what(admin: Client) -> None:
    account_of(Role.STATISTICIAN, Scope.locality("VN-HN"))
    html = page(admin, "/quan-tri/vai-tro/")
    assert "Hà Nội" in html and "duyệt kế hoạch" in html


def test_tokens_are_shown_once_and_revoked() -> None:
    client = client_of(Role.OFFICER)
    html = page(client, "/tai-khoan/ma-truy-cap/", name="Sổ tay R", reach="read", days="30")
    text = re.search(r"kecho_[\w-]{43}", html).group(0)
    assert text not in page(client, "/tai-khoan/ma-truy-cap/")
    me = Client(headers={"Authorization": f"Bearer {text}"})
    assert me.get("/api/v1/me").status_code == 200
    page(client, f"/tai-khoan/ma-truy-cap/{ApiToken.objects.get().pk}/thu-hoi/", x="1")
    assert me.get("/api/v1/me").status_code == 401


def test_nobody_revokes_the_token_of_another() -> None:
    owner = client_of(Role.OFFICER)
    page(owner, "/tai-khoan/ma-truy-cap/", name="x", reach="read", days="30")
    other = client_of(Role.LEADER)
    assert other.post(f"/tai-khoan/ma-truy-cap/{ApiToken.objects.get().pk}/thu-hoi/").status_code == 404
    assert ApiToken.objects.get().revoked_at is None


def test_the_scope_field_proposes_places_and_units_by_name(admin: Client) -> None:
    person = account_of(Role.OFFICER)
    shown = page(admin, f"{PEOPLE}{person.pk}/")
    assert '<option value="VN-HN">Hà Nội</option>' in shown and 'list="pham-vi"' in shown
