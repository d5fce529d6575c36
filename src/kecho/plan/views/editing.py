"""The sheet on which a plan or a revision is written: a form or a workbook, checked as often as wanted, stored once.

Nothing is kept on the server before it is stored: what was typed travels with the form, so every button shows it again.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kecho.kernel.errors import KechoError, KechoErrors, Location
from kecho.observatory import catalogue
from kecho.pages import params, words
from kecho.pages.params import shown
from kecho.people.actors import Actor
from kecho.people.needs import actor_of, needs
from kecho.people.rights import Permission
from kecho.plan import actions, queries, rules, validation, workbooks
from kecho.plan.drafts import PlanDraft, WrittenPlan
from kecho.plan.fields import PLAN_FIELDS, TARGET_FIELDS, Row
from kecho.plan.files import LARGEST_FILE, from_rows, read_plans
from kecho.plan.labels import CHOICE_NAMES, FIELD_NAMES
from kecho.plan.rules import Finding
from kecho.plan.workbooks import CHOICES
from kecho.plan.written import plan_texts, target_texts

MOST_TARGETS = 300
#: What a target mostly needs stands open; the rest folds away.
FOREMOST = (
    "code", "name_vi", "indicator", "breakdown", "measure", "form", "value", "low", "high", "unit", "lead", "part_of",
)  # fmt: skip
Texts = dict[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DRAFT_PLAN)
def edit(request: HttpRequest) -> HttpResponse:
    """Write a plan: an empty one, the next version of one (``from``), or what a workbook says."""
    actor = actor_of(request)
    if request.method != "POST":
        return _draft_page(request, _start(request, actor))
    plan, targets = _posted(request.POST)
    try:
        return _answer(request, plan, targets, actor)
    except KechoErrors as problems:
        return _page(request, plan, targets, problems=problems.errors)
    except KechoError as problem:
        return _page(request, plan, targets, problems=[problem])


def _answer(request: HttpRequest, plan: Texts, targets: list[Texts], actor: Actor) -> HttpResponse:
    """What the pressed button asks for."""
    deed = params.choice(request.POST, "do", ("row", "check", "save", "file"), "check")
    if deed == "row":
        return _page(request, plan, [*targets, dict.fromkeys(TARGET_FIELDS, "")])
    if deed == "file":
        return _draft_page(request, _from_file(request))
    written = _written(plan, targets)
    if deed == "save":
        return redirect("plan", pk=_store(written.draft, actor))
    return _page(request, plan, targets, findings=rules.findings(written.draft), is_checked=True)


def _start(request: HttpRequest, actor: Actor) -> PlanDraft:
    """What the form starts from: the next version of a plan, or an empty plan of a place and year."""
    source = request.GET.get("from", "")
    if not source:
        return workbooks.empty(params.locality(request.GET, "VN"), params.year(request.GET, timezone.localdate().year))
    if not source.isdecimal() or len(source) > 9:
        raise KechoError("pages.bad_number", value=shown(source))
    info = queries.visible_plan(int(source), actor)
    years = (info.first_year, info.last_year)
    versions = [one for one in queries.plans(info.locality) if (one.first_year, one.last_year) == years]
    return workbooks.revision(queries.draft(info.id), max(one.version for one in versions) + 1, timezone.localdate())


def _posted(data: QueryDict) -> tuple[Texts, list[Texts]]:
    """The texts of the form, without the targets that were struck out."""
    count = data.get("rows", "0")
    number = int(count) if count.isdecimal() and len(count) <= 3 else 0
    plan = {name: data.get(f"p-{name}", "") for name in PLAN_FIELDS}
    targets = [
        {name: data.get(f"t{at}-{name}", "") for name in TARGET_FIELDS}
        for at in range(min(number, MOST_TARGETS))
        if f"t{at}-drop" not in data
    ]
    return plan, [target for target in targets if any(text.strip() for text in target.values())]


def _written(plan: Texts, targets: list[Texts]) -> WrittenPlan:
    rows = [Row(target, Location(row=number)) for number, target in enumerate(targets, 1)]
    written = from_rows(Row(plan), rows, mark=None)
    problems = validation.errors(written, actions.bands())
    if problems:
        raise KechoErrors(problems)
    return written


def _store(draft: PlanDraft, actor: Actor) -> int:
    store = actions.revise_plan if draft.version > 1 else actions.create_plan
    return store(draft, actor).pk


def _from_file(request: HttpRequest) -> PlanDraft:
    """The first version of an uploaded plan file, put into the form to be looked at; nothing is stored."""
    upload = request.FILES.get("file")
    if upload is None or not upload.name:
        raise KechoError("plan.no_chosen_file")
    if (upload.size or 0) > LARGEST_FILE:
        raise KechoError("plan.file_too_large", where=Location(file=shown(upload.name)), largest=LARGEST_FILE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"ke-hoach{Path(upload.name).suffix.lower()[:6]}"
        path.write_bytes(upload.read())
        return read_plans(path)[0].draft


def _draft_page(request: HttpRequest, draft: PlanDraft) -> HttpResponse:
    return _page(request, plan_texts(draft), [target_texts(one, draft) for one in draft.targets])


def _page(
    request: HttpRequest,
    plan: Texts,
    targets: list[Texts],
    *,
    problems: list[KechoError] | None = None,
    findings: list[Finding] | None = None,
    is_checked: bool = False,
) -> HttpResponse:
    lang = words.language()
    context = {
        "nav": "plans",
        "plan_fields": [_field(f"p-{name}", name, text, lang) for name, text in plan.items()],
        "targets": [_card(at, target, lang) for at, target in enumerate(targets)],
        "problems": problems or [],
        "findings": findings or [],
        "is_checked": is_checked,
        "indicators": [(one.code, one.name(lang)) for one in catalogue.indicators().values()],
    }
    return render(request, "plan/edit.html", context, status=422 if problems else 200)


def _card(at: int, target: Texts, lang: str) -> dict[str, object]:
    fields = {name: _field(f"t{at}-{name}", name, text, lang) for name, text in target.items()}
    known = catalogue.indicators().get(target["indicator"])
    return {
        "number": at + 1,
        "drop": f"t{at}-drop",
        "title": target["name_vi"] or (known.name(lang) if known else target["code"] or target["indicator"]),
        "foremost": [fields[name] for name in FOREMOST],
        "further": [field for name, field in fields.items() if name not in FOREMOST],
    }


def _field(key: str, name: str, text: str, lang: str) -> dict[str, object]:
    choices = [(code, CHOICE_NAMES[name][code][lang]) for code in CHOICES.get(name, [])]
    if choices and text and text not in CHOICES[name]:
        choices.append((text, text))  # what a file said stays to be seen and mended
    return {
        "key": key,
        "name": name,
        "label": FIELD_NAMES[name][lang],
        "value": text,
        "choices": choices,
        "is_indicator": name in ("indicator", "denominator"),
    }
