"""Schedules for the tests: the sample, and the real files where they are beside the project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kecho.market_access import actions
from kecho.people.actors import Actor, Role, Scope

REAL = {
    "vn-2026": "tariffs/vietnam_2026/vn_tariff_2026_04_all_fta.csv.gz",
    "jp-2026": "tariffs/japan_2026/japan_tariff_vietnam_relevant.csv.gz",
    "eu-evfta": "tariffs/evfta_staging/eu_schedule_lines_ch62_63_64_65_69.csv",
    "vn-evfta-categories": "tariffs/evfta_staging/vn_side_inferred_categories_2026.csv",
}


@pytest.fixture
def officer() -> Actor:
    """Who may load schedules."""
    return Actor("Cán bộ A", Role.OFFICER, (Scope.everywhere(),))


@pytest.fixture
def sample(db: Any) -> None:
    """The sample schedules."""
    from kecho.market_access.sample import load

    load()


@pytest.fixture
def real(db: Any, shared: Path, officer: Actor) -> dict[str, actions.Loaded]:
    """The real schedules, by layout."""
    return {code: actions.load_schedule(shared / path, code, officer) for code, path in REAL.items()}
