"""A workbook as a whole: which tables are found, which month it is of, what is not read and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter

from kecho.intake.grid import Merge, Sheet
from kecho.intake.workbook import read_workbook
from tests.intake.sheets import read, sheet
from tests.intake.test_tables import EXPORTS, PRICES, PRODUCTS

RETAIL = sheet(
    ["13. Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng"],
    [None, "Ước tính tháng 02 năm 2025 (Tỷ đồng)"],
    ["TỔNG SỐ", 561000],
)


def moved(source: Sheet, rows: int, cols: int) -> Sheet:
    """The same sheet with empty rows above and empty columns to the left, under another name."""
    target = Sheet("Trang tính 1")
    for (row, col), cell in source.cells.items():
        target.cells[row + rows, col + cols] = replace(cell, row=row + rows, col=col + cols)
    target.merges = [Merge(m.top + rows, m.left + cols, m.bottom + rows, m.right + cols) for m in source.merges]
    return target


@pytest.mark.parametrize(("rows", "cols"), [(0, 0), (7, 0), (0, 1), (3, 4)])
def test_neither_name_nor_place_of_a_table_matters(rows: int, cols: int) -> None:
    def contents(*sheets: Sheet) -> list[tuple[str, ...]]:
        return sorted(
            (row.table, row.label, row.breakdown, row.period, row.measure, row.value, row.unit, row.stage)
            for row in read(*sheets).rows
        )

    workbook = (PRODUCTS, EXPORTS, PRICES)
    assert contents(*(moved(one, rows, cols) for one in reversed(workbook))) == contents(*workbook)


def test_two_tables_on_one_sheet() -> None:
    below = moved(RETAIL, 30, 0)
    both = Sheet("S", cells=EXPORTS.cells | below.cells, merges=EXPORTS.merges + below.merges)
    assert {note.table for note in read(both).tables} == {"exports", "retail"}


def test_headings_need_no_merged_cells() -> None:
    unmerged = Sheet("S", cells=EXPORTS.cells)
    assert [row.measure for row in read(unmerged).rows] == [row.measure for row in read(EXPORTS).rows]
    assert [row.period for row in read(unmerged).rows] == [row.period for row in read(EXPORTS).rows]


def test_lines_above_the_title_and_a_unit_beside_it() -> None:
    lines: list[list[str | float | None]] = [
        ["TỔNG CỤC THỐNG KÊ"],
        [],
        [None, "8. Hàng hóa nhập khẩu tháng 5 năm 2010", None, "Triệu USD"],
        [None, None, "Ước tính tháng 5 năm 2010"],
        ["TỔNG TRỊ GIÁ", None, 7000],
    ]
    (row,) = read(sheet(*lines)).rows
    assert (row.table, row.unit, row.period) == ("imports", "Triệu USD", "2010-05")


def test_the_month_is_what_most_tables_say() -> None:
    slip = sheet(
        ["15. Hàng hóa nhập khẩu tháng 02 năm 2024"],
        [None, "Ước tính tháng 02 năm 2024 (Triệu USD)"],
        ["TỔNG TRỊ GIÁ", 28000],
    )
    reading = read(EXPORTS, RETAIL, slip, name="2025-02.xlsx")
    assert (reading.period, reading.notes) == ("2025-02", [])


def test_a_file_name_that_says_another_month_is_told() -> None:
    reading = read(EXPORTS, RETAIL, name="2019-07.xlsx")
    assert (reading.period, reading.notes) == ("2025-02", ["intake.note_month_of_name"])


def test_headings_without_years_take_the_workbook_s() -> None:
    january = sheet(
        ["2. Chỉ số sản xuất công nghiệp"],
        [None, "Tháng 12 so với cùng kỳ năm trước", "Tháng 01 so với tháng trước"],
        ["Toàn ngành công nghiệp", 108.8, 90.8],
    )
    rows = {row.cell: row for row in read(january, name="2025-01.xlsx").rows}
    assert (rows["B3"].period, rows["C3"].period) == ("2024-12", "2025-01")
    assert (rows["B3"].stage, rows["C3"].stage) == ("preliminary", "estimate")


def test_known_tables_that_are_not_read_and_unknown_ones_are_listed() -> None:
    credit = sheet(["18. Dư nợ tín dụng"], [None, "Quý I năm 2025"], ["TỔNG SỐ", 101])
    stars = sheet(["31. Số sao trên trời"], [None, "Năm 2025"], ["Số sao", 12], name="T")
    reading = read(credit, stars, sheet([], name="Sheet3"), name="2025-03.xlsx")
    assert [(note.sheet, note.reason) for note in reading.unrecognised] == [
        ("S", "intake.family_not_read"),
        ("T", "intake.table_unknown"),
        ("Sheet3", "intake.sheet_empty"),
    ]
    assert all(note.why("vi") and note.why("en") for note in reading.unrecognised)


def test_a_hidden_copy_is_not_read_but_a_hidden_original_is() -> None:
    hidden = moved(RETAIL, 0, 0)
    hidden.is_hidden = True
    assert [note.reason for note in read(RETAIL, hidden).unrecognised] == ["intake.sheet_hidden"]
    assert {row.table for row in read(EXPORTS, hidden).rows} == {"exports", "retail"}


def test_tables_that_no_word_dates_are_listed() -> None:
    undated = sheet(["Hàng hóa xuất khẩu"], [None, "Trị giá"], ["TỔNG TRỊ GIÁ", 12])
    assert [note.reason for note in read(undated, name="x.xlsx").unrecognised] == ["intake.no_period"]


def test_the_english_edition() -> None:
    english = sheet(
        ["25. Exports of goods"],
        [None, None, None, "1000 tons, Mill. USD"],
        [None, None, "Estimate", "9 months of 2020"],
        [None, None, "September 2020", "versus same period"],
        [None, None, None, "last year (%)"],
        [None, None, "Value", "Value"],
        ["TOTAL", None, 27500, 104.2],
        [None, "FDI sector", 17210, 97.1],
    )
    rows = {row.cell: row for row in read(english).rows}
    assert (rows["C7"].period, rows["C7"].measure, rows["C7"].unit) == ("2020-09", "level", "Mill. USD")
    assert (rows["D8"].period, rows["D8"].measure, rows["D8"].breakdown) == ("2020-01/2020-09", "index_py", "TOTAL")


def test_a_file_on_disk_with_merges_styles_errors_and_formulas(tmp_path: Path) -> None:
    path = tmp_path / "bao cao.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Sheet1")
        indented = book.add_format({"indent": 1})
        page.write("A1", "Hàng hóa xuất khẩu")
        page.write("D2", "Nghìn tấn; triệu USD")
        page.merge_range("B3:C3", "Ước tính tháng 5 năm 2020")
        page.write_row("B4", ["Lượng", "Trị giá"])
        page.write_row("A5", ["Gạo", 954, 450.5])
        page.write("A6", "Gạo thơm", indented)
        page.write_formula("B6", "=1/0", None, "#DIV/0!")
        page.write_formula("C6", "=SUM(C5)", None, 450.5)
    reading = read_workbook(path)
    assert [(row.cell, row.label, row.breakdown, row.value, row.unit) for row in reading.rows] == [
        ("B5", "Gạo", "", "954", "Nghìn tấn"),
        ("C5", "Gạo", "", "450.5", "triệu USD"),
        ("C6", "Gạo thơm", "Gạo", "450.5", "triệu USD"),
    ]
    assert [(item.cell, item.reason) for item in reading.skipped] == [("B6", "intake.error_cell")]
    assert len(reading.sha256) == 64
