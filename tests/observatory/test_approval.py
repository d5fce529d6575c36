"""Draft, checked, approved, published: every step by another person, none twice, each with its right and its record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from kecho.kernel.errors import KechoError
from kecho.observatory import approval, queries
from kecho.observatory.models import Release, ReleaseStep
from kecho.people import audit, viewing
from kecho.people.actors import Actor, Role, command_line
from tests.observatory.people import (
    HEAD,
    LEADER,
    OFFICER,
    OTHER_PLACE,
    READER,
    STATISTICIAN,
    actor,
    draft,
)

pytestmark = pytest.mark.django_db
STEPS = [("check", STATISTICIAN), ("approve", HEAD), ("publish", LEADER)]


@pytest.fixture
def one() -> int:
    return draft().release.id


def take(release: int, *steps: tuple[str, Actor]) -> None:
    for deed, who in steps:
        approval.forward(approval.Deed(deed), release, who)


def refused(code: str, deed: object, *args: object, **kwargs: object) -> None:
    with pytest.raises(KechoError) as caught:
        deed(*args, **kwargs)  # type: ignore[operator]
    assert caught.value.code == code


def test_an_officers_import_is_a_draft_and_the_operators_is_not(one: int) -> None:
    with viewing.seen_by(OFFICER):
        assert queries.release(one).state == "draft"
    direct = draft("1", "2025-01", command_line())
    assert (direct.release.state, direct.release.is_public) == ("published", True)
    assert draft("2", "2024-12", command_line()).release.is_public


def test_four_people_bring_a_draft_to_the_public(one: int) -> None:
    states = []
    for step in STEPS:
        take(one, step)
        with viewing.seen_by(LEADER):
            states.append(queries.release(one).state)
    assert states == ["checked", "approved", "published"]
    assert queries.release(one).is_public
    done = [(event.action, event.actor_name) for event in audit.trail(Release.everything.get(pk=one))]
    assert done[:3] == [
        ("observatory.publish", "Lãnh đạo"),
        ("observatory.approve", "Trưởng phòng"),
        ("observatory.check", "Thống kê viên"),
    ]


@pytest.mark.parametrize(
    ("before", "deed", "who", "code"),
    [
        ([], "check", OFFICER, "people.denied"),
        ([], "check", actor("Cán bộ", Role.STATISTICIAN), "observatory.same_person"),
        ([], "check", OTHER_PLACE, "observatory.unknown_release"),
        ([], "check", READER, "observatory.unknown_release"),
        ([], "approve", HEAD, "observatory.wrong_step"),
        ([], "publish", LEADER, "observatory.wrong_step"),
        (STEPS[:1], "approve", STATISTICIAN, "people.denied"),
        ([("check", HEAD)], "approve", HEAD, "observatory.same_person"),
        (STEPS[:1], "check", HEAD, "observatory.wrong_step"),
        ([("check", STATISTICIAN), ("approve", LEADER)], "publish", LEADER, "observatory.same_person"),
        (STEPS[:2], "publish", STATISTICIAN, "observatory.same_person"),
        (STEPS[:2], "publish", HEAD, "people.denied"),
        (STEPS, "publish", actor("Lãnh đạo khác", Role.LEADER), "observatory.wrong_step"),
        ([], "check", actor("Cán bộ", Role.ADMINISTRATOR), "observatory.same_person"),
    ],
)
def test_a_step_is_refused(one: int, before: list[tuple[str, Actor]], deed: str, who: Actor, code: str) -> None:
    take(one, *before)
    count = ReleaseStep.objects.count()
    refused(code, approval.forward, approval.Deed(deed), one, who)
    assert ReleaseStep.objects.count() == count


@pytest.mark.parametrize(
    ("before", "who", "after"),
    [
        ([], STATISTICIAN, "returned"),
        (STEPS[:1], HEAD, "draft"),
        (STEPS[:2], LEADER, "checked"),
    ],
)
def test_a_step_is_sent_back_with_a_reason(one: int, before: list, who: Actor, after: str) -> None:
    take(one, *before)
    refused("observatory.missing_reason", approval.send_back, one, who, "  ")
    refused("people.denied", approval.send_back, one, OFFICER, "Vì thế")
    made = approval.send_back(one, who, "Số tháng trước chưa khớp")
    assert (made.state, made.reason, made.is_sent_back) == (after, "Số tháng trước chưa khớp", True)


def test_after_a_check_falls_another_may_check_and_a_returned_draft_comes_again(one: int) -> None:
    take(one, STEPS[0])
    approval.send_back(one, HEAD, "Kiểm tra lại sheet 14")
    take(one, ("check", STATISTICIAN))
    approval.send_back(one, HEAD, "Chưa được")
    approval.send_back(one, STATISTICIAN, "Tệp sai tháng")
    refused("observatory.wrong_step", approval.check, one, STATISTICIAN)
    approval.resubmit(one, OFFICER, "Đã đối chiếu, tệp đúng")
    take(one, *STEPS)
    assert queries.release(one).is_public


def test_what_is_public_is_not_sent_back_but_an_embargo_can_be(one: int) -> None:
    take(one, *STEPS[:2])
    soon = timezone.now() + timedelta(hours=2)
    approval.publish(one, LEADER, public_from=soon)
    assert approval.send_back(one, LEADER, "Lùi ngày công bố").state == "approved"
    approval.publish(one, LEADER)
    refused("observatory.already_public", approval.send_back, one, LEADER, "Quá muộn")


@pytest.mark.parametrize("shift", [timedelta(hours=-1), timedelta(days=400)])
def test_an_embargo_lies_ahead_and_within_a_year(one: int, shift: timedelta) -> None:
    take(one, *STEPS[:2])
    refused("observatory.bad_embargo", approval.publish, one, LEADER, public_from=timezone.now() + shift)


@pytest.mark.parametrize(
    "fields",
    [
        {"number": 1, "state": "draft"},  # a step of that number is there
        {"number": 2, "state": "checked", "checker": "Cán bộ"},  # one person twice
        {"number": 2, "state": "published"},  # no moment
        {"number": 2, "state": "draft", "is_sent_back": True},  # no reason
    ],
)
def test_the_database_itself_refuses(one: int, fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleaseStep.objects.create(
            release_id=one, at=timezone.now(), actor_name="x", drafter="Cán bộ", localities=["VN"], **fields
        )


def test_steps_are_kept(one: int) -> None:
    for statement in ("DELETE FROM observatory_releasestep", "UPDATE observatory_releasestep SET state = 'published'"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_correction_of_a_month_waits_for_a_public_file_of_it(one: int) -> None:
    """Of a correction only what differs is stored: a draft that may never be published is no file to correct."""
    second = draft("123456.6")
    assert second.release.corrects is None
    assert second.written == 1
    take(one, *STEPS)
    assert draft("123456.7").release.corrects == one
