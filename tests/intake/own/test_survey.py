"""Tables of any shape are found, and known again by their content."""

from __future__ import annotations

from pathlib import Path

import pytest

from kecho.intake.own.mapping import Role
from kecho.intake.own.signature import abstract
from kecho.intake.own.sources import Encoding
from kecho.intake.own.survey import month_of_name, survey_file
from kecho.kernel.errors import KechoError
from tests.intake.own import books

VALUE, LABEL, UNIT, IGNORE = Role.VALUE, Role.LABEL, Role.UNIT, Role.IGNORE


def _roles(path: Path) -> list[tuple[str, str, str]]:
    view = survey_file(path).views[0]
    return [
        (letters, rule.role.value, rule.when.value if rule.role is VALUE else "")
        for letters, rule in zip(view.letters, view.rules, strict=True)
    ]


def test_the_columns_of_a_product_sheet(tmp_path: Path) -> None:
    assert _roles(books.save(tmp_path / "a.xlsx", books.PRODUCTS)) == [
        ("A", "ignore", ""),
        ("B", "label", ""),
        ("C", "unit", ""),
        ("D", "ignore", ""),
        ("E", "value", "previous"),
        ("F", "value", "month"),
        ("G", "value", "ytd"),
        ("H", "value", "month"),
        ("I", "ignore", ""),
    ]


def test_months_side_by_side_are_one_run(tmp_path: Path) -> None:
    assert _roles(books.save(tmp_path / "a.xlsx", books.WIDE_MONTHS)) == [
        ("A", "label", ""),
        ("B-D", "value", "heading"),
    ]


def test_a_long_table_takes_its_periods_from_the_rows(tmp_path: Path) -> None:
    roles = _roles(books.save(tmp_path / "a.xlsx", books.LONG))
    assert roles == [("A", "year", ""), ("B", "month", ""), ("C", "locality", ""), ("D", "value", "row")]


@pytest.mark.parametrize(
    "months",
    [["Tháng", "", ""], ["Tháng", None, None]],
)
def test_bare_numbers_below_month_are_months(tmp_path: Path, months: list[object]) -> None:
    rows: books.Rows = [["Chỉ tiêu năm 2026", *months], [None, 1, 2, 3], ["Bia", 5, 6, 7], ["Rượu", 8, 9, 10]]
    view = survey_file(books.save(tmp_path / "a.xlsx", rows)).views[0]
    assert view.headings[1] == "Tháng Tháng 1"
    assert view.body_rows == 2


def test_two_tables_on_one_sheet(tmp_path: Path) -> None:
    rows = [*books.WIDE_MONTHS, [], [], *books.PRODUCTS[1:]]
    views = survey_file(books.save(tmp_path / "a.xlsx", rows)).views
    assert [view.area for view in views] == ["A3:D6", "A11:I14"]


SAME = {
    "shifted down": {"down": 7},
    "sheet renamed": {"names": ("Tháng này (2)",)},
}


@pytest.mark.parametrize("change", SAME.values(), ids=SAME.keys())
def test_the_signature_does_not_mind_where_a_table_stands(tmp_path: Path, change: dict) -> None:
    first = survey_file(books.save(tmp_path / "a.xlsx", books.PRODUCTS)).views[0]
    other = survey_file(books.save(tmp_path / "b.xlsx", books.PRODUCTS, **change)).views[0]
    assert first.signature == other.signature


def _replaced(rows: books.Rows, old: str, new: str) -> books.Rows:
    return [[cell.replace(old, new) if isinstance(cell, str) else cell for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("old", "new", "is_same"),
    [
        ("tháng 5 năm 2026", "tháng 6 năm 2026", True),
        ("tháng 5 năm 2026", "Tháng 12 năm 2025", True),
        ("Tồn kho", "Tồn kho cuối kỳ", False),
        ("Lũy kế từ đầu năm", "Lũy kế cùng kỳ", False),
        ("Biểu 1.", "Biểu 14.", True),
        ("Bia", "Bia hơi", True),
    ],
)
def test_the_signature_minds_headings_and_not_months(tmp_path: Path, old: str, new: str, is_same: bool) -> None:
    first = survey_file(books.save(tmp_path / "a.xlsx", books.PRODUCTS)).views[0]
    other = survey_file(books.save(tmp_path / "b.xlsx", _replaced(books.PRODUCTS, old, new))).views[0]
    assert (first.signature == other.signature) is is_same


def test_the_signature_minds_the_unit(tmp_path: Path) -> None:
    first = survey_file(books.save(tmp_path / "a.xlsx", books.WIDE_MONTHS)).views[0]
    other = survey_file(books.save(tmp_path / "b.xlsx", _replaced(books.WIDE_MONTHS, "Triệu", "Nghìn"))).views[0]
    assert first.signature != other.signature


def test_the_halves_of_a_month_differ() -> None:
    assert abstract("Kỳ 1 tháng 5 năm 2026") != abstract("Kỳ 2 tháng 5 năm 2026")
    assert abstract("từ ngày 16/05/2026 đến ngày 31/05/2026") == abstract("từ ngày 16/02/2026 đến ngày 28/02/2026")


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("2026-05.xlsx", "2026-05"),
        ("BC thang 5 nam 2026.xls", "2026-05"),
        ("T12.2025 sp.xlsx", "2025-12"),
        ("x.csv", ""),
    ],
)
def test_the_month_of_a_name(name: str, month: str) -> None:
    assert month_of_name(name) == month


# ---- encodings

UNICODE = "Mặt hàng;Tháng 1;Tháng 2\nMột số sản phẩm;1,5;2\nNước mắm;3;4\n"
TCVN3 = "MÆt hµng;Th¸ng 1;Th¸ng 2\nMét sè s¶n phÈm;1,5;2\nN\xadíc m¾m;3;4\n"


@pytest.mark.parametrize(
    ("data", "encoding", "changed"),
    [
        (UNICODE.encode(), Encoding.AUTO, 0),
        (UNICODE.encode("utf-16"), Encoding.AUTO, 0),
        (TCVN3.encode("latin-1"), Encoding.AUTO, 5),
        (TCVN3.encode("latin-1"), Encoding.TCVN3, 5),
    ],
)
def test_csv_of_any_encoding_reads_alike(tmp_path: Path, data: bytes, encoding: Encoding, changed: int) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    found = survey_file(path, encoding)
    assert [row.label for row in found.views[0].rows] == ["Một số sản phẩm", "Nước mắm"]
    assert found.changed == changed
    assert all(change.before != change.after for change in found.changes)


def test_vni_is_read_where_somebody_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Maët haøng;Thaùng 1;Thaùng 2\nNöôùc maém;3;4\n".encode("latin-1"))
    assert [row.label for row in survey_file(path, Encoding.VNI).views[0].rows] == ["Nước mắm"]


# ---- what is no table


def test_a_sheet_of_ten_thousand_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("a;" * 10_000 + "\n" + "1;" * 10_000 + "\n")
    with pytest.raises(KechoError) as refused:
        survey_file(path)
    assert refused.value.code == "intake.own_too_wide"


def test_a_file_without_figures_is_told(tmp_path: Path) -> None:
    with pytest.raises(KechoError) as refused:
        survey_file(books.save(tmp_path / "a.xlsx", [["Kính gửi"], ["Không có bảng"]]))
    assert refused.value.code == "intake.own_no_table"
