"""Explains each abbreviation where a page first uses it, as ``<abbr title="…">``.

The words come from whoever keeps the glossary (``register``). Only running text is touched: no code, field or chart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from django.utils.html import escape

Meanings = Callable[[str], Mapping[str, str]]
_TAGS = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?\s*([a-zA-Z0-9]+)")
UNTOUCHED = {"abbr", "button", "code", "option", "pre", "script", "select", "style", "svg", "textarea", "title"}
_source: dict[str, Meanings] = {}


def register(meanings: Meanings) -> None:
    """Take the abbreviations of a language and what they stand for from here."""
    _source["glossary"] = meanings
    _pattern.cache_clear()


def explain(html: str, lang: str) -> str:
    """The markup with the first use of each abbreviation explained.

    >>> register(lambda lang: {"IIP": "Chỉ số sản xuất công nghiệp"})
    >>> explain("<p>IIP tăng; IIP</p>", "vi")
    '<p><abbr title="Chỉ số sản xuất công nghiệp">IIP</abbr> tăng; IIP</p>'
    """
    if "glossary" not in _source:
        return html
    pattern, meanings = _pattern(lang)
    if pattern is None:
        return html
    seen: set[str] = set()

    def first(found: re.Match[str]) -> str:
        word = found[0]
        if word in seen:
            return word
        seen.add(word)
        return f'<abbr title="{escape(meanings[word])}">{word}</abbr>'

    parts, skipped = _TAGS.split(html), 0
    for number, part in enumerate(parts):
        if number % 2:
            skipped = max(0, skipped + _depth(part))
        elif not skipped and part:
            parts[number] = pattern.sub(first, part)
    return "".join(parts)


@cache
def _pattern(lang: str) -> tuple[re.Pattern[str] | None, Mapping[str, str]]:
    meanings = _source["glossary"](lang)
    if not meanings:
        return None, meanings
    words = "|".join(re.escape(word) for word in sorted(meanings, key=len, reverse=True))
    return re.compile(rf"(?<![\w&/-])(?:{words})(?![\w/-])"), meanings


def _depth(tag: str) -> int:
    """+1 where the tag opens what is left alone, -1 where it closes it."""
    name = _NAME.match(tag)
    if name is None or name[1].lower() not in UNTOUCHED or tag.endswith("/>"):
        return 0
    return -1 if tag.startswith("</") else 1
