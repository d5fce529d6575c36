"""What a reader is told about a well-formed plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.plan import rules
from kecho.plan.assessment import Basis, Form
from kecho.plan.drafts import PlanDraft, TargetDraft

YEAR = Period.of_year(2025)


def target(code: str, value: str, parent: str = "", **more: object) -> TargetDraft:
    fields: dict = {
        "indicator": "export_turnover", "measure": Measure.LEVEL, "basis": Basis.FLOW, "form": Form.POINT,
        "window": YEAR, "unit": "billion_usd", "low": Decimal(value), "high": Decimal(value), "source": "x",
        "is_verified": True,
    }  # fmt: skip
    return TargetDraft(code=code, parent=parent, **{**fields, **more})


def plan(*targets: TargetDraft) -> PlanDraft:
    return PlanDraft("VN-HN", 2025, 2025, 1, "Kế hoạch", "", date(2025, 1, 1), targets)


def found(*targets: TargetDraft) -> list[str]:
    return [finding.rule.id for finding in rules.findings(plan(*targets))]


@pytest.mark.parametrize(
    ("whole", "parts", "expected"),
    [
        ("7.1", ["4.2", "2.9"], []),
        ("7.1", ["4.2", "3.0"], []),  # each within half a tenth
        ("7.1", ["4.2", "3.2"], ["PLAN-1"]),
        ("7.1", ["4.2", "2.7"], ["PLAN-1"]),
        ("7.10", ["4.20", "3.00"], ["PLAN-1"]),  # hundredths are meant
    ],
)
def test_parts_make_the_whole_within_rounding(whole: str, parts: list[str], expected: list[str]) -> None:
    assert found(target("w", whole), *(target(f"p{n}", part, "w") for n, part in enumerate(parts))) == expected


def test_parts_in_another_unit_are_converted() -> None:
    parts = [target("a", "4200", "w", unit="million_usd"), target("b", "2900", "w", unit="million_usd")]
    assert found(target("w", "7.1"), *parts) == []
    assert found(target("w", "7.1"), parts[0], replace(parts[1], low=Decimal(2500), high=Decimal(2500))) == ["PLAN-1"]


@pytest.mark.parametrize(("parts", "expected"), [(["200", "200"], []), (["200", "199"], ["PLAN-1"])])
def test_counts_are_exact(parts: list[str], expected: list[str]) -> None:
    count = {"indicator": "ocop_products", "unit": "product"}
    assert (
        found(target("w", "400", **count), *(target(f"p{p}{n}", p, "w", **count) for n, p in enumerate(parts)))
        == expected
    )


@pytest.mark.parametrize(("part", "expected"), [("15", []), ("31", ["PLAN-1"])])
def test_parts_only_named_must_not_be_more_than_the_whole(part: str, expected: list[str]) -> None:
    count = {"indicator": "key_industrial_products", "unit": "product"}
    assert found(target("w", "30", **count), target("p", part, "w", is_of_which=True, **count)) == expected


def test_ranges_are_checked_at_both_ends() -> None:
    count = {"indicator": "ocop_products", "unit": "product", "form": Form.RANGE}
    ends = lambda low, high: {"low": Decimal(low), "high": Decimal(high), **count}  # noqa: E731
    whole = target("w", "1", **ends(25, 30))
    assert found(whole, target("a", "1", "w", **ends(10, 15)), target("b", "1", "w", **ends(15, 15))) == []
    assert found(whole, target("a", "1", "w", **ends(10, 15)), target("b", "1", "w", **ends(15, 16))) == ["PLAN-1"]


def test_growth_of_parts_does_not_add_up_and_is_not_checked() -> None:
    growth = {"measure": Measure.GROWTH, "basis": Basis.YEAR_ON_YEAR, "unit": "percent"}
    assert found(target("w", "5", **growth), target("a", "9", "w", **growth)) == []


def test_a_target_against_its_indicators_direction() -> None:
    growth = {"measure": Measure.GROWTH, "basis": Basis.PERIOD_AVERAGE, "unit": "percent", "indicator": "cpi"}
    floor = {"form": Form.FLOOR, "high": None}
    assert found(target("x", "4", **growth)) == []
    assert found(target("x", "4", **growth, **floor)) == ["PLAN-2"]
    assert found(target("x", "4", **growth, direction="more")) == ["PLAN-2"]
    assert found(target("x", "4", **growth, direction="within")) == []


def test_unverified_targets_are_named() -> None:
    findings = rules.findings(plan(target("x", "4", is_verified=False), target("y", "5")))
    assert [finding.text("en") for finding in findings] == ["1 targets were not checked against the deciding text: x."]


def test_excess_wording_in_notes() -> None:
    assert found(target("x", "4", note_en="exceeded the plan by 136%")) == ["PLAN-4"]


def test_every_rule_has_both_languages_and_a_severity() -> None:
    for rule in rules.rules().values():
        assert rule.vi != rule.en
        assert rule.severity in ("error", "warning", "note")
