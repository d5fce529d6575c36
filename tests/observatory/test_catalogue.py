"""The catalogue as data: complete, unambiguous, and one key for a commodity through all its spellings."""

import csv
from pathlib import Path

import pytest

from kecho.kernel import units
from kecho.kernel.measures import Measure
from kecho.observatory import catalogue
from kecho.observatory.catalogue import entries, matching
from kecho.observatory.catalogue.entries import indicators, items

CODES = list(indicators())
FREQUENCIES = {"month", "quarter", "half", "year"}


@pytest.mark.parametrize("code", CODES)
def test_entry_is_complete_in_both_languages(code: str):
    entry = catalogue.indicator(code)
    texts = [entry.name_vi, entry.name_en, entry.definition_vi, entry.definition_en, entry.source_vi, entry.source_en]
    assert all(text.strip() == text and text for text in texts)
    assert all(text.endswith(".") for text in (entry.definition_vi, entry.definition_en))
    assert entry.frequency in FREQUENCIES
    assert entry.measures
    assert all(law.vi and law.en for law in entry.legal)


@pytest.mark.parametrize("code", CODES)
def test_units_are_known_and_decimals_are_given(code: str):
    entry = catalogue.indicator(code)
    named = [entry.unit, *(part.unit for part in items(code).values())]
    assert all(unit == "" or unit in units.units() for unit in named)
    assert set(entry.measures) <= set(entry.decimals)
    if Measure.LEVEL in entry.measures and not entry.unit:
        assert entry.item_sets or entry.has_printed_parts, "each item has its own unit"


@pytest.mark.parametrize("code", CODES)
def test_items_are_named_once_and_parents_exist(code: str):
    parts = items(code)
    entry = catalogue.indicator(code)
    listed = [part for name in entry.item_sets for part in entries.item_set(name)]
    crossing = sum(len(entries.item_set(name)) for name in entry.crossed)
    top = sum(part.parent == "" for part in listed)
    assert len(parts) == len(listed) + top * crossing, "a key occurs twice"
    assert all(part.parent in parts or part.parent == "" for part in parts.values())
    assert all(part.vi and part.en for part in parts.values())
    for made in catalogue.indicator(code).sums:
        assert all(key in parts for key in (*made.parts, *made.also))
        assert made.whole in parts or made.whole == ""


@pytest.mark.parametrize("code", CODES)
def test_a_spelling_names_one_item_under_its_parent(code: str):
    owners: dict[tuple[str, str], set[str]] = {}
    for part in items(code).values():
        for text in matching.spellings(part):
            owners.setdefault((part.parent, text), set()).add(part.key)
    assert {where: keys for where, keys in owners.items() if len(keys) > 1} == {}


MATCHES = [
    ("export_turnover", "TỔNG TRỊ GIÁ (*)", "", ""),
    ("export_turnover", "Khu vực có vốn đầu tư NN", "TỔNG TRỊ GIÁ", "fdi"),
    ("export_turnover", "Dầu thô", "TỔNG TRỊ GIÁ > Khu vực có vốn đầu tư NN", "fdi/crude_oil"),
    ("export_turnover", "Dầu thô", "MẶT HÀNG CHỦ YẾU", "crude_oil"),
    ("export_turnover", "Dầu thô", "", "crude_oil"),
    ("export_turnover", "Hàng hoá khác", "Khu vực có vốn đầu tư nước ngoài", "fdi/other"),
    ("export_turnover", "SP hóa chất", "MẶT HÀNG CHỦ YẾU", "chemical_products"),
    ("export_turnover", "Đá quý, KL quý và sản phẩm", "", "precious_stones"),
    ("export_turnover", "Máy móc thiết bị, DC PT khác", "", "machinery"),
    ("export_turnover", "Nguyên phụ liệu dệt may, da giầy", "", "textile_footwear_materials"),
    ("import_turnover", "Trong đó: Nguyên chiếc(*)", "Ô tô", "automobiles/complete"),
    ("import_turnover", "Tđ: Nguyên chiếc (*)", "Ô tô > Trong đó", "automobiles/complete"),
    ("import_turnover", "Nguyên chiếc", "Xe máy(*)", "motorcycles/complete"),
    ("import_turnover", "Nguyên PL dệt, may, giày dép", "", "textile_footwear_materials"),
    ("import_quantity", "Ô tô(*)", "", "automobiles"),
    ("iip", "TOÀN NGÀNH CÔNG NGHIỆP", "", ""),
    ("iip", "Sản xuất chế biến thực phẩm", "Công nghiệp chế biến , chế tạo", "manufacturing/10"),
    ("iip", "Sản xuất thuốc, hoá dược và dược liệu", "", "manufacturing/21"),
    (
        "iip",
        "Thoát nước và xử lý nước thải",
        "Cung cấp nước; hoạt động quản lý và xử lý rác thải, nước thải",
        "water_waste/37",
    ),
    ("iip", "Sản xuất thiết bị điện", "Công nghiệp chế biến, chế tạo", "manufacturing/27"),
    ("iip", "Sản xuất thiết bị điện các loại", "", "manufacturing/27/2733"),
    ("industrial_product", "Lốp ô tô, máy kéo các loại", "", "tyres"),
    ("industrial_product", "Phân Ure", "", "urea"),
    ("industrial_product", "Bia hơi", "Bia các loại > Trong đó:", "beer/draught"),
    ("industrial_product", "Ti vi ", "", "televisions"),
    ("industrial_product", "Bột ngọt (ĐTNN)", "", "monosodium_glutamate"),
    ("industrial_product", "Trung ương", "Bia", "beer/state/central"),
    ("industrial_product", "Địa phương", "Bia > Doanh nghiệp Nhà nước (TW)", "beer/state/local"),
    ("iip", "(trừ máy móc, thiết bị)", "Sản xuất sản phẩm từ kim loại đúc sẵn", "manufacturing/25"),
    ("iip", "và sản phẩm quang học", "Sản xuất sản phẩm điện tử, máy vi tính", "manufacturing/26"),
    ("export_turnover", "Hàng hóa khác", "MẶT HÀNG CHỦ YẾU", "other_goods"),
    ("export_turnover", "Others", "TOTAL > FDI sector", "fdi/other"),
    ("export_quantity", "Iron, steel", "MAIN ITEMS", "iron_steel"),
    (
        "cpi",
        "Outdoor eating and drinking",
        "CONSUMER PRICE INDEXES > Food and catering services",
        "food_catering/eating_out",
    ),
    ("export_turnover", "Kể cả dầu thô", "TỔNG TRỊ GIÁ > Khu vực có vốn đầu tư NN", "fdi"),
    ("export_turnover", "Trừ dầu thô", "TỔNG TRỊ GIÁ > Khu vực có vốn đầu tư NN", "fdi/other"),
    ("core_inflation", "LẠM PHÁT CƠ BẢN", "so với kỳ trước", "previous_period"),
    (
        "retail_and_services",
        "Nhà hàng",
        "Chia theo ngành hoạt động > Khách sạn nhà hàng",
        "accommodation_catering/catering",
    ),
    ("retail_and_services", "Khách sạn, nhà hàng", "Phân theo ngành kinh tế", "accommodation_catering"),
    ("cpi", "Lương thực", "Hàng ăn và dịch vụ ăn uống > Trong đó:", "food_catering/cereals"),
    ("cpi", "Đồ dùng và dịch vụ khác", "CHỈ SỐ GIÁ TIÊU DÙNG", "other"),
    ("cpi", "May mặc, giày dép và mũ nón", "", "clothing"),
    ("gold_price_index", "CHỈ SỐ GIÁ VÀNG", "", ""),
    ("export_turnover", "fdi/crude_oil", "", "fdi/crude_oil"),
    ("export_turnover", "", "", ""),
]


@pytest.mark.parametrize(("indicator", "label", "breakdown", "key"), MATCHES)
def test_labels_of_all_years_find_their_key(indicator: str, label: str, breakdown: str, key: str):
    found = catalogue.match(indicator, label, breakdown)
    assert (found.key, found.is_mapped) == (key, True)


def test_a_heading_with_a_figure_is_not_the_total():
    assert catalogue.match("import_turnover", "MẶT HÀNG CHỦ YẾU").is_mapped is False


def test_an_unknown_label_keeps_a_slug_of_its_path():
    found = catalogue.match("export_turnover", "Tổ yến", "Mặt hàng chủ yếu > Thực phẩm")
    assert (found.key, found.is_mapped) == ("mat-hang-chu-yeu/thuc-pham/to-yen", False)
    long = catalogue.match("export_turnover", "Tổ yến", " > ".join(["một nhãn rất dài"] * 40))
    assert len(long.key) == matching.LONGEST_KEY
    assert long.key.endswith("/to-yen")


@pytest.mark.shared
def test_every_indicator_of_the_published_figures_is_known(shared: Path):
    with (shared / "published-figures.csv").open(encoding="utf-8") as file:
        named = {row["indicator"] for row in csv.DictReader(file)}
    assert named <= set(CODES)


def test_what_breaks_off_names_what_goes_on():
    ended = [entry for entry in indicators().values() if entry.successor]
    assert {entry.code for entry in ended} >= {"industrial_output_constant_1994", "gdp_constant_1994"}
    for entry in ended:
        assert entry.successor in indicators()
        assert entry.series_break("vi") and entry.series_break("en")


def test_partners_have_the_codes_of_iso_3166():
    coded = [part for part in entries.item_set("partners") if part.code]
    assert len(coded) >= 65
    assert all(part.key == part.code.lower() and len(part.code) == 2 for part in coded)


def test_labels_of_places_and_partners_find_their_key():
    assert (
        catalogue.match("international_visitors", "Ôx-trây-li-a", "Phân theo một số nước và vùng lãnh thổ").key == "au"
    )
    assert catalogue.match("international_visitors", "Một số nước khác", "Châu Âu").key == "europe_other"
    assert (
        catalogue.match("crop_area", "Miền Bắc", "Cây lương thực có hạt > Lúa cả năm > Lúa mùa").key
        == "rice/main/north"
    )
    assert catalogue.match("state_budget_investment", "Bộ Y tế", "TỔNG SỐ > Trung ương").key == "central/health"
