"""Rates as tariffs print them: the parts of a cell, and one reader a notation."""

from kecho.market_access.rates.printed import Cell, Kind, Part
from kecho.market_access.rates.reading import read

__all__ = ["Cell", "Kind", "Part", "read"]
