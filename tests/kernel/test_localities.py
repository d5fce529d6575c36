"""Places: codes, spellings, and what became of them."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.kernel import dated, localities
from kecho.kernel.errors import KechoError
from kecho.kernel.localities import Level, Locality, find, get

REFORM = date(2025, 7, 1)
EVE = date(2025, 6, 30)
days = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("on", "count"),
    [
        (date(2000, 1, 1), 61),
        (date(2003, 12, 31), 61),
        (date(2004, 1, 1), 64),
        (date(2008, 7, 31), 64),
        (date(2008, 8, 1), 63),
        (date(2025, 1, 1), 63),
        (EVE, 63),
        (REFORM, 34),
    ],
)
def test_number_of_provinces(on: date, count: int) -> None:
    provinces = localities.children("VN", on)
    assert len(provinces) == count
    assert {one.level for one in provinces} == {Level.PROVINCE}


@pytest.mark.parametrize(
    ("on", "level", "count"),
    [(date(2014, 4, 1), Level.DISTRICT, 30), (EVE, Level.DISTRICT, 30), (REFORM, Level.COMMUNE, 126)],
)
def test_below_hanoi(on: date, level: Level, count: int) -> None:
    below = localities.children("VN-HN", on)
    assert Counter(one.level for one in below) == {level: count}


def test_hanoi_had_526_communes_before() -> None:
    districts = localities.children("VN-HN", EVE)
    assert sum(len(localities.children(one.code, EVE)) for one in districts) == 526
    assert all(localities.children(one.code, REFORM) == () for one in districts)


ISO = """
VN-HN Hà Nội|VN-SG TP. Hồ Chí Minh|VN-HP Hải Phòng|VN-DN Đà Nẵng|VN-CT Cần Thơ|VN-26 Huế|VN-43 Bà Rịa - Vũng Tàu
VN-44 An Giang|VN-54 Bắc Giang|VN-53 Bắc Kạn|VN-01 Lai Châu|VN-02 Lào Cai|VN-13 Quảng Ninh|VN-14 Hòa Bình|VN-15 Hà Tây
VN-20 Thái Bình|VN-27 Quảng Nam|VN-29 Quảng Ngãi|VN-39 Đồng Nai|VN-41 Long An|VN-57 Bình Dương|VN-58 Bình Phước
VN-61 Hải Dương|VN-71 Điện Biên|VN-72 Đắk Nông|VN-73 Hậu Giang|VN-56 Bắc Ninh|VN-47 Kiên Giang|VN-68 Phú Thọ
"""


@pytest.mark.parametrize("pair", [pair for line in ISO.strip().splitlines() for pair in line.split("|")])
def test_iso_codes(pair: str) -> None:
    code, name = pair.split(" ", 1)
    assert get(code).name_vi == name


MERGED = """
Tuyên Quang = Hà Giang + Tuyên Quang
Lào Cai = Lào Cai + Yên Bái
Thái Nguyên = Bắc Kạn + Thái Nguyên
Phú Thọ = Hòa Bình + Phú Thọ + Vĩnh Phúc
Bắc Ninh = Bắc Giang + Bắc Ninh
Hưng Yên = Hưng Yên + Thái Bình
Hải Phòng = Hải Dương + Hải Phòng
Ninh Bình = Hà Nam + Nam Định + Ninh Bình
Quảng Trị = Quảng Bình + Quảng Trị
Đà Nẵng = Quảng Nam + Đà Nẵng
Quảng Ngãi = Kon Tum + Quảng Ngãi
Gia Lai = Bình Định + Gia Lai
Khánh Hòa = Khánh Hòa + Ninh Thuận
Lâm Đồng = Bình Thuận + Lâm Đồng + Đắk Nông
Đắk Lắk = Phú Yên + Đắk Lắk
TP. Hồ Chí Minh = Bà Rịa - Vũng Tàu + Bình Dương + TP. Hồ Chí Minh
Đồng Nai = Bình Phước + Đồng Nai
Tây Ninh = Long An + Tây Ninh
Cần Thơ = Cần Thơ + Hậu Giang + Sóc Trăng
Vĩnh Long = Bến Tre + Trà Vinh + Vĩnh Long
Đồng Tháp = Tiền Giang + Đồng Tháp
Cà Mau = Bạc Liêu + Cà Mau
An Giang = An Giang + Kiên Giang
"""


@pytest.mark.parametrize("line", MERGED.strip().splitlines())
def test_merge_of_july_2025(line: str) -> None:
    new, old = (part.strip() for part in line.split("="))
    found = find(new, REFORM)
    assert found
    assert {one.name_vi for one in localities.predecessors(found.code, REFORM)} == set(old.split(" + "))
    for one in localities.predecessors(found.code, REFORM):
        assert [after.name_vi for after in localities.successors(one.code, REFORM)] == [new]
        assert one.is_valid(EVE)


def test_eleven_provinces_went_on_unchanged() -> None:
    changed = {change.new for change in localities.changes() if change.on == REFORM}
    unchanged = {one.name_vi for one in localities.children("VN", REFORM) if one.code not in changed}
    names = "Cao Bằng|Điện Biên|Hà Nội|Hà Tĩnh|Huế|Lai Châu|Lạng Sơn|Nghệ An|Quảng Ninh|Sơn La|Thanh Hóa"
    assert unchanged == set(names.split("|"))


SPELLINGS = """
VN    | Cả nước | CẢ NƯỚC | Toàn quốc | VIỆT NAM | Viet Nam | Vietnam
VN-HN | Hà Nội | HÀ NỘI | TP. Hà Nội | TP Hà Nội | Tp.Hà Nội | Thành phố Hà Nội | Ha Noi | Hanoi | Thủ đô Hà Nội
VN-SG | TP. Hồ Chí Minh | TP.Hồ Chí Minh | TP HCM | TP.HCM | Tp. HCM | T.P Hồ Chí Minh | Hồ Chí Minh \
      | Thành phố Hồ Chí Minh | Ho Chi Minh City
VN-26 | Thừa Thiên-Huế | Thừa Thiên - Huế | Thừa Thiên Huế | Tỉnh Thừa Thiên Huế | Huế | TT-Huế
VN-43 | Bà Rịa - Vũng Tàu | Bà Rịa-Vũng Tàu | BR - Vũng Tàu | Bà Rịa Vũng Tàu
VN-33 | Đắk Lắk | Đăk Lăk | Đắc Lắc | Đắc Lắk | Dak Lak | DakLak
VN-72 | Đắk Nông | Đăk Nông | Đắc Nông
VN-53 | Bắc Kạn | Bắc Cạn
VN-14 | Hòa Bình | Hoà Bình | HOÀ BÌNH
VN-21 | Thanh Hóa | Thanh Hoá
VN-34 | Khánh Hòa | Khánh Hoà
VN-28 | Kon Tum | KonTum | Kontum
VN-39 | Đồng Nai | Ðồng Nai
"""
SPELLED = [
    (line.split("|")[0].strip(), text.strip())
    for line in SPELLINGS.replace("\\\n", "").strip().splitlines()
    for text in line.split("|")[1:]
]


@pytest.mark.parametrize(("code", "text"), SPELLED)
def test_spellings(code: str, text: str) -> None:
    found = find(text, date(2024, 6, 1))
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("text", "on", "code"),
    [
        ("Hà Tây", date(2008, 7, 31), "VN-15"),
        ("Hà Tây", date(2008, 8, 1), None),
        ("Hà Tây", None, "VN-15"),
        ("Cần Thơ", date(2003, 6, 1), "VN-48"),
        ("Cần Thơ", date(2004, 1, 1), "VN-CT"),
        ("Cần Thơ", None, "VN-CT"),
        ("Hậu Giang", date(2003, 6, 1), None),
        ("Bắc Giang", EVE, "VN-54"),
        ("Bắc Giang", REFORM, None),
        ("Đồng bằng sông Hồng", None, None),
        ("Trong đó:", None, None),
        ("", None, None),
    ],
)
def test_a_name_means_a_place_on_a_day(text: str, on: date | None, code: str | None) -> None:
    found = find(text, on)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("text", "on", "code"),
    [
        ("Quận Ba Đình", EVE, "VN-HN-001"),
        ("Phường Ba Đình", REFORM, "VN-HN-00004"),
        ("Ba Đình", REFORM, "VN-HN-00004"),
        ("Huyện Thanh Trì", EVE, "VN-HN-020"),
        ("Thanh Trì", EVE, None),  # a district and a ward
        ("Thanh Trì", REFORM, "VN-HN-00640"),
        ("Thị xã Sơn Tây", EVE, "VN-HN-269"),
        ("Huyện Từ Liêm", date(2013, 1, 1), "VN-HN-019"),
        ("Đà Nẵng", EVE, None),
    ],
)
def test_below_a_place(text: str, on: date, code: str | None) -> None:
    found = find(text, on, within="VN-HN")
    assert (found.code if found else None) == code


def test_a_district_is_followed_by_the_wards_of_its_communes() -> None:
    wards = [one.name_vi for one in localities.successors("VN-HN-002")]
    assert {"Hoàn Kiếm", "Cửa Nam"} <= set(wards)
    assert "VN-HN-002" in {get(one.code, EVE).parent for one in localities.predecessors("VN-HN-00070")}


def test_hanoi_took_ha_tay_in() -> None:
    assert {one.name_vi for one in localities.predecessors("VN-HN", date(2008, 8, 1))} == {
        "Hà Nội", "Hà Tây", "Vĩnh Phúc", "Hòa Bình",
    }  # fmt: skip
    whole = {change.old for change in localities.changes() if change.new == "VN-HN" and not change.is_part}
    assert whole == {"VN-HN", "VN-15"}


@pytest.mark.parametrize(("code", "on"), [("VN-XX", None), ("VN-15", date(2020, 1, 1)), ("VN-73", date(2003, 1, 1))])
def test_unknown_places_are_errors(code: str, on: date | None) -> None:
    with pytest.raises(KechoError, match="unknown_locality") as caught:
        get(code, on)
    assert code in caught.value.text("vi")


def test_versions_neither_overlap_nor_leave_gaps() -> None:
    rows = [
        dated.Dated(one.code, one.valid_from, one.valid_to, one.source or "always")
        for one in localities.all_versions()
        if one.level is not Level.COMMUNE  # a ward may take the code of a commune that ended
    ]
    assert dated.check(rows) == []


def test_every_ended_place_has_a_successor_and_every_change_a_place() -> None:
    for one in localities.all_versions():
        if one.valid_to:
            assert localities.successors(one.code), one
    for change in localities.changes():
        assert get(change.new, change.on)
        assert get(change.old, change.on - timedelta(days=1))


def test_names_of_one_day_are_unique_among_provinces() -> None:
    for on in (date(2000, 1, 1), date(2005, 1, 1), EVE, REFORM):
        for one in localities.children("VN", on):
            for name in (one.name_vi, one.name_en, one.full_name_vi):
                assert find(name, on) == one


@given(days, st.sampled_from(localities.all_versions()))
def test_a_version_is_what_its_days_say(on: date, one: Locality) -> None:
    if one.is_valid(on):
        assert get(one.code, on) == one
        assert one in localities.children(one.parent, on) or one.code == "VN"


@pytest.mark.shared
def test_tables_agree_with_their_source(shared) -> None:
    def rows(name: str) -> list[dict[str, str]]:
        with (shared / "admin-geo" / name).open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    before, after = rows("units_before_2025_07.csv"), rows("units_after_2025_07.csv")
    for table, day in ((before, EVE), (after, REFORM)):
        printed = {(row["provinceCode"], row["province"]) for row in table}
        assert {(one.official_code, one.full_name_vi) for one in localities.children("VN", day)} == printed
    wards = {(row["wardCode"], row["ward"]) for row in after if row["provinceCode"] == "01"}
    assert {(one.official_code, one.full_name_vi) for one in localities.children("VN-HN", REFORM)} == wards
    mapping = {
        (f"VN-HN-{row['old_ward_code']}", f"VN-HN-{row['new_ward_code']}")
        for row in rows("ward_mapping_before_after_2025_07.csv")
        if row["old_province_code"] == "01"
    }
    told = {(one.old, one.new) for one in localities.changes() if one.on == REFORM and one.new.startswith("VN-HN-")}
    assert told == mapping
