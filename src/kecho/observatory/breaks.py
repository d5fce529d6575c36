"""Where a series breaks: a changed base or method (``data/breaks.toml``), or changed borders of the place."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from kecho.kernel import localities
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.observatory.values import SeriesKey

_COUNTED = (Measure.LEVEL, Measure.SHARE)  # what new borders change at once; growth is published like for like


@dataclass(frozen=True, slots=True)
class Break:
    """``first`` is the first month measured the new way; ``short`` stands beside the line of a chart."""

    first: Period
    short_vi: str
    short_en: str
    vi: str
    en: str
    source: str
    is_verified: bool

    def short(self, lang: str) -> str:
        """In a word or two."""
        return self.short_en if lang == "en" else self.short_vi

    def text(self, lang: str) -> str:
        """What changed and how that is known."""
        return self.en if lang == "en" else self.vi


def breaks_of(key: SeriesKey) -> list[Break]:
    """The breaks of a series, the earliest first."""
    stated = [_stated(row) for row in _rows() if key.indicator in row["indicators"] and key.measure in row["measures"]]
    drawn_anew = _borders(key.locality) if Measure(key.measure) in _COUNTED else []
    return sorted([*stated, *drawn_anew], key=lambda one: one.first)


@cache
def _rows() -> list[dict[str, Any]]:
    text = resources.files("kecho.observatory").joinpath("data/breaks.toml").read_text("utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)["break"]
    return rows


def _stated(row: dict[str, Any]) -> Break:
    first, short = Period.parse(row["from"]), (row["short_vi"], row["short_en"])
    return Break(first, *short, row["vi"], row["en"], row["source"], row["verified"])


def _borders(code: str) -> list[Break]:
    """Days on which the place took in other places of its own tier, or parts of them, or gave some away."""
    tier = code.count("-")
    found: dict[Period, list[localities.Change]] = {}
    for change in localities.changes():
        touches = code in (change.new, change.old) and change.new != change.old
        if touches and change.old.count("-") == change.new.count("-") == tier:
            found.setdefault(Period.of_month(change.on.year, change.on.month), []).append(change)
    return [_moved(code, first, changes) for first, changes in found.items()]


def _moved(code: str, first: Period, changes: list[localities.Change]) -> Break:
    others = dict.fromkeys(change.old if change.new == code else change.new for change in changes)
    names = {lang: ", ".join(_name(other, changes[0], lang) for other in others) for lang in ("vi", "en")}
    day, source = changes[0].on, changes[0].source
    return Break(
        first,
        "địa giới mới",
        "new borders",
        f"Địa giới đổi từ ngày {day:%d/%m/%Y} theo {source} ({names['vi']}).",
        f"Borders changed on {day.isoformat()} by {source} ({names['en']}).",
        source,
        all(change.is_verified for change in changes),
    )


def _name(code: str, change: localities.Change, lang: str) -> str:
    """The name it bore on the day before."""
    versions = [one for one in localities.all_versions() if one.code == code]
    known = [one for one in versions if one.valid_from is None or one.valid_from <= change.on] or versions
    return known[0].name(lang)
