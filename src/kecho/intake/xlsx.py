"""Sheets of .xlsx: values and merged ranges by calamine, which is fast; styles and errors, which it drops, from XML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from posixpath import join, normpath
from xml.etree import ElementTree

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from kecho.intake.grid import Cell, Merge, Sheet
from kecho.intake.legacy import decode

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb"<c\s([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_ATTRIBUTE = re.compile(rb'([a-z]+)="([^"]*)"')
_VALUE = re.compile(rb"<v[^>/]*>([^<]*)</v>")
_PLACE = re.compile(rb"([A-Z]+)(\d+)")

_Texts = dict[tuple[int, int], str]
_Used = dict[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class _Style:
    font: str = ""
    indent: int = 0
    is_bold: bool = False


def read_sheets(data: bytes) -> Iterator[Sheet]:
    """Every worksheet in the order of the file. Whatever calamine raises on a damaged file goes up to the caller."""
    book = CalamineWorkbook.from_object(BytesIO(data))
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts, styles = _sheet_parts(package), _styles(package)
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            source = book.get_sheet_by_name(meta.name)
            sheet = Sheet(meta.name, is_hidden=meta.visible != SheetVisibleEnum.Visible)
            sheet.merges = [Merge(*start, *end) for start, end in source.merged_cell_ranges or []]
            texts: _Texts = {}
            for row, values in enumerate(source.iter_rows()):
                _take(sheet, texts, row, values)
            used = _used_styles(package, parts.get(meta.name, ""), sheet)
            _finish(sheet, texts, used, styles)
            yield sheet


def _take(sheet: Sheet, texts: _Texts, row: int, values: Sequence[object]) -> None:
    for col, value in enumerate(values):
        if value == "" or value is None:
            continue
        cell = Cell(row, col)
        if isinstance(value, float | int) and not isinstance(value, bool):
            cell.number = float(value)
        else:
            texts[row, col] = str(value)
        sheet.cells[row, col] = cell


def _finish(
    sheet: Sheet, texts: dict[tuple[int, int], str], used: dict[tuple[int, int], int], styles: list[_Style]
) -> None:
    for place, text in texts.items():
        index = used.get(place, 0)
        style = styles[index] if index < len(styles) else _Style()
        cell = sheet.cells[place]
        cell.text, cell.indent, cell.is_bold = decode(text, style.font), style.indent, style.is_bold


def _used_styles(package: zipfile.ZipFile, part: str, sheet: Sheet) -> _Used:
    """The style index of each text cell; errors and formulas that were never computed are put into the sheet."""
    used: _Used = {}
    if not part:
        return used
    for attributes, body in _CELL.findall(package.read(part)):
        if b" t=" not in attributes and b"<f" not in body:
            continue
        found = dict(_ATTRIBUTE.findall(attributes))
        match = _PLACE.fullmatch(found.get(b"r", b""))
        if not match:
            continue
        place = int(match[2]) - 1, _column(match[1])
        used[place] = int(found.get(b"s", b"0"))
        value = _VALUE.search(body)
        if found.get(b"t") == b"e":
            sheet.cells[place] = Cell(*place, error=value[1].decode() if value else "#ERROR")
        elif b"<f" in body and not (value and value[1]) and found.get(b"t") != b"str" and place not in sheet.cells:
            sheet.cells[place] = Cell(*place, error="#FORMULA")
    return used


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name to the part that holds it."""
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - guard checked the file
    targets = {item.get("Id", ""): item.get("Target", "") for item in relations}
    book = ElementTree.fromstring(package.read("xl/workbook.xml"))  # noqa: S314
    names = set(package.namelist())
    parts = {}
    for item in book.iter(f"{_MAIN}sheet"):
        target = targets.get(item.get(_RELATION, ""), "")
        part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        if part in names:
            parts[item.get("name", "")] = part
    return parts


def _styles(package: zipfile.ZipFile) -> list[_Style]:
    """Font, indent and weight by style index."""
    if "xl/styles.xml" not in package.namelist():
        return []
    root = ElementTree.fromstring(package.read("xl/styles.xml"))  # noqa: S314
    fonts = []
    for font in root.iterfind(f"{_MAIN}fonts/{_MAIN}font"):
        name, bold = font.find(f"{_MAIN}name"), font.find(f"{_MAIN}b")
        is_bold = bold is not None and bold.get("val", "1") not in ("0", "false")
        fonts.append((name.get("val", "") if name is not None else "", is_bold))
    styles = []
    for style in root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"):
        alignment = style.find(f"{_MAIN}alignment")
        indent = int(float(alignment.get("indent", "0"))) if alignment is not None else 0
        index = int(style.get("fontId", "0"))
        name_text, is_bold = fonts[index] if index < len(fonts) else ("", False)
        styles.append(_Style(name_text, indent, is_bold))
    return styles
