"""For officers: barriers recorded, a new one, and the next step of each."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kecho.kernel.errors import KechoError
from kecho.market_access import barriers, queries
from kecho.market_access.models import Barrier
from kecho.people.needs import actor_of, needs
from kecho.people.rights import Permission

KINDS = {
    "sps": _("vệ sinh, kiểm dịch"),
    "tbt": _("tiêu chuẩn, nhãn mác"),
    "defence": _("phòng vệ thương mại"),
    "quota": _("hạn ngạch"),
    "licence": _("giấy phép"),
    "other": _("khác"),
}
STAGES = {
    "reported": _("được báo"),
    "assessed": _("đã xem xét"),
    "raised": _("đã nêu với đối tác"),
    "partly_resolved": _("gỡ được một phần"),
    "resolved": _("đã gỡ"),
    "dormant": _("tạm dừng"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANAGE_MARKET_ACCESS)
def show(request: HttpRequest) -> HttpResponse:
    """GET: the log and the form. POST: a new barrier, or the next step of one."""
    problems: list[KechoError] = []
    if request.method == "POST":
        try:
            _record(request)
            return redirect(reverse("barriers"))
        except KechoError as problem:
            if problem.code == "people.denied":
                raise
            problems = [problem]
    rows = [
        {
            "one": one,
            "kind": KINDS[one.kind],
            "stage": STAGES[one.stage],
            "next": [(key, STAGES[key]) for key in STAGES if key in barriers.NEXT[one.stage]],
            "events": [(event, STAGES[event.stage]) for event in one.events.all()],
        }
        for one in Barrier.objects.prefetch_related("events")
    ]
    context = {
        "nav": "barriers",
        "problems": problems,
        "rows": rows,
        "kinds": KINDS.items(),
        "today": timezone.localdate(),
        "given": request.POST if problems else {},
    }
    return render(request, "market_access/barriers.html", context, status=400 if problems else 200)


def _record(request: HttpRequest) -> None:
    given = {
        name: str(request.POST.get(name, "")).strip()[:2000]
        for name in ("market", "hs", "kind", "title", "source", "note")
    }
    on = _day(str(request.POST.get("on", "")))
    if number := str(request.POST.get("barrier", "")):
        if not number.isdecimal():
            raise KechoError("market_access.bad_barrier")
        barrier = get_object_or_404(Barrier, pk=int(number[:9]))
        barriers.move(barrier, str(request.POST.get("stage", ""))[:20], on, given["note"], actor_of(request))
        return
    market = queries.territory(given.pop("market"))
    barriers.report(
        actor_of(request),
        market=market,
        since=on,
        **{**given, "title": given["title"][:300], "source": given["source"][:500]},
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise KechoError("market_access.bad_day", value=text[:20]) from None
