"""Whether an actor may do something somewhere. Every action of an upper room asks here first.

The table is data (``rights.toml``). A right needs both: a role that has the permission, a scope that covers the place.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from kecho.kernel.errors import KechoError
from kecho.people.actors import Actor, Role, Scope


class Permission(StrEnum):
    """What can be allowed."""

    READ = "read"
    IMPORT_FIGURES = "import_figures"
    READ_UNPUBLISHED = "read_unpublished"
    CHECK_FIGURES = "check_figures"
    APPROVE_FIGURES = "approve_figures"
    PUBLISH_FIGURES = "publish_figures"
    PUBLISH_DIRECTLY = "publish_directly"
    SETTLE_FINDINGS = "settle_findings"
    DRAFT_PLAN = "draft_plan"
    APPROVE_PLAN = "approve_plan"
    DRAFT_REPORT = "draft_report"
    MANAGE_MARKET_ACCESS = "manage_market_access"
    APPROVE_REPORT = "approve_report"
    ADMINISTER = "administer"


@dataclass(frozen=True, slots=True)
class Grant:
    """One line of the table: what a permission is called and which roles have it."""

    permission: Permission
    vi: str
    en: str
    roles: frozenset[Role]


@cache
def grants() -> dict[Permission, Grant]:
    """The whole table."""
    text = resources.files("kecho.people").joinpath("rights.toml").read_text("utf-8")
    return {
        Permission(name): Grant(Permission(name), row["vi"], row["en"], frozenset(map(Role, row["roles"])))
        for name, row in tomllib.loads(text).items()
    }


def may(actor: Actor, permission: Permission, scope: Scope) -> bool:
    """Whether a role of the actor has the permission and is held where ``scope`` lies."""
    roles = grants()[permission].roles
    return any(one.role in roles and one.scope.covers(scope) for one in actor.held())


def may_somewhere(actor: Actor, permission: Permission) -> bool:
    """Whether the actor has the permission anywhere: what a page asks before it shows a form."""
    roles = grants()[permission].roles
    return any(one.role in roles for one in actor.held())


def scopes_for(actor: Actor, permission: Permission) -> tuple[Scope, ...]:
    """Where the actor has the permission; queries narrow by these."""
    roles = grants()[permission].roles
    return tuple(one.scope for one in actor.held() if one.role in roles)


def require(actor: Actor, permission: Permission, scope: Scope) -> None:
    """Nothing if the actor may; else KechoError ``people.denied`` naming actor, permission and place."""
    if not may(actor, permission, scope):
        raise denied(actor, permission, scope)


def denied(actor: Actor, permission: Permission, scope: Scope | None) -> KechoError:
    """The refusal, to be raised; without a scope it says that the actor has the permission nowhere."""
    from kecho.people.wording import scope_name  # it reads units, and the models read this module

    place_vi, place_en = (
        (f" (phạm vi: {scope_name(scope, 'vi')})", f" (scope: {scope_name(scope, 'en')})") if scope else ("", "")
    )
    grant = grants()[permission]
    return KechoError(
        "people.denied",
        actor=actor.name,
        deed_vi=grant.vi,
        deed_en=grant.en,
        place_vi=place_vi,
        place_en=place_en,
    )
