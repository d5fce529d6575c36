"""Who does something: a person, a unit's account, the command line or the system itself."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum

COMMAND_LINE = "kecho (command line)"
SYSTEM = "kecho (system)"
VISITOR = "khách / visitor"


class Role(StrEnum):
    """What somebody is to the department. Drafting, checking and approving are different people."""

    PUBLIC = "public"
    OFFICER = "officer"
    UNIT_HEAD = "unit_head"
    LEADER = "leader"
    STATISTICIAN = "statistician"
    COUNCIL_MEMBER = "council_member"
    ENTERPRISE = "enterprise"
    COMMUNE_OFFICER = "commune_officer"
    MINISTRY_READER = "ministry_reader"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


class ScopeKind(StrEnum):
    """What a scope is made of."""

    EVERYWHERE = "everywhere"
    LOCALITY = "locality"
    UNIT = "unit"
    ENTERPRISE = "enterprise"


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a right reaches: everywhere, a locality with all below it, a unit, or one's own enterprise.

    >>> Scope.locality("VN-HN").covers(Scope.locality("VN-HN-00004"))
    True
    >>> Scope.locality("VN-HN").covers(Scope.locality("VN"))
    False
    """

    kind: ScopeKind
    code: str = ""

    @classmethod
    def everywhere(cls) -> Scope:
        """No limit."""
        return cls(ScopeKind.EVERYWHERE)

    @classmethod
    def locality(cls, code: str) -> Scope:
        """A locality by its code; ``VN`` is the whole country."""
        return cls(ScopeKind.LOCALITY, code)

    def covers(self, other: Scope) -> bool:
        """Whether whatever lies in ``other`` lies in this scope; locality codes nest."""
        if self.kind is ScopeKind.EVERYWHERE or self == other:
            return True
        nested = self.kind is ScopeKind.LOCALITY and other.kind is ScopeKind.LOCALITY
        return nested and other.code.startswith(f"{self.code}-")

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}" if self.code else str(self.kind)


@dataclass(frozen=True, slots=True)
class Held:
    """A role held somewhere."""

    role: Role
    scope: Scope


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts. ``name`` is what the audit trail keeps.

    ``role`` with its ``scopes`` is the foremost one; ``also`` holds a person's further roles, each with its own place.
    ``account_id`` is the number of the account; None for visitors, the command line and the system.
    """

    name: str
    role: Role = Role.PUBLIC
    scopes: tuple[Scope, ...] = ()
    also: tuple[Held, ...] = ()
    account_id: int | None = None

    @property
    def is_signed_in(self) -> bool:
        """Whether a person with an account acts."""
        return self.account_id is not None

    def held(self) -> tuple[Held, ...]:
        """Every role with every place where it is held."""
        return (*(Held(self.role, scope) for scope in self.scopes), *self.also)

    def roles(self) -> frozenset[Role]:
        """Every role held anywhere, and the foremost."""
        return frozenset({self.role, *(one.role for one in self.also)})

    def covers(self, scope: Scope) -> bool:
        """Whether one of the actor's scopes, in whatever role, covers this one."""
        return any(one.scope.covers(scope) for one in self.held())


def public() -> Actor:
    """Whoever looks at the pages without signing in."""
    return Actor(VISITOR, Role.PUBLIC, (Scope.everywhere(),))


def system() -> Actor:
    """The system itself, in work that no person started."""
    return Actor(SYSTEM, Role.SYSTEM, (Scope.everywhere(),))


def command_line() -> Actor:
    """Whoever runs ``kecho`` on the server.

    Named by ``KECHO_ACTOR``; the name of the operating system's account is personal data and is not stored. Who can run
    commands beside the database can already reach every row, so the role is the administrator's, everywhere.
    """
    name = os.environ.get("KECHO_ACTOR", "").strip() or COMMAND_LINE
    return Actor(name, Role.ADMINISTRATOR, (Scope.everywhere(),))
