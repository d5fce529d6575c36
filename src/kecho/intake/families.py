"""Which table a title announces: by its words, never by the sheet's name or place (families.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Family:
    """Tables of one kind. ``table`` is empty for a kind that is known but not read."""

    table: str
    titles: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    name_vi: str = ""
    name_en: str = ""

    def announces(self, folded: str) -> bool:
        """Whether a folded title speaks of this kind."""
        return any(p.search(folded) for p in self.titles) and not any(p.search(folded) for p in self.unless)


@cache
def families() -> tuple[Family, ...]:
    """In the order of the data file: the first that fits wins."""
    text = resources.files("kecho.intake").joinpath("families.toml").read_text("utf-8")
    return tuple(
        Family(
            table=entry.get("table", ""),
            titles=tuple(re.compile(pattern) for pattern in entry["title"]),
            unless=tuple(re.compile(pattern) for pattern in entry.get("unless", ())),
            name_vi=entry.get("name_vi", ""),
            name_en=entry.get("name_en", ""),
        )
        for entry in tomllib.loads(text)["family"]
    )


def recognise(folded_title: str) -> Family | None:
    """The kind of table, or None for a title that says nothing known.

    >>> recognise("14 hang hoa xuat khau").table, recognise("18 chi so gia xuat khau hang hoa").name_en
    ('exports', 'Other price indices')
    """
    return next((family for family in families() if family.announces(folded_title)), None)
