"""The page where files are handed in and where one sees how far they are."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kecho.kernel.errors import KechoError
from kecho.pages import params, words
from kecho.pages.paging import page_of
from kecho.people.needs import actor_of, needs
from kecho.people.rights import Permission
from kecho.uploads import actions, queries
from kecho.uploads import words as own_words
from kecho.uploads.models import Upload
from kecho.uploads.tasks import read_upload

ON_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_FIGURES)
def index(request: HttpRequest) -> HttpResponse:
    """GET: the form and the uploads. POST: take files in and start reading them."""
    if request.method != "POST":
        return _page(request, [])
    places = queries.places(actor_of(request), settings.LOCALITY)
    try:
        locality = request.POST.get("locality", "")
        if locality not in places:
            raise KechoError("uploads.bad_form", value=params.shown(locality))
        encoding = params.choice(request.POST, "encoding", list(own_words.ENCODINGS), "auto")
        incoming = [
            actions.Incoming(file.name or "?", file.chunks(), file.size or 0) for file in request.FILES.getlist("files")
        ]
        made = actions.receive(actor_of(request), locality, incoming, encoding)
    except KechoError as problem:
        if problem.code == "people.denied":
            raise
        return _page(request, [problem], status=400)
    for one in made:
        if one.state == Upload.State.WAITING:
            read_upload.enqueue(one.pk)
    return redirect(reverse("uploads"))


def _page(request: HttpRequest, problems: list[KechoError], status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    page = page_of(queries.visible(actor), params.page_number(request.GET), ON_A_PAGE)
    rows = [
        {
            "one": one,
            "period": own_words.period(one.period),
            "state": own_words.STATES[one.state],
            "tone": own_words.TONES.get(one.state, ""),
            "kib": -(-one.size // 1024),
        }
        for one in page.items
    ]
    context = {
        "nav": "uploads",
        "problems": problems,
        "page": page,
        "rows": rows,
        "busy": sum(one.state in queries.ACTIVE for one in page.items),
        "places": [(code, words.place(code)) for code in queries.places(actor, settings.LOCALITY)],
        "encodings": own_words.ENCODINGS.items(),
        "most": actions.MOST_FILES,
        "most_mib": actions.MOST_BYTES // 1024 // 1024,
    }
    is_part = getattr(request, "htmx", False) and not problems
    return render(request, "uploads/_list.html" if is_part else "uploads/index.html", context, status=status)
