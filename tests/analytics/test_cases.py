"""Worked cases of ``cases.csv``: arguments, expected value and where the case comes from."""

from __future__ import annotations

import csv
import doctest
import importlib
import inspect
import re
from decimal import Decimal
from pathlib import Path

import pytest

from kecho.analytics import growth, pace

CASES = list(csv.DictReader(Path(__file__).with_name("cases.csv").read_text("utf-8").splitlines()))
WHOLE_NUMBERS = {"average_growth_between_pct": {2}, "required_mean": {1, 3}}  # positions that count years or months


@pytest.mark.parametrize("case", CASES, ids=[f"{c['function']}({c['arguments']})" for c in CASES])
def test_case(case: dict[str, str]) -> None:
    name = case["function"]
    function = getattr(growth, name, None) or getattr(pace, name)
    counts = WHOLE_NUMBERS.get(name, set())
    arguments = [int(a) if at in counts else Decimal(a) for at, a in enumerate(case["arguments"].split(" | "))]
    result = function(*arguments)
    if case["expected"] == "none":
        assert result is None
    else:
        assert abs(result - Decimal(case["expected"])) <= Decimal(case["tolerance"])


MODULES = ["growth", "pace", "intervals"]


@pytest.mark.parametrize("module", MODULES)
def test_examples_in_docstrings(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"kecho.analytics.{module}"))
    assert result.attempted > 5
    assert result.failed == 0


@pytest.mark.parametrize("module", MODULES)
def test_every_function_is_in_the_manual(module: str) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "analytics.md").read_text("utf-8")
    section = page.split(f"## kecho.analytics.{module}\n")[1].split("\n## ")[0]
    methods = importlib.import_module(f"kecho.analytics.{module}")
    public = {
        name
        for name, value in vars(methods).items()
        if inspect.isfunction(value) and value.__module__ == methods.__name__ and not name.startswith("_")
    }
    assert set(re.findall(r"`(\w+)\(", section)) == public
