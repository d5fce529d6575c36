"""Where figures come from: the releases that were imported, and what the checks found about them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kecho.kernel.errors import KechoError
from kecho.observatory import queries
from kecho.pages import params
from kecho.pages.paging import page_of
from kecho.web.caching import kept
from kecho.web.counts import counted

SEVERITIES = ("error", "warning", "note")
RELEASES_ON_A_PAGE = 60
FINDINGS_ON_A_PAGE = 100


@require_safe
@kept
def index(request: HttpRequest) -> HttpResponse:
    """Every import: file, month, fingerprint, how many figures, how many findings."""
    page = page_of(queries.releases(), params.page_number(request.GET), RELEASES_ON_A_PAGE)
    return render(request, "web/releases.html", {"nav": "sources", "page": page, "releases": counted(page.items)})


@require_safe
@kept
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One release with its findings."""
    release = next((one for one in queries.releases() if one.id == pk), None)
    if release is None:
        raise KechoError("web.unknown_release", value=pk)
    context = {"nav": "sources", "one": counted([release])[0], "findings": queries.findings(release=pk)}
    return render(request, "web/release.html", context)


@require_safe
@kept
def findings(request: HttpRequest) -> HttpResponse:
    """What the checks found, newest release first; ``severity`` narrows it."""
    severity = params.choice(request.GET, "severity", SEVERITIES, "")
    found = queries.findings(severity=severity or None)[::-1]
    page = page_of(found, params.page_number(request.GET), FINDINGS_ON_A_PAGE)
    return render(
        request, "web/findings.html", {"nav": "findings", "page": page, "severity": severity, "severities": SEVERITIES}
    )
