"""A finding is accepted with a reason, corrected, or sent back; a corrected file ends what it mends."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.observatory import actions, approval, queries, settling
from kecho.observatory.models import Correction, Finding, Settlement
from kecho.observatory.queries import FindingInfo, SeriesKey
from kecho.people import audit
from kecho.people.actors import Role, Scope, command_line
from tests.observatory.makers import reading, row
from tests.observatory.people import HEAD, LEADER, OFFICER, OTHER_PLACE, STATISTICIAN, actor, draft
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
EXPORTS = SeriesKey("export_turnover")
FEBRUARY = Period.parse("2025-02")


def take_in(month: str, *rows: object, name: str | None = None) -> actions.ImportResult:
    return actions.import_reading(reading(month, *rows, name=name), command_line())  # type: ignore[arg-type]


def wrong_month(value: str = "9900") -> FindingInfo:
    """January 5000, year to date 15000, so that February is 10000: a file that says ``value`` has a finding."""
    take_in("2025-01", row("5000", period="2025-01"))
    result = take_in(
        "2025-02", row(value), row("15000", period="2025-01/2025-02", cell="E9"), row("5000", period="2025-01")
    )
    (found,) = [one for one in result.findings if one.rule == "month_from_cumulative"]
    return found


def state(finding: FindingInfo) -> str:
    (now,) = [one for one in queries.findings() if one.id == finding.id]
    return now.state


@pytest.mark.parametrize(
    ("settle", "after"),
    [(settling.accept, "accepted"), (settling.send_back, "sent_back"), (settling.reopen, "reopened")],
)
def test_a_finding_is_settled_with_a_reason_on_record(settle: Callable, after: str) -> None:
    found = wrong_month()
    with pytest.raises(KechoError, match="missing_reason"):
        settle(found.id, STATISTICIAN, " ")
    settle(found.id, STATISTICIAN, "Số tháng là ước tính của sáu tỉnh")
    (now,) = [one for one in queries.findings() if one.id == found.id]
    assert now.settled is not None
    assert (now.state, now.settled.reason, now.settled.actor_name) == (
        after, "Số tháng là ước tính của sáu tỉnh", "Thống kê viên",
    )  # fmt: skip
    (event,) = audit.trail(Finding.everything.get(pk=found.id))
    assert (event.action, event.details["after"]) == ("observatory.settle_finding", after)


@pytest.mark.parametrize(
    ("who", "code"),
    [
        (OFFICER, "people.denied"),
        (LEADER, "people.denied"),
        (OTHER_PLACE, "people.denied"),
        (actor("Ai", Role.PUBLIC), "people.denied"),
    ],
)
def test_settling_needs_the_right_for_the_place(who: object, code: str) -> None:
    found = wrong_month()
    with pytest.raises(KechoError) as caught:
        settling.accept(found.id, who, "Lý do")  # type: ignore[arg-type]
    assert caught.value.code == code


def test_a_finding_of_a_draft_is_unknown_to_who_may_not_see_it() -> None:
    result = draft("5", label="Nhãn lạ")
    (found,) = result.findings
    with pytest.raises(KechoError, match="unknown_finding"):
        settling.accept(found.id, OTHER_PLACE, "Lý do")
    assert settling.accept(found.id, STATISTICIAN, "Nhãn đúng").kind == "accepted"


def test_settlements_are_kept() -> None:
    settling.accept(wrong_month().id, STATISTICIAN, "Lý do")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM observatory_settlement")
    assert Settlement.objects.count() == 1


def test_a_correction_counts_and_says_what_the_source_prints() -> None:
    found = wrong_month()
    settling.correct(found.id, command_line(), "10000", "Gõ nhầm 9900")
    point = queries.points(EXPORTS)[FEBRUARY]
    assert (point.value, point.release.kind, point.release.reason) == (Decimal(10000), "correction", "Gõ nhầm 9900")
    assert "9900" in point.note
    assert state(found) == "corrected"
    assert [str(one.value) for one in queries.vintages(EXPORTS, FEBRUARY)] == ["9900", "10000"]


def test_a_correction_by_a_statistician_waits_for_approval() -> None:
    found = wrong_month()
    made = settling.correct(found.id, STATISTICIAN, "10000", "Gõ nhầm 9900")
    assert (state(found), queries.points(EXPORTS)[FEBRUARY].value) == ("open", Decimal(9900))
    assert made.by_release_id is not None
    approval.check(made.by_release_id, HEAD)
    approval.approve(made.by_release_id, LEADER)
    approval.publish(made.by_release_id, actor("Giám đốc", Role.LEADER))
    assert (state(found), queries.points(EXPORTS)[FEBRUARY].value) == ("corrected", Decimal(10000))


@pytest.mark.parametrize("value", ["9900", "9900.0", "mười", "1e30"])
def test_a_correction_is_another_number(value: str) -> None:
    with pytest.raises(KechoError) as caught:
        settling.correct(wrong_month().id, command_line(), value, "Lý do")
    assert caught.value.code in {"observatory.same_value", "observatory.bad_value"}


def test_only_a_figure_of_the_finding_is_corrected() -> None:
    found = wrong_month()
    other = take_in("2025-03", row("7", period="2025-03", cell="D20")).release.id
    stranger = queries.points(EXPORTS)[Period.parse("2025-03")]
    assert stranger.release.id == other
    with pytest.raises(KechoError, match="nothing_to_correct"):
        settling.correct(found.id, command_line(), "10000", "Lý do", observation_id=stranger.id)


@pytest.mark.parametrize(
    ("later", "counts", "rule", "after"),
    [
        ("9900", "10000", None, "corrected"),  # the source repeats its mistake: corrected again
        ("10000", "10000", "correction_repaired", "repaired"),
        ("10300", "10300", "correction_tripped", "repaired"),
    ],
)
def test_a_correction_ends_when_the_source_says_something_else(
    later: str, counts: str, rule: str | None, after: str
) -> None:
    found = wrong_month()
    settling.correct(found.id, command_line(), "10000", "Gõ nhầm 9900")
    result = take_in("2025-03", row(later), row("1", period="2025-03", cell="D20"))
    point = queries.points(EXPORTS)[FEBRUARY]
    assert (str(point.value), point.release.id) == (counts, result.release.id)
    assert [one.rule for one in result.findings if one.rule.startswith("correction")] == ([rule] if rule else [])
    assert state(found) == after
    again = take_in("2025-04", row("9900"), row("1", period="2025-04", cell="D20"))
    assert str(queries.points(EXPORTS)[FEBRUARY].value) == ("10000" if rule is None else "9900")
    assert not [one for one in again.findings if one.rule.startswith("correction")]
    assert Correction.objects.count() == 1


def test_a_corrected_file_ends_what_it_mends_and_leaves_what_still_holds() -> None:
    take_in("2025-01", row("5000", period="2025-01"))
    year = row("15000", period="2025-01/2025-02", cell="E9")
    share = row("60", period="2024-12", cell="F9"), row("70", period="2024-12", cell="F9")
    first = take_in("2025-02", row("9900"), row("5000", period="2025-01"), year, *share)
    assert {one.rule for one in first.findings} == {"month_from_cumulative", "two_values"}
    take_in("2025-02", row("10000"), row("5000", period="2025-01"), year, *share, name="2025-02b.xlsx")
    states = {one.rule: one.state for one in queries.findings(release=first.release.id)}
    assert states == {"month_from_cumulative": "superseded", "two_values": "open"}


def test_what_is_sent_back_waits_for_whoever_delivered_the_file() -> None:
    from dataclasses import replace

    from kecho.observatory import tasks
    from kecho.people import viewing

    deliverer = replace(OFFICER, account_id=7)
    (found,) = draft("5", by=deliverer, label="Nhãn lạ").findings
    settling.send_back(found.id, STATISTICIAN, "Nhãn này là mặt hàng nào?")
    with viewing.seen_by(deliverer):
        assert [one.note for one in tasks.of(deliverer)] == ["Nhãn này là mặt hàng nào?"]
    settling.accept(found.id, STATISTICIAN, "Đã rõ")
    with viewing.seen_by(deliverer):
        assert list(tasks.of(deliverer)) == []


@pytest.mark.parametrize(
    ("typed", "status"), [("10.000", 400), ("10,000", 400), ("mười", 400), ("10000", 302), ("10.000,5", 302)]
)
def test_a_correction_that_can_mean_two_numbers_is_asked_back(typed: str, status: int) -> None:
    """10.000 is ten thousand in a Vietnamese report and ten in a spreadsheet: a figure is never guessed."""
    found, client = wrong_month(), client_of(Role.STATISTICIAN, Scope.everywhere())
    figure = next(cell["observation"] for cell in found.cells if cell.get("observation"))
    sent = {"way": "correct", "reason": "Nguồn in nhầm", "observation": figure, "value": typed}
    assert "Mở lại" not in client.get(f"/kiem-tra/{found.id}/").content.decode()
    assert client.post(f"/kiem-tra/{found.id}/", sent).status_code == status
    assert Correction.objects.exists() == (status == 302)
