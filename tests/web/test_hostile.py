"""Whatever stands in an address gets a coded page in both languages, never a defect page."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

INJECTIONS = (
    "' OR 1=1 --", '"><script>alert(1)</script>', "%00", "../../etc/passwd", "{{7*7}}", "\u202etxt.exe", "VN'",
    "a" * 5000,
)  # fmt: skip

ROWS = [
    ("/bang-ke-hoach/?locality=hanoi", 400, "pages.bad_locality"),
    ("/bang-ke-hoach/?locality=VN-ZZ", 404, "kernel.unknown_locality"),
    ("/bang-ke-hoach/?year=0", 400, "pages.bad_year"),
    ("/bang-ke-hoach/?year=99999999999999999999", 400, "pages.bad_year"),
    ("/bang-ke-hoach/?year=２０２５", 400, "pages.bad_year"),
    ("/bang-ke-hoach/?as_of=2025-02-30", 400, "pages.bad_date"),
    ("/bang-ke-hoach/?as_of=9999-12-31", 400, "pages.bad_date"),
    ("/bang-ke-hoach/?as_of=now", 400, "pages.bad_date"),
    ("/chi-tieu/no_such_thing/", 404, "web.unknown_indicator"),
    ("/chi-tieu/EXPORT/", 404, "web.unknown_page"),
    ("/chi-tieu/export_turnover/?locality=VN-SG", 404, "web.unknown_series"),
    ("/chi-tieu/export_turnover/?breakdown=moon", 404, "web.unknown_series"),
    ("/chi-tieu/export_turnover/?breakdown=Ô", 400, "pages.bad_choice"),
    ("/chi-tieu/export_turnover/?measure=weight", 400, "pages.bad_choice"),
    ("/chi-tieu/export_turnover/?measure=share", 404, "web.unknown_series"),
    ("/chi-tieu/export_turnover/?kind=decade", 400, "pages.bad_choice"),
    ("/chi-tieu/export_turnover/tai-ve/exe/", 400, "pages.bad_choice"),
    ("/so-lieu/999999999999999999/", 404, "web.unknown_value"),
    ("/so-lieu/9999999999999999999999999/", 404, "web.unknown_page"),
    ("/so-lieu/0/", 404, "web.unknown_page"),
    ("/so-lieu/-1/", 404, "web.unknown_page"),
    ("/nguon/999999999999999999/", 404, "observatory.unknown_release"),
    ("/nguon/?page=0", 400, "pages.bad_number"),
    ("/nguon/?page=x", 400, "pages.bad_number"),
    ("/nguon/?page=99999", 404, "pages.no_list_page"),
    ("/kiem-tra/?page=99999", 404, "pages.no_list_page"),
    ("/kiem-tra/?severity=loud", 400, "pages.bad_choice"),
    ("/bao-cao/2024-13/", 400, "pages.bad_month"),
    ("/bao-cao/0000-01/", 400, "pages.bad_month"),
    ("/bao-cao/2024-05/tai-ve/exe/?locality=VN", 400, "pages.bad_choice"),
    ("/khong-co/", 404, "web.unknown_page"),
    ("/%00/", 404, "web.unknown_page"),
    ("/%ff%fe/", 404, "web.unknown_page"),
    ("/en/chi-tieu/", 404, "web.unknown_page"),
]


@pytest.mark.parametrize(("address", "status", "code"), ROWS)
def test_wrong_address_gets_its_code(visitor: Client, address: str, status: int, code: str) -> None:
    response = visitor.get(address)
    html = response.content.decode()
    assert (response.status_code, code in html) == (status, True)
    assert html.count("<h1>") == 1 and 'href="/' in html


@pytest.mark.parametrize("text", INJECTIONS)
@pytest.mark.parametrize("name", ["locality", "year", "as_of", "breakdown", "measure", "kind", "page", "severity"])
def test_injected_text_is_refused_or_ignored(visitor: Client, name: str, text: str) -> None:
    for path in (
        "/bang-ke-hoach/",
        "/chi-tieu/",
        "/en/indicators/export_turnover/",
        "/nguon/",
        "/kiem-tra/",
        "/bao-cao/2024-05/",
    ):
        response = visitor.get(path, {name: text.replace("%00", "\0")})
        assert response.status_code in (200, 400, 404)
        assert response.content.count(b"<script") == 1, "the layout's own"


def test_too_many_parameters(visitor: Client) -> None:
    response = visitor.get("/chi-tieu/?" + "&".join(f"a{n}=1" for n in range(13_000)))
    assert response.status_code == 400
    assert "web.bad_request" in response.content.decode()


def test_unknown_host_name(visitor: Client) -> None:
    response = visitor.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "web.bad_request" in response.content.decode()


@pytest.mark.parametrize(("path", "lang"), [("/khong-co/", "vi"), ("/en/no-such/", "en")])
def test_error_page_says_it_in_both_languages(visitor: Client, path: str, lang: str) -> None:
    html = visitor.get(path).content.decode()
    assert f'<html lang="{lang}">' in html
    assert "Không có trang nào" in html and "There is no page" in html


def test_a_defect_gets_the_500_page_and_no_detail(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from kecho.web.views import pages

    def broken(*_: object) -> None:
        raise RuntimeError("inner detail")

    monkeypatch.setattr(pages, "glossary_groups", broken)
    visitor.raise_request_exception = False
    response = visitor.get("/thuat-ngu/")
    assert response.status_code == 500
    assert "web.server_error" in response.content.decode() and "inner detail" not in response.content.decode()


def test_hostile_label_is_shown_as_text(visitor: Client) -> None:
    html = visitor.get("/chi-tieu/export_turnover/?locality=VN-HN").content.decode()
    assert "=HYPERLINK(&quot;x&quot;)&lt;b&gt;" in html and "<b>x" not in html
