"""The sample's targets: importable, each with where it was read, none claimed as verified, results as they were."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

from kecho.analytics.intervals import printed_decimals
from kecho.kernel.quantities import round_half_up
from kecho.people import actors
from kecho.plan import actions, queries
from kecho.plan.assessment import Basis, Form
from kecho.plan.drafts import PlanDraft
from kecho.plan.files import read_plans
from kecho.plan.validation import errors

NAMES = ("targets_vn.toml", "targets_hn.toml")


def path(name: str) -> Path:
    return Path(str(files("kecho.sample") / name))


def drafts(name: str) -> list[PlanDraft]:
    written = read_plans(path(name))
    assert [problem for one in written for problem in errors(one, actions.bands())] == []
    return [one.draft for one in written]


@pytest.mark.parametrize("name", NAMES)
def test_every_target_says_where_it_was_read_and_none_is_verified(name: str) -> None:
    for plan in drafts(name):
        assert plan.title_en
        for target in plan.targets:
            assert target.source, (plan.label, target.code)
            assert not target.is_verified, (plan.label, target.code)


def test_years_of_viet_nam() -> None:
    plans = drafts("targets_vn.toml")
    assert {plan.first_year for plan in plans} == set(range(2012, 2026))
    exports = {plan.first_year: t for plan in plans for t in plan.targets if t.code == "exports" and plan.version == 1}
    assert (exports[2022].low, exports[2022].high) == (6, 8)  # article A0
    prices = {plan.first_year: t for plan in plans for t in plan.targets if t.code == "cpi" and plan.version == 1}
    assert {year: t.basis for year, t in prices.items()} == {
        year: Basis.SINCE_DECEMBER if year < 2017 else Basis.PERIOD_AVERAGE for year in range(2012, 2026)
    }


def test_ha_noi_holds_every_form_that_its_plans_hold() -> None:
    targets = [target for plan in drafts("targets_hn.toml") for target in plan.targets]
    assert {target.form for target in targets} == {Form.POINT, Form.RANGE, Form.FLOOR, Form.CEILING, Form.FULL_RATE}
    assert {target.basis for target in targets} >= {Basis.FLOW, Basis.STOCK, Basis.YEARLY_AVERAGE, Basis.PERIOD_AVERAGE}
    (wastewater,) = [target for target in targets if target.form is Form.FULL_RATE]
    assert wastewater.definition_vi
    assert wastewater.denominator_indicator == "clusters"
    (ocop,) = [target for target in targets if target.code == "ocop"]
    assert ocop.low == 400


@pytest.mark.django_db
def test_ha_noi_of_2025_was_revised_in_february() -> None:
    for name in NAMES:
        actions.import_plan(path(name), actors.command_line())
    before, after = (queries.board("VN-HN", 2025, day).plans[0] for day in (date(2025, 2, 24), date(2025, 2, 25)))
    growth = [
        next(row for row in plan.rows if row.target.spec.code == "grdp").target.spec.low for plan in (before, after)
    ]
    assert growth == [Decimal("6.5"), 8]
    assert "58/NQ-HĐND" in before.plan.document()
    assert "25/NQ-CP" in after.plan.reason


#: What the statistics office reported for the years: growth in percent, and how the target came out.
RESULTS = [
    (2012, "exports", "18.3", "achieved"),
    (2012, "cpi", "6.81", "achieved"),
    (2014, "cpi", "1.84", "achieved"),
    (2016, "exports", "8.6", "behind"),
    (2016, "cpi", "4.74", "achieved"),
    (2018, "cpi", "3.54", "achieved"),
    (2020, "exports", "6.5", "slightly_behind"),
    (2020, "cpi", "3.23", "achieved"),
    (2021, "exports", "19.0", "achieved"),
    (2023, "exports", "-4.4", "far_behind"),
    (2023, "cpi", "3.25", "achieved"),
    (2024, "cpi", "3.63", "achieved"),
]


@pytest.mark.slow
@pytest.mark.django_db
def test_past_years_come_out_as_they_were() -> None:
    from kecho.sample import load

    load.load(actors.command_line())
    for year, code, growth, status in RESULTS:
        rows = queries.board("VN", year).plans[0].rows
        (found,) = [row.assessment for row in rows if row.target.spec.code == code]
        assert found.growth_pct is not None, (year, code)
        assert round_half_up(found.growth_pct, printed_decimals(Decimal(growth))) == Decimal(growth), (year, code)
        assert (found.status, found.is_final) == (status, True), (year, code)
