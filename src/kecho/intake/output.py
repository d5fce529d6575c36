"""Rows as text for other programs: what ``kecho import --dry-run`` prints."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from typing import Literal, TextIO

from kecho.intake.rows import Row

Format = Literal["csv", "json"]

#: A spreadsheet program runs a text cell that starts so as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_TEXT_COLUMNS = ("file", "sheet", "label", "breakdown", "unit")


def write_rows(rows: Iterable[Row], stream: TextIO, form: Format) -> int:
    """Write all rows in the given format; the number written."""
    return write_csv(rows, stream) if form == "csv" else write_json(rows, stream)


def write_csv(rows: Iterable[Row], stream: TextIO) -> int:
    """Header and rows, comma-separated, lines ending in a line feed.

    A text that a spreadsheet program would run as a formula is written with an apostrophe before it; values are plain
    decimals and stay as they are. JSON carries every text as it is.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(Row.header())
    text_columns = [Row.header().index(name) for name in _TEXT_COLUMNS]
    count = 0
    for row in rows:
        cells = list(row.values())
        for column in text_columns:
            if cells[column].startswith(_FORMULA_STARTS):
                cells[column] = f"'{cells[column]}"
        writer.writerow(cells)
        count += 1
    return count


def write_json(rows: Iterable[Row], stream: TextIO) -> int:
    """One JSON array, one object a line; values are strings, so that no reader turns them into doubles."""
    count = 0
    stream.write("[")
    for row in rows:
        stream.write(",\n" if count else "\n")
        stream.write(json.dumps(dict(zip(Row.header(), row.values(), strict=True)), ensure_ascii=False))
        count += 1
    stream.write("\n]\n" if count else "]\n")
    return count
