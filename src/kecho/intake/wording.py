"""Headings and titles in one spelling: folded, their common slips repaired, English ones turned into Vietnamese."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources

from kecho.kernel.text import fold

#: What typists forgot or shortened: "Năm 2014 so năm 2013", "I/2001so với", "so vớicùng kỳ", "tháng11", "cùng kì".
_BARE_SO = re.compile(r"\bso\b(?!\s*(?:với|sánh))", re.IGNORECASE)
_WORDS = r"so|voi|cung|ky|thang|nam|quy|truoc"
_REPAIRS = (
    (re.compile(r"(?<=\d)(?=[a-z]{2})"), " "),
    (re.compile(rf"\b({_WORDS})(?=(?:{_WORDS}|\d))"), r"\1 "),
    (re.compile(r"\bcung ki\b"), "cung ky"),
    (re.compile(r"\bcung thoi diem (?=thang|quy|\d)"), ""),
    (re.compile(r"\bcung thoi diem\b"), "cung ky"),
    (re.compile(r"\bgia so sanh(?: cua)?(?: nam)? \d{4}\b"), "gia so sanh"),  # the year of prices dates no figure
)
_IS_ENGLISH = re.compile(r"\b(?:quarter|versus|estimate|performance|months)\b")


@lru_cache(maxsize=8192)
def fold_heading(text: str) -> str:
    """A heading, title or unit line folded.

    >>> fold_heading("Quý I/2001so vớicùng kì năm 2000"), fold_heading("Năm 2014 so năm 2013"), fold_heading("Chỉ số")
    ('quy i 2001 so voi cung ky nam 2000', 'nam 2014 so voi nam 2013', 'chi so')
    >>> fold_heading("9 months of 2020 versus same period last year (%)")
    '9 thang 2020 so voi cung ky nam truoc %'
    """
    folded = fold(_BARE_SO.sub("so với", unicodedata.normalize("NFC", text)))
    for pattern, repaired in _REPAIRS:
        folded = pattern.sub(repaired, folded)
    if text.isascii() or _IS_ENGLISH.search(folded):  # Vietnamese words that look English have their marks
        for pattern, vietnamese in _english():
            folded = pattern.sub(vietnamese, folded)
    return " ".join(folded.split())


@cache
def _english() -> tuple[tuple[re.Pattern[str], str], ...]:
    text = resources.files("kecho.intake").joinpath("english.toml").read_text("utf-8")
    return tuple((re.compile(entry["from"]), entry["to"]) for entry in tomllib.loads(text)["words"])
