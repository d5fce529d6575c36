"""A printed cell of a tariff: one or several rates, each with whom, what and when it is for."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kecho.analytics.duties import Duty


class Kind(StrEnum):
    """What a part of a cell says."""

    RATE = "rate"
    RANGE = "range"  # finer lines below carry rates between two printed ones
    NO_PREFERENCE = "no_preference"  # "*": the agreement gives this line nothing
    QUOTA = "quota"  # "Q": a tariff-rate quota without a rate in the cell
    UNBOUND = "unbound"  # no commitment
    SHARE_OF_MFN = "share_of_mfn"  # the rate is a percent of the MFN rate
    REFERENCE = "reference"  # the cell points elsewhere


@dataclass(frozen=True, slots=True)
class Part:
    """One rate of a cell.

    ``only``/``but``: origins it is for, or is not for. ``quota``: "in", "out" or "". ``place``: (2, 3) is the second of
    three rates that one line carries for parts of the line that the cell does not name. ``goods``: the part named.
    ``season``: days of the year as printed. ``note``: what else stands there.
    """

    kind: Kind
    duty: Duty | None = None
    upper: Duty | None = None
    only: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    quota: str = ""
    place: tuple[int, int] | None = None
    goods: str = ""
    season: str = ""
    note: str = ""

    def covers(self, origin: str) -> bool:
        """Whether this part is for goods of that origin."""
        return origin not in self.but and (not self.only or origin in self.only)

    def text(self) -> str:
        """The canonical reading, for tests and for people."""
        words = [self.duty.text() if self.duty else self.kind.value]
        if self.kind is Kind.RANGE and self.duty and self.upper:
            words = [f"{self.duty.text()} .. {self.upper.text()}"]
        if self.kind is Kind.SHARE_OF_MFN and self.duty:
            words = [f"{self.duty.text()} of MFN"]
        words += [f"only {' '.join(self.only)}"] if self.only else []
        words += [f"not {' '.join(self.but)}"] if self.but else []
        words += [f"{self.quota} quota"] if self.quota else []
        words += [f"part {self.place[0]} of {self.place[1]}"] if self.place else []
        words += [f"goods: {self.goods}"] if self.goods else []
        words += [self.season] if self.season else []
        words += [self.note] if self.note else []
        return ", ".join(words)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as printed and what it says; no parts for an empty cell, which is no rate at all."""

    printed: str
    parts: tuple[Part, ...] = field(default=())

    def for_origin(self, origin: str) -> tuple[Part, ...]:
        """The parts that are for goods of that origin."""
        return tuple(part for part in self.parts if part.covers(origin))

    def text(self) -> str:
        """The canonical reading of the whole cell."""
        return " | ".join(part.text() for part in self.parts)
