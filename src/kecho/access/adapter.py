"""What allauth asks this house: nobody signs up, who calls from which address, where to go after sign-in."""

from __future__ import annotations

import os

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


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


def client_address(request: HttpRequest) -> str:
    """Where the request comes from: behind ``KECHO_PROXIES`` proxies of ours the address that the first of them saw.

    Each proxy appends the address it was called from; what stands further left was written by the caller and is not
    believed.
    """
    own = str(request.META.get("REMOTE_ADDR") or "127.0.0.1")
    proxies = int(os.environ.get("KECHO_PROXIES", "0"))
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return seen[-proxies] if 0 < proxies <= len(seen) else own
