"""One door to the readers of notations. Cells repeat by the thousand, so each text is read once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from kecho.market_access.rates import japanese, vietnamese, western
from kecho.market_access.rates.printed import Cell

READERS: dict[str, Callable[[str], Cell]] = {
    "vietnamese": vietnamese.read,
    "japanese": japanese.read,
    "western": western.read,
}


@lru_cache(maxsize=20_000)
def read(printed: str, notation: str) -> Cell:
    """What a printed cell says. Raises ``market_access.bad_rate`` with the position not understood."""
    return READERS[notation](printed)
