"""A table as a file, written four ways: workbook, CSV for Vietnamese Excel, CSV for machines, JSON.

Nothing in a written file is ever run as a formula by a spreadsheet, whatever the text says.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext

from kecho.kernel.errors import KechoError
from kecho.pages.params import shown

Value = str | Decimal | int | bool | date | datetime | None
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Table:
    """What is downloaded: records under their columns, what stands on the cover, what JSON says about them.

    Column names are codes that do not change with the language. ``cover`` pairs a heading with a sentence.
    """

    title: str
    columns: Sequence[str]
    records: Sequence[Mapping[str, Value]]
    cover: Sequence[tuple[str, str]] = ()
    about: Mapping[str, Any] = field(default_factory=dict)
    records_name: str = "rows"


def machine_csv(table: Table) -> bytes:
    """RFC 4180: commas, CRLF, decimal points, UTF-8 without a mark."""
    return _csv(table, ",", lambda value: format(value, "f")).encode("utf-8")


def vietnamese_csv(table: Table) -> bytes:
    """For Excel under Vietnamese settings: semicolons, decimal commas, UTF-8 with a byte order mark."""
    return _csv(table, ";", lambda value: format(value, "f").replace(".", ",")).encode("utf-8-sig")


def as_json(table: Table) -> bytes:
    """What the table is about and its records; decimals are strings, so that no digit is lost."""
    records = [{name: _plain(record[name]) for name in table.columns} for record in table.records]
    return json.dumps({**table.about, table.records_name: records}, ensure_ascii=False, indent=1).encode("utf-8")


def workbook(table: Table) -> bytes:
    """A cover, the data with true numbers, no merged cells."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    first = book.add_worksheet(gettext("Bìa"))
    first.set_column(0, 0, 28)
    first.set_column(1, 1, 90)
    first.write_string(0, 0, table.title, bold)
    for row, (name, text) in enumerate(table.cover, start=2):
        first.write_string(row, 0, name)
        first.write_string(row, 1, text)
    _data_sheet(book, table, bold)
    book.close()
    return target.getvalue()


FORMS: dict[str, tuple[str, str, Callable[[Table], bytes]]] = {
    "xlsx": (_XLSX, "xlsx", workbook),
    "csv-vn": (_CSV, "csv", vietnamese_csv),
    "csv": (_CSV, "csv", machine_csv),
    "json": ("application/json; charset=utf-8", "json", as_json),
}


def check_form(form: str) -> None:
    """Raises ``pages.bad_choice`` for a form that does not exist."""
    if form not in FORMS:
        raise KechoError("pages.bad_choice", value=shown(form), name=gettext("dạng tệp"), choices=", ".join(FORMS))


def respond(table: Table, form: str, name: str) -> HttpResponse:
    """The table in ``form`` as a file to be saved; ``name`` is plain ASCII without an ending."""
    check_form(form)
    content_type, extension, write = FORMS[form]
    return attachment(write(table), content_type, f"{name}.{extension}")


def attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to be saved; ``name`` is plain ASCII."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _plain(value: Value) -> str | int | bool | None:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def _data_sheet(book: Any, table: Table, bold: Any) -> None:
    sheet = book.add_worksheet(gettext("Số liệu"))
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, name, bold)
    for row, record in enumerate(table.records, start=1):
        for column, name in enumerate(table.columns):
            _write_cell(sheet, row, column, record[name])
    sheet.set_column(0, len(table.columns) - 1, 16)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.records), len(table.columns) - 1)


def _write_cell(sheet: Any, row: int, column: int, value: Value) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, Decimal | int):
        sheet.write_number(row, column, float(value))  # a spreadsheet's numbers are doubles
    elif value:
        sheet.write_string(row, column, str(_plain(value)))


def _csv(table: Table, separator: str, number: Callable[[Decimal], str]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(table.columns)
    for record in table.records:
        writer.writerow([_field(record[name], number) for name in table.columns])
    return out.getvalue()


def _field(value: Value, number: Callable[[Decimal], str]) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe; numbers keep their sign."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number(value)
    text = str(_plain(value))
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA_STARTS) else text
