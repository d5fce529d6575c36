"""Every row of ``cases.csv``: a target, the figures, the day, and what must come out."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kecho.plan.assessment import Assessment, assess

from .given import facts, target

ROWS = list(csv.DictReader(Path(__file__).with_name("cases.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_case(row: dict[str, str]) -> None:
    found = assess(target(row), facts(row), date.fromisoformat(row["today"]))
    for expectation in row["expect"].split("; "):
        name, _, expected = expectation.partition("=")
        assert told(found, name, expected), f"{name}: expected {expected}, got {shown(found, name)}"


def shown(found: Assessment, name: str) -> object:
    return found.why("en") if name == "says" else getattr(found, name, found.percent_of_plan_text())


def told(found: Assessment, name: str, expected: str) -> bool:
    if name in ("text", "text_en"):
        written = found.percent_of_plan_text("vi" if name == "text" else "en")
        return written == (expected.replace(".", ",") if name == "text" else expected)
    if name == "says":
        return expected in {line.id for line in found.lines}
    value = getattr(found, name)
    if expected == "none":
        return value is None
    if isinstance(value, bool):
        return value is (expected == "yes")
    if isinstance(value, Decimal):
        return abs(value - Decimal(expected)) <= Decimal(1).scaleb(Decimal(expected).as_tuple().exponent) / 2
    return str(value) == expected


def test_every_assessment_explains_itself_in_both_languages() -> None:
    for row in ROWS:
        found = assess(target(row), facts(row), date.fromisoformat(row["today"]))
        assert len(found.why("vi")) == len(found.why("en")) >= 2
        assert all(line.endswith(".") for lang in ("vi", "en") for line in found.why(lang))
        assert found.method
        assert found.code_version
        assert (found.reason != "") is (found.status == "not_assessed")
        assert bool(found.inputs) is (found.period is not None)


def test_the_deciding_gap_and_late_figures_are_told_beside_the_status() -> None:
    held = [assess(target(row), facts(row), date.fromisoformat(row["today"])) for row in ROWS]
    for one in held:
        says = {line.id for line in one.lines}
        assert bool(one.missed_text()) is (one.missed_pp is not None and one.missed_pp < 0)
        assert bool(one.behind_text()) is bool(one.behind_text("en")) is ("year_over" in says)
    assert any(one.missed_text().startswith("thiếu ") for one in held)
    between = [line.vi for one in held for line in one.lines if line.id == "verdict_between"]
    assert between and all(" dưới ngưỡng " in text and "không dưới ngưỡng" in text for text in between)
