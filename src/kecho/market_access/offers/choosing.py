"""Which part of a printed cell is for this origin on this day, and what must be said when several could be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kecho.analytics.duties import AdValorem, Duty
from kecho.kernel.errors import KechoError
from kecho.market_access import rates
from kecho.market_access.offers.remarks import Remark, remark
from kecho.market_access.rates import Kind, Part

_SEASON = re.compile(r"(\d+)/(\d+)-(\d+)/(\d+)")


@dataclass(frozen=True, slots=True)
class Choice:
    """The duty that a cell gives, the remarks it comes with, whether it holds only within a quota.

    A bracketed rate is bound but not applied.
    """

    duty: Duty
    remarks: tuple[Remark, ...] = ()
    is_quota_only: bool = False
    is_bracketed: bool = False


def choose(printed: str, notation: str, origin: str, on: date, *, in_quota: bool) -> Choice:
    """The duty for goods of that origin.

    Raises the reason as a coded error where the cell gives none: ``not_printed``, ``bad_rate``, ``origin_excluded``,
    ``no_preference``, ``quota_without_rate``, ``refers_elsewhere``. Of several rates for parts that the cell does not
    name the highest is taken, with a remark.
    """
    cell = rates.read(printed, notation)
    if not cell.parts:
        raise KechoError("market_access.not_printed")
    parts = [part for part in cell.for_origin(origin) if not part.season or _is_season(part.season, on)]
    if any(part.season for part in parts):
        parts = [part for part in parts if part.season]
    if not parts:
        raise KechoError("market_access.origin_excluded", origin=origin, printed=printed)
    return _of(parts, printed, in_quota)


def _of(parts: list[Part], printed: str, in_quota: bool) -> Choice:
    rated = [part for part in parts if part.kind in {Kind.RATE, Kind.RANGE} and part.duty is not None]
    if not rated:
        raise _no_rate(parts[0], printed)
    rated, remarks, is_quota_only = _by_quota(rated, in_quota)
    without = [part for part in parts if part.kind is Kind.NO_PREFERENCE]
    texts = list(dict.fromkeys(_text(part) for part in [*rated, *without]))
    if without:  # one of the parts has no preference at all: nothing can be promised for the line
        raise KechoError("market_access.parts_without_preference", rates=", ".join(texts))
    if len(texts) > 1:
        remarks.append(remark("several_parts", count=len(rated), rates=", ".join(texts)))
    best = max(rated, key=_height)
    duty = best.duty
    assert duty is not None
    if best.upper is not None:
        remarks.append(remark("range", low=duty.text(), high=best.upper.text()))
        duty = best.upper
    if best.note == "GIC":
        remarks.append(remark("gaeseong"))
    elif best.note.startswith("note"):
        remarks.append(remark("see_note", note=best.note))
    return Choice(duty, tuple(remarks), is_quota_only and not in_quota, best.note == "bracketed")


def _by_quota(rated: list[Part], in_quota: bool) -> tuple[list[Part], list[Remark], bool]:
    """The parts that count, what is to be said, and whether the rate holds only within the quota."""
    inside, outside = ([part for part in rated if part.quota == side] for side in ("in", "out"))
    if inside and outside:
        other = (outside if in_quota else inside)[0]
        said = remark("quota_in" if in_quota else "quota_out", rate=_text(other))
        return (inside if in_quota else outside), [said], False
    if inside and len(inside) == len(rated):
        return rated, [remark("quota_only")], True
    return (rated if in_quota else [part for part in rated if part.quota != "in"]), [], False


def _no_rate(part: Part, printed: str) -> KechoError:
    if part.kind is Kind.QUOTA:
        return KechoError("market_access.quota_without_rate", printed=printed)
    if part.kind in {Kind.NO_PREFERENCE, Kind.UNBOUND}:
        return KechoError("market_access.no_preference", printed=printed)
    return KechoError("market_access.refers_elsewhere", printed=printed)


def percent_of(duty: Duty) -> Fraction | None:
    """The percent of a plain ad valorem duty; None for any other."""
    return duty.percent if isinstance(duty, AdValorem) else None


def _text(part: Part) -> str:
    return part.text() if part.duty is None else (part.upper or part.duty).text()


def _height(part: Part) -> tuple[bool, Fraction]:
    """Sorts ad valorem rates by percent; any other duty counts as higher, because nobody knows."""
    duty = part.upper or part.duty
    percent = percent_of(duty) if duty else None
    return percent is None, percent or Fraction(0)


def _is_season(text: str, on: date) -> bool:
    found = _SEASON.fullmatch(text)
    if not found:
        return False
    first_day, first_month, last_day, last_month = map(int, found.groups())
    return (first_month, first_day) <= (on.month, on.day) <= (last_month, last_day)
