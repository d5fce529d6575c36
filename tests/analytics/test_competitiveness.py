"""Advantage, complexity and the product space: textbook cases, properties, and the reference output on world trade."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kecho.analytics import competitiveness as c
from kecho.kernel.errors import KechoError

RNG = np.random.default_rng(20261128)


def random_values(places: int = 20, products: int = 40) -> np.ndarray:
    return RNG.pareto(1.2, (places, products)) * (RNG.random((places, products)) < 0.6)


def world(shared: Path) -> c.Flows:
    file = shared / "trade/economiccomplexity_r/world_trade_avg_1998_2000_sitc2_4d.csv"
    with file.open(encoding="utf-8") as lines:
        return c.Flows.of((row["country"], row["product"], row["value"]) for row in csv.DictReader(lines))


@pytest.fixture(scope="module")
def trade(shared: Path) -> c.Flows:
    return world(shared)


@pytest.mark.shared
def test_advantage_is_the_reference_cell_for_cell(trade: c.Flows, shared: Path) -> None:
    present = c.presence(c.balassa(trade.values))
    with (shared / "trade/economiccomplexity_r/reference_rca_ge_1_pairs.csv").open(encoding="utf-8") as lines:
        wanted = {(row["country"], row["product"]) for row in csv.DictReader(lines)}
    found = {(trade.places[i], trade.products[j]) for i, j in np.argwhere(present)}
    assert trade.values.shape == (226, 785) and found == wanted and len(wanted) == 31_951


@pytest.mark.shared
def test_complexity_of_the_world(trade: c.Flows) -> None:
    present = c.presence(c.balassa(trade.values))
    found = c.complexity(present)
    assert (found.second, found.third) == pytest.approx((0.179134, 0.120949), abs=5e-7)
    top = [trade.places[at] for at in np.argsort(-found.places)[:5]]
    assert top == ["sgs", "jpn", "hmd", "gbr", "deu"]
    viet_nam = trade.at("vnm")
    assert found.places[viet_nam] == pytest.approx(-0.7454, abs=5e-5)
    assert int((found.places > found.places[viet_nam]).sum()) + 1 == 175
    strong = c.fitness(present, steps=200)
    assert int((strong.places > strong.places[viet_nam]).sum()) + 1 == 71
    assert strong.places[trade.at("deu")] == pytest.approx(3.813, abs=5e-4)


@pytest.mark.shared
def test_proximity_is_the_reference_cell_for_cell(trade: c.Flows, shared: Path) -> None:
    import polars as pl

    phi = c.proximity(c.presence(c.balassa(trade.values)))
    rows = pl.read_parquet(shared / "trade/economiccomplexity_r/reference_proximity_product.parquet")
    at = {name: place for place, name in enumerate(trade.products)}
    one, other, value = (rows[name].to_list() for name in rows.columns[:3])
    found = phi[[at[a] for a in one], [at[b] for b in other]]
    assert (found.astype(np.float32) == np.array(value, dtype=np.float32)).all()  # the reference keeps single precision
    assert np.count_nonzero(np.triu(phi, 1)) == len(value)


def test_tiny_territories_are_left_out_unless_switched_off() -> None:
    flows = c.Flows.of([("A", "x", 3e9), ("A", "y", 1e9), ("B", "x", 2e9), ("islet", "y", 5e5)])
    kept, left_out = c.keep(flows, c.usual(), {"A": 9e7, "B": 5e6, "islet": 30})
    assert (kept.places, left_out) == (("A", "B"), ("islet",))
    assert c.keep(flows, c.Filters())[1] == ()
    with pytest.raises(KechoError, match="no_populations"):
        c.keep(flows, c.usual())


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.01, 1e6))
def test_advantage_knows_no_unit_and_no_order(seed: int, unit: float) -> None:
    rng = np.random.default_rng(seed)
    values = rng.random((5, 7))
    order = rng.permutation(7)
    rca = c.balassa(values)
    assert np.allclose(c.balassa(values * unit), rca) and np.allclose(c.balassa(values[:, order]), rca[:, order])
    weights = values.sum(axis=0) / values.sum()
    assert np.allclose(rca @ weights, 1)  # the weighted mean of a place's advantages is one
    assert np.allclose(c.normalised(values).sum(axis=0), 0) and np.allclose(c.normalised(values).sum(axis=1), 0)
    assert ((c.symmetric(rca) >= -1) & (c.symmetric(rca) < 1)).all()


def test_complexity_of_a_place_is_the_mean_of_its_products() -> None:
    present = c.presence(c.balassa(random_values()))
    found = c.complexity(present)
    assert np.allclose(present @ found.products / present.sum(axis=1), found.places)
    tall = c.complexity(present.T.copy())
    assert tall.second == pytest.approx(found.second)
    assert found.places.mean() == pytest.approx(0, abs=1e-12) and found.places.std() == pytest.approx(1)


def test_complexity_is_the_general_eigenvector() -> None:
    present = c.presence(c.balassa(random_values()))
    matrix = (present / present.sum(axis=1, keepdims=True)) @ (present / present.sum(axis=0)).T
    values, vectors = np.linalg.eig(matrix)
    second = vectors[:, np.argsort(-values.real)[1]].real
    ours = c.complexity(present).places
    assert abs(np.corrcoef(second, ours)[0, 1]) == pytest.approx(1, abs=1e-10)


@pytest.mark.parametrize(
    ("present", "code"),
    [
        (np.eye(4), "not_connected"),
        (np.ones((2, 5)), "too_small"),
        (np.array([[1.0, 1, 1], [0, 0, 0], [1, 0, 1]]), "empty_row"),
        (np.array([[1.0, 0, 1], [1, 0, 0], [1, 0, 1]]), "empty_row"),
    ],
)
def test_what_has_no_ranking(present: np.ndarray, code: str) -> None:
    with pytest.raises(KechoError, match=rf"analytics\.{code}"):
        c.complexity(present)


def test_density_and_gain_by_hand() -> None:
    present = np.array([[1.0, 1, 0], [1, 0, 1], [0, 1, 1]])
    phi = c.proximity(present)
    assert np.allclose(phi, [[1, 0.5, 0.5], [0.5, 1, 0.5], [0.5, 0.5, 1]])
    near = c.density(present, phi)
    assert near[0, 2] == pytest.approx((0.5 + 0.5) / 2) and near[0, 0] == pytest.approx(1.5 / 2)
    pci = np.array([1.0, 2.0, 4.0])
    assert c.opportunity_value(present, near, pci)[0] == pytest.approx(0.5 * 4)
    gain = c.opportunity_gain(present, phi, near, pci)
    assert (gain[present == 1] == 0).all() and gain[0, 2] == pytest.approx(4 * 0.5 - 0.5 * 4)


def test_concentration_splits_exactly() -> None:
    values = np.array([0.0, 1.0, 3.0, 0.0])
    found = c.theil(values)
    assert found.between == pytest.approx(np.log(2)) and found.index == pytest.approx(found.between + found.within)
    assert c.herfindahl(np.ones(5), is_normalised=True) == pytest.approx(0)
    assert c.similarity(values, values) == pytest.approx(1)
    with pytest.raises(KechoError, match="no_flows"):
        c.herfindahl(np.zeros(3))


@pytest.mark.parametrize("value", ["-1", "nan", "inf"])
def test_what_is_no_flow(value: str) -> None:
    with pytest.raises(KechoError, match="bad_flow"):
        c.Flows.of([("A", "x", value)])
