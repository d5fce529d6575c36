"""For officers: schedules in with what they change, and the board of how far preferences are used."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kecho.kernel.errors import KechoError, KechoErrors
from kecho.market_access import actions
from kecho.market_access.files import LARGEST
from kecho.market_access.layouts import layouts
from kecho.market_access.models import Schedule, UtilisationStudy
from kecho.market_access.utilisation import CERTIFICATE_DIMENSIONS, DIMENSIONS
from kecho.market_access.utilisation.study import CERTIFICATES
from kecho.pages import downloads, params, words
from kecho.people.needs import actor_of, needs
from kecho.people.rights import Permission

SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANAGE_MARKET_ACCESS)
def schedules(request: HttpRequest) -> HttpResponse:
    """GET: what is loaded, and the form. POST: a trial that shows the changes, or ("store") the load itself."""
    context: dict[str, Any] = {"nav": "schedules", "layouts": layouts().values(), "problems": []}
    status = 200
    if request.method == "POST":
        try:
            done = _load(request)
            if done.schedule is not None and not done.is_same:
                return redirect(reverse("schedules"))
            context |= {
                "done": done,
                "changed": done.difference.changed[:SHOWN],
                "left": [*done.reading.left_out, *done.reading.unread][:SHOWN],
            }
        except KechoErrors as several:
            context["problems"], status = several.errors, 400
        except KechoError as problem:
            if problem.code == "people.denied":
                raise
            context["problems"], status = [problem], 400
    context["loaded"] = Schedule.objects.filter(superseded_at=None)
    return render(request, "market_access/schedules.html", context, status=status)


def uploaded(request: HttpRequest) -> tuple[bytes, str]:
    """The content and name of the file handed in, within the bound of size."""
    file = request.FILES.get("file")
    if file is None:
        raise KechoError("market_access.no_file")
    if file.size is None or file.size > LARGEST:
        raise KechoError("market_access.file_too_large", largest=LARGEST)
    return file.read(), file.name or "?"


def _load(request: HttpRequest) -> actions.Loaded:
    content, name = uploaded(request)
    code = params.choice(request.POST, "layout", list(layouts()), "")
    trial = request.POST.get("deed") != "store"
    return actions.load_content(content, name, code, actor_of(request), trial=trial)


@require_safe
@needs(Permission.MANAGE_MARKET_ACCESS)
def use(request: HttpRequest) -> HttpResponse:
    """The latest study: classes, coverage, utilisation, utility, and whom a call would save most."""
    study = UtilisationStudy.objects.exclude(layout=CERTIFICATES).first()
    issued = UtilisationStudy.objects.filter(layout=CERTIFICATES).first()
    dimension = params.choice(request.GET, "by", DIMENSIONS, "agreement")
    context: dict[str, Any] = {"nav": "utilisation", "study": study, "dimension": dimension, "dimensions": DIMENSIONS}
    if issued is not None:
        context |= {
            "issued": issued,
            "issued_whole": _numbers(issued.content["whole"]),
            "issued_refused": issued.content["refused"]["count"],
            "issued_by": [
                (name, [_numbers(row) for row in issued.content["by"][name][:SHOWN]]) for name in CERTIFICATE_DIMENSIONS
            ],
        }
    if study is not None:
        found = study.content
        context |= {
            "classes": [(name, one["lines"], Decimal(one["value"])) for name, one in found["classes"].items()],
            "whole": _numbers(found["whole"]) if found["whole"] else None,
            "rows": [_numbers(row) for row in found["by"][dimension][:SHOWN]],
            "calls": [_numbers(row) for row in found["calls"][:20]],
        }
    return render(request, "market_access/use.html", context)


@require_safe
@needs(Permission.MANAGE_MARKET_ACCESS)
def use_download(request: HttpRequest, dimension: str, form: str) -> HttpResponse:
    """A table of the latest study as a file: a dimension, or ``calls``."""
    downloads.check_form(form)
    if dimension.removeprefix("certificates-") in CERTIFICATE_DIMENSIONS and dimension.startswith("certificates-"):
        return _issued_download(dimension.removeprefix("certificates-"), form)
    study = UtilisationStudy.objects.exclude(layout=CERTIFICATES).first()
    if study is None or dimension not in (*DIMENSIONS, "calls"):
        raise KechoError("market_access.no_study")
    found = study.content["calls"] if dimension == "calls" else study.content["by"][dimension]
    records = [_numbers(row) for row in found]
    columns = list(records[0]) if records else ["key"]
    title = study.title_vi if words.language() == "vi" else study.title_en
    return downloads.respond(downloads.Table(title, columns, records), form, f"tan-dung-{dimension}")


def _issued_download(dimension: str, form: str) -> HttpResponse:
    """Certificates by a dimension as a file."""
    issued = UtilisationStudy.objects.filter(layout=CERTIFICATES).first()
    if issued is None:
        raise KechoError("market_access.no_study")
    records = [_numbers(row) for row in issued.content["by"][dimension]]
    title = issued.title_vi if words.language() == "vi" else issued.title_en
    columns = ["key", "count", "value", "exports", "rate"]
    return downloads.respond(downloads.Table(title, columns, records), form, f"chung-nhan-xuat-xu-{dimension}")


def _numbers(row: dict[str, Any]) -> dict[str, Any]:
    """Texts of decimals as decimals again; codes stay text."""
    texts = {"key", "enterprise", "product", "could_use"}
    return {k: Decimal(v) if isinstance(v, str) and k not in texts else v for k, v in row.items()}
