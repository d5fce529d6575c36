"""Vietnamese text: clean, one spelling, matching without marks, sorting.

The law itself prints "CỘNG HÒA" and "CỘNG HOÀ"; one workbook prints "Thủy sản" and "Thuỷ hải sản". Labels are matched
on a folded key and shown as the source spells them.

``clean`` works on any text, also on text that is still in a legacy encoding, and therefore touches no letter and keeps
U+00AD, which is "ư" in TCVN3. ``fold``, ``respell`` and ``sort_key`` expect decoded text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"[\s\u200b\u2060\ufeff]+")
_NOT_WORD = re.compile(r"[^0-9a-z%]+")
# Eth stands for đ in text typed with western keyboards ("Ðồng Nai" with U+00D0).
_ETH = str.maketrans("ðÐ", "đĐ")

_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền, hỏi, ngã, sắc, nặng
_TONE = "".join(_TONES)
_SHAPE = "\u0302\u0306\u031b"  # circumflex, breve, horn: these make letters, not tones


def _plain_letters() -> dict[int, str]:
    """Every accented Latin letter, and every combining mark, to what is left of it without marks."""
    table = {ord("đ"): "d", ord("Đ"): "D", ord("ð"): "d", ord("Ð"): "D"}
    for code in (*range(0xC0, 0x250), *range(0x300, 0x370), *range(0x1E00, 0x1F00)):
        decomposed = unicodedata.normalize("NFD", chr(code))
        bare = "".join(char for char in decomposed if not unicodedata.combining(char))
        if bare != chr(code):
            table[code] = bare
    return table


_PLAIN = _plain_letters()


def clean(text: str) -> str:
    """NFC, inner white space (also line breaks, no-break and zero-width spaces) as one blank, ends trimmed.

    >>> clean("  Nghìn \\n tỷ đồng ")
    'Nghìn tỷ đồng'
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def strip_marks(text: str) -> str:
    """Without diacritics, đ as d; case and punctuation stay.

    >>> strip_marks("Đồng bằng sông Hồng")
    'Dong bang song Hong'
    """
    return text.translate(_PLAIN)


@lru_cache(maxsize=50_000)  # workbooks print the same labels month after month
def fold(text: str) -> str:
    """The key two spellings of one label share: lower case, no marks, words parted by one blank.

    >>> fold("Thuỷ  sản") == fold("THỦY SẢN ") == "thuy san"
    True
    """
    return _NOT_WORD.sub(" ", strip_marks(text).casefold()).strip()


def slug(text: str) -> str:
    """``fold`` with hyphens, for codes and addresses.

    >>> slug("Khu vực có vốn đầu tư NN")
    'khu-vuc-co-von-dau-tu-nn'
    """
    return fold(text).replace(" ", "-")


# In open syllables "hòa", "khỏe", "thủy" and "hoà", "khoẻ", "thuỷ" are both in use; before a final letter the tone
# stands on the second vowel ("toàn", "hoạt", "huỳnh"). After q the u is no vowel ("quý"). Matched on decomposed text.
_PAIR = re.compile(
    rf"(?P<head>(?<![Qq])[Uu](?=[{_TONE}]*[Yy])|[Oo](?=[{_TONE}]*[AaEe]))(?P<first>[{_TONE}]?)"
    rf"(?P<tail>[YyAaEe])(?P<second>[{_TONE}]?)(?![{_SHAPE}])(?P<rest>[^\W\d_]?)(?![{_SHAPE}])"
)
_AFTER_Q = re.compile(rf"(?<=[Qq])([Uu])([{_TONE}])([AEIOYaeioy][{_SHAPE}]?)")


def respell(text: str) -> str:
    """Decoded text in one spelling, marks kept: NFC, cleaned, "đ" for eth, one place for the tone.

    >>> respell("CỘNG HOÀ"), respell("Thuỷ sản"), respell("họat động"), respell("Quý I"), respell("Ðồng Nai")
    ('CỘNG HÒA', 'Thủy sản', 'hoạt động', 'Quý I', 'Đồng Nai')
    """
    decomposed = unicodedata.normalize("NFD", clean(text).translate(_ETH))
    return unicodedata.normalize("NFC", _PAIR.sub(_place_tone, _AFTER_Q.sub(r"\1\3\2", decomposed)))


def _place_tone(match: re.Match[str]) -> str:
    head, first, tail, second, rest = match.group("head", "first", "tail", "second", "rest")
    if bool(first) == bool(second):  # no tone here, or two: nothing to place
        return match.group()
    tone = first or second
    return f"{head}{tail}{tone}{rest}" if rest else f"{head}{tone}{tail}"


# ---- sorting

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER = {letter: number for number, letter in enumerate(_ALPHABET, start=0x200000)}  # after all other characters
SortKey = tuple[tuple[int, ...], tuple[int, ...], tuple[bool, ...]]


def sort_key(text: str) -> SortKey:
    """Sorts as a Vietnamese dictionary (CLDR "vi"): letters a ă â … d đ … first, then tones, then case.

    Tones follow ngang, huyền, hỏi, ngã, sắc, nặng. Blanks and signs come before digits, digits before letters.

    >>> sorted(["Đồng Nai", "Điện Biên", "Dầu thô", "Đà Nẵng", "An Giang", "Ăn uống"], key=sort_key)
    ['An Giang', 'Ăn uống', 'Dầu thô', 'Đà Nẵng', 'Điện Biên', 'Đồng Nai']
    """
    letters: list[int] = []
    tones: list[int] = []
    is_upper: list[bool] = []
    for char in respell(text):
        parts = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in parts if mark in _TONES), "")
        letter = unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts)
        for one in letter.casefold():
            letters.append(_LETTER.get(one, ord(one)))
            tones.append(_TONES.get(tone, 0))
            is_upper.append(letter != letter.lower())
    return tuple(letters), tuple(tones), tuple(is_upper)
