"""The API: the same figures as the pages, figures as text, problems with codes, tokens, limits, caching."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from kecho.observatory import queries
from kecho.observatory.queries import SeriesKey
from kecho.people import tokens
from kecho.people.actors import Role, Scope, command_line
from kecho.people.models import ApiToken, AuditEvent
from tests.people.signing import account_of, client_of, program_of
from tests.web import small

pytestmark = pytest.mark.django_db
V1 = "/api/v1"


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    caches["default"].clear()


def get(client: Client, path: str, status: int = 200, **query: Any) -> Any:
    response = client.get(V1 + path, query)
    assert response.status_code == status, response.content
    return response.json()


def test_observations_are_those_of_the_pages_to_the_digit(visitor: Client) -> None:
    found = get(visitor, "/observations", indicator="export_turnover", limit=1000)["items"]
    points = queries.points(SeriesKey("export_turnover"))
    assert [(one["period"], Decimal(one["value"])) for one in found] == [(p.code, q.value) for p, q in points.items()]
    assert all(isinstance(one["value"], str) for one in found)


def test_as_of_gives_what_was_known_then(visitor: Client) -> None:
    month = small.LAST.code
    before, after = (
        get(visitor, "/observations", indicator="export_turnover", kind="month", start=month, as_of=day)["items"]
        for day in ("2024-06-05", "2024-12-31")
    )
    assert [one["period"] for one in before] != [one["period"] for one in after] or before != after
    assert len(get(visitor, f"/observations/{after[-1]['id']}/vintages")) == 2


def test_lists_come_in_pages(visitor: Client) -> None:
    whole = get(visitor, "/indicators", limit=1000)
    second = get(visitor, "/indicators", limit=2, offset=2)
    assert second["items"] == whole["items"][2:4]
    assert second["count"] == whole["count"] == len(whole["items"])


def test_the_rest_answers(visitor: Client) -> None:
    assert get(visitor, "/indicators/export_turnover")["unit"]
    assert {one["indicator"] for one in get(visitor, "/series", indicator="iip")["items"]} == {"iip"}
    release = get(visitor, "/releases", limit=1)["items"][0]
    assert get(visitor, f"/releases/{release['id']}") == release
    assert get(visitor, "/findings", severity="warning", limit=1)["count"] >= 0
    plan = get(visitor, "/plans")["items"][0]
    assert len(get(visitor, f"/plans/{plan['id']}/targets")) == len(queries_of(plan["id"]))
    rows = get(visitor, "/assessment", locality=plan["locality"], year=plan["first_year"])
    assert rows and all(row["why_vi"] and row["status_en"] for row in rows)
    assert get(visitor, f"/reports/{small.LAST.code}", locality="VN", lang="en")["paragraphs"]


def queries_of(plan_id: int) -> list[Any]:
    from kecho.plan import queries as plans

    return plans.targets(plan_id)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/indicators/no_such", 404, "observatory.unknown_indicator"),
        ("/observations?indicator=export_turnover&breakdown=moon", 404, "observatory.unknown_series"),
        ("/observations?indicator=export_turnover&measure=weight", 422, "api.bad_input"),
        ("/observations?indicator=export_turnover&start=2024-13", 400, "kernel."),
        ("/observations?indicator=export_turnover&as_of=2024-02-30", 422, "api.bad_input"),
        ("/observations?indicator=export_turnover&breakdown=%00", 422, "api.bad_input"),
        ("/observations", 422, "api.bad_input"),
        ("/indicators?limit=100000", 422, "api.bad_input"),
        ("/releases/999999999", 404, "observatory.unknown_release"),
        ("/releases/99999999999999999999999", 422, "api.bad_input"),
        ("/assessment?locality=VN-HN&year=1999", 404, "plan.no_plan"),
        ("/reports/1950-01", 404, "publish.no_figures"),
        ("/no-such-call", 404, "web.unknown_page"),
        ("/audit", 403, "people.sign_in"),
    ],
)
def test_wrong_calls_get_a_problem_document(visitor: Client, path: str, status: int, code: str) -> None:
    response = visitor.get(V1 + path)
    problem = response.json()
    assert (response.status_code, problem["status"], response.headers["Content-Type"]) == (
        status,
        status,
        "application/problem+json",
    )
    assert problem["code"].startswith(code) and problem["what_vi"] and problem["do_en"]


def test_the_caller_chooses_the_language_of_the_detail(visitor: Client) -> None:
    def detail(lang: str) -> str:
        return str(visitor.get(f"{V1}/no", headers={"Accept-Language": lang}).json()["detail"])

    assert detail("en-GB").startswith("There is no") and detail("vi").startswith("Không có")


def test_a_wrong_method_is_a_problem_too(visitor: Client) -> None:
    response = program_of(Role.OFFICER).delete(f"{V1}/indicators")
    assert (response.status_code, response.json()["code"]) == (405, "api.method")
    assert "GET" in response.headers["Allow"]


def test_a_defect_tells_nothing_inner(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("inner detail")

    monkeypatch.setattr(queries, "indicators", broken)
    response = visitor.get(f"{V1}/indicators")
    assert (response.status_code, response.json()["code"]) == (500, "api.defect")
    assert b"inner detail" not in response.content


# ---- who calls


def test_a_token_speaks_for_its_account(visitor: Client) -> None:
    hanoi = Scope.locality("VN-HN")
    me = get(program_of(Role.OFFICER, hanoi), "/me")
    assert {"role": "officer", "scope": "locality:VN-HN"} in me["roles"] and me["is_signed_in"]
    assert get(visitor, "/me")["is_signed_in"] is False


def test_only_the_digest_is_kept_and_the_trail_names_no_secret() -> None:
    token, text = tokens.make(command_line(), account_of(Role.OFFICER), "Sổ tay R")
    assert text not in str(ApiToken.objects.values()) + str(list(AuditEvent.objects.values()))
    assert tokens.find(text) == token and token.hint == text[:10]


@pytest.mark.parametrize("how", ["revoked", "old", "disabled", "made up", "cut"])
def test_bad_tokens_open_nothing(how: str) -> None:
    account = account_of(Role.ADMINISTRATOR)
    token, text = tokens.make(command_line(), account, "x")
    if how == "revoked":
        tokens.revoke(command_line(), token)
    elif how == "old":
        past = timezone.now() - timedelta(days=2)
        ApiToken.objects.filter(pk=token.pk).update(created_at=past, expires_at=past + timedelta(days=1))
    elif how == "disabled":
        account.is_active = False
        account.save()
    text = {"made up": "kecho_" + "a" * 43, "cut": text[:-1]}.get(how, text)
    response = Client(headers={"Authorization": f"Bearer {text}"}).get(f"{V1}/me")
    assert (response.status_code, response.json()["code"]) == (401, "api.bad_token")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("client", "code"),
    [("session", "api.token_needed"), ("visitor", "api.token_needed"), ("reading token", "api.read_only")],
)
def test_changes_need_a_token_that_writes(client: str, code: str) -> None:
    callers = {
        "session": lambda: client_of(Role.ADMINISTRATOR),
        "visitor": Client,
        "reading token": lambda: program_of(Role.ADMINISTRATOR, reach="read"),
    }
    response = callers[client]().post(f"{V1}/releases/1/steps", {"deed": "check"}, content_type="application/json")
    assert response.json()["code"] == code


def test_the_trail_is_for_administrators() -> None:
    program = program_of(Role.ADMINISTRATOR)
    found = get(program, "/audit", action="people.make_token")
    assert found["count"] == 1 and found["items"][0]["details"]["reach"] == "write"
    assert get(program_of(Role.LEADER), "/audit", status=403)["code"] == "people.denied"


def test_without_its_second_factor_an_account_calls_as_the_public() -> None:
    from allauth.mfa.models import Authenticator

    program = program_of(Role.ADMINISTRATOR)
    Authenticator.objects.all().delete()
    assert [one["role"] for one in get(program, "/me")["roles"]] == ["public"]


def test_nobody_makes_or_revokes_the_token_of_another() -> None:
    from kecho.kernel.errors import KechoError
    from kecho.people.accounts import actor_of

    mine, other = account_of(Role.OFFICER), account_of(Role.LEADER)
    actor = actor_of(mine, timezone.localdate())
    token, _ = tokens.make(command_line(), other, "x")
    for deed in (lambda: tokens.make(actor, other, "y"), lambda: tokens.revoke(actor, token)):
        with pytest.raises(KechoError, match="denied"):
            deed()
    assert tokens.make(actor, mine, "y")[0].account == mine


# ---- how often, and how kept


def test_calls_are_counted_by_the_minute(visitor: Client, settings: Any) -> None:
    settings.API_CALLS, settings.API_CALLS_WITH_TOKEN = 3, 5
    program = program_of(Role.OFFICER)
    seen = [visitor.get(f"{V1}/me") for _ in range(4)]
    assert [one.status_code for one in seen] == [200, 200, 200, 429]
    assert [one.headers["RateLimit-Remaining"] for one in seen] == ["2", "1", "0", "0"]
    assert seen[-1].json()["code"] == "api.too_many" and 0 < int(seen[-1].headers["Retry-After"]) <= 60
    assert program.get(f"{V1}/me").headers["RateLimit-Limit"] == "5"


def test_public_answers_may_be_kept_and_asked_again(visitor: Client) -> None:
    first = visitor.get(f"{V1}/indicators")
    assert first.headers["Cache-Control"] == "no-cache" and "Authorization" in first.headers["Vary"]
    again = visitor.get(f"{V1}/indicators", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert not first.cookies
    assert program_of(Role.OFFICER).get(f"{V1}/me").headers["Cache-Control"] == "private, no-cache"


def test_the_document_describes_every_call(visitor: Client) -> None:
    document = get(visitor, "/openapi.json")
    calls = [(path, method, call) for path, ways in document["paths"].items() for method, call in ways.items()]
    assert len(calls) >= 15
    assert [path for path, _, call in calls if not call.get("summary") or not call.get("description")] == []
    page = visitor.get("/giao-dien-lap-trinh/").content.decode()
    assert [path for path, _, _ in calls if path not in page] == []
    assert "``" not in page
