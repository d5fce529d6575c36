"""Derived indicators and rebuilt geographies where others stand: list, page, files, search, API, and their embargo."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from kecho.kernel.periods import Period
from kecho.observatory import actions, approval
from kecho.observatory.queries import SeriesKey
from kecho.publish import sdmx
from kecho.publish.sdmx_forms import Form
from kecho.web import series_view
from tests.observatory.makers import observe, reading, release, row, series
from tests.observatory.people import HEAD, LEADER, OFFICER, STATISTICIAN
from tests.web import small

pytestmark = pytest.mark.django_db
SHARE = "/chi-tieu/fdi_export_share/"


def text(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("/chi-tieu/?locality=VN", 'href="/chi-tieu/fdi_export_share/?locality=VN"'),
        ("/chi-tieu/?locality=VN", "÷ Kim ngạch xuất khẩu × 100"),
        (SHARE, "Tính ra"),
        (SHARE, "÷ Kim ngạch xuất khẩu × 100"),
        ("/en/indicators/fdi_export_share/", "Formula: Export turnover ("),
        ("/chi-tieu/fdi_export_share/?as_of=2023-01-31", "Số liệu như đã biết vào ngày 31/01/2023"),
        ("/tim/?q=ty+trong+khu+vuc+co+von+dau+tu+nuoc+ngoai", "/chi-tieu/fdi_export_share/"),
        ("/api/v1/indicators/fdi_export_share", '"is_derived": true'),
        (f"{SHARE}bieu-do/svg/", "<svg"),
    ],
)
def test_a_derived_indicator_is_where_others_are(visitor: Client, url: str, said: str) -> None:
    assert said in text(visitor, url)


def test_its_figures_agree_and_lead_to_their_parts(visitor: Client) -> None:
    items = visitor.get("/api/v1/observations?indicator=fdi_export_share&measure=share&kind=month").json()["items"]
    assert (items[-1]["period"], Decimal(items[-1]["value"])) == (small.LAST.code, Decimal("72.0"))
    page, file = text(visitor, f"{SHARE}?kind=month"), text(visitor, f"{SHARE}tai-ve/csv/?kind=month")
    assert f",{items[-1]['value']}," in file.splitlines()[-1]
    assert all(f'href="/so-lieu/{pk}/"' in page for pk in items[-1]["inputs"])


def test_as_of_gives_what_its_parts_were(visitor: Client) -> None:
    items = visitor.get("/api/v1/observations?indicator=fdi_export_share&measure=share&as_of=2023-01-31").json()[
        "items"
    ]
    assert items[-1]["period"] == "2022-12"


def test_what_its_parts_may_not_show_it_does_not_show(world: None, db: None) -> None:
    month = small.LAST.shift(months=1).code
    rows = [row(v, period=month, file="x.xlsx", indicator=code, cell=cell) for code, v, cell in (
        ("export_turnover", "7777.7", "C9"), ("import_turnover", "1111.1", "D9"))]  # fmt: skip
    number = actions.import_reading(reading(month, *rows, name="x.xlsx"), OFFICER).release.id
    approval.check(number, STATISTICIAN)
    approval.approve(number, HEAD)
    approval.publish(number, LEADER, public_from=timezone.now() + timedelta(hours=3))
    client = Client()
    for url in ("/chi-tieu/", "/tim/?q=can+can+thuong+mai", "/api/v1/observations?indicator=goods_turnover"):
        found = client.get(url).content.decode()
        assert "8888.8" not in found and "8.888,8" not in found, url
    assert "8.888,8" not in client.get("/chi-tieu/goods_turnover/").content.decode()
    for cache in ("default", "pages"):
        caches[cache].clear()


def unnamed(message: str) -> str:
    """Without the number and the moment that each message gets of its own."""
    return re.sub(r"<mes:(ID|Prepared)>.*?</mes:", "", message)


@pytest.fixture
def merged(visitor: Client) -> Client:
    """Bắc Giang and Bắc Ninh in May, the new Bắc Ninh in August, and an index of Bắc Ninh."""
    of = release("2025-09-06", period="2025-08")
    for place, period, value in (("VN-56", "2025-05", "100"), ("VN-54", "2025-05", "60"), ("VN-56", "2025-08", "190")):
        key = SeriesKey("fdi_registered", "", place)
        series(key)
        observe(key, period, value, of)
    index = SeriesKey("iip", "", "VN-56", "index_py")
    series(index)
    observe(index, "2025-05", "108.2", of)
    return visitor


PLACE = "/chi-tieu/fdi_registered/?locality=VN-56"


@pytest.mark.parametrize(
    ("url", "status", "said"),
    [
        (f"{PLACE}&geography=new", 200, "là tổng của Bắc Giang, Bắc Ninh"),
        (f"{PLACE}&geography=old", 200, "không tách được theo địa giới cũ"),
        (f"{PLACE.replace('/chi-tieu', '/en/indicators')}&geography=new", 200, "the sum of Bac Giang, Bac Ninh"),
        (PLACE, 200, 'name="geography"'),
        (f"{PLACE}&geography=mid", 400, "mid"),
        ("/chi-tieu/iip/?locality=VN-56&measure=index_py&geography=new", 400, "Không cộng được iip (index_py)"),
    ],
)
def test_a_page_says_which_borders_it_counts_on(merged: Client, url: str, status: int, said: str) -> None:
    assert said in text(merged, url, status)


def test_borders_hold_in_files_and_api_too(merged: Client) -> None:
    file = text(merged, "/chi-tieu/fdi_registered/tai-ve/csv/?locality=VN-56&geography=new&kind=month")
    api = merged.get("/api/v1/observations?indicator=fdi_registered&locality=VN-56&geography=new").json()["items"]
    assert [line.split(",")[6] for line in file.splitlines()[1:]] == ["160", "190"]
    assert [Decimal(one["value"]) for one in api] == [160, 190]
    assert 'name="geography"' not in text(merged, "/chi-tieu/export_turnover/?locality=VN-HN")


@pytest.mark.parametrize(
    ("url", "status", "media", "said"),
    [
        ("/chi-tieu/export_turnover/tai-ve/sdmx-csv/?locality=VN", 200, "application/vnd.sdmx.data+csv", ",EXPORT"),
        ("/chi-tieu/export_turnover/tai-ve/sdmx-ml/?locality=VN", 200, "application/vnd.sdmx.genericdata+xml", "<?xml"),
        (f"{SHARE}tai-ve/sdmx-csv/", 200, "application/vnd.sdmx.data+csv", "fdi_export_share"),
        ("/chi-tieu/fdi_registered/tai-ve/sdmx-csv/?locality=VN-56&geography=new", 400, "text/html", "csv-vn"),
        ("/chi-tieu/export_turnover/tai-ve/sdmx-9/", 400, "text/html", "sdmx-9"),
    ],
)
def test_sdmx_is_what_the_command_writes(merged: Client, url: str, status: int, media: str, said: str) -> None:
    response = merged.get(url)
    assert (response.status_code, response.headers["Content-Type"].startswith(media)) == (status, True)
    assert said.lower() in response.content.decode().lower()
    code = url.split("/")[2]
    if status == 200:
        written = sdmx.message(code, "VN", Form(url.split("/")[4]))
        assert unnamed(response.content.decode()) == unnamed(written)
        assert f"tai-ve/{url.split('/')[4]}/" in text(merged, f"/chi-tieu/{code}/")


@pytest.mark.parametrize(
    ("address", "said"),
    [("/chi-tieu/goods_balance/", "nhập siêu"), ("/en/indicators/goods_balance/", "deficit of")],
)
def test_a_balance_is_told_with_its_side_and_without_a_rate(visitor: Client, address: str, said: str) -> None:
    of = release("2024-06-06", period="2024-05")
    series(SeriesKey("import_turnover"))
    for period, value in (("2024-05", "90000"), ("2023-05", "10")):
        observe(SeriesKey("import_turnover"), period, value, of)
    page = text(visitor, address)
    lead = page.split('<p class="lead">')[1].split("</p>")[0]
    assert said in lead and "%" not in lead
    assert "from levels" not in page and "tính từ mức" not in page


def test_a_year_to_date_is_not_shown_as_months() -> None:
    spans = {Period.ytd(2024, 1), Period.ytd(2024, 2), Period.ytd(2025, 1)}
    assert series_view.kinds_of(dict.fromkeys(spans)) == ["ytd"]  # type: ignore[arg-type]
    assert series_view.kinds_of({Period.ytd(2024, 1): None}) == ["month"]  # type: ignore[dict-item]


def test_a_headline_has_no_more_decimals_than_are_read(visitor: Client) -> None:
    of = release("2024-06-06", period="2024-05")
    series(SeriesKey("fdi_registered", "", "VN-HN"))
    observe(SeriesKey("fdi_registered", "", "VN-HN"), "2024-05", "67.31096806", of)
    page = text(visitor, "/chi-tieu/fdi_registered/?locality=VN-HN")
    lead = page.split('<p class="lead">')[1].split("</p>")[0]
    assert "67,31" in lead and "67,31096806" not in lead
