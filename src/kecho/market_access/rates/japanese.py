"""The notation of Japan's customs tariff.

無税 is free; then 17.1%, 4,800円/足, A又はBのうちいずれか高い税率 (the higher of two).

A cell may hold several lines, each with the goods, the quota or the partner it is for before the rate. A rate in
brackets in the WTO column is bound but not applied. A mark (●◎※◆*) before a rate sends to a note; 〜 is a span: finer
lines carry rates between the two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from kecho.analytics.duties import FREE, AdValorem, Duty, Highest, Lowest, PriceGap, Specific, Sum
from kecho.kernel.errors import KechoError
from kecho.market_access.rates.printed import Cell, Kind, Part

_UNITS = {
    "kg": "kg",
    "キログラム": "kg",
    "l": "l",
    "リットル": "l",
    "kl": "kl",
    "足": "pair",
    "頭": "head",
    "本": "piece",
    "個": "piece",
    "m2": "m2",
    "m3": "m3",
    "m": "m",
    "t": "t",
    "トン": "t",
}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_NUMBER = r"\d+(?:\.\d+)?"
_PERCENT = re.compile(rf"({_NUMBER})%")
_SPECIFIC = re.compile(rf"({_NUMBER})円/({_UNIT})")
_GAP = re.compile(rf"\(*({_NUMBER})円(?:×({_NUMBER}))?-課税価格\)(?:×({_NUMBER})(?:/({_NUMBER}))?\)?)?/({_UNIT})")
_CHOICE = re.compile(r"(.+?)(?:のうち)?いずれか(高い|低い)税率")
#: "but not above / not below": a cap or a floor on what stands before
_BOUND = re.compile(r"(.+?税率)\(?ただしその税率が(.+?)を(上回る|下回る)場合は(.+?)(?:とする)?\)?")
_MARKS = "●◎※◆◇○*"
_PARTNER = re.compile(r"\((.+?)に対する待遇\)")
_COUNTRIES = {
    "オーストラリア": "AU",
    "カナダ": "CA",
    "ニュージーランド": "NZ",
    "マレーシア": "MY",
    "ベトナム": "VN",
    "メキシコ": "MX",
    "チリ": "CL",
    "ペルー": "PE",
    "シンガポール": "SG",
    "ブルネイ": "BN",
    "英国": "GB",
    "タイ": "TH",
    "インドネシア": "ID",
    "フィリピン": "PH",
    "カンボジア": "KH",
    "ラオス": "LA",
    "ミャンマー": "MM",
}
_OTHERS = "他の締約国"
_QUOTA_IN, _QUOTA_OUT = "関税割当数量以内のもの", "関税割当数量以外のもの"


def read(printed: str) -> Cell:
    """What a cell says; ``market_access.bad_rate`` where neither the cell nor its lines are rates."""
    text = _normal(printed)
    if not text:
        return Cell(printed)
    if part := _rate(re.sub(r"\s+", "", text)):
        return Cell(printed, (part,))
    parts = [_line(line, printed) for line in re.split(r"\n+", text) if line.strip()]
    named = tuple(code for part in parts for code in part.only)
    parts = [replace(part, but=named, note="") if part.note == _OTHERS else part for part in parts]
    return Cell(printed, tuple(parts))


def _normal(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.replace("\r", "")).replace("−", "-").replace("〜", "~")
    return re.sub(r"(?<=\d),(?=\d{3})", "", text).strip()


def _line(line: str, printed: str) -> Part:
    words = line.split()
    for cut in range(1, len(words)):  # the shortest label whose rest is a rate
        if part := _rate("".join(words[cut:])):
            return _labelled("".join(words[:cut]), part)
    raise KechoError("market_access.bad_rate", printed=printed, position=1, rest=line[:12])


def _labelled(label: str, part: Part) -> Part:
    if found := _PARTNER.search(label):
        if _OTHERS in found[1]:
            part = replace(part, note=_OTHERS)
        else:
            part = replace(part, only=tuple(code for name, code in _COUNTRIES.items() if name in found[1]))
        label = label.replace(found[0], "")
    if _QUOTA_OUT in label:
        return replace(part, quota="out")
    if "関税割当" in label:
        inside = label.replace(_QUOTA_IN, "")
        return replace(part, quota="in", goods=inside)
    return replace(part, goods=label)


def _rate(text: str) -> Part | None:
    note = ""
    bare = text.strip(_MARKS)
    if found := re.fullmatch(r"(.+?)[◆◇](\d+)", bare):  # a number of a note after the rate
        bare, note = found[1], f"note {found[2]}"
    if bare != text and not note:
        note = "note"
    if re.fullmatch(r"\([^()]+\)", bare) or re.fullmatch(r"\(\(.+\)\)|\([^()]*\([^()]*\)[^()]*\)", bare):
        inner = _rate(bare[1:-1])
        if inner and inner.kind is not Kind.RANGE:
            return replace(inner, note="bracketed")
    bare = bare.removesuffix("又は非譲許")
    if bare == "非譲許":
        return Part(Kind.UNBOUND, note=note)
    if "~" in bare:
        ends = [_duty(end.strip("()")) for end in bare.split("~")]
        low, high = ends[0], ends[-1]
        return Part(Kind.RANGE, low, high, note=note) if len(ends) == 2 and low and high else None
    duty = _duty(bare)
    return Part(Kind.RATE, duty, note=note) if duty else None


def _duty(text: str) -> Duty | None:
    """The duty that the whole text says, or None."""
    if text == "無税":
        return FREE
    for pattern, make in _FORMS:
        if found := pattern.fullmatch(text):
            return make(found)
    return None


def _bounded(found: re.Match[str]) -> Duty | None:
    parts = _all(found[1], found[4])
    if parts is None:
        return None
    return Lowest(parts) if found[3] == "上回る" else Highest(parts)


def _choice(found: re.Match[str]) -> Duty | None:
    parts = _all(*re.split("又は|、", found[1]))
    if parts is None:
        return None
    return Highest(parts) if found[2] == "高い" else Lowest(parts)


def _gap(found: re.Match[str]) -> Duty:
    share = Fraction(found[3] or 1) / Fraction(found[4] or 1)
    return PriceGap(Fraction(found[1]) * Fraction(found[2] or 1), "JPY", _UNITS[found[5]], share)


def _sum(found: re.Match[str]) -> Duty | None:
    parts = _all(*found[0].split("+"))
    return None if parts is None else Sum(parts)


def _all(*texts: str) -> tuple[Duty, ...] | None:
    parts = tuple(part for text in texts if (part := _duty(text)))
    return parts if len(parts) == len(texts) > 1 else None


_FORMS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Duty | None]]] = [
    (_BOUND, _bounded),
    (_CHOICE, _choice),
    (_GAP, _gap),
    (re.compile(r".+\+.+"), _sum),
    (_PERCENT, lambda found: AdValorem(Fraction(found[1]))),
    (_SPECIFIC, lambda found: Specific(Fraction(found[1]), "JPY", _UNITS[found[2]])),
]
