"""The committed rows of Việt Nam: whole, well-formed, of the files that are named, and without people or firms."""

from __future__ import annotations

import csv
import re
from functools import cache

import pytest

from kecho.intake.batch import read_files
from kecho.intake.reading import Reading
from kecho.intake.rows import Row
from kecho.kernel.measures import Measure, Stage
from kecho.kernel.periods import Period
from kecho.observatory import catalogue
from kecho.sample.vietnam_figures import FOLDER, readings
from tests.sample.names import PEOPLE_AND_FIRMS

TABLES = {"iip", "products", "retail", "exports", "imports", "cpi"}
PLAIN = re.compile(r"-?\d+(\.\d+)?")
CELL = re.compile(r"[A-Z]{1,3}[1-9]\d*")


@cache
def workbooks() -> list[Reading]:
    return list(readings())


@cache
def files() -> list[dict[str, str]]:
    return list(csv.DictReader((FOLDER / "files.csv").read_text("utf-8").splitlines()))


def test_every_file_has_as_many_rows_as_it_says_and_some():
    assert {one.file: len(one.rows) for one in workbooks()} == {line["file"]: int(line["rows"]) for line in files()}
    assert min(len(one.rows) for one in workbooks()) > 100


def test_files_are_named_by_month_and_come_in_order_once_each():
    months = [line["period"] for line in files()]
    assert months == sorted(set(months))
    assert (months[0], months[-1]) == ("2012-01", "2025-02")
    assert all(line["file"].rsplit(".", 1)[0] == line["period"] for line in files())


def test_hashes_are_sha256_and_differ():
    hashes = [line["sha256"] for line in files()]
    assert all(re.fullmatch(r"[0-9a-f]{64}", one) for one in hashes)
    assert len(set(hashes)) == len(hashes)


def test_every_month_has_all_six_tables():
    assert {one.period: TABLES - {row.table for row in one.rows} for one in workbooks()} == {
        line["period"]: set() for line in files()
    }


def problems(row: Row, month: Period) -> list[str]:
    found = [name for name in ("file", "sheet", "label", "unit") if not getattr(row, name).strip()]
    found += ["period"] if Period.parse(row.period).end > month.end else []
    found += ["measure"] if row.measure not in {measure.value for measure in Measure} else []
    found += ["stage"] if row.stage not in {stage.value for stage in Stage} else []
    found += ["value"] if not PLAIN.fullmatch(row.value) else []
    found += ["cell"] if not CELL.fullmatch(row.cell) else []
    found += ["table"] if row.table not in TABLES or row.locality != "VN" else []
    return found + (["indicator"] if row.indicator not in catalogue.indicators() else [])


def test_every_row_is_well_formed():
    odd = [
        (row.file, row.sheet, row.cell, names)
        for one in workbooks()
        for row in one.rows
        if (names := problems(row, Period.parse(one.period)))
    ]
    assert odd == []


def test_no_cell_is_taken_twice():
    for one in workbooks():
        cells = [(row.sheet, row.cell) for row in one.rows]
        assert len(set(cells)) == len(cells), one.file


def test_no_person_and_no_firm_is_named():
    labels = {text for one in workbooks() for row in one.rows for text in (row.label, row.breakdown)}
    assert [label for label in labels if PEOPLE_AND_FIRMS.search(label)] == []


def test_industrial_production_of_february_2025_is_an_index_of_117_17():
    (february,) = [one for one in workbooks() if one.period == "2025-02"]
    found = [
        row
        for row in february.rows
        if (row.indicator, row.breakdown, row.period, row.measure) == ("iip", "", "2025-02", "index_py")
    ]
    assert [(row.label, row.value, row.unit) for row in found] == [("Toàn ngành công nghiệp", "117.17", "%")]


@pytest.mark.shared
@pytest.mark.slow
def test_the_rows_are_what_the_reader_finds_today(shared):
    """Made anew by ``tools/make_vietnam_sample.py`` whenever the reader learns something."""
    paths = [shared / "gso-monthly" / line["file"] for line in files()]
    read = {one.file: one for one in read_files(paths)}
    differing = [
        one.file
        for one in workbooks()
        if (one.sha256, one.rows)
        != (read[one.file].sha256, [row for row in read[one.file].rows if row.table in TABLES])
    ]
    assert differing == []
