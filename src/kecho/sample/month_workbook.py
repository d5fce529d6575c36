"""A month's workbook rebuilt from its figures, so that the demonstration can import one.

The office's workbooks are not ours to hand on. The figures are, with their source, and every row knows its sheet and
cell: the rebuilt file has each figure where the office printed it, under headings of the office's form.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from kecho.intake.reading import Reading
from kecho.intake.rows import Row
from kecho.kernel.periods import Period

TITLES = {
    "iip": "Chỉ số sản xuất công nghiệp phân theo ngành công nghiệp",
    "products": "Một số sản phẩm chủ yếu của ngành công nghiệp",
    "retail": "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng",
    "exports": "Hàng hóa xuất khẩu",
    "imports": "Hàng hóa nhập khẩu",
    "cpi": "Chỉ số giá tiêu dùng, chỉ số giá vàng, chỉ số giá đô la Mỹ và lạm phát cơ bản",
}
NOTICE = "Dựng lại từ số liệu đã công bố của Cục Thống kê để trình diễn; không phải tệp gốc."
STAGES = {"estimate": "Ước tính", "preliminary": "Sơ bộ", "official": ""}
OF_WHICH = " Trong đó: "
MASS = "Nghìn tấn"  # the unit that a trade table's heading names for quantities
QUANTITIES = ("export_quantity", "import_quantity")
UNIT_ROW, HEADER_ROW = 3, 4  # the office's figures begin below row 8

Column = tuple[str, str, str, str, str]  # indicator, period, measure, unit, stage


def write(reading: Reading, path: Path) -> None:
    """The six tables of ``reading`` as a workbook at ``path``, one sheet each, cells as in the original."""
    sheets: dict[str, list[Row]] = defaultdict(list)
    for row in reading.rows:
        sheets[row.sheet].append(row)
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.description = reading.period, NOTICE
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.column_dimensions["B"].width = 44
        sheet.cell(1, 1, f"{re.split(r'[^0-9]', name)[0]}. {TITLES[rows[0].table]} {_month(reading.period)}")
        sheet.cell(2, 1, NOTICE)
        _write_headings(sheet, rows, Period.parse(reading.period))
        _write_rows(sheet, rows)
    book.save(path)


def _month(period: str) -> str:
    one = Period.parse(period)
    return f"tháng {one.month:02d} năm {one.year}"


def _write_headings(sheet: Worksheet, rows: list[Row], month: Period) -> None:
    """One cell a column: stage, period, comparison, unit; trade tables say above which column is quantity or value."""
    columns = {_place(row)[1]: row for row in reversed(rows)}
    units = {row.unit for row in rows if row.measure == "level"}
    for column, row in columns.items():
        _head(sheet, HEADER_ROW, column, _heading(row, month, one_unit=len(units) == 1))
        if row.table in ("exports", "imports"):
            _head(sheet, HEADER_ROW + 1, column, "Lượng" if row.indicator.endswith("quantity") else "Trị giá")
    if rows[0].table in ("exports", "imports"):
        sheet.cell(UNIT_ROW, max(columns), f"{MASS}; Triệu USD")
    elif len(units) > 1:
        _head(sheet, HEADER_ROW, min(columns) - 1, "Đơn vị tính")
    elif not units:
        sheet.cell(UNIT_ROW, max(columns), "%")


def _head(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column, text)
    cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top", horizontal="center")


def _place(row: Row) -> tuple[int, int]:
    """Row and column of the figure, from 1."""
    number, column = coordinate_to_tuple(row.cell)
    return number, column


def _heading(row: Row, month: Period, *, one_unit: bool) -> str:
    period = Period.parse(row.period)
    when = f"tháng {period.month:02d}" if period.length == 1 else f"{period.length} tháng"
    when = f"{when} năm {period.year}"
    if row.measure in ("level", "share"):
        unit = f" ({row.unit.strip('()')})" if row.measure == "share" or one_unit else ""
        what = "Cơ cấu " if row.measure == "share" else ""
        return f"{what}{STAGES[row.stage]} {when}{unit}".strip()
    if row.table == "cpi" and period.length > 1:
        return f"Bình quân {when} so với cùng kỳ năm {period.year - 1}"
    against = {
        "index_py": f"so với tháng {period.month:02d} năm {period.year - 1}"
        if row.table == "cpi"
        else "so với cùng kỳ năm trước",
        "index_pp": f"so với tháng {month.previous.month:02d} năm {month.previous.year}"
        if row.table == "cpi"
        else "so với tháng trước",
        "index_dec": f"so với tháng 12 năm {period.year - 1}",
        "index_base": "so với kỳ gốc (2019)",
    }[row.measure]
    return f"{when.capitalize()} {against} (%)"


def _write_rows(sheet: Worksheet, rows: list[Row]) -> None:
    """Labels by depth in the first columns, units beside them where they differ, figures in their cells."""
    lines: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        lines[_place(row)[0]].append(row)
    first_figure = min(_place(row)[1] for row in rows)
    has_units = rows[0].table == "products"
    label_columns = first_figure - 1 - has_units
    printed: set[str] = set()
    footnotes: dict[str, str] = {}
    for number, line in sorted(lines.items()):
        label, parents = line[0].label, line[0].breakdown.split(" > ") if line[0].breakdown else []
        if parents and parents[-1] not in printed and number - 1 not in lines:
            sheet.cell(number - 1, 1, parents[-1])
            printed.add(parents[-1])
        printed.add(label)
        depth = min(len(parents), label_columns - 1)
        if depth:
            of_which = OF_WHICH if depth < len(parents) else ""
            sheet.cell(number, depth + 1, of_which + label + _mark(line, footnotes))
        else:
            sheet.cell(number, 1, "   " * len(parents) + label)
        if has_units:
            sheet.cell(number, first_figure - 1, next(row.unit for row in line if row.measure == "level"))
        for row in line:
            sheet.cell(*_place(row), float(row.value))
    for below, (units, mark) in enumerate(footnotes.items(), max(lines) + 1):
        sheet.cell(below, 2, f"{mark} {units}")


def _mark(line: list[Row], footnotes: dict[str, str]) -> str:
    """The footnote mark of a trade row that is counted in another unit than its table, and a place among the notes."""
    counted = next((row.unit for row in line if row.indicator in QUANTITIES and row.measure == "level"), MASS)
    if counted == MASS:
        return ""
    return footnotes.setdefault(f"{counted}, triệu USD", f"({'*' * (len(footnotes) + 1)})")
