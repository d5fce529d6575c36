"""The pages and calls of the room: four steps, coded refusals, the origin check, what only officers see."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kecho.market_access.barriers import move, report
from kecho.market_access.models import Barrier, OriginRuleText
from kecho.market_access.origin import template
from kecho.market_access.utilisation.study import store
from kecho.people.actors import Actor, Role
from tests.market_access.test_utilisation import LINES, write
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
EU = "code=69111000&to=EU&on=2022-06-01&value=10000"


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "Hàng gì?"),
        ("q=pork", "02031100"),
        ("code=691110", "Bán sang thị trường nào?"),
        ("code=691110&to=EU", "Trị giá hải quan"),
        (EU, "Nên đi theo EVFTA: thuế 600,00 USD, giảm 600,00 USD so với"),
        ("code=640391&to=JP&on=2026-05-01&value=10000", "dòng thuế quốc gia dưới mã này"),
    ],
)
def test_four_steps(client: Client, sample: None, query: str, says: str) -> None:
    response = client.get(f"/thue-quan/?{query}")
    assert response.status_code == 200
    assert says in response.content.decode()


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("code=9", "market_access.bad_code"),
        ("q=zzzz+qqqq", "market_access.nothing_found"),
        ("code=691110&to=Atlantis", "market_access.unknown_market"),
        ("code=691110&to=US", "market_access.market_without_data"),
        ("code=691110&to=EU&on=2019-01-01&value=1", "market_access.no_schedule_on"),
        ("code=691110&to=EU&value=abc", "market_access.bad_amount"),
        ("code=691110&to=EU&value=10.000", "kernel.ambiguous_number"),
        ("code=691110&to=EU&value=10000&currency=USD&rate=25.450", "kernel.ambiguous_number"),
        ("code=%3Cscript%3E&to=EU", "market_access.bad_code"),
    ],
)
def test_refusals_name_their_code_and_never_a_zero(client: Client, sample: None, query: str, code: str) -> None:
    response = client.get(f"/thue-quan/?{query}")
    text = response.content.decode()
    assert response.status_code == 400 and f"<code>{code}</code>" in text
    assert "<script>" not in text and "0,00" not in text


def test_the_answer_shows_path_sources_and_doubts(client: Client, sample: None) -> None:
    text = client.get(f"/en/duty/?{EU}").content.decode()
    for part in ("3/6 (B5)", "EUR.1", "Annex 2-A", "2025", '<svg class="plot wide"', "stands in for it"):
        assert part in text
    assert "Sample" in text or "sample" in text


def test_downloads_hold_every_offer(client: Client, sample: None) -> None:
    response = client.get(f"/thue-quan/tai-ve/json/?{EU}")
    rows = json.loads(response.content)["rows"]
    assert [(row["agreement"], row["duty"]) for row in rows] == [("EVFTA", "600.00"), ("MFN", "1200.00")]
    assert client.get("/thue-quan/tai-ve/xlsx/?" + EU).content[:2] == b"PK"


def test_origin_check_needs_no_sign_in_and_keeps_nothing(client: Client) -> None:
    OriginRuleText.objects.create(
        rule_set="cptpp", position=1, heading="6403", code_min="6403000000", code_max="6403999999", number=1,
        sentence="A change to a good of heading 6403 from any other heading.", source="s",
    )  # fmt: skip
    blank = client.get("/thue-quan/xuat-xu/mau/").content
    assert template.read(blank).code == "640399"
    sent = SimpleUploadedFile("a.xlsx", blank)
    text = client.post("/thue-quan/xuat-xu/", {"file": sent}).content.decode()
    assert "Đạt quy tắc cụ thể mặt hàng của CPTPP." in text and "Không suy ra là đạt hay không đạt." in text


@pytest.mark.parametrize("content", [b"", b"x" * 100])
def test_origin_check_refuses_another_file(client: Client, content: bytes) -> None:
    response = client.post("/thue-quan/xuat-xu/", {"file": SimpleUploadedFile("a.xlsx", content)})
    assert response.status_code == 400 and "market_access.not_the_template" in response.content.decode()


def test_an_officer_sees_what_a_new_file_changes_before_it_is_stored(sample: None, tmp_path: Path) -> None:
    client = client_of(Role.OFFICER)
    text = "cn_code,cn8,exout,base_rate_pct,category,description_short\nx,69111000,,12.0,B7,Tableware\n"
    form = {"layout": "eu-evfta", "file": SimpleUploadedFile("eu.csv", text.encode()), "deed": "trial"}
    page = client.post("/thue-quan/bieu-thue/", form).content.decode()
    assert "B5" in page and "B7" in page
    assert "69111000" in client.get("/thue-quan/?" + EU).content.decode()
    form["file"], form["deed"] = SimpleUploadedFile("eu.csv", text.encode()), "store"
    assert client.post("/thue-quan/bieu-thue/", form).status_code == 302
    assert "3/8 (B7)" in client.get("/thue-quan/?" + EU).content.decode()


def test_changes_to_come_and_barriers(client: Client, sample: None, officer: Actor) -> None:
    from datetime import date

    made = report(
        officer, market="EU", hs="6911", kind="tbt", title="Thôi nhiễm kim loại", source="Thông báo X",
        since=date(2026, 1, 5), note="Doanh nghiệp báo",
    )  # fmt: skip
    move(made, "assessed", date(2026, 2, 1), "Đã hỏi thương vụ", officer)
    text = client.get("/thue-quan/thong-bao/?code=69111000&to=EU").content.decode()
    assert "Thôi nhiễm kim loại" in text and "Đã hỏi thương vụ" in text
    assert "Thôi nhiễm" not in client.get("/thue-quan/thong-bao/?code=640391&to=EU").content.decode()


def test_api_answers_and_refuses_with_codes(client: Client, sample: None) -> None:
    found = client.get(f"/api/v1/duty?{EU}").json()
    assert found[0]["best"] == "EVFTA" and found[0]["offers"][0]["path"][0] == {
        "from": "2020-08-01",
        "stage": 1,
        "percent": "10",
    }
    refused = client.get("/api/v1/duty?code=691110&to=US")
    assert refused.status_code in {400, 404} and "market_access.market_without_data" in refused.content.decode()
    assert client.get("/api/v1/goods?q=pork").json()[0]["code"] == "02031100"
    assert len(client.get("/api/v1/agreements").json()) == 20


def test_officers_record_a_barrier_and_move_it_on() -> None:
    client = client_of(Role.OFFICER)
    form = {"market": "Nhật Bản", "hs": "0306", "kind": "sps", "title": "Dư lượng", "source": "CV 1"}
    form |= {"note": "Báo", "on": "2026-01-05"}
    assert client.post("/thue-quan/rao-can/", form).status_code == 302
    page = client.get("/thue-quan/rao-can/").content.decode()
    assert "Dư lượng" in page and "được báo" in page
    step = {"barrier": "1", "stage": "resolved", "note": "x", "on": "2026-02-01"}
    made = Barrier.objects.get()
    step["barrier"] = str(made.pk)
    assert client.post("/thue-quan/rao-can/", step).status_code == 400  # not from "reported"
    step["stage"] = "assessed"
    assert client.post("/thue-quan/rao-can/", step).status_code == 302
    assert "đã xem xét" in client.get("/thue-quan/rao-can/").content.decode()


def test_the_board_of_use_and_its_downloads(officer: Actor, tmp_path: Path) -> None:
    client = client_of(Role.OFFICER)
    assert "Chưa có kết quả" in client.get("/thue-quan/tan-dung/").content.decode()
    store([write(tmp_path, LINES)], "korea-imports", officer)
    page = client.get("/thue-quan/tan-dung/?by=product").content.decode()
    assert "Dữ liệu tổng hợp, không có thật." in page and "610910" in page and "66,7%" in page
    rows = json.loads(client.get("/thue-quan/tan-dung/calls/json/").content)["rows"]
    assert [(row["enterprise"], row["foregone"]) for row in rows] == [("A", "13.00"), ("B", "4.00")]
    assert client.get("/thue-quan/tan-dung/agreement/csv-vn/").status_code == 200
