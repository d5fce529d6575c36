"""Importing files: what is appended, what is confirmed, what a correction changes, what is refused."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kecho.kernel.errors import KechoError, KechoErrors
from kecho.kernel.measures import Stage
from kecho.kernel.periods import Period
from kecho.observatory import actions, queries
from kecho.observatory.models import Observation, Release
from kecho.observatory.queries import SeriesKey
from kecho.observatory.releases import ReleaseMeta
from kecho.people.actors import Actor, Role, Scope, command_line
from kecho.people.models import AuditEvent
from tests.observatory.makers import reading, row

EXPORTS = SeriesKey("export_turnover")
FEBRUARY = Period.parse("2025-02")
NOW = datetime(2026, 11, 22, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def bring(*rows: object, month: str = "2025-02", **more: object) -> actions.ImportResult:
    return actions.import_reading(reading(month, *rows), command_line(), now=NOW, **more)


def test_a_workbook_becomes_a_dated_release_with_its_cells():
    result = bring(row("31109.320468", cell="D9", stage="preliminary"))
    point = queries.points(EXPORTS)[FEBRUARY]
    assert (result.added, result.confirmed, result.revised, result.written) == (1, 0, 0, 1)
    assert (str(point.value), point.unit, point.decimals, point.stage) == (
        "31109.320468",
        "million_usd",
        0,
        Stage.PRELIMINARY,
    )
    assert (point.sheet, point.cell, point.release.file_name) == ("14.XK", "D9", "2025-02.xlsx")
    assert (point.release.published_on, point.release.published_basis) == (date(2025, 3, 6), "gso-6th")
    assert point.release.imported_at == NOW


def test_the_same_bytes_again_change_nothing():
    first = bring(row("31109"))
    again = bring(row("31109"))
    assert (again.is_new, again.release) == (False, first.release)
    assert (Observation.objects.count(), Release.objects.count(), AuditEvent.objects.count()) == (1, 1, 1)


def test_the_next_month_confirms_revises_and_adds():
    bring(row("100", period="2025-01"), row("50", period="2025-01", label="Cà phê"), month="2025-01")
    result = bring(
        row("100", period="2025-01"), row("51", period="2025-01", label="Cà phê"), row("110", period="2025-02")
    )
    assert (result.added, result.confirmed, result.revised, result.written) == (1, 1, 1, 3)
    assert len(queries.vintages(EXPORTS, Period.parse("2025-01"))) == 2


def test_a_corrected_file_appends_only_what_differs_and_keeps_what_was_known():
    bring(row("31109"), row("8388", label="Khu vực kinh tế trong nước"))
    result = bring(row("31110"), row("8388", label="Khu vực kinh tế trong nước"), reason="sửa ô D9")
    assert (result.written, result.revised, result.confirmed, result.release.reason) == (1, 1, 1, "sửa ô D9")
    assert [notice.code for notice in result.notices] == ["observatory.same_month"]
    now = queries.points(EXPORTS)[FEBRUARY]
    before = queries.points(EXPORTS, date(2025, 3, 6))[FEBRUARY]
    assert (now.value, before.value) == (Decimal(31110), Decimal(31109))
    assert now.release.published_on < date(2025, 4, 6), "an old month's correction does not outrank the next month"


def test_a_corrected_file_that_drops_a_figure_is_reported_with_the_cell():
    bring(row("31109"), row("964", label="Cà phê", cell="D18"))
    result = bring(row("31110"))
    assert [(found.rule, found.cells[0]["cell"]) for found in result.findings] == [("withdrawn", "D18")]
    assert queries.points(SeriesKey("export_turnover", "coffee"))[FEBRUARY].value == Decimal(964)


def test_a_month_out_of_order_goes_in_with_a_notice():
    bring(row("31109"), month="2025-02")
    late = bring(row("33000", period="2025-01"), month="2025-01")
    assert [notice.code for notice in late.notices] == ["observatory.out_of_order"]
    assert [period.code for period in queries.points(EXPORTS)] == ["2025-01", "2025-02"]


def test_one_label_with_two_values_keeps_the_first_and_names_both_cells():
    result = bring(row("31109", cell="D9"), row("31109", cell="D60"), row("99", cell="D61"))
    (found,) = result.findings
    assert (result.written, result.repeated, found.rule) == (1, 2, "two_values")
    assert [cell["cell"] for cell in found.cells] == ["D9", "D61"]
    assert "31.109" in found.text("vi")
    assert "31,109" in found.text("en")


def test_an_unmapped_label_is_kept_under_a_slug_and_reported_once():
    odd = {"label": "Tổ yến và sản phẩm", "breakdown": "Mặt hàng chủ yếu"}
    first = bring(row("1", period="2025-01", **odd), month="2025-01")
    second = bring(row("2", **odd))
    assert first.unmapped == ("Mặt hàng chủ yếu > Tổ yến và sản phẩm",)
    assert [found.rule for found in first.findings] == ["unmapped_label"]
    assert (second.unmapped, second.findings) == ((), ())
    (info,) = queries.series_list("export_turnover")
    assert (info.is_mapped, info.label("en"), info.count) == (False, "Tổ yến và sản phẩm", 2)


def test_another_scale_is_converted_and_another_unit_parted():
    bring(row("1.5", period="2025-01", unit="Tỷ USD"), month="2025-01")
    point = queries.points(EXPORTS)[Period.parse("2025-01")]
    assert (point.value, point.unit, point.decimals, point.note) == (Decimal(1500), "million_usd", -3, "1.5 Tỷ USD")
    result = bring(row("3", unit="Nghìn tấn"))
    assert [found.rule for found in result.findings] == ["other_unit"]
    assert queries.points(SeriesKey("export_turnover", "@thousand-tonnes"))[FEBRUARY].unit == "thousand_tonnes"


def test_a_heading_known_to_be_wrong_is_read_as_what_it_stands_for():
    bring(row("441449.86", indicator="retail_and_services", label="TOTAL", unit="Mill. dongs", period="2020-09"))
    point = queries.points(SeriesKey("retail_and_services"))[Period.parse("2020-09")]
    assert (str(point.value), point.unit, point.note) == ("441449.86", "billion_vnd", "441449.86 Mill. dongs")


def test_all_problems_of_a_file_come_at_once_and_nothing_is_written():
    bad = (row("1e30", cell="D9"), row("1", cell="D10", locality="VN-XX"), row("1", cell="D11", indicator="nothing"))
    with pytest.raises(KechoErrors) as caught:
        bring(row("5", label="Cà phê"), *bad)
    assert [(error.code, error.where.cell) for error in caught.value.errors] == [
        ("observatory.bad_value", "D9"),
        ("observatory.unknown_locality", "D10"),
        ("observatory.unknown_indicator", "D11"),
    ]
    assert (Release.objects.count(), Observation.objects.count()) == (0, 0)


def test_a_reason_for_no_number_is_kept_as_such():
    bring(row("-", label="Cà phê"), row("...", label="Chè"), row("0", label="Gạo"))
    found = {key: queries.points(SeriesKey("export_turnover", key))[FEBRUARY] for key in ("coffee", "tea", "rice")}
    assert [found[key].missing for key in found] == ["nil", "not_collected", None]
    assert [found[key].value for key in found] == [None, None, Decimal(0)]
    with pytest.raises(KechoError, match="no_value"):
        _ = found["coffee"].number


def test_who_may_not_import_is_refused():
    reader = Actor("một người đọc", Role.PUBLIC, (Scope.everywhere(),))
    with pytest.raises(KechoErrors) as caught:
        actions.import_reading(reading("2025-02", row("1")), reader)
    assert caught.value.errors[0].code == "people.denied"
    hanoi = Actor("Hà Nội", Role.STATISTICIAN, (Scope.locality("VN-HN"),))
    actions.import_reading(reading("2025-02", row("1", locality="VN-HN")), hanoi)
    with pytest.raises(KechoErrors):
        actions.import_reading(reading("2025-02", row("2", locality="VN-SG")), hanoi)


def test_a_bulk_load_stores_what_an_import_stores():
    rows = [row("31109", cell="D9"), row("1.5", label="Cà phê", unit="Tỷ USD", cell="D18"), row("-", label="Chè")]
    meta = ReleaseMeta(sha256="b" * 64, file_name="2025-02.xlsx", period=FEBRUARY)
    loaded = actions.load_tidy(iter(rows), meta, command_line(), now=NOW)
    assert (loaded.is_new, loaded.written, loaded.repeated, loaded.release.published_basis) == (True, 3, 0, "gso-6th")
    columns = ("series", "value", "missing", "stage", "decimals", "sheet", "cell", "note", "period_start", "period_end")
    bulk = list(Observation.objects.order_by("id").values_list(*columns))
    actions.import_reading(reading("2025-03", *rows), command_line(), now=NOW)
    assert list(Observation.objects.order_by("id").values_list(*columns))[3:] == bulk


def test_a_bulk_load_is_idempotent_and_all_or_nothing():
    meta = ReleaseMeta(sha256="b" * 64, file_name="sample.csv", kind=Release.Kind.FICTIONAL, source="sample")
    with pytest.raises(KechoErrors):
        actions.load_tidy([row("1"), row("1", locality="VN-XX")], meta, command_line())
    assert (Release.objects.count(), Observation.objects.count()) == (0, 0)
    first = actions.load_tidy([row("1"), row("2", cell="D10")], meta, command_line())
    again = actions.load_tidy([row("3")], meta, command_line())
    assert (first.written, first.repeated, again.is_new, again.release) == (1, 1, False, first.release)
    assert queries.points(EXPORTS)[FEBRUARY].is_fictional
    with pytest.raises(KechoError, match="no_rows"):
        actions.load_tidy([], ReleaseMeta(sha256="c" * 64, file_name="empty.csv"), command_line())


def test_every_import_leaves_a_row_in_the_audit_trail():
    result = bring(row("31109"))
    event = AuditEvent.objects.get()
    assert (event.action, event.target_id) == ("observatory.import_reading", str(result.release.id))
    assert (event.details["added"], event.details["file"]) == (1, "2025-02.xlsx")
