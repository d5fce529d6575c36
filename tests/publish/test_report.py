"""Whole reports from the sample: Việt Nam's real months, Hà Nội's published points with a made-up path between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

import pytest
from django.db import transaction

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.observatory import actions, queries
from kecho.observatory.releases import ReleaseMeta
from kecho.people import actors
from kecho.plan import actions as plans
from kecho.publish.model import CellKind, Heading, Paragraph, Report, Table
from kecho.publish.pieces import FICTIONAL_MARK, PieceKind
from kecho.publish.report import compose
from kecho.sample import hanoi_figures, load, vietnam_figures

pytestmark = pytest.mark.django_db

MONTHS = ("2023-02", "2024-01", "2024-02", "2024-03", "2024-12", "2025-01", "2025-02")
Composed = Callable[..., Report]


@pytest.fixture(scope="module")
def composed(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Composed]:
    """Composes reports on the sample's figures, each once; all tests of this module only read."""
    known: dict[tuple[object, ...], Report] = {}

    def once(locality: str, month: str, lang: str = "vi", as_of: date | None = None) -> Report:
        key = (locality, month, lang, as_of)
        if key not in known:
            known[key] = compose(locality, Period.parse(month), lang, as_of)
        return known[key]

    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        actor = actors.command_line()  # may put a plan into force
        for reading in vietnam_figures.readings():
            if reading.period in MONTHS:
                meta = ReleaseMeta(reading.sha256, reading.file, title="", period=Period.parse(reading.period))
                actions.load_tidy(reading.rows, meta, actor)
        hanoi_figures.load(actor)
        for name in load.TARGETS:
            with load.as_file(load.files("kecho.sample") / name) as path:
                plans.import_plan(path, actor)
        yield once
        transaction.set_rollback(True)


def text(report: Report) -> str:
    """The body's text, a paragraph a line, with plain blanks."""
    return "\n".join(paragraph.text for paragraph in report.paragraphs).replace("\u00a0", " ")


def headings(report: Report) -> list[str]:
    return [block.text for block in report.blocks if isinstance(block, Heading)]


# ---- Việt Nam, February 2025


@pytest.mark.parametrize(
    "sentence",
    [
        "Chỉ số sản xuất công nghiệp (IIP) tháng 02/2025 ước giảm 2,23% so với tháng trước và tăng 17,17% so với cùng "
        "kỳ năm trước",
        "Lũy kế 2 tháng đầu năm 2025, chỉ số sản xuất công nghiệp (IIP) ước tăng 7,24% so với cùng kỳ năm trước",
        "Kim ngạch xuất khẩu tháng 02/2025 sơ bộ đạt 31,11 tỷ USD, giảm 6,0% so với tháng trước và tăng 25,7% so với "
        "cùng kỳ năm trước (cùng kỳ giảm 5,0%)",
        "Khu vực có vốn đầu tư nước ngoài đóng góp 5,3 điểm phần trăm vào mức tăng chung",
        "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng (theo giá hiện hành) tháng 02/2025 ước đạt "
        "561,7 nghìn tỷ đồng",
        "Bình quân 2 tháng đầu năm 2025, chỉ số giá tiêu dùng (CPI) tăng 3,27% so với cùng kỳ năm trước",
        "ô tô gấp 2,1 lần",
        "Cán cân thương mại hàng hóa tháng 02/2025 sơ bộ nhập siêu 1,55 tỷ USD",
        "Cục Công Thương địa phương kính báo cáo./.",
    ],
)
def test_the_report_of_february_2025_says(composed: Composed, sentence: str) -> None:
    assert sentence in text(composed("VN", "2025-02"))


def test_it_has_the_parts_of_a_monthly_report_in_order(composed: Composed) -> None:
    assert headings(composed("VN", "2025-02")) == [
        "Phần I\nKẾT QUẢ THỰC HIỆN THÁNG 02 VÀ 2 THÁNG ĐẦU NĂM 2025",
        "I. ĐÁNH GIÁ CHUNG",
        "II. KẾT QUẢ TRÊN CÁC LĨNH VỰC",
        "1. Sản xuất công nghiệp",
        "2. Thương mại nội địa",
        "3. Xuất khẩu, nhập khẩu hàng hóa",
        "III. TÌNH HÌNH THỰC HIỆN CHỈ TIÊU KẾ HOẠCH NĂM 2025",
        "IV. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN",
        "Phần II\nNHIỆM VỤ TRỌNG TÂM THÁNG 3 NĂM 2025",
        "Phần III\nĐỀ XUẤT, KIẾN NGHỊ",
    ]


def test_number_date_and_name_are_left_blank(composed: Composed) -> None:
    report = composed("VN-HN", "2024-05")
    assert re.fullmatch(r"Số:\s+/BC-SCT", report.header.number_line)
    assert re.fullmatch(r"Hà Nội, ngày\s+tháng\s+năm 2024", report.header.place_date)
    assert report.signature.name == ""
    assert report.signature.lines == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert report.recipients[-1] == "- Lưu: VT, KHTCTH."


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("locality", "month"), [("VN", "2025-02"), ("VN-HN", "2024-05"), ("VN", "2024-01")])
def test_every_number_of_the_text_leads_to_its_cells(composed: Composed, locality: str, month: str, lang: str) -> None:
    report = composed(locality, month, lang)
    known = {source.observation for source in report.sources}
    notes = {source.note for source in report.sources}
    for paragraph in report.paragraphs:
        for piece in paragraph.pieces:
            if piece.kind is PieceKind.NUMBER:
                assert piece.refs
                assert set(piece.refs) <= known, piece
            elif piece.kind is PieceKind.NOTE:
                assert int(piece.text.strip("[]")) in notes
            elif piece.kind is PieceKind.TEXT:
                assert not re.search(r"\d", piece.text), piece


@pytest.mark.parametrize(("locality", "month"), [("VN", "2025-02"), ("VN-HN", "2024-05")])
def test_every_number_of_the_tables_leads_to_its_cells(composed: Composed, locality: str, month: str) -> None:
    report = composed(locality, month)
    known = {source.observation for source in report.sources}
    anchors = {c.text for t in report.source_annex.tables for r in t.rows for c in r.cells if c.kind is CellKind.ANCHOR}
    checked = 0
    for table in [block for block in report.blocks if isinstance(block, Table)] + [
        table for annex in report.annexes for table in annex.tables
    ]:
        for row in table.rows:
            for cell in row.cells:
                if cell.kind is CellKind.NUMBER:
                    assert cell.refs
                    assert set(cell.refs) <= known, (table.key, row)
                    checked += 1
                elif cell.kind is CellKind.NOTE:
                    assert cell.text in anchors
    assert checked > 10


def test_a_source_names_file_sheet_cell_day_and_stage(composed: Composed) -> None:
    sources = composed("VN", "2025-02").sources
    (found,) = [s for s in sources if (s.file, s.sheet, s.indicator, s.period, s.measure, s.label) == (
        "2025-02.xlsx", "2.IIPthang", "iip", "2025-02", "index_py", "Chỉ số sản xuất công nghiệp (IIP)"
    )]  # fmt: skip
    assert found.cell == "D9"
    assert found.value is not None
    assert round(found.value, 2) == queries.point(found.observation).point.number.__round__(2)
    assert str(round(found.value, 2)) == "117.17"
    assert (found.published_on, found.stage) == (date(2025, 3, 6), "estimate")


def test_the_annex_has_the_departments_columns(composed: Composed) -> None:
    report = composed("VN", "2025-02")
    (exports,) = [table for annex in report.annexes for table in annex.tables if table.key == "exports"]
    assert [column.title for column in exports.columns] == [
        "TT", "Chỉ tiêu", "ĐVT", "Kế hoạch năm 2025", "Thực hiện T1/2025", "Sơ bộ T2/2025", "Lũy kế 2T/2025",
        "Tháng trước", "Cùng kỳ", "Lũy kế so cùng kỳ", "Lũy kế so kế hoạch (%)", "Nguồn",
    ]  # fmt: skip
    total = exports.rows[0]
    assert total.is_total
    assert [cell.text for cell in total.cells[1:3]] == ["Kim ngạch xuất khẩu", "Triệu USD"]
    (index,) = [table for annex in report.annexes for table in annex.tables if table.key == "iip"]
    assert "ĐVT" not in [column.title for column in index.columns]  # an index has no level: no column for one


def test_the_board_is_the_plans_own(composed: Composed) -> None:
    report = composed("VN", "2025-02")
    (board,) = [block for block in report.blocks if isinstance(block, Table) and block.key == "board"]
    names = [row.cells[0].text for row in board.rows]
    assert "Kim ngạch xuất khẩu" in names
    assert all(row.cells[-2].kind is CellKind.STATUS for row in board.rows)
    assert "chỉ tiêu kế hoạch năm:" in text(report)


def test_english_is_the_same_report(composed: Composed) -> None:
    vi, en = composed("VN", "2025-02"), composed("VN", "2025-02", "en")
    assert [source.observation for source in vi.sources] == [source.observation for source in en.sources]
    assert len(vi.blocks) == len(en.blocks) - 1  # the notice that it is a translation
    assert "Export turnover in February 2025 reached a preliminary US$31.11 billion, down 6.0%" in text(en)
    assert "The index of industrial production (IIP) in February 2025 was, by estimate, down 2.23%" in text(en)


def test_january_has_no_cumulative_sentence(composed: Composed) -> None:
    report = composed("VN", "2024-01")
    assert "Lũy kế" not in text(report)
    assert headings(report)[0].endswith("KẾT QUẢ THỰC HIỆN THÁNG 01/2024")
    for annex in report.annexes:
        assert not any("Lũy kế" in column.title for table in annex.tables for column in table.columns)


def test_a_year_is_told_as_a_whole(composed: Composed) -> None:
    found = text(composed("VN", "2024-12"))
    assert "Tính chung năm 2024, kim ngạch xuất khẩu" in found


# ---- Hà Nội


def test_made_up_figures_are_marked_wherever_they_stand(composed: Composed) -> None:
    report = composed("VN-HN", "2024-05")
    found = text(report)
    assert "Báo cáo này có số liệu giả định, không phải số liệu thật, đánh dấu †" in found.splitlines()[0]
    assert "Kim ngạch xuất khẩu tháng 5/2024 ước đạt 1,45 tỷ USD†" in found
    made_up = {source.observation for source in report.sources if source.is_fictional}
    for paragraph in report.paragraphs:
        pieces = list(paragraph.pieces)
        for piece, after in pairwise(pieces):
            if piece.kind is PieceKind.NUMBER and made_up & set(piece.refs) and after.kind is not PieceKind.TEXT:
                assert after.text == FICTIONAL_MARK, piece
    for annex in report.annexes:
        for table in annex.tables:
            cells = [cell for row in table.rows for cell in row.cells if made_up & set(cell.refs)]
            assert all(cell.mark == FICTIONAL_MARK for cell in cells)
            assert any("giả định" in note for note in table.footnotes)
    assert {row.cells[-1].text for row in report.source_annex.tables[0].rows} == {"", FICTIONAL_MARK}


def test_published_points_stand_unmarked_beside_them(composed: Composed) -> None:
    found = text(composed("VN-HN", "2024-05"))
    assert "Lũy kế 5 tháng đầu năm 2024, kim ngạch xuất khẩu ước đạt 7,1 tỷ USD, tăng 7,7% so với cùng kỳ" in found
    assert "tỷ trọng xuất khẩu của khu vực kinh tế trong nước ước đạt 58,6%" in found
    assert "gạo tăng 50%" in found


def test_a_section_without_figures_says_so_in_one_line(composed: Composed) -> None:
    found = text(composed("VN-HN", "2024-05"))
    assert "Chưa có số liệu về sản xuất công nghiệp của tháng 5/2024." in found
    assert "Chưa có số liệu về thương mại nội địa của tháng 5/2024." in found


def test_programme_counts_stand_where_there_are_any(composed: Composed) -> None:
    assert "Sản phẩm OCOP: 2.711 sản phẩm (tháng 6/2024)" in text(composed("VN-HN", "2024-05"))
    assert not any("OCOP" in heading for heading in headings(composed("VN", "2025-02")))


def test_544_of_400_is_136_percent_of_the_plan_and_36_above(composed: Composed) -> None:
    report = composed("VN-HN", "2023-12", as_of=date(2024, 6, 30))
    assert "544 sản phẩm, đạt 136% kế hoạch (vượt 36%) (năm 2023)" in text(report)


# ---- as known on a day


def test_a_report_is_made_of_what_was_known_on_the_day(composed: Composed) -> None:
    early = composed("VN-HN", "2024-05", as_of=date(2024, 6, 4))
    assert "ước đạt 7,1 tỷ USD†" in text(early)  # the article came out on 5 June: until then only the made-up path
    assert composed("VN-HN", "2024-05").as_of == date(2024, 6, 14)


def test_files_imported_later_do_not_change_a_report(composed: Composed) -> None:
    report = composed("VN", "2024-02")
    assert report.as_of == date(2024, 3, 14)
    assert max(source.published_on for source in report.sources if source.published_on) <= date(2024, 3, 14)


# ---- what cannot be


@pytest.mark.parametrize(
    ("locality", "period", "code"),
    [
        ("VN", "2025-Q1", "publish.not_a_month"),
        ("VN", "2025", "publish.not_a_month"),
        ("VN-XX", "2025-02", "publish.unknown_locality"),
        ("VN-SG", "2025-02", "publish.no_figures"),
        ("VN", "1990-01", "publish.no_figures"),
    ],
)
def test_what_cannot_be_reported_is_refused_with_a_code(
    composed: Composed, locality: str, period: str, code: str
) -> None:
    with pytest.raises(KechoError) as caught:
        composed(locality, period)
    assert caught.value.code == code
    assert caught.value.what("vi")
    assert caught.value.do("en")


def test_paragraphs_never_say_tăng_n_lần_nor_show_a_minus(composed: Composed) -> None:
    for locality, month in (("VN", "2025-02"), ("VN", "2024-12"), ("VN-HN", "2024-05")):
        for block in composed(locality, month).blocks:
            if isinstance(block, Paragraph):
                assert not re.search(r"tăng [\d,]+ lần", block.text)
                assert not re.search(r"[−](?=\d)", block.text)
