"""The origin check: a template out, a filled one in, every agreement at once. Nothing that is uploaded is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from kecho.kernel.errors import KechoError, KechoErrors
from kecho.market_access.origin import telling, template
from kecho.market_access.origin.selfcheck import Outcome, selfcheck
from kecho.pages import downloads, words

TONES = {"pass": "official", "open": "warning", "fail": "error"}


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """GET: how it works. POST: the bill judged; problems are listed with their cells."""
    context: dict[str, object] = {"nav": "origin-check"}
    status = 200
    if request.method == "POST":
        try:
            context |= _judged(request)
        except KechoErrors as several:
            context["problems"], status = several.errors, 400
        except KechoError as problem:
            context["problems"], status = [problem], 400
    return render(request, "market_access/origin.html", context, status=status)


@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """The template with a made-up example."""
    return downloads.attachment(template.write(), downloads.FORMS["xlsx"][0], "mau-dinh-muc-nguyen-lieu.xlsx")


def _judged(request: HttpRequest) -> dict[str, object]:
    file = request.FILES.get("file")
    if file is None or file.size is None or file.size > template.LARGEST:
        raise KechoError("market_access.not_the_template")
    bill, outcomes = selfcheck(template.read(file.read(), file.name or ""))
    lang = words.language()
    known = [_row(one, lang, bill.currency) for one in outcomes if one.verdict is not None]
    unknown = [one.agreement for one in outcomes if one.verdict is None]
    return {"bill": bill, "rows": known, "unknown": unknown, "not_decided": telling.word("not_decided", lang)}


def _row(one: Outcome, lang: str, currency: str) -> dict[str, object]:
    best = one.best
    verdict = one.verdict.value if one.verdict else ""
    return {
        "agreement": one.agreement,
        "verdict": verdict,
        "tone": TONES.get(verdict, ""),
        "text": telling.verdict_text(one, lang),
        "change": telling.mend_text(one, lang, currency),
        "sentence": best.sentence if best else None,
        "findings": [
            (
                found.verdict.value,
                TONES[found.verdict.value],
                telling.atom_text(found.atom, lang),
                telling.finding_text(found, lang, currency),
            )
            for found in (best.findings if best else ())
        ],
        "count": len(one.judged),
        "unread": one.unread,
        "proofs": [proof.vi if lang == "vi" else proof.en for proof in one.proofs],
    }
