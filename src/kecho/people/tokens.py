"""API tokens: made once, shown once, kept as a digest."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from kecho.kernel.errors import KechoError
from kecho.people import audit, rights
from kecho.people.actors import Actor, Scope
from kecho.people.models import Account, ApiToken
from kecho.people.rights import Permission

PREFIX = "kecho_"
LONGEST_DAYS = 366
MOST = 20  # good tokens an account may have at once


@transaction.atomic
def make(
    actor: Actor, account: Account, name: str, *, reach: str = ApiToken.Reach.READ, days: int = 90
) -> tuple[ApiToken, str]:
    """A new token of the account and its text, which is nowhere else. One's own, or an administrator's doing.

    Raises KechoError ``people.denied``, ``people.bad_token`` for an empty name, an unknown reach or a strange number of
    days, ``people.too_many_tokens``.
    """
    _require(actor, account)
    name, now = " ".join(name.split()), timezone.now()
    if not name or len(name) > 100 or reach not in ApiToken.Reach.values or not 1 <= days <= LONGEST_DAYS:
        raise KechoError("people.bad_token", days=LONGEST_DAYS)
    if account.tokens.filter(revoked_at__isnull=True, expires_at__gt=now).count() >= MOST:
        raise KechoError("people.too_many_tokens", most=MOST)
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        account=account,
        name=name,
        hint=text[: len(PREFIX) + 4],
        digest=digest(text),
        reach=reach,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    details = {"token": token.name, "reach": reach, "expires_at": token.expires_at}
    audit.record(actor, "people.make_token", account, details=details)
    return token, text


@transaction.atomic
def revoke(actor: Actor, token: ApiToken) -> ApiToken:
    """The token opens nothing any more. One's own, or an administrator's doing."""
    _require(actor, token.account)
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        audit.record(actor, "people.revoke_token", token.account, details={"token": token.name})
    return token


def find(text: str) -> ApiToken | None:
    """The good token with this text, of an account in use; notes the day on which it was used."""
    token = ApiToken.objects.select_related("account").filter(digest=digest(text)).first()
    if token is None or not token.is_good(timezone.now()) or not token.account.is_active:
        return None
    today = timezone.localdate()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
    return token


def digest(text: str) -> str:
    """SHA-256 is enough: the text is 256 random bits, nobody guesses it."""
    return hashlib.sha256(text.encode()).hexdigest()


def _require(actor: Actor, account: Account) -> None:
    if actor.account_id != account.pk:
        rights.require(actor, Permission.ADMINISTER, Scope.everywhere())
