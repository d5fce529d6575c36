"""A database of one's own for a job."""

from __future__ import annotations

import os


def start_django(home: str, database: str = "") -> None:
    """Django on the SQLite database of ``home``, or on the one at the address ``database``, migrated."""
    os.environ["KECHO_HOME"] = home
    os.environ.pop("KECHO_DATABASE_URL", None)
    if database:
        os.environ["KECHO_DATABASE_URL"] = database
    os.environ["DJANGO_SETTINGS_MODULE"] = "kecho.web.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
