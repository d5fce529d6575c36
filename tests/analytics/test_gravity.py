"""Gravity reproduces the textbook's estimates; export potential adds to trade where nothing is projected."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kecho.analytics.export_potential import export_potential, weighted_mean
from kecho.analytics.gravity import ppml
from kecho.kernel.errors import KechoError


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_textbook(shared: Path) -> None:
    """Yotov et al. 2016, chapter 1, application 1: PPML with exporter-year and importer-year effects."""
    import polars as pl

    rows = pl.read_parquet(shared / "trade/gravity/agtpa_applications.parquet").filter(
        pl.col("year").is_in(range(1986, 2007, 4)) & (pl.col("exporter") != pl.col("importer"))
    )
    rows = rows.with_columns(
        pl.col("dist").log().alias("ln_dist"),
        (pl.col("exporter") + pl.col("year").cast(str)).alias("exporter_year"),
        (pl.col("importer") + pl.col("year").cast(str)).alias("importer_year"),
    )
    found = ppml(
        {name: rows[name].to_list() for name in rows.columns},
        trade="trade",
        explained_by=("ln_dist", "cntg", "lang", "clny"),
        fixed_effects=("exporter_year", "importer_year"),
        cluster="pair_id",
    )
    assert found.observations == 28_152
    assert [round(one.estimate, 3) for one in found.coefficients] == [-0.841, 0.437, 0.247, -0.222]
    assert found.of("ln_dist").error == pytest.approx(0.0321, abs=6e-4)


@pytest.mark.parametrize(("columns", "code"), [({}, "no_columns"), ({"trade": [-1.0], "x": [1], "i": [1]}, "bad_flow")])
def test_what_gravity_refuses(columns: dict[str, list[float]], code: str) -> None:
    with pytest.raises(KechoError, match=code):
        ppml(columns, trade="trade", explained_by=["x"], fixed_effects=["i"], cluster="i")


def flows(seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.pareto(1.2, (6, 5, 8)) * (rng.random((6, 5, 8)) < 0.7)


@pytest.mark.parametrize("seed", range(5))
def test_potential_adds_to_trade_where_nothing_is_projected(seed: int) -> None:
    trade = flows(seed)
    found = export_potential(trade)
    assert np.allclose(found.potential.sum(axis=2), trade.sum(axis=2), rtol=1e-12)
    assert (found.open >= 0).all() and (found.unrealised <= 1).all()


def test_growth_and_tariffs_move_the_potential_the_right_way() -> None:
    trade = flows()
    plain = export_potential(trade)
    faster = np.ones((5, 8))
    faster[2] = 1.5
    grown = export_potential(trade, demand_growth=faster).potential
    assert np.allclose(grown[:, 2], plain.potential[:, 2] * 1.5) and np.allclose(grown[:, 1], plain.potential[:, 1])
    ahead = export_potential(trade, supply_growth=np.array([2.0, 1, 1, 1, 1, 1])).potential
    assert (ahead[0] >= plain.potential[0]).all() and (ahead[1] <= plain.potential[1]).all()
    better = np.ones_like(trade)
    better[0, 0, 3] = 2.0
    assert export_potential(trade, tariff_advantage=better).potential[0, 0, 3] > plain.potential[0, 0, 3]


def test_the_latest_year_weighs_most() -> None:
    years = np.zeros((5, 1, 1, 1))
    years[4] = 3.0
    assert weighted_mean(years)[0, 0, 0] == pytest.approx(1.0)
    with pytest.raises(KechoError, match="bad_shapes"):
        weighted_mean(years[:3])
    with pytest.raises(KechoError, match="no_flows"):
        export_potential(np.zeros((2, 2, 2)))
