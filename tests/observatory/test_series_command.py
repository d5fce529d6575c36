"""``kecho series`` and ``kecho formulas``: points with their cells, formulas, geographies."""

from __future__ import annotations

import csv

import pytest
from typer.testing import CliRunner

from kecho.kernel.errors import KechoError
from kecho.observatory.queries import SeriesKey
from kecho.web.cli import application
from tests.observatory.makers import observe, release, series

HEAD = ["indicator", "breakdown", "locality", "measure", "period"]


def run(*words: str) -> str:
    """What the command prints, standard error included."""
    found = CliRunner().invoke(application(), list(words), catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.output


@pytest.fixture
def figures() -> None:
    of = release("2025-03-06")
    for key, value, more in (
        (SeriesKey("industrial_labour_index", "", "VN-HN", "index_py"), "98.6", {"sheet": "5. LĐCN_DP", "cell": "C10"}),
        (SeriesKey("export_turnover"), "31.5", {}),
        (SeriesKey("import_turnover"), "33.1", {}),
        (SeriesKey("fdi_projects", "", "VN-56"), "8", {}),
    ):
        series(key, "percent" if key.measure != "level" else "million_usd")
        observe(key, "2025-02", value, of, **more)


@pytest.mark.django_db
@pytest.mark.usefixtures("figures")
def test_each_point_leads_to_its_cell() -> None:
    lines = list(
        csv.reader(run("series", "industrial_labour_index", "--locality", "VN-HN", "--format", "csv").splitlines())
    )
    assert lines[0][:5] == HEAD
    assert lines[1][3:7] == ["index_py", "2025-02", "98.6", "percent"]
    assert lines[1][9:13] == ["2025-02.xlsx", "5. LĐCN_DP", "C10", "no"]


@pytest.mark.django_db
@pytest.mark.usefixtures("figures")
def test_a_formula_is_a_series_that_tells_itself() -> None:
    text = run("series", "goods_balance")
    assert "-1.6" in text
    assert "Kim ngạch xuất khẩu − Kim ngạch nhập khẩu" in text


@pytest.mark.django_db
@pytest.mark.usefixtures("figures")
def test_a_geography_says_what_was_assumed() -> None:
    text = run("series", "fdi_projects", "--locality", "VN-56", "--geography", "new")
    assert "Bắc Giang, Bắc Ninh" in text
    assert "No figures" in text, "Bắc Giang has none"
    assert "2025-02" in run("series", "fdi_projects", "--locality", "VN-56", "--geography", "old")
    with pytest.raises(KechoError, match="not_additive"):
        run("series", "iip", "--locality", "VN-56", "--measure", "index_py", "--geography", "new")


@pytest.mark.django_db
def test_where_a_series_ends_is_said() -> None:
    assert "IIP" in run("series", "industrial_output_constant_1994", "--locality", "VN-HN")


@pytest.mark.django_db
def test_formulas_are_listed() -> None:
    rows = list(csv.reader(run("formulas", "--format", "csv", "--lang", "en").splitlines()))
    assert ["goods_balance", "Balance of trade in goods", "difference"] in [row[:3] for row in rows]
