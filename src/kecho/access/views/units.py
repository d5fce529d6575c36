"""The administrator's pages about units, and the page that tells who may do what where."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kecho.access.admin_forms import UnitForm
from kecho.kernel.errors import KechoError
from kecho.people import accounts, queries, rights, unit_actions
from kecho.people.models import Assignment, Unit
from kecho.people.models.accounts import GIVEN_ROLES
from kecho.people.needs import actor_of, needs
from kecho.people.rights import Permission


@require_http_methods(["GET", "POST"])
@needs(Permission.ADMINISTER)
def index(request: HttpRequest) -> HttpResponse:
    """The tree of units; POST adds one."""
    actor, problems = actor_of(request), []
    form = UnitForm(request.POST or None, is_new=True)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            unit_actions.make_unit(
                actor, given["code"], given["name_vi"], name_en=given["name_en"], parent=given["parent"]
            )
        except KechoError as refused:
            problems.append(refused)
        else:
            messages.success(request, _("Đã thêm đơn vị."))
            return redirect("units")
    context = {"tab": "units", "units": queries.units(actor), "form": form, "problems": problems}
    return render(request, "access/units.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.ADMINISTER)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: names and place in the tree; POST with ``state`` closes or opens it, otherwise saves."""
    actor, unit, problems = actor_of(request), _unit(pk), []
    known = {"name_vi": unit.name_vi, "name_en": unit.name_en, "parent": unit.parent}
    form = UnitForm(request.POST or None, initial=known, is_new=False)
    try:
        if request.method == "POST" and "state" in request.POST:
            unit_actions.set_unit_active(actor, unit, is_active=request.POST["state"] == "open")
            messages.success(request, _("Đã lưu."))
            return redirect("units")
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            unit_actions.edit_unit(actor, unit, given["name_vi"], name_en=given["name_en"], parent=given["parent"])
            messages.success(request, _("Đã lưu."))
            return redirect("units")
    except KechoError as refused:
        problems.append(refused)
    people = unit.accounts.filter(is_active=True)
    context = {"tab": "units", "unit": _unit(pk), "form": form, "problems": problems, "people": people}
    return render(request, "access/unit.html", context)


@require_safe
@needs(Permission.ADMINISTER)
def roles(request: HttpRequest) -> HttpResponse:
    """What each role may do, and who holds it where today."""
    held = Assignment.objects.filter(accounts.in_force(timezone.localdate()), account__is_active=True)
    by_role = [(role, [one for one in held.select_related("account") if one.role == role]) for role in GIVEN_ROLES]
    table = [(grant, [role in grant.roles for role in GIVEN_ROLES]) for grant in rights.grants().values()]
    context = {"tab": "roles", "roles": GIVEN_ROLES, "by_role": by_role, "table": table}
    return render(request, "access/roles.html", context)


def _unit(pk: int) -> Unit:
    unit = Unit.objects.select_related("parent").filter(pk=pk).first()
    if unit is None:
        raise KechoError("people.unknown_unit", value=pk)
    return unit
