"""An answer as plain values (for JSON, the API, tables) and as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from kecho.analytics.duties import plain
from kecho.kernel import formats
from kecho.kernel.errors import KechoError
from kecho.market_access.offers import Answer, Weighed

_CENT = Decimal("0.01")


def money(amount: Fraction) -> Decimal:
    """A fraction of money to the cent, halves up."""
    return (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(_CENT, ROUND_HALF_UP)


def as_dict(answer: Answer) -> dict[str, Any]:
    """Everything an answer says; numbers are text, so that no digit is lost."""
    line = answer.ruling.line
    return {
        "market": line.market,
        "line": line.code + (f" {line.part}" if line.part else ""),
        "name_vi": line.name("vi"),
        "name_en": line.name("en"),
        "origin": answer.ruling.origin,
        "on": answer.ruling.on.isoformat(),
        "value": plain(answer.ask.value),
        "currency": answer.ask.currency,
        "hs_path": list(line.hs_path),
        "best": answer.best.offer.agreement if answer.best else None,
        "quotas": [
            {
                "code": one.quota.code,
                "agreement": one.quota.agreement,
                "year": one.year,
                "volume_tonnes": str(one.volume),
                "used_tonnes": str(one.used) if one.events else None,
                "left_tonnes": str(one.left) if one.events else None,
                "beyond": one.after,
                "vi": one.text("vi"),
                "en": one.text("en"),
            }
            for one in answer.quotas
        ],
        "offers": [_offer(one) for one in answer.ranked],
        "refused": [{"agreement": code, **_reason(reason)} for code, reason in answer.ruling.refused],
    }


def _offer(one: Weighed) -> dict[str, Any]:
    offer = one.offer
    return {
        "agreement": offer.agreement,
        "kind": offer.kind,
        "rate": offer.duty.text(),
        "percent": plain(offer.percent) if offer.percent is not None else None,
        "printed": offer.printed,
        "duty": str(money(one.duty)) if one.duty is not None else None,
        "unknown": _reason(one.unknown) if one.unknown else None,
        "margin_points": plain(one.margin) if one.margin is not None else None,
        "saved": str(money(one.saved)) if one.saved is not None else None,
        "equivalent_percent": plain(one.equivalent) if one.equivalent is not None else None,
        "equivalent_method": one.equivalent_by or None,
        "is_firm": offer.is_firm,
        "is_inversion": offer.is_inversion,
        "category": offer.category,
        "stage": offer.stage,
        "stages": offer.stages,
        "rounding": offer.rounding,
        "base": plain(offer.base) if offer.base is not None else None,
        "computed": plain(offer.computed) if offer.computed is not None else None,
        "gap_points": plain(offer.gap) if offer.gap is not None else None,
        "clause": offer.clause,
        "source": offer.source,
        "is_verified": offer.is_verified,
        "measures": [
            {
                "kind": measure.kind,
                "hs": measure.hs,
                "rate": measure.duty.text(),
                "from": measure.valid_from.isoformat(),
                "to": measure.valid_to.isoformat() if measure.valid_to else None,
                "document": measure.document,
                "is_verified": measure.is_verified,
                "is_fictional": measure.is_fictional,
            }
            for measure in offer.measures
        ],
        "path": [
            {"from": step.starts.isoformat(), "stage": step.stage, "percent": plain(step.rate)} for step in offer.path
        ],
        "proofs": [{"code": proof.code, "vi": proof.vi, "en": proof.en} for proof in offer.proofs],
        "remarks": [{"key": r.key, "risk": r.risk, "vi": r.text("vi"), "en": r.text("en")} for r in offer.remarks],
    }


def _reason(reason: KechoError) -> dict[str, str]:
    return {"code": reason.code, "vi": reason.what("vi"), "en": reason.what("en")}


# ---- terminal

_WORDS: dict[str, dict[str, Any]] = {
    "vi": {
        "head": "{line} {name}",
        "ask": "Vào {market} từ {origin} ngày {on}, trị giá {value} {currency}",
        "best": "Nên đi theo {agreement}: thuế {duty} {currency}, giảm {saved} {currency} so với MFN",
        "only_mfn": "Không hiệp định nào giảm được cho dòng này: thuế MFN {duty} {currency}",
        "needless": "Không cần ưu đãi: thuế MFN bằng 0 ({duty} {currency})",
        "none": "Chưa có mức chắc chắn cho lô hàng này",
        "columns": ("hiệp định", "mức", "thuế", "giảm", "chứng từ", "lần cắt"),
        "refused": "không dùng được",
        "stage": "{k}/{s} ({label})",
        "unknown": "chưa tính được",
        "quota": " (trong hạn ngạch)",
        "path": "lộ trình {agreement}: {steps}",
        "source": "nguồn {agreement}: {source}{clause}",
        "equivalent": "quy đổi {agreement}: {percent} % trị giá ({by})",
        "hs": "đường mã: {path}",
    },
    "en": {
        "head": "{line} {name}",
        "ask": "Into {market} from {origin} on {on}, value {value} {currency}",
        "best": "Go by {agreement}: duty {duty} {currency}, {saved} {currency} less than MFN",
        "only_mfn": "No agreement lowers this line: MFN duty {duty} {currency}",
        "needless": "No preference needed: MFN is zero ({duty} {currency})",
        "none": "No rate is firm for this consignment",
        "columns": ("agreement", "rate", "duty", "saved", "proof", "stage"),
        "refused": "not open",
        "stage": "{k}/{s} ({label})",
        "unknown": "not known",
        "quota": " (within the quota)",
        "path": "path {agreement}: {steps}",
        "source": "source {agreement}: {source}{clause}",
        "equivalent": "equivalent {agreement}: {percent} % of the value ({by})",
        "hs": "codes: {path}",
    },
}


def verdict(answer: Answer, lang: str) -> str:
    """The one sentence that an exporter needs."""
    words, best = _WORDS[lang], answer.best
    if best is None or best.duty is None:
        return str(words["none"])
    duty = _number(best.duty, lang)
    if best.offer.kind != "preference":
        is_free = best.duty == 0
        return str(words["needless" if is_free else "only_mfn"].format(duty=duty, currency=answer.ask.currency))
    saved = _number(best.saved, lang) if best.saved is not None else "?"
    return words["best"].format(agreement=best.offer.agreement, duty=duty, saved=saved, currency=answer.ask.currency)


def text(answer: Answer, lang: str, *, with_why: bool = True) -> Iterator[str]:
    """The lines of an answer for a terminal."""
    words, line, ask = _WORDS[lang], answer.ruling.line, answer.ask
    yield words["head"].format(line=line.code + line.part, name=line.name(lang))
    place = {"market": line.market, "origin": answer.ruling.origin, "on": answer.ruling.on}
    yield words["ask"].format(**place, value=_number(ask.value, lang), currency=ask.currency)
    yield verdict(answer, lang)
    rows = [tuple(words["columns"]), *(_row(one, words, lang) for one in answer.ranked)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    for code, reason in answer.ruling.refused:
        yield f"  {code}: {words['refused']}. {reason.what(lang)}"
    for balance in answer.quotas:
        yield f"  {balance.text(lang)}"
    if with_why:
        yield from _why(answer, words, lang)


def _row(one: Weighed, words: dict[str, Any], lang: str) -> tuple[str, ...]:
    offer = one.offer
    stage = words["stage"].format(k=offer.stage, s=offer.stages, label=offer.category) if offer.stages else ""
    return (
        offer.agreement + ("" if offer.is_firm else words["quota"]),
        offer.duty.text(),
        _number(one.duty, lang) if one.duty is not None else words["unknown"],
        _number(one.saved, lang) if one.saved is not None else "",
        " | ".join(proof.code for proof in offer.proofs),
        stage,
    )


def _why(answer: Answer, words: dict[str, Any], lang: str) -> Iterator[str]:
    if answer.ruling.line.hs_path:
        yield words["hs"].format(path=" → ".join(answer.ruling.line.hs_path))
    for one in answer.ranked:
        offer = one.offer
        clause = f"; {offer.clause}" if offer.clause else ""
        yield words["source"].format(agreement=offer.agreement, source=offer.source, clause=clause)
        if offer.path:
            steps = ", ".join(f"{step.starts} {plain(step.rate)} %" for step in offer.path)
            yield words["path"].format(agreement=offer.agreement, steps=steps)
        if one.equivalent is not None:
            percent = _number(one.equivalent, lang)
            yield words["equivalent"].format(agreement=offer.agreement, percent=percent, by=one.equivalent_by)
        if one.unknown:
            yield f"    {one.unknown.what(lang)}"
        for said in offer.remarks:
            yield f"    {said.text(lang)}"


def _number(amount: Fraction, lang: str) -> str:
    return formats.number(money(amount), "vi" if lang == "vi" else "en", 2)
