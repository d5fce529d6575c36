"""An official takes the month's report in any form and language; each number leads back to its cell."""

from __future__ import annotations

import math
import re
import zipfile
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from .conftest import Place

pytestmark = pytest.mark.slow

FORMATS = ("docx", "pdf", "html", "xlsx")
TITLE = {"vi": "Tình hình hoạt động ngành Công Thương tháng 02", "en": "February"}
MONTH = "2025-02.xlsx"


@pytest.fixture(scope="module")
def reports(place: Place, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """The report of the demonstration's month in every form and language."""
    folder, made = tmp_path_factory.mktemp("reports"), {}
    for lang in ("vi", "en"):
        for form in FORMATS:
            path = made[lang, form] = folder / f"{lang}.{form}"
            done = place.kecho("report", "2025-02", "--lang", lang, "--format", form, "--out", path)
            assert str(path) in done.stdout
    return made


class Text(HTMLParser):
    """The visible text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def text_of(path: Path) -> str:
    """What a reader of the file sees, opened by a library that did not write it where there is one."""
    match path.suffix:
        case ".docx":
            with zipfile.ZipFile(path) as packed:
                assert packed.testzip() is None
            document = Document(str(path))
            cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
            found = "\n".join([*(one.text for one in document.paragraphs), *cells])
        case ".pdf":
            found = "\n".join(page.extract_text() for page in PdfReader(path).pages)
        case ".html":
            page = Text()
            page.feed(path.read_text("utf-8"))
            found = " ".join(page.parts)
        case _:
            rows = (row for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True))
            found = "\n".join(str(value) for row in rows for value in row if value is not None)
    return re.sub(r"\s+", " ", found)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("form", FORMATS)
def test_every_form_opens_and_speaks_of_the_month(reports: dict[tuple[str, str], Path], lang: str, form: str):
    text = text_of(reports[lang, form])
    assert len(text) > 5000
    assert TITLE[lang].casefold() in text.casefold()
    assert ("117,17" if lang == "vi" and form != "xlsx" else "117.17") in text  # the index of industrial production
    assert "Khu vực" in text if lang == "vi" else "sector" in text.casefold()


@pytest.mark.parametrize(("lang", "words"), [("vi", "tăng 17,17% so với cùng kỳ"), ("en", "17.17%")])
def test_the_index_117_17_is_said_as_growth(reports: dict[tuple[str, str], Path], lang: str, words: str):
    """117.17 is an index: the sentence says +17.17 %, the annex keeps the index."""
    assert words in text_of(reports[lang, "docx"])


def test_number_date_and_signature_stay_blank(reports: dict[tuple[str, str], Path]):
    text = text_of(reports["vi", "docx"])
    assert re.search(r"Số: +/BC-", text)
    assert re.search(r"ngày +tháng +năm 2025", text)


@cache
def annex(path: Path) -> list[dict[str, object]]:
    """The last sheet: one row an observation behind the report."""
    rows = list(load_workbook(path).worksheets[-1].iter_rows(values_only=True))
    head = next(number for number, row in enumerate(rows) if len([cell for cell in row if cell]) > 10)
    return [dict(zip(map(str, rows[head]), row, strict=True)) for row in rows[head + 1 :] if any(row)]


def test_the_annex_leads_every_number_of_the_month_back_to_its_cell(place: Place, reports: dict[tuple[str, str], Path]):
    """File, sheet and cell of the annex hold that very figure in the workbook that was imported."""
    book = load_workbook(place.home / "demo" / MONTH, read_only=False)
    rows = [row for row in annex(reports["vi", "xlsx"]) if row["Tệp"] == MONTH]
    assert len(rows) > 300
    for row in rows:
        printed = float(book[str(row["Trang tính"])][str(row["Ô"])].value)
        stored = float(str(row["Giá trị"]))
        scale = (
            10 ** round(math.log10(printed / stored)) if printed and stored else 1
        )  # 17,148 pieces are 17.148 thousand
        assert math.isclose(printed, stored * scale, rel_tol=1e-12), row
        assert scale in (1, 1000), row


def test_every_observation_behind_the_report_names_its_place(reports: dict[tuple[str, str], Path]):
    for row in annex(reports["vi", "xlsx"]):
        assert all(row[name] for name in ("Mã chỉ tiêu", "Kỳ", "Tệp", "Trang tính", "Ô")), row


def test_numbers_in_the_text_carry_notes_that_exist(reports: dict[tuple[str, str], Path]):
    page = reports["vi", "html"].read_text("utf-8")
    links, anchors = set(re.findall(r'href="#(n\d+)"', page)), set(re.findall(r'id="(n\d+)"', page))
    assert len(links) > 20
    assert links <= anchors
