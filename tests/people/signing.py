"""Who signs in in tests: ``client_of(Role.OFFICER)`` is a browser in which an officer sits."""

from __future__ import annotations

import time
from datetime import date
from functools import cache

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from kecho.people import second_factor, tokens
from kecho.people.actors import Role, Scope, command_line
from kecho.people.models import Account, Assignment

PASSWORD = "Hai-muoi-bon-ngon-nen"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LONG_AGO = date(2020, 1, 1)


@cache
def _hashed(password: str, hasher: str) -> str:
    """Hashing is slow on purpose: once for all accounts of a run."""
    return make_password(password)


def account_of(role: Role, scope: Scope | None = None, *, name: str = "") -> Account:
    """An account that holds the role in the scope (everywhere) since long ago; the same one when asked again."""
    where = scope or Scope.everywhere()
    username = name or f"{role.value}.{where.code.lower() or 'all'}".replace("_", "-")
    account, is_new = Account.objects.get_or_create(
        username=username, defaults={"full_name": f"{role.value} ({where})"}
    )
    if is_new:
        account.password = _hashed(PASSWORD, settings.PASSWORD_HASHERS[0])
        account.save()
    Assignment.objects.get_or_create(
        account=account, role=role.value, scope_kind=where.kind.value, scope_code=where.code, valid_from=LONG_AGO
    )
    if role in settings.SECOND_FACTOR_ROLES and not second_factor.is_set(account):
        secret = get_adapter().encrypt(SECRET)
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": secret})
    return account


def code_now(secret: str = SECRET) -> str:
    """What an authenticator app shows now."""
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def client_of(role: Role, scope: Scope | None = None, *, enforce_csrf_checks: bool = False) -> Client:
    """A browser with a session of somebody who holds the role; a public one has no session."""
    client = Client(enforce_csrf_checks=enforce_csrf_checks)
    if role is not Role.PUBLIC:
        client.force_login(account_of(role, scope), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def program_of(role: Role, scope: Scope | None = None, *, reach: str = "write") -> Client:
    """A program with a token of somebody who holds the role; a public one has none."""
    if role is Role.PUBLIC:
        return Client()
    account = account_of(role, scope)
    _, text = tokens.make(command_line(), account, "thử", reach=reach)
    return Client(headers={"Authorization": f"Bearer {text}"})
