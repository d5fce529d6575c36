"""A small whole report made by hand, so that the renderers are tested without a database.

The figures are the statistics office's for February 2025 (workbook 2025-02.xlsx) unless marked made up.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kecho.kernel.measures import Stage
from kecho.kernel.periods import Period
from kecho.publish import charts
from kecho.publish.changes import Against, change
from kecho.publish.model import (
    Annex,
    Blank,
    Cell,
    CellKind,
    Chart,
    Column,
    Header,
    Heading,
    Paragraph,
    Report,
    Row,
    Signature,
    Source,
    Table,
)
from kecho.publish.pieces import Figure, Piece, PieceKind, Sentence
from kecho.publish.sentences import statement

MONTH = Period.of_month(2025, 2)
TO_DATE = Period.ytd(2025, 2)


def figure(value: str, unit: str = "percent", ref: int = 1, decimals: int | None = None, **more: object) -> Figure:
    """A figure resting on one observation."""
    return Figure(Decimal(value), unit, decimals, (ref,), **more)  # type: ignore[arg-type]


def sentences(lang: str) -> tuple[Sentence, ...]:
    """A month and a year to date, with bracket and plan."""
    name = {"vi": "Kim ngạch xuất khẩu", "en": "Export turnover"}[lang]
    month = statement(
        name,
        MONTH,
        lang,
        value=figure("31107.3", "million_usd", 1, 1, stage=Stage.PRELIMINARY),
        changes=[
            change(Against.PREVIOUS_MONTH, figure("31107.3", "million_usd", 1), figure("33191.2", "million_usd", 2)),
            change(Against.SAME_PERIOD, None, None, figure("25.7", ref=3), before=figure("-4.9", ref=4)),
        ],
    )
    to_date = statement(
        name,
        TO_DATE,
        lang,
        value=figure("64298.5", "million_usd", 5, 1, is_fictional=True),
        changes=[change(Against.SAME_PERIOD, None, None, figure("8.4", ref=6), before=figure("0.00", ref=7))],
        plan=figure("136", ref=5, is_fictional=True),
    )
    note = Piece("[1]", PieceKind.NOTE)
    return tuple(Sentence((*sentence.pieces[:-1], note, Piece("."))) for sentence in (month, to_date))


def table() -> Table:
    """Two header rows, a total, an indented part, a missing and a nil cell, a formula in disguise."""
    return Table(
        "exports",
        "Biểu 1. Xuất khẩu hàng hóa",
        (
            Column("TT", 1, "center"),
            Column("Chỉ tiêu", 6, "left"),
            Column("ĐVT", 2, "center"),
            Column("Tháng 02", 2, group="Trị giá"),
            Column("Lũy kế", 2, group="Trị giá"),
            Column("Nguồn", 1, "center"),
        ),
        (
            Row(
                (
                    Cell("1"),
                    Cell("Tổng trị giá"),
                    Cell("Triệu USD"),
                    Cell("31.107,3", CellKind.NUMBER, Decimal("31107.3"), 1, (1,)),
                    Cell("64.298,5", CellKind.NUMBER, Decimal("64298.5"), 1, (5,), "†"),
                    Cell("[1]", CellKind.NOTE),
                ),
                is_total=True,
            ),
            Row(
                (
                    Cell("2"),
                    Cell('=HYPERLINK("http://x") Dầu thô'),
                    Cell("Triệu USD"),
                    Cell("…", CellKind.MISSING),
                    Cell("-", CellKind.NIL),
                    Cell("[1]", CellKind.NOTE),
                ),
                level=1,
            ),
        ),
        unit_line="Đơn vị tính: triệu USD",
        footnotes=("† Số liệu giả định.",),
        source_line="Nguồn: Cục Thống kê.",
    )


def chart(lang: str = "vi") -> Chart:
    """Fourteen months of exports."""
    marks = [
        charts.Mark(Period.of_month(2024, 1).shift(months=n), Decimal(30 + n % 5), str(30 + n % 5), Stage.OFFICIAL)
        for n in range(14)
    ]
    spec = charts.year_lines(marks, lang)
    return Chart("exports", "Xuất khẩu tăng", "Xuất khẩu theo tháng, tỷ USD", "Đường xuất khẩu", spec, table(), "Nguồn")


def board() -> Table:
    """One assessed target of each colour."""
    tones = ("achieved", "on_track", "slightly_behind", "behind", "far_behind", "not_assessed")
    rows = tuple(
        Row(
            (
                Cell(f"Chỉ tiêu {tone}"),
                Cell("136%", CellKind.NUMBER, Decimal(136), 0, (5,)),
                Cell(tone, CellKind.STATUS, tone=tone),
            )
        )
        for tone in tones
    )
    columns = (Column("Chỉ tiêu", 4, "left"), Column("% kế hoạch", 1.5), Column("Đánh giá", 2, "left"))
    return Table("board", "Bảng theo dõi kế hoạch", columns, rows)


def source(note: int, observation: int) -> Source:
    """An observation in its cell."""
    return Source(
        note, observation, "export_turnover", "Kim ngạch xuất khẩu", "level", "2025-02", "31.107,3", Decimal("31107.3"),
        "million_usd", "2025-02.xlsx", "14.XK", f"D{8 + observation}", date(2025, 3, 6), Stage.PRELIMINARY,
        "Số liệu tháng 02/2025", False, observation == 5,
    )  # fmt: skip


def report(lang: str = "vi") -> Report:
    """The whole."""
    header = Header(
        "UBND THÀNH PHỐ HÀ NỘI", "SỞ CÔNG THƯƠNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số:        /BC-SCT", "Hà Nội, ngày      tháng      năm 2025", "BÁO CÁO",
        "Tình hình hoạt động ngành công thương tháng 02 và 2 tháng đầu năm 2025", ("Kính gửi:", "- Bộ Công Thương;"),
    )  # fmt: skip
    blocks = (
        Paragraph((Sentence((Piece("Báo cáo có số liệu giả định (†)."),)),), is_notice=True),
        Heading(0, "Phần I\nKẾT QUẢ THỰC HIỆN"),
        Heading(1, "I. ĐÁNH GIÁ CHUNG"),
        Heading(2, "1. Xuất khẩu"),
        Paragraph(sentences(lang)),
        Paragraph(
            (Sentence((Piece("Ngành "), Piece("Dệt <may> & da", PieceKind.NAME), Piece(" tăng."))),), is_bullet=True
        ),
        chart(lang),
        board(),
        Heading(0, "Phần II\nNHIỆM VỤ KỲ TỚI"),
        Blank("Cán bộ soạn thảo điền nhiệm vụ"),
        Paragraph((Sentence((Piece("./."),)),)),
    )
    target = Row(
        (Cell("[1]", CellKind.ANCHOR), Cell("Kim ngạch xuất khẩu"), Cell("2025-02.xlsx"), Cell("14.XK: D9, E9")),
    )
    columns = (
        Column("Số", 1, "center"),
        Column("Chỉ tiêu", 4, "left"),
        Column("Tệp", 3, "left"),
        Column("Ô", 4, "left"),
    )
    source_table = Table("sources", "Nguồn số liệu", columns, (target,))
    return Report(
        "VN-HN", "Hà Nội", MONTH, lang, None, "Báo cáo tháng 02/2025", header, blocks,
        Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")), ("- Như trên;", "- Lưu: VT, KHTCTH."), "Nơi nhận:",
        (Annex("Phụ lục I", "XUẤT KHẨU", "(Kèm theo Báo cáo số      )", (table(),)),),
        tuple(source(1, observation) for observation in range(1, 8)),
        Annex("Phụ lục II", "NGUỒN SỐ LIỆU", "", (source_table,)), ("† Số liệu giả định.",),
    )  # fmt: skip
