"""Write src/kecho/sample/vietnam/: what the reader finds in the statistics office's workbooks from 2012 on, tidy.

    .venv/bin/python tools/make_vietnam_sample.py ../shared/data/gso-monthly

Of their tables the sample holds the six that every workbook has. ``files.csv`` names each workbook with its hash, month
and number of rows; ``rows.csv.gz`` holds the rows, file by file, in the columns of the dry run. The workbooks
themselves are not committed: they are the office's.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from pathlib import Path

from kecho.intake.batch import read_files
from kecho.intake.families import families
from kecho.intake.reading import Reading
from kecho.intake.rows import Row

TARGET = Path(__file__).resolve().parent.parent / "src/kecho/sample/vietnam"
FIRST = "2012"
TABLES = tuple(family.table for family in families() if family.is_core)


def write(readings: list[Reading]) -> None:
    """Both files. The archive carries no time, so the same workbooks give the same bytes."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with (TARGET / "files.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["file", "period", "sha256", "rows"])
        writer.writerows([one.file, one.period, one.sha256, len(one.rows)] for one in readings)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*Row.header(), "note"])
    for reading in readings:
        writer.writerows([*row.values(), row.note] for row in reading.rows)
    (TARGET / "rows.csv.gz").write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))


def main(folder: str) -> None:
    """Read, check that every file went in, write."""
    paths = sorted(path for path in Path(folder).iterdir() if path.suffix in (".xls", ".xlsx") and path.name >= FIRST)
    readings = read_files(paths)
    refused = [reading.file for reading in readings if reading.errors]
    if refused:
        sys.exit(f"Not read: {', '.join(refused)}")
    for reading in readings:
        reading.rows = [row for row in reading.rows if row.table in TABLES]
    write(readings)
    print(f"{len(readings)} workbooks, {sum(len(one.rows) for one in readings)} rows")


if __name__ == "__main__":
    main(sys.argv[1])
