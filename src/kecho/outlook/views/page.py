"""The outlook of an indicator: where it is heading, what must happen, who drives it, how far first figures hold."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.outlook import pictures, sentences, supposing
from kecho.outlook.answers import band, has_two_ends, kept_chance
from kecho.outlook.gathering import Basis
from kecho.outlook.progress import steps
from kecho.outlook.queries import TargetOutlook
from kecho.outlook.shown import Shown
from kecho.outlook.shown import show as gather
from kecho.outlook.supposing import Answer, Supposed
from kecho.outlook.views import tables
from kecho.outlook.views.asking import Asked, asked, parts_of, places_of
from kecho.pages import params, words
from kecho.plan.assessment.target import Direction

SECONDS_TO_LOOK_AGAIN = "3"
ACCEPTED, BAD_REQUEST = 202, 400
PERIODS = ("ytd", "month")  # what the drivers explain


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One outlook; where it was not computed yet, a page that says so and looks again."""
    chosen = asked(request, code)
    found = chosen.outlook()
    if found is None:
        context = {"nav": "indicators", "chosen": chosen, "again": f"?{request.GET.urlencode()}"}
        page = render(request, "outlook/computing.html", context, status=ACCEPTED)
        page.headers["Refresh"] = SECONDS_TO_LOOK_AGAIN
        page.headers["Cache-Control"] = "no-store"
        return page
    is_month = params.choice(request.GET, "drivers", PERIODS, PERIODS[0]) == PERIODS[1]
    shown = gather(found, chosen.year, found.known.last if is_month else None)
    months = _open_months(shown)
    supposed = supposing.read(request.GET, months, words.language())
    answer, problems = _answer(shown, supposed)
    context = {
        **_context(chosen, shown),
        "is_month": is_month,
        "supposed": supposed,
        "answer": answer,
        "problems": problems,
    }
    return render(request, "outlook/outlook.html", context, status=BAD_REQUEST if problems else 200)


def _context(chosen: Asked, shown: Shown) -> dict[str, Any]:
    lang, known, made = words.language(), shown.outlook.known, shown.outlook.made
    return {
        "nav": "indicators",
        "chosen": chosen,
        "shown": shown,
        "known": known,
        "made": made,
        "subject": subject(chosen),
        "places": places_of(chosen.info.code),
        "parts": parts_of(chosen.info.code, chosen.locality),
        "years": list(shown.outlook.years)[-12:][::-1],
        "unit": "" if known.basis is Basis.CHAINED else words.unit(known.unit),
        "is_chained": known.basis is Basis.CHAINED,
        "method_lines": sentences.method(shown.outlook, lang),
        "year_lines": sentences.year(shown, lang),
        "targets": [_target(one, shown, lang) for one in shown.targets],
        "current": tables.current_rows(shown),
        "fan": pictures.both(pictures.fan(shown.outlook, shown.decimals)),
        "month_rows": tables.month_rows(shown),
        "scenario_rows": tables.scenario_rows(shown),
        "open_months": _open_months(shown),
        "drivers": [tables.driver_table(one) for one in shown.drivers],
        "seasonal": pictures.both(pictures.seasonal(shown.outlook), 37),
        "profile": tables.profile_rows(shown),
        "tet": tables.tet_rows(shown),
        "held_apart": tables.held_apart(shown),
        "revisions": tables.revision_rows(shown),
        "revision_words": _revision_words(shown, lang),
        "download": reverse("outlook-download", args=[chosen.info.code, "months", "xlsx"]).removesuffix("months/xlsx/"),
        "query": f"?{chosen.query(year=shown.year)}",
        "indicator_query": chosen.query(year=None),
    }


def subject(chosen: Asked) -> str:
    """``Kim ngạch xuất khẩu: Dầu thô, Hà Nội``."""
    lang = words.language()
    names = {key: (vi if lang == "vi" else en) for key, vi, en in parts_of(chosen.info.code, chosen.locality)}
    part = f": {names.get(chosen.breakdown, chosen.breakdown)}" if chosen.breakdown else ""
    place = f", {words.place(chosen.locality)}" if chosen.locality != "VN" else ""
    return chosen.info.name(lang) + part + place


def _target(one: TargetOutlook, shown: Shown, lang: str) -> dict[str, Any]:
    """A target with its sentences, its way through the year and what must happen."""
    held = one.row.assessment
    told = one.chance
    shares: list[tuple[str, float]] = []
    if told is not None and has_two_ends(one.row.target.spec):
        shares = [("below", told.below), ("inside", told.inside), ("above", told.above)]
    elif told is not None:
        kept = kept_chance(one.row.target.spec, told)
        shares = [("kept", kept), ("missed", 1 - kept)]
    is_less = one.row.target.spec.direction is Direction.LESS  # then below is the good side
    tones = {"below": "better", "above": "missed"} if is_less else {"below": "missed", "above": "better"}
    return {
        "target": one.row.target,
        "held": held,
        "one": one,
        "name": one.row.target.name(lang),
        "promise": held.target_text(lang),
        "status": held.status,
        "status_text": held.status_text(lang),
        "lines": _target_lines(one, lang),
        "parts": [(name, sentences.percent_chance(share, lang)) for name, share in shares],
        "bar": [
            (f"{sum(before for _name, before in shares[:at]) * 100:.1f}", f"{share * 100:.1f}", tones.get(name, name))
            for at, (name, share) in enumerate(shares)
        ],
        "way": _way(one, shown),
        "required": tables.required_rows(one.required, shown) if one.required else [],
        "required_words": held.rest_text(lang),
    }


def _target_lines(one: TargetOutlook, lang: str) -> list[str]:
    """What stands beside the numbers: the chance of a range as one promise, or why there is no chance."""
    if one.chance is None:
        return sentences.target(one, lang)[:1]
    return sentences.target(one, lang)[:1] if has_two_ends(one.row.target.spec) else []


def _way(one: TargetOutlook, shown: Shown) -> list[str]:
    spec = one.row.target.spec
    found = steps(shown.outlook, spec)
    if not found:
        return []
    try:
        ends = band(spec, shown.outlook.known.unit)
    except KechoError:
        return []
    unit = "%" if spec.is_growth else f" {words.unit(shown.outlook.known.unit)}"
    return pictures.both(pictures.way(found, (ends.low, ends.high), unit, _("KH %s") % shown.year), 12)


def _open_months(shown: Shown) -> list[Period]:
    """The months of the year that are still to come and are forecast."""
    end = min((shown.year + 1) * 12, shown.outlook.known.months.end + len(shown.outlook.ahead))
    return [Period(at, at + 1) for at in range(max(shown.outlook.known.months.end, shown.year * 12), end)]


def _answer(shown: Shown, supposed: Supposed) -> tuple[dict[str, Any] | None, list[KechoError]]:
    """What the user's own numbers would mean, in sentences; or what is wrong with them."""
    if supposed.problems or supposed.is_empty:
        return None, list(supposed.problems)
    try:
        found = supposing.answer(shown.outlook, supposed, shown.year, shown.targets)
    except KechoError as error:
        return None, [error]
    return _told(found, shown), []


def _told(found: Answer, shown: Shown) -> dict[str, Any]:
    lang, end = words.language(), found.year_end
    growth = "" if end.growth_pct is None else sentences.rate(end.growth_pct, lang)
    chances = [
        (one.row.target.name(lang), one.row.assessment.target_text(lang), _kept(one, told, lang))
        for one, told in found.chances
    ]
    return {"year": shown.year, "level": shown.figure(end.median, lang), "growth": growth, "chances": chances}


def _kept(one: TargetOutlook, told: Any, lang: str) -> str:
    """Kept or missed where every month is set, else the chance."""
    if told is None:
        return "…"
    share = kept_chance(one.row.target.spec, told)
    if share in (0.0, 1.0):
        return _("đạt") if share else _("không đạt")
    return _("xác suất đạt %s") % sentences.percent_chance(share, lang)


def _revision_words(shown: Shown, lang: str) -> str:
    found = shown.revisions
    if found.mean_size_pct is None or found.mean_pct is None:
        return ""
    size = {"count": len(found.rows), "size": f"{sentences.number(found.mean_size_pct, lang, 1)}%"}
    sides = {"mean": f"{words.signed(found.mean_pct, 1)}%", "raised": found.raised}
    first = _("%(count)s tháng gần nhất đã điều chỉnh: số mới lệch số đầu bình quân %(size)s.") % size
    return f"{first} {_('Tính cả chiều: %(mean)s; %(raised)s tháng được điều chỉnh tăng.') % sides}"
