"""The HTML: one file that needs nothing else, and a fragment that may stand under a strict content security policy."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kecho.publish import html
from kecho.publish.tones import TONES

from .factory import report


class Reader(HTMLParser):
    """Collects tags with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_file_asks_nothing_of_the_network(lang: str, tmp_path: Path) -> None:
    text = html.render(report(lang), tmp_path / "report.html").read_text("utf-8")
    assert not re.search(r'(?:src|href)="(?!#)', text)
    assert "@import" not in text
    assert "<script" not in text
    assert f'<html lang="{lang}">' in text


def test_the_fragment_has_neither_script_nor_inline_style() -> None:
    reader = Reader(html.fragment(report()))
    assert not [tag for tag, attributes in reader.tags if "style" in attributes or tag in ("script", "style")]


def test_names_from_outside_are_escaped() -> None:
    text = html.fragment(report())
    assert "Dệt &lt;may&gt; &amp; da" in text
    assert "<may>" not in text


def test_every_note_leads_to_a_row_of_the_annex() -> None:
    reader = Reader(html.fragment(report()))
    targets = {attributes["href"] for tag, attributes in reader.tags if tag == "a"}
    places = {f"#{attributes['id']}" for _, attributes in reader.tags if "id" in attributes}
    assert targets
    assert targets <= places


def test_figures_lead_to_their_cells_where_the_site_has_such_pages() -> None:
    text = html.fragment(report(), lambda observation: f"/o/{observation}/")
    assert '<a class="figure" href="/o/1/">31,11\u00a0tỷ USD</a>' in text
    assert '<a href="/o/5/">64.298,5</a>' in text


def test_tables_have_real_headers() -> None:
    reader = Reader(html.fragment(report()))
    scopes = [attributes.get("scope") for tag, attributes in reader.tags if tag == "th"]
    assert set(scopes) == {"col", "row", "colgroup"}
    assert [tag for tag, _ in reader.tags].count("caption") == [tag for tag, _ in reader.tags].count("table")


def test_charts_have_a_description_and_their_figures_beside_them() -> None:
    text = html.fragment(report())
    assert 'role="img" aria-label="Đường xuất khẩu"' in text
    assert "<details>" in text


def contrast(colour: str) -> float:
    """Contrast on white (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


@pytest.mark.parametrize("tone", TONES)
def test_status_words_can_be_read_and_have_an_icon(tone: str) -> None:
    assert contrast(TONES[tone].colour) >= 4.5
    assert TONES[tone].icon
