"""Drafting, revising, adopting and importing plans: rights, versions, audit, all or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from kecho.kernel.errors import KechoError, KechoErrors
from kecho.people import actors
from kecho.people.actors import Actor, Role, Scope
from kecho.people.models import AuditEvent
from kecho.plan import actions, stored, versions
from kecho.plan.drafts import PlanDraft
from kecho.plan.files import read_plans
from kecho.plan.models import Adoption, Plan, Target
from kecho.plan.versions import PlanStatus

from .makers import PLAN, REVISION, TARGETS, toml

pytestmark = pytest.mark.django_db

HANOI = (Scope.locality("VN-HN"),)
OFFICER = Actor("Cán bộ", Role.OFFICER, HANOI)
LEADER = Actor("Lãnh đạo", Role.LEADER, HANOI)


@pytest.fixture
def drafts(tmp_path: Path) -> list[PlanDraft]:
    return [written.draft for written in read_plans(toml(tmp_path, PLAN + TARGETS + REVISION))]


def refused(code: str, action: object, *args: object) -> KechoError:
    with pytest.raises(KechoError) as caught:
        action(*args)
    found = caught.value.errors[0] if isinstance(caught.value, KechoErrors) else caught.value
    assert found.code == code
    return caught.value


def test_a_stored_version_reads_back_as_it_was_written(drafts: list[PlanDraft]) -> None:
    plan = actions.create_plan(drafts[0], OFFICER)
    assert stored.read(plan) == drafts[0]
    assert plan.drafted_by == "Cán bộ"


def test_a_revision_keeps_the_old_version_and_says_what_changed(drafts: list[PlanDraft]) -> None:
    old = actions.create_plan(drafts[0], OFFICER)
    new = actions.revise_plan(drafts[1], OFFICER)
    assert stored.read(old) == drafts[0]
    changes = versions.diff(old.pk, new.pk)
    assert [(change.code, change.kind) for change in changes] == [
        ("grdp", "changed"), ("cpi", "added"), ("exports", "dropped"),
    ]  # fmt: skip
    assert changes[0].fields == ("low",)
    assert (changes[0].before.low, changes[0].after.low) == (Decimal("6.5"), 8)


def test_audit_says_who_why_and_what(drafts: list[PlanDraft]) -> None:
    actions.create_plan(drafts[0], OFFICER)
    plan = actions.revise_plan(drafts[1], OFFICER)
    actions.adopt_plan(plan, LEADER)
    adopted, revised, created = AuditEvent.objects.all()[:3]
    assert [event.action for event in (created, revised, adopted)] == [
        "plan.create_plan", "plan.revise_plan", "plan.adopt_plan",
    ]  # fmt: skip
    assert revised.reason == "Chính phủ giao từ 8% trở lên"
    assert revised.details["changes"][0]["fields"] == {"low": ["6.5", "8"]}
    assert adopted.actor_name == "Lãnh đạo"


def test_versions_follow_each_other(drafts: list[PlanDraft]) -> None:
    refused("plan.version_gap", actions.revise_plan, drafts[1], OFFICER)
    refused("plan.version_gap", actions.create_plan, replace(drafts[1]), OFFICER)
    actions.create_plan(drafts[0], OFFICER)
    refused("plan.version_gap", actions.create_plan, drafts[0], OFFICER)
    refused("plan.version_gap", actions.revise_plan, replace(drafts[1], version=3), OFFICER)
    same = replace(drafts[1], targets=drafts[0].targets)
    refused("plan.nothing_revised", actions.revise_plan, same, OFFICER)


@pytest.mark.parametrize("change", [{"reason": ""}, {"document_title": ""}])
def test_a_revision_names_its_reason_and_document(drafts: list[PlanDraft], change: dict[str, str]) -> None:
    actions.create_plan(drafts[0], OFFICER)
    refused("plan.revision_without_document", actions.revise_plan, replace(drafts[1], **change), OFFICER)


def test_rights(drafts: list[PlanDraft]) -> None:
    elsewhere = replace(OFFICER, scopes=(Scope.locality("VN-SG"),))
    refused("people.denied", actions.create_plan, drafts[0], elsewhere)
    refused("people.denied", actions.create_plan, drafts[0], Actor("Ai đó"))
    plan = actions.create_plan(drafts[0], OFFICER)
    refused("people.denied", actions.adopt_plan, plan, OFFICER)
    assert not Adoption.objects.exists()


def test_who_drafts_does_not_approve(drafts: list[PlanDraft]) -> None:
    both = Actor("Một người", Role.UNIT_HEAD, HANOI)
    plan = actions.create_plan(drafts[0], both)
    refused("plan.own_draft", actions.adopt_plan, plan, replace(both, role=Role.LEADER))
    actions.adopt_plan(plan, LEADER)
    refused("plan.already_adopted", actions.adopt_plan, plan, LEADER)


def test_import_twice_changes_nothing(tmp_path: Path) -> None:
    file = toml(tmp_path, PLAN + TARGETS + REVISION)
    first = actions.import_plan(file, actors.command_line())
    assert first.created == ("VN-HN 2025 v1", "VN-HN 2025 v2")
    again = actions.import_plan(file, actors.command_line())
    assert (again.created, again.unchanged) == ((), first.created)
    assert Plan.objects.count() == Adoption.objects.count() == 2


def test_import_by_an_officer_leaves_a_draft(tmp_path: Path) -> None:
    actions.import_plan(toml(tmp_path, PLAN + TARGETS), OFFICER)
    (info,) = versions.plans("VN-HN")
    assert info.status is PlanStatus.DRAFT


def test_a_stored_version_is_not_overwritten(tmp_path: Path) -> None:
    actions.import_plan(toml(tmp_path, PLAN + TARGETS), actors.command_line())
    changed = toml(tmp_path, PLAN + TARGETS.replace("low = 6.5", "low = 6.6"), "other.toml")
    error = refused("plan.version_exists", actions.import_plan, changed, actors.command_line())
    assert error.where.file == "other.toml"
    assert "2" in error.do("en")


def test_one_wrong_version_keeps_the_whole_file_out(tmp_path: Path) -> None:
    file = toml(tmp_path, PLAN + TARGETS + REVISION.replace('indicator = "cpi"', 'indicator = "happiness"'))
    refused("plan.unknown_indicator", actions.import_plan, file, actors.command_line())
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ('indicator = "happiness"\nmeasure = "growth"\nvalue = 5', "plan.unknown_indicator"),
        ('indicator = "cpi"\nmeasure = "growth"\nvalue = 5\nlocality = "XX"', "plan.unknown_locality"),
        ('indicator = "cpi"\nmeasure = "growth"\nbasis = "stock"\nvalue = 5', "plan.basis_not_of_measure"),
        ('indicator = "cpi"\nmeasure = "growth"\nlow = 5\nhigh = 4', "plan.low_above_high"),
        ('indicator = "cpi"\nmeasure = "growth"\nvalue = 5\nunit = "tấn"', "plan.not_percent"),
        ('indicator = "export_turnover"\nmeasure = "level"\nvalue = 5\nunit = "tấn"', "plan.unit_mismatch"),
        ('indicator = "export_turnover"\nmeasure = "level"\nvalue = 5\nunit = "bao la"', "plan.unknown_unit"),
        ('indicator = "cpi"\nmeasure = "growth"\nvalue = 5\nperiod = "2026"', "plan.outside_plan"),
        ('indicator = "cpi"\nmeasure = "growth"\nvalue = 5\nperiod = "2024-12/2025-03"', "plan.outside_plan"),
        ('indicator = "cpi"\nmeasure = "growth"\nvalue = 5\npart_of = "y"', "plan.unknown_parent"),
        ('indicator = "cpi"\nmeasure = "growth"\nvalue = 5\npart_of = "x"', "plan.circular_parts"),
        ('indicator = "cpi"\nmeasure = "growth"\nvalue = 5\nof_which = true', "plan.missing_field"),
        ('indicator = "cpi"\nmeasure = "growth"\nvalue = 5\nverified = true', "plan.verified_without_source"),
        ('indicator = "clusters"\nmeasure = "level"\nvalue = 5\nunit = "cụm"\nbase_value = 3', "plan.base_incomplete"),
        ('indicator = "clusters"\nmeasure = "level"\nform = "full_rate"\nunit = "cụm"', "plan.bad_form"),
        ('indicator = "clusters"\nmeasure = "level"\nform = "rank"\nvalue = 2\nunit = "cụm"', "plan.bad_form"),
        ('indicator = "cpi"\nmeasure = "growth"\nbasis = "yearly_average"\nperiod = "2025-H2"\nvalue = 5',
         "plan.not_whole_years"),
    ],
)  # fmt: skip
def test_what_no_plan_can_say(tmp_path: Path, target: str, code: str) -> None:
    file = toml(tmp_path, f'{PLAN}\n[[plan.target]]\ncode = "x"\n{target}\n')
    with pytest.raises(KechoErrors) as caught:
        actions.import_plan(file, actors.command_line())
    assert code in {problem.code for problem in caught.value.errors}
    assert "plan.toml" in caught.value.text("vi")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('locality = "VN-HN"', 'locality = "VN-XX"', "plan.unknown_locality"),
        ('title_en = "Plan 2025"', 'bands = "feeling"', "plan.unknown_band_set"),
        ('period = "2025"', 'period = "2021-2025"', "plan.longer_than_a_year"),
        ('code = "grdp"', 'code = "exports"', "plan.code_twice"),
    ],
)
def test_what_no_version_can_say(tmp_path: Path, old: str, new: str, code: str) -> None:
    with pytest.raises(KechoErrors) as caught:
        actions.import_plan(toml(tmp_path, (PLAN + TARGETS).replace(old, new, 1)), actors.command_line())
    assert code in {problem.code for problem in caught.value.errors}


def test_a_plan_without_targets(tmp_path: Path) -> None:
    refused("plan.no_targets", actions.import_plan, toml(tmp_path, PLAN), actors.command_line())


def test_a_text_too_long_for_its_column_is_a_coded_error(tmp_path: Path) -> None:
    file = toml(tmp_path, PLAN + TARGETS.replace('"Sở Công Thương"', f'"{"x" * 201}"'))
    refused("plan.bad_value", actions.import_plan, file, actors.command_line())
    assert not Plan.objects.exists()


def test_a_revision_cannot_take_effect_before_its_document(tmp_path: Path) -> None:
    text = REVISION.replace("reason =", "effective_from = 2025-01-01\nreason =")
    with pytest.raises(KechoErrors) as caught:
        actions.import_plan(toml(tmp_path, PLAN + TARGETS + text), actors.command_line())
    assert caught.value.errors[0].code == "plan.effective_too_early"


@pytest.mark.parametrize("model", [Plan, Target, Adoption])
def test_the_database_refuses_to_change_or_delete(tmp_path: Path, model: type) -> None:
    actions.import_plan(toml(tmp_path, PLAN + TARGETS), actors.command_line())
    for change in (lambda: model.objects.update(id=9), lambda: model.objects.all()._raw_delete("default")):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()


def test_effective_from_defaults_to_the_documents_day(tmp_path: Path) -> None:
    file = toml(tmp_path, PLAN.replace("effective_from = 2025-01-01\n", "") + TARGETS)
    (written,) = read_plans(file)
    assert written.draft.effective_from == date(2024, 12, 10)
