"""What a file that just arrived is: a tidy CSV, a workbook of the statistics office, or a department's own tables."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from kecho.intake import sdmx, tidy_fields
from kecho.intake.own.sources import Encoding
from kecho.intake.own.survey import Survey, survey_file
from kecho.intake.reader import read_file
from kecho.intake.reading import Reading
from kecho.intake.workbook import read_workbook
from kecho.kernel.errors import KechoErrors
from kecho.kernel.text import fold

#: A workbook of the statistics office holds most of the six kinds of table; a department's own file one, rarely two.
KINDS_OF_A_WORKBOOK = 4


@dataclass(slots=True)
class Inspection(Reading):
    """What was found. ``kind`` is ``own``, then ``survey`` shows its tables, or that of a file without need of one."""

    kind: str = "own"
    survey: Survey | None = None


def inspect_file(path: Path, encoding: Encoding = Encoding.AUTO) -> Inspection:
    """Look at one file. Raises KechoError where it cannot be read, or holds no table."""
    if path.suffix.lower() == ".xml" or (path.suffix.lower() == ".csv" and sdmx.is_sdmx_csv(path)):
        return _known("sdmx", sdmx.read_sdmx(path))
    if path.suffix.lower() == ".csv" and is_tidy(path):
        return _known("tidy", read_file(path))
    if path.suffix.lower() in (".xls", ".xlsx"):
        reading = read_workbook(path)
        if len({table.table for table in reading.tables}) >= KINDS_OF_A_WORKBOOK:
            return _known("workbook", reading)
    survey = survey_file(path, encoding)
    return Inspection(survey.file, survey.sha256, survey.period, notes=survey.notes, survey=survey)


def is_tidy(path: Path) -> bool:
    """Whether the first line is the header of the tidy CSV, with every column that must be there."""
    required = {column.code for column in tidy_fields.columns().values() if column.is_required}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            first = stream.readline(10_000)
            if first.strip().strip('"').lower().startswith("sep="):
                first = stream.readline(10_000)
    except (OSError, UnicodeDecodeError):
        return False
    names = next(csv.reader([first], delimiter=";" if ";" in first else ","), [])
    found = {column.code for name in names if (column := tidy_fields.columns().get(fold(name)))}
    return required <= found


def _known(kind: str, reading: Reading) -> Inspection:
    if reading.errors:
        raise KechoErrors(reading.errors)
    return Inspection(
        reading.file, reading.sha256, reading.period, reading.rows, reading.skipped, reading.unrecognised,
        reading.tables, kind=kind, notes=reading.notes,
    )  # fmt: skip
