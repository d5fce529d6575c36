"""Plans as they stand: the list of versions, one version, what it changes, and a bulletin for each target."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kecho.kernel.errors import KechoError
from kecho.observatory import catalogue
from kecho.pages import downloads, params, words
from kecho.pages.params import shown
from kecho.people import rights
from kecho.people.actors import Actor, Scope
from kecho.people.needs import actor_of
from kecho.people.rights import Permission
from kecho.plan import queries, rules, workbooks
from kecho.plan.fields import TARGET_FIELDS
from kecho.plan.labels import FIELD_NAMES
from kecho.plan.queries import BoardRow, PlanInfo, PlanStatus, TargetInfo
from kecho.plan.written import target_texts

XLSX = downloads.FORMS["xlsx"][0]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every version that the visitor may see, by place and years, the latest years first."""
    actor = actor_of(request)
    found = sorted(queries.visible_plans(actor), key=lambda one: (one.locality, -one.last_year, one.first_year))
    groups = [
        (key, sorted(group, key=lambda one: -one.version))
        for key, group in groupby(found, key=lambda one: (one.locality, one.first_year, one.last_year))
    ]
    context = {"nav": "plans", "groups": groups, "may_draft": rights.may_somewhere(actor, Permission.DRAFT_PLAN)}
    return render(request, "plan/plans.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One version with its targets, its deciding document, what its rules remark, and the steps open to the visitor."""
    actor = actor_of(request)
    info = queries.visible_plan(pk, actor)
    siblings = _versions(info, actor)
    context = {
        "nav": "plans",
        "plan": info,
        "rows": _tree(queries.targets(pk)),
        "versions": siblings,
        "before": next((one for one in siblings if one.version == info.version - 1), None),
        "findings": rules.findings(queries.draft(pk)),
        "may_adopt": info.status is PlanStatus.DRAFT and _may(actor, Permission.APPROVE_PLAN, info),
        "may_revise": info.version == max(one.version for one in siblings) and _may(actor, Permission.DRAFT_PLAN, info),
    }
    return render(request, "plan/plan.html", context)


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions side by side: targets that came, went or read otherwise."""
    actor = actor_of(request)
    info = queries.visible_plan(pk, actor)
    others = [one for one in _versions(info, actor) if one.id != pk]
    asked = request.GET.get("with", "")
    other = next((one for one in others if str(one.id) == asked), None)
    if asked and other is None:
        raise KechoError(
            "pages.bad_choice", value=shown(asked), name="with", choices=", ".join(str(o.id) for o in others)
        )
    other = other or next((one for one in others if one.version == info.version - 1), others[0] if others else None)
    changes = [_change(one) for one in queries.diff(other.id, pk)] if other else []
    context = {"nav": "plans", "plan": info, "other": other, "others": others, "changes": changes}
    return render(request, "plan/compare.html", context)


@require_safe
def bulletin(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One target: how it stands on a day, every step of the arithmetic, and how its promise changed."""
    actor = actor_of(request)
    info = queries.visible_plan(pk, actor)
    target = next((one for one in queries.targets(pk) if one.spec.code == code), None)
    if target is None:
        raise KechoError("plan.unknown_target", value=shown(code), plan=info.label)
    as_of = params.as_of(request.GET)
    row = _assessed(info, target, request) if info.is_current else None
    context = {
        "nav": "plans",
        "plan": info,
        "target": target,
        "indicator_name": catalogue.indicators()[target.spec.indicator].name(words.language()),
        "row": row,
        "held": row.assessment if row else None,
        "as_of": as_of,
        "history": _history(info, code, actor),
        "year": params.year(request.GET, _year(info)),
        "years": range(info.first_year, info.last_year + 1),
    }
    return render(request, "plan/target.html", context)


@require_safe
def download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The version as a workbook that can be edited and read in again, or its targets as a plain table."""
    info = queries.visible_plan(pk, actor_of(request))
    draft, name = queries.draft(pk), info.label.replace(" ", "-").lower()
    if form == "xlsx":
        return downloads.attachment(workbooks.write(draft, words.language()), XLSX, f"ke-hoach-{name}.xlsx")
    records = [target_texts(target, draft) for target in draft.targets]
    cover = [(field, FIELD_NAMES[field][words.language()]) for field in TARGET_FIELDS]
    table = downloads.Table(
        info.title(words.language()), TARGET_FIELDS, records, cover, {"plan": info.label}, "targets"
    )
    return downloads.respond(table, form, f"ke-hoach-{name}")


def _versions(info: PlanInfo, actor: Actor) -> list[PlanInfo]:
    """All versions of the same plan that the actor may see, the latest first."""
    years = (info.first_year, info.last_year)
    same = [one for one in queries.visible_plans(actor, info.locality) if (one.first_year, one.last_year) == years]
    return sorted(same, key=lambda one: -one.version)


def _may(actor: Actor, permission: Permission, info: PlanInfo) -> bool:
    return rights.may(actor, permission, Scope.locality(info.locality))


def _tree(targets: list[TargetInfo], parent: str = "", depth: int = 0) -> list[tuple[int, TargetInfo]]:
    """Targets with their depth, parts under their whole."""
    found: list[tuple[int, TargetInfo]] = []
    for target in targets:
        if target.draft.parent == parent:
            found += [(depth, target), *_tree(targets, target.spec.code, depth + 1)]
    return found


def _change(change: Any) -> dict[str, Any]:
    """A change with the names of its fields and their values before and after, as texts."""
    lang = words.language()
    values = change.as_dict()["fields"]
    lines = [(_field_name(name, lang), *texts) for name, texts in values.items()]
    known = change.after or change.before
    return {
        "kind": change.kind,
        "code": change.code,
        "name": _named(known.name_vi, known.indicator, lang),
        "lines": lines,
    }


def _named(name: str, code: str, lang: str) -> str:
    """A target's own name, else that of its indicator, else the code."""
    known = catalogue.indicators().get(code)
    return name or (known.name(lang) if known else code)


def _field_name(name: str, lang: str) -> str:
    """A draft's field as plan files call it."""
    other = {"lead_unit": "lead", "supporting_units": "supporting", "parent": "part_of", "window": "target_period"}
    plain = other.get(name, name.removeprefix("is_").replace("denominator_indicator", "denominator"))
    return FIELD_NAMES[plain][lang] if plain in FIELD_NAMES else name


def _assessed(info: PlanInfo, target: TargetInfo, request: HttpRequest) -> BoardRow | None:
    year = params.year(request.GET, _year(info))
    board = queries.board(info.locality, year, params.as_of(request.GET))
    return next((row for row in board.rows if row.target.id == target.id), None)


def _year(info: PlanInfo) -> int:
    """The year of the plan that is asked about when nobody says: this one, or the nearest that the plan covers."""
    return min(max(timezone.localdate().year, info.first_year), info.last_year)


def _history(info: PlanInfo, code: str, actor: Actor) -> list[tuple[PlanInfo, TargetInfo]]:
    """The same target in every version, the latest first."""
    found = []
    for version in _versions(info, actor):
        found += [(version, target) for target in queries.targets(version.id) if target.spec.code == code]
    return found
