"""The whole collection: what must hold of 218 workbooks of 25 years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tools import workbook_titles

from kecho.intake import xls, xlsx
from kecho.intake.guard import Kind, open_checked
from kecho.intake.reading import Reading
from kecho.intake.rows import Row
from kecho.intake.workbook import read_sheets
from kecho.kernel.periods import Period
from kecho.kernel.text import fold

CORE = {"iip", "products", "retail", "exports", "imports", "cpi"}
#: Tables of many things that print no unit for some: numbers of schools, candidates, points of a scale.
WITHOUT_UNIT = {"social", "population", "labour_force", "exams", "livestock", "forestry", "job_placement"}

pytestmark = [pytest.mark.shared, pytest.mark.slow]


@dataclass(frozen=True)
class Workbook:
    """A workbook read once for all tests here: its reading, its sheets, and the figures right of "Hà Nội"."""

    reading: Reading
    sheets: set[str]
    ha_noi: dict[tuple[str, str], float]


@pytest.fixture(scope="module")
def workbooks(shared: Path) -> dict[str, Workbook]:
    """Every workbook by its name."""
    return {path.name: read_once(path) for path in sorted((shared / "gso-monthly").glob("*.xls*"))}


@pytest.fixture(scope="module")
def readings(workbooks: dict[str, Workbook]) -> dict[str, Reading]:
    """What the reader says of each."""
    return {name: workbook.reading for name, workbook in workbooks.items()}


def read_once(path: Path) -> Workbook:
    """As ``read_workbook``, keeping what the tests ask of the sheets themselves."""
    checked = open_checked(path)
    sheets = list((xls if checked.kind is Kind.XLS else xlsx).read_sheets(checked.data))
    ha_noi = {
        (sheet.name, cell.address): cell.number
        for sheet in sheets
        for cells in sheet.rows.values()
        for label in cells
        if fold(label.text) in ("ha noi", "tp ha noi", "thanh pho ha noi")
        for cell in cells
        if cell.col > label.col and cell.number is not None
    }
    reading = Reading(checked.name, checked.sha256, notes=list(checked.notes))
    read_sheets(sheets, reading)
    return Workbook(reading, {sheet.name for sheet in sheets}, ha_noi)


def test_every_number_of_a_recognised_table_is_emitted_or_listed(readings: dict[str, Reading]) -> None:
    assert [name for name, reading in readings.items() if reading.coverage < 1] == []


def test_what_is_listed_is_not_data(readings: dict[str, Reading]) -> None:
    """All but a handful of listed numbers are working figures; signs of the yearbook are no numbers."""
    signs = ("intake.nil_mark", "intake.not_collected_mark", "intake.not_applicable_mark")
    others = [
        f"{name} {item.sheet} {item.cell}: {item.reason}"
        for name, reading in readings.items()
        for item in reading.skipped
        if item.reason not in ("intake.outside_table", *signs)
    ]
    assert len(others) <= 300, others


def test_ninety_seven_of_a_hundred_numbers_of_all_sheets_are_emitted(readings: dict[str, Reading]) -> None:
    """Working figures beside the tables and tables that are not read count among them."""
    emitted = sum(len(reading.rows) for reading in readings.values())
    everything = sum(reading.all_numbers for reading in readings.values())
    unread = sum(note.numbers for reading in readings.values() for note in reading.unrecognised)
    assert everything > 475_000
    assert unread <= 0.001 * everything
    assert emitted >= 0.97 * everything


def test_the_month_of_every_workbook_is_its_file_s(readings: dict[str, Reading]) -> None:
    assert {name: reading.period for name, reading in readings.items() if reading.period != name[:7]} == {}


def test_every_workbook_has_its_five_tables(readings: dict[str, Reading]) -> None:
    """Retail was not published every month, and industry was measured by output value until 2011."""
    expected = {"products", "exports", "imports", "cpi"}
    missing = {
        name: expected - {row.table for row in reading.rows}
        for name, reading in readings.items()
        if not expected <= {row.table for row in reading.rows}
    }
    assert missing == {}
    from_2012 = [name for name in readings if name >= "2012"]
    assert [name for name in from_2012 if "iip" not in {row.table for row in readings[name].rows}] == []


def test_every_row_has_label_unit_and_a_readable_period(readings: dict[str, Reading]) -> None:
    for name, reading in readings.items():
        for row in reading.rows:
            assert row.label and (row.unit or row.table in WITHOUT_UNIT), f"{name} {row.sheet} {row.cell}"
            assert Period.parse(row.period).end <= Period.parse(reading.period).end + 12


@dataclass(frozen=True)
class Trade:
    """Total, domestic and foreign-invested value of one period in one table, with the cell of the total."""

    place: str
    total: float
    parts: float


def _trade(readings: dict[str, Reading]) -> Iterator[Trade]:
    for name, reading in readings.items():
        tables: dict[tuple[str, str, str], dict[str, Row]] = defaultdict(dict)
        for row in reading.rows:
            if row.indicator in ("export_turnover", "import_turnover") and row.measure == "level":
                tables[row.sheet, row.indicator, row.period].setdefault(_part(row), row)
        for (sheet, _, period), rows in tables.items():
            if {"total", "domestic", "foreign"} <= rows.keys():
                yield Trade(
                    f"{name} {sheet} {rows['total'].cell} {period}",
                    float(rows["total"].value),
                    float(rows["domestic"].value) + float(rows["foreign"].value),
                )


def _part(row: Row) -> str:
    label = fold(row.label)
    if label in ("tong tri gia", "total", "total value"):
        return "total"
    if "trong nuoc" in label or "domestic" in label:
        return "domestic"
    if label.startswith(("khu vuc co von", "fdi")):
        return "foreign"
    return "other"


def test_domestic_and_foreign_invested_make_total_trade(readings: dict[str, Reading]) -> None:
    """Within rounding of the printed figures."""
    found = list(_trade(readings))
    wrong = [trade for trade in found if abs(trade.total - trade.parts) > max(2.0, 0.001 * trade.total)]
    assert len(found) > 1000
    assert wrong == []


def test_the_year_to_date_is_the_months_before_and_this_month(readings: dict[str, Reading]) -> None:
    """Products print all three in one row from 2000 to 2018: "8 tháng", "tháng 9", "cộng dồn 9 tháng"."""
    checked = wrong = 0
    for reading in readings.values():
        month = Period.parse(reading.period)
        if month.month == 1:
            continue
        wanted = {Period.ytd(month.year, month.month - 1): 0, month: 1, Period.ytd(month.year, month.month): 2}
        lines: dict[tuple[str, str, str], dict[int, float]] = defaultdict(dict)
        for row in reading.rows:
            place = wanted.get(Period.parse(row.period))
            if row.table == "products" and row.measure == "level" and place is not None:
                lines[row.sheet, row.label, row.breakdown][place] = float(row.value)
        for values in lines.values():
            if len(values) == 3:
                checked += 1
                wrong += abs(values[0] + values[1] - values[2]) > max(0.15, 0.005 * abs(values[2]))
    assert checked > 5000
    assert wrong <= 0.002 * checked  # slips of the office itself


def test_industry_of_february_2025_is_an_index_of_117_17(readings: dict[str, Reading]) -> None:
    rows = [
        row
        for row in readings["2025-02.xlsx"].rows
        if row.table == "iip" and row.label == "Toàn ngành công nghiệp" and row.period == "2025-02"
    ]
    assert {(row.measure, row.value) for row in rows} >= {("index_py", "117.17")}


def test_quarters_are_read_beside_months(readings: dict[str, Reading]) -> None:
    rows = readings["2024-09.xlsx"].rows
    tables = {row.table for row in rows if Period.parse(row.period) == Period.parse("2024-Q3")}
    assert tables >= CORE | {"gdp", "state_investment", "transport", "visitors", "price_indices", "services_trade"}


def test_every_sheet_is_accounted_for(workbooks: dict[str, Workbook]) -> None:
    missing = {
        name: workbook.sheets - {note.sheet for note in (*workbook.reading.tables, *workbook.reading.unrecognised)}
        for name, workbook in workbooks.items()
    }
    assert {name: sheets for name, sheets in missing.items() if sheets} == {}


def test_the_manual_s_table_of_titles_is_that_of_the_workbooks(readings: dict[str, Reading]) -> None:
    assert workbook_titles.stored() == workbook_titles.summary(readings.values())


@pytest.mark.parametrize(
    ("indicator", "months", "first", "last"),
    [
        ("industrial_labour_index", 52, "2019-09", "2025-02"),
        ("state_budget_investment", 185, "2004-01", "2025-02"),
        ("fdi_registered", 188, "2001-03", "2025-02"),
    ],
)
def test_ha_noi_is_there_for_every_month_that_prints_it(
    workbooks: dict[str, Workbook], indicator: str, months: int, first: str, last: str
) -> None:
    found = [
        name[:7]
        for name, workbook in workbooks.items()
        if any(row.indicator == indicator and row.locality == "VN-HN" for row in workbook.reading.rows)
    ]
    assert (len(found), found[0], found[-1]) == (months, first, last)


def test_every_figure_printed_for_ha_noi_is_a_row_of_ha_noi_with_its_cell(workbooks: dict[str, Workbook]) -> None:
    """All tables of all workbooks; working figures beside a table are listed."""
    for name, workbook in workbooks.items():
        rows = {(row.sheet, row.cell): row for row in workbook.reading.rows}
        listed = {(item.sheet, item.cell) for item in workbook.reading.skipped}
        for place, number in workbook.ha_noi.items():
            if place in listed:
                continue
            assert place in rows, f"{name} {place}"
            assert (rows[place].locality, float(rows[place].value)) == ("VN-HN", number), f"{name} {place}"
    assert sum(len(workbook.ha_noi) for workbook in workbooks.values()) > 2000
