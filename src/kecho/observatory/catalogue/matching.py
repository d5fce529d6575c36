"""From a printed label to the catalogue's key, whatever the year's spelling.

A row is known by its path: the labels above it and its own. Headings that name no part ("Mặt hàng chủ yếu", "Trong
đó") are dropped, abbreviations are written out ("SP" is "sản phẩm"), everything is folded. Then the path is followed
from the top; where the source leaves a level out, the last label alone decides, if only one part answers to it. So
"Dầu thô" below the foreign-invested sector and "Dầu thô" among the commodities get different keys. What no part
answers to keeps a slug of its path as key.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kecho.kernel.text import clean, fold, slug
from kecho.observatory.catalogue.entries import Item, indicators, items

PATH = " > "
LONGEST_KEY = 240
_BRACKET = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Match:
    """The key of a row and its label as printed; ``is_mapped`` says whether the catalogue names it."""

    key: str
    label: str
    is_mapped: bool


@dataclass(frozen=True, slots=True)
class _Words:
    """``matching.toml``, folded: words written out, headings dropped, what opens, ends or remarks on a label."""

    abbreviations: dict[str, str]
    headings: frozenset[str]
    openings: tuple[str, ...]
    endings: tuple[str, ...]
    remarks: frozenset[str]


@cache
def match(indicator: str, label: str, breakdown: str = "") -> Match:
    """The part of an indicator that a printed label under printed parents means; a key means itself."""
    if not breakdown and (not label or label in _keys(indicator)):
        return Match(label, label, True)
    path = [clean(part) for part in breakdown.split(PATH) if part.strip()] + [clean(label)]
    folded = [text for text in map(normal, path) if text not in _words().headings]
    for find in (_by_tail, _follow, _follow_late, _by_last, _by_joined):
        key = find(indicator, folded) if folded else None  # a heading that carries a figure is not the total
        if key is not None:
            return Match(key, clean(label), True)
    return Match(slug_path(path), clean(label), False)


def normal(text: str) -> str:
    """Folded, without footnote marks and openings, abbreviations written out.

    >>> normal("Tđ: SP nội thất từ chất liệu khác gỗ (*)")
    'san pham noi that tu chat lieu khac go'
    """
    known = _words()
    kept = _BRACKET.sub(lambda found: "" if fold(found[1]) in known.remarks else found[0], text)
    words = " ".join(known.abbreviations.get(word, word) for word in fold(kept).split())
    for opening in known.openings:
        words = words.removeprefix(f"{opening} ")
    return words


def _bare(text: str) -> str:
    """Without an ending such as "các loại", for a second look: some parts differ by it."""
    for ending in _words().endings:
        text = text.removesuffix(f" {ending}")
    return text


def slug_path(path: list[str]) -> str:
    """The key of an unmapped row: a slug for each label of its path, long paths cut at the front."""
    key = "/".join(slug(part) or "-" for part in path)
    return key if len(key) <= LONGEST_KEY else key[-LONGEST_KEY:]


def _by_tail(indicator: str, folded: list[str]) -> str | None:
    """A part that has the last two labels together as an alias."""
    return _tails(indicator).get(PATH.join(folded[-2:]))


def _follow(indicator: str, folded: list[str]) -> str | None:
    """Walk down the parts; labels that mean the total itself are passed over, a level left out is skipped."""
    children, totals, answering = _children(indicator), _totals(indicator), _answering(indicator)
    key = ""
    for text in folded:
        found = children.get((key, text)) or children.get((key, _bare(text)))
        if found is None and text in totals:
            continue
        if found is None:
            below = [other for other in answering.get(text, ()) if key and other.startswith(f"{key}/")]
            found = below[0] if len(below) == 1 else None
        if found is None:
            return None
        key = found
    return key


def _follow_late(indicator: str, folded: list[str]) -> str | None:
    """Walk down from a later label, where the first ones are no part's: "Cây lương thực có hạt > Lúa > Miền Bắc"."""
    for start in range(1, len(folded) - 1):
        key = _follow(indicator, folded[start:])
        if key:
            return key
    return None


def _by_last(indicator: str, folded: list[str]) -> str | None:
    """The one part that answers to the last label, or the one of the top level where several do."""
    answering = _answering(indicator)
    candidates = answering.get(folded[-1]) or answering.get(_bare(folded[-1]), ())
    top = [key for key in candidates if "/" not in key]
    if len(candidates) == 1:
        return candidates[0]
    return top[0] if len(top) == 1 else None


def _by_joined(indicator: str, folded: list[str]) -> str | None:
    """The part that the last labels make together: long names break over two or three rows."""
    for count in (2, 3):
        if len(folded) >= count:
            key = _by_last(indicator, [normal(" ".join(folded[-count:]))])
            if key is not None:
                return key
    return None


def spellings(part: Item) -> set[str]:
    """Every folded text that names a part, apart from aliases of two levels."""
    return {normal(text) for text in (part.vi, part.en, *part.aliases) if PATH not in text}


@cache
def _tails(indicator: str) -> dict[str, str]:
    """Aliases of two levels, ``parent > label``, for rows that stand for their parent."""
    return {
        PATH.join(map(normal, alias.split(PATH))): part.key
        for part in _items(indicator)
        for alias in part.aliases
        if PATH in alias
    }


@cache
def _children(indicator: str) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for part in _items(indicator):
        for text in spellings(part):
            found.setdefault((part.parent, text), part.key)
    return found


@cache
def _answering(indicator: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for part in _items(indicator):
        for text in sorted(spellings(part)):
            found.setdefault(text, []).append(part.key)
    return {text: tuple(keys) for text, keys in found.items()}


def _keys(indicator: str) -> frozenset[str]:
    return frozenset(part.key for part in _items(indicator))


@cache
def _totals(indicator: str) -> frozenset[str]:
    entry = indicators().get(indicator)
    names = (entry.name_vi, entry.name_en, *entry.total_aliases) if entry else ()
    return frozenset(normal(name) for name in names)


def _items(indicator: str) -> list[Item]:
    return list(items(indicator).values()) if indicator in indicators() else []


@cache
def _words() -> _Words:
    text = resources.files("kecho.observatory.catalogue").joinpath("matching.toml").read_text("utf-8")
    data = tomllib.loads(text)
    return _Words(
        abbreviations={fold(short): fold(long) for short, long in data["abbreviations"].items()},
        headings=frozenset(fold(heading) for heading in data["headings"]),
        openings=tuple(fold(opening) for opening in data["openings"]),
        endings=tuple(fold(ending) for ending in data["endings"]),
        remarks=frozenset(fold(remark) for remark in data["remarks"]),
    )
