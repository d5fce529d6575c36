"""Drafts of the monthly report: write between its computed sentences, see what changed, submit, return, approve."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kecho.kernel import localities
from kecho.kernel.errors import KechoError
from kecho.observatory import queries as figures
from kecho.pages import params
from kecho.pages.downloads import attachment
from kecho.pages.params import shown
from kecho.people import rights
from kecho.people.actors import Actor, Scope
from kecho.people.needs import actor_of, needs, signed_in
from kecho.people.rights import Permission
from kecho.publish import actions, html, queries
from kecho.publish.drafting.slots import slots, typed_numbers
from kecho.publish.models import LANGUAGES
from kecho.publish.queries import DraftDetail, State
from kecho.publish.rendering import FORMATS, file_name
from kecho.publish.rendering import render as write_report

FILES = (("docx", "Word (.docx)"), ("pdf", "PDF"), ("xlsx", "Excel (.xlsx)"))
UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """The drafts that the visitor may read, and a form that starts one."""
    actor, problems = actor_of(request), []
    if request.method == "POST":
        try:
            return redirect("draft", pk=_start(request, actor))
        except KechoError as problem:
            problems.append(problem)
    places = [code for code in figures.localities_with_data() if _may(actor, Permission.DRAFT_REPORT, code)]
    context = {
        "nav": "drafts",
        "drafts": queries.drafts(actor),
        "places": places,
        "asked": request.POST or request.GET,
        "problems": problems,
    }
    return render(request, "publish/drafts.html", context, status=UNPROCESSABLE if problems else 200)


@require_safe
@signed_in
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One draft: open, with a box behind every block; handed in or approved, as it will be printed."""
    return _page(request, queries.draft(pk, actor_of(request)))


@require_POST
@needs(Permission.DRAFT_REPORT)
def passage(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    """Put a text into a slot. What was typed is never lost: a refusal shows it again."""
    actor, text = actor_of(request), request.POST.get("text", "")
    try:
        actions.write_passage(pk, slot, text, actor, replaces=_whole(request.POST.get("replaces", "0")))
    except KechoError as problem:
        if problem.code == "publish.unknown_draft":
            raise
        return _page(request, queries.draft(pk, actor), problem, unsaved={slot: text})
    return redirect(f"{reverse('draft', args=[pk])}#o-{slot}")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DRAFT_REPORT)
def refresh(request: HttpRequest, pk: int) -> HttpResponse:
    """What the figures known now would change; posted, the draft takes them."""
    actor = actor_of(request)
    if request.method == "POST":
        actions.refresh_draft(pk, actor)
        return redirect("draft", pk=pk)
    found = queries.draft(pk, actor)
    context = {"nav": "drafts", "draft": found.info, "changes": queries.changes_since(found)}
    return render(request, "publish/draft_changes.html", context)


@require_POST
@needs(Permission.DRAFT_REPORT)
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the draft in."""
    return _stepped(request, pk, lambda actor: actions.submit_draft(pk, actor))


@require_POST
@needs(Permission.APPROVE_REPORT)
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the draft with a reason."""
    return _stepped(request, pk, lambda actor: actions.return_draft(pk, request.POST.get("reason", ""), actor))


@require_POST
@needs(Permission.APPROVE_REPORT)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the draft and keep it whole."""
    return _stepped(request, pk, lambda actor: actions.approve_draft(pk, actor))


@require_safe
@signed_in
def download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The draft, or what was approved, as a file."""
    if form not in FORMATS:
        raise KechoError("pages.bad_choice", value=shown(form), name=_("dạng tệp"), choices=", ".join(FORMATS))
    found = queries.draft(pk, actor_of(request))
    name = file_name(found.info.locality, found.info.period, found.info.lang, form)
    with tempfile.TemporaryDirectory() as folder:
        content = write_report(found.report, Path(folder) / name, form).read_bytes()
    return attachment(content, FORMATS[form], name)


def _start(request: HttpRequest, actor: Actor) -> int:
    place = localities.get(params.locality(request.POST, "VN")).code
    lang = params.choice(request.POST, "lang", LANGUAGES, "vi")
    return actions.start_draft(place, params.month(request.POST.get("month", "")), lang, actor)


def _stepped(request: HttpRequest, pk: int, step: Callable[[Actor], object]) -> HttpResponse:
    actor = actor_of(request)
    try:
        step(actor)
    except KechoError as problem:
        if problem.code in ("publish.unknown_draft", "people.denied"):
            raise
        return _page(request, queries.draft(pk, actor), problem)
    return redirect("draft", pk=pk)


def _page(
    request: HttpRequest, found: DraftDetail, problem: KechoError | None = None, unsaved: dict[str, str] | None = None
) -> HttpResponse:
    actor, info = actor_of(request), found.info
    is_writable = info.is_open and _may(actor, Permission.DRAFT_REPORT, info.locality)
    context = {
        "nav": "drafts",
        "draft": info,
        "found": found,
        "lines": _lines(found, unsaved or {}) if is_writable else [],
        "report": None if is_writable else html.fragment(found.report, _cell),
        "is_writable": is_writable,
        "may_decide": info.state is State.SUBMITTED and _may(actor, Permission.APPROVE_REPORT, info.locality),
        "typed_numbers": typed_numbers(found.texts.values()),
        "problems": [problem] if problem else [],
        "files": FILES,
    }
    return render(request, "publish/draft.html", context, status=UNPROCESSABLE if problem else 200)


def _lines(found: DraftDetail, unsaved: dict[str, str]) -> list[dict[str, object]]:
    """Each block of the computed report with the text that stands behind it (or in its blank)."""
    shown_blocks = html.body(found.computed, _cell)
    lines = []
    for slot, block in zip(slots(found.computed), shown_blocks, strict=True):
        passage = found.passages.get(slot.name)
        lines.append(
            {
                "slot": slot,
                "block": block,
                "passage": passage,
                "text": unsaved.get(slot.name, passage.text if passage else ""),
                "is_unsaved": slot.name in unsaved,
            }
        )
    return lines


def _cell(observation: int) -> str:
    return reverse("value", args=[observation])


def _may(actor: Actor, permission: Permission, locality: str) -> bool:
    return rights.may(actor, permission, Scope.locality(locality))


def _whole(text: str) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise KechoError("pages.bad_number", value=shown(text))
    return int(text)
