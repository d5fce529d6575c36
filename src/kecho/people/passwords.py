"""Links by which somebody sets a password once: for a new account, and where a password was forgotten.

A link is made by an administrator and handed over by them, since a small server may have no mail. It is good for
``KECHO_LINK_HOURS`` and until a password is set or the account signs in.
"""

from __future__ import annotations

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from kecho.people.models import Account

_tokens = PasswordResetTokenGenerator()


def link_parts(account: Account) -> tuple[str, str]:
    """Number and token of a new link, as they stand in its address."""
    return urlsafe_base64_encode(force_bytes(account.pk)), _tokens.make_token(account)


def account_behind(who: str, token: str) -> Account | None:
    """The account that a link opens; None for a link that is used, too old or made up."""
    try:
        account = Account.objects.filter(pk=int(urlsafe_base64_decode(who)), is_active=True).first()
    except (ValueError, OverflowError):
        return None
    return account if account is not None and _tokens.check_token(account, token) else None
