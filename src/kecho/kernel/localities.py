"""Places with validity dates: the country, its provinces since 2000, the districts and communes of Hà Nội.

A code names a place through time; each of its versions is valid from a first day to a last day that is not included
(half-open). Provinces carry ISO 3166-2 codes (``VN-HN``) and keep them where the name goes on, so Bắc Ninh is
``VN-56`` before and after it took Bắc Giang in. On 1 July 2025 the 63 provinces became 34 and districts ended.

The tables are data: ``localities.csv``, ``locality_changes.csv`` and ``locality_names.csv`` in ``data``;
docs/reference/localities.md says where they come from. A first day that is empty lies before 2000, where the oldest
workbooks begin.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources

from kecho.kernel.errors import KechoError
from kecho.kernel.text import fold

COUNTRY = "VN"


class Level(StrEnum):
    """Tier of government. ``commune`` stands for cấp xã: xã, phường, thị trấn."""

    COUNTRY = "country"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class Locality:
    """One version of a place, valid from a day to a day that is not included; None: since before 2000, or still so."""

    code: str
    name_vi: str
    name_en: str
    level: Level
    valid_from: date | None
    valid_to: date | None
    parent: str
    kind: str = ""  # Tỉnh, Thành phố, Quận, Huyện, Thị xã, Phường, Xã, Thị trấn
    official_code: str = ""  # of the list of administrative units, with its leading zeros
    source: str = ""  # document that made this version
    is_verified: bool = False  # whether the document, or a table that applies it, was seen

    def name(self, lang: str = "vi") -> str:
        """The short name: ``Hà Nội``, ``Ha Noi``."""
        return self.name_vi if lang == "vi" else self.name_en

    @property
    def full_name_vi(self) -> str:
        """``Thành phố Hồ Chí Minh``, ``Phường Ba Đình``."""
        return f"{self.kind} {self.name_vi.removeprefix('TP. ')}".strip()

    def is_valid(self, on: date) -> bool:
        """Whether this version was in force on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class Change:
    """``new`` took over ``old`` on a day, the whole of it or a part."""

    on: date
    old: str
    new: str
    is_part: bool
    source: str
    is_verified: bool


def get(code: str, on: date | None = None) -> Locality:
    """The place as it was on a day; without a day, its latest version.

    Raises KechoError ``kernel.unknown_locality`` for an unknown code or a day outside all versions.

    >>> get("VN-26", date(2024, 6, 1)).name_vi, get("VN-26", date(2025, 6, 1)).name_vi
    ('Thừa Thiên Huế', 'Huế')
    """
    versions = _versions().get(code, ())
    fitting = [one for one in versions if on is None or one.is_valid(on)]
    if not fitting:
        raise KechoError("kernel.unknown_locality", locality=code, on=on.isoformat() if on else "…")
    return fitting[-1]


def find(text: str, on: date | None = None, *, within: str | None = None) -> Locality | None:
    """The place that a printed name means, whatever its spelling; None where none or more than one fits.

    Looks among the country and its provinces, or below ``within``: ``find("Ba Đình", day, within="VN-HN")``. Without a
    day, names that any version bore count and the latest version is returned.

    >>> [find(t).code for t in ("TP HCM", "Thừa Thiên-Huế", "BR - Vũng Tàu", "CẢ NƯỚC", "Tỉnh Hoà Bình", "Hanoi")]
    ['VN-SG', 'VN-26', 'VN-43', 'VN', 'VN-14', 'VN-HN']
    >>> find("Hà Tây", date(2008, 7, 31)).code, find("Hà Tây", date(2008, 8, 1))
    ('VN-15', None)
    """
    found = [
        one
        for key in set(_name_keys(text))
        for one in _by_name().get(key, ())
        if _is_in_reach(one, within) and (on is None or one.is_valid(on))
    ]
    for narrower in (_is_called(text), _is_current):
        if len({one.code for one in found}) > 1:
            found = [one for one in found if narrower(one)]
    codes = {one.code for one in found}
    return get(codes.pop(), on) if len(codes) == 1 else None


def children(code: str, on: date | None = None) -> tuple[Locality, ...]:
    """The places right below: on a day, or today's for None. Of Hà Nội: its districts until 30 June 2025, then wards.

    >>> len(children("VN", date(2025, 6, 30))), len(children("VN", date(2025, 7, 1))), len(children("VN-HN"))
    (63, 34, 126)
    """
    return tuple(
        one
        for versions in _versions().values()
        for one in versions
        if one.parent == code and (one.valid_to is None if on is None else one.is_valid(on))
    )


def all_versions() -> tuple[Locality, ...]:
    """Every version of every place, in the order of the table."""
    return tuple(one for versions in _versions().values() for one in versions)


def changes() -> tuple[Change, ...]:
    """Every takeover of one place, or part of it, by another or by its own next version."""
    return _changes()


def successors(code: str, on: date | None = None) -> tuple[Locality, ...]:
    """What took the place over when it last changed, or when it changed on that day; as new on that day.

    A district of Hà Nội is succeeded by the wards that took over its communes. Empty where nothing changed.

    >>> [one.name_vi for one in successors("VN-15")], [one.code for one in successors("VN-33", date(2004, 1, 1))]
    (['Hà Nội'], ['VN-33', 'VN-72'])
    """
    found = [change for change in _changes() if change.old == code and on in (None, change.on)]
    if not found:
        return _successors_of_parts(code)
    last = max(change.on for change in found)
    return tuple(get(change.new, change.on) for change in found if change.on == last)


def predecessors(code: str, on: date | None = None) -> tuple[Locality, ...]:
    """What the place was made of when it last changed, or when it changed on that day; as of the day before.

    >>> [one.name_vi for one in predecessors("VN-56")]
    ['Bắc Giang', 'Bắc Ninh']
    """
    found = [change for change in _changes() if change.new == code and on in (None, change.on)]
    last = max((change.on for change in found), default=None)
    return tuple(get(one.old, date.fromordinal(one.on.toordinal() - 1)) for one in found if one.on == last)


# ---- tables


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files("kecho.kernel").joinpath(f"data/{name}").read_text("utf-8")
    return csv.DictReader(text.splitlines())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _versions() -> dict[str, tuple[Locality, ...]]:
    """Versions of each code, the earliest first."""
    found: dict[str, list[Locality]] = defaultdict(list)
    for row in _rows("localities.csv"):
        found[row["code"]].append(
            Locality(
                code=row["code"],
                name_vi=row["name_vi"],
                name_en=row["name_en"],
                level=Level(row["level"]),
                valid_from=_day(row["valid_from"]),
                valid_to=_day(row["valid_to"]),
                parent=row["parent"],
                kind=row["kind"],
                official_code=row["official_code"],
                source=row["source"],
                is_verified=row["verified"] == "yes",
            )
        )
    return {code: tuple(sorted(rows, key=lambda one: one.valid_from or date.min)) for code, rows in found.items()}


@cache
def _changes() -> tuple[Change, ...]:
    return tuple(
        Change(
            on=date.fromisoformat(row["on"]),
            old=row["old"],
            new=row["new"],
            is_part=row["part"] == "yes",
            source=row["source"],
            is_verified=row["verified"] == "yes",
        )
        for row in _rows("locality_changes.csv")
    )


def _successors_of_parts(code: str) -> tuple[Locality, ...]:
    """Successors of all the communes of an ended district, each once."""
    found: dict[str, Locality] = {}
    for part in (one for one in all_versions() if one.parent == code and one.valid_to):
        for change in _changes():
            if change.old == part.code and change.on == part.valid_to:
                found[change.new] = get(change.new, change.on)
    return tuple(found[new] for new in sorted(found))


# ---- names

_KINDS = {"tinh", "thanh pho", "tp", "thu do", "quan", "huyen", "thi xa", "phuong", "xa", "thi tran"}


@cache
def _by_name() -> dict[str, tuple[Locality, ...]]:
    found: dict[str, list[Locality]] = defaultdict(list)
    names: Iterable[tuple[str, Locality]] = (
        (name, one) for one in all_versions() for name in (one.name_vi, one.name_en, one.full_name_vi)
    )
    aliases = ((row["name"], one) for row in _rows("locality_names.csv") for one in _versions()[row["code"]])
    for name, one in (*names, *aliases):
        for key in _name_keys(name):
            if one not in found[key]:
                found[key].append(one)
    return {key: tuple(places) for key, places in found.items()}


def _name_keys(text: str) -> Iterator[str]:
    """The folded name without blanks, as printed and without a leading "tỉnh", "TP." and the like.

    Blanks go because "Đắk Lắk" and "Daklak", "Kon Tum" and "Kontum" are one; "T.P" is read as "TP".
    """
    words = fold(text.replace("T.P", "TP").replace("t.p", "tp")).split()
    yield "".join(words)
    for length in (1, 2):
        if len(words) > length and " ".join(words[:length]) in _KINDS:
            yield "".join(words[length:])


def _is_called(text: str) -> Callable[[Locality], bool]:
    """ "Huyện Thanh Trì" is the district, though a ward is called Thanh Trì as well; "Thanh Trì" could be both."""
    full = fold(text)
    kinds = any(full.startswith(f"{kind} ") for kind in _KINDS)
    return lambda one: not kinds or fold(one.full_name_vi) == full


def _is_current(one: Locality) -> bool:
    """Of two places of one name, with no day given, the one that is still there is meant."""
    return one.valid_to is None


def _is_in_reach(one: Locality, within: str | None) -> bool:
    """Country and provinces, or whatever lies below ``within``."""
    if within is None:
        return one.level in (Level.COUNTRY, Level.PROVINCE)
    parent = one.parent
    while parent and parent != within:
        parent = _versions()[parent][-1].parent
    return parent == within
