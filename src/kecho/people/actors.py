"""Who does something: a person, a unit's account, the command line or the system itself."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum

COMMAND_LINE = "kecho (command line)"
SYSTEM = "kecho (system)"


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
class Actor:
    """Somebody who acts. ``name`` is what the audit trail keeps."""

    name: str
    role: Role = Role.PUBLIC
    scopes: tuple[Scope, ...] = ()

    def covers(self, scope: Scope) -> bool:
        """Whether one of the actor's scopes covers this one."""
        return any(own.covers(scope) for own in self.scopes)


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
