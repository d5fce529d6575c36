"""A product-specific rule: alternatives, each a conjunction of atoms that a bill of materials can be held against."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Kind(StrEnum):
    """What an atom asks."""

    SHIFT = "shift"  # non-originating materials come from another chapter, heading or subheading
    ANY = "any"  # materials of any heading, but for those excepted
    WHOLLY = "wholly"  # the materials named are wholly obtained
    MAX_VALUE = "max_value"  # non-originating materials at most x % of the price (MaxNOM)
    MAX_WEIGHT = "max_weight"  # the materials named at most x % of the weight
    RVC = "rvc"  # regional value content by a method
    FROM = "from"  # made from the materials named
    PROCESS = "process"  # a named operation; only the producer can say
    CONTENT = "content"  # a share of the content must be originating; only the producer can say
    ALLOW = "allow"  # materials that may be used although excepted, to a limit where one is given
    FORBID = "forbid"  # materials that may not be used
    SET = "set"  # every item of a set follows its own rule


class Method(StrEnum):
    """How regional value content is reckoned."""

    BUILD_DOWN = "build-down"  # (V - VNM) / V
    BUILD_UP = "build-up"  # VOM / V
    FOCUSED = "focused value"  # (V - FVNM) / V, FVNM: only the materials named
    NET_COST = "net cost"  # (NC - VNM) / NC


LEVELS = {"chapter": 2, "heading": 4, "subheading": 6}


@dataclass(frozen=True, slots=True)
class Span:
    """Codes from ``low`` to ``high``, both of the same length; ``goods`` narrows them by words."""

    low: str
    high: str
    goods: str = ""

    def covers(self, code: str) -> bool:
        """Whether a code of at least as many digits lies within."""
        return self.low <= code[: len(self.low)] <= self.high

    def text(self) -> str:
        codes = self.low if self.low == self.high else f"{self.low}-{self.high}"
        return f"{codes} ({self.goods})" if self.goods else codes


@dataclass(frozen=True, slots=True)
class Atom:
    """One requirement. ``level`` of a shift; ``spans`` the materials excepted, named or limited; ``words`` the rest."""

    kind: Kind
    level: str = ""
    spans: tuple[Span, ...] = ()
    percent: Fraction | None = None
    method: Method | None = None
    words: str = ""

    def text(self) -> str:
        """Canonical, for tests and lists."""
        short = {"chapter": "CC", "heading": "CTH", "subheading": "CTSH"}
        words = [short[self.level] if self.kind is Kind.SHIFT else self.kind.value]
        words += [self.method.value] if self.method else []
        words += [f"{float(self.percent):g} %"] if self.percent is not None else []
        if self.spans:
            prefix = "except " if self.kind in {Kind.SHIFT, Kind.ANY} else ""
            words.append(prefix + " ".join(span.text() for span in self.spans))
        words += [f"[{self.words}]"] if self.words else []
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class Alternative:
    """All of these atoms together. ``goods`` says for which goods of the codes the sentence is."""

    atoms: tuple[Atom, ...]
    goods: str = ""

    def text(self) -> str:
        return " & ".join(atom.text() for atom in self.atoms)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A printed sentence with its codes and what it was parsed into; no alternatives where it was not understood."""

    rule_set: str
    heading: str
    subdivision: str
    code_min: str
    code_max: str
    number: int
    printed: str
    given_class: str
    source: str
    alternatives: tuple[Alternative, ...] = ()

    @property
    def is_parsed(self) -> bool:
        return bool(self.alternatives)
