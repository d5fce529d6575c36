"""What is known of a line: its printed cells, with the schedules they stand in, and how its code was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kecho.market_access.layouts import Layout


@dataclass(frozen=True, slots=True, eq=False)
class ScheduleFact:
    """What an answer says of the schedule it rests on; one value a schedule, compared by identity."""

    layout: Layout
    source: str
    is_verified: bool
    is_sample: bool
    hs_edition: str
    valid_from: date
    valid_to: date | None
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Source:
    """The cells of one line in one schedule, by column."""

    schedule: ScheduleFact
    printed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A national line of a market. ``hs_path`` tells how the code asked for led here, edition by edition."""

    market: str
    code: str
    part: str
    name_vi: str
    name_en: str
    name_other: str
    unit: str
    sources: tuple[Source, ...]
    hs_path: tuple[str, ...] = ()

    def name(self, lang: str) -> str:
        """The name in that language, else in another one, else empty."""
        own = self.name_vi if lang == "vi" else self.name_en
        return own or self.name_vi or self.name_en or self.name_other
