"""A department's own figures from a tidy CSV: one value a row, all problems of the file listed at once.

The separator declares the decimal mark: commas between fields go with decimal points, semicolons (as Vietnamese Excel
saves) with decimal commas. The file is streamed. A file with any problem is refused whole.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from kecho.intake import grid, limits, tidy_fields
from kecho.intake.guard import Kind, open_checked
from kecho.intake.reading import Reading
from kecho.intake.rows import Row
from kecho.kernel.errors import KechoError, Location
from kecho.kernel.periods import Period
from kecho.kernel.text import fold

#: The ``table`` of rows that come from a tidy CSV.
TABLE = "tidy"
#: Problems kept with their place; further ones of the same file are counted.
LISTED_ERRORS = 1000

_DIRECTIVE = re.compile(r'"?sep=([;,])"?\s*', re.IGNORECASE)
_fold = lru_cache(maxsize=65536)(fold)
column_letters = lru_cache(maxsize=1024)(grid.column_letters)


def read_csv(path: Path | str) -> Reading:
    """The file's rows, or all of its problems (``errors``, and then no row at all).

    Raises KechoError where the file is no CSV at all; docs/reference/tidy-csv.md has the header and the words.
    """
    checked = open_checked(path)
    where = Location(file=checked.name)
    if checked.kind is not Kind.CSV:
        raise KechoError("intake.wrong_extension", where=where, extension=".csv", found=f".{checked.kind}")
    table = _Table(where)
    with checked.path.open("rb") as stream:
        table.read(stream)
    return table.reading(checked.sha256)


def _lines(stream: BinaryIO, where: Location) -> Iterator[str]:
    """The lines as text. Raises ``intake.csv_not_utf8`` at the first line that is none."""
    for number, line in enumerate(stream, 1):
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            raise KechoError("intake.csv_not_utf8", where=Location(file=where.file, row=number)) from None
        yield text.removeprefix("\ufeff") if number == 1 else text


@dataclass(slots=True)
class _Table:
    """What has been read of one file so far.

    ``row`` counts as Excel shows it: a quoted cell with a line break stays one row. ``at`` tells which column holds a
    field; an optional field without a column is at -1, where every parsed row ends in "". ``seen`` maps the hash of
    what identifies a figure to its row; two of a million 64-bit hashes meet by chance once in some 40 million files.
    """

    where: Location
    row: int = 0
    mark: tidy_fields.Mark = "."
    at: dict[str, int] = field(default_factory=dict)
    parsers: list[Callable[[str], Any]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    errors: list[KechoError] = field(default_factory=list)
    unlisted: int = 0
    seen: dict[int, int] = field(default_factory=dict)

    def read(self, stream: BinaryIO) -> None:
        """The whole file; stops where going on makes no sense (header, encoding, quotes, too many rows)."""
        lines = _lines(stream, self.where)
        try:
            first = next(lines, "")
            directive = _DIRECTIVE.fullmatch(first)
            if directive:
                self.row = 1
                first = next(lines, "")
            separator = directive[1] if directive else (";" if ";" in first else ",")
            self.mark = "," if separator == ";" else "."
            for record in csv.reader(chain([first], lines), delimiter=separator, strict=True):
                self.row += 1
                if not self.at:
                    self.take_header(record)
                elif any(map(str.strip, record)):
                    self.take(record)
        except csv.Error as problem:
            self.row += 1
            self.refuse("", "intake.csv_broken", detail=str(problem)[:80])
        except KechoError as problem:
            self.errors.append(problem)

    def take_header(self, record: list[str]) -> None:
        """Find the columns. Raises once the header's problems are listed: without one, no row means anything."""
        known = tidy_fields.columns()
        found = []
        for index, name in enumerate(record):
            column = known.get(fold(name))
            if column is None:
                self.refuse(column_letters(index), "intake.csv_unknown_column", value=tidy_fields.shown(name))
            elif column.code in found:
                self.refuse(column_letters(index), "intake.csv_column_twice", value=column.code)
            found.append(column.code if column else "")
        for column in dict.fromkeys(known.values()):
            if column.is_required and column.code not in found:
                self.refuse("", "intake.csv_missing_column", value=" / ".join(column.names))
        if self.errors:
            place = Location(file=self.where.file, row=self.row)
            raise KechoError("intake.csv_bad_header", where=place)
        self.at = {column.code: -1 for column in known.values()} | {code: index for index, code in enumerate(found)}
        self.parsers = [
            partial(tidy_fields.value, self.mark) if c == "value" else tidy_fields.PARSERS[c] for c in found
        ]

    def take(self, record: list[str]) -> None:
        """One row, if every cell of it is sound."""
        width = len(self.parsers)
        if self.row > limits.CSV_ROWS:
            raise KechoError("intake.csv_too_many_rows", where=self.where, limit=limits.CSV_ROWS)
        if len(record) > width:
            self.refuse(column_letters(width), "intake.csv_too_many_cells", count=len(record), expected=width)
            return
        record += [""] * (width - len(record))
        try:
            cells = [parse(cell) for parse, cell in zip(self.parsers, record, strict=True)]
            locality = tidy_fields.place(record[self.at["locality"]], record[self.at["period"]])
        except KechoError:
            self.refuse_cells(record)
        else:
            self.add([*cells, ""], locality)

    def refuse_cells(self, record: list[str]) -> None:
        """List every problem of a row, not only the first."""
        sound = set()
        for code, index in self.at.items():
            if index < 0:
                continue
            try:
                self.parsers[index](record[index])
                sound.add(code)
            except KechoError as problem:
                self.refuse(column_letters(index), problem.code, **problem.params)
        if {"locality", "period"} <= sound:
            try:
                tidy_fields.place(record[self.at["locality"]], record[self.at["period"]])
            except KechoError as problem:
                self.refuse(self.letters("locality"), problem.code, **problem.params)

    def add(self, cells: list[Any], locality: str) -> None:
        """The row itself; a figure given twice is a problem."""
        at = self.at
        note, source = cells[at["note"]], cells[at["source"]]
        row = Row(
            file=self.where.file,
            sheet="",
            cell=f"{self.letters('value')}{self.row}",
            table=TABLE,
            indicator=cells[at["indicator"]],
            label=cells[at["label"]],
            breakdown=cells[at["breakdown"]],
            locality=locality,
            period=cells[at["period"]],
            measure=cells[at["measure"]],
            value=cells[at["value"]],
            unit=cells[at["unit"]],
            stage=cells[at["stage"]],
            note=f"{note}; {source}" if note and source else note or source,
        )
        key = (
            row.indicator,
            _fold(row.label),
            _fold(row.breakdown),
            locality,
            row.period,
            row.measure,
            _fold(row.unit),
        )
        first = self.seen.setdefault(hash(key), self.row)
        if first != self.row:
            self.refuse(self.letters("value"), "intake.csv_row_twice", first=first)
        else:
            self.rows.append(row)

    def letters(self, code: str) -> str:
        """The column of a field, as Excel names it."""
        return column_letters(self.at[code])

    def refuse(self, column: str, code: str, /, **params: Any) -> None:
        """Put a problem on the list, at the present row."""
        if len(self.errors) >= LISTED_ERRORS:
            self.unlisted += 1
            return
        place = Location(file=self.where.file, row=self.row, column=column)
        self.errors.append(KechoError(code, where=place, **params))

    def reading(self, sha256: str) -> Reading:
        """Rows or problems, never both. The reference month is the last month that any figure covers."""
        if not (self.errors or self.rows):
            self.errors.append(KechoError("intake.csv_no_rows", where=self.where))
        if self.unlisted:
            self.errors.append(KechoError("intake.csv_more_errors", where=self.where, count=self.unlisted))
        if self.errors:
            return Reading(self.where.file, sha256, errors=self.errors)
        last = max((Period.parse(code).end for code in {row.period for row in self.rows}), default=0)
        month = Period(last - 1, last).code if last else ""
        return Reading(self.where.file, sha256, month, rows=self.rows)
