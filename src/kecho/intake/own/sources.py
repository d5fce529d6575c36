"""The sheets of any .xlsx, .xls or .csv, decoded, and what decoding changed, for people to look at."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from python_calamine import CalamineWorkbook

from kecho.intake import limits, xls, xlsx
from kecho.intake.figures import is_number_text
from kecho.intake.grid import Cell, Sheet
from kecho.intake.guard import Checked, Kind, open_checked
from kecho.intake.legacy import decode
from kecho.kernel.errors import KechoError, Location
from kecho.kernel.text import clean

#: Widest sheet that is looked at; the widest real workbook uses column DO (119).
WIDEST = 1_000
#: Changed cells that are shown; the rest are counted.
SHOWN_CHANGES = 40
_CSV_BYTES = 64 * limits.MEBIBYTE
_SEPARATORS = ";,\t|"


class Encoding(StrEnum):
    """How the text of a file is stored. ``auto`` judges for itself; VNI in a CSV has no font that betrays it."""

    AUTO = "auto"
    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"


@dataclass(frozen=True, slots=True)
class Change:
    """One cell whose text was decoded: as stored, and as read."""

    sheet: str
    cell: str
    before: str
    after: str


@dataclass(slots=True)
class Source:
    """A file's sheets, hidden ones left out, and what decoding did."""

    checked: Checked
    sheets: list[Sheet] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    changed: int = 0
    encoding: str = "UTF-8"


def open_source(path: Path, encoding: Encoding = Encoding.AUTO) -> Source:
    """Read the file. Raises KechoError as the guard does, ``intake.own_too_wide``, ``intake.csv_broken``."""
    checked = open_checked(path)
    source = Source(checked)
    if checked.kind is Kind.CSV:
        _read_csv(source, encoding)
    else:
        reader = xls if checked.kind is Kind.XLS else xlsx
        source.sheets = [sheet for sheet in reader.read_sheets(checked.data) if not sheet.is_hidden]
        _compare(source)
    for sheet in source.sheets:
        widest = max((col for _, col in sheet.cells), default=0) + 1
        if widest > WIDEST:
            where = Location(checked.name, sheet.name)
            raise KechoError("intake.own_too_wide", where=where, count=widest, limit=WIDEST)
    return source


def _compare(source: Source) -> None:
    """What the workbook stores beside what was read of it."""
    book = CalamineWorkbook.from_object(io.BytesIO(source.checked.data))
    for sheet in source.sheets:
        for row, values in enumerate(book.get_sheet_by_name(sheet.name).iter_rows()):
            for col, value in enumerate(values):
                if isinstance(value, str) and value and not value.isascii():
                    cell = sheet.at(row, col)
                    if cell is not None and cell.text:
                        _note(source, sheet.name, cell, value)
    source.encoding = "TCVN3/VNI + Unicode" if source.changed else "Unicode"


def _note(source: Source, sheet: str, cell: Cell, before: str) -> None:
    if clean(before) == clean(cell.text):
        return
    source.changed += 1
    if len(source.changes) < SHOWN_CHANGES:
        source.changes.append(Change(sheet, cell.address, clean(before)[:120], clean(cell.text)[:120]))


# ---- CSV of any separator and encoding


def _read_csv(source: Source, encoding: Encoding) -> None:
    """One sheet without a name. The separator is the one that parts the most lines alike."""
    where = Location(source.checked.name)
    data = source.checked.path.read_bytes()
    if len(data) > _CSV_BYTES:
        size, limit = len(data) // limits.MEBIBYTE, _CSV_BYTES // limits.MEBIBYTE
        raise KechoError("intake.file_too_large", where=where, size=size, limit=limit)
    text, source.encoding = _text(data, encoding)
    font = {Encoding.TCVN3: ".VnTime", Encoding.VNI: "VNI-Times"}.get(encoding, "")
    is_legacy = source.encoding not in ("UTF-8", "UTF-16") or bool(font)
    sheet = Sheet("")
    lines = text.splitlines()
    if lines and lines[0].strip('"').lower().startswith("sep="):
        lines[0] = ""
    separator = _separator(lines)
    try:
        for row, record in enumerate(csv.reader(io.StringIO("\n".join(lines)), delimiter=separator)):
            if row >= limits.CSV_ROWS:
                raise KechoError("intake.csv_too_many_rows", where=where, limit=limits.CSV_ROWS)
            for col, value in enumerate(record):
                if value.strip():
                    sheet.cells[row, col] = cell = _cell(row, col, value, font, is_legacy=is_legacy)
                    if cell.text:
                        _note(source, "", cell, value)
    except csv.Error as problem:
        raise KechoError("intake.csv_broken", where=where, detail=str(problem)[:80]) from None
    source.sheets.append(sheet)


def _text(data: bytes, encoding: Encoding) -> tuple[str, str]:
    """The bytes as text and what they were stored in. What is no UTF is of one byte a letter: TCVN3, VNI or Latin-1."""
    if encoding in (Encoding.AUTO, Encoding.UNICODE):
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16", "replace"), "UTF-16"
        try:
            return data.decode("utf-8-sig"), "UTF-8"
        except UnicodeDecodeError:
            pass
    return data.decode("latin-1"), "VNI" if encoding is Encoding.VNI else "TCVN3"


def _separator(lines: list[str]) -> str:
    counts = {mark: [line.count(mark) for line in lines[:50] if line.strip()] for mark in _SEPARATORS}
    return max(_SEPARATORS, key=lambda mark: sum(count > 0 for count in counts[mark]) * 1000 + sum(counts[mark]))


def _cell(row: int, col: int, value: str, font: str, *, is_legacy: bool) -> Cell:
    """Numbers stay text here: how they are written, only their column can tell (``figures.read_figure``)."""
    bare = value.strip()
    if bare.isascii() and bare.isdigit() and len(bare) < 16:
        return Cell(row, col, number=float(bare))
    if is_number_text(bare) or not is_legacy:
        return Cell(row, col, text=decode(value) if not bare.isascii() else value)
    return Cell(row, col, text=decode(value, font))


def texts(sheet: Sheet, rows: list[int], columns: list[int]) -> Iterator[list[str]]:
    """The cells of some rows as people read them, for a preview."""
    for row in rows:
        cells = [sheet.covering(row, col) for col in columns]
        yield ["" if cell is None else shown(cell) for cell in cells]


def shown(cell: Cell) -> str:
    """One cell as text, short."""
    return clean(cell.text)[:80] or cell.error or ("" if cell.number is None else f"{cell.number:.15g}")
