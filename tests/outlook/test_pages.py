"""Pages and downloads of the outlook: both languages, what-if, bad series, bad addresses, the page that waits."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from kecho.outlook import queries
from kecho.outlook.models import KeptOutlook
from kecho.outlook.views import asking
from kecho.outlook.views.downloads import COLUMNS
from kecho.pages.downloads import FORMS
from kecho.people.actors import command_line
from kecho.plan import actions as plan_actions

from .makers import BAD, EXPORTS, PLAN, as_levels, levels, release, seasonal, store

pytestmark = pytest.mark.django_db

PAGE = "/chi-tieu/export_turnover/trien-vong/"
ENGLISH = "/en/indicators/export_turnover/outlook/"


@pytest.fixture(autouse=True)
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(asking, "WAIT", 60.0)
    file = tmp_path / "plan.toml"
    file.write_text(PLAN, "utf-8")
    plan_actions.import_plan(file, command_line())
    yield


@pytest.fixture
def steady() -> None:
    """Sixty-five months, the last five given once more with a revision."""
    store(EXPORTS, levels("2019-01", 65), release("2024-06-06"))
    store(EXPORTS, {m: value + 5 for m, value in levels("2024-01", 5).items()}, release("2024-07-06"))


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    text = response.content.decode()
    assert response.status_code == status, text[:2000]
    shown = re.sub(r"<[^>]*>", " ", text)
    assert not re.search(r"\b(nan|inf|None)\b", shown), re.search(r".{40}\b(nan|inf|None)\b.{40}", shown)
    return text


def test_the_page_shows_every_part_in_both_languages(client: Client, steady: None) -> None:
    text = page(client, f"{PAGE}?locality=VN-HN")
    for part in ("muc-tieu", "du-bao", "kich-ban", "gia-dinh", "dong-luc", "mua-vu", "dieu-chinh"):
        assert f'id="{part}"' in text
    assert text.count('class="plot wide"') == 4  # two ways to targets, the fan, the season
    assert "area inner" in text and "area outer" in text
    english = page(client, f"{ENGLISH}?locality=VN-HN")
    assert "What the open months must bring" in english
    assert "Phải thế nào" not in english
    assert " style=" not in text and "<script>" not in text


def test_what_if(client: Client, steady: None) -> None:
    text = page(client, f"{PAGE}?locality=VN-HN&growth=20")
    assert "Bỏ giả định" in text
    assert re.search(r"4-5%\): <b>đạt</b>", text)
    missed = page(client, f"{PAGE}?locality=VN-HN&growth=-50")
    assert re.search(r"4-5%\): <b>không đạt</b>", missed)
    one = page(client, f"{PAGE}?locality=VN-HN&m2024-06=1500,5")
    assert 'value="1500,5"' in one and "xác suất đạt" in one


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("growth=abc", "outlook.bad_growth"),
        ("growth=1e9", "outlook.bad_growth"),
        ("growth=-101", "outlook.bad_growth"),
        ("growth=99999999999999999999", "outlook.bad_growth"),
        ("m2024-06=1.234", "outlook.bad_level"),  # a thousand and more, or one and a quarter?
        ("m2024-07=-5", "outlook.bad_level"),
        ("m2024-07=<script>", "outlook.bad_level"),
        ("year=2031", "outlook.bad_year"),
        ("drivers=week", "pages.bad_choice"),
        ("year=abc", "pages.bad_year"),
        ("as_of=2024-02-31", "pages.bad_date"),
    ],
)
def test_wrong_addresses_are_refused_with_a_code(client: Client, steady: None, query: str, code: str) -> None:
    text = page(client, f"{PAGE}?locality=VN-HN&{query}", 400)
    assert code in text
    assert "<script>" not in text


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (f"{PAGE}?locality=VN", "outlook.no_months"),
        (f"{PAGE}?locality=VN-HN&breakdown=fdi", "outlook.no_months"),
        ("/chi-tieu/no_such_thing/trien-vong/", "observatory.unknown_indicator"),
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, steady: None, address: str, code: str) -> None:
    assert code in page(client, address, 404)


@pytest.mark.parametrize("name", BAD)
def test_bad_series_have_a_page(client: Client, name: str) -> None:
    store(EXPORTS, as_levels("2020-01", BAD[name]), release("2024-06-06"))
    for address in (PAGE, ENGLISH):
        text = page(client, f"{address}?locality=VN-HN")
        assert 'id="du-bao"' in text
    supposed = client.get(f"{PAGE}?locality=VN-HN&growth=5")
    assert supposed.status_code in (200, 400)
    answer = json.loads(client.get(f"{PAGE}tai-ve/seasonal/json/?locality=VN-HN").content)
    assert "rows" in answer


@pytest.mark.parametrize("table", COLUMNS)
def test_every_table_can_be_downloaded(client: Client, steady: None, table: str) -> None:
    for form in FORMS:
        response = client.get(f"{PAGE}tai-ve/{table}/{form}/?locality=VN-HN&year=2024")
        assert response.status_code == 200
        assert f"outlook_export_turnover_VN-HN_{table}." in response.headers["Content-Disposition"]
    rows = json.loads(client.get(f"{PAGE}tai-ve/{table}/json/?locality=VN-HN&year=2024").content)["rows"]
    assert rows or table in ("drivers", "nowcast")


def test_unknown_tables_and_forms_are_refused(client: Client, steady: None) -> None:
    page(client, f"{PAGE}tai-ve/months/exe/?locality=VN-HN", 400)
    page(client, f"{PAGE}tai-ve/secrets/csv/?locality=VN-HN", 400)


def test_drivers_add_up_on_the_page(client: Client) -> None:
    of = release("2024-06-06")
    parts = {"domestic": lambda m: 0.4 * seasonal(m, 0.003), "fdi": lambda m: 0.5 * seasonal(m, 0.009)}
    for part, level in parts.items():
        store(replace(EXPORTS, breakdown=part), levels("2022-01", 29, level), of)
    store(EXPORTS, levels("2022-01", 29), of)
    assert "5 tháng đầu năm 2024" in page(client, f"{PAGE}?locality=VN-HN")
    assert "tháng 5/2024 <small>" in page(client, f"{PAGE}?locality=VN-HN&drivers=month")
    assert "năm 2023 <small>" in page(client, f"{PAGE}?locality=VN-HN&year=2023")
    rows = json.loads(client.get(f"{PAGE}tai-ve/drivers/json/?locality=VN-HN").content)["rows"]
    points = {row["part"]: Decimal(row["points"]) for row in rows if row["kind"] == "ownership"}
    total = points.pop("total")
    assert set(points) == {"domestic", "fdi", "remainder"}
    assert abs(sum(points.values()) - total) < Decimal("0.000003")  # printed with six digits
    assert points["remainder"] != 0  # the parts are nine tenths of the total


def test_a_page_that_must_wait_says_so_and_looks_again(
    client: Client, steady: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "WAIT", 0.0)
    response = client.get(f"{PAGE}?locality=VN-HN")
    assert (response.status_code, response.headers["Refresh"]) == (202, "3")
    assert "Đang tính triển vọng" in response.content.decode()
    assert not KeptOutlook.objects.exists()
    monkeypatch.setattr(asking, "WAIT", 60.0)
    page(client, f"{PAGE}?locality=VN-HN")
    assert KeptOutlook.objects.exists()


def test_the_board_shows_the_chance_once_it_is_computed_and_never_computes(client: Client, steady: None) -> None:
    board = "/bang-ke-hoach/?locality=VN-HN&year=2024"
    before = page(client, board)
    assert "Xác suất đạt" not in before and "trien-vong" in before
    assert not KeptOutlook.objects.exists()
    queries.outlook("export_turnover", "VN-HN")
    after = page(client, board)
    assert after.count("Xác suất đạt") == 2
    listed = page(client, "/trien-vong/?locality=VN-HN&year=2024")
    assert listed.count("trien-vong/?locality=VN-HN") >= 2
    assert "Triển vọng: dự báo" in page(client, "/chi-tieu/export_turnover/?locality=VN-HN")


def test_as_of_a_day_nothing_later_is_seen(client: Client, steady: None) -> None:
    """The revision of July is not there in June."""
    june = page(client, f"{PAGE}?locality=VN-HN&as_of=2024-06-10")
    assert "Chưa tháng nào của chuỗi này được công bố hơn một lần." in june
    assert "10/06/2024" in june
    assert page(client, f"{PAGE}?locality=VN-HN&as_of={date(2024, 6, 5)}", 404)


def test_a_slow_indicator_is_told_from_faster_ones(client: Client) -> None:
    """Exports reach April, retail and imports May: May's exports are told, and what June's release moved."""
    for code, unit, last in (
        ("export_turnover", "million_usd", 100),
        ("retail_and_services", "billion_vnd", 101),
        ("import_turnover", "million_usd", 101),
    ):
        key = replace(EXPORTS, indicator=code)
        values = levels("2016-01", last)
        newest = {month: value for month, value in values.items() if month.code == "2024-05"}
        store(key, {m: v for m, v in values.items() if m not in newest}, release("2024-05-06", code), unit=unit)
        if newest:
            store(key, newest, release("2024-06-06", code), unit=unit)
    text = page(client, f"{PAGE}?locality=VN-HN")
    assert 'id="hien-tai"' in text and "06/06/2024" in text
    english = page(client, f"{ENGLISH}?locality=VN-HN")
    rows = json.loads(client.get(f"{PAGE}tai-ve/nowcast/json/?locality=VN-HN").content)["rows"]
    assert {row["series"] for row in rows} >= {"nowcast", "retail_and_services", "import_turnover"}
    assert "How new figures moved the nowcast" in english and "Retail sales" in english
    assert 'id="hien-tai"' not in page(client, "/chi-tieu/retail_and_services/trien-vong/?locality=VN-HN")
