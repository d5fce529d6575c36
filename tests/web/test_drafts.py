"""The story of a report's draft through the pages: an officer writes, a leader returns and approves, figures move."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from docx import Document

from kecho.kernel.errors import KechoError
from kecho.observatory.models import Release
from kecho.pages.tasks import Kind, tasks_of
from kecho.people.actors import Actor, Role, Scope
from kecho.people.models import AuditEvent
from kecho.publish import actions, queries
from kecho.publish.drafting.slots import slots
from kecho.publish.models import Passage, Step
from tests.people.signing import client_of
from tests.web import small

pytestmark = pytest.mark.django_db
PLACE = Scope.locality("VN")
OFFICER = Actor("Người soạn", Role.OFFICER, (PLACE,))
COLLEAGUE = Actor("Đồng nghiệp", Role.OFFICER, (PLACE,))
LEADER = Actor("Lãnh đạo", Role.LEADER, (PLACE,))


@pytest.fixture
def draft(world: None) -> int:
    return actions.start_draft("VN", small.LAST, "vi", OFFICER)


def fill(draft: int, actor: Actor = OFFICER) -> None:
    for slot in slots(queries.draft(draft, actor).computed):
        if slot.is_blank:
            actions.write_passage(draft, slot.name, "Không có.", actor)


def refused(code: str) -> pytest.RaisesExc[KechoError]:
    return pytest.raises(KechoError, match=rf"publish\.{code}|people\.{code}")


def test_story_through_the_pages(world: None) -> None:
    officer, leader = client_of(Role.OFFICER), client_of(Role.LEADER)
    made = officer.post("/bao-cao/du-thao/", {"locality": "VN", "month": small.LAST.code, "lang": "vi"})
    here = made.headers["Location"]
    page = officer.get(here).content.decode()
    assert "chỗ trống" in page and "Trình lãnh đạo duyệt" not in page
    number = int(here.rstrip("/").rsplit("/", 1)[1])
    found = queries.draft(number, LEADER)
    behind = next(slot.name for slot in slots(found.computed) if slot.block.__class__.__name__ == "Paragraph")
    officer.post(f"{here}doan/{behind}/", {"text": "Chủ yếu do đơn hàng mới, tăng 3%.", "replaces": "0"})
    for slot in slots(found.computed):
        if slot.is_blank:
            officer.post(f"{here}doan/{slot.name}/", {"text": "- Một việc.\n- Hai việc.", "replaces": "0"})
    assert "Trình lãnh đạo duyệt" in officer.get(here).content.decode()
    officer.post(f"{here}trinh/")
    page = leader.get(here).content.decode()
    assert "Duyệt báo cáo" in page and "3%" in page and "cần soát" in page
    leader.post(f"{here}tra-lai/", {"reason": "Ghi rõ thị trường."})
    assert "Ghi rõ thị trường." in officer.get(here).content.decode()
    officer.post(f"{here}trinh/")
    leader.post(f"{here}duyet/")
    page = officer.get(here).content.decode()
    assert "Đã duyệt" in page and "Chủ yếu do đơn hàng mới" in page and "Lưu đoạn" not in page
    word = Document(BytesIO(officer.get(f"{here}tai-ve/docx/").content))
    assert "Chủ yếu do đơn hàng mới, tăng 3%." in [paragraph.text for paragraph in word.paragraphs]
    deeds = AuditEvent.objects.filter(action__startswith="publish.").values_list("action", flat=True)
    assert {"publish.start_draft", "publish.write_passage", "publish.submitted", "publish.approved"} <= set(deeds)


def test_drafting_and_approving_are_different_people(draft: int) -> None:
    fill(draft, COLLEAGUE)
    actions.submit_draft(draft, OFFICER)
    both = Actor(COLLEAGUE.name, Role.LEADER, (PLACE,))
    with refused("own_draft"):
        actions.approve_draft(draft, both)
    with refused("denied"):
        actions.approve_draft(draft, OFFICER)
    assert actions.approve_draft(draft, LEADER).state is queries.State.APPROVED
    with pytest.raises(KechoError, match="is “approved”") as caught:
        actions.approve_draft(draft, Actor("Lãnh đạo khác", Role.LEADER, (PLACE,)))
    assert "“đã duyệt”" in caught.value.what("vi")
    assert Step.objects.filter(draft=draft, deed="approved").count() == 1


def test_only_those_of_the_place_see_it(draft: int) -> None:
    elsewhere = Actor("Người tỉnh khác", Role.OFFICER, (Scope.locality("VN-HN"),))
    with refused("unknown_draft"):
        queries.draft(draft, elsewhere)
    with refused("unknown_draft"):
        actions.write_passage(draft, "1.1", "x", elsewhere)
    assert queries.drafts(elsewhere) == []
    reader = Actor("Người đọc", Role.MINISTRY_READER, (Scope.everywhere(),))
    assert queries.drafts(reader) == []


def test_a_text_written_meanwhile_is_not_overwritten(draft: int) -> None:
    slot = next(one.name for one in slots(queries.draft(draft, OFFICER).computed) if one.is_blank)
    actions.write_passage(draft, slot, "Của đồng nghiệp.", COLLEAGUE)
    with refused("text_changed"):
        actions.write_passage(draft, slot, "Của tôi.", OFFICER)
    client = client_of(Role.OFFICER)
    answer = client.post(f"/bao-cao/du-thao/{draft}/doan/{slot}/", {"text": "Của tôi.", "replaces": "0"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Của tôi.</textarea>" in page and "publish.text_changed" in page
    actions.write_passage(draft, slot, "", OFFICER, replaces=1)
    assert slot not in queries.draft(draft, OFFICER).passages


def test_blanks_hold_the_draft_back(draft: int) -> None:
    with refused("open_blanks"):
        actions.submit_draft(draft, OFFICER)


@pytest.mark.parametrize(
    ("slot", "text", "code"),
    [("99.9", "x", "unknown_slot"), ("1.1", "x" * 20_001, "text_too_long"), ("1.1", "Đạt 😀", "unprintable")],
)
def test_what_cannot_be_written(draft: int, slot: str, text: str, code: str) -> None:
    with refused(code):
        actions.write_passage(draft, slot, text, OFFICER)
    assert not Passage.objects.filter(draft=draft).exists()


def test_an_approved_report_keeps_its_figures_while_a_draft_shows_what_changed(draft: int) -> None:
    second = actions.start_draft("VN", small.LAST, "vi", OFFICER)
    fill(draft)
    actions.submit_draft(draft, OFFICER)
    actions.approve_draft(draft, LEADER)
    before = queries.draft(draft, OFFICER).report
    rows = list(small.country_rows(small.LAST, export_shift=Decimal("999.9")))
    small.take_in("2024-05c.xlsx", small.LAST, rows, kind=Release.Kind.WORKBOOK, reason="Sửa lần nữa")
    changed = queries.changes_since(queries.draft(second, OFFICER))
    assert changed.numbers and changed.sentences
    assert queries.draft(draft, OFFICER).report == before
    page = client_of(Role.OFFICER).get(f"/bao-cao/du-thao/{second}/cap-nhat/").content.decode()
    assert changed.numbers[0].after in page
    assert actions.refresh_draft(second, OFFICER) == changed
    assert not queries.changes_since(queries.draft(second, OFFICER))
    assert queries.draft(second, OFFICER).info.as_of >= date(2024, 5, 1)


def test_drafts_stand_among_the_tasks_of_who_must_act(draft: int) -> None:
    officer = Actor(OFFICER.name, Role.OFFICER, (PLACE,), account_id=1)
    leader = Actor(LEADER.name, Role.LEADER, (PLACE,), account_id=2)
    assert [task.kind for task in tasks_of(officer)] == [Kind.DRAFT] and tasks_of(leader) == []
    fill(draft)
    actions.submit_draft(draft, OFFICER)
    assert tasks_of(officer) == []
    assert [(task.kind, task.address) for task in tasks_of(leader)] == [(Kind.SIGN, f"/bao-cao/du-thao/{draft}/")]
    actions.return_draft(draft, "Ghi rõ nguyên nhân.", LEADER)
    assert [task.note for task in tasks_of(officer)] == ["Ghi rõ nguyên nhân."]


def test_a_visitor_is_led_to_sign_in(world: None) -> None:
    answer = Client().get("/bao-cao/du-thao/")
    assert answer.status_code == 302 and "next=" in answer.headers["Location"]
