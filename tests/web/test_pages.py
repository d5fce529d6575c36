"""Every page answers in both languages, is well made, and leaves nothing behind."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from tools.route_page import matrix

from tests.web.pages import NOT_HTML, PAGES, address

pytestmark = pytest.mark.django_db
BOTH = ("vi", "en")
LATER = {"account_inactive", "api-home", "api-openapi"}  # seen only on the way somewhere
VOID = {"meta", "link", "img", "input", "br", "hr"}


def test_every_public_page_is_in_the_walk() -> None:
    """Pages that everybody reads and nobody sends to; the rest is walked by test_matrix.py."""
    open_to_all = {route.name for route in matrix().values() if (route.get, route.post) == ("public", "-")}
    assert {name for name in open_to_all if not name.startswith("api:")} - LATER == set(PAGES)


@pytest.mark.parametrize("lang", BOTH)
@pytest.mark.parametrize("name", PAGES)
def test_page_answers(visitor: Client, name: str, lang: str) -> None:
    response = visitor.get(address(name, lang))
    assert response.status_code == 200
    assert not response.cookies
    policy = set(response.headers["Content-Security-Policy"].split("; "))
    assert policy >= {"default-src 'self'", "script-src 'self'", "object-src 'none'", "frame-ancestors 'none'"}
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]


def test_two_vintages_that_nobody_chose_are_the_last_two_of_the_indicator(visitor: Client) -> None:
    page = visitor.get("/so-sanh-phien-ban/?indicator=export_turnover&locality=VN").content.decode()
    assert "Kim ngạch xuất khẩu" in page and "Không có gì thay đổi" not in page


def test_a_planned_release_names_its_source(visitor: Client) -> None:
    page = visitor.get("/lich-cong-bo/").content.decode()
    assert "Cục Thống kê" in page and "(GSO)" not in page


@pytest.mark.parametrize("name", PAGES)
def test_head_answers_without_a_body(visitor: Client, name: str) -> None:
    response = visitor.head(address(name, "vi"))
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("name", sorted(set(PAGES) - {"robots"}))
def test_pages_take_no_post(visitor: Client, name: str) -> None:
    response = visitor.post(address(name, "en"))
    assert response.status_code == 405
    assert "web.method_not_allowed" in response.content.decode()


class Outline(HTMLParser):
    """Collects what the checks below look at, and whether tags close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            self.attributes.append((tag, name, value or ""))
            if name == "id":
                self.ids.append(value or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def outline(html: str) -> Outline:
    parser = Outline()
    parser.feed(html)
    return parser


@pytest.mark.parametrize("lang", BOTH)
@pytest.mark.parametrize("name", sorted(set(PAGES) - NOT_HTML))
def test_page_is_well_made(visitor: Client, name: str, lang: str) -> None:
    html = visitor.get(address(name, lang)).content.decode()
    page = outline(html)
    assert html.startswith("<!doctype html>") and f'<html lang="{lang}">' in html
    assert page.wrong == [] and page.open == []
    assert page.headings.count("h1") == 1
    assert len(page.ids) == len(set(page.ids))
    assert "<style" not in html and set(re.findall(r"<script[^>]*>(.*?)</script>", html, re.S)) <= {""}
    assert [entry for entry in page.attributes if entry[1] == "style" or entry[1].startswith("on")] == []
    outside = [value for _, name, value in page.attributes if name in ("src", "href", "action") and "//" in value]
    assert outside == []
    assert "{{" not in html and "{%" not in html and "None" not in re.sub(r"<[^>]+>", "", html)


@pytest.mark.parametrize("name", sorted(set(PAGES) - NOT_HTML - {"home"}))  # the home page takes no query
def test_language_switch_keeps_page_and_query(visitor: Client, name: str) -> None:
    query = "locality=VN&as_of=2024-06-30" if "?" not in address(name, "vi") else "as_of=2024-06-30"
    joint = "&" if "?" in address(name, "vi") else "?"
    html = visitor.get(f"{address(name, 'vi')}{joint}{query}").content.decode()
    wanted = f"{address(name, 'en')}{joint}{query}".replace("&", "&amp;")
    assert f'class="lang" href="{wanted}"' in html


def test_unchanged_page_is_not_sent_again(visitor: Client) -> None:
    first = visitor.get(address("indicator", "vi"))
    again = visitor.get(address("indicator", "vi"), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_large_pages_travel_compressed(visitor: Client) -> None:
    response = visitor.get(address("releases", "vi"), headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
