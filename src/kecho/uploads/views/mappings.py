"""The mappings that are remembered: every version, who made it, when and why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kecho.intake.own import forms
from kecho.intake.own.mapping import dumps, from_dict
from kecho.kernel.errors import KechoError
from kecho.kernel.text import slug
from kecho.people.needs import actor_of, needs
from kecho.people.rights import Permission
from kecho.uploads import queries


@require_safe
@needs(Permission.IMPORT_FIGURES)
def index(request: HttpRequest) -> HttpResponse:
    """Remembered mappings and the known forms."""
    context = {"nav": "uploads", "versions": queries.for_places(actor_of(request)), "forms": forms.forms().values()}
    return render(request, "uploads/mappings.html", context)


@require_safe
@needs(Permission.IMPORT_FIGURES)
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """One version as a mapping file for the command line."""
    found = next((one for one in queries.for_places(actor_of(request)) if one.pk == pk), None)
    if found is None:
        raise KechoError("uploads.unknown_upload", value=pk)
    text = dumps(from_dict(found.content | {"version": found.version}))
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{slug(found.name) or "mapping"}-v{found.version}.toml"'
    )
    return response
