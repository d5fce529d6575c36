"""The words of reports as data: ``grammar.toml`` (sentences) and ``wording.toml`` (headings, captions, notices)."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from kecho.publish.pieces import Piece

Part = Piece | Iterable[Piece] | str


@cache
def table(file: str, lang: str) -> dict[str, str]:
    """All phrases of one language by dotted name (``bracket.rise``)."""
    data = tomllib.loads(resources.files("kecho.publish").joinpath(file).read_text("utf-8"))
    return dict(_flat(data[lang], ""))


def grammar(lang: str, name: str) -> str:
    """One pattern of the sentence grammar."""
    return table("grammar.toml", lang)[name]


def say(lang: str, phrase: str, /, **values: Any) -> str:
    """One fixed phrase of reports, filled in."""
    return table("wording.toml", lang)[phrase].format(**values)


def fill(pattern: str, **parts: Part | None) -> list[Piece]:
    """Pieces for a pattern: its own words as text, ``{name}`` as the pieces given (None or absent: nothing).

    >>> [piece.text for piece in fill("tăng {size} so với", size=Piece("5%"))]
    ['tăng ', '5%', ' so với']
    """
    pieces: list[Piece] = []
    for literal, name, _, _ in string.Formatter().parse(pattern):
        if literal:
            pieces.append(Piece(literal))
        if name:
            pieces.extend(_as_pieces(parts.get(name)))
    return pieces


def _as_pieces(part: Part | None) -> list[Piece]:
    if part is None:
        return []
    if isinstance(part, Piece):
        return [part] if part.text else []
    if isinstance(part, str):
        return [Piece(part)] if part else []
    return list(part)


def _flat(data: dict[str, Any], prefix: str) -> Iterable[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def with_article(name: str, lang: str) -> str:
    """``the consumer price index``: names that English does not use bare; their beginnings stand in the grammar."""
    starts = tuple(start for start in grammar(lang, "articles").split("|") if start)
    return f"the {lower_first(name)}" if starts and name.lower().startswith(starts) else name


def upper_first(text: str) -> str:
    """``chỉ số`` to ``Chỉ số``."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """``Chỉ số giá`` to ``chỉ số giá``; an abbreviation (``CPI``, ``IIP``) stays.

    >>> lower_first("Kim ngạch"), lower_first("IIP")
    ('kim ngạch', 'IIP')
    """
    first = text.split(" ", 1)[0]
    is_abbreviation = len(first) > 1 and first[1:] != first[1:].lower()
    return text if is_abbreviation else text[:1].lower() + text[1:]
