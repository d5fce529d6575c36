"""Months in which the economy stood still by order, from the dated rows of ``data/interventions.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Intervention:
    """One such month, why, and where that stands; ``is_verified`` only where the text itself was read."""

    year: int
    month: int
    why_vi: str
    why_en: str
    source: str
    is_verified: bool


@cache
def known() -> tuple[Intervention, ...]:
    """All of them, the earliest first."""
    text = resources.files("kecho.analytics").joinpath("data/interventions.toml").read_text("utf-8")
    rows = tomllib.loads(text)["month"]
    found = [
        Intervention(
            int(row["month"][:4]), int(row["month"][5:]), row["why_vi"], row["why_en"], row["source"], row["verified"]
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.year, one.month)))


def interventions(year: int, month: int, count: int) -> tuple[tuple[int, int], ...]:
    """Those among ``count`` months from ``month`` of ``year`` on, as ``(year, month)``.

    >>> interventions(2020, 1, 6)
    ((2020, 4),)
    """
    first = year * 12 + month - 1
    return tuple((one.year, one.month) for one in known() if first <= one.year * 12 + one.month - 1 < first + count)
