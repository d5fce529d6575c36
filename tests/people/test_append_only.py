"""The audit trail only grows: the database refuses changes, whoever asks."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from kecho.kernel.errors import KechoError
from kecho.people import actors, append_only, audit
from kecho.people.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> AuditEvent:
    return audit.record(actors.system(), "people.test", "a thing", reason="to see")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE people_auditevent SET reason = 'other'",
        "UPDATE people_auditevent SET id = id",
        "DELETE FROM people_auditevent",
    ],
)
def test_database_refuses(event: AuditEvent, statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEvent.objects.get().reason == "to see"


def test_querysets_are_refused(event: AuditEvent) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditEvent.objects.update(reason="other")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditEvent.objects.all().delete()


def test_model_is_refused_with_a_sentence(event: AuditEvent) -> None:
    event.reason = "other"
    with pytest.raises(KechoError) as caught:
        event.save()
    assert caught.value.code == "people.append_only"
    with pytest.raises(KechoError):
        event.delete()


def test_rebuilt_table_is_protected_again() -> None:
    append_only.unprotect(connection, "people_auditevent")
    assert "people_auditevent" not in append_only.protected_tables(connection)
    append_only.protect_all()
    assert append_only.protected_tables(connection) == append_only.tables()


@pytest.mark.django_db(transaction=True)
def test_flush_between_tests_empties_and_protects_again(event: AuditEvent) -> None:
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0)
    assert AuditEvent.objects.count() == 0
    assert "people_auditevent" in append_only.protected_tables(connection)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite rebuilds a table to change it")
@pytest.mark.django_db(transaction=True)
def test_a_rebuild_drops_the_triggers_and_the_end_of_migrate_puts_them_back() -> None:
    from django.core.management import call_command

    with connection.schema_editor() as editor:
        editor._remake_table(AuditEvent)
    assert "people_auditevent" not in append_only.protected_tables(connection)
    call_command("migrate", verbosity=0)
    assert "people_auditevent" in append_only.protected_tables(connection)


@pytest.mark.django_db(transaction=True)
def test_the_operation_can_be_taken_back() -> None:
    operation = append_only.AppendOnly("people_auditevent")
    with connection.schema_editor() as editor:
        operation.database_backwards("people", editor, None, None)
    assert "people_auditevent" not in append_only.protected_tables(connection)
    with connection.schema_editor() as editor:
        operation.database_forwards("people", editor, None, None)
    assert "people_auditevent" in append_only.protected_tables(connection)
    assert operation.describe() == "Make people_auditevent append-only"
