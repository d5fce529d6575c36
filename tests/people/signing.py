"""Who signs in in tests: ``client_of(Role.OFFICER)`` is a browser in which an officer sits."""

from __future__ import annotations

from datetime import date

from django.test import Client

from kecho.people.actors import Role, Scope
from kecho.people.models import Account, Assignment

PASSWORD = "Hai-muoi-bon-ngon-nen"
LONG_AGO = date(2020, 1, 1)


def account_of(role: Role, scope: Scope | None = None, *, name: str = "") -> Account:
    """An account that holds the role in the scope (everywhere) since long ago; the same one when asked again."""
    where = scope or Scope.everywhere()
    username = name or f"{role.value}.{where.code.lower() or 'all'}".replace("_", "-")
    account, is_new = Account.objects.get_or_create(
        username=username, defaults={"full_name": f"{role.value} ({where})"}
    )
    if is_new:
        account.set_password(PASSWORD)
        account.save()
    Assignment.objects.get_or_create(
        account=account, role=role.value, scope_kind=where.kind.value, scope_code=where.code, valid_from=LONG_AGO
    )
    return account


def client_of(role: Role, scope: Scope | None = None, *, enforce_csrf_checks: bool = False) -> Client:
    """A browser with a session of somebody who holds the role; a public one has no session."""
    client = Client(enforce_csrf_checks=enforce_csrf_checks)
    if role is not Role.PUBLIC:
        client.force_login(account_of(role, scope), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
