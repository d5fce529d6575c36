"""Searching: without marks, with slips, in both languages, in order, fast, and never more than one may see."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.kernel.text import fold
from kecho.pages import search
from kecho.pages.search import Entry, Index
from kecho.people.actors import Actor, Role, Scope, public
from kecho.people.rights import Permission

ENTRIES = [
    ("indicator", Entry("Kim ngạch xuất khẩu, Hà Nội", "Exports, Hà Nội", "indicator", weight=1.3)),
    ("indicator", Entry("Kim ngạch xuất khẩu: Cà phê, Hà Nội", "Exports: Coffee, Hà Nội", "indicator")),
    ("indicator", Entry("Kim ngạch xuất khẩu, Việt Nam", "Exports, Việt Nam", "indicator", weight=1.3)),
    ("indicator", Entry("Kim ngạch nhập khẩu, Hà Nội", "Imports, Hà Nội", "indicator", weight=1.3)),
    ("indicator", Entry("Chỉ số giá tiêu dùng (CPI), Việt Nam", "Consumer prices (CPI)", "indicator")),
    ("report", Entry("Báo cáo tháng 02/2025, Việt Nam", "Report on February 2025", "report", words="2025-02 2 2025")),
    ("term", Entry("CCN", "CCN", "glossary", words="Cụm công nghiệp. Industrial cluster.")),
]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("xuat khau ha noi", "Kim ngạch xuất khẩu, Hà Nội"),
        ("Xuất khẩu Hà Nội", "Kim ngạch xuất khẩu, Hà Nội"),
        ("xuất khẩu HANOI", "Kim ngạch xuất khẩu, Hà Nội"),
        ("xuta khau ha noi", "Kim ngạch xuất khẩu, Hà Nội"),
        ("nhap khau", "Kim ngạch nhập khẩu, Hà Nội"),
        ("exports coffee", "Kim ngạch xuất khẩu: Cà phê, Hà Nội"),
        ("ca phe", "Kim ngạch xuất khẩu: Cà phê, Hà Nội"),
        ("cpi", "Chỉ số giá tiêu dùng (CPI), Việt Nam"),
        ("báo cáo tháng 2 2025", "Báo cáo tháng 02/2025, Việt Nam"),
        ("cụm công nghiệp", "CCN"),
        ("consumer pri", "Chỉ số giá tiêu dùng (CPI), Việt Nam"),
    ],
)
def test_the_best_answer_comes_first(asked: str, first: str) -> None:
    assert Index(ENTRIES).find(asked)[0].entry.title_vi == first


@pytest.mark.parametrize("asked", ["", "   ", "!!!", "zzzzqqq", "thủy điện hạt nhân"])
def test_what_is_not_there_is_not_found(asked: str) -> None:
    assert Index(ENTRIES).find(asked) == []


@given(st.text(max_size=200))
def test_any_text_may_be_asked(asked: str) -> None:
    found = Index(ENTRIES).find(asked)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_what_needs_a_right_is_found_by_who_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [Entry("Dự thảo kế hoạch", "Draft plan", "home", needs=Permission.DRAFT_PLAN)]
    monkeypatch.setattr(search, "_searchers", {"x": search.Searcher("x", "X", lambda: entries, str)})
    officer = Actor("officer", Role.OFFICER, (Scope.everywhere(),))
    assert search.find("du thao", public()) == []
    assert [one.entry.title_en for one in search.find("du thao", officer)] == ["Draft plan"]


def test_the_index_is_made_anew_when_a_state_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    held, state = [Entry("Gạo", "Rice", "home")], ["1"]
    monkeypatch.setattr(search, "_searchers", {"x": search.Searcher("x", "X", lambda: list(held), lambda: state[0])})
    assert len(search.find("gao", public())) == 1
    held.append(Entry("Gạo tẻ", "Plain rice", "home"))
    assert len(search.find("gao", public())) == 1
    state[0] = "2"
    assert len(search.find("gao", public())) == 2


def test_twenty_thousand_entries_answer_in_time() -> None:
    """The sample has nine hundred; a search may take 50 ms there."""
    words = fold("xuất khẩu nhập công nghiệp chế biến cà phê gạo thủy sản điện thoại máy tính dệt may giày").split(" ")
    many = [("x", Entry(f"{a} {b} {n}", f"{b} {a} {n}", "home")) for n in range(60) for a in words for b in words]
    index = Index(many[:20_000])
    best = min(_seconds(index, asked) for asked in ("ca phe ha noi", "xuta khau", "dien thoai 17"))
    assert best < 0.5


def _seconds(index: Index, asked: str) -> float:
    start = time.perf_counter()
    index.find(asked)
    return time.perf_counter() - start
