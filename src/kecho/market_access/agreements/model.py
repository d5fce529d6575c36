"""What an agreement is: members with their own days, staging notes by party, forms of proof, origin provisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kecho.analytics.staging import Rounding, Staging
from kecho.kernel.dated import State
from kecho.kernel.errors import KechoError


@dataclass(frozen=True, slots=True)
class Member:
    """A party and the day from which the agreement holds for it; None where that day is not known."""

    code: str
    in_force: date | None
    is_verified: bool
    source: str


@dataclass(frozen=True, slots=True)
class Category:
    """One label of a party's schedule: its number of cuts, or its table, or the rate where it stops."""

    label: str
    stages: int
    table: tuple[Fraction, ...] = ()
    floor: Fraction = Fraction(0)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """The general notes of one party's schedule (``party``), for goods of some members (``of``; empty: of all)."""

    party: str
    of: tuple[str, ...]
    clause: str
    rounding: Rounding
    step: Fraction
    cut_month: int
    cut_day: int
    counts_from: date | None
    base_note: str
    is_verified: bool
    source: str
    categories: tuple[Category, ...]

    def category(self, label: str) -> Category | None:
        """The category of that label, or None."""
        return next((one for one in self.categories if one.label == label), None)


@dataclass(frozen=True, slots=True)
class Proof:
    """A form of proof of origin. ``effort``: 1 a statement, 2 registered, 3 a certificate."""

    code: str
    vi: str
    en: str
    effort: int
    is_verified: bool
    limit_eur: int | None = None


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much may miss the change of heading: percent of value or of weight, by chapters."""

    percent: Fraction
    by: str  # "value" or "weight"
    chapters: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement. ``schedule_hs``: HS edition of its schedules; ``origin_rules``: the rule set it is read by."""

    code: str
    vi: str
    en: str
    state: State
    schedule_hs: str
    members: tuple[Member, ...]
    notes: tuple[Notes, ...]
    proofs: tuple[Proof, ...]
    cumulation: tuple[str, ...]
    cumulation_vi: str
    cumulation_en: str
    tolerances: tuple[Tolerance, ...]
    value_basis: str
    origin_rules: str
    direct_transport: bool
    source: str
    is_verified: bool

    def member(self, code: str) -> Member | None:
        """The party of that code, or None."""
        return next((one for one in self.members if one.code == code), None)

    def entry(self, importer: str, origin: str) -> date | None:
        """The day from which goods of one party enter the other under this agreement: the later of their two days."""
        ends = [self.member(importer), self.member(origin)]
        days = [end.in_force for end in ends if end is not None and end.in_force is not None]
        return max(days) if len(days) == 2 and importer != origin else None

    def notes_for(self, importer: str, origin: str) -> Notes | None:
        """The staging notes of the importing party for goods of that origin: named members before all members."""
        own = [one for one in self.notes if one.party == importer]
        named = [one for one in own if origin in one.of]
        return next(iter(named or [one for one in own if not one.of]), None)

    def staging(self, importer: str, origin: str, label: str) -> Staging:
        """What a label means for that pair.

        Raises ``market_access.no_entry`` where the agreement does not hold between the two, and
        ``market_access.unknown_category`` where the party's notes have no such label.
        """
        entry = self.entry(importer, origin)
        if entry is None:
            raise KechoError("market_access.no_entry", agreement=self.code, importer=importer, origin=origin)
        notes = self.notes_for(importer, origin)
        category = notes.category(label) if notes else None
        if notes is None or category is None:
            raise KechoError("market_access.unknown_category", agreement=self.code, party=importer, label=label)
        counts_from = notes.counts_from if notes.counts_from and notes.counts_from <= entry else None
        return Staging(
            category.stages,
            entry,
            notes.rounding,
            notes.step,
            counts_from,
            notes.cut_month,
            notes.cut_day,
            category.floor,
            category.table,
        )
