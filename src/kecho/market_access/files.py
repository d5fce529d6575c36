"""Files of rates, correlations and rules in: rows as they stand, checked line by line, every problem listed."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kecho.kernel.errors import KechoError, Location
from kecho.kernel.text import clean, fold
from kecho.market_access import rates
from kecho.market_access.layouts import Layout

LARGEST = 200 * 2**20  # bytes after unpacking: the whole tariff of Viet Nam has 3 MB
_CODE = re.compile(r"\d{6}|\d{8,10}")


@dataclass(frozen=True, slots=True)
class Line:
    """One national line as the file has it."""

    code: str
    part: str
    row: int
    name_vi: str
    name_en: str
    name_other: str
    unit: str
    printed: dict[str, str]

    @property
    def folded(self) -> str:
        """What a search looks through."""
        return " ".join(filter(None, (fold(self.name_vi), fold(self.name_en), fold(self.name_other))))


@dataclass(frozen=True, slots=True)
class Reading:
    """A file read by a layout: its lines, the rows left out, the cells whose notation is not understood."""

    layout: Layout
    file_name: str
    digest: str
    lines: list[Line]
    left_out: list[KechoError] = field(default_factory=list)
    unread: list[KechoError] = field(default_factory=list)


def read_bytes(path: Path) -> bytes:
    """The file, unpacked where it is ``.gz``. Raises ``market_access.no_file`` or ``file_too_large``."""
    if not path.is_file():
        raise KechoError("market_access.no_file", where=Location(path.name))
    with path.open("rb") as plain:
        packed = plain.read(2) == b"\x1f\x8b"
    with gzip.open(path, "rb") if packed else path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise KechoError("market_access.file_too_large", where=Location(path.name), largest=LARGEST)
    return content


def rows(content: bytes, name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV in UTF-8, cells trimmed at the ends."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise KechoError("market_access.not_utf8", where=Location(name)) from None
    for row in csv.DictReader(io.StringIO(text, newline="")):
        yield {key: (value or "").strip() for key, value in row.items() if key is not None and isinstance(value, str)}


def read_schedule(content: bytes, name: str, layout: Layout) -> Reading:
    """A schedule by its layout. Raises for what makes the whole file useless; lists what concerns one row or cell."""
    table = list(rows(content, name))
    wanted = [*layout.headers.values(), *(one.header for one in layout.columns), *layout.only_where]
    missing = [header for header in wanted if table and header not in table[0]]
    if not table or missing:
        raise KechoError("market_access.missing_columns", where=Location(name), columns=", ".join(missing or wanted))
    found = Reading(layout, name, hashlib.sha256(content).hexdigest(), [])
    seen: Counter[str] = Counter()
    parents = _Parents(layout)
    for number, row in enumerate(table, start=2):
        parents.see(row)
        if any(row[key] != value for key, value in layout.only_where.items()):
            continue
        code = re.sub(r"[.\s]", "", row[layout.headers["code"]])
        if not _CODE.fullmatch(code):
            problem = KechoError("market_access.bad_line_code", where=Location(name, row=number), value=code)
            found.left_out.append(problem)
            continue
        seen[code] += 1
        found.lines.append(_line(row, Place(number, code, seen[code]), found, parents))
    if not found.lines:
        raise KechoError("market_access.no_lines", where=Location(name))
    return found


class Place(NamedTuple):
    """Where a line stands: its row as a spreadsheet shows it, its code, how often the code occurred so far."""

    row: int
    code: str
    times: int


class _Parents:
    """The headings and subheadings above a row, so that "other" is read with what it is other than."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._above: list[dict[str, str]] = []

    def see(self, row: dict[str, str]) -> None:
        """Remember the row where it names what follows."""
        levels = self._layout.parent_levels
        if levels and (level := row[self._layout.parent_column]) in levels:
            self._above = [*self._above[: levels.index(level)], row]

    def full(self, name: str, header: str, code: str) -> str:
        """The name with those above it, "Live horses › Other"."""
        own_code = self._layout.headers["code"]
        above = [row for row in self._above if code.startswith(re.sub(r"[.\s]", "", row[own_code]))]
        names = [clean(row.get(header, "")).rstrip(" :;") for row in above]
        return " › ".join(one for one in [*names, name.rstrip(" :;")] if one)


def _line(row: dict[str, str], place: Place, found: Reading, parents: _Parents) -> Line:
    layout, (number, code, times) = found.layout, place
    printed = {}
    for column in layout.columns:
        cell = row[column.header]
        if not cell:
            continue
        printed[column.header] = cell.split()[0] if column.kind == "category" else cell
        if column.kind != "category":
            _check(cell, column.header, row, number, found)

    def named(key: str) -> str:
        header = layout.headers.get(key, "")
        name = clean(row.get(header, ""))
        return parents.full(name, header, code) if key.startswith("name") and name else name

    part = named("part") or (f"({times})" if times > 1 else "")
    return Line(code, part, number, named("name_vi"), named("name_en"), named("name_other"), named("unit"), printed)


def _check(cell: str, header: str, row: dict[str, str], number: int, found: Reading) -> None:
    try:
        rates.read(cell, found.layout.notation)
    except KechoError as problem:
        where = Location(found.file_name, row=number, column=_letters(row, header))
        found.unread.append(KechoError(problem.code, where=where, **problem.params))


def _letters(row: dict[str, str], header: str) -> str:
    """The column as a spreadsheet program calls it: A, B … Z, AA."""
    number, letters = list(row).index(header) + 1, ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_links(content: bytes, name: str, newer_column: str, older_column: str) -> list[tuple[str, str]]:
    """Pairs of six-digit codes of a correlation, each once, in the file's order."""
    pairs: dict[tuple[str, str], None] = {}
    for number, row in enumerate(rows(content, name), start=2):
        if newer_column not in row or older_column not in row:
            columns = f"{newer_column}, {older_column}"
            raise KechoError("market_access.missing_columns", where=Location(name), columns=columns)
        newer, older = row[newer_column], row[older_column]
        if {newer, older} & {"", "NA", "NULL"}:
            continue
        if not (re.fullmatch(r"\d{6}", newer) and re.fullmatch(r"\d{6}", older)):
            where = Location(name, row=number)
            raise KechoError("market_access.bad_line_code", where=where, value=f"{newer} / {older}")
        pairs[newer, older] = None
    if not pairs:
        raise KechoError("market_access.no_lines", where=Location(name))
    return list(pairs)
