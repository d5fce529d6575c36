"""Layouts that departments use, each with the rows that come out. All figures are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from kecho.intake.own import proposal
from kecho.intake.own.applying import read_mapped
from kecho.intake.own.survey import survey_file
from tests.intake.own import books
from tests.intake.own.vocabularies import VOCABULARY

BY_PLACE: books.Rows = [
    ["Kim ngạch xuất khẩu hàng hóa theo địa phương năm 2026"],
    ["Đơn vị: Triệu USD"],
    ["Địa phương", "Tháng 1", "Tháng 2"],
    ["Hà Nội", 1, 2],
    ["Bắc Ninh", 3, 4],
    ["Hải Phòng", 5, 6],
]
TURNED: books.Rows = [
    ["Số liệu năm 2025"],
    ["Thời gian", "Kim ngạch xuất khẩu (triệu USD)", "Chỉ số IIP so với cùng kỳ (%)"],
    ["Tháng 1", 10, 105.5],
    ["Quý I", 40, 106.1],
]
TIDY: books.Rows = [
    ["Kỳ", "Chỉ tiêu", "Giá trị", "Đơn vị tính"],
    ["01/2026", "Kim ngạch xuất khẩu hàng hóa", 10, "Triệu USD"],
    ["02/2026", "Kim ngạch xuất khẩu hàng hóa", 12, "Triệu USD"],
    ["02/2026", "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng", 100, "Tỷ đồng"],
]
TYPED: books.Rows = [
    ["Kim ngạch xuất khẩu hàng hóa tháng 5/2026"],
    ["Mặt hàng", "Triệu USD"],
    ["Gạo", "1.234,5"],
    ["Cà phê", "987,4"],
    ["Hàng dệt, may", "..."],
]
GAPS: books.Rows = [
    ["Kim ngạch xuất khẩu hàng hóa tháng 5 năm 2026"],
    [],
    [None, None, None, None, "Nghìn tấn; Triệu USD"],
    [None, "Thực hiện tháng 4", None, "Ước tính tháng 5", None],
    [],
    [None, "Lượng", "Trị giá", "Lượng", "Trị giá"],
    [],
    ["TỔNG TRỊ GIÁ", None, 100, None, 110],
    [],
    ["Mặt hàng chủ yếu"],
    [],
    ["Gạo", 5, 2, 6, 3],
]
LAYOUTS = {
    "headings with a blank row between, a group behind a gap, two units": (
        GAPS,
        [
            ("export_turnover", "TỔNG TRỊ GIÁ", "VN-HN", "2026-04", "100", "Triệu USD"),
            ("export_turnover", "TỔNG TRỊ GIÁ", "VN-HN", "2026-05", "110", "Triệu USD"),
            ("export_quantity", "Gạo", "VN-HN", "2026-04", "5", "Nghìn tấn"),
            ("export_turnover", "Gạo", "VN-HN", "2026-04", "2", "Triệu USD"),
            ("export_quantity", "Gạo", "VN-HN", "2026-05", "6", "Nghìn tấn"),
        ],
    ),
    "places down, months across": (
        BY_PLACE,
        [
            ("export_turnover", "", "VN-HN", "2026-01", "1", "Triệu USD"),
            ("export_turnover", "", "VN-HN", "2026-02", "2", "Triệu USD"),
            ("export_turnover", "", "VN-56", "2026-01", "3", "Triệu USD"),
        ],
    ),
    "periods down, indicators across": (
        TURNED,
        [
            ("export_turnover", "", "VN-HN", "2025-01", "10", "triệu USD"),
            ("iip", "", "VN-HN", "2025-01", "105.5", "%"),
            ("export_turnover", "", "VN-HN", "2025-Q1", "40", "triệu USD"),
            ("iip", "", "VN-HN", "2025-Q1", "106.1", "%"),
        ],
    ),
    "one figure a row": (
        TIDY,
        [
            ("export_turnover", "", "VN-HN", "2026-01", "10", "Triệu USD"),
            ("export_turnover", "", "VN-HN", "2026-02", "12", "Triệu USD"),
            ("retail_and_services", "", "VN-HN", "2026-02", "100", "Tỷ đồng"),
        ],
    ),
    "numbers typed as text, the unit as heading": (
        TYPED,
        [
            ("export_turnover", "Gạo", "VN-HN", "2026-05", "1234.5", "Triệu USD"),
            ("export_turnover", "Cà phê", "VN-HN", "2026-05", "987.4", "Triệu USD"),
            ("export_turnover", "Hàng dệt, may", "VN-HN", "2026-05", "...", "Triệu USD"),
        ],
    ),
}


@pytest.mark.parametrize(("rows", "expected"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_a_layout(tmp_path: Path, rows: books.Rows, expected: list[tuple[str, ...]]) -> None:
    path = books.save(tmp_path / "a.xlsx", rows)
    survey = survey_file(path)
    (view,) = survey.views
    mapping = proposal.propose(view, VOCABULARY, "VN-HN")
    reading = read_mapped(path, {view.signature: mapping}, survey.period)
    found = [(row.indicator, row.label, row.locality, row.period, row.value, row.unit) for row in reading.rows]
    assert found[: len(expected)] == expected
    assert not reading.errors


def test_bases_side_by_side_stay_apart(tmp_path: Path) -> None:
    """Three headings that differ in their months alone are one run of columns, yet three measures."""
    against = ("tháng 11 năm 2023", "tháng 12 năm 2023", "tháng 10 năm 2024")
    rows: books.Rows = [
        ["Chỉ số IIP tháng 11 năm 2024"],
        ["Ngành", *(f"Tháng 11 năm 2024 so với {base} (%)" for base in against)],
        ["Toàn ngành", 105, 104, 101],
        ["Khai khoáng", 95, 96, 99],
    ]
    path = books.save(tmp_path / "a.xlsx", rows)
    (view,) = survey_file(path).views
    mapping = proposal.propose(view, VOCABULARY, "VN")
    reading = read_mapped(path, {view.signature: mapping}, "2024-11")
    assert [row.measure for row in reading.rows[:3]] == ["index_py", "index_dec", "index_pp"]


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("month", ["2003-06", "2008-09", "2012-11", "2015-08", "2019-05", "2024-11"])
def test_proposals_alone_read_the_real_tables_as_their_own_reader_does(shared: Path, month: str) -> None:
    """The reader of the statistics office's workbooks is another program with its own golden cells: both must agree."""
    from kecho.intake.workbook import read_workbook
    from kecho.kernel.periods import Period
    from kecho.observatory.vocabulary import vocabulary

    path = next((shared / "gso-monthly").rglob(f"{month}.xls*"))
    survey = survey_file(path)
    mappings = {view.signature: proposal.propose(view, vocabulary(), "VN") for view in survey.views}
    own = {(row.sheet, row.cell): row for row in read_mapped(path, mappings, survey.period).rows}
    kinds = {"iip", "products", "retail", "exports", "imports", "cpi"}
    theirs = {(row.sheet, row.cell): row for row in read_workbook(path).rows if row.table in kinds}
    both = own.keys() & theirs.keys()
    assert len(both) >= 0.93 * len(theirs)
    assert [at for at in both if own[at].value != theirs[at].value] == []
    assert [at for at in both if Period.parse(own[at].period) != Period.parse(theirs[at].period)] == []
    other = [at for at in both if own[at].measure != theirs[at].measure and theirs[at].indicator != "core_inflation"]
    assert other == []


@pytest.mark.shared
@pytest.mark.slow
def test_every_real_workbook_tells_its_month_by_content(shared: Path) -> None:
    from kecho.intake.own.sources import open_source
    from kecho.intake.own.survey import month_of, month_of_shape, shapes_of

    files = sorted((shared / "gso-monthly").rglob("*.xls*"))[::9]
    told = {path.name: month_of("x.xls", map(month_of_shape, shapes_of(open_source(path)))) for path in files}
    assert len(told) > 20
    assert {name: month for name, month in told.items() if not name.startswith(month)} == {}
