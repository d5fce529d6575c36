"""The notation of Viet Nam's decrees: "6,1; M: 9,2", "0 (-KH)/5", "*", "Q", "0 (NHN: 2.5)", "5/8/10".

cell   = group [ "; M: " group ]            M: Mexico, the group before it the other members
group  = item { "/" item }                  one rate for each part of the line that the decree splits
item   = ( number | "*" | "Q" ) { suffix }
suffix = "(-KH, LA)"   not for these origins        "(THN)"      within the quota
       | "(GIC)"       Gaeseong goods too           "(NHN: 80)"  this is within the quota, 80 beyond
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from kecho.analytics.duties import AdValorem
from kecho.kernel.errors import KechoError, Location
from kecho.market_access.rates.printed import Cell, Kind, Part

_ITEM = re.compile(r"\s*(?:(?P<rate>\d+(?:[.,]\d+)?)|(?P<none>\*)|(?P<quota>Q))")
_SUFFIX = re.compile(
    r"\s*\(\s*(?:-(?P<but>[A-Z]{2}(?:\s*,\s*[A-Z]{2})*)[\s,]*|(?P<gic>GIC)|(?P<within>THN)|NHN:\s*(?P<beyond>\d+(?:[.,]\d+)?))\)"
)
_MEXICO = re.compile(r"\s*;\s*M:")
_SHARE = re.compile(r"(\d+)\s*% thuế MFN")
_SEASON = re.compile(r"(\d+(?:[.,]\d+)?)\s*\((\d+(?:[.,]\d+)?)% từ ([\d/]+-[\d/]+) theo (\S+?)\)")
#: cells that name another place of the law, or only say that a tax exists
_REFERENCE = re.compile(r"Theo hướng dẫn tại .+|ĐB|MT\??")


def read(printed: str) -> Cell:
    """What a cell says; ``market_access.bad_rate`` with the position of the first character not understood."""
    text = printed.strip()
    if not text:
        return Cell(printed)
    for pattern, make in ((_SHARE, _share), (_SEASON, _season)):
        if found := pattern.fullmatch(text):
            return Cell(printed, make(found))
    if _REFERENCE.fullmatch(text):
        return Cell(printed, (Part(Kind.REFERENCE, note=text),))
    parts, end = _group(text, 0)
    if found := _MEXICO.match(text, end):
        mexico, end = _group(text, found.end())
        parts = [replace(one, but=(*one.but, "MX")) for one in parts] + [replace(one, only=("MX",)) for one in mexico]
    if end != len(text):
        raise _problem(text, end)
    return Cell(printed, tuple(parts))


def _group(text: str, start: int) -> tuple[list[Part], int]:
    items, end = [], start
    while True:
        item, end = _item(text, end)
        items.append(item)
        if end >= len(text) or text[end] != "/":
            break
        end += 1
    if len(items) == 1:
        return items[0], end
    many = len(items)
    return [replace(part, place=(n, many)) for n, item in enumerate(items, 1) for part in item], end


def _item(text: str, start: int) -> tuple[list[Part], int]:
    found = _ITEM.match(text, start)
    if not found:
        raise _problem(text, start)
    if found["rate"]:
        part = Part(Kind.RATE, _percent(found["rate"]))
    else:
        part = Part(Kind.NO_PREFERENCE if found["none"] else Kind.QUOTA)
    parts, end = [part], found.end()
    while suffix := _SUFFIX.match(text, end):
        end = suffix.end()
        if suffix["but"]:
            parts = [replace(one, but=tuple(re.findall("[A-Z]{2}", suffix["but"]))) for one in parts]
        elif suffix["gic"]:
            parts = [replace(one, note="GIC") for one in parts]
        elif suffix["within"]:
            parts = [replace(one, quota="in") for one in parts]
        else:
            parts = [replace(parts[0], quota="in"), Part(Kind.RATE, _percent(suffix["beyond"]), quota="out")]
    while end < len(text) and text[end] == " ":
        end += 1
    return parts, end


def _percent(text: str) -> AdValorem:
    return AdValorem(Fraction(text.replace(",", ".")))


def _share(found: re.Match[str]) -> tuple[Part, ...]:
    return (Part(Kind.SHARE_OF_MFN, _percent(found[1])),)


def _season(found: re.Match[str]) -> tuple[Part, ...]:
    return (
        Part(Kind.RATE, _percent(found[1])),
        Part(Kind.RATE, _percent(found[2]), season=found[3], note=found[4]),
    )


def _problem(text: str, at: int) -> KechoError:
    rest = text[at : at + 12] or "…"
    return KechoError("market_access.bad_rate", where=Location(), printed=text, position=at + 1, rest=rest)
