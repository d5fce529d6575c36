"""Units: the list is sound, and every spelling seen in workbooks and targets is read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kecho.kernel import units
from kecho.kernel.errors import KechoError

SPELLINGS = """
Nghìn tấn | thousand_tonnes
nghìn  tấn | thousand_tonnes
NGHÌN TẤN | thousand_tonnes
Ngàn tấn | thousand_tonnes
1.000 tấn | thousand_tonnes
1000 tấn | thousand_tonnes
1 000 tấn | thousand_tonnes
1000 T | thousand_tonnes
1000T | thousand_tonnes
‘000 tons | thousand_tonnes
1000 tons | thousand_tonnes
MN m3 | million_cubic_metres
MN liters | million_litres
MN packets | million_packs
Mill. USD | million_usd
Thous. pieces | thousand_pieces
Trill. dongs | trillion_vnd
BN kwh | billion_kwh
Tỷ viên | billion_tablets
Ngh. tấn | thousand_tonnes
(Nghìn tấn) | thousand_tonnes
Tấn | tonne
Triệu tấn | million_tonnes
Triệu USD | million_usd
Tr. USD | million_usd
Tr.USD | million_usd
TRIỆU USD | million_usd
triệu đô la Mỹ | million_usd
Triệu US$ | million_usd
million USD | million_usd
billion USD | billion_usd
Tỷ USD | billion_usd
Tỉ USD | billion_usd
USD | usd
1000 USD | thousand_usd
Tỷ đồng | billion_vnd
Tỉ đồng | billion_vnd
tỷ VNĐ | billion_vnd
Nghìn tỷ đồng | trillion_vnd
1000 tỷ đồng | trillion_vnd
1.000 tỷ đồng | trillion_vnd
trillion VND | trillion_vnd
Triệu đồng | million_vnd
Trđ | million_vnd
Tr.đ | million_vnd
Nghìn đồng | thousand_vnd
đồng | vnd
Triệu m3 | million_cubic_metres
Triệu m³ | million_cubic_metres
Nghìn m3 | thousand_cubic_metres
1.000 m2 | thousand_square_metres
Triệu m² | million_square_metres
Nghìn ha | thousand_hectares
Ha | hectare
Tỷ kwh | billion_kwh
Tỷ Kwh | billion_kwh
Triệu KWh | million_kwh
1.000 kwh | thousand_kwh
Triệu lít | million_litres
Nghìn lít | thousand_litres
Nghìn cái | thousand_pieces
Ngnìn cái | thousand_pieces
Triệu ống | million_ampoules
1000 cái | thousand_pieces
Triệu cái | million_pieces
Nghìn chiếc | thousand_items
Chiếc | item
Triệu đôi | million_pairs
Triệu bao | million_packs
Triệu viên | million_tablets
Bộ | set
Nghìn mét | thousand_metres
Nghìn hộp | thousand_boxes
Nghìn con | thousand_animals
Nghìn HK | thousand_passengers
Nghìn hành khách | thousand_passengers
Triệu lượt khách.km | million_passenger_kilometres
Triệu mét vuông | million_square_metres
Triệu HK.km | million_passenger_kilometres
Triệu tấn.km | million_tonne_kilometres
Nghìn lượt người | thousand_visits
Người | person
Nghìn người | thousand_people
Dự án | project
DN | enterprise
Doanh nghiệp | enterprise
Vụ | case
% | percent
(%) | percent
percent | percent
Phần trăm | percent
‰ | permille
điểm phần trăm | percentage_point
điểm % | percentage_point
percentage points | percentage_point
ĐVT: Triệu USD | million_usd
Đơn vị tính: % | percent
products | product
clusters | cluster
groups | product_group
enterprises | enterprise
million_usd | million_usd
"""
CASES = [tuple(part.strip() for part in line.split("|")) for line in SPELLINGS.strip().splitlines()]


@pytest.mark.parametrize(("printed", "code"), CASES)
def test_spelling_is_read(printed: str, code: str) -> None:
    assert units.parse_unit(printed) == code


def test_line_break_and_no_break_space_are_blanks() -> None:
    assert units.parse_unit("Nghìn \n tỷ\u00a0đồng") == "trillion_vnd"


@pytest.mark.parametrize("text", ["Nghìn tấn; Triệu USD", "Đồng Nai", "Tỷ đồng; %", "Sản phẩm chất dẻo", ""])
def test_what_is_no_unit_comes_back_as_it_is(text: str) -> None:
    assert units.parse_unit(text) == text


def test_unknown_text_comes_back_clean() -> None:
    assert units.parse_unit("  Nghìn \n  mớ ") == "Nghìn mớ"


def test_no_spelling_means_two_units() -> None:
    meant: dict[str, str] = {}
    for one in units.units().values():
        for spelling in (one.code, one.vi, one.en, one.one, *one.spellings):
            assert meant.setdefault(units._key(spelling), one.code) == one.code, spelling


@pytest.mark.parametrize("one", units.units().values(), ids=lambda one: one.code)
def test_unit_is_sound(one: units.Unit) -> None:
    assert one.factor == Decimal(10) ** one.exponent, "factors are powers of ten, so that precision converts exactly"
    assert units.parse_unit(one.vi) == units.parse_unit(one.en) == one.code
    assert "tỉ" not in one.vi


def test_each_dimension_has_a_base() -> None:
    bases = {one.dimension for one in units.units().values() if one.factor == 1}
    assert {one.dimension for one in units.units().values()} == bases | {"vnd_per_person"}


def test_unknown_code_is_an_error() -> None:
    with pytest.raises(KechoError, match="unknown_unit"):
        units.unit("furlong")
    assert units.symbol("mớ", "vi") == "mớ"


@pytest.mark.shared
def test_units_of_published_figures_are_read(shared) -> None:
    import csv

    with (shared / "published-figures.csv").open(encoding="utf-8") as file:
        printed = {row["unit"] for row in csv.DictReader(file)} - {""}
    unread = {text for text in printed if units.parse_unit(text) not in units.units()}
    assert unread == {"groups of 11"}, "a sentence, not a unit"
