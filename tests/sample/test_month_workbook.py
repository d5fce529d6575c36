"""The rebuilt workbook of the demonstration's month reads back to the rows it was made of."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kecho.intake.reading import Reading
from kecho.intake.rows import Row
from kecho.intake.workbook import read_workbook
from kecho.sample import load, month_workbook, vietnam_figures

FIFTEEN_DIGITS = 1e-15


@pytest.fixture(scope="module")
def original() -> Reading:
    return next(one for one in vietnam_figures.readings() if one.period == load.LAST_MONTH)


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return read_workbook(load.write_last_month(tmp_path_factory.mktemp("rebuilt")))


def by_cell(reading: Reading) -> dict[tuple[str, str], Row]:
    """Rows by place, without the name of their file and without their value."""
    return {(row.sheet, row.cell): replace(row, file="", value="") for row in reading.rows}


def test_everything_is_read_and_nothing_left_out(rebuilt: Reading):
    assert (rebuilt.errors, rebuilt.skipped, rebuilt.unrecognised) == ([], [], [])
    assert rebuilt.period == load.LAST_MONTH


def test_each_cell_means_what_it_meant(original: Reading, rebuilt: Reading):
    assert by_cell(rebuilt) == by_cell(original)


def test_values_agree_to_fifteen_digits(original: Reading, rebuilt: Reading):
    values = {(row.sheet, row.cell): float(row.value) for row in rebuilt.rows}
    differing = [
        (row.sheet, row.cell, row.value, values[row.sheet, row.cell])
        for row in original.rows
        if not math.isclose(float(row.value), values[row.sheet, row.cell], rel_tol=FIFTEEN_DIGITS)
    ]
    assert differing == []


def test_the_file_says_what_it_is(tmp_path: Path):
    book = load_workbook(load.write_last_month(tmp_path))
    assert book.properties.description == month_workbook.NOTICE
    assert {sheet.cell(2, 1).value for sheet in book} == {month_workbook.NOTICE}


@pytest.mark.parametrize("month", ["2019-05", "2025-01"])
def test_other_months_that_close_no_quarter_read_back_as_well(month: str, tmp_path: Path):
    one = next(reading for reading in vietnam_figures.readings() if reading.period == month)
    month_workbook.write(one, tmp_path / f"{month}.xlsx")
    assert by_cell(read_workbook(tmp_path / f"{month}.xlsx")) == by_cell(one)
