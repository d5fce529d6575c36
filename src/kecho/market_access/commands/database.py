"""Django for the commands of this room."""

from __future__ import annotations

import os

from kecho.kernel.errors import KechoError


def start() -> None:
    """Django with the package's settings. Raises ``market_access.no_tables`` where the database is not ready."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kecho.web.settings")
    django.setup()
    from django.db import DatabaseError

    from kecho.market_access.models import Schedule

    try:
        Schedule.objects.exists()
    except DatabaseError as problem:
        raise KechoError("market_access.no_tables", detail=str(problem).splitlines()[0]) from None
