"""Season, missing months, copied columns, ranges, thousand- and millionfold steps: found at import."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kecho.kernel.periods import Period
from kecho.observatory import actions, catalogue
from kecho.observatory.queries import FindingInfo
from kecho.people.actors import command_line
from tests.observatory.makers import reading, row

pytestmark = pytest.mark.django_db
SEASON = (0.9, 0.7, 1.1, 1.0, 1.0, 1.05, 1.0, 1.1, 1.0, 1.05, 1.05, 1.1)
PARTS = ("Gạo", "Cà phê", "Chè", "Hạt tiêu", "Cao su", "Hạt điều")


def take_in(month: str, *rows: object) -> list[FindingInfo]:
    result = actions.import_reading(reading(month, *rows), command_line())  # type: ignore[arg-type]
    return list(result.findings)


def by_rule(findings: list[FindingInfo], rule: str) -> list[FindingInfo]:
    return [one for one in findings if one.rule == rule]


def table(month: str, values: list[str]) -> list[FindingInfo]:
    rows = [
        row(value, label=part, period=month, cell=f"D{at}")
        for at, (part, value) in enumerate(zip(PARTS, values, strict=False), 10)
    ]
    return take_in(month, *rows)


def test_a_month_far_from_its_season_is_named_with_what_was_expected() -> None:
    past = []
    for at in range(6 * 12):
        month = Period(2019 * 12 + at, 2019 * 12 + at + 1)
        level = 1000 * 1.01**at * SEASON[at % 12] * (1 + 0.002 * (at % 5))
        past.append(row(f"{level:.1f}", period=month.code, cell=f"D{at + 10}"))
    take_in("2024-12", *past)
    assert by_rule(take_in("2025-01", row("1850.0", period="2025-01")), "outside_season") == []
    (found,) = by_rule(take_in("2025-02", row("4500.0", period="2025-02")), "outside_season")
    facts = {name: Decimal(found.facts[name]) for name in ("value", "expected", "low", "high")}
    assert facts["low"] < facts["expected"] < facts["high"] < facts["value"]
    assert "ordinarily" in found.text("en")


@pytest.mark.parametrize(
    ("months", "rule", "since", "until"),
    [
        (["2024-10", "2024-11"], None, "", ""),
        (["2024-10", "2024-12"], "missing_month", "2024-11", "2024-11"),
        (["2024-08", "2024-12"], "missing_months", "2024-09", "2024-11"),
        (["2023-12", "2024-12"], None, "", ""),  # a series that paused
    ],
)
def test_missing_months_are_told_once_a_table(months: list[str], rule: str | None, since: str, until: str) -> None:
    for month in months:
        found = [one for one in table(month, ["12", "13", "14"]) if one.rule.startswith("missing_month")]
    assert [(one.rule, one.facts["since"], one.facts["until"], one.facts["count"]) for one in found] == (
        [(rule, since, until, "3")] if rule else []
    )


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (["101", "202", "303", "404", "505", "606"], "6"),
        (["101", "202", "303", "404", "505", "607"], "5"),
        (["101", "202", "303", "404", "506", "607"], None),
        (["101", "203", "304", "405", "506", "607"], None),
    ],
)
def test_a_copied_column_is_noticed(values: list[str], told: str | None) -> None:
    table("2025-01", ["101", "202", "303", "404", "505", "606"])
    found = by_rule(table("2025-02", values), "repeats_last_month")
    assert [one.facts["count"] for one in found] == ([told] if told else [])


@pytest.mark.parametrize(
    ("value", "measure", "inside"),
    [
        ("31109", "level", True),
        ("-1", "level", False),
        ("0", "level", True),
        ("100.8", "share", False),
        ("100.0", "share", True),
        ("-5", "index_py", False),
        ("117.1", "index_py", True),
    ],
)
def test_a_value_outside_its_declared_range_is_named(value: str, measure: str, inside: bool) -> None:
    unit = "Triệu USD" if measure == "level" else "%"
    found = by_rule(take_in("2025-02", row(value, measure=measure, unit=unit)), "outside_range")
    assert (found == []) is inside


def test_ranges_are_declared_for_every_measure_and_name_known_indicators() -> None:
    from kecho.observatory.catalogue import entries

    rows = entries._load("ranges.toml")
    assert set(rows) - {"default"} <= set(catalogue.indicators())
    for code, measures in rows.items():
        for measure in measures:
            low, high = catalogue.value_range(code, measure)
            assert low is not None
            assert high is None or low < high
    assert catalogue.value_range("cpi", "index_py") == (Decimal(50), Decimal(300))
    assert catalogue.value_range("ocop_rated", "share") == (Decimal(0), Decimal(100))


@pytest.mark.parametrize(
    ("now", "rule"),
    [("36", None), ("9000", None), ("36000", "unit_jump"), ("36000000", "unit_jump_million"), ("0.036", "unit_jump")],
)
def test_a_slip_of_a_thousand_and_of_a_million(now: str, rule: str | None) -> None:
    take_in("2025-01", row("36.1", period="2025-01", indicator="industrial_product", label="Than", unit="Nghìn tấn"))
    later = row(now, period="2025-02", indicator="industrial_product", label="Than", unit="Nghìn tấn")
    found = [one.rule for one in take_in("2025-02", later) if one.rule.startswith("unit_jump")]
    assert found == ([rule] if rule else [])
