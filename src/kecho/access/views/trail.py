"""The audit trail: looked through, and taken as a file."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kecho.access.admin_forms import TrailForm
from kecho.kernel.errors import KechoError
from kecho.pages import downloads, params
from kecho.pages.downloads import Table
from kecho.pages.paging import Page
from kecho.people import queries
from kecho.people.models import AuditEvent
from kecho.people.needs import actor_of, needs
from kecho.people.queries import TrailFilter
from kecho.people.rights import Permission

ON_A_PAGE = 100
MOST_ROWS = 100_000
COLUMNS = (
    "id", "at", "actor_name", "actor_role", "actor_account", "action", "target_type", "target_id", "target_label",
    "reason", "details",
)  # fmt: skip


@require_safe
@needs(Permission.ADMINISTER)
def index(request: HttpRequest) -> HttpResponse:
    """Who did what to what, when and why, the latest first."""
    form = TrailForm(request.GET)
    found = queries.trail(actor_of(request), _wanted(form))
    number, total = params.page_number(request.GET), found.count()
    pages = max(1, -(-total // ON_A_PAGE))
    if number > pages:
        raise KechoError("pages.no_list_page", number=number, pages=pages)
    rows = list(found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE])
    context = {
        "tab": "trail",
        "form": form,
        "deeds": queries.deeds(actor_of(request)),
        "page": Page(rows, number, pages, total),
        "downloads": reverse("trail-download", args=["x"]).removesuffix("x/"),
        "download_query": f"?{_query(request)}" if _query(request) else "",
        "page_query": _query(request) + "&" if _query(request) else "",
    }
    return render(request, "access/trail.html", context)


@require_safe
@needs(Permission.ADMINISTER)
def download(request: HttpRequest, form: str) -> HttpResponse:
    """The rows that the same filters find, as a file."""
    downloads.check_form(form)
    found = queries.trail(actor_of(request), _wanted(TrailForm(request.GET)))[:MOST_ROWS]
    table = Table(_("Nhật ký hệ thống"), COLUMNS, tuple(_record(event) for event in found))
    return downloads.respond(table, form, "audit")


def _wanted(form: TrailForm) -> TrailFilter:
    """The filters that can be understood; a field that cannot is left out and marked on the page."""
    form.is_valid()
    given = form.cleaned_data
    return TrailFilter(
        who=given.get("who", ""),
        action=given.get("action", ""),
        target=given.get("target", ""),
        since=given.get("since"),
        until=given.get("until"),
    )


def _query(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def _record(event: AuditEvent) -> dict[str, downloads.Value]:
    record: dict[str, downloads.Value] = {name: getattr(event, name) for name in COLUMNS}
    record["at"] = event.at.isoformat()
    record["details"] = json.dumps(event.details, ensure_ascii=False, sort_keys=True) if event.details else ""
    return record
