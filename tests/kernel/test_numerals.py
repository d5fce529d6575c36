"""Numbers typed by people: read strictly, asked back where they can mean two things."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kecho.kernel.errors import KechoError
from kecho.kernel.formats import decimal_mark, parse_number


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("1.234.567,8", "vi", "1234567.8"),
        ("1,234,567.8", "en", "1234567.8"),
        ("12,5", "vi", "12.5"),
        ("12.5", "en", "12.5"),
        ("-12,5", "vi", "-12.5"),
        ("\u221212,5", "vi", "-12.5"),
        (" 7 ", "vi", "7"),
        ("1234", "vi", "1234"),
        ("1.234,56", "vi", "1234.56"),
        ("0,125", "vi", "0.125"),
        ("0.125", "en", "0.125"),
        ("1234,567", "vi", "1234.567"),
        ("1.234.567", "vi", "1234567"),
        ("007", "vi", "7"),
    ],
)
def test_clear_numbers(text: str, lang: str, value: str) -> None:
    assert parse_number(text, lang) == Decimal(value)


@pytest.mark.parametrize("text", ["1.234", "1,234", "-12.345", "999,999"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_ambiguous_numbers_are_asked_back(text: str, lang: str) -> None:
    with pytest.raises(KechoError, match="ambiguous_number") as caught:
        parse_number(text, lang)
    assert text in caught.value.text("vi")


def test_the_mark_of_the_column_decides() -> None:
    assert parse_number("1.234", "vi", mark=",") == 1234
    assert parse_number("1.234", "vi", mark=".") == Decimal("1.234")
    assert parse_number("1,234", "vi", mark=".") == 1234


@pytest.mark.parametrize(
    "text",
    ["", "abc", "1,234,567.8", "12.5", "1.23.456", "1.2345,6", "1,2,3", "12,", ",5", "1e5", "--1", "12%", "1 234", "٣",
     "0.125", "(12)", "NaN", "0.123.456"],
)  # fmt: skip
def test_what_is_no_vietnamese_number(text: str) -> None:
    with pytest.raises(KechoError, match="bad_number"):
        parse_number(text, "vi")


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1.234", "5.678,9"], ","),
        (["1.234", "12,5"], ","),
        (["1.234.567", "1.234"], ","),
        (["1,234", "0.5"], "."),
        (["1,234,567.8"], "."),
        (["1.234", "5.678"], None),
        (["12,5", "12.5"], None),
        (["7", "x", ""], None),
        ([], None),
    ],
)
def test_a_column_proves_its_mark(cells: list[str], mark: str | None) -> None:
    assert decimal_mark(cells) == mark
