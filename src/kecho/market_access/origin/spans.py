"""The materials that a sentence names: "heading 5106 to heading 5113 or assemblies of uppers of subheading 640610"."""

from __future__ import annotations

import re

from kecho.market_access.origin.rule import Span

_UNIT = r"(?:chapters?|headings?|sub-?headings?)"
_ITEM = re.compile(
    rf"(?P<goods>(?:[a-z][^;0-9]*?\s(?:of|in)\s)?)(?:(?:{_UNIT})\s+){{1,2}}(?P<low>\d{{1,6}})"
    rf"(?:\s*(?:to|through|-)\s*(?:{_UNIT}\s+)?(?P<high>\d{{1,6}}))?",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<![\d.])(?P<low>\d{2,6})(?:\s*(?:to|through|-)\s*(?P<high>\d{2,6}))?(?![\d.%])")
_LEFT = re.compile(r"(?:[\s,;.]|\b(?:and|or|of|from|those|materials?|any|except|other|the|also)\b)*", re.IGNORECASE)


def spans_in(text: str) -> tuple[Span, ...] | None:
    """The spans named, in order; None where words are left that name no codes."""
    found: list[tuple[int, Span]] = []
    left = text

    def take(match: re.Match[str]) -> str:
        low, high = match["low"], match["high"] or match["low"]
        goods = re.sub(r"^(?:or|and|from)\s+", "", match.groupdict().get("goods") or "").removesuffix("of ").strip()
        goods = "" if goods in {"", "materials", "those", "materials in", "any materials"} else goods
        if len(low) == 1:
            low = f"0{low}"
        if len(high) == 1:
            high = f"0{high}"
        found.append((match.start(), Span(low, high, goods)))
        return " " * len(match[0])

    left = _ITEM.sub(take, left)
    left = _BARE.sub(take, left)
    if not found or not _LEFT.fullmatch(left):
        return None
    return tuple(span for _, span in sorted(found, key=lambda one: one[0]))
