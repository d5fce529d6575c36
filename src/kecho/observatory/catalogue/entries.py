"""Reading the catalogue's files into frozen values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from kecho.kernel import units
from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure

#: The order of what the catalogue does not name: behind everything it does.
LAST = 1_000_000
#: Parts a series key from its unit, where one label was counted in units that do not convert.
UNIT_MARK = "@"


class Direction(StrEnum):
    """Which way is better; a target may not contradict it without saying so."""

    MORE = "more_is_better"
    LESS = "less_is_better"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Legal:
    """A text that defines the indicator; ``is_verified`` only where its original was read."""

    vi: str
    en: str
    is_verified: bool

    def text(self, lang: str = "vi") -> str:
        """The text's name in a language."""
        return self.vi if lang == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Item:
    """A part of an indicator. ``key`` names its ancestors (``fdi/crude_oil``); ``code`` is its official one (VSIC)."""

    key: str
    vi: str
    en: str
    unit: str = ""
    aliases: tuple[str, ...] = ()
    code: str = ""
    order: int = 0

    @property
    def parent(self) -> str:
        """The key one level up; empty for a part of the total."""
        return self.key.rpartition("/")[0]

    def name(self, lang: str = "vi") -> str:
        """The part's name in a language."""
        return self.vi if lang == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Sum:
    """``parts`` (keys of items) make up ``whole`` (a key; empty for the total), and ``also`` where a table has them."""

    whole: str
    parts: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorInfo:
    """One indicator. ``unit`` is that of its level; indices, shares and growth are in percent.

    ``decimals`` is what we print of each measure, ``printed`` what the source prints of it (its workbook stores more).
    ``item_sets`` name its parts; those of the top level may be parted again by the items of ``crossed``. ``read_units``
    declare headings that are known to be wrong, and the unit they stand for. With ``has_printed_parts`` the parts are
    what the source prints: those without an item are nothing to report. Yields, means
    and rates are not ``is_additive``: those of places do not make that of a larger place. ``successor`` is the
    indicator that goes on where this one breaks off; figures of the one are never stored under the other. What
    ``is_derived`` is computed on reading (``observatory.derived``), and its definition is the formula.
    """

    code: str
    name_vi: str
    name_en: str
    definition_vi: str
    definition_en: str
    unit: str
    measures: tuple[Measure, ...]
    frequency: str
    direction: Direction
    source_vi: str
    source_en: str
    legal: tuple[Legal, ...]
    decimals: dict[Measure, int]
    item_sets: tuple[str, ...]
    total_aliases: tuple[str, ...] = ()
    printed: dict[Measure, int] = field(default_factory=dict)
    sums: tuple[Sum, ...] = ()
    crossed: tuple[str, ...] = ()
    read_units: dict[str, str] = field(default_factory=dict)
    has_printed_parts: bool = False
    is_additive: bool = True
    successor: str = ""
    break_vi: str = ""
    break_en: str = ""
    is_derived: bool = False

    def series_break(self, lang: str = "vi") -> str:
        """Where the series breaks off and what goes on; empty where it does not."""
        return self.break_vi if lang == "vi" else self.break_en

    def name(self, lang: str = "vi") -> str:
        """The name in a language."""
        return self.name_vi if lang == "vi" else self.name_en

    def definition(self, lang: str = "vi") -> str:
        """One or two sentences."""
        return self.definition_vi if lang == "vi" else self.definition_en

    def source(self, lang: str = "vi") -> str:
        """Who publishes it."""
        return self.source_vi if lang == "vi" else self.source_en

    def decimals_of(self, measure: str) -> int:
        """How many decimals to print for a measure."""
        return self.decimals.get(Measure(measure), 1)


@cache
def indicators() -> dict[str, IndicatorInfo]:
    """Every entry by code, in the order of the files."""
    entries = [_indicator(entry) for name in _files("indicators") for entry in _load(name)["indicator"]]
    return {entry.code: entry for entry in entries}


def indicator(code: str) -> IndicatorInfo:
    """One entry. Raises ``observatory.unknown_indicator``."""
    try:
        return indicators()[code]
    except KeyError:
        raise KechoError("observatory.unknown_indicator", value=code) from None


@cache
def value_range(code: str, measure: str) -> tuple[Decimal | None, Decimal | None]:
    """The least and the greatest value that a figure of an indicator should have (ranges.toml); None: no bound."""
    rows = _load("ranges.toml")
    row = rows.get(code, {}).get(measure) or rows["default"].get(measure, {})
    low, high = row.get("low"), row.get("high")
    return None if low is None else Decimal(low), None if high is None else Decimal(high)


def adds_up(code: str, measure: str) -> bool:
    """Whether months make the year to date and provinces the whole: levels do, but for yields, means and rates."""
    entry = indicators().get(code)
    return measure == Measure.LEVEL and (entry is None or entry.is_additive)


@cache
def items(code: str) -> dict[str, Item]:
    """The parts of an indicator by key, in printing order."""
    entry = indicator(code)
    listed = [part for name in entry.item_sets for part in item_set(name)]
    crossing = [part for name in entry.crossed for part in item_set(name)]
    parts: list[Item] = []
    for part in listed:
        parts.append(part)
        if not part.parent:
            parts += [_crossed(part, other) for other in crossing]
    return {part.key: replace(part, order=order) for order, part in enumerate(parts, 1)}


@cache
def item_set(name: str) -> tuple[Item, ...]:
    """The items of one file."""
    return tuple(_item(entry) for entry in _load(f"items_{name}.toml")["item"])


def _crossed(part: Item, other: Item) -> Item:
    """One part of a part: ``beer`` by ``state/central``."""
    return Item(
        key=f"{part.key}/{other.key}",
        vi=f"{part.vi}: {other.vi}",
        en=f"{part.en}: {other.en}",
        unit=part.unit,
        aliases=(other.vi, *other.aliases),
    )


def item(code: str, key: str) -> Item | None:
    """A part by its key; the total ("") is an item with the indicator's own name; None where the catalogue has none.

    A series that was parted from its item by a unit that does not convert (``fabric@million-metres``) is named after
    both.
    """
    if code not in indicators():
        return None
    base, mark, unit = key.partition(UNIT_MARK)
    entry = indicators()[code]
    found = items(code).get(base) if base else Item("", entry.name_vi, entry.name_en, entry.unit)
    if found is None or not mark:
        return found
    unit = unit.replace("-", "_")
    vi, en = units.symbol(unit, "vi"), units.symbol(unit, "en")
    return replace(found, key=key, vi=f"{found.vi} ({vi})", en=f"{found.en} ({en})", unit=unit)


def _files(prefix: str) -> list[str]:
    folder = resources.files("kecho.observatory.catalogue")
    return sorted(
        file.name for file in folder.iterdir() if file.name.startswith(prefix) and file.name.endswith(".toml")
    )


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("kecho.observatory.catalogue").joinpath(name).read_text("utf-8"))


def _indicator(entry: dict[str, Any]) -> IndicatorInfo:
    return IndicatorInfo(
        code=entry["code"],
        name_vi=entry["vi"],
        name_en=entry["en"],
        definition_vi=entry["definition_vi"],
        definition_en=entry["definition_en"],
        unit=entry["unit"],
        measures=tuple(Measure(name) for name in entry["measures"]),
        frequency=entry["frequency"],
        direction=Direction(entry["direction"]),
        source_vi=entry["source_vi"],
        source_en=entry["source_en"],
        legal=tuple(Legal(text["vi"], text["en"], text["verified"]) for text in entry.get("legal", [])),
        decimals={Measure(name): places for name, places in entry.get("decimals", {}).items()},
        item_sets=tuple(entry.get("items", [])),
        total_aliases=tuple(entry.get("total_aliases", [])),
        printed={Measure(name): places for name, places in entry.get("printed", {}).items()},
        sums=tuple(Sum(of["whole"], tuple(of["parts"]), tuple(of.get("also", []))) for of in entry.get("sums", [])),
        crossed=tuple(entry.get("crossed", [])),
        read_units=entry.get("read_units", {}),
        has_printed_parts=entry.get("printed_parts", False),
        is_additive=entry.get("additive", True),
        successor=entry.get("successor", ""),
        break_vi=entry.get("break_vi", ""),
        break_en=entry.get("break_en", ""),
    )


def _item(entry: dict[str, Any]) -> Item:
    return Item(
        key=entry["key"],
        vi=entry["vi"],
        en=entry["en"],
        unit=entry.get("unit", ""),
        aliases=tuple(entry.get("aliases", [])),
        code=entry.get("code", ""),
    )
