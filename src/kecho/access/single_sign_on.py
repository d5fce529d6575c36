"""Single sign-on: the province's server says who somebody is, this house says what they may do.

Nobody gets an account by signing in there. Whoever comes is matched, once, to an active account by an e-mail address
that the server has verified; afterwards by the server's own number for them. A second factor of ours is asked for too.
"""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

from kecho.access.locks import refusal_page
from kecho.kernel.errors import KechoError
from kecho.people.models import Account


class SocialAdapter(DefaultSocialAccountAdapter):
    """allauth's single sign-on with the house's answers."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: an administrator makes accounts."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account the first time. Refuses with ``people.no_account_for_sso``."""
        if sociallogin.is_existing:
            return
        verified = [address.email.lower() for address in sociallogin.email_addresses if address.verified]
        account = Account.objects.filter(email__in=verified, is_active=True).exclude(email="").first()
        if account is None:
            self._refuse(request, "people.no_account_for_sso")
        sociallogin.connect(request, account)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The audit trail tells; there may be no mail."""

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any) -> NoReturn:
        """The other server said no, or could not be reached."""
        self._refuse(request, "people.sso_failed")

    @staticmethod
    def _refuse(request: HttpRequest, code: str) -> NoReturn:
        raise ImmediateHttpResponse(refusal_page(request, KechoError(code), 403))
