"""The workbook reader against cells that a person read.

Three files were written by eye from workbooks of all years, without looking at the reader: ``golden_cells.csv`` (what
a cell means), ``golden_not_data.csv`` (numbers that are no figure of a table),
``golden_tables.csv`` (what a sheet is: one table or two).
``why`` says where a judgement was needed. Two measures parted by ``|`` are both right: in December the index against
last December is also the index against the same month, in January it is also the one against the previous month.
Values, cells, tables, periods and measures must agree exactly; labels, parents, units and stages by their folded text.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from kecho.intake.reading import Reading
from kecho.intake.rows import Row
from kecho.intake.workbook import read_workbook
from kecho.kernel.periods import Period
from kecho.kernel.text import fold

HERE = Path(__file__).parent
PRINTED_FORMS = re.compile(r"\d{4}(-\d\d|-Q[1-4])?|\d{4}-\d\d/\d{4}-\d\d")
EXACT = ("table", "indicator", "locality", "value")
FOLDED = ("label", "breakdown", "unit", "stage")

Golden = dict[str, str]


def golden(name: str) -> dict[str, list[Golden]]:
    """The lines of a golden file, by workbook."""
    by_file: dict[str, list[Golden]] = defaultdict(list)
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            by_file[line["file"]].append(line)
    return by_file


CELLS = golden("golden_cells.csv")
NOT_DATA = golden("golden_not_data.csv")
TABLES = golden("golden_tables.csv")
DECLARED = golden("golden_declared.csv")


@cache
def reading(path: Path) -> Reading:
    """One workbook, read once for all tests here."""
    return read_workbook(path)


@cache
def rows_by_cell(path: Path) -> dict[tuple[str, str], list[Row]]:
    """The rows of a workbook by sheet and cell."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in reading(path).rows:
        found[row.sheet, row.cell].append(row)
    return dict(found)


def differences(expected: Golden, row: Row) -> list[str]:
    """What a row says otherwise than the golden line, field by field."""
    got = {name: str(getattr(row, name)) for name in Row.header()}
    wrong = [name for name in EXACT if got[name] != expected[name]]
    wrong += [name for name in FOLDED if path_key(got[name]) != path_key(expected[name])]
    if got["measure"] not in expected["measure"].split("|"):
        wrong.append("measure")
    if not PRINTED_FORMS.fullmatch(got["period"]) or Period.parse(got["period"]) != Period.parse(expected["period"]):
        wrong.append("period")
    return [f"{name}: {got[name]!r}, expected {expected[name]!r}" for name in wrong]


def path_key(text: str) -> list[str]:
    """Folded steps of a label path; a text without " > " is one step."""
    return [fold(step) for step in text.split(" > ")]


def complaints(expected: list[Golden], path: Path) -> list[str]:
    """One readable line for each golden cell that the reader gets wrong, leaves out or yields twice."""
    lines = []
    for line in expected:
        where = f"{line['file']} [{line['sheet']}] {line['cell']} ({line['label']})"
        rows = rows_by_cell(path).get((line["sheet"], line["cell"]), [])
        if len(rows) != 1:
            skipped = [
                item.reason
                for item in reading(path).skipped
                if (item.sheet, item.cell) == (line["sheet"], line["cell"])
            ]
            lines.append(f"{where}: {len(rows)} rows {', '.join(skipped)}".rstrip())
            continue
        lines += [f"{where}: {text}" for text in differences(line, rows[0])]
    return lines


@pytest.mark.shared
@pytest.mark.parametrize("file", CELLS)
def test_the_reader_says_what_the_eye_read(file: str, shared: Path) -> None:
    found = complaints(CELLS[file], shared / "gso-monthly" / file)
    assert not found, "\n" + "\n".join(found)


@pytest.mark.shared
@pytest.mark.parametrize("file", NOT_DATA)
def test_numbers_outside_the_tables_yield_no_row(file: str, shared: Path) -> None:
    rows = rows_by_cell(shared / "gso-monthly" / file)
    found = [
        f"{file} [{line['sheet']}] {line['cell']} = {line['value']}: {line['why']}"
        for line in NOT_DATA[file]
        if (line["sheet"], line["cell"]) in rows
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.shared
@pytest.mark.parametrize("file", DECLARED)
def test_the_reader_says_of_declared_tables_what_the_eye_read(file: str, shared: Path) -> None:
    """``golden_declared.csv``: cells of workbooks that were not looked at while the tables were declared."""
    rows = rows_by_cell(shared / "gso-monthly" / file)
    found = []
    for line in DECLARED[file]:
        got = [
            {**{name: getattr(row, name) for name in line if name != "label"}, "label": fold(row.label)}
            for row in rows.get((line["sheet"], line["cell"]), [])
        ]
        expected = {**line, "label": fold(line["label"])}
        found += [f"{line}: {got}"] if got != [expected] else []
    assert not found, "\n" + "\n".join(found)


@pytest.mark.shared
@pytest.mark.parametrize("file", TABLES)
def test_each_sheet_is_taken_for_what_its_title_says(file: str, shared: Path) -> None:
    tables: dict[str, set[str]] = defaultdict(set)
    for note in reading(shared / "gso-monthly" / file).tables:
        tables[note.sheet].add(note.table)
    found = [
        f"{file} [{line['sheet']}] {line['title']}: {tables[line['sheet']] or '-'}, expected {line['table']}"
        for line in TABLES[file]
        if tables[line["sheet"]] != (set(line["table"].split()) - {"-"})
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "sheet", "cells"),
    [
        ("2001-12.xls", "Giacacthang", {"C10": "2001-01", "G21": "2001-12"}),
        ("2004-12.xls", "Giathang", {"C9": "2004-01", "F12": "2004-04"}),
        ("2006-12.xls", "17Giathang", {"D8": "2006-01", "G14": "2006-07"}),
    ],
)
def test_a_table_with_months_down_the_side_is_read_as_such_or_listed(
    file: str, sheet: str, cells: dict[str, str], shared: Path
) -> None:
    """There each row is a month against last December; not reading it is honest, taking it for one month is not."""
    path = shared / "gso-monthly" / file
    for cell, period in cells.items():
        found = {(row.measure, row.period) for row in rows_by_cell(path).get((sheet, cell), [])}
        assert found <= {("index_dec", period)}
    if not any(row.sheet == sheet for row in reading(path).rows):
        assert sheet in {item.sheet for item in [*reading(path).skipped, *reading(path).unrecognised]}


def test_the_golden_cells_cover_every_year_table_and_measure() -> None:
    lines = [line for lines in CELLS.values() for line in lines]
    assert len(lines) >= 600
    assert len(CELLS) >= 45
    assert {line["table"] for line in lines} == {"iip", "products", "retail", "exports", "imports", "cpi"}
    # No workbook of 2005 was collected.
    assert {int(file[:4]) for file in CELLS} >= set(range(2000, 2026)) - {2005}
