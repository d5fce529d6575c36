"""Downloads reproduce the figures to the digit and can be opened where they are meant to be opened."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.web import small

pytestmark = pytest.mark.django_db
BASE = "/chi-tieu/export_turnover/tai-ve/"


def rows_of(text: str, delimiter: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_machine_csv_is_rfc_4180(visitor: Client) -> None:
    response = visitor.get(f"{BASE}csv/?kind=month")
    text = response.content.decode("utf-8")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="export_turnover_VN_level_month.csv"'
    assert text.count("\r\n") == text.count("\n") and not text.startswith("\ufeff")
    rows = rows_of(text, ",")
    assert len(rows) == 41
    assert Decimal(rows[-1]["value"]) == small.export_level(small.LAST) + Decimal("123.4")
    assert (rows[-1]["period"], rows[-1]["cell"], rows[-1]["file"]) == ("2024-05", "C9", "2024-05b.xlsx")


def test_vietnamese_csv_opens_in_vietnamese_excel(visitor: Client) -> None:
    content = visitor.get(f"{BASE}csv-vn/?kind=month").content
    assert content.startswith(b"\xef\xbb\xbf")
    last = rows_of(content.decode("utf-8-sig"), ";")[-1]
    assert last["value"] == format(small.export_level(small.LAST) + Decimal("123.4"), "f").replace(".", ",")


def test_json_keeps_every_digit(visitor: Client) -> None:
    document = json.loads(visitor.get(f"{BASE}json/?breakdown=fdi&kind=month").content)
    assert document["series"]["breakdown"] == "fdi"
    wanted = (small.export_level(small.LAST) + Decimal("123.4")) * 72 / 100
    assert Decimal(document["observations"][-1]["value"]) == wanted


def test_workbook_has_a_cover_and_true_numbers(visitor: Client) -> None:
    content = visitor.get(f"{BASE}xlsx/?kind=month").content
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Bìa", "Số liệu"]
    data = book["Số liệu"]
    assert [cell.value for cell in data[1]][:3] == ["indicator", "breakdown", "breakdown_label"]
    assert data.max_row == 42 and isinstance(data["G2"].value, (int, float))
    assert data.merged_cells.ranges == set()
    english = visitor.get("/en/indicators/export_turnover/download/xlsx/").content
    assert load_workbook(io.BytesIO(english)).sheetnames == ["Cover", "Figures"]


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("csv-vn", ";")])
def test_no_text_can_run_as_a_formula(visitor: Client, form: str, delimiter: str) -> None:
    text = visitor.get(f"{BASE}{form}/?locality=VN-HN&breakdown=hyperlink-x-b").content.decode("utf-8-sig")
    row = rows_of(text, delimiter)[-1]
    assert row["breakdown_label"] == '\'=HYPERLINK("x")<b>'
    assert row["value"].startswith("-") and row["fictional"] == "true"


def test_a_workbook_holds_no_formula(visitor: Client) -> None:
    content = visitor.get(f"{BASE}xlsx/?locality=VN-HN&breakdown=hyperlink-x-b").content
    book = load_workbook(io.BytesIO(content))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "b"}


def test_all_kinds_of_period_unless_one_is_named(visitor: Client) -> None:
    rows = rows_of(visitor.get(f"{BASE}csv/").content.decode(), ",")
    assert {"2024-05", "2024-01/2024-05", "2024-Q1", "2023"} <= {row["period"] for row in rows}


def test_as_of_brings_back_what_was_known(visitor: Client) -> None:
    rows = rows_of(visitor.get(f"{BASE}csv/?kind=month&as_of=2024-05-31").content.decode(), ",")
    assert rows[-1]["period"] == "2024-04"
