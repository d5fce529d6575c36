"""Vietnamese in the fonts of before Unicode: TCVN3 (.VnTime, .VnArial …) and VNI, decoded token by token.

A TCVN3 file stores a letter of Latin-1 for each Vietnamese letter and leaves the rest to the font: "n\\xadíc" is
"nước", and the soft hyphen in it is the letter "ư", so nothing may be stripped before decoding. Some cells mix TCVN3
and Unicode ("6 th¸ng đầu"), even inside one word ("Ưíc"), and Unicode was also typed in .Vn fonts. So neither the
font nor the code points decide alone: each word is judged by its letters, then by the syllables known from clean
workbooks (data/syllables.txt), then by its neighbours and the font.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_TO_UNICODE = str.maketrans(_TCVN3)

#: Latin-1 letters that Unicode Vietnamese uses too; all other TCVN3 code points betray TCVN3.
_SHARED = set("àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ")
_ONLY_TCVN3 = set(_TCVN3) - _SHARED
_ONLY_UNICODE = re.compile(r"[\u0100-\u1fff]|[àÀÁÂÃÍÙÚ]")

#: A word: everything but blanks, digits, ASCII signs and general punctuation. U+00AD belongs to it.
_WORD = re.compile(r"[^\s\d\x00-\x40\x5b-\x60\x7b-\xa0\u2000-\u206f]+")

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
    r"(?:(?:a[iouy]|e[ou]|i[au]|ieu|o[aei]|oai|oay|oao|oeo|u[aeiouy]|uo[iu]|uya|uyu|uay|yeu|[aeiouy])"
    r"|(?:[aeiouy]|oa|oe|oo|ie|ye|uo|ua|ue|uy|uye)(?P<ending>ch|ng|nh|[cmnpt]))"
)


@cache
def _known() -> frozenset[str]:
    return frozenset(resources.files("kecho.intake").joinpath("data/syllables.txt").read_text("utf-8").split())


_ODD_CASE = re.compile("[a-z][ÂÈÉÊÌÒÓÔÕÝ]|(?<=.)[ÂÈÉÊÌÒÓÔÕÝ][a-z]")


def is_legacy_font(font: str) -> bool:
    """``.VnTime``, ``.vnarial narrow``: the family of fonts that display TCVN3."""
    return font.lower().startswith(".vn")


def decode(text: str, font: str = "") -> str:
    """One piece of text as Unicode (NFC). Without a font only the letters decide; plain ASCII comes back unchanged.

    >>> decode("Mét sè s¶n phÈm"), decode("n\xadíc 6 th¸ng đầu"), decode("xuÊt khÈu", ".VnTimeH")
    ('Một số sản phẩm', 'nước 6 tháng đầu', 'XUẤT KHẨU')
    """
    return decode_runs([(text, font)])


def decode_runs(runs: list[tuple[str, str]]) -> str:
    """The runs of one cell, each ``(text, font)``; what is sure of one run helps to judge the others."""
    text = "".join(part for part, _ in runs)
    if text.isascii() and not any(_is_capital_font(font) for _, font in runs):
        return text
    words = _WORD.findall(text)
    sure_tcvn3 = any(_is_tcvn3(word, has_font=any(is_legacy_font(font) for _, font in runs)) for word in words)
    sure_unicode = any(_ONLY_UNICODE.search(word) and not _ONLY_TCVN3 & set(word) for word in words)
    decoded = []
    for part, font in runs:
        if font.lower().startswith("vni"):
            decoded.append(_decode_vni(part))
            continue
        judge = _Judge(is_legacy_font(font), sure_tcvn3, sure_unicode)
        clear = _WORD.sub(judge, part)
        decoded.append(clear.upper() if _is_capital_font(font) else clear)
    return unicodedata.normalize("NFC", "".join(decoded))


def _is_capital_font(font: str) -> bool:
    return is_legacy_font(font) and font.rstrip().upper().endswith("H")


def _is_tcvn3(word: str, *, has_font: bool) -> bool:
    """TCVN3 beyond doubt: only decoded is the word a syllable, or properly cased ("tÝnh" is no Unicode word)."""
    letters = set(word)
    if not letters & set(_TCVN3) or _ONLY_UNICODE.search(word):
        return False
    if letters & _ONLY_TCVN3 and (has_font or re.match("§[A-Za-z]", word)):
        return True
    return is_syllable(word.translate(_TO_UNICODE)) and (not is_syllable(word) or bool(_ODD_CASE.search(word)))


class _Judge:
    """Decides word by word, knowing the font of the run and what is sure of the cell."""

    def __init__(self, has_font: bool, sure_tcvn3: bool, sure_unicode: bool) -> None:
        self.has_font = has_font
        self.sure_tcvn3 = sure_tcvn3
        self.sure_unicode = sure_unicode

    def __call__(self, match: re.Match[str]) -> str:
        word = match.group()
        if word.isascii():
            return word
        mapped = word.translate(_TO_UNICODE)
        letters = set(word)
        if _ONLY_UNICODE.search(word):
            return self._unicode(word, mapped)
        if letters & _ONLY_TCVN3:
            return mapped if self.has_font or self.sure_tcvn3 or is_syllable(mapped) else _with_d(word)
        if not letters & set(_TCVN3) or not (self.has_font or self.sure_tcvn3):
            return word
        return self._either(word, mapped)

    def _unicode(self, word: str, mapped: str) -> str:
        """Unicode beyond doubt, yet "Ưíc" holds a TCVN3 letter."""
        repaired = _with_d(word)
        if is_syllable(repaired) or not (self.has_font or self.sure_tcvn3):
            return repaired
        return mapped if is_syllable(mapped) else repaired

    def _either(self, word: str, mapped: str) -> str:
        """All its letters occur in both encodings: "giá" is a price in one and "giỏ" a basket in the other."""
        is_word, is_mapped = word.lower() in _known(), mapped.lower() in _known()
        if is_word != is_mapped:
            return word if is_word else mapped
        if self.sure_unicode and not self.sure_tcvn3:
            return word
        return mapped if is_mapped or is_syllable(mapped) or not is_syllable(word) else word


def _with_d(word: str) -> str:
    """Some keyboards typed the Icelandic Eth for Đ: "Ðô la"."""
    return word.replace("Ð", "Đ").replace("ð", "đ")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether a word can be one Vietnamese syllable: onset, vowels, ending, and a tone that the ending allows.

    >>> is_syllable("nước"), is_syllable("Mỹller"), is_syllable("ưíc"), is_syllable("vùc")
    (True, False, False, False)
    """
    tones, plain = [], []
    for char in unicodedata.normalize("NFD", word.lower().replace("đ", "d")):
        if char in _TONES:
            tones.append(char)
        elif not unicodedata.combining(char):
            plain.append(char)
    match = _SYLLABLE.fullmatch("".join(plain))
    if match is None or len(tones) > 1:
        return False
    return match["ending"] not in ("c", "ch", "p", "t") or "".join(tones) in (_ACUTE, _DOT)


# ---- VNI: a vowel, then a letter of Latin-1 that stands for its marks

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_TONES = _GRAVE + _ACUTE + _HOOK + _TILDE + _DOT
_VNI_MARKS = {
    **dict(zip("øùûõï", _TONES, strict=True)),
    **{sign: "\u0302" + tone for sign, tone in zip("âàáåãä", ["", *_TONES], strict=True)},
    **{sign: "\u0306" + tone for sign, tone in zip("êèéúüë", ["", *_TONES], strict=True)},
}
_VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = re.compile(f"([aeouyôö])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_LETTERS)}])", re.IGNORECASE)


def _decode_vni(text: str) -> str:
    def letter(match: re.Match[str]) -> str:
        vowel, sign, single = match.groups()
        base = vowel or single
        found = _VNI_LETTERS.get(base.lower(), base.lower()) + (_VNI_MARKS[sign.lower()] if sign else "")
        return found.upper() if base.isupper() else found

    return _VNI.sub(letter, text)
