"""How much a sheet of an .xlsx really holds: a million rows without a value must cost nothing further on.

Looks at the sheet's text with patterns, without building a tree: parsers that do make an object for each cell, used or
not.
"""

from __future__ import annotations

import html
import re
import zipfile

from kecho.intake import limits
from kecho.kernel.errors import KechoError, Location

_ROW = b"<row"
_EMPTY_ROW = re.compile(rb'<row\s[^>]*?\br="\d+"[^>]*?(?:/>|>(?:<c\b[^>]*?(?:/>|></c>)|\s)*</row>)')
_UNNUMBERED_ROW = re.compile(rb'<row(?![^>]*\sr="\d)[\s/>]')
_VALUE = b"<v"
_NUMBERED_ROW = re.compile(rb'<row\s[^>]*?\br="(\d+)"')
_FILLED = re.compile(rb'<c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(?!</c>)')
_WIDE_PLACE = re.compile(rb'<c\s[^>]*?\br="[A-Z]{3}\d')
_MERGE = re.compile(rb'<mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_SHEET = re.compile(r'<(?:\w+:)?sheet\s[^>]*?\bname="([^"]*)"[^>]*?\b\w+:id="([^"]*)"')
_LINK = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r'\b(Id|Target)="([^"]*)"')


class Sheets:
    """The sheets of one workbook, judged part by part as they are unpacked."""

    def __init__(self, archive: zipfile.ZipFile, where: Location) -> None:
        self.where = where
        self.titles = _titles(archive)

    def check(self, name: str, part: bytes) -> bytes | None:
        """The part without its empty rows where it has very many rows; None where it may stay as it is.

        Raises ``intake.sheet_too_large`` or ``intake.merge_too_large`` for what no parser can hold.
        """
        if b"worksheet" not in part[:4096]:
            return None
        where = Location(file=self.where.file, sheet=self.titles.get(name, name[:80]))
        for left, top, right, bottom in _MERGE.findall(part):
            cells = (abs(_column(right) - _column(left)) + 1) * (abs(int(bottom) - int(top)) + 1)
            if cells > limits.MERGED_CELLS:
                place = Location(file=where.file, sheet=where.sheet, row=int(top), column=left.decode())
                raise KechoError("intake.merge_too_large", where=place, cells=cells, limit=limits.MERGED_CELLS)
        filled = part.count(_VALUE)
        if filled > limits.FILLED_CELLS:
            raise KechoError("intake.sheet_too_large", where=where, cells=filled, limit=limits.FILLED_CELLS)
        shorter = None
        if part.count(_ROW) > limits.TRIM_ROWS and not _UNNUMBERED_ROW.search(part):
            shorter = _EMPTY_ROW.sub(b"", part)  # without numbers the rows left over would move up
        self._refuse_far_cells(part if shorter is None else shorter, where)
        return shorter

    def _refuse_far_cells(self, part: bytes, where: Location) -> None:
        """Parsers that keep a sheet as a full rectangle cannot hold one with a value in its far corner."""
        last = _NUMBERED_ROW.search(part, max(part.rfind(_ROW + b" "), 0))
        if not (last and int(last[1]) > limits.TRIM_ROWS) and not _WIDE_PLACE.search(part):
            return
        places = [(int(row), _column(letters), letters) for letters, row in _FILLED.findall(part)]
        rows = max((row for row, _, _ in places), default=0)
        columns, letters = max(((column, letters) for _, column, letters in places), default=(0, b""))
        if rows * columns > limits.USED_AREA:
            corner = Location(file=where.file, sheet=where.sheet, row=rows, column=letters.decode())
            raise KechoError("intake.sheet_too_wide", where=corner, rows=rows, columns=columns)


def _column(letters: bytes) -> int:
    """``A`` is 1, ``XFD`` is 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _titles(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part name -> the sheet's name as the tab shows it; empty where the workbook does not say.

    Read by pattern: the names serve messages only, and no parser proper has been let near the file yet.
    """
    try:
        book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return {}
    relations = [dict(_ATTRIBUTE.findall(link)) for link in _LINK.findall(links)]
    targets = {link["Id"]: link["Target"] for link in relations if len(link) == 2}
    return {_part(targets[key]): html.unescape(name) for name, key in _SHEET.findall(book) if key in targets}


def _part(target: str) -> str:
    """A relation's target as a part name: ``worksheets/sheet1.xml`` -> ``xl/worksheets/sheet1.xml``."""
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
