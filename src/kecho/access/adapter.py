"""What allauth asks this house: nobody signs up, who calls from which address, where to go after sign-in."""

from __future__ import annotations

import base64
import hashlib
import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from kecho.people.addresses import client_address


class AccountAdapter(DefaultAccountAdapter):
    """allauth's account flows with the house's answers."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administrator makes accounts."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        """Failures are counted by axes alone (settings_sign_in.py), so that one count decides."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """As the rest of the house counts it."""
        return client_address(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """No flow of ours sends mail."""

    def send_notification_mail(self, template_prefix: str, user: AbstractBaseUser, *args: object, **_: object) -> None:
        """The audit trail tells; there may be no mail."""

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:
        """Not within five minutes of signing in: whoever came in a moment ago has proved who they are."""
        records = get_authentication_records(context.request, context.request.user)
        youngest = max((float(record["at"]) for record in records), default=0.0)
        return time.time() - youngest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor: secrets lie encrypted, so that a copy of the database alone opens nothing."""

    def encrypt(self, text: str) -> str:
        """Under a key made from the secret key of this place."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What ``encrypt`` was given."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """The user name, as the telephone shows it."""
        return user.get_username()

    def get_totp_issuer(self) -> str:
        """The name over the code on the telephone."""
        return "Ke Cho"


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"kecho second factor " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
