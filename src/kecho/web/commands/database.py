"""Whether the database is ready, and ``kecho migrate``, which makes it so."""

from __future__ import annotations

import os

import typer

from kecho.kernel.errors import KechoError


def start() -> None:
    """Django with this package's settings, once."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kecho.web.settings")
    django.setup()


def check() -> None:
    """Raises ``web.empty_database`` where there are no tables yet, ``web.old_database`` where upgrades are pending."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not pending:
        return
    code = "web.old_database" if executor.loader.applied_migrations else "web.empty_database"
    raise KechoError(code, database=connection.settings_dict["NAME"], count=len(pending))


def make() -> int:
    """Make or upgrade the tables; how many steps that took (0: they were up to date)."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        call_command("migrate", verbosity=0, interactive=False)
    return len(pending)


def is_without_figures() -> bool:
    """No place has a single observation."""
    from kecho.observatory import queries

    return not queries.localities_with_data()


def migrate() -> None:
    """Tạo hoặc nâng cấp các bảng / Make or upgrade the tables."""
    start()
    from django.db import connection

    steps = make()
    typer.echo(f"{connection.settings_dict['NAME']}: {steps} bước / steps.")
