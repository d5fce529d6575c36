"""Tables as they look, and the rows they give."""

from __future__ import annotations

import pytest

from kecho.intake.grid import Sheet
from kecho.intake.rows import Row
from tests.intake.sheets import by_cell, read, sheet

PRODUCTS = sheet(
    ["3. Một số sản phẩm chủ yếu của ngành công nghiệp"],
    ["    tháng 9 và 9 tháng năm 2003"],
    [],
    [None, "Đơn vị", "Thực hiện", None, None, "Tháng 9 năm", "9 tháng"],
    [None, "tính", "8 tháng", "Ước tính", "Cộng dồn", "2003 so với", "năm 2003 so"],
    [None, None, "năm 2003", "tháng 9", "9 tháng", "tháng 9 năm", "với cùng kỳ"],
    [None, None, None, "năm 2003", 2003, "2002 (%)", "năm 2002 (%)"],
    ["A", "B", 1, 2, 3, 4, 5],
    ["Than sạch", "Nghìn tấn", 12334.8, 1373.3, 13708.1, 153.1, 119.6],
    ["- Kinh tế Nhà nước", '"', 11776.9, 1318.8, 13095.7, 157.1, 119.8],
    ["    + Trung ương", '"', 11619, 1303, 12922, 157.2, 119.8],
    ["    + Địa phương", '"', 157.9, 15.8, 173.7, 147.7, 116.7],
    ["- Khu vực có vốn ĐTNN", None, 371, "38,0", 409, 100, "-"],
    ["Dầu thô khai thác (ĐTNN)", "Nghìn tấn", 11796, 1249, 13045, 89.4, 105.3],
    merges=("C4:E4",),
)

EXPORTS = sheet(
    ["14. Hàng hóa xuất khẩu"],
    [None, None, None, None, None, None, None, None, None, "Nghìn tấn; Triệu USD"],
    [None, None, "Sơ bộ", None, None, "Ước tính", None, None, "Tháng 02 năm 2025"],
    [None, None, "tháng 01", None, None, "tháng 02", None, None, "so với cùng kỳ"],
    [None, None, "năm 2025", None, None, "năm 2025", None, None, "năm trước (%)"],
    [None, None, "Lượng", "Trị giá", None, "Lượng", "Trị giá", None, "Lượng", "Trị giá"],
    ["TỔNG TRỊ GIÁ", None, None, 33085.3, None, None, 31100, None, None, 125.7],
    [None, "Khu vực kinh tế trong nước", None, 9489.9, None, None, 8870, None, None, 140],
    [None, "Khu vực có vốn đầu tư NN", None, 23595.4, None, None, 22230, None, None, 121],
    [None, "Dầu thô", None, 125.1, None, None, 130, None, None, 90.5],
    [None, "Hàng hoá khác", None, 23470.3, None, None, 22100, None, None, 121.3],
    ["MẶT HÀNG CHỦ YẾU", None, None, None, 0],
    [None, "Dầu thô  ", 190.4, 125.1, None, 200, 130, None, 91, 90.5, None, None, 7.5],
    [None, "Máy móc, thiết bị,"],
    [None, "dụng cụ  và phụ tùng", None, 3862.7, None, None, 3900, None, None, 96],
    [None, "Ô tô (*)", 6.2, 536.4, None, 7, 540, None, 92, 112],
    [None, "    Trong đó: Nguyên chiếc", 5.1, 163.2, None, 6, 170, None, 95, 117],
    [None, " Clanhke", 2012.6, 76.4, None, 2000, 75, None, 63.3, 64],
    [None, "(*) Nghìn chiếc, triệu USD"],
    merges=tuple(f"{pair}{row}:{end}{row}" for pair, end in (("C", "D"), ("F", "G"), ("I", "J")) for row in (3, 4, 5)),
)

PRICES = sheet(
    ["16. Chỉ số giá tiêu dùng, chỉ số giá vàng, chỉ số giá đô la Mỹ"],
    ["      và lạm phát cơ bản tháng 6 năm 2021"],
    [None, None, None, None, None, None, None, "%"],
    [None, None, None, "Tháng 6 năm 2021 so với:", None, None, None, "Bình quân"],
    [None, None, None, "Kỳ gốc", "Tháng 6", "Tháng 12", "Tháng 5", "quý II"],
    [None, None, None, "(2019)", "năm", "năm", "năm 2021", "năm 2021"],
    [None, None, None, None, 2020, 2020, None, "so với cùng kỳ năm trước"],
    ["CHỈ SỐ GIÁ TIÊU DÙNG", None, None, 104.88, 102.41, 101.62, 100.19, 102.67],
    [None, "Hàng ăn và dịch vụ ăn uống", None, 109.02, 99.67, 100.55, 99.87, 102.55],
    [None, "    Trong đó:", "Lương thực", 107.85, 104.41, 102.23, 99.72, 104.33],
    [None, None, "Thực phẩm", 109.26, 97.99, 99.9, 99.81, 98.74],
    [None, "Giao thông", None, 98.1, 114.55, 105.2, 101.2, 116.1],
    ["CHỈ SỐ GIÁ VÀNG", None, None, 138.85, 112.37, 100.23, 101.12, 113.07],
    ["LẠM PHÁT CƠ BẢN", None, None, None, 1.14, None, 0.07, None],
    merges=("D4:G4",),
)


SECTOR = "TỔNG TRỊ GIÁ > Khu vực có vốn đầu tư NN"
MACHINES = "Máy móc, thiết bị, dụng cụ và phụ tùng"
FOOD = "CHỈ SỐ GIÁ TIÊU DÙNG > Hàng ăn và dịch vụ ăn uống"


def facts(row: Row) -> tuple[str, ...]:
    return row.label, row.breakdown, row.period, row.measure, row.unit, row.stage


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("C9", ("Than sạch", "", "2003-01/2003-08", "level", "Nghìn tấn", "preliminary")),
        ("D9", ("Than sạch", "", "2003-09", "level", "Nghìn tấn", "estimate")),
        ("E9", ("Than sạch", "", "2003-01/2003-09", "level", "Nghìn tấn", "estimate")),
        ("F9", ("Than sạch", "", "2003-09", "index_py", "%", "estimate")),
        ("G9", ("Than sạch", "", "2003-01/2003-09", "index_py", "%", "estimate")),
        ("C10", ("Kinh tế Nhà nước", "Than sạch", "2003-01/2003-08", "level", "Nghìn tấn", "preliminary")),
        ("C11", ("Trung ương", "Than sạch > Kinh tế Nhà nước", "2003-01/2003-08", "level", "Nghìn tấn", "preliminary")),
        ("D13", ("Khu vực có vốn ĐTNN", "Than sạch", "2003-09", "level", "Nghìn tấn", "estimate")),
        ("C14", ("Dầu thô khai thác (ĐTNN)", "", "2003-01/2003-08", "level", "Nghìn tấn", "preliminary")),
    ],
)
def test_products(cell: str, expected: tuple[str, ...]) -> None:
    assert facts(by_cell(read(PRODUCTS))[cell]) == expected


def test_products_account_for_every_number() -> None:
    reading = read(PRODUCTS)
    assert reading.period == "2003-09"
    assert [(item.cell, item.reason) for item in reading.skipped] == [("G13", "intake.nil_mark")]
    assert by_cell(reading)["D13"].value == "38.0"
    assert reading.coverage == 1


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("D7", ("TỔNG TRỊ GIÁ", "", "2025-01", "level", "Triệu USD", "preliminary")),
        ("G8", ("Khu vực kinh tế trong nước", "TỔNG TRỊ GIÁ", "2025-02", "level", "Triệu USD", "estimate")),
        ("J10", ("Dầu thô", SECTOR, "2025-02", "index_py", "%", "estimate")),
        ("D11", ("Hàng hoá khác", SECTOR, "2025-01", "level", "Triệu USD", "preliminary")),
        ("C13", ("Dầu thô", "MẶT HÀNG CHỦ YẾU", "2025-01", "level", "Nghìn tấn", "preliminary")),
        ("D15", (MACHINES, "MẶT HÀNG CHỦ YẾU", "2025-01", "level", "Triệu USD", "preliminary")),
        ("C16", ("Ô tô", "MẶT HÀNG CHỦ YẾU", "2025-01", "level", "Nghìn chiếc", "preliminary")),
        ("F17", ("Nguyên chiếc", "MẶT HÀNG CHỦ YẾU > Ô tô", "2025-02", "level", "Nghìn chiếc", "estimate")),
        ("C18", ("Clanhke", "MẶT HÀNG CHỦ YẾU", "2025-01", "level", "Nghìn tấn", "preliminary")),
    ],
)
def test_exports(cell: str, expected: tuple[str, ...]) -> None:
    assert facts(by_cell(read(EXPORTS))[cell]) == expected


def test_quantities_and_values_are_two_indicators() -> None:
    rows = by_cell(read(EXPORTS))
    assert [rows[cell].indicator for cell in ("C13", "D13", "I13")] == [
        "export_quantity",
        "export_turnover",
        "export_quantity",
    ]


def test_working_figures_beside_the_table_are_listed() -> None:
    outside = {item.cell for item in read(EXPORTS).skipped if item.reason == "intake.outside_table"}
    assert outside == {"E12", "M13"}


@pytest.mark.parametrize(
    ("cell", "indicator", "expected"),
    [
        ("D8", "cpi", ("CHỈ SỐ GIÁ TIÊU DÙNG", "", "2021-06", "index_base", "%", "official")),
        ("E9", "cpi", ("Hàng ăn và dịch vụ ăn uống", "CHỈ SỐ GIÁ TIÊU DÙNG", "2021-06", "index_py", "%", "official")),
        ("F10", "cpi", ("Lương thực", FOOD, "2021-06", "index_dec", "%", "official")),
        ("G11", "cpi", ("Thực phẩm", FOOD, "2021-06", "index_pp", "%", "official")),
        ("H12", "cpi", ("Giao thông", "CHỈ SỐ GIÁ TIÊU DÙNG", "2021-Q2", "index_py", "%", "official")),
        ("E13", "gold_price_index", ("CHỈ SỐ GIÁ VÀNG", "", "2021-06", "index_py", "%", "official")),
        ("E14", "core_inflation", ("LẠM PHÁT CƠ BẢN", "", "2021-06", "growth", "%", "official")),
        ("G14", "core_inflation", ("LẠM PHÁT CƠ BẢN", "so với kỳ trước", "2021-06", "growth", "%", "official")),
    ],
)
def test_consumer_prices(cell: str, indicator: str, expected: tuple[str, ...]) -> None:
    row = by_cell(read(PRICES))[cell]
    assert (row.indicator, facts(row)) == (indicator, expected)


def test_a_continuation_goes_on_with_hierarchy_and_unit() -> None:
    continued = sheet(
        ["2. Một số sản phẩm chủ yếu của ngành công nghiệp tháng 5 năm 2001"],
        [None, "Đơn vị tính", "Ước tính tháng 5 năm 2001"],
        ["Bia", "Triệu lít", 67.2],
        ["  - Trung ương", '"', 26],
        ["2. (Tiếp theo) Một số sản phẩm chủ yếu của ngành công nghiệp tháng 5 năm 2001"],
        [None, "Đơn vị tính", "Ước tính tháng 5 năm 2001"],
        ["  - Địa phương", '"', 26.6],
        ["Giấy bìa", "Nghìn tấn", 36.5],
    )
    rows = by_cell(read(continued))
    assert (rows["C7"].breakdown, rows["C7"].unit) == ("Bia", "Triệu lít")
    assert rows["C8"].breakdown == ""


def test_a_table_with_months_down_its_side() -> None:
    rows = by_cell(
        read(
            sheet(
                ["19. Chỉ số giá tiêu dùng, chỉ số giá vàng và đô la Mỹ"],
                ["      các tháng năm 2004 so với tháng 12 năm 2003"],
                [None, None, "Chỉ số giá tiêu dùng", None, "Chỉ số"],
                [None, None, "Chỉ số", "Trong đó:", "giá vàng"],
                [None, None, "chung", "Lương thực"],
                [None, "Tháng 1", 101.1, 102.1, 103.1],
                [None, "Tháng 2", 104.1, 103.6, 102.4],
                [None, "Tháng 12", 109.5, 114.3, 111.7],
                merges=("C3:D3",),
            )
        )
    )
    assert facts(rows["C6"]) == ("Chỉ số giá tiêu dùng", "", "2004-01", "index_dec", "%", "official")
    assert facts(rows["D7"])[:3] == ("Lương thực", "Chỉ số giá tiêu dùng", "2004-02")
    assert (rows["E8"].indicator, rows["E8"].measure) == ("gold_price_index", "index_dec")


def retail(*lines: list[str | float | None]) -> Sheet:
    return sheet(["13. Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng"], [None, None, "Tỷ đồng"], *lines)


def test_figures_around_zero_under_an_index_heading_are_growth() -> None:
    lines = [["TỔNG SỐ", 533000, 7.1], ["Bán lẻ", 419000, 7.4], ["Lưu trú", 61000, 6.5], ["Du lịch", 4800, -1.9]]
    rows = by_cell(
        read(retail([None, "Ước tính tháng 10 năm 2024", "Tháng 10 năm 2024 so với cùng kỳ năm trước (%)"], *lines))
    )
    assert (rows["C4"].measure, rows["C4"].note) == ("growth", "intake.note_growth_not_index")
    assert rows["B4"].unit == "Tỷ đồng"


def test_parts_that_collapsed_leave_an_index_an_index() -> None:
    lines = [["TỔNG SỐ", 66.3], ["Bán lẻ", 74.7], ["Lưu trú", 33.1], ["Du lịch", 2.4], ["Khác", 30.1]]
    rows = by_cell(read(retail([None, "Tháng 8 năm 2021 so với cùng kỳ năm trước (%)"], *lines)))
    assert {row.measure for row in rows.values()} == {"index_py"}


def test_a_group_that_is_not_merged_is_spread() -> None:
    rows = by_cell(
        read(
            retail(
                [None, "Ước tính", "So với cùng kỳ năm trước (%)"],
                [None, "quý II năm 2022", "Quý I năm 2022", "Quý II năm 2022"],
                ["TỔNG SỐ", 1_400_000, 105.2, 119.5],
            )
        )
    )
    assert [(rows[cell].measure, rows[cell].period) for cell in ("C5", "D5")] == [
        ("index_py", "2022-Q1"),
        ("index_py", "2022-Q2"),
    ]


def test_plans_are_no_observations() -> None:
    reading = read(
        retail(
            [None, "Kế hoạch năm 2010", "Ước tính 6 tháng năm 2010", "6 tháng năm 2010 so với kế hoạch năm (%)"],
            ["TỔNG SỐ", 100, 48, 48],
        )
    )
    assert [row.cell for row in reading.rows] == ["C4"]
    assert [item.reason for item in reading.skipped] == ["intake.plan_figure", "intake.percent_of_plan"]


def test_errors_and_uncomputed_formulas_are_missing_with_their_reason() -> None:
    reading = read(retail([None, "Ước tính tháng 5 năm 2010", "Cơ cấu (%)"], ["TỔNG SỐ", "#REF!", "#FORMULA"]))
    assert [(item.cell, item.reason, item.text) for item in reading.skipped] == [
        ("B4", "intake.error_cell", "#REF!"),
        ("C4", "intake.formula_not_computed", "#FORMULA"),
    ]
    assert reading.coverage == 1


def test_bold_type_makes_groups_of_industries() -> None:
    rows = by_cell(
        read(
            sheet(
                ["2. Chỉ số sản xuất công nghiệp"],
                [None, "Tháng 02 năm 2025 so với cùng kỳ năm trước"],
                ["Toàn ngành công nghiệp", 117.17],
                ["Khai khoáng", 92.1],
                ["Khai thác than cứng và than non", 101.3],
                ["Sản xuất và phân phối điện", 110.2],
                bold=("A3", "A4", "A6"),
            )
        )
    )
    assert rows["B5"].breakdown == "Toàn ngành công nghiệp > Khai khoáng"
    assert rows["B6"].breakdown == "Toàn ngành công nghiệp"
