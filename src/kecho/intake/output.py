"""Rows as text for other programs: what ``kecho import --dry-run`` prints."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TextIO

from kecho.intake.rows import Row

Format = Literal["csv", "json"]

#: A spreadsheet program runs a text cell that starts so as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-|-?\d+(?:\.\d+)?", re.ASCII)  # a lone "-" is the sign of nil


def write_rows(rows: Iterable[Row], stream: TextIO, form: Format) -> None:
    """The dry run: all rows under ``Row.header()``."""
    if form == "csv":
        write_table(Row.header(), (row.values() for row in rows), stream)
    else:
        write_objects((dict(zip(Row.header(), row.values(), strict=True)) for row in rows), stream)


def write_table(header: Sequence[str], records: Iterable[Iterable[str]], stream: TextIO) -> None:
    """CSV: header and records, commas, lines ending in a line feed.

    A text that a spreadsheet program would run as a formula is written with an apostrophe before it. Numbers stay as
    they are; JSON carries every text as it is.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_harmless(cell) for cell in record] for record in records)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(cell) else cell


def write_objects(objects: Iterable[Mapping[str, Any]], stream: TextIO) -> None:
    """One JSON array, one object a line. Figures are strings, so that no reader turns them into doubles."""
    start = "["
    for item in objects:
        stream.write(f"{start}\n{json.dumps(item, ensure_ascii=False)}")
        start = ","
    stream.write("[]\n" if start == "[" else "\n]\n")
