"""The pages of handing in, as an officer's browser sees them, without script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kecho.observatory.models import Release
from kecho.people.actors import Role, Scope
from kecho.uploads.models import Upload
from tests.intake.own import books
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db


def _file(path: Path, name: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name or path.name, path.read_bytes())


def _hand_in(client: Client, *handed: SimpleUploadedFile, **more: str) -> list[Upload]:
    answer = client.post("/nhap-tep/", {"files": handed, "locality": "VN-HN", **more}, follow=True)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return list(Upload.objects.order_by("id"))


def _fields(page: str) -> dict[str, str]:
    """What a browser would send of the mapping form as it stands."""
    form = re.search(r'<form method="post" action="[^"]*khai-bao/">(.*?)</form>', page, re.S)
    assert form, "there is a mapping form"
    sent = dict(re.findall(r'<input (?:id="[^"]*" )?name="([^"]+)"[^>]*?value="([^"]*)"', form[1]))
    sent |= dict(re.findall(r'<input type="checkbox" name="([^"]+)" value="([^"]*)"[^>]* checked', form[1]))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form[1], re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options) or re.search(
            r'<option value="([^"]*)"', options
        )
        sent[name] = chosen[1] if chosen else ""
    return sent


def test_the_whole_way_of_two_files(officer: Client, tmp_path: Path) -> None:
    products = books.save(tmp_path / "sp.xlsx", books.PRODUCTS)
    clusters = books.save(tmp_path / "ccn.xlsx", books.cluster_report())
    one, two = _hand_in(officer, _file(products), _file(clusters))
    assert (one.state, two.state, one.batch == two.batch) == ("asked", "asked", True)
    page = officer.get(f"/nhap-tep/{one.pk}/").content.decode()
    assert "Sản phẩm lạ chưa có" in page and "chưa đối chiếu bản gốc" in page
    answer = officer.post(f"/nhap-tep/{one.pk}/khai-bao/", _fields(page), follow=True)
    assert "12 số liệu" in answer.content.decode()
    assert 'class="num">1.010,5<' in answer.content.decode()
    answer = officer.post(f"/nhap-tep/{one.pk}/xac-nhan/", {"name-0": "Sản phẩm Sở"}, follow=True)
    assert "Đã nhập" in answer.content.decode()
    assert Release._base_manager.count() == 1
    listed = officer.get("/nhap-tep/khai-bao/").content.decode()
    assert "Sản phẩm Sở" in listed
    pk = re.search(r"/nhap-tep/khai-bao/(\d+)/tai-ve/", listed)
    assert pk and b'name = "S\xe1\xba\xa3n ph\xe1\xba\xa9m S\xe1\xbb\x9f"' in officer.get(pk[0]).content


def test_the_form_changes_what_it_says(officer: Client, tmp_path: Path) -> None:
    (one,) = _hand_in(officer, _file(books.save(tmp_path / "sp.xlsx", books.PRODUCTS)))
    sent = _fields(officer.get(f"/nhap-tep/{one.pk}/").content.decode())
    stranger = next(name for name in sent if name.endswith("r0-key"))
    sent |= {stranger: "beer", stranger.replace("-key", "-ignore"): "1", "t0-c4-role": "ignore", "t0-stage": "official"}
    officer.post(f"/nhap-tep/{one.pk}/khai-bao/", sent)
    one.refresh_from_db()
    assert (one.state, one.trial["rows"], one.trial["unmapped"]) == ("ready", 6, [])
    assert {row[-1] for row in one.trial["first"]} == {"estimate", "official"}


@pytest.mark.parametrize(
    "wrong", [{"t0-c1-role": "boss"}, {"t0-indicator": "no_such"}, {"period": "2026-13"}, {"t0-use": ""}]
)
def test_a_wrong_form_is_told_and_changes_nothing(officer: Client, tmp_path: Path, wrong: dict[str, str]) -> None:
    (one,) = _hand_in(officer, _file(books.save(tmp_path / "sp.xlsx", books.PRODUCTS)))
    sent = _fields(officer.get(f"/nhap-tep/{one.pk}/").content.decode()) | wrong
    answer = officer.post(f"/nhap-tep/{one.pk}/khai-bao/", sent)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    one.refresh_from_db()
    assert one.state == "asked"


def test_a_file_of_very_many_tables_says_what_the_form_leaves_out(officer: Client, tmp_path: Path) -> None:
    path = books.save(tmp_path / "many.xlsx", *[books.WIDE_MONTHS] * 15)
    (one,) = _hand_in(officer, _file(path))
    page = officer.get(f"/nhap-tep/{one.pk}/").content.decode()
    assert page.count('class="table-mapping"') == 12
    assert "Tệp còn 3 bảng nữa" in page


def test_decoded_text_is_shown_before_and_after(officer: Client) -> None:
    text = "MÆt hµng;Th¸ng 1/2026;Th¸ng 2/2026\nN\xadíc m¾m;3;4\n".encode("latin-1")
    (one,) = _hand_in(officer, SimpleUploadedFile("cu.csv", text))
    page = officer.get(f"/nhap-tep/{one.pk}/").content.decode()
    assert "MÆt hµng" in page and "Mặt hàng" in page and "Nước mắm" in page


def test_a_refused_file_says_why_and_the_others_go_on(officer: Client, tmp_path: Path) -> None:
    good = _file(books.save(tmp_path / "sp.xlsx", books.PRODUCTS))
    bad, one = _hand_in(officer, SimpleUploadedFile("<script>.xls", b"<html>"), good)
    assert (bad.state, one.state) == ("refused", "asked")
    page = officer.get(f"/nhap-tep/{bad.pk}/").content.decode()
    assert "intake.not_a_workbook" in page and "<script>.xls" not in page


def test_no_file_and_too_many_are_told(officer: Client) -> None:
    assert officer.post("/nhap-tep/", {"locality": "VN-HN"}).status_code == 400
    many = [SimpleUploadedFile(f"{number}.csv", b"a") for number in range(21)]
    assert officer.post("/nhap-tep/", {"files": many, "locality": "VN-HN"}).status_code == 400
    answer = officer.post("/nhap-tep/", {"files": many[:1], "locality": "VN-SG"})
    assert answer.status_code == 400, "another place is not offered"
    assert not Upload.objects.exists()


def test_a_page_that_waits_refreshes_itself_without_script(officer: Client, tmp_path: Path) -> None:
    (one,) = _hand_in(officer, _file(books.save(tmp_path / "sp.xlsx", books.PRODUCTS)))
    Upload.objects.filter(pk=one.pk).update(state="reading")
    for address in ("/nhap-tep/", f"/nhap-tep/{one.pk}/", "/en/import/", f"/en/import/{one.pk}/"):
        page = officer.get(address).content.decode()
        assert '<noscript><meta http-equiv="refresh"' in page
        assert "hx-get" in page
    part = officer.get("/nhap-tep/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="uploads"') and "<html" not in part


def test_another_place_sees_nothing(officer: Client, tmp_path: Path) -> None:
    (one,) = _hand_in(officer, _file(books.save(tmp_path / "sp.xlsx", books.PRODUCTS)))
    other = client_of(Role.OFFICER, Scope.locality("VN-SG"))
    assert "sp.xlsx" not in other.get("/nhap-tep/").content.decode()
    for address in (f"/nhap-tep/{one.pk}/",):
        assert other.get(address).status_code in (403, 404)
    for step in ("khai-bao", "xac-nhan", "huy"):
        assert other.post(f"/nhap-tep/{one.pk}/{step}/").status_code in (403, 404)


def test_a_body_larger_than_anything_handed_in_is_refused_unread(officer: Client) -> None:
    answer = officer.post(
        "/nhap-tep/", data=b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="999999999"
    )
    assert answer.status_code == 413
