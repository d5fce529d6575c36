"""For officers: duties beside the schedules, and a file of them in, first tried, then stored."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kecho.kernel.errors import KechoError
from kecho.market_access import measures
from kecho.market_access.models import Measure
from kecho.market_access.views.officer import SHOWN, uploaded
from kecho.pages import downloads
from kecho.people.needs import actor_of, needs
from kecho.people.rights import Permission

KINDS = {
    "safeguard": _("thuế tự vệ"),
    "anti_dumping": _("thuế chống bán phá giá"),
    "temporary": _("mức tạm thời thay MFN"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANAGE_MARKET_ACCESS)
def show(request: HttpRequest) -> HttpResponse:
    """GET: the measures held and the form. POST: a trial, or ("store") the load itself."""
    context: dict[str, Any] = {"nav": "measures", "problems": [], "columns": ", ".join(measures.COLUMNS)}
    status = 200
    if request.method == "POST":
        try:
            content, name = uploaded(request)
            trial = request.POST.get("deed") != "store"
            done = measures.load(content, name, actor_of(request), trial=trial)
            if not trial and not done.left_out:
                return redirect(reverse("measures"))
            context |= {"done": done, "left": done.left_out[:SHOWN]}
        except KechoError as problem:
            if problem.code == "people.denied":
                raise
            context["problems"], status = [problem], 400
    held = Measure.objects.filter(superseded_at=None)
    context["rows"] = [(one, KINDS[one.kind], one.origins.split()) for one in held]
    return render(request, "market_access/measures.html", context, status=status)


@require_safe
@needs(Permission.MANAGE_MARKET_ACCESS)
def download(request: HttpRequest, form: str) -> HttpResponse:
    """The measures held, as a file with the columns that a load takes."""
    downloads.check_form(form)
    records = [
        {
            **{name: getattr(one, name) for name in ("kind", "market", "hs", "origins", "document")},
            "rate": one.printed,
            "valid_from": one.valid_from.isoformat(),
            "valid_to": one.valid_to.isoformat() if one.valid_to else "",
            "verified": "yes" if one.is_verified else "no",
            "fictional": "yes" if one.is_fictional else "no",
        }
        for one in Measure.objects.filter(superseded_at=None)
    ]
    table = downloads.Table(gettext("Thuế ngoài biểu"), list(measures.COLUMNS), records)
    return downloads.respond(table, form, "thue-ngoai-bieu")
