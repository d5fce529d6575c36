"""Tables that ``families.toml`` declares: what their figures are called, where they belong and when they were."""

from __future__ import annotations

import pytest

from kecho.intake.families import families
from kecho.intake.naming import heading_item, province
from kecho.intake.period_text import find
from kecho.intake.rows import Row
from tests.intake.sheets import Value, by_cell, read, sheet

Lines = list[list[Value]]

LABOUR: Lines = [
    ["6. Chỉ số sử dụng lao động của doanh nghiệp công nghiệp phân theo địa phương"],
    [None, "Chỉ số sử dụng lao động thời điểm 1/2/2025 so với", "Chỉ số sử dụng lao động thời điểm 1/2/2025 so với"],
    [None, "cùng thời điểm tháng trước", "cùng thời điểm năm trước"],
    ["CẢ NƯỚC", 101.2, 102.3],
    ["Đồng bằng sông Hồng"],
    ["Hà Nội", 100.8, 98.6],
]
INVESTMENT: Lines = [
    ["10. Vốn đầu tư thực hiện từ nguồn ngân sách Nhà nước"],
    [None, None, None, None, "Tỷ đồng"],
    [None, "Ước tính tháng 5 năm 2024", "Cộng dồn 5 tháng năm 2024", "5 tháng năm 2024 so với kế hoạch năm 2024 (%)"],
    ["TỔNG SỐ", 48310, 190000, 31.5],
    ["Trung ương", 8453, 32000, 28.9],
    ["Địa phương", 39857, 158000, 32.2],
    ["Một số địa phương"],
    ["Hà Nội", 4100, 17000, 21.9],
]
FDI: Lines = [
    ["11. Đầu tư trực tiếp của nước ngoài được cấp phép từ 01/01 - 20/5/2014"],
    [None, "Số dự án", "Số vốn đăng ký"],
    [None, "(Dự án)", "(Triệu USD)"],
    ["TỔNG SỐ", 500, 3668.8],
    ["Phân theo một số địa phương"],
    ["TP. Hồ Chí Minh", 123, 724.2],
    ["Phân theo một số nước và vùng lãnh thổ"],
    ["Hàn Quốc", 189, 1015.0],
]
TRANSPORT: Lines = [
    ["22. Vận tải hành khách và hàng hóa"],
    [None, "Thực hiện 6 tháng năm 2014", "Thực hiện 6 tháng năm 2014", "6 tháng năm 2014 so với cùng kỳ năm 2013 (%)"],
    [None, "Vận chuyển", "Luân chuyển", "Vận chuyển"],
    ["A. HÀNH KHÁCH", "Nghìn HK", "Triệu HK.km"],
    ["Tổng số", 1507377.6, 68173.3, 106],
    ["Phân theo ngành vận tải"],
    ["Đường bộ", 1400000, 50000, 107],
    ["B. HÀNG HÓA", "Nghìn tấn", "Triệu tấn.km"],
    ["Tổng số", 522900, 107800, 104.3],
]
SEASON: Lines = [
    ["4. Sản xuất vụ đông xuân năm 2014"],
    [
        None,
        "Thực hiện vụ đông xuân năm 2014",
        "Thực hiện vụ đông xuân năm 2014",
        "Vụ đông xuân năm 2014 so với vụ đông xuân 2013 (%)",
    ],
    [None, "Cả nước", "Chia ra Miền Bắc", "Cả nước"],
    ["Lúa"],
    ["  Diện tích (Nghìn ha)", 3116.3, 1161.4, 100.3],
    ["  Năng suất (Tạ/ha)", 66.9, 62.6, 103.7],
]
RICE: Lines = [
    ["5. Diện tích, năng suất, sản lượng lúa đông xuân năm 2014 phân theo địa phương"],
    [None, "Thực hiện vụ đông xuân 2014", "Tăng/giảm so với vụ đông xuân 2013"],
    [None, "Năng suất", "Năng suất"],
    [None, "(Tạ/ha)", "(Tạ/ha)"],
    ["Hà Nội", 61.0, -0.1],
    ["Vĩnh Phúc", 60.4, 0.1],
    ["Bắc Ninh", 65.0, -1.9],
    ["Hải Dương", 64.6, 1.2],
]
UNEMPLOYMENT: Lines = [
    ["40. Tỷ lệ thất nghiệp và tỷ lệ thiếu việc làm"],
    [None, None, "%"],
    [None, "Chung", "Thành thị"],
    ["Tỷ lệ thất nghiệp trong độ tuổi lao động"],
    ["Quý I năm 2018", 2.2, 3.12],
    ["Ước tính 9 tháng năm 2018", 2.2, 3.1],
]
FARM: Lines = [
    ["1. Sản xuất nông nghiệp đến ngày 15 tháng 6 năm 2024"],
    [None, None, None, "Nghìn ha"],
    [None, "Thực hiện cùng kỳ năm trước", "Thực hiện kỳ này", "Thực hiện kỳ này so với cùng kỳ năm trước (%)"],
    ["Gieo cấy lúa hè thu", 1856.5, 1825.4, 98.3],
]
GDP: Lines = [
    ["1. Tổng sản phẩm trong nước 6 tháng năm 2014"],
    [None, "Theo giá hiện hành", "Theo giá hiện hành", "Theo giá so sánh 2010", None],
    [None, "Tổng số (Tỷ đồng)", "Cơ cấu (%)", "Tổng số (Tỷ đồng)", "Tốc độ phát triển so với 6 tháng năm 2013 (%)"],
    ["TỔNG SỐ", 1668178.2, 100, 1152097.5, 105.18],
]
STOCKS: Lines = [
    ["8. Chỉ số tiêu thụ và tồn kho ngành công nghiệp chế biến, chế tạo"],
    [
        None,
        "Chỉ số tiêu thụ tháng 5 năm 2014 so với cùng kỳ 2013",
        "Chỉ số tồn kho thời điểm 1/6/2014 so với cùng thời điểm năm 2013",
    ],
    ["Toàn ngành chế biến, chế tạo", 119.6, 112.8],
]
ENTERPRISES: Lines = [
    ["16. Một số chỉ tiêu về doanh nghiệp"],
    [None, "Tháng 6 năm 2024"],
    ["Doanh nghiệp đăng ký thành lập mới (DN)", 15724],
    ["Vốn đăng ký (Tỷ đồng)", 143017],
    ["Lao động (Người)", 85601],
    ["Doanh nghiệp tạm ngừng hoạt động chờ làm thủ tục giải thể (DN)", 5404],
    ["Doanh nghiệp hoàn tất thủ tục giải thể (DN)", 2228],
]

#: Lines, workbook, cell and what its row says.
CASES: list[tuple[Lines, str, str, dict[str, str]]] = [
    (LABOUR, "2025-02", "B6", {"indicator": "industrial_labour_index", "locality": "VN-HN", "measure": "index_pp"}),
    (LABOUR, "2025-02", "C6", {"period": "2025-02", "measure": "index_py", "label": "Hà Nội", "breakdown": ""}),
    (LABOUR, "2025-02", "B4", {"locality": "VN", "label": "CẢ NƯỚC"}),
    (INVESTMENT, "2024-05", "B8", {"indicator": "state_budget_investment", "locality": "VN-HN", "unit": "Tỷ đồng"}),
    (INVESTMENT, "2024-05", "C8", {"period": "2024-01/2024-05"}),
    (
        INVESTMENT,
        "2024-05",
        "D8",
        {
            "indicator": "state_budget_investment_plan_ratio",
            "measure": "level",
            "unit": "%",
            "period": "2024-01/2024-05",
        },
    ),
    (FDI, "2014-05", "B6", {"indicator": "fdi_projects", "locality": "VN-SG", "unit": "Dự án"}),
    (FDI, "2014-05", "C6", {"indicator": "fdi_registered", "period": "2014-01/2014-05", "unit": "Triệu USD"}),
    (FDI, "2014-05", "C8", {"locality": "VN", "label": "Hàn Quốc"}),
    (TRANSPORT, "2014-06", "B5", {"indicator": "passengers_carried", "unit": "Nghìn HK"}),
    (TRANSPORT, "2014-06", "C5", {"indicator": "passengers_travelled", "unit": "Triệu HK.km"}),
    (TRANSPORT, "2014-06", "D7", {"indicator": "passengers_carried", "measure": "index_py", "label": "Đường bộ"}),
    (TRANSPORT, "2014-06", "C9", {"indicator": "freight_travelled", "unit": "Triệu tấn.km"}),
    (SEASON, "2014-06", "B5", {"indicator": "crop_area", "label": "Lúa", "unit": "Nghìn ha", "period": "2014"}),
    (SEASON, "2014-06", "C6", {"indicator": "crop_yield", "breakdown": "Lúa", "label": "Miền Bắc", "unit": "Tạ/ha"}),
    (SEASON, "2014-06", "D5", {"indicator": "crop_area", "measure": "index_py", "label": "Lúa"}),
    (
        RICE,
        "2014-06",
        "C5",
        {"indicator": "crop_yield_change", "measure": "level", "unit": "Tạ/ha", "locality": "VN-HN"},
    ),
    (UNEMPLOYMENT, "2018-09", "C5", {"period": "2018-Q1", "unit": "%", "label": "Thành thị", "measure": "level"}),
    (UNEMPLOYMENT, "2018-09", "B6", {"period": "2018-01/2018-09", "stage": "estimate"}),
    (FARM, "2024-06", "B4", {"indicator": "farm_work_area", "period": "2023-06"}),
    (FARM, "2024-06", "C4", {"period": "2024-06", "unit": "Nghìn ha"}),
    (GDP, "2014-06", "C4", {"indicator": "gdp_current", "measure": "share"}),
    (GDP, "2014-06", "E4", {"indicator": "gdp_constant_2010", "measure": "index_py", "period": "2014-01/2014-06"}),
    (STOCKS, "2014-06", "B3", {"indicator": "manufacturing_shipments", "period": "2014-05"}),
    (STOCKS, "2014-06", "C3", {"indicator": "manufacturing_stocks", "period": "2014-05", "measure": "index_py"}),
    (ENTERPRISES, "2024-06", "B4", {"indicator": "enterprises_new_capital", "unit": "Tỷ đồng"}),
    (ENTERPRISES, "2024-06", "B5", {"indicator": "enterprises_new_labour", "unit": "Người"}),
    (ENTERPRISES, "2024-06", "B6", {"indicator": "enterprises_waiting"}),
    (ENTERPRISES, "2024-06", "B7", {"indicator": "enterprises_dissolved"}),
]


@pytest.mark.parametrize(("lines", "month", "cell", "expected"), CASES)
def test_a_figure_is_called_by_its_words(lines: Lines, month: str, cell: str, expected: dict[str, str]) -> None:
    row: Row = by_cell(read(sheet(*lines), name=f"{month}.xlsx"))[cell]
    assert {name: getattr(row, name) for name in expected} == expected


def test_a_row_of_units_is_no_figure_and_not_listed() -> None:
    reading = read(sheet(*TRANSPORT), name="2014-06.xlsx")
    assert [item.cell for item in reading.skipped] == []


def test_a_working_column_beside_a_declared_table_is_listed() -> None:
    lines = [[*line, extra] for line, extra in zip(ENTERPRISES[:4], (None, None, 7.3, 1.2), strict=True)]
    reading = read(sheet(*lines), name="2024-06.xlsx")
    assert [(item.cell, item.reason) for item in reading.skipped] == [
        ("C3", "intake.outside_table"),
        ("C4", "intake.outside_table"),
    ]


def test_old_output_and_the_index_never_share_an_indicator() -> None:
    codes = {family.table: family.indicator for family in families() if family.is_declared}
    assert codes["industrial_output"].startswith("industrial_output_")
    assert "iip" not in codes.values()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("thoi diem 1 9 2019", ["2019-09"]),
        ("duoc cap phep tu 01 01 20 5 2014", ["2014-01/2014-05"]),
        ("tu 1 1 2003 den 20 3 2003", ["2003-01/2003-03"]),
        ("tu 01 thang 01 den 20 thang 9 nam 2010", ["2010-01/2010-09"]),
        ("den ngay 15 thang 6 nam 2024", ["2024-06"]),
        ("tu 01 01 den 20 01 2025", ["2025-01"]),
    ],
)
def test_days_and_spans_since_january(text: str, codes: list[str]) -> None:
    assert [found.code for found in find(text)] == codes


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("Ước tính tháng 6 năm 2024", ""),
        ("Thực hiện vụ đông xuân năm 2004 Chia ra Miền Bắc", "Miền Bắc"),
        ("Tăng/giảm so với vụ đông xuân 2003", ""),
        ("Năm học 2003-2004 Số thí sinh dự thi", "Số thí sinh dự thi"),
        ("Từ đủ 15 tuổi trở lên Tổng số", "Từ đủ 15 tuổi trở lên"),
        ("6 tháng năm 2024 so với cùng kỳ năm trước (%)", ""),
    ],
)
def test_what_of_a_heading_names_a_part(heading: str, item: str) -> None:
    assert heading_item(heading) == item


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Hà Nội", "VN-HN"),
        ("p. Hồ Chí Minh", "VN-SG"),
        ("Cần Thơ (Đã tách tỉnh)", "VN-CT"),
        ("CẢ NƯỚC", ""),
        ("Lúa", ""),
    ],
)
def test_provinces_among_labels(label: str, code: str) -> None:
    assert province(label) == code
