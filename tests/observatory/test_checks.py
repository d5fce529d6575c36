"""Findings of an import: the rule, the cells, and which release the earlier figure came from."""

import pytest

from kecho.observatory import actions, queries
from kecho.observatory.queries import FindingInfo, SeriesKey
from kecho.people.actors import command_line
from tests.observatory.makers import reading, row

pytestmark = pytest.mark.django_db


def found(*rows: object, month: str = "2025-02") -> list[FindingInfo]:
    result = actions.import_reading(reading(month, *rows), command_line())
    return [finding for finding in result.findings if finding.rule != "unmapped_label"]


def test_a_total_that_its_parts_do_not_make_is_reported_with_all_cells():
    (finding,) = found(
        row("31109", cell="D9"),
        row("8288", label="Khu vực kinh tế trong nước", cell="D10"),
        row("22720", label="Khu vực có vốn đầu tư NN", cell="D11"),
    )
    assert (finding.rule, finding.severity) == ("parts_make_total", "error")
    assert [(cell["role"], cell["cell"]) for cell in finding.cells] == [
        ("whole", "D9"),
        ("part", "D10"),
        ("part", "D11"),
    ]
    assert finding.key == SeriesKey("export_turnover")
    (listed,) = queries.findings(severity="error")
    assert listed == finding


def test_a_corrected_file_is_weighed_as_the_whole_file_that_it_was():
    domestic = row("8388", label="Khu vực kinh tế trong nước", cell="D10")
    invested = {"label": "Khu vực có vốn đầu tư NN", "cell": "D11"}
    coffee = {"label": "Cà phê", "cell": "D18"}
    odd = row("964000", period="2025-02", **coffee)
    before = row("964", period="2024-02", **coffee)
    assert [finding.rule for finding in found(row("31109"), domestic, row("22721", **invested), odd, before)] == [
        "unit_jump"
    ]
    (finding,) = found(row("31109"), domestic, row("23000", **invested), odd, before)
    assert finding.rule == "parts_make_total", "the unit that slipped was found in the file before this one"
    assert {cell["cell"]: cell["value"] for cell in finding.cells}["D11"] == "23000"


def test_sums_hold_for_parts_of_parts_and_are_not_asked_of_missing_ones():
    fdi = {"breakdown": "TỔNG TRỊ GIÁ > Khu vực có vốn đầu tư NN"}
    assert (
        found(
            row("100", label="Khu vực có vốn đầu tư NN"),
            row("40", label="Dầu thô", **fdi),
            row("60", label="Hàng hóa khác", **fdi),
            row("7", label="Dầu thô", breakdown="MẶT HÀNG CHỦ YẾU"),
        )
        == []
    )


def test_month_and_year_to_date_agree_with_the_month_before():
    found(row("33159", period="2025-01"), month="2025-01")
    assert found(row("31109"), row("64268", period="2025-01/2025-02")) == []
    (finding,) = found(row("31000", period="2025-03"), row("95000", period="2025-01/2025-03"), month="2025-03")
    assert finding.rule == "implied_revision"
    assert "điều chỉnh" in finding.text("vi")


def test_a_month_within_one_file_must_agree():
    (finding,) = found(row("33000", period="2025-01"), row("31109"), row("64268", period="2025-01/2025-02"))
    assert finding.rule == "month_from_cumulative"


def test_published_growth_is_kept_beside_the_computed_one():
    found(row("25000", period="2024-02"), month="2024-02")
    index = row("160", measure="index_py", unit="%", cell="J9")
    (finding,) = found(row("31109"), index)
    assert (finding.rule, finding.key) == ("growth_on_revised_base", SeriesKey("export_turnover", measure="index_py"))
    assert [cell["role"] for cell in finding.cells] == ["published", "now", "base"]
    (detail,) = [queries.point(cell["observation"]) for cell in finding.cells if cell["role"] == "now"]
    assert detail.findings == (finding,)


def test_retail_shares_and_levels():
    retail = {"indicator": "retail_and_services", "table": "retail", "unit": "Tỷ đồng", "period": "2025-01/2025-02"}
    share = {**retail, "unit": "%", "measure": "share"}
    (finding,) = found(
        row("1000000", label="TỔNG SỐ", **retail),
        row("760000", label="Bán lẻ hàng hóa", **retail),
        row("75.5", label="Bán lẻ hàng hóa", **share),
    )
    assert finding.rule == "share_from_levels"


def test_a_part_that_some_tables_add_and_others_tell_apart():
    retail = {"indicator": "retail_and_services", "table": "retail", "unit": "Tỷ đồng", "period": "2001-03"}
    names = ("TỔNG SỐ", "Thương nghiệp", "Khách sạn, nhà hàng", "Du lịch", "Dịch vụ", "Sản xuất trực tiếp bán")
    for month, total, expected in (
        ("2001-03", "110", []),
        ("2001-04", "100", []),
        ("2001-05", "105", ["parts_make_total"]),
    ):
        figures = [total, "70", "20", "4", "6", "10"]
        rows = [
            row(value, label=label, **{**retail, "period": month}) for value, label in zip(figures, names, strict=True)
        ]
        assert [finding.rule for finding in found(*rows, month=month)] == expected


def test_a_unit_that_slips_by_a_thousand_is_noticed():
    parts = {"indicator": "industrial_product", "label": "Linh kiện điện thoại", "unit": "Nghìn tỷ đồng"}
    found(row("36.08", period="2024-04", **parts), month="2024-04")
    (finding,) = found(row("35546.49", period="2025-04", **parts), month="2025-04")
    assert finding.rule == "unit_jump"
    assert "985" in finding.text("vi")
