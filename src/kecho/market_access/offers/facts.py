"""What is known of a line: its printed cells, with the schedules they stand in, and how its code was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kecho.analytics.duties import Duty
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
class MeasureFact:
    """A duty beside the schedules: ``kind`` safeguard, anti_dumping or temporary; ``hs`` begins the codes concerned.

    ``origins`` is empty for all; ``valid_to`` is the first day on which it no longer holds.
    """

    kind: str
    hs: str
    origins: tuple[str, ...]
    printed: str
    duty: Duty
    valid_from: date
    valid_to: date | None
    document: str
    is_verified: bool
    is_fictional: bool

    def holds(self, origin: str, on: date) -> bool:
        """Whether it is for goods of an origin on a day."""
        is_valid = self.valid_from <= on and (self.valid_to is None or on < self.valid_to)
        return is_valid and (not self.origins or origin in self.origins)


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
    measures: tuple[MeasureFact, ...] = ()

    def name(self, lang: str) -> str:
        """The name in that language, else in another one, else empty."""
        own = self.name_vi if lang == "vi" else self.name_en
        return own or self.name_vi or self.name_en or self.name_other
