"""Workbooks as departments keep them. Every figure in them is invented for these tests (số liệu giả định)."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

Rows = list[list[object]]

PRODUCTS: Rows = [
    ["SỞ CÔNG THƯƠNG (số liệu giả định)"],
    ["Biểu 1. Sản phẩm công nghiệp chủ yếu tháng 5 năm 2026"],
    [],
    [
        "STT", "Sản phẩm", "ĐVT", "Kế hoạch năm", "Thực hiện tháng trước", "Ước thực hiện tháng này",
        "Lũy kế từ đầu năm", "Tồn kho", "So kế hoạch (%)",
    ],
    [1, "Bia", "Nghìn lít", 12000, 980, 1010.5, 4800, 35, 40],
    [2, "Xi măng", "Nghìn tấn", 900, 70, 75, 360, "-", 40],
    [3, "Sản phẩm lạ chưa có", "Tấn", 10, 1, 2, 3, 0, 30],
]  # fmt: skip

WIDE_MONTHS: Rows = [
    ["Kim ngạch xuất khẩu hàng hóa năm 2026 (giả định)"],
    ["Đơn vị tính: Triệu USD"],
    ["Mặt hàng", "Tháng 1", "Tháng 2", "Tháng 3"],
    ["Tổng trị giá", 100, 110, 120],
    ["Hàng dệt, may", 40, 41, "42,5"],
    ["Giày dép các loại", 20, 21, 22],
]

LONG: Rows = [
    ["Năm", "Tháng", "Địa phương", "Kim ngạch xuất khẩu (Triệu USD)"],
    [2026, 1, "Hà Nội", 1300.5],
    [2026, 2, "Hà Nội", 1400],
    [2026, 1, "Bắc Ninh", 5200],
    [2026, 2, "Nơi không có", 1],
]


def save(path: Path, *sheets: Rows, names: tuple[str, ...] = (), down: int = 0) -> Path:
    """The rows as an .xlsx; ``down`` leaves so many rows free above the first."""
    with xlsxwriter.Workbook(path) as book:
        for number, rows in enumerate(sheets):
            page = book.add_worksheet(names[number] if names else f"Sheet{number + 1}")
            for row, values in enumerate(rows):
                for col, value in enumerate(values):
                    if isinstance(value, str):
                        page.write_string(row + down, col, value)
                    elif value is not None:
                        page.write(row + down, col, value)
    return path


def full_sheet(path: Path) -> Path:
    """The sheet at its fullest: agency lines, merged headings, column numbers, a group, last year, a signature."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("SP")
        page.write_column(0, 0, ["UBND THÀNH PHỐ (giả định)", "SỞ CÔNG THƯƠNG"])
        page.merge_range("A4:M4", "BIỂU 02: SẢN PHẨM CÔNG NGHIỆP CHỦ YẾU THÁNG 5 VÀ 5 THÁNG ĐẦU NĂM 2026")
        alone = {"A": "TT", "B": "Sản phẩm", "C": "ĐVT", "D": "Kế hoạch năm 2026"}
        for column, text in alone.items():
            page.merge_range(f"{column}6:{column}7", text)
        for area, text in {"E6:F6": "Thực hiện năm 2025", "G6:I6": "Năm 2026", "J6:M6": "So sánh (%)"}.items():
            page.merge_range(area, text)
        page.write_row("E7", ["Tháng 5", "5 tháng", "Thực hiện tháng 4", "Ước tháng 5", "Ước 5 tháng"])
        page.write_row("J7", ["Tháng 5 so với tháng trước", "Tháng 5 so với cùng kỳ"])
        page.write_row("L7", ["5 tháng so với cùng kỳ", "5 tháng so với kế hoạch"])
        page.write_row("A8", ["A", "B", "C", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
        page.write_row("A9", ["I", "Ngành chế biến"])
        page.write_row("A10", [1, "Bia", "Triệu lít", 400, 30, 150, 31, 33, 160, 106.5, 110, 106.7, 40])
        page.write_row("A11", [2, "Xi măng", "1000 tấn", 900, 70, 340, 71, 72, 350, 101.4, 102.9, 102.9, 38.9])
        page.write("B13", "Ghi chú: số liệu giả định")
        page.write_column("I15", ["Hà Nội, ngày 20 tháng 5 năm 2026", "GIÁM ĐỐC"])
    return path


def cluster_report(**changed: float) -> Rows:
    """Form 04 with plausible invented figures; ``changed`` replaces row values by number (``r18=99``)."""
    from kecho.intake.own import forms

    form = forms.forms()["cluster_report"]
    values = {
        "1": 60, "2": 1200, "3": 40, "4": 800, "5": 2, "6": 30, "7": 25, "8": 500, "9": 35, "10": 700, "11": 30,
        "12": 600, "13": 5000, "14": 3000, "15": 30, "15.1": 25, "15.2": 5, "15.3": 8, "15.4": 3, "16": 600,
        "16.1": 500, "16.2": 100, "16.3": 90, "16.4": 60, "17": 400, "18": 320, "19": 80, "20": 900, "21": 40,
        "22": 850, "23": 15000, "24": 600, "25": 42000, "26": 24, "27": 20,
    }  # fmt: skip
    values |= {name[1:].replace("_", "."): value for name, value in changed.items()}
    head: Rows = [
        ["Báo cáo tình hình cụm công nghiệp trên địa bàn 6 tháng đầu năm 2026 (số liệu giả định)"],
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Số liệu kỳ báo cáo"],
    ]
    return head + [[row.number, row.vi, row.unit or "%", values[row.number]] for row in form.rows]


def customs(half: int, month: int = 5) -> Rows:
    """A half-month table of exports in US dollars, as customs heads it."""
    days = (
        f"từ ngày 01/{month:02d}/2026 đến ngày 15/{month:02d}/2026"
        if half == 1
        else f"từ ngày 16/{month:02d}/2026 đến ngày 31/{month:02d}/2026"
    )
    return [
        [f"XUẤT KHẨU HÀNG HÓA THEO MẶT HÀNG – Kỳ {half} tháng {month} năm 2026 ({days}) – số liệu giả định"],
        ["STT", "Mặt hàng chủ yếu", "ĐVT", "Số trong kỳ báo cáo", "", "Cộng dồn đến hết kỳ báo cáo", ""],
        ["", "", "", "Lượng", "Trị giá (USD)", "Lượng", "Trị giá (USD)"],
        ["", "Tổng trị giá", "", "", 1234567890, "", 15123456789],
        [1, "Hàng thủy sản", "USD", "", 40000000, "", 500000000],
        [2, "Gạo", "Tấn", 20000, 10000000, 260000, 131000000],
    ]  # fmt: skip
