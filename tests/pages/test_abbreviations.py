"""An abbreviation is explained where it is first used in running text, once, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kecho.pages import abbreviations
from kecho.pages.abbreviations import explain
from kecho.web.views.pages import meanings

IIP = '<abbr title="Sản xuất &lt;CN&gt;">IIP</abbr>'


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    abbreviations.register(lambda lang: {"IIP": "Sản xuất <CN>", "KH": "Kế hoạch"})
    yield
    abbreviations.register(meanings)


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>IIP</p><p>IIP</p>", f"<p>{IIP}</p><p>IIP</p>"),
        ("<h1>Chỉ số (IIP)</h1>", f"<h1>Chỉ số ({IIP})</h1>"),
        ('<a href="?q=IIP">IIP</a>', f'<a href="?q=IIP">{IIP}</a>'),
        ("<code>IIP</code> IIP", f"<code>IIP</code> {IIP}"),
        ("<select><option>IIP</option></select>", "<select><option>IIP</option></select>"),
        ('<svg><text>KH</text></svg><p title="KH">x</p>', '<svg><text>KH</text></svg><p title="KH">x</p>'),
        ("IIPX 01/KH-SCT KH", '<abbr title="Kế hoạch">KH</abbr>'.join(["IIPX 01/KH-SCT ", ""])),
        ("IIP/KH", "IIP/KH"),
    ],
)
def test_only_the_first_use_is_explained(html: str, wanted: str) -> None:
    assert explain(html, "vi") == wanted


@given(st.text(alphabet="IKHP <>/abcode&;\"'=", max_size=120))
def test_without_the_explanations_the_page_is_as_it_was(html: str) -> None:
    told = explain(html, "vi")
    for title in ("Sản xuất &lt;CN&gt;", "Kế hoạch"):
        told = told.replace(f'<abbr title="{title}">', "", 1)
    assert told.replace("</abbr>", "") == html.replace("</abbr>", "")


def test_the_glossary_gives_the_words() -> None:
    assert {"IIP", "CPI", "GRDP", "OCOP", "KNNK", "FDI"} <= set(meanings("vi"))
    assert not {"Chỉ tiêu", "Nhịp"} & set(meanings("vi"))


@pytest.mark.django_db
def test_pages_explain(db: None) -> None:
    abbreviations.register(meanings)
    html = Client().get("/tro-giup/").content.decode()
    assert html.count('<abbr title="') == len(set(html.split('<abbr title="')[1:]))
