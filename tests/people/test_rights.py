"""Who may do what where."""

from __future__ import annotations

import pytest

from kecho.kernel.errors import KechoError
from kecho.people import actors
from kecho.people.actors import Actor, Role, Scope, ScopeKind
from kecho.people.needs import require_somewhere
from kecho.people.rights import Permission, grants, may, require

EVERYWHERE, COUNTRY, HANOI = Scope.everywhere(), Scope.locality("VN"), Scope.locality("VN-HN")
WARD, HAI_PHONG = Scope.locality("VN-HN-00004"), Scope.locality("VN-HP")
UNIT = Scope(ScopeKind.UNIT, "planning")


@pytest.mark.parametrize(
    ("wide", "narrow", "covers"),
    [
        (EVERYWHERE, COUNTRY, True),
        (EVERYWHERE, UNIT, True),
        (COUNTRY, HANOI, True),
        (HANOI, HANOI, True),
        (HANOI, WARD, True),
        (HANOI, HAI_PHONG, False),
        (HANOI, COUNTRY, False),
        (HANOI, EVERYWHERE, False),
        (Scope.locality("VN-H"), HANOI, False),
        (UNIT, UNIT, True),
        (UNIT, HANOI, False),
        (HANOI, UNIT, False),
    ],
)
def test_scopes_nest(wide: Scope, narrow: Scope, covers: bool) -> None:
    assert wide.covers(narrow) == covers


@pytest.mark.parametrize(
    ("role", "scope", "permission", "where", "allowed"),
    [
        (Role.STATISTICIAN, HANOI, Permission.IMPORT_FIGURES, HANOI, True),
        (Role.STATISTICIAN, HANOI, Permission.IMPORT_FIGURES, HAI_PHONG, False),
        (Role.STATISTICIAN, HANOI, Permission.IMPORT_FIGURES, COUNTRY, False),
        (Role.STATISTICIAN, HANOI, Permission.DRAFT_PLAN, HANOI, False),
        (Role.OFFICER, HANOI, Permission.DRAFT_PLAN, WARD, True),
        (Role.OFFICER, HANOI, Permission.APPROVE_PLAN, HANOI, False),
        (Role.LEADER, HANOI, Permission.APPROVE_PLAN, HANOI, True),
        (Role.LEADER, HANOI, Permission.DRAFT_PLAN, HANOI, False),
        (Role.PUBLIC, EVERYWHERE, Permission.READ, HANOI, True),
        (Role.PUBLIC, EVERYWHERE, Permission.IMPORT_FIGURES, HANOI, False),
    ],
)
def test_role_and_scope_are_both_needed(role, scope, permission, where, allowed) -> None:
    actor = Actor("somebody", role, (scope,))
    assert may(actor, permission, where) == allowed
    if allowed:
        require(actor, permission, where)
    else:
        with pytest.raises(KechoError, match="denied") as caught:
            require(actor, permission, where)
        assert "somebody" in caught.value.text("vi")


def test_a_refusal_names_the_place_as_people_do() -> None:
    somebody = Actor("Lan", Role.OFFICER, (HANOI,))
    with pytest.raises(KechoError) as caught:
        require(somebody, Permission.APPROVE_PLAN, HAI_PHONG)
    assert "(phạm vi: Hải Phòng)" in caught.value.what("vi") and "(scope: Hai Phong)" in caught.value.what("en")
    with pytest.raises(KechoError) as caught:
        require_somewhere(Actor("Lan", Role.OFFICER, (HANOI,), account_id=1), Permission.ADMINISTER)
    assert caught.value.what("en") == "Lan may not administer the system."


def test_nobody_without_a_scope_may_do_anything() -> None:
    assert not any(may(Actor("x", role), permission, HANOI) for role in Role for permission in Permission)


def test_drafting_and_approving_are_different_people() -> None:
    both = grants()[Permission.DRAFT_PLAN].roles & grants()[Permission.APPROVE_PLAN].roles
    assert both == {Role.ADMINISTRATOR}


def test_every_permission_is_granted_to_somebody_and_named() -> None:
    assert set(grants()) == set(Permission)
    assert all(grant.roles and grant.vi and grant.en for grant in grants().values())


def test_the_command_line_is_named_by_the_environment_alone(monkeypatch) -> None:
    monkeypatch.setenv("USER", "nguyen.van.a")
    monkeypatch.delenv("KECHO_ACTOR", raising=False)
    assert actors.command_line().name == "kecho (command line)"
    monkeypatch.setenv("KECHO_ACTOR", " Phòng Kế hoạch ")
    assert actors.command_line().name == "Phòng Kế hoạch"
    assert may(actors.command_line(), Permission.IMPORT_FIGURES, COUNTRY)


def test_the_system_acts_everywhere_but_approves_nothing() -> None:
    assert may(actors.system(), Permission.IMPORT_FIGURES, COUNTRY)
    assert not may(actors.system(), Permission.APPROVE_PLAN, COUNTRY)
