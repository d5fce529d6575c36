"""The database itself keeps what was published: no change, no deletion, no impossible value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from kecho.kernel.errors import KechoError
from kecho.observatory.fields import ExactDecimalField, checked, plain
from kecho.observatory.models import Observation, Release
from kecho.observatory.queries import SeriesKey
from tests.observatory.makers import observe, release, series

EXPORTS = SeriesKey("export_turnover")

pytestmark = pytest.mark.django_db


@pytest.fixture
def observation() -> Observation:
    return observe(EXPORTS, "2025-02", "31109.320468", release("2025-03-06"), sheet="14.XK", cell="D9")


STATEMENTS = [
    "UPDATE observatory_observation SET note = 'other'",
    "UPDATE observatory_observation SET period_end = period_end",
    "DELETE FROM observatory_observation",
    "UPDATE observatory_release SET published_on = '2020-01-01'",
    "DELETE FROM observatory_release",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_changes_by_anybody(observation: Observation, statement: str):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Observation.objects.get().value == Decimal("31109.320468")


def test_models_and_querysets_are_refused_too(observation: Observation):
    with pytest.raises(KechoError, match="append_only"):
        observation.save()
    with pytest.raises(KechoError, match="append_only"):
        observation.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.update(note="other")
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.all().delete()


def test_a_release_gives_a_period_once(observation: Observation):
    with pytest.raises(IntegrityError), transaction.atomic():
        observe(EXPORTS, "2025-02", "1", observation.release)
    observe(EXPORTS, "2025-02", "1", observation.release, calendar="admin14")


IMPOSSIBLE = [
    {"value": None, "missing": ""},
    {"value": Decimal(1), "missing": "nil"},
    {"value": None, "missing": "forgotten"},
    {"stage": "forecast"},
    {"calendar": "lunar"},
    {"decimals": 41},
    {"period_end": 24301},
]


@pytest.mark.parametrize("given_", IMPOSSIBLE, ids=str)
def test_constraints_refuse_the_impossible(given_: dict[str, object]):
    fields: dict[str, object] = {"period_start": 24301, "period_end": 24302, "value": Decimal(1), "stage": "estimate"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.create(series=series(EXPORTS), release=release("2025-03-06"), **{**fields, **given_})


def test_a_correction_needs_a_reason_and_a_known_kind():
    first = release("2025-03-06")
    fields = {name: getattr(first, name) for name in ("source", "kind", "title", "published_on", "imported_at")}
    for wrong in ({"corrects": first}, {"kind": "rumour"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.create(**{**fields, "sha256": "c" * 64, "published_basis": "stated", **wrong})


@pytest.mark.parametrize("text", ["1e24", "-1e30", "NaN", "Infinity", "1e-41"])
def test_absurd_magnitudes_are_refused_by_the_field(text: str):
    with pytest.raises(ValidationError):
        checked(Decimal(text))


@pytest.mark.parametrize("text", ["1e24", "12e3", "abc", "", "1 000", "NaN", "1,5"])
def test_absurd_values_are_refused_by_the_database(observation: Observation, text: str):
    columns = "series_id, release_id, calendar, period_start, period_end, value, missing, stage, sheet, cell, note"
    row = [observation.series_id, observation.release_id, "stat", 1, 2, text, "", "estimate", "", "", ""]
    statement = (
        f"INSERT INTO observatory_observation ({columns}, is_derived, is_fictional) "
        f"VALUES ({', '.join(['%s'] * len(row))}, %s, %s)"
    )
    accepted_by_numeric = {"12e3"} if connection.vendor == "postgresql" else set()
    if text in accepted_by_numeric:
        pytest.skip("PostgreSQL reads 12e3 as the number 12000")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [*row, False, False])


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**17), max_value=10**17))
def test_any_figure_comes_back_digit_for_digit(number: Decimal):
    field = ExactDecimalField()
    stored = plain(checked(number))
    assert field.from_db_value(stored, None, connection).as_tuple() == number.as_tuple()
    assert "e" not in stored.lower()
