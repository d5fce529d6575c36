"""Changes to the tree of units. Units are closed, never deleted: roles and plans name them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from kecho.kernel.errors import KechoError
from kecho.people import audit, rights
from kecho.people.accounts import unit_and_below
from kecho.people.actors import Actor, Scope
from kecho.people.models import Unit
from kecho.people.models.accounts import unit_code_rule
from kecho.people.rights import Permission


@transaction.atomic
def make_unit(actor: Actor, code: str, name_vi: str, *, name_en: str = "", parent: Unit | None = None) -> Unit:
    """A new unit. Raises KechoError ``people.denied``, ``people.bad_unit``, ``people.unit_taken``."""
    _require(actor)
    code = code.strip().lower()
    try:
        unit_code_rule(code)
    except ValidationError:
        raise KechoError("people.bad_unit", value=code) from None
    if Unit.objects.filter(code=code).exists():
        raise KechoError("people.unit_taken", value=code)
    unit = Unit(code=code, parent=parent)
    _name(unit, name_vi, name_en)
    unit.save()
    audit.record(actor, "people.make_unit", unit, details=_facts(unit))
    return unit


@transaction.atomic
def edit_unit(actor: Actor, unit: Unit, name_vi: str, *, name_en: str = "", parent: Unit | None = None) -> Unit:
    """Other names or another place in the tree. Raises as ``make_unit``, and ``people.unit_loop``."""
    _require(actor)
    before = _facts(unit)
    if parent is not None and parent.code in unit_and_below(unit.code):
        raise KechoError("people.unit_loop", unit=unit.name_vi, parent=parent.name_vi)
    unit.parent = parent
    _name(unit, name_vi, name_en)
    unit.save()
    audit.record(actor, "people.edit_unit", unit, details={"before": before, "after": _facts(unit)})
    return unit


@transaction.atomic
def set_unit_active(actor: Actor, unit: Unit, *, is_active: bool) -> Unit:
    """Close a unit, so that nobody new is put into it, or open it again."""
    _require(actor)
    unit.is_active = is_active
    unit.save(update_fields=["is_active"])
    audit.record(actor, "people.open_unit" if is_active else "people.close_unit", unit)
    return unit


def _require(actor: Actor) -> None:
    rights.require(actor, Permission.ADMINISTER, Scope.everywhere())


def _name(unit: Unit, name_vi: str, name_en: str) -> None:
    unit.name_vi, unit.name_en = " ".join(name_vi.split()), " ".join(name_en.split())
    if not unit.name_vi:
        raise KechoError("people.empty_unit_name")


def _facts(unit: Unit) -> dict[str, str]:
    parent = unit.parent.code if unit.parent else ""
    return {"code": unit.code, "name_vi": unit.name_vi, "name_en": unit.name_en, "parent": parent}
