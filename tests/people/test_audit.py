"""The audit trail keeps who, what, when, why and what it was before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from kecho.kernel.errors import KechoError
from kecho.people import actors, audit
from kecho.people.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_a_row_tells_it_all() -> None:
    before = audit.record(actors.system(), "people.first", "the subject")
    event = audit.record(
        actors.Actor("Phòng Kế hoạch", actors.Role.OFFICER),
        "plan.revise",
        before,
        reason="Nghị quyết điều chỉnh",
        details={"before": {"value": Decimal("6.5"), "from": date(2025, 1, 1)}, "after": {"value": Decimal("8.0")}},
    )
    kept = AuditEvent.objects.get(pk=event.pk)
    assert (kept.actor_name, kept.actor_role, kept.action) == ("Phòng Kế hoạch", "officer", "plan.revise")
    assert (kept.target_type, kept.target_id) == ("people.AuditEvent", str(before.pk))
    assert kept.target_label == str(before)
    assert kept.reason == "Nghị quyết điều chỉnh"
    assert kept.details == {"before": {"value": "6.5", "from": "2025-01-01"}, "after": {"value": "8.0"}}
    assert kept.at.tzinfo is not None
    assert audit.trail(before) == [kept]


def test_a_thing_that_is_no_row_is_named() -> None:
    event = audit.record(actors.system(), "intake.refuse", "2025-02.xlsx")
    assert (event.target_type, event.target_id, event.target_label) == ("", "", "2025-02.xlsx")
    assert event.details == {}


def test_nothing_is_recorded_about_an_unsaved_row() -> None:
    with pytest.raises(KechoError, match="audit_target"):
        audit.record(actors.system(), "people.test", AuditEvent())


def test_the_record_falls_with_its_action() -> None:
    def action() -> None:
        with transaction.atomic():
            audit.record(actors.system(), "people.test", "a thing")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        action()
    assert not AuditEvent.objects.exists()


def test_the_latest_comes_first() -> None:
    audit.record(actors.system(), "people.first", "a thing")
    audit.record(actors.system(), "people.second", "a thing")
    assert [event.action for event in AuditEvent.objects.all()] == ["people.second", "people.first"]
