"""“What duty will my product pay?”: goods, market, consignment, answer; one question a page, all in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kecho.kernel.errors import KechoError
from kecho.market_access import finding, output, queries
from kecho.market_access.agreements import agreements, market_names
from kecho.market_access.answering import answers, asked
from kecho.market_access.models import Schedule, TariffLine
from kecho.market_access.offers import Answer
from kecho.market_access.views import path_chart
from kecho.pages import downloads, words

NAMES = (
    "q", "code", "to", "origin", "on", "value", "currency", "rate", "kg", "pairs", "quota", "equivalent", "price_unit",
    "price_line", "price_market", "price_reference",
)  # fmt: skip
COLUMNS = (
    "line", "name", "agreement", "rate", "printed", "equivalent_percent", "equivalent_method", "duty", "currency",
    "saved", "margin_points", "category", "stage", "stages", "rounding", "clause", "proofs", "source", "is_verified",
    "remarks",
)  # fmt: skip


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The step that the address has reached: goods, market, consignment or answer."""
    given = {name: request.GET.get(name, "").strip()[:100] for name in NAMES if request.GET.get(name, "").strip()}
    try:
        step, context = _step(given)
        status = 200
    except KechoError as problem:
        step, context, status = _back(given), {"problems": [problem]}, 400
        if step == 1:
            context["found"] = []
    context |= {
        "nav": "duty",
        "step": step,
        "given": {name: given.get(name, "") for name in NAMES},
        "kept": given,
        "query": urlencode(given),
        "rest": urlencode({name: text for name, text in given.items() if name not in {"code", "q"}}),
        "markets": _markets(),
        "origins": _origins(),
        "today": timezone.localdate(),
        "has_schedules": Schedule.objects.filter(superseded_at=None).exists(),
        "is_sample": Schedule.objects.filter(superseded_at=None, is_sample=True).exists(),
    }
    return render(request, f"market_access/duty_{step}.html", context, status=status)


@require_safe
def download(request: HttpRequest, form: str) -> HttpResponse:
    """The comparison table as a file, every line and offer a row."""
    downloads.check_form(form)
    given = {name: request.GET.get(name, "").strip()[:100] for name in NAMES}
    found = answers(asked(given, timezone.localdate()))
    first = found[0]
    place = f"{first.ruling.line.market}, {first.ruling.origin}, {first.ruling.on}"
    title = f"{gettext('Thuế phải nộp')}: {given['code']} ({place})"
    table = downloads.Table(title, COLUMNS, [row for one in found for row in _rows(one)])
    return downloads.respond(table, form, f"thue-{queries.goods_code(given['code'])}")


def _step(given: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
    if "code" not in given:
        return 1, _goods(given)
    code = queries.goods_code(given["code"])
    if "to" not in given:
        return 2, {"code": code}
    market = queries.territory(given["to"])
    if not {"value", "on"} & set(given):
        queries.schedules(market, timezone.localdate())
        return 3, {"code": code, "market": market, "currency": market_names()[market].get("currency", "")}
    found = answers(asked(given, timezone.localdate()))
    chosen = found[0] if len(found) == 1 else None
    return 4, {
        "code": code,
        "market": market,
        "answers": [(one, output.verdict(one, words.language())) for one in found],
        "answer": chosen,
        "verdict": output.verdict(chosen, words.language()) if chosen else "",
        "own_name": _own_name(code, market),
        "charts": path_chart.charts(chosen) if chosen else [],
        "others": urlencode({name: text for name, text in given.items() if name != "code"}),
    }


def _own_name(code: str, market: str) -> str:
    """What Viet Nam's own tariff calls the goods, where the market's names are in another language."""
    if market == "VN":
        return ""
    rows = TariffLine.objects.filter(schedule__market="VN", schedule__superseded_at=None, code__startswith=code[:6])
    first = rows.exclude(name_vi="").first()
    if first is None:
        return ""
    return first.name_vi if words.language() == "vi" else first.name_en or first.name_vi


def _back(given: Mapping[str, str]) -> int:
    """The step whose question the refusal is about."""
    try:
        queries.goods_code(given.get("code", ""))
    except KechoError:
        return 1
    try:
        queries.territory(given.get("to", ""))
    except KechoError:
        return 2
    return 3 if {"value", "on"} & set(given) else 2


def _goods(given: Mapping[str, str]) -> dict[str, Any]:
    if "q" not in given:
        return {"found": None}
    found = finding.find(given["q"], most=40)
    return {"found": found, "question": finding.deciding_question(found[:12], words.language())}


def _markets() -> list[tuple[str, str, bool]]:
    """Markets by name: those whose tariff is held first, the others to be told that it is not."""
    held = set(Schedule.objects.filter(superseded_at=None).values_list("market", flat=True))
    partners = {member.code for one in agreements().values() for member in one.members} | held
    lang = words.language()
    named = [(code, market_names()[code][lang], code in held) for code in partners if code in market_names()]
    return sorted(named, key=lambda one: (not one[2], one[1]))


def _origins() -> list[tuple[str, str]]:
    lang = words.language()
    return sorted(
        ((code, names[lang]) for code, names in market_names().items()), key=lambda one: (one[0] != "VN", one[1])
    )


def _rows(answer: Answer) -> list[dict[str, Any]]:
    lang = words.language()
    told = output.as_dict(answer)
    return [
        {
            **{name: offer[name] for name in COLUMNS if name in offer},
            "line": told["line"],
            "name": told[f"name_{lang}"],
            "currency": told["currency"],
            "proofs": ", ".join(proof["code"] for proof in offer["proofs"]),
            "remarks": " ".join(one[lang] for one in offer["remarks"]),
        }
        for offer in told["offers"]
    ]
