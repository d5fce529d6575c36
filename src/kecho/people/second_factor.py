"""Whether somebody who must sign in with a second factor has one yet."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings

from kecho.people.actors import Actor
from kecho.people.models import Account


def is_set(account: Account) -> bool:
    """Whether a code from the telephone is asked for at sign-in."""
    return bool(Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).exists())


def is_required(actor: Actor) -> bool:
    """Whether one of the actor's roles is held under a second factor alone (``KECHO_SECOND_FACTOR_ROLES``)."""
    return not actor.roles().isdisjoint(settings.SECOND_FACTOR_ROLES)


def is_missing(account: Account, actor: Actor) -> bool:
    """Required and not set: until it is, the account acts as the public does."""
    return is_required(actor) and not is_set(account)
