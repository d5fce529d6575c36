"""Search over everything: rooms register what they have, one index of words finds it.

Words are compared without marks and case (``kernel.text.fold``), so "xuat khau ha noi" finds Hà Nội's exports; a word
that nobody uses is taken for a slip of the nearest word in use. Every text is found by both of its languages.
"""

from __future__ import annotations

import math
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import Promise
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from kecho.kernel.text import fold
from kecho.people import rights
from kecho.people.actors import Actor
from kecho.people.rights import Permission

LONGEST_QUERY = 100  # characters; more words than a person types
MOST_WORDS = 10
SHORTEST_SLIP = 3  # letters: a shorter unknown word is not corrected
LIKENESS = 0.7  # of a slip to the word meant
BEGINNING, SLIP = 0.85, 0.7  # what a match of a word's beginning, or of a slip, is worth beside the word itself
TITLE, FURTHER = 1.0, 0.6  # what a word of the title is worth, and a further word
MOST_KEPT = 4  # indexes: readers who may see different figures have each their own
NEEDED = 0.55  # of the weight of the words asked for, below which nothing counts as found


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found. ``words`` are further words it goes by.

    ``weight`` puts the general before the special.
    ``url_name``, ``args`` and ``query`` make its address in the page's language. ``needs`` hides it from who may not.
    """

    title_vi: str
    title_en: str
    url_name: str
    args: tuple[str | int, ...] = ()
    query: str = ""
    words: str = ""
    note_vi: str = ""
    note_en: str = ""
    weight: float = 1.0
    needs: Permission | None = None

    def title(self, lang: str) -> str:
        """What the list calls it."""
        return self.title_en if lang == "en" and self.title_en else self.title_vi

    def note(self, lang: str) -> str:
        """What stands under the title."""
        return self.note_en if lang == "en" and self.note_en else self.note_vi


@dataclass(frozen=True, slots=True)
class Searcher:
    """A kind of thing that can be found: its name, all entries, and a text that changes whenever they may have."""

    kind: str
    label: str | Promise
    entries: Callable[[], Iterable[Entry]]
    state: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of a kind with how well it answers; 1 is about as well as can be."""

    kind: str
    entry: Entry
    score: float


_searchers: dict[str, Searcher] = {}
_lock = threading.Lock()
_kept: dict[tuple[str, ...], Index] = {}


def register(searcher: Searcher) -> None:
    """Search these entries too from now on; the order of registering is that of the kinds on the page."""
    _searchers[searcher.kind] = searcher


def kinds() -> dict[str, str | Promise]:
    """The kinds with their labels."""
    return {kind: searcher.label for kind, searcher in _searchers.items()}


def find(text: str, actor: Actor) -> list[Found]:
    """What answers to the words, best first, without what the actor may not see."""
    found = index().find(text)
    allowed = {needs: rights.may_somewhere(actor, needs) for needs in {one.entry.needs for one in found} if needs}
    return [one for one in found if one.entry.needs is None or allowed[one.entry.needs]]


def index() -> Index:
    """The index over the entries as they are now; made anew when a searcher's state changed."""
    told = {ask: ask() for ask in {searcher.state for searcher in _searchers.values()}}
    state = tuple(f"{searcher.kind}:{told[searcher.state]}" for searcher in _searchers.values())
    with _lock:
        if state not in _kept:
            everything = [(kind, entry) for kind, searcher in _searchers.items() for entry in searcher.entries()]
            while len(_kept) >= MOST_KEPT:
                del _kept[next(iter(_kept))]
            _kept[state] = Index(everything)
        return _kept[state]


class Index:
    """Which word stands in which entries. Also knows two neighbouring words written as one ("hanoi")."""

    def __init__(self, everything: Sequence[tuple[str, Entry]]) -> None:
        self.everything = everything
        self.titles = [f" {fold(entry.title_vi)} | {fold(entry.title_en)} " for _, entry in everything]
        self.places: dict[str, dict[int, float]] = defaultdict(dict)
        self.joined: set[str] = set()
        for number, (_, entry) in enumerate(everything):
            self._add(number, entry.words, FURTHER)
            self._add(number, entry.title_en, TITLE)
            self._add(number, entry.title_vi, TITLE)
        self.vocabulary = list(self.places)

    def _add(self, number: int, text: str, worth: float) -> None:
        words = fold(text).split()
        pairs = [a + b for a, b in pairwise(words)]
        self.joined.update(pair for pair in pairs if pair not in self.places)
        for word in (*words, *pairs):
            held = self.places[word]
            held[number] = max(worth, held.get(number, 0.0))

    def find(self, text: str) -> list[Found]:
        """Entries that hold most of what is asked for, best first."""
        asked = fold(text[:LONGEST_QUERY]).split()[:MOST_WORDS]
        if not asked:
            return []
        scores: dict[int, float] = defaultdict(float)
        whole = 0.0
        for at, word in enumerate(asked):
            best, rarity = self._entries_of(word, is_last=at == len(asked) - 1)
            whole += rarity
            for number, worth in best.items():
                scores[number] += worth * rarity
        phrase = " ".join(asked)
        found = [
            Found(*self.everything[number], self._ranked(number, score / whole, phrase))
            for number, score in scores.items()
            if score >= NEEDED * whole
        ]
        return sorted(found, key=lambda one: (-one.score, len(one.entry.title_vi), one.entry.title_vi))

    def _entries_of(self, word: str, *, is_last: bool) -> tuple[dict[int, float], float]:
        """Entry → how well it holds the word; and how telling the word is: the rarer, the more."""
        alike = self._alike(word, is_last=is_last)
        best: dict[int, float] = {}
        for known, likeness in alike.items():
            for number, worth in self.places[known].items():
                best[number] = max(best.get(number, 0.0), likeness * worth)
        rarity = (
            math.log(1 + len(self.everything) / (1 + max(len(self.places[known]) for known in alike))) if alike else 2
        )
        return best, rarity + 0.2

    def _alike(self, word: str, *, is_last: bool) -> dict[str, float]:
        """Known words that may be meant: the word itself, words it begins, else the nearest words."""
        found = {word: 1.0} if word in self.places else {}
        if len(word) > SHORTEST_SLIP or (is_last and len(word) > 1):
            found |= {
                known: BEGINNING for known in self.vocabulary if known.startswith(word) and known not in (word, *found)
            }
        if found or len(word) < SHORTEST_SLIP:
            return found
        near = process.extract(
            word,
            self.vocabulary,
            scorer=DamerauLevenshtein.normalized_similarity,
            processor=None,
            score_cutoff=LIKENESS if len(word) > SHORTEST_SLIP else 0.6,
            limit=8,
        )
        return {known: SLIP * likeness for known, likeness, _ in near}

    def _ranked(self, number: int, score: float, phrase: str) -> float:
        """The score with what the words' order and the entry's place in the whole add."""
        title = self.titles[number]
        if f" {phrase} " in title:
            score += 0.25
        elif f" {phrase}" in title:
            score += 0.15
        if title.startswith(f" {phrase}"):
            score += 0.1
        return score * self.everything[number][1].weight / (1 + len(title) / 600)
