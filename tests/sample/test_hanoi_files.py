"""Hà Nội's committed files: the invented path passes through every published point, and nothing is unsourced."""

from __future__ import annotations

import csv
import re
import tomllib
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files

import pytest
from tools.make_hanoi_sample import path as made_anew

from kecho.kernel.periods import Period
from kecho.kernel.quantities import Quantity
from kecho.kernel.units import parse_unit
from kecho.sample.hanoi_figures import FOLDER
from kecho.sample.load import TARGETS
from tests.sample.names import PEOPLE_AND_FIRMS

SECTORS = {
    "Tổng trị giá": "total",
    "Khu vực kinh tế trong nước": "domestic",
    "Khu vực có vốn đầu tư nước ngoài": "fdi",
}


@cache
def lines(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((FOLDER / name).read_text("utf-8").splitlines()))


@cache
def sources() -> dict[str, dict[str, object]]:
    return tomllib.loads((FOLDER / "sources.toml").read_text("utf-8"))


@cache
def path() -> dict[tuple[str, int], Decimal]:
    """(sector, month) -> million US dollars."""
    return {
        (SECTORS[one["label"]], Period.parse(one["period"]).start): Decimal(one["value"]) for one in lines("path.csv")
    }


def level(sector: str, period: Period) -> Decimal:
    return sum((path()[sector, month] for month in range(period.start, period.end)), Decimal(0))


def of_the_path(sector: str, period: Period, measure: str, unit: str) -> Decimal:
    """What the path gives where an article printed a figure, in the article's unit."""
    now = level(sector, period)
    if measure == "level":
        return Quantity(now, "million_usd").to(parse_unit(unit)).value
    if measure == "growth":
        return (now / level(sector, period.year_before) - 1) * 100
    assert measure == "share"
    return now / level("total", period) * 100


def printed() -> list[dict[str, str]]:
    """The export figures that articles printed for a sector or the total: what the path must hit."""
    return [one for one in lines("published.csv") if one["indicator"] == "export_turnover" and one["label"] in SECTORS]


@pytest.mark.parametrize("line", [pytest.param(one, id="-".join(list(one.values())[:7])) for one in printed()])
def test_the_path_hits_every_printed_point_at_its_printed_precision(line: dict[str, str]):
    found = of_the_path(SECTORS[line["label"]], Period.parse(line["period"]), line["measure"], line["unit"])
    assert found.quantize(Decimal(1).scaleb(-int(line["decimals"])), ROUND_HALF_UP) == Decimal(line["value"])


def test_printed_points_are_of_every_kind():
    assert {line["measure"] for line in printed()} == {"level", "growth", "share"}
    assert {Period.parse(line["period"]).length for line in printed()} == {1, 3, 5, 9, 12}


def test_the_path_has_no_hole_and_its_sectors_make_the_total():
    months = sorted({month for _, month in path()})
    assert months == list(range(months[0], months[-1] + 1))
    for month in months:
        assert path()["domestic", month] + path()["fdi", month] == path()["total", month]


def test_the_path_is_what_its_tool_makes():
    made = {(sector, Period.parse(month).start): value for (sector, month), value in made_anew().items()}
    assert made == path()


def test_the_path_holds_national_or_foreign_figures_of_no_kind():
    assert {(one["indicator"], one["locality"], one["measure"], one["unit"]) for one in lines("path.csv")} == {
        ("export_turnover", "VN-HN", "level", "Triệu USD")
    }


def test_every_source_is_used_and_every_figure_has_one():
    assert {line["source"] for line in lines("published.csv")} == set(sources())


def test_a_source_says_who_published_what_and_when():
    for code, source in sources().items():
        assert all(source[name] for name in ("publisher", "subject", "published_on")), code
        assert isinstance(source["day_known"], bool), code


def test_figures_carry_the_decimals_that_were_printed():
    for line in lines("published.csv"):
        digits = line["value"].partition(".")[2]
        assert len(digits) <= int(line["decimals"]), line


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_names_where_it_was_read(name: str):
    text = (files("kecho.sample") / name).read_text("utf-8")
    plans = tomllib.loads(text)["plan"]
    unsourced = [
        (plan["period"], target["code"]) for plan in plans for target in plan["target"] if not target.get("source")
    ]
    assert unsourced == []
    assert set(re.findall(r"\[([A-Z]\d+[a-z]?)\]", text)) <= set(sources())


def test_no_person_and_no_firm_is_named():
    texts = [(FOLDER / name).read_text("utf-8") for name in ("path.csv", "published.csv", "sources.toml")]
    texts += [(files("kecho.sample") / name).read_text("utf-8") for name in TARGETS]
    assert [found.group() for text in texts for found in PEOPLE_AND_FIRMS.finditer(text)] == []
