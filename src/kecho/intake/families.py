"""Which table a title announces: by its words, never by the sheet's name or place (families.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

#: What a facet asks, the nearest first. "above" are the labels of the rows before, for tables in sections;
#: "left" the headings left of a column, for headings centred over several.
ASKED = ("label", "heading", "title")


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """One question whose answer an indicator's code holds: carried or travelled, at current or constant prices.

    ``options`` are asked of one text after the other (``asked``: label, heading, title); the first text that fits
    exactly one option answers. ``default`` is the answer where none does.
    """

    name: str
    options: tuple[tuple[str, re.Pattern[str]], ...]
    default: str
    asked: tuple[str, ...] = ASKED

    def answer(self, folded: str) -> tuple[str, re.Pattern[str]] | None:
        """The one option that a folded text names."""
        found = [option for option in self.options if option[1].search(folded)]
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """Tables of one kind. ``table`` is empty for a kind that is known but not read.

    ``indicator`` is the code of what the figures measure, with the names of ``facets`` in braces; it is empty for the
    six tables whose figures are named by ``tables``. ``plan`` is the indicator of a percentage of the plan. With
    ``has_places`` labels may be provinces, with ``has_items`` the words over a column name a part. ``unit`` is that of
    levels where none is printed. Figures of a family that ``is_final`` are not revised. With ``counts_back`` a stock on
    the first day of a month is that of the month before. ``undated`` says what a table without any date is of: the
    workbook's "month" or its "year_to_date"; empty where that is not known. ``levels`` are indicators that are levels
    although their headings compare: changes told in the unit of the figure itself.
    """

    table: str
    titles: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    name_vi: str = ""
    name_en: str = ""
    indicator: str = ""
    facets: tuple[Facet, ...] = ()
    plan: str = ""
    unit: str = ""
    units: tuple[tuple[str, str], ...] = ()
    has_places: bool = False
    has_items: bool = False
    is_final: bool = False
    has_bold_groups: bool = False
    counts_back: bool = False
    undated: str = ""
    levels: tuple[str, ...] = ()

    def announces(self, folded: str) -> bool:
        """Whether a folded title speaks of this kind."""
        return any(p.search(folded) for p in self.titles) and not any(p.search(folded) for p in self.unless)

    @property
    def is_core(self) -> bool:
        """One of the six tables that every workbook has and that date it."""
        return bool(self.table) and not self.indicator

    @property
    def is_declared(self) -> bool:
        """Read by what its entry declares: any words over a column make it one of the table."""
        return bool(self.indicator)


@cache
def families() -> tuple[Family, ...]:
    """In the order of the data file: the first that fits wins."""
    text = resources.files("kecho.intake").joinpath("families.toml").read_text("utf-8")
    return tuple(_family(entry) for entry in tomllib.loads(text)["family"])


@cache
def recognise(folded_title: str) -> Family | None:
    """The kind of table, or None for a title that says nothing known.

    >>> recognise("14 hang hoa xuat khau").table, recognise("18 chi so gia xuat khau hang hoa").table
    ('exports', 'price_indices')
    """
    return next((family for family in families() if family.announces(folded_title)), None)


def tables() -> tuple[str, ...]:
    """The tables that rows may come from, in the order of the data file."""
    return tuple(family.table for family in families() if family.table)


def _family(entry: dict[str, Any]) -> Family:
    return Family(
        table=entry.get("table", ""),
        titles=_patterns(entry["title"]),
        unless=_patterns(entry.get("unless", ())),
        name_vi=entry.get("name_vi", ""),
        name_en=entry.get("name_en", ""),
        indicator=entry.get("indicator", ""),
        facets=tuple(_facet(one) for one in entry.get("facet", ())),
        plan=entry.get("plan", ""),
        unit=entry.get("unit", ""),
        units=tuple(entry.get("units", {}).items()),
        has_places=entry.get("places", False),
        has_items=entry.get("items", False),
        is_final=entry.get("final", False),
        has_bold_groups=entry.get("bold_groups", False),
        counts_back=entry.get("counts_back", False),
        undated=entry.get("undated", ""),
        levels=tuple(entry.get("levels", ())),
    )


def _facet(entry: dict[str, Any]) -> Facet:
    options = tuple((name, re.compile(pattern)) for name, pattern in entry["options"].items())
    return Facet(entry["name"], options, entry.get("default", ""), tuple(entry.get("asked", ASKED)))


def _patterns(texts: list[str] | tuple[()]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text) for text in texts)
