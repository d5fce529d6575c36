"""Series that must add up: a total and its parts by the catalogue's sums, forecast together so that no page contradicts
another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from kecho.kernel.errors import KechoError
from kecho.observatory import queries
from kecho.outlook.gathering import Basis, Known, SeriesName, known_many

METHODS = "2"  # raise it when an answer for the same figures would differ
Sums = tuple[tuple[str, tuple[str, ...]], ...]  # a total's key and its parts' keys


@dataclass(frozen=True)
class Family:
    """One series and those that it must add up with; ``sums`` is empty where it stands alone."""

    name: SeriesName
    members: Mapping[str, Known]
    sums: Sums = ()

    @property
    def known(self) -> Known:
        """The series that was asked for."""
        return self.members[self.name[2]]

    @cached_property
    def fingerprints(self) -> dict[str, str]:
        """A hash for each member; it changes with any figure of any member, and with the methods."""
        figures = [(part, one.months.first, one.basis, one.months.values) for part, one in sorted(self.members.items())]
        seen = repr((METHODS, self.name[:2], figures, self.sums)).encode()
        return {part: sha256(seen + part.encode()).hexdigest() for part in self.members}

    @property
    def fingerprint(self) -> str:
        """That of the series asked for."""
        return self.fingerprints[self.name[2]]


def family(indicator: str, locality: str, breakdown: str = "", as_of: date | None = None) -> Family:
    """The family of one series. Raises KechoError ``outlook.no_months``, ``observatory.unknown_indicator``."""
    info, name = queries.indicator(indicator), (indicator, locality, breakdown)
    found = families([name], as_of)
    if not found:
        raise KechoError("outlook.no_months", indicator=info.name_vi, locality=locality, breakdown=breakdown or "–")
    return found[name]


def families(names: Iterable[SeriesName], as_of: date | None = None) -> dict[SeriesName, Family]:
    """The families of many series in few reads; a series without a monthly figure is left out."""
    asked = {name: _sums(name) for name in names}
    wanted = {
        (name[0], name[1], part) for name, sums in asked.items() for part in (name[2], *_parts(sums))
    }  # fmt: skip
    known = known_many(sorted(wanted), as_of)
    return {name: _family(name, sums, known) for name, sums in asked.items() if name in known}


def _family(name: SeriesName, sums: Sums, known: Mapping[SeriesName, Known]) -> Family:
    """Keeps the sums whose every member has levels up to the same month; alone where none of them holds the series."""
    here = {part: known[name[0], name[1], part] for part in _parts(sums) if (name[0], name[1], part) in known}
    end = known[name].months.end
    whole = {part for part, one in here.items() if one.basis is Basis.PUBLISHED and one.months.end == end}
    kept = tuple((total, parts) for total, parts in sums if {total, *parts} <= whole)
    members = {part: here[part] for part in _parts(kept)}
    if name[2] not in members:
        return Family(name, {name[2]: known[name]})
    return Family(name, members, kept)


def _sums(name: SeriesName) -> Sums:
    """The catalogue's sums that are tied to this series, however far."""
    sums = [(one.whole, one.parts) for one in queries.indicator(name[0]).sums]
    tied = {name[2]}
    while True:
        more = {part for total, parts in sums if tied & {total, *parts} for part in (total, *parts)}
        if more <= tied:
            return tuple((total, parts) for total, parts in sums if tied & {total, *parts})
        tied |= more


def _parts(sums: Sums) -> list[str]:
    return list(dict.fromkeys(part for total, parts in sums for part in (total, *parts)))
