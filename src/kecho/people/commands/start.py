"""Django for commands of this room, started only when a command needs the database."""

from __future__ import annotations

import os

from kecho.kernel.errors import KechoError


def start() -> None:
    """Django with the package's settings. Raises ``people.no_tables`` where the database is not ready."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kecho.web.settings")
    django.setup()
    from django.db import DatabaseError

    from kecho.people.models import Account

    try:
        Account.objects.exists()
    except DatabaseError as problem:
        raise KechoError("people.no_tables", detail=str(problem).splitlines()[0]) from None
