"""Series break where their base or their place's borders changed, and nowhere else."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from kecho.kernel.periods import Period
from kecho.observatory import catalogue
from kecho.observatory.breaks import breaks_of
from kecho.observatory.values import SeriesKey


@pytest.mark.parametrize(
    ("key", "firsts"),
    [
        (SeriesKey("cpi", measure="index_base"), ["2016-01", "2020-10"]),
        (SeriesKey("cpi", measure="index_py"), []),
        (SeriesKey("export_turnover"), []),
        (SeriesKey("export_turnover", locality="VN-HN"), ["2008-08"]),
        (SeriesKey("export_turnover", locality="VN-HN", measure="index_py"), []),
        (SeriesKey("export_turnover", locality="VN-SG"), ["2025-07"]),
    ],
)
def test_series_break_where_they_do(key: SeriesKey, firsts: list[str]) -> None:
    assert [one.first.code for one in breaks_of(key)] == firsts


def test_merged_provinces_are_named() -> None:
    (one,) = breaks_of(SeriesKey("export_turnover", locality="VN-SG"))
    assert "Bình Dương" in one.text("vi") and "01/07/2025" in one.text("vi") and "Binh Duong" in one.text("en")


def test_stated_breaks_name_indicators_and_sources() -> None:
    text = resources.files("kecho.observatory").joinpath("data/breaks.toml").read_text("utf-8")
    for row in tomllib.loads(text)["break"]:
        assert {catalogue.indicator(code).code for code in row["indicators"]} == set(row["indicators"])
        assert row["source"] and row["vi"] and row["en"] and Period.parse(row["from"]).length == 1
