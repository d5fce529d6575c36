"""How wide a text is in the report's typeface, from the vendored font files' own metrics (no layout library needed).

The decree wants drawn rules as wide as the motto, and a third to a half of the agency's name: a width must be known
before the page is made. Only plain advances are added; kerning, which Word leaves off by default, is not.
"""

from __future__ import annotations

import struct
from functools import cache
from importlib import resources

FONT_FAMILY = "Liberation Serif"  # the metrics of Times New Roman; licence: fonts/OFL.txt


@cache
def _metrics(style: str) -> tuple[int, dict[int, int], list[int]]:
    """Units per em, glyph number by code point, advance by glyph number."""
    data = resources.files("kecho.publish").joinpath(f"fonts/LiberationSerif-{style}.ttf").read_bytes()
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {}
    for index in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        tables[tag] = offset
    (per_em,) = struct.unpack_from(">H", data, tables[b"head"] + 18)
    (long_metrics,) = struct.unpack_from(">H", data, tables[b"hhea"] + 34)
    advances = [struct.unpack_from(">H", data, tables[b"hmtx"] + 4 * index)[0] for index in range(long_metrics)]
    return per_em, _code_points(data, tables[b"cmap"]), advances


def _code_points(data: bytes, cmap: int) -> dict[int, int]:
    """The Unicode table of format 4 (the basic plane, which holds all Vietnamese letters)."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for index in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", data, cmap + 4 + 8 * index)
        start = cmap + offset
        if (platform, encoding) == (3, 1) and struct.unpack_from(">H", data, start)[0] == 4:
            return _format_4(data, start)
    raise ValueError("the font has no Unicode table of format 4")


def _format_4(data: bytes, start: int) -> dict[int, int]:
    segments = struct.unpack_from(">H", data, start + 6)[0] // 2
    ends_at = start + 14
    starts_at = ends_at + 2 * segments + 2
    found: dict[int, int] = {}
    for index in range(segments):
        last = struct.unpack_from(">H", data, ends_at + 2 * index)[0]
        first = struct.unpack_from(">H", data, starts_at + 2 * index)[0]
        delta = struct.unpack_from(">h", data, starts_at + 2 * segments + 2 * index)[0]
        range_at = starts_at + 4 * segments + 2 * index
        offset = struct.unpack_from(">H", data, range_at)[0]
        for point in range(first, min(last, 0xFFFE) + 1):
            if offset == 0:
                glyph = (point + delta) & 0xFFFF
            else:
                glyph = struct.unpack_from(">H", data, range_at + offset + 2 * (point - first))[0]
                glyph = (glyph + delta) & 0xFFFF if glyph else 0
            if glyph:
                found[point] = glyph
    return found


def width_pt(text: str, size_pt: float, style: str = "Regular") -> float:
    """Width in points of one line; ``style`` is Regular, Bold, Italic or BoldItalic."""
    per_em, glyphs, advances = _metrics(style)
    units = sum(advances[min(glyphs.get(ord(char), 0), len(advances) - 1)] for char in text)
    return units * size_pt / per_em


def missing_letters(text: str, style: str = "Regular") -> set[str]:
    """Letters of ``text`` that the typeface cannot draw."""
    _, glyphs, _ = _metrics(style)
    return {char for char in text if ord(char) not in glyphs and not char.isspace()}
