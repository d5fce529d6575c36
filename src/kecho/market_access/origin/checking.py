"""A bill held against a rule: each atom passes, fails or stays open, with its arithmetic and the slack in money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kecho.market_access.agreements import Agreement
from kecho.market_access.origin.bill import Bill, Material
from kecho.market_access.origin.rule import LEVELS, Alternative, Atom, Kind, Method, Sentence, Span


class Verdict(StrEnum):
    """Passes, fails, or cannot be decided from a bill."""

    PASS = "pass"  # noqa: S105  (a verdict)
    FAIL = "fail"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Finding:
    """One atom judged. ``limit`` and ``found`` in percent or money as ``unit`` says; ``slack`` in money: how much more
    non-originating value the rule would bear, or (below zero) how much of it must go. ``materials``: those that fail.
    """

    atom: Atom
    verdict: Verdict
    found: Fraction | None = None
    limit: Fraction | None = None
    unit: str = ""
    slack: Fraction | None = None
    materials: tuple[str, ...] = ()
    is_by_tolerance: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """One alternative judged: passes when all atoms do, fails when one does."""

    alternative: Alternative
    sentence: Sentence
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        verdicts = {one.verdict for one in self.findings}
        return next((one for one in (Verdict.FAIL, Verdict.OPEN) if one in verdicts), Verdict.PASS)


@dataclass(frozen=True, slots=True)
class Zone:
    """What an agreement lets count as originating, and how its percentages are reckoned."""

    agreement: Agreement
    countries: frozenset[str]
    basis: str

    def is_originating(self, one: Material) -> bool:
        """Whether a material counts: from a country of the zone, with a proof."""
        return one.origin in self.countries and one.is_proven


def zone(agreement: Agreement) -> Zone:
    """The cumulation zone of an agreement; Viet Nam is always in it."""
    return Zone(agreement, frozenset({*agreement.cumulation, "VN"}), agreement.value_basis)


def judge(bill: Bill, alternative: Alternative, sentence: Sentence, where: Zone) -> Judged:
    """Every atom of an alternative."""
    allowed = [atom for atom in alternative.atoms if atom.kind is Kind.ALLOW]
    findings = [_judge(bill, atom, where, allowed) for atom in alternative.atoms]
    return Judged(alternative, sentence, tuple(findings))


def _judge(bill: Bill, atom: Atom, where: Zone, allowed: Sequence[Atom]) -> Finding:
    """One atom. Whatever a bill cannot tell (a process, materials named by words alone) stays open."""
    foreign = [one for one in bill.materials if not where.is_originating(one)]
    if atom.kind in {Kind.SHIFT, Kind.ANY}:
        return _shift(bill, atom, where, foreign, allowed)
    if atom.kind is Kind.RVC:
        return _rvc(bill, atom, where, foreign)
    if atom.kind is Kind.ALLOW:
        return _allowance(bill, atom, where, foreign)
    if atom.kind is Kind.MAX_VALUE and not atom.words:
        return _at_most(atom, _named(foreign, atom.spans), bill.value(where.basis))
    if not atom.spans or atom.words:
        return Finding(atom, Verdict.OPEN)
    return _by_codes(bill, atom, foreign)


def _by_codes(bill: Bill, atom: Atom, foreign: Sequence[Material]) -> Finding:
    """Atoms that name materials by their codes."""
    named = _named(foreign, atom.spans)
    if atom.kind is Kind.MAX_WEIGHT:
        return _weight(bill, atom, named)
    if atom.kind is Kind.FROM:
        named = [one for one in foreign if one not in named]
    elif atom.kind is Kind.FORBID:
        return Finding(atom, Verdict.OPEN if named else Verdict.PASS, materials=_names(named))
    elif atom.kind is not Kind.WHOLLY:
        return Finding(atom, Verdict.OPEN)
    slack = -_sum(named) if named else None
    return Finding(atom, Verdict.FAIL if named else Verdict.PASS, slack=slack, materials=_names(named))


# ---- change of classification


def _shift(bill: Bill, atom: Atom, where: Zone, foreign: Sequence[Material], allowed: Sequence[Atom]) -> Finding:
    bad = unshifted(bill, atom, foreign)
    open_goods = [one for one in bad if any(span.goods and span.covers(one.code) for span in atom.spans)]
    limited = [one for one in allowed if one.percent is not None]
    for allowance in limited:
        if "same" in allowance.words:
            share = _percent(_sum(bad), bill.value(where.basis))
            if bad and share <= (allowance.percent or 0):
                return Finding(atom, Verdict.PASS, share, allowance.percent, "%", None, _names(bad), True)
    if not bad:
        return Finding(atom, Verdict.PASS)
    tolerance = next(
        (t for t in where.agreement.tolerances if t.chapters[0] <= int(bill.code[:2]) <= t.chapters[1]), None
    )
    found: Fraction | None = None
    limit: Fraction | None = None
    slack: Fraction | None = -_sum(bad)
    if tolerance is not None:
        by_weight = tolerance.by == "weight"
        part = sum((one.weight_kg for one in bad), Fraction(0)) if by_weight else _sum(bad)
        whole = bill.weight_kg if by_weight else bill.value(where.basis)
        if whole > 0:
            found, limit = _percent(part, whole), tolerance.percent
            slack = None if by_weight else whole * limit / 100 - part
            if found <= limit and not (by_weight and part == 0):
                return Finding(atom, Verdict.PASS, found, limit, "%", slack, _names(bad), True)
    # goods named by words, and materials allowed by words, are for the producer to say
    is_open = (open_goods and len(open_goods) == len(bad)) or any("same" not in one.words for one in allowed)
    verdict = Verdict.OPEN if is_open else Verdict.FAIL
    return Finding(atom, verdict, found, limit, "%" if found is not None else "", slack, _names(bad))


def unshifted(bill: Bill, atom: Atom, foreign: Sequence[Material]) -> list[Material]:
    """Non-originating materials that do not change as asked: same chapter, heading or subheading, or excepted."""
    digits = LEVELS.get(atom.level, 0)
    same = bill.code[:digits]
    return [
        one
        for one in foreign
        if (digits and one.code[:digits] == same) or any(span.covers(one.code) for span in atom.spans)
    ]


def _allowance(bill: Bill, atom: Atom, where: Zone, foreign: Sequence[Material]) -> Finding:
    if atom.percent is None or "same" not in atom.words:
        return Finding(atom, Verdict.OPEN if atom.percent is not None else Verdict.PASS, limit=atom.percent, unit="%")
    same = [one for one in foreign if one.code[:4] == bill.code[:4]]
    value = bill.value(where.basis)
    found = _percent(_sum(same), value)
    # the allowance itself asks nothing: whether it is kept decides the shift it stands beside
    return Finding(atom, Verdict.PASS, found, atom.percent, "%", value * atom.percent / 100 - _sum(same))


# ---- shares of value and weight


def _rvc(bill: Bill, atom: Atom, where: Zone, foreign: Sequence[Material]) -> Finding:
    value = bill.value(where.basis)
    percent = atom.percent or Fraction(0)
    if atom.method is Method.NET_COST:
        value -= bill.profit
        if not bill.profit:
            return Finding(atom, Verdict.OPEN, limit=percent, unit="%")
    if atom.method is Method.BUILD_UP:
        own = [one for one in bill.materials if where.is_originating(one)]
        found = _percent(_sum(own), value)
        slack = _sum(own) - value * percent / 100
        return Finding(atom, Verdict.PASS if found >= percent else Verdict.FAIL, found, percent, "%", slack)
    counted = _named(foreign, atom.spans) if atom.method is Method.FOCUSED else list(foreign)
    found = _percent(value - _sum(counted), value)
    slack = value * (100 - percent) / 100 - _sum(counted)
    return Finding(
        atom, Verdict.PASS if found >= percent else Verdict.FAIL, found, percent, "%", slack, _names(counted)
    )


def _at_most(atom: Atom, counted: Sequence[Material], value: Fraction) -> Finding:
    percent = atom.percent or Fraction(0)
    found = _percent(_sum(counted), value)
    slack = value * percent / 100 - _sum(counted)
    return Finding(
        atom, Verdict.PASS if found <= percent else Verdict.FAIL, found, percent, "%", slack, _names(counted)
    )


def _weight(bill: Bill, atom: Atom, counted: Sequence[Material]) -> Finding:
    if bill.weight_kg <= 0 or any(one.weight_kg <= 0 for one in counted):
        return Finding(atom, Verdict.OPEN if counted else Verdict.PASS, limit=atom.percent, unit="%")
    found = _percent(sum((one.weight_kg for one in counted), Fraction(0)), bill.weight_kg)
    passes = found <= (atom.percent or 0)
    return Finding(atom, Verdict.PASS if passes else Verdict.FAIL, found, atom.percent, "%", None, _names(counted))


def _named(materials: Sequence[Material], spans: Sequence[Span]) -> list[Material]:
    return [one for one in materials if not spans or any(span.covers(one.code) for span in spans)]


def _sum(materials: Sequence[Material]) -> Fraction:
    return sum((one.value for one in materials), Fraction(0))


def _names(materials: Sequence[Material]) -> tuple[str, ...]:
    return tuple(one.name for one in materials)


def _percent(part: Fraction, whole: Fraction) -> Fraction:
    return part / whole * 100 if whole else Fraction(0)
