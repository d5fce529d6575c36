"""Statuses and the bands that lead to them: both are data, dated and editable."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from kecho.kernel.errors import KechoError, Location


class Status(StrEnum):
    """How a target stands."""

    ACHIEVED = "achieved"
    ON_TRACK = "on_track"
    SLIGHTLY_BEHIND = "slightly_behind"
    BEHIND = "behind"
    FAR_BEHIND = "far_behind"
    BREACHED = "breached"
    NOT_ASSESSED = "not_assessed"

    @property
    def look(self) -> Look:
        """Word, meaning, icon, mark and colour."""
        return looks()[self]

    def word(self, lang: str = "vi", *, is_final: bool = False) -> str:
        """``Đúng tiến độ``, ``On track``; of a period wholly known (``is_final``) ``Chưa đạt`` instead of ``Chậm``."""
        look = self.look
        final = look.final_vi if lang == "vi" else look.final_en
        return final if is_final and final else look.vi if lang == "vi" else look.en

    @property
    def rank(self) -> int:
        """0 for the best. ``not_assessed`` comes last and is no judgement."""
        return list(Status).index(self)


@dataclass(frozen=True, slots=True)
class Look:
    """How a status is shown: always icon (or mark), word and colour together."""

    vi: str
    en: str
    meaning_vi: str
    meaning_en: str
    icon: str
    mark: str
    colour: str
    final_vi: str = ""
    final_en: str = ""

    def meaning(self, lang: str = "vi") -> str:
        """One sentence to print beside the colour."""
        return self.meaning_vi if lang == "vi" else self.meaning_en


@cache
def looks() -> dict[Status, Look]:
    """All statuses, best first."""
    data = tomllib.loads(_packaged("statuses.toml"))
    return {Status(code): Look(**entry) for code, entry in data.items()}


#: What is graded, and so which thresholds a set must have.
SCALES = ("pace", "growth_pp", "share_pp", "places")
STEPS = (Status.ON_TRACK, Status.SLIGHTLY_BEHIND, Status.BEHIND)


@dataclass(frozen=True, slots=True)
class BandSet:
    """One set of bands. ``scales`` maps a scale to the lowest score of each status, best first."""

    code: str
    vi: str
    en: str
    valid_from: date
    valid_to: date | None
    flow_by: str
    profile: str
    most_years: int
    least_years: int
    excluded_years: frozenset[int]
    scales: Mapping[str, tuple[tuple[Status, Decimal], ...]]
    source: str
    is_verified: bool

    def grade(self, scale: str, score: Decimal) -> Status:
        """The best status whose threshold the score reaches."""
        return next((status for status, least in self.scales[scale] if score >= least), Status.FAR_BEHIND)

    def threshold(self, scale: str, status: Status) -> Decimal | None:
        """The lowest score of a status; None for the statuses below the last threshold."""
        return dict(self.scales[scale]).get(status)

    def name(self, lang: str = "vi") -> str:
        """The set's name."""
        return self.vi if lang == "vi" else self.en


def parse_bands(text: str, file: str = "bands.toml") -> tuple[BandSet, ...]:
    """Band sets from TOML. Raises KechoError ``plan.bad_bands`` naming what is wrong."""
    try:
        return tuple(_band_set(entry) for entry in tomllib.loads(text, parse_float=Decimal)["set"])
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise KechoError("plan.bad_bands", where=Location(file=file), problem=str(error)) from error


@cache
def packaged_bands() -> tuple[BandSet, ...]:
    """The sets that come with Kẻ Chợ."""
    return parse_bands(_packaged("bands.toml"))


def load_bands(file: Path | None = None) -> tuple[BandSet, ...]:
    """The sets of ``file`` where it exists, else the packaged ones."""
    if file is not None and file.exists():
        return parse_bands(file.read_text("utf-8"), file.name)
    return packaged_bands()


def band_set(code: str, on: date, sets: tuple[BandSet, ...] | None = None) -> BandSet:
    """The set of this code in force on a day. Raises KechoError ``plan.unknown_band_set``."""
    known = packaged_bands() if sets is None else sets
    for found in known:
        if found.code == code and found.valid_from <= on and (found.valid_to is None or on < found.valid_to):
            return found
    raise KechoError("plan.unknown_band_set", value=code, day=on, known=", ".join(sorted({s.code for s in known})))


def _band_set(entry: dict[str, Any]) -> BandSet:
    flow_by = entry["flow_by"]
    if flow_by not in ("pace", "deviation") or entry["profile"] not in ("seasonal", "linear"):
        raise ValueError(f"flow_by {flow_by!r}, profile {entry['profile']!r}")
    names = (*SCALES, "deviation_pp") if flow_by == "deviation" else SCALES
    return BandSet(
        code=entry["code"],
        vi=entry["vi"],
        en=entry["en"],
        valid_from=entry["valid_from"],
        valid_to=entry.get("valid_to"),
        flow_by=flow_by,
        profile=entry["profile"],
        most_years=entry["most_years"],
        least_years=entry["least_years"],
        excluded_years=frozenset(entry["excluded_years"]),
        scales={name: _scale(name, entry[name]) for name in names},
        source=entry["source"],
        is_verified=entry["verified"],
    )


def _scale(name: str, entry: dict[str, Any]) -> tuple[tuple[Status, Decimal], ...]:
    steps = tuple((status, Decimal(entry[status])) for status in STEPS)
    values = [least for _, least in steps]
    if values != sorted(values, reverse=True) or set(entry) != set(STEPS):
        raise ValueError(f"{name}: thresholds must be {', '.join(STEPS)}, falling")
    return steps


def _packaged(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")
