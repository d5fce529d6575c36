"""What the database itself refuses, whoever writes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kecho.plan.models import Plan, Target

pytestmark = pytest.mark.django_db


def plan(**more: Any) -> Plan:
    fields = {"locality": "VN", "first_year": 2025, "last_year": 2025, "version": 1, "title_vi": "Kế hoạch"}
    return Plan(**{**fields, "effective_from": date(2025, 1, 1), "drafted_by": "test", **more})


def target(of: Plan, **more: Any) -> Target:
    fields: dict[str, Any] = {
        "plan": of, "code": "x", "indicator": "cpi", "measure": "growth", "basis": "year_on_year", "form": "point",
        "window_start": 24300, "window_end": 24312, "low": Decimal(5), "high": Decimal(5), "unit": "percent",
    }  # fmt: skip
    return Target(**{**fields, **more})


@pytest.mark.parametrize(
    "wrong",
    [
        {"last_year": 2024},
        {"first_year": 1900, "last_year": 1900},
        {"version": 0},
        {"locality": ""},
        {"title_vi": ""},
        {"version": 2},
        {"version": 2, "reason": "vì"},
        {"version": 2, "document_number": "1/NQ"},
    ],
)
def test_plans(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        plan(**wrong).save()


def test_one_version_once() -> None:
    plan().save()
    with pytest.raises(IntegrityError), transaction.atomic():
        plan().save()
    plan(version=2, reason="vì", document_title="Nghị quyết").save()


@pytest.mark.parametrize(
    "wrong",
    [
        {"low": Decimal("9.5"), "high": Decimal("10.5"), "form": "ceiling"},
        {"low": Decimal(10), "high": Decimal(9), "form": "range"},
        {"low": Decimal(10), "high": Decimal("9.5")},
        {"low": Decimal(5), "high": Decimal(6)},
        {"form": "range", "high": None},
        {"form": "floor"},
        {"form": "rank", "low": None},
        {"form": "feeling"},
        {"measure": "growth", "basis": "flow"},
        {"measure": "level"},
        {"measure": "index_py"},
        {"unit": "tonne"},
        {"direction": "up"},
        {"window_end": 24300},
        {"form": "full_rate", "high": None},
        {"base_value": Decimal(1)},
        {"base_value": Decimal(1), "base_start": 24300, "base_end": 24312},
        {"is_of_which": True},
        {"is_verified": True},
    ],
)
def test_targets(wrong: dict[str, Any]) -> None:
    of = plan()
    of.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        target(of, **wrong).save()


def test_ends_compare_as_numbers_and_not_as_text() -> None:
    of = plan()
    of.save()
    target(of, form="range", low=Decimal("9.5"), high=Decimal("10.5")).save()
    assert Target.objects.get().high == Decimal("10.5")


def test_clean_asks_for_the_same_plan_and_for_a_hundred_percent() -> None:
    one, other = plan(), plan(first_year=2026, last_year=2026)
    one.save()
    other.save()
    whole = target(one)
    whole.save()
    with pytest.raises(ValidationError):
        target(other, parent=whole).clean()
    with pytest.raises(ValidationError):
        target(one, form="full_rate", low=Decimal(95), high=None, measure="share", basis="stock").clean()
    with pytest.raises(ValidationError):
        target(one, basis="yearly_average", window_start=24303).clean()
    with pytest.raises(ValidationError):
        plan(version=2, document_date=date(2025, 6, 1)).clean()
