"""What may come in by the address."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.pages import params
from kecho.pages.paging import page_of


@pytest.mark.parametrize(
    ("text", "wanted"), [("", "VN"), ("VN", "VN"), ("VN-HN", "VN-HN"), ("VN-HN-00004", "VN-HN-00004")]
)
def test_locality(text: str, wanted: str) -> None:
    assert params.locality({"locality": text}, "VN") == wanted


@pytest.mark.parametrize(("text", "wanted"), [("", None), ("2025-03-01", date(2025, 3, 1))])
def test_as_of(text: str, wanted: date | None) -> None:
    assert params.as_of({"as_of": text}) == wanted


def test_year_and_page() -> None:
    assert (params.year({}, 2025), params.year({"year": "1990"}, 2025)) == (2025, 1990)
    assert (params.page_number({}), params.page_number({"page": "12"})) == (1, 12)


def test_month() -> None:
    assert params.month("2025-02") == Period.of_month(2025, 2)


@given(st.text(min_size=1), st.sampled_from(["locality", "year", "as_of", "breakdown", "page"]))
def test_any_text_is_understood_or_refused_with_a_code(text: str, name: str) -> None:
    readers = {
        "locality": lambda query: params.locality(query, "VN"),
        "year": lambda query: params.year(query, 2025),
        "as_of": params.as_of,
        "breakdown": params.breakdown,
        "page": params.page_number,
    }
    try:
        readers[name]({name: text})
    except KechoError as refused:
        assert refused.code.startswith("pages.bad_")
        assert "\0" not in refused.text("vi")


@pytest.mark.parametrize(
    ("count", "number", "first", "pages"), [(0, 1, None, 1), (10, 1, 0, 1), (11, 2, 10, 2), (25, 3, 20, 3)]
)
def test_paging(count: int, number: int, first: int | None, pages: int) -> None:
    page = page_of(range(count), number, 10)
    assert (next(iter(page.items), None), page.pages, page.total) == (first, pages, count)
    assert (page.before is None) == (page.number == 1)
    assert (page.after is None) == (page.number == pages)
    with pytest.raises(KechoError, match=r"pages\.no_list_page"):
        page_of(range(count), pages + 1, 10)
