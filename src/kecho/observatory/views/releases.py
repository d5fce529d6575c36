"""Where figures come from: the releases, one with its steps and findings, and the page of each next step."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kecho.kernel.errors import KechoError
from kecho.observatory import approval, queries, settling, words
from kecho.observatory.counts import counted
from kecho.pages import params
from kecho.pages.paging import page_of
from kecho.people.actors import Actor
from kecho.people.needs import actor_of, signed_in

ON_A_PAGE = 60
DEEDS = (*(deed.value for deed in approval.Deed), "send_back", "resubmit")
#: What is wrong with what was typed: shown above the form. Everything else has a page of its own.
_PROBLEMS = {"missing_reason", "bad_embargo", "same_person"}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every delivery: file, month, state, how many figures and findings; what waits for somebody stands on top."""
    everything = queries.releases()
    waiting = [one for one in everything if not one.is_public]
    page = page_of(everything, params.page_number(request.GET), ON_A_PAGE)
    context = {"nav": "sources", "page": page, "releases": counted(page.items), "waiting": counted(waiting)}
    return render(request, "observatory/releases.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One release with its steps (to those who may see drafts) and findings."""
    release, who = queries.release(pk), actor_of(request)
    context = {
        "nav": "sources",
        "one": counted([release])[0],
        "findings": queries.findings(release=pk),
        "steps": approval.steps(pk, who),
        "deeds": approval.open_to(pk, who),
        "may_settle": settling.may_settle(who),
        "corrections": [one for one in queries.releases() if one.corrects == pk],
    }
    return render(request, "observatory/release.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def step(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Asks whether the step is meant, and takes it."""
    name = deed.replace("-", "_")
    if name not in DEEDS:
        raise KechoError("pages.bad_choice", value=params.shown(deed), name="deed", choices=", ".join(DEEDS))
    who, problems = actor_of(request), []
    release = queries.release(pk)
    if not release.state or not approval.steps(pk, who):
        raise KechoError("observatory.unknown_release", value=pk)
    if request.method == "POST":
        try:
            _take(request, name, pk, who)
        except KechoError as refused:
            if refused.code.partition(".")[2] not in _PROBLEMS:
                raise
            problems.append(refused)
        else:
            state = words.release_state(queries.release(pk))
            messages.success(request, _("%(release)s: %(state)s.") % {"release": release.shown_name, "state": state})
            return redirect("release", pk)
    waiting = queries.open_findings_by_release().get(pk, 0)
    context = {
        "nav": "sources",
        "one": counted([release])[0],
        "deed": name,
        "slug": deed,
        "problems": problems,
        "open_findings": waiting,
        "is_open": name in approval.open_to(pk, who),
        "steps": approval.steps(pk, who),
        "typed": request.POST,
    }
    return render(request, "observatory/step.html", context, status=400 if problems else 200)


def _take(request: HttpRequest, name: str, pk: int, who: Actor) -> None:
    reason = request.POST.get("reason", "")[:2000]
    if name == "send_back":
        approval.send_back(pk, who, reason)
    elif name == "resubmit":
        approval.resubmit(pk, who, reason)
    else:
        moment = _moment(request.POST.get("public_from", "")) if name == "publish" else None
        approval.forward(approval.Deed(name), pk, who, note=reason, public_from=moment)


def _moment(text: str) -> datetime | None:
    """A moment in the place's own time. Raises ``observatory.bad_embargo``."""
    if not text:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise KechoError("observatory.bad_embargo", value=params.shown(text))
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
