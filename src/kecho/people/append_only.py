"""Tables that only grow. The database itself refuses to change or delete a row, whoever asks.

A migration says ``AppendOnly("observatory_observation")`` after the table is made. SQLite drops a table's triggers when
a later migration rebuilds the table, so after every ``migrate`` the triggers of all ``AppendOnlyModel`` tables are put
back (``protect_all``, called when migrations end).

SQLite: triggers BEFORE UPDATE and BEFORE DELETE. PostgreSQL: the same, and BEFORE TRUNCATE. Both raise Django's
``IntegrityError`` with the words "append-only".
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations.base import Operation

from kecho.kernel.errors import KechoError

EVENTS = {"sqlite": ("UPDATE", "DELETE"), "postgresql": ("UPDATE", "DELETE", "TRUNCATE")}

_FUNCTION = """
CREATE OR REPLACE FUNCTION kecho_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'append-only: % refuses %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


class AppendOnlyModel(models.Model):
    """A model whose rows are added and never changed. Its migration also needs ``AppendOnly(<table>)``."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises KechoError ``people.append_only`` when it is already there."""
        if not self._state.adding:
            self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never. Raises KechoError ``people.append_only``."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise KechoError("people.append_only", table=self._meta.db_table)


class AppendOnly(Operation):
    """Migration operation: from here on the table's rows can be added and read, nothing else."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models stay as they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Add the triggers."""
        for statement in protect_sql(schema_editor.connection.vendor, self.table):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Remove the triggers."""
        for statement in unprotect_sql(schema_editor.connection.vendor, self.table):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Make {self.table} append-only"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.table}_append_only"


def trigger_name(table: str, event: str) -> str:
    """``kecho_audit_no_update``."""
    return f"{table}_no_{event.lower()}"


def protect_sql(vendor: str, table: str) -> list[str]:
    """Statements that make a table append-only; running them twice is harmless."""
    statements = unprotect_sql(vendor, table)
    if vendor == "postgresql":
        statements.append(_FUNCTION)
        for event in EVENTS[vendor]:
            each = "STATEMENT" if event == "TRUNCATE" else "ROW"
            statements.append(
                f'CREATE TRIGGER "{trigger_name(table, event)}" BEFORE {event} ON "{table}" '
                f"FOR EACH {each} EXECUTE FUNCTION kecho_append_only()"
            )
        return statements
    for event in EVENTS[vendor]:
        statements.append(
            f'CREATE TRIGGER "{trigger_name(table, event)}" BEFORE {event} ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, 'append-only: {table} refuses {event}'); END"
        )
    return statements


def unprotect_sql(vendor: str, table: str) -> list[str]:
    """Statements that lift the protection: for reversing a migration and for emptying a test database."""
    on = f' ON "{table}"' if vendor == "postgresql" else ""
    return [f'DROP TRIGGER IF EXISTS "{trigger_name(table, event)}"{on}' for event in EVENTS[vendor]]


def protect(connection: BaseDatabaseWrapper, table: str) -> None:
    """Add the triggers now."""
    _run(connection, protect_sql(connection.vendor, table))


def unprotect(connection: BaseDatabaseWrapper, table: str) -> None:
    """Remove the triggers now."""
    _run(connection, unprotect_sql(connection.vendor, table))


def tables() -> list[str]:
    """Tables of all installed append-only models."""
    return sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnlyModel))


def protected_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """Those of ``tables()`` that have all their triggers in this database."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {name for (name,) in cursor.fetchall()}
    events = EVENTS[connection.vendor]
    return [table for table in tables() if all(trigger_name(table, event) in found for event in events)]


def protect_all(using: str = "default", **_: Any) -> None:
    """Put back what a table rebuild dropped; called after migrations."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    for table in sorted(existing.intersection(tables()).difference(protected_tables(connection))):
        protect(connection, table)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
