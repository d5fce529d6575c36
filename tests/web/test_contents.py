"""What pages say: figures as printed, their source one click away, statuses with their reasons, the past as it was."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import Client

from kecho.kernel.measures import Measure
from kecho.observatory import queries
from kecho.observatory.queries import SeriesKey
from kecho.web import series_view
from tests.web import small

pytestmark = pytest.mark.django_db


def page(visitor: Client, address: str) -> str:
    response = visitor.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def text(html: str) -> str:
    """What a reader sees, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("&nbsp;", " ").replace("\u00a0", " ")


def test_board_shows_each_target_with_its_promise(visitor: Client) -> None:
    seen = text(page(visitor, "/bang-ke-hoach/"))
    for promise in ("tăng khoảng 6-8%", "15 tỷ USD", "ít nhất 900.000 tỷ đồng", "bình quân tăng dưới 3%"):
        assert promise in seen
    assert "5 tháng đầu năm 2024" in seen
    assert "Vượt trần" in seen and "Chưa đánh giá" in seen


def test_board_prints_the_arithmetic(visitor: Client) -> None:
    html = page(visitor, "/bang-ke-hoach/")
    steps = re.findall(r'<ol class="steps">(.*?)</ol>', html, re.S)
    assert len(steps) == 6
    assert all(step.count("<li>") >= 2 for step in steps)


def test_status_is_icon_word_and_colour(visitor: Client) -> None:
    found = re.findall(
        r'<span class="status (\w+)"><svg.*?<circle[^>]*class="i-(\w+)"/>.*?</svg>([^<]+)</span>',
        page(visitor, "/bang-ke-hoach/"),
        re.S,
    )
    assert len(found) >= 6
    assert all(status == colour and word.strip() for status, colour, word in found)


def test_board_of_a_past_day(visitor: Client) -> None:
    seen = text(page(visitor, "/bang-ke-hoach/?as_of=2024-04-10"))
    assert "Số liệu như đã biết vào ngày 10/04/2024" in seen
    assert "quý I/2024" in seen and "5 tháng đầu năm" not in seen


def test_board_links_each_figure_to_its_cell(visitor: Client) -> None:
    link = re.search(r'<p class="value"><a href="(/so-lieu/\d+/)">', page(visitor, "/bang-ke-hoach/"))
    assert link
    seen = text(page(visitor, link[1]))
    assert "2024-05b.xlsx" in seen and "E9" in seen


def test_indicator_headline_is_a_report_sentence(visitor: Client) -> None:
    seen = text(page(visitor, "/chi-tieu/export_turnover/"))
    assert re.search(r"Kim ngạch xuất khẩu tháng 5/2024 ước đạt 3,70 tỷ USD , tăng .*? so với cùng kỳ năm trước", seen)
    english = text(page(visitor, "/en/indicators/export_turnover/"))
    assert re.search(r"Export turnover .*?US\$3\.70 billion ?, up .*? on the same period", english)


def test_indicator_table_has_published_beside_computed_growth(visitor: Client) -> None:
    html = page(visitor, "/chi-tieu/export_turnover/?kind=month")
    row = re.search(r"<tr>\s*<th[^>]*>T12/2023</th>(.*?)</tr>", html, re.S)
    assert row
    growth = round(
        small.export_level(small.Period.of_month(2023, 12)) / small.export_level(small.Period.of_month(2022, 12)) * 100
        - 100,
        1,
    )
    assert text(row[1]).count(f"+{growth}%".replace(".", ",")) == 2


def test_month_and_year_to_date_are_never_mixed(visitor: Client) -> None:
    months = page(visitor, "/chi-tieu/export_turnover/?kind=month")
    to_date = page(visitor, "/chi-tieu/export_turnover/?kind=ytd")
    assert "5T/2024" not in text(months) and "T5/2024" in text(months)
    assert "5T/2024" in text(to_date) and not re.search(r"\bT5/2024", text(to_date))


def test_chart_has_the_plan_line(visitor: Client) -> None:
    assert "KH 2024" in page(visitor, "/chi-tieu/export_turnover/?kind=ytd")
    assert "KH 2024" not in page(visitor, "/chi-tieu/export_turnover/?kind=month")


def test_fictional_series_says_so(visitor: Client) -> None:
    seen = text(page(visitor, "/chi-tieu/export_turnover/?locality=VN-HN"))
    assert "Chuỗi này có số minh họa, không có thật." in seen and seen.count("Minh họa") >= 2
    assert "không có thật" in text(page(visitor, "/nguon/"))


@pytest.mark.usefixtures("visitor")
def test_growth_of_a_real_figure_on_a_made_up_one_is_marked() -> None:
    key = SeriesKey("export_turnover")
    year_before = small.LAST.year_before
    points = {period: queries.points(key)[period] for period in (year_before, small.LAST)}
    points[year_before] = replace(points[year_before], is_fictional=True)
    (row, base) = series_view.rows(points, {}, Measure.LEVEL)
    assert row.computed_pct is not None and row.is_base_fictional and not base.is_base_fictional


def test_sparklines_are_told_in_round_numbers(visitor: Client) -> None:
    told = re.findall(r'<span class="hidden">(thấp nhất.*?)</span>', page(visitor, "/bang-ke-hoach/"))
    assert told and not any(re.search(r",\d{3,}", words) for words in told)


@pytest.mark.usefixtures("visitor")
def test_value_page_rounds_first_and_gives_what_the_cell_holds() -> None:
    cell = Decimal("87.08775883199836")
    point = replace(next(iter(queries.points(SeriesKey("export_turnover")).values())), value=cell, unit="percent")
    info = queries.indicator("iip")
    assert series_view.printed_value(point, info, "index_pp") == "87,09"
    assert series_view.rounded(point, info, "index_pp") != cell
    assert series_view.printed_value(replace(point, value=Decimal(12)), info, "growth") == "12%"


def test_value_page_lists_all_vintages(visitor: Client) -> None:
    point = queries.points(SeriesKey("export_turnover"))[small.LAST]
    seen = text(page(visitor, f"/so-lieu/{point.id}/"))
    assert "2024-05.xlsx" in seen and "2024-05b.xlsx" in seen
    assert "+123,4" in seen


def test_citation_brings_the_same_figures_back(visitor: Client) -> None:
    html = page(visitor, "/chi-tieu/export_turnover/?kind=month")
    address = re.search(r"http://testserver(/chi-tieu/\S+)", html)
    assert address and "as_of=" in address[1]
    again = page(visitor, address[1].rstrip("</p>").replace("&amp;", "&"))
    assert text(again).count("3.698,8") == text(html).count("3.698,8") > 0


def test_report_links_its_figures(visitor: Client) -> None:
    html = page(visitor, "/bao-cao/2024-05/?locality=VN")
    assert 'href="/so-lieu/' in html and 'href="/en/reports/2024-05/download/pdf/?locality=VN"' in html


def test_report_month_without_figures_is_explained(visitor: Client) -> None:
    response = visitor.get("/bao-cao/2030-01/?locality=VN")
    assert response.status_code == 404
    assert "publish.no_figures" in response.content.decode()


def test_kept_page_gives_way_to_new_figures(visitor: Client) -> None:
    cache.clear()
    before = page(visitor, "/nguon/")
    month = small.LAST.shift(months=1)
    small.take_in(f"{month.code}.xlsx", month, list(small.country_rows(month)))
    after = page(visitor, "/nguon/")
    cache.clear()
    assert "2024-06.xlsx" not in before and "2024-06.xlsx" in after


def test_wrong_requests_are_not_kept(visitor: Client) -> None:
    cache.clear()
    for _ in range(2):
        assert visitor.get("/chi-tieu/export_turnover/?measure=share").status_code == 404
