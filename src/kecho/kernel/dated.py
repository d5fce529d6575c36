"""Law as data: rows that say what holds from when to when, by which document; and the check that they fit together.

Thresholds, score sheets, time limits, rounding rules: each is a list of versions of one rule (its ``key``). On any day
at most one version of a rule may be in force, and between its first and last day none may be missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from kecho.kernel.errors import KechoError, KechoErrors


class State(StrEnum):
    """What became of a version. A suspended one does not apply, whatever its dates say."""

    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Dated:
    """One version of a rule: valid from a day to a day that is not included; None is an open end.

    ``is_verified`` is False where the original text was not seen; pages then say so.
    """

    key: str
    valid_from: date | None
    valid_to: date | None
    source: str
    state: State = State.IN_FORCE
    is_verified: bool = False

    def is_valid(self, on: date) -> bool:
        """Whether this version applies on that day."""
        if self.state is State.SUSPENDED:
            return False
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)


def check(rows: Iterable[Dated]) -> list[KechoError]:
    """All that is wrong with a table of rules: reversed dates, no source, an open superseded row, overlaps, gaps."""
    problems: list[KechoError] = []
    by_key: dict[str, list[Dated]] = defaultdict(list)
    for row in rows:
        problems += _row_problems(row)
        if row.state is not State.SUSPENDED:
            by_key[row.key].append(row)
    for key, versions in sorted(by_key.items()):
        ordered = sorted(versions, key=lambda one: one.valid_from or date.min)
        for earlier, later in pairwise(ordered):
            problems += _joint_problems(key, earlier, later)
    return problems


def ensure(rows: Iterable[Dated]) -> None:
    """Raises KechoErrors with everything that ``check`` found."""
    if problems := check(rows):
        raise KechoErrors(problems)


def _row_problems(row: Dated) -> list[KechoError]:
    problems = []
    if row.valid_from and row.valid_to and row.valid_to <= row.valid_from:
        problems.append(KechoError("kernel.dated_reversed", key=row.key, start=row.valid_from, end=row.valid_to))
    if not row.source.strip():
        problems.append(KechoError("kernel.dated_no_source", key=row.key, start=_day(row.valid_from)))
    if row.state is State.SUPERSEDED and row.valid_to is None:
        problems.append(KechoError("kernel.dated_open", key=row.key, start=_day(row.valid_from)))
    return problems


def _joint_problems(key: str, earlier: Dated, later: Dated) -> list[KechoError]:
    end, start = earlier.valid_to, later.valid_from
    if end is None or start is None or end > start:
        return [KechoError("kernel.dated_overlap", key=key, start=_day(start), end=_day(end))]
    if end < start:
        return [KechoError("kernel.dated_gap", key=key, start=end, end=start)]
    return []


def _day(day: date | None) -> str:
    return day.isoformat() if day else "…"
