"""Charts: valid specifications, letters that are there, stages that show."""

from __future__ import annotations

from decimal import Decimal

import altair
import pytest

from kecho.kernel.measures import Stage
from kecho.kernel.periods import Period
from kecho.publish import charts, drawing
from kecho.publish.model import Chart
from kecho.publish.textwidth import FONT_FAMILY, width_pt

from .factory import chart, table

MARKS = [
    charts.Mark(
        Period.of_month(2023, 1).shift(months=n),
        Decimal(30 + n % 7 - 3 * (n % 2)),
        f"{30 + n % 7},5",
        Stage.ESTIMATE if n == 25 else Stage.PRELIMINARY if n > 20 else Stage.OFFICIAL,
    )
    for n in range(26)
]
BARS = [
    charts.Bar("Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng", Decimal(35), "35,0%", "behind", Decimal(41)),
    charts.Bar("Sản phẩm OCOP", Decimal(136), "136%", "achieved"),
]
SPECS = {
    "lines": lambda: charts.year_lines(MARKS, "vi"),
    "bars": lambda: charts.growth_bars(MARKS[-13:], "vi"),
    "progress": lambda: charts.progress_bars(BARS, "vi", "Cần có"),
}


def drawn(name: str) -> str:
    spec = SPECS[name]()
    return drawing.svg(Chart(name, "", "", "", spec, table()))


@pytest.mark.parametrize("name", SPECS)
def test_the_specification_is_valid_vega_lite(name: str) -> None:
    altair.LayerChart.from_dict(SPECS[name]())


@pytest.mark.parametrize("name", SPECS)
def test_text_is_drawn_in_the_vendored_typeface(name: str) -> None:
    text = drawn(name)
    assert f'font-family="{FONT_FAMILY}, Times New Roman, serif"' in text
    assert "<text" in text
    assert "style=" not in text


def test_months_are_t1_to_t12_and_lines_are_labelled_directly() -> None:
    text = drawn("lines")
    for month in range(1, 13):
        assert f">T{month}<" in text
    assert ">2025: 34,5<" in text
    assert ">2023<" in text
    assert "role-legend" not in text


def test_numbers_on_axes_follow_the_language() -> None:
    marks = [charts.Mark(mark.period, mark.value / 10, mark.text, mark.stage) for mark in MARKS]
    for lang, expected in (("vi", "3,0"), ("en", "3.0")):
        spec = charts.year_lines(marks, lang)
        assert f">{expected}<" in drawing.svg(Chart("x", "", "", "", spec, table()))


def test_estimates_are_dashed_and_what_is_not_official_is_hollow() -> None:
    segments = charts.year_lines(MARKS, "vi")["layer"][0]["data"]["values"]
    assert {value["month"] for value in segments if value["dashed"]} == {"T1", "T2"}  # the stretch to February 2025
    text = drawn("bars")
    assert 'stroke-dasharray="4,3"' in text
    assert 'fill="white"' in text


def test_a_long_name_goes_on_in_a_second_line_and_is_not_cut() -> None:
    text = drawn("progress")
    assert "…" not in text
    assert "doanh" in text


def test_the_picture_is_sharp_enough_for_print() -> None:
    picture = drawing.png(chart())
    assert picture.startswith(b"\x89PNG")
    width = int.from_bytes(picture[16:20], "big")
    assert width / (160 / 25.4) > 250  # dots an inch at the width it has in the report


def test_widths_are_the_typefaces_own() -> None:
    # "Độc lập - Tự do - Hạnh phúc" in Times New Roman Bold 14 is 60.5 mm wide
    assert width_pt("Độc lập - Tự do - Hạnh phúc", 14, "Bold") / 72 * 25.4 == pytest.approx(60.5, abs=0.2)
    assert width_pt("", 14) == 0
