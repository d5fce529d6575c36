"""The report's figures as a workbook: cover, contents, notes, one table a sheet, all numbers tidy, all sources.

Numbers are numbers, each with its printed format; text is always written as text, so nothing that came in with a label
can become a formula or a link.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from kecho.kernel import formats, units
from kecho.publish.model import Cell, CellKind, Report, Row, Source, Table
from kecho.publish.words import say

TEXT_KINDS = (CellKind.MISSING, CellKind.NIL, CellKind.NOT_APPLICABLE)
LONGEST_SHEET_NAME = 31
NARROW, WIDE = 12, 48
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


class _Book:
    """A workbook being written: its formats, made once each, and the sheets so far."""

    def __init__(self, path: Path, report: Report) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book = xlsxwriter.Workbook(str(path), options)
        self.report = report
        self.names: list[str] = []
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.book.set_properties({"title": report.title, "author": report.header.agency})

    def format(self, **properties: Any) -> Any:
        """A cell format; equal ones are made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"font_name": "Times New Roman", "font_size": 11, **properties})
        return self._formats[key]

    def sheet(self, name: str, title: str) -> Worksheet:
        """A new sheet with its title in A1."""
        short = " ".join(name.translate(_FORBIDDEN).split())[:LONGEST_SHEET_NAME]
        while short.casefold() in (known.casefold() for known in self.names):
            short = f"{short[: LONGEST_SHEET_NAME - 3]} {len(self.names)}"
        self.names.append(short)
        sheet = self.book.add_worksheet(short)
        sheet.write_string(0, 0, title, self.format(bold=True, font_size=14))
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        return sheet

    def words(self, name: str, **values: Any) -> str:
        return say(self.report.lang, f"xlsx.{name}", **values)


def render(report: Report, path: Path) -> Path:
    """Write the workbook to ``path`` and return it."""
    book = _Book(path, report)
    cover = book.sheet(book.words("cover"), report.title)
    contents = book.sheet(book.words("contents"), book.words("contents"))
    _notes(book)
    listed = []
    tables = [
        *(block for block in report.blocks if isinstance(block, Table)),
        *(t for a in report.annexes for t in a.tables),
    ]
    for table in tables:
        name = _table_sheet(book, table)
        listed.append((name, table.caption))
    _tidy(book, tables)
    listed.append((book.names[-1], book.words("tidy_title")))
    _sources(book)
    listed.append((book.names[-1], book.words("sources_title")))
    _cover(book, cover)
    _contents(book, contents, listed)
    cover.activate()
    book.book.close()
    return path


def _cover(book: _Book, sheet: Worksheet) -> None:
    report = book.report
    known_on = formats.date_text(report.as_of, report.lang) if report.as_of else book.words("latest")
    lines = [
        (book.words("agency"), report.header.agency.replace("\n", " ")),
        (book.words("locality"), f"{report.locality_name} ({report.locality})"),
        (book.words("period"), formats.period(report.period, report.lang)),
        (book.words("known_on"), known_on),
        (book.words("state"), book.words("draft")),
    ]
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 80)
    for index, (name, value) in enumerate(lines, start=2):
        sheet.write_string(index, 0, name, book.format(bold=True))
        sheet.write_string(index, 1, value, book.format(text_wrap=True))
    for index, line in enumerate(report.legend, start=len(lines) + 3):
        sheet.write_string(index, 0, line, book.format())


def _contents(book: _Book, sheet: Worksheet, listed: list[tuple[str, str]]) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    for index, (name, title) in enumerate(listed, start=2):
        sheet.write_url(index, 0, f"internal:'{name}'!A1", book.format(font_color="#0B3C6F", underline=1), name)
        sheet.write_string(index, 1, title, book.format())


def _notes(book: _Book) -> None:
    sheet = book.sheet(book.words("notes"), book.words("notes"))
    sheet.set_column(0, 0, 110)
    lines = [*book.report.legend, book.words("note_missing"), book.words("note_nil"), book.words("note_stage")]
    for index, line in enumerate(lines, start=2):
        sheet.write_string(index, 0, line, book.format(text_wrap=True))


def _table_sheet(book: _Book, table: Table) -> str:
    """One table: title, unit line, then a marked-up table without merged cells."""
    sheet = book.sheet(table.caption, table.caption)
    if table.unit_line:
        sheet.write_string(1, 0, table.unit_line, book.format(italic=True))
    top = 3
    _grid(book, sheet, top, headers=_headers(table), rows=[row.cells for row in table.rows], levels=table.rows)
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, WIDE if column.align == "left" else NARROW)
    after = top + len(table.rows) + 2
    for index, line in enumerate((*table.footnotes, table.source_line)):
        sheet.write_string(after + index, 0, line, book.format(italic=True))
    return book.names[-1]


def _headers(table: Table) -> list[str]:
    """Column titles, a group's title before its own; made different where two are equal, as a table needs."""
    found: list[str] = []
    for column in table.columns:
        title = f"{column.group} - {column.title}" if column.group else column.title
        while title in found:
            title += " *"
        found.append(title)
    return found


def _grid(
    book: _Book,
    sheet: Worksheet,
    top: int,
    *,
    headers: list[str],
    rows: Sequence[Sequence[Cell]],
    levels: Sequence[Row] | None = None,
) -> None:
    """A marked-up table from row ``top`` on, its header frozen and repeated in print."""
    last = top + max(1, len(rows))
    head = book.format(bold=True, text_wrap=True, align="center", valign="vcenter", border=1)
    columns = [{"header": title, "header_format": head} for title in headers]
    sheet.add_table(top, 0, last, len(headers) - 1, {"columns": columns, "style": None, "autofilter": False})
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    for index, cells in enumerate(rows, start=top + 1):
        row = levels[index - top - 1] if levels else None
        for at, cell in enumerate(cells):
            _write(book, sheet, (index, at), cell, row)


def _write(book: _Book, sheet: Worksheet, place: tuple[int, int], cell: Cell, row: Row | None) -> None:
    index, at = place
    style: dict[str, Any] = {"bold": True} if row and row.is_total else {}
    if cell.value is not None:
        places = cell.decimals or 0
        number = "#,##0" + ("." + "0" * places if places else "")
        mark = f'"{cell.mark}"' if cell.mark else ""
        sheet.write_number(index, at, float(cell.value), book.format(num_format=f"{number}{mark}", **style))
    elif cell.kind in TEXT_KINDS:
        sheet.write_string(index, at, cell.text, book.format(align="right", **style))
    else:
        is_name = row is not None and at == _name_at(row)
        indent = {"indent": row.level} if is_name and row and row.level else {}
        sheet.write_string(index, at, cell.text, book.format(text_wrap=True, valign="top", **indent, **style))


def _name_at(row: Row) -> int:
    """The first cell of words longer than an order number."""
    return next((at for at, cell in enumerate(row.cells) if cell.kind is CellKind.TEXT and len(cell.text) > 4), 0)


def _tidy(book: _Book, tables: Sequence[Table]) -> None:
    sheet = book.sheet(book.words("tidy"), book.words("tidy_title"))
    headers = book.words("tidy_columns").split("|")
    _grid(book, sheet, 2, headers=headers, rows=list(_tidy_rows(tables)))
    for at, width in enumerate((14, WIDE, 16, 34, 16, 6, 20)):
        sheet.set_column(at, at, width)


def _tidy_rows(tables: Sequence[Table]) -> Iterator[list[Cell]]:
    """One row a number: table, row, unit, column, value, mark, observations."""
    for table in tables:
        headers = _headers(table)
        for row in table.rows:
            name = row.cells[_name_at(row)].text
            unit = next(
                (c.text for c, k in zip(row.cells, table.columns, strict=True) if k.title in ("ĐVT", "Unit")), ""
            )
            for cell, header in zip(row.cells, headers, strict=True):
                if cell.value is not None:
                    refs = " ".join(str(ref) for ref in cell.refs)
                    value = Cell("", CellKind.NUMBER, cell.value, cell.decimals)
                    yield [Cell(table.key), Cell(name), Cell(unit), Cell(header), value, Cell(cell.mark), Cell(refs)]


def _sources(book: _Book) -> None:
    sheet = book.sheet(book.words("sources"), book.words("sources_title"))
    headers = book.words("sources_columns").split("|")
    lang = book.report.lang
    _grid(book, sheet, 2, headers=headers, rows=[_source_cells(source, lang) for source in book.report.sources])
    for at, width in enumerate((6, 12, 24, WIDE, 12, 18, 16, 18, 24, 18, 10, 14, 14, 34, 10, 10, 30)):
        sheet.set_column(at, at, width)


def _source_cells(source: Source, lang: str) -> list[Cell]:
    """All that is known of one observation; its value with every stored digit."""
    yes = {True: "x", False: ""}
    day = formats.date_text(source.published_on, lang) if source.published_on else ""
    decimals = max(0, -int(source.value.as_tuple().exponent)) if source.value is not None else 0
    value = Cell(source.text) if source.value is None else Cell("", CellKind.NUMBER, source.value, decimals)
    words = [source.file, source.sheet, source.cell, day, say(lang, f"stage.{source.stage}"), source.release]
    return [
        Cell("", CellKind.NUMBER, Decimal(source.note), 0),
        Cell("", CellKind.NUMBER, Decimal(source.observation), 0),
        *(Cell(text) for text in (source.indicator, source.label, source.measure, source.period)),
        value,
        Cell(units.symbol(source.unit, lang)),
        *(Cell(text) for text in words),
        Cell(yes[source.is_derived]),
        Cell(yes[source.is_fictional]),
        Cell(source.remark),
    ]
