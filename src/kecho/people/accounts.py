"""From an account to the ``Actor`` that it is on a day. Roles and units are read from the database each time."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from kecho.people.actors import Actor, Held, Role, Scope, ScopeKind
from kecho.people.models import Account, Assignment, Unit

# The foremost role is what the audit trail prints beside the name: the one with most power held.
RANK = (
    Role.ADMINISTRATOR,
    Role.LEADER,
    Role.UNIT_HEAD,
    Role.STATISTICIAN,
    Role.OFFICER,
    Role.COUNCIL_MEMBER,
    Role.COMMUNE_OFFICER,
    Role.MINISTRY_READER,
    Role.ENTERPRISE,
)


def in_force(day: date) -> Q:
    """Filters assignments that hold on ``day``."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def actor_of(account: Account, day: date) -> Actor:
    """What the account may act as on ``day``. Without a role it reads what the public reads, under its own name."""
    held = held_by(account, day)
    name = account.full_name
    if not held:
        return Actor(name, Role.PUBLIC, (Scope.everywhere(),), account_id=account.pk)
    foremost = min((one.role for one in held), key=RANK.index)
    scopes = tuple(one.scope for one in held if one.role is foremost)
    also = tuple(one for one in held if one.role is not foremost)
    return Actor(name, foremost, scopes, (*also, Held(Role.PUBLIC, Scope.everywhere())), account_id=account.pk)


def held_by(account: Account, day: date) -> list[Held]:
    """Roles with their places on ``day``; a unit stands for itself and all units below it."""
    found = []
    for assignment in Assignment.objects.filter(in_force(day), account=account):
        role = Role(assignment.role)
        if assignment.scope.kind is ScopeKind.UNIT:
            found += [Held(role, Scope(ScopeKind.UNIT, code)) for code in unit_and_below(assignment.scope_code)]
        else:
            found.append(Held(role, assignment.scope))
    return found


def unit_and_below(code: str) -> list[str]:
    """Codes of a unit and of every unit below it, itself first; only the code itself for a unit nobody knows."""
    children: dict[str, list[str]] = {}
    for child, parent in Unit.objects.filter(parent__isnull=False).values_list("code", "parent__code"):
        children.setdefault(parent, []).append(child)
    found = [code]
    for one in found:  # grows while it is read
        found += [child for child in children.get(one, ()) if child not in found]
    return found
