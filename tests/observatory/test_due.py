"""The release calendar: what came, what is late, what is due; its file for calendars; notes about corrections."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from kecho.kernel.errors import KechoError
from kecho.observatory import due, notices
from kecho.observatory.models import Notice
from kecho.people.actors import command_line
from tests.observatory.makers import observe, release
from tests.observatory.people import LEADER, OFFICER, draft
from tests.observatory.test_revision_stats import EXPORTS

pytestmark = pytest.mark.django_db
TODAY = date(2025, 4, 7)


def test_a_planned_day_came_is_late_or_lies_ahead() -> None:
    release("2025-03-06", period="2025-02")
    found = due.planned(date(2025, 3, 1), date(2025, 5, 31), TODAY)
    assert [(one.day, one.period.code, one.standing.value, one.days_late(TODAY)) for one in found] == [
        (date(2025, 3, 6), "2025-02", "came", 0),
        (date(2025, 4, 6), "2025-03", "late", 1),
        (date(2025, 5, 6), "2025-04", "due", 0),
    ]


def test_a_draft_has_not_come_for_the_public() -> None:
    draft()
    (one,) = due.planned(date(2025, 3, 6), date(2025, 3, 6), TODAY)
    assert one.standing is due.Standing.LATE


def test_a_change_of_the_rule_is_followed() -> None:
    found = due.planned(date(2024, 7, 1), date(2024, 9, 30), TODAY)
    assert [(one.day, one.period.code, one.rule.id) for one in found] == [
        (date(2024, 7, 29), "2024-07", "gso-29th"),
        (date(2024, 9, 6), "2024-08", "gso-6th"),
    ]


def test_the_calendar_file_keeps_to_its_form() -> None:
    events = due.events(due.planned(date(2025, 12, 1), date(2026, 3, 31), TODAY), "vi")
    text = due.ical(
        [*events, due.Event("x@kecho", TODAY, "Một; hai, ba\\bốn\nnăm", "ế" * 60)],
        "Lịch",
        datetime(2025, 4, 7, tzinfo=UTC),
    )
    lines = text.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert text.count(b"BEGIN:VEVENT") == text.count(b"END:VEVENT") == 5
    assert b"DTSTART;VALUE=DATE:20260203\r\nDTEND;VALUE=DATE:20260204" in text
    assert b"SUMMARY:M\xe1\xbb\x99t\\; hai\\, ba\\\\b\xe1\xbb\x91n\\nn\xc4\x83m" in text
    assert text.replace(b"\r\n ", b"").decode().count("ế" * 60) == 1


def test_a_note_is_given_by_who_may_publish_and_stands_on_its_indicator() -> None:
    today = timezone.localdate()
    words = {"text_vi": "Sẽ tính lại theo năm gốc 2025", "text_en": "To be rebased to 2025"}
    with pytest.raises(KechoError, match="denied"):
        notices.announce(OFFICER, Notice.Kind.PLANNED, "iip", today, **words)
    notices.announce(LEADER, Notice.Kind.PLANNED, "iip", today + timedelta(days=30), **words)
    (note,) = notices.shown(today, "iip", "VN")
    assert (note.kind, note.text("en")) == ("planned", "To be rebased to 2025")
    assert notices.shown(today, "cpi", "VN") == notices.shown(today, "iip", "VN-HN") == []
    assert notices.shown(today + timedelta(days=500), "iip") == []


@pytest.mark.parametrize(
    ("kind", "days", "vi", "code"),
    [
        ("planned", -1, "Chữ", "observatory.bad_notice_day"),
        ("unplanned", 1, "Chữ", "observatory.bad_notice_day"),
        ("planned", 1, " ", "observatory.missing_reason"),
    ],
)
def test_a_note_needs_a_fitting_day_and_both_texts(kind: str, days: int, vi: str, code: str) -> None:
    day = timezone.localdate() + timedelta(days=days)
    with pytest.raises(KechoError) as caught:
        notices.announce(command_line(), Notice.Kind(kind), "iip", day, text_vi=vi, text_en="Words")
    assert caught.value.code == code


def test_a_corrected_file_makes_a_note_by_itself() -> None:
    from kecho.observatory.models import Release

    first = release("2025-03-06")
    fields = {
        name: getattr(first, name) for name in ("source", "kind", "title", "period_start", "period_end", "imported_at")
    }
    second = Release.everything.create(
        **fields,
        sha256="f" * 64,
        published_on=date(2025, 3, 20),
        published_basis="correction",
        corrects=first,
        reason="Sửa dầu thô",
    )
    observe(EXPORTS, "2025-02", "5", second)
    (note,) = notices.shown(TODAY, "export_turnover", "VN")
    assert (note.kind, note.on, note.text(), note.release) == ("unplanned", date(2025, 3, 20), "Sửa dầu thô", second.pk)
