"""A mapping turns a table into rows; what changed is told; forms keep their promises."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kecho.intake.own import changes, forms, proposal
from kecho.intake.own.applying import OwnReading, read_mapped
from kecho.intake.own.mapping import Mapping, Role, RowRule, dumps, loads
from kecho.intake.own.survey import survey_file
from kecho.kernel.errors import KechoError
from tests.intake.own import books
from tests.intake.own.vocabularies import VOCABULARY


def _mapping(path: Path, index: int = 0) -> Mapping:
    return proposal.propose(survey_file(path).views[index], VOCABULARY, "VN-HN")


def _read(path: Path, month: str = "2026-05", mapping: Mapping | None = None) -> OwnReading:
    mapping = mapping or _mapping(path)
    return read_mapped(path, {mapping.signature: mapping}, month)


def _rows(reading: OwnReading, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(getattr(row, name) for name in columns) for row in reading.rows]


def test_a_product_sheet(tmp_path: Path) -> None:
    reading = _read(books.save(tmp_path / "a.xlsx", books.PRODUCTS))
    assert _rows(reading, "cell", "indicator", "label", "period", "value", "unit", "stage")[:4] == [
        ("E5", "industrial_product", "Bia", "2026-04", "980", "Nghìn lít", "preliminary"),
        ("F5", "industrial_product", "Bia", "2026-05", "1010.5", "Nghìn lít", "estimate"),
        ("G5", "industrial_product", "Bia", "2026-01/2026-05", "4800", "Nghìn lít", "estimate"),
        ("H5", "industrial_product_stock", "Bia", "2026-05", "35", "Nghìn lít", "estimate"),
    ]
    assert ("H6", "-") in _rows(reading, "cell", "value"), "nil stays nil"
    assert ("H7", "0") in _rows(reading, "cell", "value"), "zero stays a number"
    assert {skipped.reason for skipped in reading.skipped} == {"intake.plan_figure", "intake.percent_of_plan"}
    assert reading.coverage == 1


def test_a_sheet_with_merged_headings_groups_and_last_year(tmp_path: Path) -> None:
    reading = _read(books.full_sheet(tmp_path / "a.xlsx"))
    assert _rows(reading, "cell", "breakdown", "period", "measure", "value", "stage")[:8] == [
        ("E10", "Ngành chế biến", "2025-05", "level", "30", "preliminary"),
        ("F10", "Ngành chế biến", "2025-01/2025-05", "level", "150", "preliminary"),
        ("G10", "Ngành chế biến", "2026-04", "level", "31", "preliminary"),
        ("H10", "Ngành chế biến", "2026-05", "level", "33", "estimate"),
        ("I10", "Ngành chế biến", "2026-01/2026-05", "level", "160", "estimate"),
        ("J10", "Ngành chế biến", "2026-05", "index_pp", "106.5", "estimate"),
        ("K10", "Ngành chế biến", "2026-05", "index_py", "110", "estimate"),
        ("L10", "Ngành chế biến", "2026-01/2026-05", "index_py", "106.7", "estimate"),
    ]
    assert {row.unit for row in reading.rows if row.measure == "level"} == {"Triệu lít", "1000 tấn"}
    assert {skipped.reason for skipped in reading.skipped} == {"intake.plan_figure", "intake.percent_of_plan"}
    assert not reading.errors


def test_months_side_by_side(tmp_path: Path) -> None:
    reading = _read(books.save(tmp_path / "a.xlsx", books.WIDE_MONTHS), "2026-03")
    assert _rows(reading, "cell", "label", "period", "value", "unit")[-5:-3] == [
        ("C5", "Hàng dệt, may", "2026-02", "41", "Triệu USD"),
        ("D5", "Hàng dệt, may", "2026-03", "42.5", "Triệu USD"),
    ]


def test_next_month_needs_no_question(tmp_path: Path) -> None:
    known = _mapping(books.save(tmp_path / "a.xlsx", books.WIDE_MONTHS))
    longer = [[*row, extra] for row, extra in zip(books.WIDE_MONTHS, ["", "", "Tháng 4", 130, 43, 23], strict=True)]
    reading = _read(books.save(tmp_path / "b.xlsx", longer, down=3, names=("T4",)), "2026-04", known)
    assert ("E9", "2026-04", "23") in _rows(reading, "cell", "period", "value")
    assert not reading.new_labels


def test_a_long_table(tmp_path: Path) -> None:
    reading = _read(books.save(tmp_path / "a.xlsx", books.LONG))
    assert _rows(reading, "locality", "period", "value", "unit") == [
        ("VN-HN", "2026-01", "1300.5", "Triệu USD"),
        ("VN-HN", "2026-02", "1400", "Triệu USD"),
        ("VN-56", "2026-01", "5200", "Triệu USD"),
    ]
    assert [(one.cell, one.reason) for one in reading.skipped] == [("D5", "intake.own_no_locality")]


def test_a_changed_layout_is_told(tmp_path: Path) -> None:
    known = _mapping(books.save(tmp_path / "a.xlsx", books.PRODUCTS))
    swapped = [[*row[:5], row[6], row[5], *row[7:]] if len(row) > 6 else row for row in books.PRODUCTS]
    with pytest.raises(KechoError) as refused:
        _read(books.save(tmp_path / "b.xlsx", swapped), mapping=known)
    assert refused.value.code == "intake.own_not_known"
    assert refused.value.params["detail"] == "“department_products”: ≠", "the same headings in another order"


def test_what_changed_is_named(tmp_path: Path) -> None:
    known = _mapping(books.save(tmp_path / "a.xlsx", books.PRODUCTS))
    renamed = [["Tồn cuối kỳ" if cell == "Tồn kho" else cell for cell in row] for row in books.PRODUCTS]
    path = books.save(tmp_path / "b.xlsx", renamed)
    with pytest.raises(KechoError) as refused:
        _read(path, mapping=known)
    assert refused.value.params["detail"] == "“department_products”: + Tồn cuối kỳ; − Tồn kho"
    again = changes.adapted(_mapping(path), known)
    kept = [rule.role for rule in again.columns]
    assert kept[:7] == [rule.role for rule in known.columns][:7] and again.signature != known.signature


def test_a_new_row_is_told(tmp_path: Path) -> None:
    known = _mapping(books.save(tmp_path / "a.xlsx", books.PRODUCTS))
    more = [*books.PRODUCTS, [4, "Thép", "Tấn", 9, 1, 1, 1, 1, 1]]
    assert [new.text for new in _read(books.save(tmp_path / "b.xlsx", more), mapping=known).new_labels] == ["Thép"]


def test_two_cells_of_one_figure_are_a_problem(tmp_path: Path) -> None:
    twice = [*books.PRODUCTS, [4, "Bia", "Nghìn lít", 9, 1, 1, 1, 1, 1]]
    reading = _read(books.save(tmp_path / "a.xlsx", twice))
    assert {(error.code, error.where.row) for error in reading.errors} == {("intake.own_twice", 8)}


def test_a_figure_without_unit_is_left_out(tmp_path: Path) -> None:
    rows = [row for row in books.WIDE_MONTHS if "Đơn vị" not in str(row[0])]
    path = books.save(tmp_path / "a.xlsx", rows)
    assert {one.reason for one in _read(path, "2026-03").skipped} == {"intake.own_no_unit"}
    stated = replace(_mapping(path), unit="Triệu USD")
    assert len(_read(path, "2026-03", stated).rows) == 9


def test_rows_can_be_named_and_left_out(tmp_path: Path) -> None:
    path = books.save(tmp_path / "a.xlsx", books.WIDE_MONTHS)
    known = _mapping(path)
    rules = (
        RowRule("tong tri gia > hang det may", key="rice"),
        RowRule("tong tri gia > giay dep cac loai", is_ignored=True),
    )
    reading = _read(path, "2026-03", replace(known, rows=rules))
    assert [row.label for row in reading.rows if row.cell.startswith("B")] == ["Tổng trị giá", "rice"]
    assert {one.reason for one in reading.skipped} == {"intake.own_row_ignored"}


def test_labels_only_alike_are_proposed_with_their_score(tmp_path: Path) -> None:
    slipped = [
        [cell.replace("Hàng dệt, may", "Hàng dệt mayy") if isinstance(cell, str) else cell for cell in row]
        for row in books.WIDE_MONTHS
    ]
    rows = _mapping(books.save(tmp_path / "a.xlsx", slipped)).rows
    assert [(rule.key, rule.score < 100) for rule in rows] == [("garments", True)]


def test_rows_that_are_indicators(tmp_path: Path) -> None:
    digest: books.Rows = [
        ["Một số chỉ tiêu chủ yếu tháng 5/2026 (giả định)"],
        ["Chỉ tiêu", "Đơn vị", "Tháng 5", "5 tháng"],
        ["Kim ngạch xuất khẩu hàng hóa", "Triệu USD", 1500, 7000],
        ["Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng", "Tỷ đồng", 80000, 390000],
    ]
    reading = _read(books.save(tmp_path / "a.xlsx", digest))
    assert _rows(reading, "indicator", "label", "period", "unit") == [
        ("export_turnover", "", "2026-05", "Triệu USD"),
        ("export_turnover", "", "2026-01/2026-05", "Triệu USD"),
        ("retail_and_services", "", "2026-05", "Tỷ đồng"),
        ("retail_and_services", "", "2026-01/2026-05", "Tỷ đồng"),
    ]


# ---- mapping files


def test_a_mapping_file_reads_back(tmp_path: Path) -> None:
    made = replace(_mapping(books.save(tmp_path / "a.xlsx", books.PRODUCTS)), name='a "b" \\ =1+1\x7f')
    assert loads(dumps(made)) == made


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name = 1",
        "[[columns]]\nkey='x'\nrole='boss'\n",
        "not toml",
        "name='a'\nsignature='b'\nstage='final'\ncolumns=[]\n",
    ],
)
def test_a_broken_mapping_file_is_refused(text: str) -> None:
    with pytest.raises(KechoError) as refused:
        loads(text)
    assert refused.value.code == "intake.mapping_broken"


def test_a_mapping_needs_a_column_of_figures(tmp_path: Path) -> None:
    made = _mapping(books.save(tmp_path / "a.xlsx", books.WIDE_MONTHS))
    bare = replace(made, columns=tuple(replace(rule, role=Role.IGNORE) for rule in made.columns))
    with pytest.raises(KechoError) as refused:
        loads(dumps(bare))
    assert refused.value.code == "intake.mapping_no_values"


# ---- known forms


def test_every_form_says_where_it_is_known_from() -> None:
    for form in forms.forms().values():
        assert form.source_vi and form.source_en
        assert not form.is_verified, "no original was read yet: a form becomes verified with its text at hand"
        numbers = [row.number for row in form.rows]
        assert len(set(numbers)) == len(numbers)
        named = {number for pair in form.at_most for number in pair} | set(form.cumulative)
        named |= {number for whole, parts in form.sums for number in (whole, *parts)}
        assert named <= set(numbers)


CLUSTERS = [
    ({}, []),
    ({"r18": 401}, [("intake.form_exceeds", "D28")]),
    ({"r18": 400}, []),
    ({"r15_1": 26}, [("intake.form_sum", "D17")]),
    ({"r27": 25}, [("intake.form_exceeds", "D37")]),
    ({"r14": 5001}, [("intake.form_exceeds", "D16")]),
]


@pytest.mark.parametrize(("changed", "expected"), CLUSTERS, ids=[str(case[0]) for case in CLUSTERS])
def test_what_a_cluster_report_promises(tmp_path: Path, changed: dict, expected: list) -> None:
    reading = _read(books.save(tmp_path / "a.xlsx", books.cluster_report(**changed)), "2026-06")
    assert len(reading.rows) == 35
    assert {row.period for row in reading.rows} == {"2026-H1@admin14"}
    assert [(finding.code, finding.where.cell) for finding in reading.findings] == expected


def test_one_enterprises_report_is_checked_and_goes_no_further(tmp_path: Path) -> None:
    form = forms.forms()["cluster_developer"]
    values = {row.number: 10 for row in form.rows} | {"4": 12, "13": 1, "14": 1}
    rows: books.Rows = [
        ["Mẫu số 02. Báo cáo của chủ đầu tư hạ tầng cụm công nghiệp năm 2026 (số liệu giả định)"],
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Số liệu"],
        *[[row.number, row.vi, row.unit or "%", values[row.number]] for row in form.rows],
    ]
    reading = _read(books.save(tmp_path / "a.xlsx", rows), "2026-12")
    assert not reading.rows
    assert {one.reason for one in reading.skipped} == {"intake.form_individual"}
    assert [(finding.code, finding.where.cell) for finding in reading.findings] == [("intake.form_exceeds", "D6")]


def test_the_first_half_of_a_month_is_no_month(tmp_path: Path) -> None:
    first = _read(books.save(tmp_path / "a.xlsx", books.customs(1)))
    assert {row.indicator for row in first.rows} == {"customs_exports_first_half", "customs_export_quantity_first_half"}
    assert {row.period for row in first.rows} == {"2026-05"}
    assert {one.reason for one in first.skipped} == {"intake.half_month_to_date"}
    second = _read(books.save(tmp_path / "b.xlsx", books.customs(2)))
    assert {(row.indicator, row.period) for row in second.rows} == {
        ("customs_exports", "2026-01/2026-05"),
        ("customs_export_quantity", "2026-01/2026-05"),
    }
    assert {one.reason for one in second.skipped} == {"intake.half_month_rest"}


def test_one_half_is_not_read_by_the_other_halfs_mapping(tmp_path: Path) -> None:
    first = _mapping(books.save(tmp_path / "a.xlsx", books.customs(1)))
    with pytest.raises(KechoError) as refused:
        _read(books.save(tmp_path / "b.xlsx", books.customs(2)), mapping=first)
    assert refused.value.code == "intake.own_not_known"
