"""``kecho admin`` and ``kecho token``: what the pages do, from the server."""

from __future__ import annotations

import pytest
from django.test import Client
from typer.testing import CliRunner

from kecho.kernel.errors import KechoError
from kecho.people.models import Account, AuditEvent
from kecho.web.cli import application

pytestmark = pytest.mark.django_db
PASSWORD = "Mot-mat-khau-dai-2026"


def run(*words: str, given: str = "") -> str:
    result = CliRunner().invoke(application(["admin", "token"]), list(words), input=given)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def first() -> None:
    run("admin", "create", "quan.tri", "--name", "Quản trị", "--password-stdin", given=PASSWORD + "\n")


def test_the_first_administrator_chooses_the_password() -> None:
    first()
    account = Account.objects.get()
    assert account.check_password(PASSWORD) and account.assignments.get().role == "administrator"
    assert [event.action for event in AuditEvent.objects.all()] == ["people.grant_role", "people.create_account"]


def test_the_password_is_asked_for_twice_and_never_shown() -> None:
    output = run("admin", "create", "quan.tri", "--name", "Quản trị", given=f"{PASSWORD}\n{PASSWORD}\n")
    assert PASSWORD not in output and Account.objects.get().check_password(PASSWORD)


def test_there_is_no_account_and_no_password_to_begin_with() -> None:
    assert not Account.objects.exists()
    with pytest.raises(KechoError, match="weak_password"):
        run("admin", "create", "quan.tri", "--name", "Quản trị", "--password-stdin", given="\n")
    assert not Account.objects.exists()


def test_roles_and_states() -> None:
    first()
    run("admin", "create", "lan", "--name", "Lan", "--role", "officer", "--scope", "locality:VN-HN", "--password-stdin",
        given=PASSWORD)  # fmt: skip
    run("admin", "grant", "lan", "statistician", "locality:VN-HN", "--from", "2026-01-01", "--until", "2030-01-01")
    assert "officer@locality:VN-HN, statistician@locality:VN-HN" in run("admin", "list")
    run("admin", "revoke", "lan", "officer", "locality:VN-HN")
    run("admin", "disable", "lan", "--reason", "nghỉ hưu")
    assert "[đã ngừng / disabled]" in run("admin", "list")
    run("admin", "enable", "lan")
    run("admin", "unlock", "lan")
    run("admin", "reset-second-factor", "lan")
    assert AuditEvent.objects.filter(action="people.disable_account").get().reason == "nghỉ hưu"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("admin", "grant", "ai", "officer"), "people.unknown_account"),
        (("admin", "grant", "quan.tri", "king"), "people.bad_role"),
        (("admin", "grant", "quan.tri", "public"), "people.bad_role"),
        (("admin", "grant", "quan.tri", "leader", "VN-HN"), "people.bad_scope"),
        (("admin", "grant", "quan.tri", "leader", "everywhere", "--from", "31/1"), "pages.bad_date"),
        (("admin", "revoke", "quan.tri", "administrator"), "people.last_administrator"),
        (("token", "revoke", "quan.tri", "9"), "people.unknown_token"),
    ],
)
def test_refusals_are_coded(words: tuple[str, ...], code: str) -> None:
    first()
    with pytest.raises(KechoError) as caught:
        run(*words)
    assert caught.value.code == code


def test_a_printed_link_sets_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    first()
    monkeypatch.setenv("KECHO_ADDRESS", "https://kecho.sct.example/")
    link = run("admin", "reset-password", "quan.tri").strip()
    assert link.startswith("https://kecho.sct.example/dat-mat-khau/")
    assert Client().get(link.removeprefix("https://kecho.sct.example")).status_code == 200


def test_tokens() -> None:
    first()
    text = run("token", "make", "quan.tri", "Sổ tay R", "--days", "7").strip()
    listed = run("token", "list", "quan.tri")
    assert text not in listed and text[:10] in listed
    run("token", "revoke", "quan.tri", listed.split("\t")[0])
    assert "no longer good" in run("token", "list", "quan.tri")
