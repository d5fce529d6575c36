"""A self-check in words and plain values, in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from kecho.analytics.duties import plain
from kecho.market_access.origin.bill import Bill
from kecho.market_access.origin.checking import Finding, Judged, Verdict
from kecho.market_access.origin.rule import Atom, Kind
from kecho.market_access.origin.selfcheck import Outcome


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files("kecho.market_access.origin").joinpath("words.toml").read_text("utf-8"))


def word(key: str, lang: str, **values: object) -> str:
    """A sentence of words.toml."""
    return _words()[key][lang].format(**values)


def atom_text(atom: Atom, lang: str) -> str:
    """What an atom asks, as a sentence."""
    spans = ", ".join(span.text() for span in atom.spans)
    percent = plain(atom.percent) if atom.percent is not None else ""
    key = f"{atom.kind.value}_{atom.level}" if atom.kind is Kind.SHIFT else atom.kind.value
    if atom.kind is Kind.RVC and atom.method:
        key = f"rvc_{atom.method.name.lower()}"
    text = word(key, lang, percent=percent, spans=spans, words=atom.words.replace("**", ""))
    if spans and atom.kind in {Kind.SHIFT, Kind.ANY}:
        text += word("except", lang, spans=spans)
    return text


def finding_text(finding: Finding, lang: str, currency: str) -> str:
    """The arithmetic of a finding."""
    parts = []
    if finding.found is not None and finding.limit is not None:
        parts.append(word("found", lang, found=_two(finding.found, lang), limit=_marked(plain(finding.limit), lang)))
    if finding.is_by_tolerance:
        parts.append(word("tolerance", lang))
    if finding.slack is not None:
        key = "slack" if finding.slack >= 0 else "short"
        parts.append(word(key, lang, money=_two(abs(finding.slack), lang), currency=currency))
    if finding.materials and finding.verdict is not Verdict.PASS:
        parts.append(word("materials", lang, names=", ".join(finding.materials)))
    return " ".join(parts)


def verdict_text(outcome: Outcome, lang: str) -> str:
    """One sentence on an agreement."""
    if outcome.verdict is None:
        return outcome.unknown.what(lang) if outcome.unknown else ""
    return word(f"verdict_{outcome.verdict.value}", lang, agreement=outcome.agreement.code)


def mend_text(outcome: Outcome, lang: str, currency: str) -> str:
    """The cheapest change, or that no change of inputs helps; empty where nothing is to be mended."""
    if outcome.verdict in {None, Verdict.PASS}:
        return ""
    mend = outcome.mend
    if mend is None:
        return word("no_mend", lang)
    if not mend.replace:
        return ""
    key = "mend_priced" if mend.is_priced else "mend"
    names = ", ".join(mend.replace)
    return word(
        key, lang, names=names, cost=_two(mend.extra_cost, lang), moved=_two(mend.value_moved, lang), currency=currency
    )


def as_dict(bill: Bill, outcomes: list[Outcome]) -> dict[str, Any]:
    """Everything, for JSON and the API."""
    return {
        "product": bill.name,
        "code": bill.code,
        "ex_works": plain(bill.ex_works),
        "currency": bill.currency,
        "agreements": [
            {
                "agreement": one.agreement.code,
                "verdict": one.verdict.value if one.verdict else None,
                "vi": verdict_text(one, "vi"),
                "en": verdict_text(one, "en"),
                "code": one.unknown.code if one.unknown else None,
                "alternatives": [_judged(each, bill.currency) for each in one.judged],
                "not_understood": [sentence.printed for sentence in one.unread],
                "change_vi": mend_text(one, "vi", bill.currency),
                "change_en": mend_text(one, "en", bill.currency),
                "proofs": [proof.code for proof in one.proofs],
            }
            for one in outcomes
        ],
    }


def _judged(one: Judged, currency: str) -> dict[str, Any]:
    return {
        "verdict": one.verdict.value,
        "rule": one.sentence.printed,
        "heading": one.sentence.heading,
        "source": one.sentence.source,
        "goods": one.alternative.goods,
        "atoms": [
            {
                "asks_vi": atom_text(found.atom, "vi"),
                "asks_en": atom_text(found.atom, "en"),
                "verdict": found.verdict.value,
                "vi": finding_text(found, "vi", currency),
                "en": finding_text(found, "en", currency),
                "slack": _two(found.slack) if found.slack is not None else None,
            }
            for found in one.findings
        ],
    }


def text(bill: Bill, outcomes: list[Outcome], lang: str) -> Iterator[str]:
    """The lines for a terminal."""
    yield f"{bill.name} ({bill.code}), {plain(bill.ex_works)} {bill.currency}"
    for one in outcomes:
        yield f"{one.agreement.code}: {verdict_text(one, lang)}"
        if one.best:
            for found in one.best.findings:
                mark = {"pass": "+", "fail": "-", "open": "?"}[found.verdict.value]
                yield f"  {mark} {atom_text(found.atom, lang)} {finding_text(found, lang, bill.currency)}".rstrip()
        if change := mend_text(one, lang, bill.currency):
            yield f"  → {change}"
    yield word("not_decided", lang)


def _two(number: Any, lang: str = "en") -> str:
    """Two decimals, with the language's decimal mark."""
    return _marked(f"{float(number):.2f}", lang)


def _marked(text: str, lang: str) -> str:
    return text.replace(".", ",") if lang == "vi" else text
