"""Constant market share: the parts make the whole on random and real data, whatever the order of rows and columns."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from kecho.analytics.market_share import fagerberg_sollie, leamer_stern, nyssens_poullet
from kecho.kernel.errors import KechoError

METHODS = {
    fagerberg_sollie: ("share", "product_mix", "market_mix", "product_adaptation", "market_adaptation"),
    nyssens_poullet: ("share", "product", "market", "mixed", "entry"),
    leamer_stern: ("world", "product", "market", "residual"),
}
TOTAL = {fagerberg_sollie: "change", nyssens_poullet: "gap", leamer_stern: "change"}
ALL = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.__name__)


def case(seed: int, *, holes: bool) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    tables = []
    for _ in range(2):
        world = rng.pareto(1.1, (12, 7)) * 1e6
        own = world * rng.random((12, 7)) ** 3
        if holes:
            own *= rng.random((12, 7)) < 0.7
            world = np.where(rng.random((12, 7)) < 0.1, own, world)
        tables += [own, world]
    return tuple(tables)


def parts_and_total(method: object, data: tuple[np.ndarray, ...]) -> tuple[float, float]:
    found = method(*data)  # type: ignore[operator]
    return sum(getattr(found, name) for name in METHODS[method]), getattr(found, TOTAL[method])  # type: ignore[index]


@ALL
@pytest.mark.parametrize("holes", [False, True])
@pytest.mark.parametrize("seed", range(25))
def test_the_parts_make_the_whole(method: object, seed: int, holes: bool) -> None:
    parts, total = parts_and_total(method, case(seed, holes=holes))
    assert parts == pytest.approx(total, rel=1e-12, abs=1e-12)


@ALL
def test_the_order_changes_nothing(method: object) -> None:
    data = case(3, holes=True)
    rng = np.random.default_rng(9)
    rows, columns = rng.permutation(12), rng.permutation(7)
    moved = tuple(table[rows][:, columns] for table in data)
    one, other = method(*data), method(*moved)  # type: ignore[operator]
    for field in fields(one):
        assert getattr(one, field.name) == pytest.approx(getattr(other, field.name), rel=1e-9, abs=1e-12)


@ALL
def test_the_total_is_what_happened(method: object) -> None:
    own0, world0, own1, world1 = case(5, holes=False)
    total = parts_and_total(method, (own0, world0, own1, world1))[1]
    wanted = {
        fagerberg_sollie: own1.sum() / world1.sum() - own0.sum() / world0.sum(),
        nyssens_poullet: own1.sum() / own0.sum() - world1.sum() / world0.sum(),
        leamer_stern: own1.sum() - own0.sum(),
    }[method]
    assert total == pytest.approx(wanted, rel=1e-12)


def test_growing_with_every_cell_is_no_gain() -> None:
    own0, world0, _, _ = case(7, holes=False)
    growth = np.random.default_rng(1).random(world0.shape) * 2
    found = nyssens_poullet(own0, world0, own0 * growth, world0 * growth)
    assert found.share == pytest.approx(0, abs=1e-12) and found.entry == 0
    assert fagerberg_sollie(own0, world0, own0 * growth, world0 * growth).share == pytest.approx(0, abs=1e-12)
    assert leamer_stern(own0, world0, own0 * growth, world0 * growth).residual == pytest.approx(0, abs=1e-6)


def test_only_new_cells() -> None:
    own0, world0 = np.array([[1.0, 0.0]]), np.array([[10.0, 10.0]])
    found = nyssens_poullet(own0, world0, np.array([[1.0, 2.0]]), world0)
    assert (found.gap, found.entry, found.share) == (2.0, 2.0, 0.0)


@pytest.mark.parametrize(
    ("own", "world", "code"),
    [
        (np.ones((2, 2)), np.ones((2, 3)), "bad_shapes"),
        (-np.ones((2, 2)), np.ones((2, 2)), "bad_shapes"),
        (np.zeros((2, 2)), np.zeros((2, 2)), "no_flows"),
        (np.ones((2, 2)) * 3, np.ones((2, 2)), "more_than_all"),
    ],
)
def test_what_is_no_market(own: np.ndarray, world: np.ndarray, code: str) -> None:
    with pytest.raises(KechoError, match=rf"analytics\.{code}"):
        fagerberg_sollie(own, world, own, world)


@pytest.mark.shared
@pytest.mark.parametrize("exporter", ["VNM", "DEU"])
def test_real_trade_adds_up(shared: Path, exporter: str) -> None:
    """World trade by importer of 2000 and 2016: one product, all markets."""
    import polars as pl

    rows = pl.read_parquet(shared / "trade/gravity/penppml_trade.parquet").filter(pl.col("exp") != pl.col("imp"))
    tables = []
    for year in (2000, 2016):
        of_year = rows.filter(pl.col("time") == year)
        markets = sorted(set(of_year["imp"].to_list()))
        by = dict(of_year.group_by("imp").agg(pl.col("export").sum()).iter_rows())
        own = dict(of_year.filter(pl.col("exp") == exporter).group_by("imp").agg(pl.col("export").sum()).iter_rows())
        tables.append((markets, own, by))
    markets = sorted(set(tables[0][0]) & set(tables[1][0]))
    data = [np.array([[source.get(one, 0.0) for one in markets]]) for _, own, by in tables for source in (own, by)]
    for method in METHODS:
        parts, total = parts_and_total(method, tuple(data))
        assert parts == pytest.approx(total, rel=1e-12)
