"""The administrator's pages about people: list, one person, roles, and the deeds that are confirmed first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kecho.access.admin_forms import GrantForm, PersonForm, ReasonForm, scope_choices
from kecho.access.views.deeds import DEEDS, deed_named, link_address
from kecho.kernel.errors import KechoError
from kecho.pages import params, words
from kecho.pages.paging import page_of
from kecho.people import actions, queries, second_factor
from kecho.people.actors import Role, Scope, ScopeKind
from kecho.people.models import Account, Assignment
from kecho.people.needs import actor_of, needs
from kecho.people.rights import Permission

ON_A_PAGE = 50


def account_of(pk: int) -> Account:
    """The account with this number. Raises KechoError ``people.unknown_account``."""
    account = Account.objects.select_related("unit").filter(pk=pk).first()
    if account is None:
        raise KechoError("people.unknown_account", value=pk)
    return account


@require_safe
@needs(Permission.ADMINISTER)
def index(request: HttpRequest) -> HttpResponse:
    """Everybody with an account and the roles they hold today."""
    text = params.shown(request.GET.get("q", "").replace("\0", ""))
    today = timezone.localdate()
    found = list(queries.accounts(actor_of(request), text))
    page = page_of(found, params.page_number(request.GET), ON_A_PAGE)
    people = [(one, [held for held in one.assignments.all() if held.holds_on(today)]) for one in page.items]
    return render(request, "access/people.html", {"tab": "people", "page": page, "people": people, "q": text})


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.ADMINISTER)
def new(request: HttpRequest) -> HttpResponse:
    """A new account; afterwards the link to set its password is shown once."""
    form = PersonForm(request.POST or None, is_new=True)
    problems: list[KechoError] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            account = actions.create_account(
                actor_of(request),
                given["username"],
                given["full_name"],
                email=given["email"],
                unit=given["unit"],
            )
            parts = actions.reset_password(actor_of(request), account)
        except KechoError as refused:
            problems.append(refused)
        else:
            return _link_shown(request, account, parts)
    return render(request, "access/person_new.html", {"tab": "people", "form": form, "problems": problems})


@require_http_methods(["GET", "POST"])
@needs(Permission.ADMINISTER)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: who they are (POST changes it), roles, state."""
    account, problems = account_of(pk), []
    if request.method == "POST":
        form = PersonForm(request.POST, is_new=False)
        if form.is_valid():
            given = form.cleaned_data
            try:
                actions.edit_account(
                    actor_of(request), account, given["full_name"], email=given["email"], unit=given["unit"]
                )
            except KechoError as refused:
                problems.append(refused)
            else:
                messages.success(request, _("Đã lưu."))
                return redirect("person", pk=pk)
    else:
        known = {"full_name": account.full_name, "email": account.email, "unit": account.unit}
        form = PersonForm(initial=known, is_new=False)
    return _person(request, account_of(pk), form, GrantForm(), problems)


@require_http_methods(["POST"])
@needs(Permission.ADMINISTER)
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role."""
    account, form, problems = account_of(pk), GrantForm(request.POST), []
    if form.is_valid():
        given = form.cleaned_data
        scope = Scope(ScopeKind(given["scope_kind"]), given["scope_code"].strip())
        days = {"valid_from": given["valid_from"], "valid_to": given["valid_to"]}
        try:
            actions.grant_role(actor_of(request), account, Role(given["role"]), scope, **days)
        except KechoError as refused:
            problems.append(refused)
        else:
            messages.success(request, _("Đã giao vai trò."))
            return redirect("person", pk=pk)
    known = {"full_name": account.full_name, "email": account.email, "unit": account.unit}
    return _person(request, account, PersonForm(initial=known, is_new=False), form, problems)


@require_http_methods(["GET", "POST"])
@needs(Permission.ADMINISTER)
def end_role(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """End a role today, once it was confirmed."""
    account, form, problems = account_of(pk), ReasonForm(request.POST or None), []
    assignment = Assignment.objects.filter(pk=number, account=account).first()
    if assignment is None:
        raise KechoError("people.unknown_assignment", value=number)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_role(actor_of(request), assignment, reason=form.cleaned_data["reason"])
        except KechoError as refused:
            problems.append(refused)
        else:
            messages.success(request, _("Vai trò đã kết thúc."))
            return redirect("person", pk=pk)
    context = {"tab": "people", "account": account, "assignment": assignment, "form": form, "problems": problems}
    return render(request, "access/end_role.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.ADMINISTER)
def deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Disable, enable, unlock, end sessions, reset password or second factor, once it was confirmed."""
    account, chosen = account_of(pk), deed_named(name)
    form, problems = ReasonForm(request.POST or None), []
    if request.method == "POST" and form.is_valid():
        try:
            outcome = chosen.do(actor_of(request), account, form.cleaned_data["reason"])
        except KechoError as refused:
            problems.append(refused)
        else:
            if chosen.name == "reset-password":
                return _link_shown(request, account, outcome)
            messages.success(request, str(chosen.done))
            return redirect("person", pk=pk)
    context = {"tab": "people", "account": account, "deed": chosen, "form": form, "problems": problems}
    return render(request, "access/deed.html", context)


def _person(
    request: HttpRequest, account: Account, form: PersonForm, grant_form: GrantForm, problems: list[KechoError]
) -> HttpResponse:
    today = timezone.localdate()
    context: dict[str, Any] = {
        "tab": "people",
        "account": account,
        "form": form,
        "scopes": scope_choices(words.language()),
        "grant_form": grant_form,
        "problems": problems,
        "assignments": [(one, one.valid_to is None or one.valid_to > today) for one in account.assignments.all()],
        "has_second_factor": second_factor.is_set(account),
        "deeds": [one for one in DEEDS if one.fits(account)],
    }
    return render(request, "access/person.html", context)


def _link_shown(request: HttpRequest, account: Account, parts: tuple[str, str]) -> HttpResponse:
    """The link, this once: it is not kept anywhere."""
    address = request.build_absolute_uri(link_address(parts))
    back = reverse("person", kwargs={"pk": account.pk})
    return render(request, "access/link.html", {"tab": "people", "account": account, "address": address, "back": back})
