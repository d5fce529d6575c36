"""Numbers, money, dates and periods as offices write them (user-conventions 1.3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.kernel.formats import date_text, money, number, parse_number, percent, period, quantity
from kecho.kernel.periods import Calendar, Period
from kecho.kernel.quantities import Quantity

D = Decimal


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        ("1234567.8", None, "1.234.567,8", "1,234,567.8"),
        ("1234567.85", 1, "1.234.567,9", "1,234,567.9"),
        ("0", 2, "0,00", "0.00"),
        ("-1234.5", 0, "-1.235", "-1,235"),
        ("-0.001", 2, "0,00", "0.00"),
        ("999.95", 1, "1.000,0", "1,000.0"),
        ("1E+3", None, "1.000", "1,000"),
        ("100", None, "100", "100"),
        ("12345", -2, "12.300", "12,300"),
    ],
)
def test_number(value: str, decimals: int | None, vi: str, en: str) -> None:
    assert number(D(value), "vi", decimals) == vi
    assert number(D(value), "en", decimals) == en


def test_percent_has_no_space() -> None:
    assert percent(D("17.17"), "vi", 1) == "17,2%"
    assert percent(D("136"), "en", 0) == "136%"


@pytest.mark.parametrize(
    ("value", "unit", "scale", "decimals", "vi", "en"),
    [
        ("1234567.8", "usd", "usd", None, "1.234.567,8 USD", "US$1,234,567.8"),
        ("16.8", "billion_usd", None, None, "16,8 tỷ USD", "US$16.8 billion"),
        ("315", "million_usd", None, None, "315 triệu USD", "US$315 million"),
        ("16800", "million_usd", None, 1, "16,8 tỷ USD", "US$16.8 billion"),
        ("56427", "billion_vnd", "billion_vnd", 0, "56.427 tỷ đồng", "VND 56,427 billion"),
        ("702200", "billion_vnd", None, 1, "702,2 nghìn tỷ đồng", "VND 702.2 trillion"),
        ("1337230", "billion_vnd", "billion_vnd", 0, "1.337.230 tỷ đồng", "VND 1,337,230 billion"),
        ("200", "trillion_vnd", None, 0, "200 nghìn tỷ đồng", "VND 200 trillion"),
        ("-2.5", "billion_usd", None, None, "-2,5 tỷ USD", "-US$2.5 billion"),
        ("0", "million_usd", None, 0, "0 USD", "US$0"),
        ("75641", "million_vnd", "million_vnd", 0, "75.641 triệu đồng", "VND 75,641 million"),
    ],
)
def test_money(value, unit, scale, decimals, vi, en) -> None:
    amount = Quantity(D(value), unit)
    assert money(amount, "vi", scale, decimals=decimals) == vi
    assert money(amount, "en", scale, decimals=decimals) == en


@pytest.mark.parametrize(
    ("amount", "vi", "en"),
    [
        (Quantity(D("332.6"), "thousand_tonnes", 1), "332,6 nghìn tấn", "332.6 thousand tonnes"),
        (Quantity(D("544"), "product"), "544 sản phẩm", "544 products"),
        (Quantity(D("1"), "product"), "1 sản phẩm", "1 product"),
        (Quantity(D("58.6"), "percent", 1), "58,6%", "58.6%"),
        (Quantity(D("4.46"), "percentage_point", 2), "4,46 điểm phần trăm", "4.46 percentage points"),
        (Quantity(D("7.1374"), "billion_usd", 1), "7,1 tỷ USD", "US$7.1 billion"),
        (Quantity(D("7100"), "million_usd", -2), "7.100 triệu USD", "US$7,100 million"),
        (Quantity(D("3"), "mớ"), "3 mớ", "3 mớ"),
    ],
)
def test_quantity(amount: Quantity, vi: str, en: str) -> None:
    assert quantity(amount, "vi") == vi
    assert quantity(amount, "en") == en


def test_no_break_keeps_number_and_unit_together() -> None:
    text = quantity(Quantity(D("702.2"), "trillion_vnd"), "vi", no_break=True)
    assert text == "702,2\u00a0nghìn\u00a0tỷ\u00a0đồng"


@pytest.mark.parametrize(
    ("day", "short_vi", "long_vi", "short_en", "long_en"),
    [
        (date(2026, 2, 5), "05/02/2026", "ngày 05 tháng 02 năm 2026", "5 Feb 2026", "5 February 2026"),
        (date(2026, 3, 5), "05/03/2026", "ngày 05 tháng 3 năm 2026", "5 Mar 2026", "5 March 2026"),
        (date(2025, 1, 31), "31/01/2025", "ngày 31 tháng 01 năm 2025", "31 Jan 2025", "31 January 2025"),
        (date(2025, 12, 10), "10/12/2025", "ngày 10 tháng 12 năm 2025", "10 Dec 2025", "10 December 2025"),
    ],
)
def test_dates(day, short_vi, long_vi, short_en, long_en) -> None:
    assert date_text(day, "vi") == short_vi
    assert date_text(day, "vi", "long") == date_text(day, "vi", "document") == long_vi
    assert date_text(day, "en") == short_en
    assert date_text(day, "en", "long") == long_en


def test_a_day_not_yet_given_leaves_blanks() -> None:
    assert date_text(None, "vi", "document").split() == ["ngày", "tháng", "năm"]
    assert date_text(None, "en", "document").strip() == "Date:"


PERIODS = """
2025-02 | tháng 02/2025 | Tháng 02 năm 2025 | T2/2025 | February 2025 | Feb 2025
2025-03 | tháng 3/2025 | Tháng 3 năm 2025 | T3/2025 | March 2025 | Mar 2025
2025-11 | tháng 11/2025 | Tháng 11 năm 2025 | T11/2025 | November 2025 | Nov 2025
2026-Q4 | quý IV/2026 | Quý IV năm 2026 | QIV/2026 | Q4 2026 | Q4 2026
2025-Q1 | quý I/2025 | Quý I năm 2025 | QI/2025 | Q1 2025 | Q1 2025
2025-H1 | 6 tháng đầu năm 2025 | 6 tháng đầu năm 2025 | 6T/2025 | first half of 2025 | H1 2025
2025-H2 | 6 tháng cuối năm 2025 | 6 tháng cuối năm 2025 | 6T cuối/2025 | second half of 2025 | H2 2025
2025-01/2025-09 | 9 tháng năm 2025 | 9 tháng năm 2025 | 9T/2025 | first nine months of 2025 | 9M 2025
2025-01/2025-05 | 5 tháng đầu năm 2025 | 5 tháng đầu năm 2025 | 5T/2025 | first five months of 2025 | 5M 2025
2025-01/2025-11 | 11 tháng năm 2025 | 11 tháng năm 2025 | 11T/2025 | first eleven months of 2025 | 11M 2025
2025 | năm 2025 | Năm 2025 | 2025 | 2025 | 2025
2024-11/2025-02 | từ tháng 11/2024 đến tháng 02/2025 | Từ tháng 11 năm 2024 đến tháng 02 năm 2025 | T11/2024-T2/2025 \
| November 2024 to February 2025 | Nov 2024 - Feb 2025
"""
PERIOD_CASES = [tuple(part.strip() for part in line.split("|")) for line in PERIODS.strip().splitlines()]


@pytest.mark.parametrize(("code", "plain", "title", "short", "plain_en", "short_en"), PERIOD_CASES)
def test_periods(code, plain, title, short, plain_en, short_en) -> None:
    span = Period.parse(code)
    assert period(span, "vi") == plain
    assert period(span, "vi", "title") == title
    assert period(span, "vi", "short") == short
    assert period(span, "en") == plain_en
    assert period(span, "en", "short") == short_en


def test_quarter_as_an_english_heading() -> None:
    assert period(Period.parse("2025-Q3"), "en", "title") == "Third quarter of 2025"


def test_administrative_months_say_their_days() -> None:
    month = Period.parse("2025-02", Calendar.ADMINISTRATIVE)
    assert period(month, "vi") == "tháng 02/2025 (từ 15/01/2025 đến 14/02/2025)"
    assert period(month, "en") == "February 2025 (15 Jan 2025 to 14 Feb 2025)"
    year = Period.parse("2025", Calendar.ADMINISTRATIVE)
    assert period(year, "vi") == "năm 2025 (từ 15/12/2024 đến 14/12/2025)"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12))
def test_what_is_written_is_read_back(value: Decimal) -> None:
    for lang, mark in (("vi", ","), ("en", ".")):
        assert parse_number(number(value, lang), lang, mark=mark) == value


@given(st.integers(2000, 2100), st.integers(1, 12), st.integers(1, 24), st.sampled_from(["plain", "title", "short"]))
def test_every_period_has_words_of_its_own(year, month, length, form) -> None:
    first = Period.of_month(year, month)
    span, longer = Period(first.start, first.start + length), Period(first.start, first.start + length + 1)
    for lang in ("vi", "en"):
        assert period(span, lang, form) != period(longer, lang, form)
