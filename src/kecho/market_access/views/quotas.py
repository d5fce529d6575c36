"""For officers: the tariff-rate quotas of a year with what is used and left, the events, and a new one."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from kecho.kernel.errors import KechoError
from kecho.market_access import quota_use
from kecho.market_access.models import QuotaUse
from kecho.market_access.quotas import quota, quotas
from kecho.pages import downloads, params, words
from kecho.people.needs import actor_of, needs
from kecho.people.rights import Permission

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANAGE_MARKET_ACCESS)
def show(request: HttpRequest) -> HttpResponse:
    """GET: balances, events and the form. POST: an event of use."""
    today, problems = timezone.localdate(), []
    years = [str(year) for year in range(today.year, 2019, -1)]
    year = int(params.choice(request.GET, "year", years, str(today.year)))
    if request.method == "POST":
        try:
            made = _record(request)
            return redirect(f"{reverse('quotas')}?year={made.quota_year.year}")
        except KechoError as problem:
            if problem.code == "people.denied":
                raise
            problems = [problem]
    events = QuotaUse.objects.filter(quota_year__year=year).select_related("quota_year")[:SHOWN]
    context = {
        "nav": "quotas",
        "problems": problems,
        "given": request.POST if problems else {},
        "today": today,
        "year": year,
        "years": years,
        "choices": quotas(),
        "rows": quota_use.balances(year),
        "events": [(one, quota(one.quota_year.quota)) for one in events],
    }
    return render(request, "market_access/quotas.html", context, status=400 if problems else 200)


def _record(request: HttpRequest) -> QuotaUse:
    given = {name: str(request.POST.get(name, ""))[:300] for name in ("quota", "on", "tonnes", "document", "of_year")}
    try:
        on = date.fromisoformat(given["on"])
    except ValueError:
        raise KechoError("market_access.bad_day", value=given["on"][:20]) from None
    of_year = int(given["of_year"]) if given["of_year"].isdecimal() and len(given["of_year"]) == 4 else 0
    tonnes = quota_use.tonnes_of(given["tonnes"])
    return quota_use.record(given["quota"], on, tonnes, given["document"], actor_of(request), year=of_year)


@require_safe
@needs(Permission.MANAGE_MARKET_ACCESS)
def download(request: HttpRequest, year: int, form: str) -> HttpResponse:
    """Every quota of a year as a file; used and left are empty where nothing is recorded."""
    downloads.check_form(form)
    records = [
        {
            "quota": one.quota.code,
            "name": one.quota.name(words.language()),
            "agreement": one.quota.agreement,
            "market": one.quota.market,
            "year": one.year,
            "volume": one.volume,
            "used": one.used if one.events else None,
            "left": one.left if one.events else None,
        }
        for one in quota_use.balances(min(year, 9999))
    ]
    table = downloads.Table(f"{gettext('Hạn ngạch thuế quan')} {year}", list(records[0]), records)
    return downloads.respond(table, form, f"han-ngach-{year}")
