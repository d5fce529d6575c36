"""Sheets of the old .xls format (Excel 5 to 2003), through xlrd: it alone tells the font of every run of text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import xlrd
from xlrd.book import Book
from xlrd.formatting import XF
from xlrd.sheet import Sheet as XlrdSheet

from kecho.intake.grid import Cell, Merge, Sheet
from kecho.intake.legacy import decode_runs


def read_sheets(data: bytes) -> Iterator[Sheet]:
    """Every sheet in the order of the file. Whatever xlrd raises on a damaged file goes up to the caller."""
    with (
        Path(os.devnull).open("w", encoding="utf-8") as silence,
        xlrd.open_workbook(file_contents=data, formatting_info=True, on_demand=True, logfile=silence) as book,
    ):
        for index in range(book.nsheets):
            yield _sheet(book, book.sheet_by_index(index))
            book.unload_sheet(index)


def _sheet(book: Book, source: XlrdSheet) -> Sheet:
    sheet = Sheet(source.name, is_hidden=source.visibility != 0)
    sheet.merges = [Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in source.merged_cells]
    for row in range(source.nrows):
        for col, kind in enumerate(source.row_types(row)):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            sheet.cells[row, col] = _cell(book, source, row, col)
    return sheet


def _cell(book: Book, source: XlrdSheet, row: int, col: int) -> Cell:
    kind, value = source.cell_type(row, col), source.cell_value(row, col)
    cell = Cell(row, col)
    if kind == xlrd.XL_CELL_TEXT:
        style: XF = book.xf_list[source.cell_xf_index(row, col)]
        font = book.font_list[style.font_index]
        cell.text = decode_runs(_runs(book, value, font.name, source.rich_text_runlist_map.get((row, col), [])))
        cell.indent, cell.is_bold = style.alignment.indent_level, bool(font.bold)
    elif kind == xlrd.XL_CELL_ERROR:
        cell.error = xlrd.error_text_from_code.get(value, "#ERROR")
    elif kind == xlrd.XL_CELL_BOOLEAN:
        cell.text = "TRUE" if value else "FALSE"
    elif kind == xlrd.XL_CELL_DATE:
        cell.text = str(xlrd.xldate_as_datetime(value, book.datemode).date())
    else:
        cell.number = value
    return cell


def _runs(book: Book, text: str, first_font: str, marks: list[tuple[int, int]]) -> list[tuple[str, str]]:
    """The text cut where its font changes: ``marks`` holds (offset, font index) of every later run."""
    runs, start, font = [], 0, first_font
    for offset, index in marks:
        runs.append((text[start:offset], font))
        start, font = offset, book.font_list[index].name
    return [*runs, (text[start:], font)]
