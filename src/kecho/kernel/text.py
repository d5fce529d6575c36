"""Vietnamese text for matching: NFC, one tone placement, no case, no marks.

The law itself prints "CỘNG HÒA" and "CỘNG HOÀ"; one workbook prints "Thủy sản" and "Thuỷ hải sản". Labels are matched
on a folded key and shown as the source spells them.
"""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^0-9a-z%]+")


def clean(text: str) -> str:
    """NFC, inner white space (also line breaks and no-break spaces) as one blank, ends trimmed.

    >>> clean("  Nghìn \\n tỷ đồng ")
    'Nghìn tỷ đồng'
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def strip_marks(text: str) -> str:
    """Without diacritics, đ as d; case and punctuation stay.

    >>> strip_marks("Đồng bằng sông Hồng")
    'Dong bang song Hong'
    """
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


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
