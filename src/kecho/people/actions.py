"""Changes to accounts and the roles they hold. Each asks for the right and writes its audit row in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from kecho.kernel import localities
from kecho.kernel.errors import LANGUAGES, KechoError
from kecho.people import audit, passwords, rights
from kecho.people.accounts import in_force
from kecho.people.actors import Actor, Role, Scope, ScopeKind, public
from kecho.people.models import Account, Assignment, Unit
from kecho.people.models.accounts import GIVEN_ROLES, user_name_rule
from kecho.people.rights import Permission


@transaction.atomic
def create_account(
    actor: Actor,
    username: str,
    full_name: str,
    *,
    email: str = "",
    unit: Unit | None = None,
    password: str | None = None,
) -> Account:
    """A new account without any role. Without ``password`` it can be entered only after a password link was used.

    Raises KechoError ``people.denied``, ``people.bad_user_name``, ``people.user_name_taken``,
    ``people.empty_full_name``, ``people.bad_email``, ``people.email_taken``, ``people.weak_password``.
    """
    _require(actor)
    account = Account(username=username.strip().lower(), unit=unit)
    _describe(account, full_name, email)
    _check_user_name(account.username)
    if password is None:
        account.set_unusable_password()
    else:
        check_password(password, account)
        account.set_password(password)
    account.save()
    audit.record(actor, "people.create_account", account, details=_facts(account))
    return account


@transaction.atomic
def edit_account(
    actor: Actor, account: Account, full_name: str, *, email: str = "", unit: Unit | None = None
) -> Account:
    """Another name, address or unit. Raises as ``create_account`` does."""
    _require(actor)
    before = _facts(account)
    _describe(account, full_name, email)
    account.unit = unit
    account.save(update_fields=["full_name", "email", "unit"])
    audit.record(actor, "people.edit_account", account, details={"before": before, "after": _facts(account)})
    return account


@transaction.atomic
def disable_account(actor: Actor, account: Account, reason: str = "") -> Account:
    """Nobody enters by this account any more, at once. Raises KechoError ``people.last_administrator``."""
    _require(actor)
    _keep_an_administrator(account, timezone.localdate())
    account.is_active = False
    account.save(update_fields=["is_active"])
    audit.record(actor, "people.disable_account", account, reason=reason)
    return account


@transaction.atomic
def enable_account(actor: Actor, account: Account, reason: str = "") -> Account:
    """The account can be entered again, with the password it had."""
    _require(actor)
    account.is_active = True
    account.save(update_fields=["is_active"])
    audit.record(actor, "people.enable_account", account, reason=reason)
    return account


@transaction.atomic
def grant_role(
    actor: Actor,
    account: Account,
    role: Role,
    scope: Scope,
    *,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Assignment:
    """From ``valid_from`` (today) until ``valid_to`` (that day no longer; open where None) the account holds the role.

    Raises KechoError ``people.bad_role``, ``people.bad_scope``, ``people.bad_days``, ``people.role_held``.
    """
    _require(actor)
    since = valid_from or timezone.localdate()
    if role not in GIVEN_ROLES:
        raise KechoError("people.bad_role", value=role, choices=", ".join(GIVEN_ROLES))
    if (scope.kind is ScopeKind.EVERYWHERE) == bool(scope.code):
        raise KechoError("people.bad_scope", value=scope)
    if scope.kind is ScopeKind.LOCALITY:
        _check_place(scope)
    if scope.kind is ScopeKind.UNIT and not Unit.objects.filter(code=scope.code).exists():
        raise KechoError("people.unknown_unit", value=scope.code)
    if valid_to is not None and valid_to < since:
        raise KechoError("people.bad_days", valid_from=since.isoformat(), valid_to=valid_to.isoformat())
    terms = {"role": role.value, "scope_kind": scope.kind.value, "scope_code": scope.code}
    if account.assignments.filter(**terms, valid_from=since).exists():
        raise KechoError("people.role_held", account=account)
    made = Assignment.objects.create(account=account, **terms, valid_from=since, valid_to=valid_to)
    audit.record(actor, "people.grant_role", account, details={**terms, "valid_from": since, "valid_to": valid_to})
    return made


@transaction.atomic
def end_role(actor: Actor, assignment: Assignment, *, on: date | None = None, reason: str = "") -> Assignment:
    """The role is held until ``on`` (today), that day no longer. Raises KechoError ``people.last_administrator``."""
    _require(actor)
    before = assignment.valid_to
    assignment.valid_to = max(on or timezone.localdate(), assignment.valid_from)
    assignment.save(update_fields=["valid_to"])
    if assignment.role == Role.ADMINISTRATOR and not _administrators(assignment.valid_to).exists():
        raise KechoError("people.last_administrator", account=assignment.account)
    details = {
        "role": assignment.role,
        "scope": str(assignment.scope),
        "before": {"valid_to": before},
        "after": {"valid_to": assignment.valid_to},
    }
    audit.record(actor, "people.end_role", assignment.account, reason=reason, details=details)
    return assignment


def check_password(password: str, account: Account) -> None:
    """Raises KechoError ``people.weak_password`` with the reasons."""
    reasons: dict[str, Any] = {}
    for lang in LANGUAGES:  # Django words its reasons in the language of the moment
        with translation.override(lang):
            try:
                validate_password(password, account)
            except ValidationError as refused:
                reasons[f"reasons_{lang}"] = " ".join(refused.messages)
    if reasons:
        raise KechoError("people.weak_password", **reasons)


def _require(actor: Actor) -> None:
    rights.require(actor, Permission.ADMINISTER, Scope.everywhere())


def _check_place(scope: Scope) -> None:
    try:
        localities.get(scope.code)
    except KechoError:
        raise KechoError("people.bad_scope", value=scope) from None


def _describe(account: Account, full_name: str, email: str) -> None:
    """Name and address as given, checked."""
    account.full_name, account.email = " ".join(full_name.split()), email.strip().lower()
    if not account.full_name:
        raise KechoError("people.empty_full_name")
    if not account.email:
        return
    try:
        validate_email(account.email)
    except ValidationError:
        raise KechoError("people.bad_email", value=account.email) from None
    if Account.objects.filter(email=account.email).exclude(pk=account.pk).exists():
        raise KechoError("people.email_taken", value=account.email)


def _check_user_name(name: str) -> None:
    try:
        user_name_rule(name)
    except ValidationError:
        raise KechoError("people.bad_user_name", value=name) from None
    if Account.objects.filter(username=name).exists():
        raise KechoError("people.user_name_taken", value=name)


def _administrators(day: date) -> QuerySet[Assignment]:
    """Assignments that let an active account administer everything on ``day``."""
    return Assignment.objects.filter(
        in_force(day), role=Role.ADMINISTRATOR, scope_kind=ScopeKind.EVERYWHERE, account__is_active=True
    )


def _keep_an_administrator(account: Account, day: date) -> None:
    held = _administrators(day)
    if held.filter(account=account).exists() and not held.exclude(account=account).exists():
        raise KechoError("people.last_administrator", account=account)


def _facts(account: Account) -> dict[str, str]:
    return {
        "username": account.username,
        "full_name": account.full_name,
        "email": account.email,
        "unit": account.unit.code if account.unit else "",
    }


@transaction.atomic
def reset_password(actor: Actor, account: Account, reason: str = "") -> tuple[str, str]:
    """The old password is worth nothing any more, sessions end, and a link to set a new one is returned (its parts).

    Links given out before are dead.
    """
    _require(actor)
    account.refresh_from_db()  # the link is made of what the database holds now
    account.set_unusable_password()
    account.save(update_fields=["password"])
    audit.record(actor, "people.reset_password", account, reason=reason)
    return passwords.link_parts(account)


def account_of_link(who: str, token: str) -> Account:
    """The account that a link opens. Raises KechoError ``people.unknown_link``."""
    account = passwords.account_behind(who, token)
    if account is None:
        raise KechoError("people.unknown_link")
    return account


@transaction.atomic
def set_password_by_link(who: str, token: str, password: str) -> Account:
    """The link's owner sets a password. Raises KechoError ``people.unknown_link``, ``people.weak_password``."""
    account = account_of_link(who, token)
    check_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    audit.record(_oneself(account), "people.set_password", account)
    return account


@transaction.atomic
def reset_second_factor(actor: Actor, account: Account, reason: str = "") -> int:
    """Telephone and recovery codes are forgotten and must be set anew at the next sign-in; how many there were."""
    _require(actor)
    removed, _ = Authenticator.objects.filter(user_id=account.pk).delete()
    audit.record(actor, "people.reset_second_factor", account, reason=reason, details={"removed": removed})
    return removed


@transaction.atomic
def unlock_account(actor: Actor, account: Account, reason: str = "") -> int:
    """Failures in a row are forgotten, the account can be entered again at once; how many records there were."""
    _require(actor)
    forgotten = int(reset(username=account.username))
    cache.delete(f"locked:{account.pk}")
    audit.record(actor, "people.unlock_account", account, reason=reason, details={"records": forgotten})
    return forgotten


@transaction.atomic
def end_sessions(actor: Actor, account: Account, reason: str = "") -> int:
    """The account is signed out everywhere; from how many places."""
    _require(actor)
    sessions = list(UserSession.objects.filter(user_id=account.pk))
    for session in sessions:
        session.end()
    audit.record(actor, "people.end_sessions", account, reason=reason, details={"count": len(sessions)})
    return len(sessions)


def _oneself(account: Account) -> Actor:
    """Somebody who acts on their own account before they are signed in."""
    return replace(public(), name=account.full_name, account_id=account.pk)
