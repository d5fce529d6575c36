"""What the checks found, and the page on which one finding is settled."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kecho.kernel.errors import KechoError
from kecho.kernel.numerals import decimal_mark, parse_number
from kecho.observatory import queries, settling, states
from kecho.pages import params, words
from kecho.pages.paging import page_of
from kecho.people.actors import Actor
from kecho.people.needs import actor_of, needs
from kecho.people.rights import Permission

SEVERITIES = ("error", "warning", "note")
ON_A_PAGE = 100
WAYS = ("accept", "correct", "send_back", "reopen")
_PROBLEMS = {"missing_reason", "bad_value", "same_value", "nothing_to_correct", "ambiguous_number"}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What the checks found, newest release first; ``severity`` and ``state`` narrow it."""
    severity = params.choice(request.GET, "severity", SEVERITIES, "")
    state = params.choice(request.GET, "state", tuple(states.FINDING), "")
    found = queries.findings(severity=severity or None)[::-1]
    found = [one for one in found if state in ("", one.state)]
    page = page_of(found, params.page_number(request.GET), ON_A_PAGE)
    asked = {name: value for name, value in (("severity", severity), ("state", state)) if value}
    context = {
        "nav": "findings",
        "page": page,
        "page_query": urlencode(asked) + "&" if asked else "",
        "severity": severity,
        "severities": SEVERITIES,
        "state": state,
        "states": states.FINDING,
        "may_settle": settling.may_settle(actor_of(request)),
    }
    return render(request, "observatory/findings.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.SETTLE_FINDINGS)
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding with its figures and what was decided about it; a form decides."""
    found, problems = queries.finding(pk), []
    if request.method == "POST":
        try:
            kind = _settle(request, pk, actor_of(request))
        except KechoError as refused:
            if refused.code.partition(".")[2] not in _PROBLEMS:
                raise
            problems.append(refused)
        else:
            state = states.FINDING[kind][params_language()]
            messages.success(request, _("Phát hiện số %(number)s: %(state)s.") % {"number": pk, "state": state})
            return redirect("release", found.release.id)
    context = {
        "nav": "findings",
        "finding": found,
        "history": settling.history(pk),
        "ways": WAYS[:-1] if found.state in ("open", "reopened") else WAYS,
        "problems": problems,
        "typed": request.POST,
    }
    return render(request, "observatory/finding.html", context, status=400 if problems else 200)


def params_language() -> int:
    """The column of ``states`` for the page's language."""
    return int(words.language() == "en")


def _settle(request: HttpRequest, pk: int, who: Actor) -> str:
    """Do what the form says; the kind of settlement that came of it."""
    way = params.choice(request.POST, "way", WAYS, "accept")
    reason = request.POST.get("reason", "")[:2000]
    if way == "correct":
        figure = request.POST.get("observation", "")
        number = int(figure) if figure.isascii() and figure.isdigit() and len(figure) < 19 else None
        return settling.correct(pk, who, _plain(request.POST.get("value", "")), reason, observation_id=number).kind
    return {"accept": settling.accept, "send_back": settling.send_back, "reopen": settling.reopen}[way](
        pk, who, reason
    ).kind


def _plain(text: str) -> str:
    """``1.234,5`` as Vietnamese pages write it, and ``1234.5``, as a decimal's own digits.

    Raises ``kernel.ambiguous_number`` for 1.234, which may be a thousand; what is no number stays as it is.
    """
    text = text.strip().replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    try:
        return str(parse_number(text, words.language(), mark=decimal_mark([text])))
    except KechoError as refused:
        if refused.code == "kernel.ambiguous_number":
            raise
        return text
