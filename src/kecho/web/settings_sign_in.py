"""Settings of sign-in, sessions and their limits, read by ``settings.py``; see docs/reference/settings.md."""

from __future__ import annotations

import os
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

from kecho.people.actors import Role

HTTPS = os.environ.get("KECHO_HTTPS", "0") == "1"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("username", "full_name", "email")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]  # fmt: skip

# allauth: people sign in by user name or e-mail address; nobody signs up, and no mail is needed.
ACCOUNT_ADAPTER = "kecho.access.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_FORMS = {
    "login": "kecho.access.forms.LoginForm",
    "change_password": "kecho.access.forms.ChangePasswordForm",
    "reauthenticate": "kecho.access.forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "kecho.access.forms.CodeForm",
    "reauthenticate": "kecho.access.forms.ReauthenticateByCodeForm",
    "activate_totp": "kecho.access.forms.ActivateForm",
}

# Single sign-on of the province, where there is one: OpenID Connect, off unless its address is set.
SOCIALACCOUNT_ADAPTER = "kecho.access.single_sign_on.SocialAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {}
if os.environ.get("KECHO_OIDC_SERVER"):
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": os.environ.get("KECHO_OIDC_NAME", "SSO"),
                    "client_id": os.environ.get("KECHO_OIDC_ID", ""),
                    "secret": os.environ.get("KECHO_OIDC_SECRET", ""),
                    "settings": {"server_url": os.environ["KECHO_OIDC_SERVER"]},
                }
            ],
        }
    }

MFA_ADAPTER = "kecho.access.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # half a minute: telephones' clocks differ
ACCOUNT_REAUTHENTICATION_METHODS = {"password", "mfa"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300


def _roles(text: str) -> frozenset[Role]:
    """Roles by their names, parted by commas; ``none`` for no role."""
    try:
        return frozenset(Role(name.strip()) for name in text.split(",") if name.strip() not in ("", "none"))
    except ValueError as unknown:
        raise ImproperlyConfigured(f"KECHO_SECOND_FACTOR_ROLES: {unknown}; see docs/reference/settings.md") from None


# Roles that are held under a second factor alone: until it is set, the account acts as the public does.
SECOND_FACTOR_ROLES = _roles(os.environ.get("KECHO_SECOND_FACTOR_ROLES", "administrator,leader,statistician"))

# axes: after this many failures in a row an account stays locked for a while, whatever the address they come from.
AXES_FAILURE_LIMIT = int(os.environ.get("KECHO_LOCK_AFTER", "5"))
AXES_COOLOFF_TIME = timedelta(minutes=int(os.environ.get("KECHO_LOCK_MINUTES", "15")))
AXES_LOCKOUT_PARAMETERS = ["username"]  # a whole office may share one address: it is slowed down, never locked
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_USERNAME_CALLABLE = "kecho.access.locks.name_tried"
AXES_CLIENT_IP_CALLABLE = "kecho.people.addresses.client_address"
AXES_LOCKOUT_CALLABLE = "kecho.access.locks.locked"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # our own audit trail says who signed in
AXES_VERBOSE = False

# A session ends when nobody used it for a while, and in any case after a working day.
SESSION_IDLE = timedelta(minutes=int(os.environ.get("KECHO_SESSION_MINUTES", "60")))
SESSION_LONGEST = timedelta(hours=int(os.environ.get("KECHO_SESSION_HOURS", "12")))
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
PASSWORD_RESET_TIMEOUT = int(os.environ.get("KECHO_LINK_HOURS", "24")) * 3600
# Calls of the API in a minute: from one address, and with one token.
API_CALLS = int(os.environ.get("KECHO_API_CALLS", "120"))
API_CALLS_WITH_TOKEN = int(os.environ.get("KECHO_API_CALLS_WITH_TOKEN", "600"))

SESSION_COOKIE_NAME = "kecho_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "kecho_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "kecho.web.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
