"""The spreadsheet of a bill: an empty template out, a filled one in with every problem at its cell."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from kecho.kernel.errors import KechoError, KechoErrors, Location
from kecho.kernel.numerals import decimal_mark, parse_number
from kecho.kernel.text import fold
from kecho.market_access.origin.bill import Bill, Material

PRODUCT, MATERIALS = "Sản phẩm", "Nguyên liệu"
LARGEST = 5 * 2**20
MOST_ROWS = 2_000

#: field -> label of the product sheet
FIELDS = {
    "name": "Tên sản phẩm / Product",
    "code": "Mã HS / HS code",
    "currency": "Đồng tiền / Currency",
    "ex_works": "Giá xuất xưởng 1 đơn vị / Ex-works price of one unit",
    "fob": "Giá FOB 1 đơn vị (nếu có) / FOB price",
    "labour": "Nhân công / Labour",
    "overhead": "Chi phí chung / Overhead",
    "profit": "Lợi nhuận / Profit",
    "weight_kg": "Trọng lượng tịnh (kg) / Net weight",
}
COLUMNS = {
    "name": "Nguyên liệu / Material",
    "code": "Mã HS / HS code",
    "origin": "Nước xuất xứ / Origin",
    "value": "Trị giá / Value",
    "weight_kg": "Trọng lượng (kg) / Weight",
    "is_proven": "Có chứng từ xuất xứ (có/không) / Proof held",
    "part_of": "Thành phần của / Part of",
    "other_price": "Giá nếu mua hàng có xuất xứ / Price from an originating supplier",
}
EXAMPLE = (
    {
        "name": "Giày da (ví dụ)",
        "code": "640399",
        "currency": "USD",
        "ex_works": 20,
        "fob": 21,
        "labour": 4,
        "overhead": 2,
    }
    | {"profit": 3, "weight_kg": 1},
    [
        ["Da thuộc", "410792", "IT", 6, 0.4, "có", "", 6.5],
        ["Đế cao su", "640620", "CN", 3, 0.3, "không", "", 3.4],
        ["Chỉ may, keo", "540110", "VN", 2, 0.1, "có", "", ""],
    ],
)


def write(*, with_example: bool = True) -> bytes:
    """The template as xlsx; the example is a made-up shoe, to be overwritten."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    bold, head = book.add_format({"bold": True}), book.add_format({"bold": True, "text_wrap": True})
    text = book.add_format({"num_format": "@"})  # codes keep their zeros
    product, materials = book.add_worksheet(PRODUCT), book.add_worksheet(MATERIALS)
    product.set_column(0, 0, 52)
    product.set_column(1, 1, 30)
    for row, (field, label) in enumerate(FIELDS.items()):
        product.write_string(row, 0, label, bold)
        value = EXAMPLE[0].get(field, "") if with_example else ""
        product.write(row, 1, value, text if field == "code" else None)
    materials.set_column(0, len(COLUMNS) - 1, 20)
    materials.set_column(1, 1, 14, text)
    for column, label in enumerate(COLUMNS.values()):
        materials.write_string(0, column, label, head)
    for row, values in enumerate(EXAMPLE[1] if with_example else [], start=1):
        for column, value in enumerate(values):
            materials.write(row, column, value, text if column == 1 else None)
    materials.freeze_panes(1, 0)
    book.close()
    return target.getvalue()


def read(content: bytes, file: str = "") -> Bill:
    """A filled template. Raises every problem at once, each with its sheet and cell."""
    from python_calamine import CalamineError, CalamineWorkbook

    if len(content) > LARGEST:
        raise KechoError("market_access.file_too_large", where=Location(file), largest=LARGEST)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = {fold(name): book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except (CalamineError, ValueError, OSError):
        raise KechoError("market_access.not_the_template", where=Location(file)) from None
    if fold(PRODUCT) not in sheets or fold(MATERIALS) not in sheets:
        raise KechoError("market_access.not_the_template", where=Location(file))
    problems: list[KechoError] = []
    product = _product(sheets[fold(PRODUCT)], file, problems)
    materials = _materials(sheets[fold(MATERIALS)], file, problems)
    if problems:
        raise KechoErrors(problems) if len(problems) > 1 else problems[0]
    return Bill(materials=tuple(materials), **product)


def _product(rows: Sequence[Sequence[Any]], file: str, problems: list[KechoError]) -> dict[str, Any]:
    labels = {fold(label): field for field, label in FIELDS.items()}
    found: dict[str, Any] = {}
    for number, row in enumerate(rows, start=1):
        field = labels.get(fold(str(row[0]))) if row else None
        if field is None:
            continue
        cell = row[1] if len(row) > 1 else ""
        where = Location(file, PRODUCT, number, "B")
        if field in {"name", "currency"}:
            found[field] = str(cell).strip() or ("USD" if field == "currency" else "")
        elif field == "code":
            found[field] = _code(cell)
        elif (amount := _number(cell, where, problems)) is not None:
            found[field] = amount
    if "ex_works" not in found:
        problems.append(KechoError("market_access.no_price", where=Location(file, PRODUCT)))
    if not found.get("code", "").isdigit():
        problems.append(
            KechoError("market_access.bad_code", where=Location(file, PRODUCT), value=found.get("code", ""))
        )
    return found


def _materials(rows: Sequence[Sequence[Any]], file: str, problems: list[KechoError]) -> list[Material]:
    if len(rows) > MOST_ROWS:
        raise KechoError("market_access.too_many_rows", where=Location(file, MATERIALS), most=MOST_ROWS)
    found = []
    for number, row in enumerate(rows[1:], start=2):
        cells = dict(zip(COLUMNS, [*row, *[""] * len(COLUMNS)], strict=False))
        if not str(cells["name"]).strip() and not str(cells["code"]).strip():
            continue
        amounts = {
            field: _number(cells[field], Location(file, MATERIALS, number, "ABCDEFGH"[column]), problems)
            for column, field in enumerate(COLUMNS)
            if field in {"value", "weight_kg", "other_price"}
        }
        if amounts["value"] is None:
            where = Location(file, MATERIALS, number, "D")
            problems.append(KechoError("market_access.bad_material_value", where=where, name=str(cells["name"])))
            continue
        found.append(
            Material(
                str(cells["name"]).strip(),
                _code(cells["code"]),
                str(cells["origin"]).strip().upper(),
                amounts["value"],
                amounts["weight_kg"] or Fraction(0),
                fold(str(cells["is_proven"])) in {"co", "yes", "x", "1", "1 0", "true"},
                str(cells["part_of"]).strip(),
                amounts["other_price"],
            )
        )
    return found


def _code(cell: Any) -> str:
    """Digits of a code; a spreadsheet that made a number of it may have eaten a leading zero."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    digits = "".join(char for char in text if char.isdigit())
    return digits.zfill(len(digits) + 1) if len(digits) in {5, 7, 9} else digits


def _number(cell: Any, where: Location, problems: list[KechoError]) -> Fraction | None:
    if cell is None or not str(cell).strip():
        return None
    text = str(cell).strip().replace(" ", "")
    try:
        number = parse_number(text, "vi", mark=decimal_mark([text])) if isinstance(cell, str) else Decimal(text)
        if not number.is_finite() or abs(number) > 10**13:
            raise InvalidOperation
    except KechoError as refused:
        code = "market_access.bad_amount" if refused.code == "kernel.bad_number" else refused.code
        problems.append(KechoError(code, where=where, name=where.cell, value=text[:30]))
        return None
    except InvalidOperation:
        problems.append(KechoError("market_access.bad_amount", where=where, name=where.cell, value=text[:30]))
        return None
    return Fraction(number)
