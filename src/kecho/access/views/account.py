"""One's own account: who I am here, my roles, my second factor, my sessions."""

from __future__ import annotations

from allauth.usersessions.internal.flows import sessions as flows
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kecho.people import audit, rights, second_factor
from kecho.people.models import Account
from kecho.people.needs import actor_of, signed_in
from kecho.people.rights import Permission


def own(request: HttpRequest) -> Account:
    """The account that is signed in."""
    return Account.objects.select_related("unit").get(pk=actor_of(request).account_id or 0)


@require_GET
@signed_in
def show(request: HttpRequest) -> HttpResponse:
    """The page of one's own account."""
    account, actor = own(request), actor_of(request)
    today = timezone.localdate()
    assignments = account.assignments.all()
    return render(
        request,
        "access/account.html",
        {
            "account": account,
            "held": [one for one in assignments if one.holds_on(today)],
            "coming": [one for one in assignments if one.valid_from > today],
            "has_second_factor": second_factor.is_set(account),
            "needs_second_factor": second_factor.is_required(actor),
            "may_administer": rights.may_somewhere(actor, Permission.ADMINISTER),
            "session_count": len(UserSession.objects.purge_and_list(account)),
        },
    )


@require_GET
@signed_in
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """allauth leads here after a change; what there is to see stands on the account's page."""
    return redirect("account")


@require_http_methods(["GET", "POST"])
@signed_in
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the account is signed in; POST ends one session (``session``) or all others."""
    account = own(request)
    if request.method == "POST":
        ended = _end(request, account, request.POST.get("session", ""))
        audit.record(actor_of(request), "access.end_sessions", account, details={"count": ended})
        messages.success(request, _("Đã kết thúc %(count)s phiên.") % {"count": ended})
        return redirect("usersessions_list" if request.user.is_authenticated else "home")
    found = sorted(UserSession.objects.purge_and_list(account), key=lambda one: one.created_at, reverse=True)
    return render(request, "access/sessions.html", {"account": account, "sessions": found})


def _end(request: HttpRequest, account: Account, number: str) -> int:
    """How many were ended: the one with this number, or all but this one."""
    found = list(UserSession.objects.filter(user_id=account.pk))
    if number:
        found = [one for one in found if str(one.pk) == number]
    else:
        found = [one for one in found if not one.is_current()]
    flows.end_sessions(request, found)
    return len(found)
