"""Plans through the pages: written by form and by workbook, revised, adopted by somebody else, compared, explained."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kecho.people.actors import Role, Scope
from kecho.people.models import AuditEvent
from kecho.plan import queries
from kecho.plan.queries import PlanStatus
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
SHEET = "/ke-hoach/soan/"


def form_of(page: str) -> dict[str, str]:
    """What a browser would send back from the sheet as it stands."""
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    for name, body in re.findall(r'<select[^>]*name="([^"]+)">(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected>', body)
        fields[name] = chosen[1] if chosen else ""
    fields.pop("csrfmiddlewaretoken", None)
    fields.pop("q", None)
    return {name: unescape(value) for name, value in fields.items()}


def number_of(title: str) -> int:
    return next(info.id for info in queries.plans("VN") if info.title_vi == title)


@pytest.fixture
def officer(world: None) -> Client:
    return client_of(Role.OFFICER)


@pytest.fixture
def leader(world: None) -> Client:
    return client_of(Role.LEADER)


def revised(officer: Client) -> int:
    """The small world's plan with another goal for retail, stored as version 2."""
    first = number_of("Kế hoạch thử nghiệm 2024")
    fields = form_of(officer.get(f"{SHEET}?from={first}").content.decode())
    at = next(name.split("-")[0] for name, value in fields.items() if name.endswith("-code") and value == "retail")
    fields |= {f"{at}-low": "950000", "p-reason": "Điều chỉnh giữa năm", "p-document_number": "02/QĐ-THU", "do": "save"}
    answer = officer.post(SHEET, fields)
    assert answer.status_code == 302, answer.content.decode()
    return int(answer.headers["Location"].rstrip("/").rsplit("/", 1)[1])


def test_a_revision_from_the_form_to_its_adoption(officer: Client, leader: Client) -> None:
    pk = revised(officer)
    assert queries.plan(pk).status is PlanStatus.DRAFT
    page = leader.get(f"/ke-hoach/{pk}/").content.decode()
    assert "Ban hành" in page and "02/QĐ-THU" in page
    compared = leader.get(f"/ke-hoach/{pk}/so-sanh/").content.decode()
    assert "Tổng mức bán lẻ" in compared
    assert "<del>900000</del>" in compared and "<ins>950000</ins>" in compared
    assert officer.post(f"/ke-hoach/{pk}/ban-hanh/").status_code == 403
    assert leader.post(f"/ke-hoach/{pk}/ban-hanh/").status_code == 302
    assert queries.plan(pk).adopted_by and leader.post(f"/ke-hoach/{pk}/ban-hanh/").status_code == 400
    assert AuditEvent.objects.filter(action="plan.adopt_plan", target_id=str(pk)).count() == 1


def test_a_draft_is_not_for_everybody(officer: Client) -> None:
    pk = revised(officer)
    elsewhere = client_of(Role.OFFICER, Scope.locality("VN-HN"))
    for client in (Client(), elsewhere, client_of(Role.MINISTRY_READER)):
        assert client.get(f"/ke-hoach/{pk}/").status_code == 404
        assert client.get(f"/ke-hoach/{pk}/tai-ve/csv/").status_code == 404
        assert "02/QĐ-THU" not in client.get("/ke-hoach/").content.decode()
    assert "02/QĐ-THU" in officer.get("/ke-hoach/").content.decode()


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(officer: Client) -> None:
    fields = form_of(officer.get(f"{SHEET}?locality=VN&year=2031").content.decode())
    fields |= {
        "rows": "1",
        "t0-code": "x",
        "t0-indicator": "khong_co",
        "t0-measure": "level",
        "t0-value": "7,5 tỷ",
        "do": "check",
    }
    answer = officer.post(SHEET, fields)
    page = answer.content.decode()
    assert answer.status_code == 422 and 'value="7,5 tỷ"' in page
    assert {"plan.missing_field", "plan.bad_value"} <= set(re.findall(r"<code>(plan\.\w+)</code>", page))
    assert not [info for info in queries.plans("VN") if info.first_year == 2031]


def test_numbers_and_days_are_taken_as_they_are_written_here(officer: Client) -> None:
    fields = form_of(officer.get(f"{SHEET}?from={number_of('Kế hoạch thử nghiệm 2024')}").content.decode())
    value = next(name for name in fields if re.fullmatch(r"t\d+-value", name) and fields[name])
    written = {"p-reason": "Đổi mức", "p-document_title": "Nghị quyết", "p-document_date": "19/02/2024", value: "13,5"}
    page = officer.post(SHEET, fields | written | {"do": "check"}).content.decode()
    assert "Kế hoạch hợp lệ" in page and 'value="13,5"' in page
    page = officer.post(SHEET, fields | written | {"p-document_date": "31/02/2024", "do": "check"}).content.decode()
    assert "plan.bad_value" in page and "19/02/2025" in page
    page = officer.post(SHEET, fields | written | {value: "950.000", "do": "check"}).content.decode()
    assert "plan.bad_value" in page and "950000; 12.5" in page


def test_rows_are_added_and_struck_out(officer: Client) -> None:
    fields = form_of(officer.get(SHEET).content.decode())
    page = officer.post(SHEET, fields | {"do": "row"}).content.decode()
    assert 'name="t0-code"' in page and 'name="rows" value="1"' in page
    struck = form_of(page) | {"t0-code": "a", "t0-drop": "on", "do": "row"}
    assert 'value="a"' not in officer.post(SHEET, struck).content.decode()


def test_a_workbook_goes_out_and_comes_back_into_the_form(officer: Client) -> None:
    pk = number_of("Kế hoạch thử nghiệm 2024")
    file = officer.get(f"/ke-hoach/{pk}/tai-ve/xlsx/")
    upload = SimpleUploadedFile("sua.xlsx", file.content)
    page = officer.post(SHEET, {"do": "file", "file": upload}).content.decode()
    assert form_of(page)["p-title_vi"] == "Kế hoạch thử nghiệm 2024" and 'value="retail"' in page
    bad = SimpleUploadedFile("../../etc/x.xlsx", b"<html>")
    answer = officer.post(SHEET, {"do": "file", "file": bad})
    assert answer.status_code == 422 and "intake." in answer.content.decode()
    nothing = officer.post(SHEET, {"do": "file"})
    assert nothing.status_code == 422 and "plan.no_chosen_file" in nothing.content.decode()


def test_a_bulletin_shows_the_arithmetic(world: None) -> None:
    pk = number_of("Kế hoạch thử nghiệm 2024")
    page = Client().get(f"/ke-hoach/{pk}/muc-tieu/retail/?year=2024&as_of=2024-06-30").content.decode()
    held = next(row for row in queries.board("VN", 2024, None).rows if row.target.spec.code == "retail").assessment
    assert "Vì sao?" in page and held.target_text("vi") in unescape(page) and "so-lieu/" in page
    english = Client().get(f"/en/plans/{pk}/targets/retail/").content.decode()
    assert "Why?" in english and "Vì sao" not in english
    assert Client().get(f"/ke-hoach/{pk}/muc-tieu/khong-co/").status_code == 404


def test_a_bulletin_names_its_indicator(world: None) -> None:
    pk = number_of("Kế hoạch thử nghiệm 2024")
    code = next(one.spec.code for one in queries.targets(pk) if one.spec.indicator == "export_turnover")
    assert ">Kim ngạch xuất khẩu</a></dd>" in Client().get(f"/ke-hoach/{pk}/muc-tieu/{code}/").content.decode()


def test_tables_of_targets_are_downloaded(world: None) -> None:
    pk = number_of("Kế hoạch thử nghiệm 2024")
    lines = Client().get(f"/ke-hoach/{pk}/tai-ve/csv/").content.decode().splitlines()
    assert lines[0].startswith("code,name_vi") and len(lines) == len(queries.targets(pk)) + 1
