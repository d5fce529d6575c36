"""The catalogue of indicators as data: what each means, in what unit and direction, and the names of its parts.

``indicators.toml`` and its neighbours hold the entries, ``items_*.toml`` the parts (commodity groups, industries, ...).
A label that no item names keeps a slug of its printed path as key and is reported, never dropped.
"""

from kecho.observatory.catalogue.entries import (
    LAST,
    UNIT_MARK,
    Direction,
    IndicatorInfo,
    Item,
    Legal,
    adds_up,
    indicator,
    indicators,
    item,
    item_set,
    items,
    value_range,
)
from kecho.observatory.catalogue.matching import Match, match

__all__ = [
    "LAST",
    "UNIT_MARK",
    "Direction",
    "IndicatorInfo",
    "Item",
    "Legal",
    "Match",
    "adds_up",
    "indicator",
    "indicators",
    "item",
    "item_set",
    "items",
    "match",
    "value_range",
]
