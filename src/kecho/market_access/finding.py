"""Finding a goods code: by digits, by words in either language, and the questions that decide between candidates."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, reduce
from importlib import resources
from operator import or_

from django.db.models import Q

from kecho.kernel.errors import KechoError
from kecho.kernel.text import clean, fold
from kecho.market_access.models import TariffLine

MOST = 60
_STOP = {"va", "cua", "cho", "cac", "loai", "hang", "of", "the", "and", "for", "with", "a", "an", "in", "bang"}


@dataclass(frozen=True, slots=True)
class Found:
    """A line that answers a search; ``score`` sorts, higher first."""

    code: str
    name_vi: str
    name_en: str
    market: str
    score: float

    def name(self, lang: str) -> str:
        """The name in that language, else in the other."""
        return (self.name_vi or self.name_en) if lang == "vi" else (self.name_en or self.name_vi)


@dataclass(frozen=True, slots=True)
class Question:
    """What must be decided between candidates: the words in which they begin to differ, and the codes behind each."""

    common: str
    answers: tuple[tuple[str, tuple[str, ...]], ...]


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Folded word to all words of its group."""
    text = resources.files("kecho.market_access").joinpath("synonyms.toml").read_text("utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for group in tomllib.loads(text)["groups"]:
        folded = tuple(dict.fromkeys(fold(word) for word in group))
        for word in folded:
            found[word] = (*found.get(word, ()), *folded)
    return found


def find(text: str, markets: Iterable[str] = (), most: int = MOST) -> list[Found]:
    """Lines under a code, or whose names have all the words (or a synonym of each); failing that, some of them.

    Where the search names goods that the synonyms know, a line must name one of them: frozen pork is no frozen shrimp.

    Raises ``market_access.empty_search`` for nothing to look for and ``nothing_found`` where no line answers.
    """
    digits = re.sub(r"[.\s]", "", text)
    rows = TariffLine.objects.filter(schedule__superseded_at=None).exclude(folded="")
    if markets:
        rows = rows.filter(schedule__market__in=list(markets))
    if re.fullmatch(r"\d{2,10}", digits):
        terms: list[tuple[str, ...]] = []
        rows = rows.filter(code__startswith=digits)
    else:
        terms = _terms(text)
        strict = rows
        for words in terms:
            strict = strict.filter(_any(words))
        goods = [words for words in terms if len(words) > 1] or terms
        rows = strict if strict.exists() else rows.filter(reduce(or_, map(_any, goods)))
    values = rows.values_list("code", "name_vi", "name_en", "schedule__market")[: most * 20]
    marked = [word for word in clean(text).casefold().split() if word != fold(word)]
    scored = [
        Found(code, vi, en, place, _score(terms, vi, en, code) + 1.5 * sum(word in vi.casefold() for word in marked))
        for code, vi, en, place in values
    ]
    with_marks = [one for one in scored if marked and all(word in one.name_vi.casefold() for word in marked)]
    scored = with_marks or scored  # "giày" is not "giấy", although both fold to one word
    if not scored:
        raise KechoError("market_access.nothing_found", value=text[:60])
    scored.sort(key=lambda one: (-one.score, one.code))
    return list({(one.market, one.code): one for one in reversed(scored)}.values())[::-1][:most]


def _terms(text: str) -> list[tuple[str, ...]]:
    """The words of a search, each with its synonyms; a phrase of the synonyms ("ca phe") is one word."""
    left = f" {fold(text)} "
    if not left.strip():
        raise KechoError("market_access.empty_search")
    known = synonyms()
    terms = []
    for phrase in sorted((word for word in known if f" {word} " in left), key=len, reverse=True):
        if f" {phrase} " in left:
            terms.append(known[phrase])
            left = left.replace(f" {phrase} ", "  ")
    terms += [(word,) for word in left.split() if word not in _STOP and len(word) > 1]
    if not terms:
        raise KechoError("market_access.empty_search")
    return terms


def _any(words: tuple[str, ...]) -> Q:
    """Whole words for short ones, beginnings for the rest: "da" is leather, not part of another word."""
    wanted = Q()
    for word in words:
        wanted |= Q(folded__startswith=f"{word} ") | Q(folded__contains=f" {word} ") | Q(folded__endswith=f" {word}")
        if len(word) > 4:
            wanted |= Q(folded__contains=word)
    return wanted


def _score(terms: list[tuple[str, ...]], name_vi: str, name_en: str, code: str) -> float:
    """The line's own words count more than those of its headings; a short name more than a long one."""
    if not terms:  # asked by digits: the tariff's own order
        return 0.0
    own = " ".join(fold(name.rsplit(" › ", 1)[-1]) for name in (name_vi, name_en))
    top = " ".join(fold(name.split(" › ", 1)[0]) for name in (name_vi, name_en))
    score = 0.0
    for words in terms:
        score += 2.0 if any(f" {word} " in f" {own} " for word in words) else 0.0
        score += 1.5 if any(top.startswith(word) for word in words) else 0.0
    score -= 3.0 if code.startswith("98") else 0.0  # Viet Nam's own chapter of special regimes
    return score - len(name_vi + name_en) / 1000


def deciding_question(found: list[Found], lang: str) -> Question | None:
    """The first words in which several candidates differ; None where one is left or nothing tells them apart."""
    split = [(one.name(lang).split(" › "), one.code) for one in found]
    if len({code for _, code in split}) < 2:
        return None
    depth = 0
    while all(len(parts) > depth for parts, _ in split) and len({parts[depth] for parts, _ in split}) == 1:
        depth += 1
    groups: dict[str, list[str]] = {}
    for parts, code in split:
        groups.setdefault(parts[depth] if depth < len(parts) else parts[-1], []).append(code)
    if len(groups) < 2:
        return None
    common = " › ".join(split[0][0][:depth])
    return Question(common, tuple((words, tuple(codes)) for words, codes in groups.items()))
