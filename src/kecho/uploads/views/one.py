"""One file: how it reads, what its tables mean, what importing it would bring; and the steps that decide."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kecho.intake.own import forms as known_forms
from kecho.intake.own.mapping import Mapping, Role
from kecho.intake.own.survey import TableView
from kecho.kernel.errors import KechoError, KechoErrors
from kecho.observatory import catalogue
from kecho.pages import params, words
from kecho.people.needs import actor_of, needs
from kecho.people.rights import Permission
from kecho.uploads import actions, forms, queries, stored
from kecho.uploads import words as own_words
from kecho.uploads.models import Upload

State = Upload.State


@require_safe
@needs(Permission.IMPORT_FIGURES)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Whatever step the file is at; while it is being read the page asks again by itself."""
    return _page(request, queries.upload(actor_of(request), pk), [])


@require_POST
@needs(Permission.IMPORT_FIGURES)
def map_tables(request: HttpRequest, pk: int) -> HttpResponse:
    """What a person says the tables mean: the file is read on trial by it."""
    one = queries.upload(actor_of(request), pk)
    try:
        month = request.POST.get("period", "").strip()
        period = params.month(month).code if month else ""
        actions.try_mappings(actor_of(request), one, forms.chosen(one, request.POST), period)
    except KechoError as problem:
        return _refused(request, one, problem)
    return redirect(reverse("upload", args=[pk]))


@require_POST
@needs(Permission.IMPORT_FIGURES)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Import as a draft; mappings with a name are remembered."""
    one = queries.upload(actor_of(request), pk)
    names = {
        content["signature"]: request.POST.get(f"name-{number}", "") for number, content in enumerate(one.mappings)
    }
    try:
        actions.confirm(actor_of(request), one, request.POST.get("reason", "")[:2000], names=names)
    except KechoError as problem:
        return _refused(request, one, problem)
    return redirect(reverse("upload", args=[pk]))


@require_POST
@needs(Permission.IMPORT_FIGURES)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the file up."""
    one = queries.upload(actor_of(request), pk)
    try:
        actions.cancel(actor_of(request), one)
    except KechoError as problem:
        return _refused(request, one, problem)
    return redirect(reverse("upload", args=[pk]))


def _refused(request: HttpRequest, one: Upload, problem: KechoError) -> HttpResponse:
    """The page again with what is wrong; a refused right goes on to its own page."""
    problems = problem.errors if isinstance(problem, KechoErrors) else [problem]
    if any(error.code == "people.denied" for error in problems) and len(problems) == 1 and not problem.where.file:
        raise problem
    one.refresh_from_db()
    return _page(request, one, problems, status=400)


def _page(request: HttpRequest, one: Upload, problems: list[KechoError], status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "nav": "uploads",
        "one": one,
        "period": own_words.period(one.period),
        "state": own_words.STATES[one.state],
        "tone": own_words.TONES.get(one.state, ""),
        "kind": own_words.KINDS.get(one.kind, ""),
        "is_busy": one.state in queries.ACTIVE,
        "is_open": one.state in (State.ASKED, State.READY),
        "problems": problems,
        "errors": own_words.listed(stored.errors_of(one.errors)),
        "survey": one.survey,
        "trial": _trial(one.trial) if one.trial and one.state in (State.ASKED, State.READY, State.STORED) else None,
        "tables": [],
    }
    if one.state in (State.ASKED, State.READY) and one.survey:
        context["tables"] = [_table(one, view) for view in forms.asked_tables(one)]
        context["more_tables"] = len(one.survey["views"]) - len(context["tables"])
        context |= {
            "roles": own_words.ROLES.items(),
            "whens": own_words.WHENS.items(),
            "measures": own_words.measures().items(),
            "stages": own_words.stages().items(),
            "indicators": [(code, entry.name(words.language())) for code, entry in catalogue.indicators().items()],
        }
    if one.state == State.READY:
        context["names"] = [_naming(number, content) for number, content in enumerate(one.mappings)]
    return render(request, "uploads/upload.html", context, status=status)


def _naming(number: int, content: dict[str, Any]) -> dict[str, Any]:
    """A mapping that confirming may remember: its name, whether it is remembered already."""
    form = known_forms.form(content.get("form", ""))
    own = content["name"] if content["name"] != content.get("form") else ""
    name = own or (form.vi if form else "") or content.get("title", "")
    version = content.get("version")
    return {"number": number, "name": content["name"] if version else name[:80], "version": version}


def _trial(data: dict[str, Any]) -> dict[str, Any]:
    """The trial with reasons as sentences and findings as a list."""
    names = catalogue.indicators()
    lang = words.language()
    return data | {
        "first": [_first(row) for row in data["first"]],
        "reasons": [(own_words.why(code), count) for code, count in data["reasons"].items()],
        "skipped": [[*cell[:3], own_words.why(cell[3])] for cell in data["skipped"]],
        "unread": [[*note[:2], own_words.why(note[2])] for note in data["unread"]],
        "findings": own_words.listed(stored.errors_of(data["findings"])),
        "indicators": [(names[c].name(lang) if c in names else c, count) for c, count in data["indicators"].items()],
    }


def _first(row: list[str]) -> list[str]:
    """One row of the trial (``stored.ROW_FIELDS``) with names in place of codes."""
    sheet, cell, code, label, above, place, period, measure, value, *rest = row
    part = catalogue.item(code, label) if label else None
    lang = words.language()
    name = catalogue.indicators()[code].name(lang) if code in catalogue.indicators() else code
    names = (name, part.name(lang) if part else label, above, place, own_words.period(period), measure)
    return [sheet, cell, *names, _shown(value), *rest]


def _shown(value: str) -> str:
    """A number as the page's language writes it; a sign for none (``-``, ``...``) as it stands in the cell."""
    try:
        return words.tick(Decimal(value))
    except InvalidOperation:
        return value


def _table(one: Upload, view: TableView) -> dict[str, Any]:
    """One table with its form as it stands."""
    mapping = forms.mapping_of(one, view)
    form = known_forms.form(mapping.form)
    tried = {content.get("signature") for content in one.mappings}
    rows = forms.asked_rows(view, mapping)
    return {
        "view": view,
        "head": f"t{view.index}-",
        "mapping": mapping,
        "changed": None if tried else forms.changed_from(view),
        "is_used": view.signature in tried if tried else bool(mapping.indicator or mapping.rows or mapping.form),
        "form": form,
        "form_name": form.vi if form and words.language() == "vi" else form.en if form else "",
        "form_source": form.source_vi if form and words.language() == "vi" else form.source_en if form else "",
        "columns": list(zip(mapping.columns, view.letters, view.samples, strict=True)),
        "rows": rows,
        "has_row_indicators": any(rule and rule.indicator for _, rule in rows),
        "parts": _parts(mapping),
        "value_role": Role.VALUE,
    }


def _parts(mapping: Mapping) -> list[tuple[str, str]]:
    """Parts to choose from: of the table's indicator, else of its columns'."""
    codes = [mapping.indicator, *(rule.indicator for rule in mapping.columns)]
    code = next((code for code in codes if code in catalogue.indicators()), "")
    lang = words.language()
    return [(part.key, part.name(lang)) for part in catalogue.items(code).values()] if code else []
