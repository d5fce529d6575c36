"""Input-output: published multipliers to their digits, the textbook's table, and properties."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from kecho.analytics import input_output as io
from kecho.kernel.errors import KechoError

BOOK = io.Table(("1", "2"), np.array([[150.0, 500.0], [200.0, 100.0]]), np.array([1000.0, 2000.0]))
GERMAN = (
    "agriculture_group", "industry_group", "construction", "trade_group", "business_services_group",
    "other_services_group",
)  # fmt: skip


def germany(shared: Path) -> io.Table:
    """Germany 1995, six branches, million euro (Eurostat manual 2008, table 15.4)."""
    cells: dict[tuple[str, str], float] = {}
    with (shared / "input-output/germany_1995_siot_long.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            cells[row["iotables_row"], row["iotables_col"]] = float(row["values"] or "nan")

    def line(name: str) -> np.ndarray:
        return np.array([cells[name, branch] for branch in GERMAN])

    flows = np.array([line(branch) for branch in GERMAN])
    inputs = {"value_added": line("gva"), "jobs": line("employment_domestic_total")}
    return io.Table(GERMAN, flows, line("output"), inputs=inputs)


def netherlands(shared: Path) -> io.Table:
    """The Netherlands 2000, six branches, million euro."""
    with (shared / "input-output/netherlands_2000_siot_wide.csv").open(encoding="utf-8") as lines:
        rows = {row["prod_na"]: row for row in csv.DictReader(lines)}
    names = tuple(name for name in rows if name.endswith("_group"))

    def line(name: str) -> np.ndarray:
        return np.array([float(rows[name][branch]) for branch in names])

    flows = np.array([line(name) for name in names])
    return io.Table(names, flows, line("output_bp"), inputs={"wages": line("compensation_employees")})


def published(shared: Path, measure: str) -> list[float]:
    with (shared / "input-output/published_multipliers_small_tables.csv").open(encoding="utf-8") as lines:
        return [float(row["published_value"]) for row in csv.DictReader(lines) if row["measure"].startswith(measure)]


@pytest.mark.shared
def test_germany_to_the_published_digits(shared: Path) -> None:
    table = germany(shared)
    assert np.abs(io.multipliers(table) - published(shared, "backward linkage")).max() < 5.1e-5
    assert np.abs(io.multipliers(table, "value_added") - published(shared, "GVA")).max() < 5.1e-5
    assert np.abs(io.multipliers(table, "jobs") - published(shared, "employment")).max() < 5.1e-5
    rows = io.ghosh(table).sum(axis=1)
    wanted = [2.1126, 1.6910, 1.3558, 1.5848, 2.1037, 1.2106]  # the published 1.6691 of manufacturing is a slip
    assert np.abs(rows - wanted).max() < 5e-4
    assert np.abs(io.linkages(table).backward - [1.0294, 1.1118, 1.0951, 0.9683, 0.9631, 0.8322]).max() < 5.1e-5
    losses = [100 * io.extraction_loss(table, branch) for branch in GERMAN]
    assert np.abs(np.array(losses) - [2.328, 44.712, 13.918, 23.627, 25.140, 21.446]).max() < 5.1e-4


@pytest.mark.shared
def test_the_netherlands_to_the_published_digits(shared: Path) -> None:
    found = io.type_one(netherlands(shared), "wages")
    assert np.abs(found - published(shared, "compensation")).max() < 5.1e-4


def test_the_book() -> None:
    assert np.allclose(io.leontief(BOOK), [[1.2541254, 0.330033], [0.2640264, 1.1221122]], atol=5e-8)
    assert np.allclose(io.output_for(BOOK, np.array([600.0, 1500.0])), [1247.5, 1841.6], atol=0.05)


def test_final_demand_makes_the_output_and_ghosh_the_same_value() -> None:
    demand = BOOK.output - BOOK.flows.sum(axis=1)
    assert np.allclose(io.output_for(BOOK, demand), BOOK.output)
    primary = BOOK.output - BOOK.flows.sum(axis=0)
    assert np.allclose(primary @ io.ghosh(BOOK), BOOK.output)


def test_all_primary_inputs_of_a_unit_of_demand_are_one() -> None:
    """What a unit of final demand costs ends in primary inputs alone (Miller & Blair 2009, section 2.6)."""
    primary = BOOK.output - BOOK.flows.sum(axis=0)
    table = io.Table(BOOK.branches, BOOK.flows, BOOK.output, inputs={"primary": primary})
    assert np.allclose(io.multipliers(table, "primary"), 1)


def test_households_add_and_a_shock_spreads() -> None:
    wages, spent = np.array([300.0, 400.0]), np.array([200.0, 400.0])
    assert (io.type_two(BOOK, wages, spent) > io.multipliers(BOOK)).all()
    loss = np.array([0.1, 0.0])
    settled = io.inoperability(BOOK, loss)
    assert (settled > 0).all() and settled[0] > 0.1
    path = io.recovery(BOOK, np.zeros(2), np.array([0.5, 0.5]), loss, 200)
    assert np.allclose(path[-1], settled) and (np.diff(path[:, 0]) >= -1e-15).all()


def test_a_region_buys_less_within_itself() -> None:
    national = BOOK.flows / BOOK.output
    region, nation = np.array([10.0, 40.0]), np.array([400.0, 500.0])
    ours = io.flq(national, region, nation, 0.3)
    assert (ours <= national + 1e-15).all() and (ours[0] < national[0]).all()
    assert np.allclose(io.flq(national, nation, nation, 0.3), national)
    band = io.regional_band(national, region, nation)
    assert (band.low <= band.high).all() and (band.high < np.linalg.inv(np.eye(2) - national).sum(axis=0)).all()


def wrong_output() -> io.Table:
    return io.Table(("1", "2"), BOOK.flows, np.array([1000.0, 0.0]))


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (wrong_output, "no_output"),
        (lambda: io.Table(("1",), BOOK.flows, BOOK.output), "bad_shapes"),
        (lambda: io.leontief(io.Table(("1", "2"), BOOK.flows * 9, BOOK.output)), "not_productive"),
        (lambda: io.multipliers(BOOK, "jobs"), "unknown_name"),
        (lambda: io.extraction_loss(BOOK, "3"), "unknown_name"),
        (lambda: io.inoperability(BOOK, np.array([2.0, 0])), "bad_loss"),
        (lambda: io.flq(BOOK.flows / BOOK.output, np.array([1.0, 1]), np.array([2.0, 2]), 1.0), "bad_delta"),
        (lambda: io.flq(BOOK.flows / BOOK.output, np.array([3.0, 1]), np.array([2.0, 2]), 0.3), "more_than_all"),
    ],
)
def test_what_is_refused(deed: object, code: str) -> None:
    with pytest.raises(KechoError, match=rf"analytics\.{code}"):
        deed()  # type: ignore[operator]


def test_a_table_that_contradicts_itself_names_the_branch() -> None:
    final = np.array([350.0, 1500.0])  # the second row adds to 1800, its output is 2000
    table = io.Table(BOOK.branches, BOOK.flows, BOOK.output, final=final)
    assert [(one.branch, one.side, one.gap) for one in io.imbalances(table)] == [("2", "row", -200.0)]
    with pytest.raises(KechoError, match=r"Branch “2”: the row adds to 1800"):
        table.check()
