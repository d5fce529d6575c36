"""Public lists: the agreements with their dates, and what changes for goods on a market."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kecho.kernel.errors import KechoError
from kecho.market_access import notices, queries, quotas
from kecho.market_access.agreements import agreements
from kecho.pages import words

SPAN = timedelta(days=3 * 366)


@require_safe
def agreement_list(request: HttpRequest) -> HttpResponse:
    """Every agreement: members with their own days, proofs, what was read in the original and what was not."""
    lang = words.language()
    rows = [
        {
            "one": one,
            "name": one.vi if lang == "vi" else one.en,
            "own": one.member("VN"),
            "proofs": [proof.vi if lang == "vi" else proof.en for proof in one.proofs],
            "cumulation": one.cumulation_vi if lang == "vi" else one.cumulation_en,
        }
        for one in agreements().values()
    ]
    context = {"nav": "agreements", "rows": rows, "quotas": quotas.quotas()}
    return render(request, "market_access/agreements.html", context)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Changes of the next three years for a code on a market, and the barriers there."""
    given = {name: request.GET.get(name, "").strip()[:60] for name in ("code", "to")}
    context: dict[str, object] = {"nav": "duty-notices", "given": given}
    status = 200
    if given["code"] and given["to"]:
        try:
            market, code, today = (
                queries.territory(given["to"]),
                queries.goods_code(given["code"]),
                timezone.localdate(),
            )
            lang = words.language()
            changes = [(one, one.text(lang)) for one in notices.notices(market, code, today, today + SPAN)]
            context |= {"changes": changes, "barriers": notices.barriers(market, code), "market": market, "code": code}
        except KechoError as problem:
            context["problems"], status = [problem], 400
    return render(request, "market_access/notices.html", context, status=status)
