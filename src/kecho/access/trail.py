"""What the sign-in libraries report, written into the audit trail: the one place that listens to signals."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, user_logged_in, user_logged_out
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.utils import timezone

from kecho.people import actors, audit
from kecho.people.accounts import actor_of
from kecho.people.models import Account

DEEDS = {
    user_logged_in: "access.sign_in",
    user_logged_out: "access.sign_out",
    password_changed: "access.change_password",
    authenticator_added: "access.add_second_factor",
    authenticator_removed: "access.remove_second_factor",
    authenticator_reset: "access.new_recovery_codes",
}


def _listener(deed: str) -> Any:
    def listen(sender: Any, user: Account | None = None, authenticator: Any = None, **_: Any) -> None:
        if isinstance(user, Account):
            details = {"type": str(authenticator.type)} if authenticator else None
            audit.record(actor_of(user, timezone.localdate()), deed, user, details=details)

    return listen


def _note_lock(sender: Any, username: str | None = None, **_: Any) -> None:
    """Once for each lock, and only for accounts that exist: whatever else was typed might be a password."""
    account = Account.objects.filter(username=username or "").first()
    if account and cache.add(f"locked:{account.pk}", 1, int(settings.AXES_COOLOFF_TIME.total_seconds())):
        audit.record(actors.system(), "access.lock_account", account, details={"failures": settings.AXES_FAILURE_LIMIT})


def _sweep(sender: Any, **_: Any) -> None:
    """Whoever signs in takes the sessions along that ended long ago: no timer is needed."""
    SessionStore.clear_expired()


def connect() -> None:
    """Once, when the program starts."""
    for signal, deed in DEEDS.items():
        signal.connect(_listener(deed), weak=False, dispatch_uid=deed)
    user_logged_in.connect(_sweep, dispatch_uid="access.sweep")
    user_locked_out.connect(_note_lock, dispatch_uid="access.lock_account")
