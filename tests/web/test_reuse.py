"""What an analyst takes from an indicator's page: pictures, citations, programs that run, what was revised."""

from __future__ import annotations

import io
import re
import struct
import xml.etree.ElementTree as ET

import polars as pl
import pytest
from django.test import Client

from tests.web.pages import address

pytestmark = pytest.mark.django_db


def page(visitor: Client, query: str = "", lang: str = "vi") -> str:
    return visitor.get(address("indicator", lang) + query).content.decode()


@pytest.mark.parametrize("query", ["", "?kind=ytd", "?locality=VN-HN", "?breakdown=fdi&as_of=2023-07-01"])
def test_the_picture_stands_alone(visitor: Client, query: str) -> None:
    response = visitor.get(address("chart", "vi") + query)
    root = ET.fromstring(response.content)
    text = "".join(root.itertext())
    assert (
        response.headers["Content-Type"] == "image/svg+xml" and "attachment" in response.headers["Content-Disposition"]
    )
    assert "var(--" not in text and "Kim ngạch xuất khẩu" in text and "Nguồn:" in text
    assert ("không có thật" in text) == ("VN-HN" in query)


def test_the_picture_is_drawn_as_png(visitor: Client) -> None:
    content = visitor.get("/chi-tieu/export_turnover/bieu-do/png/").content
    assert content.startswith(b"\x89PNG") and struct.unpack(">II", content[16:24]) == (1864, 852)


def test_an_unknown_form_is_refused(visitor: Client) -> None:
    assert visitor.get("/chi-tieu/export_turnover/bieu-do/gif/").status_code == 400


def test_charts_keep_their_place(visitor: Client) -> None:
    """With width and height stated nothing moves when a chart appears."""
    for tag in re.findall(r'<svg class="plot (?:wide|narrow)"[^>]*>', page(visitor)):
        assert re.search(r' width="\d+" height="\d+"', tag)


def test_cited_in_both_languages_and_bibtex(visitor: Client) -> None:
    html = page(visitor, "?as_of=2024-06-30")
    vi, en = re.findall(r'<p class="cite" lang="(?:vi|en)">(.*?)</p>', html)
    assert "Kim ngạch xuất khẩu" in vi and "Kẻ Chợ, xem ngày" in vi and "/chi-tieu/export_turnover/?" in vi
    assert "Export turnover" in en and "/en/indicators/export_turnover/?" in en
    assert "as_of=2024-06-30" in vi and "as_of=2024-06-30" in en
    entry = re.search(r"@misc\{[\w-]+,\n(.*?)\n\}", html, re.S)
    assert entry and {"author", "title", "year", "url", "urldate"} <= set(re.findall(r"^  (\w+) = ", entry[1], re.M))


def test_the_address_in_the_program_is_read_as_it_stands(visitor: Client) -> None:
    found = re.search(r"read_csv\(&quot;http://testserver(.*?)&quot;\)", page(visitor, "?kind=month"))
    assert found
    content = visitor.get(found[1].replace("&amp;", "&")).content
    frame = pl.read_csv(io.BytesIO(content))
    assert frame["period"][-1] == "2024-05" and frame["value"].dtype == pl.Float64


def test_revisions_are_told(visitor: Client) -> None:
    """The last month of the small world was corrected once; before that nothing was."""
    assert "Số đã được sửa thế nào" in page(visitor, "?kind=month")
    assert "chưa số nào bị sửa" in page(visitor, "?kind=month&as_of=2024-04-30")


def test_the_api_gives_the_same_figures(visitor: Client) -> None:
    found = re.search(
        r'href="(/api/v1/observations\?[^"]*)"', page(visitor, "?kind=ytd&breakdown=fdi&as_of=2024-06-30")
    )
    assert found
    items = visitor.get(found[1].replace("&amp;", "&")).json()["items"]
    assert items[-1]["period"] == "2024-01/2024-05" and items
