"""Sentences that stand beside an offer, from remarks.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence with its values. ``risk`` 0 tells, 1 to watch, 2 to be decided before relying on the rate."""

    key: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def risk(self) -> int:
        return int(_texts()[self.key]["risk"])

    def text(self, lang: str = "vi") -> str:
        """The sentence in one language."""
        return str(_texts()[self.key][lang]).format(**dict(self.values))


def remark(key: str, **values: object) -> Remark:
    """A remark; every value becomes text."""
    return Remark(key, tuple((name, str(value)) for name, value in values.items()))


@cache
def _texts() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files("kecho.market_access.offers").joinpath("remarks.toml").read_text("utf-8"))
