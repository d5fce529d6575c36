"""The workbook: numbers are numbers, text stays text, one table a sheet."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from kecho.publish import xlsx

from .factory import report


@pytest.fixture(scope="module", params=["vi", "en"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The workbook read again."""
    path = xlsx.render(report(request.param), tmp_path_factory.mktemp("xlsx") / "report.xlsx")
    return openpyxl.load_workbook(path)


def test_cover_contents_and_notes_come_first_then_a_sheet_a_table(book: Workbook) -> None:
    names = book.sheetnames
    assert len(names) == 3 + 2 + 2  # two tables; the tidy sheet and the sources
    assert all(len(name) <= 31 for name in names)
    for sheet in book:
        assert sheet["A1"].value
        assert not sheet.merged_cells.ranges


def test_numbers_are_numbers_with_their_printed_format(book: Workbook) -> None:
    sheet = book.worksheets[4]
    assert sheet["D5"].value == pytest.approx(31107.3)
    assert sheet["D5"].number_format == "#,##0.0"
    assert sheet["E5"].value == pytest.approx(64298.5)
    assert "†" in sheet["E5"].number_format  # made up: marked beside the number, and still a number
    assert sheet["D6"].value == "…"


def test_nothing_becomes_a_formula_or_a_link(book: Workbook, tmp_path: Path) -> None:
    cell = book.worksheets[4]["B6"]
    assert cell.value == '=HYPERLINK("http://x") Dầu thô'
    path = xlsx.render(report(), tmp_path / "report.xlsx")
    with zipfile.ZipFile(path) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sheets
    assert not any(b"<f>" in sheet for sheet in sheets)


def test_the_tidy_sheet_has_one_row_a_number_and_the_sources_every_observation(book: Workbook) -> None:
    tidy, sources = book.worksheets[-2], book.worksheets[-1]
    values = [row[4] for row in tidy.iter_rows(min_row=4, values_only=True)]
    assert len([value for value in values if isinstance(value, int | float)]) == 8  # six of the board, two of exports
    cells = [row[10] for row in sources.iter_rows(min_row=4, values_only=True)]
    assert cells == [f"D{row}" for row in range(9, 16)]
