"""The page about the tables names every column and every rule of the release calendar."""

from __future__ import annotations

import pytest

from kecho.observatory import release_calendar
from kecho.observatory.models import (
    Correction,
    Finding,
    Indicator,
    Notice,
    Observation,
    Release,
    ReleaseStep,
    Series,
    Settlement,
)
from tests.conftest import ROOT

REFERENCE = ROOT / "docs" / "reference"


MODELS = [Indicator, Series, Release, Observation, Finding, ReleaseStep, Settlement, Correction, Notice]


@pytest.mark.parametrize("model", MODELS, ids=lambda one: one.__name__)
def test_every_column_is_in_the_manual(model: type):
    page = (REFERENCE / "data-model.md").read_text("utf-8")
    section = page.split(f"\n## {model.__name__.lower()}\n")[1].split("\n## ")[0]
    names = [field.name for field in model._meta.fields if field.name != "id"]
    assert [name for name in names if f"`{name}`" not in section] == []


def test_every_rule_of_the_calendar_is_in_the_manual():
    page = (REFERENCE / "indicators.md").read_text("utf-8")
    assert all(f"`{rule.id}`" in page for rule in release_calendar.rules())
