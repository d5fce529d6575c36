"""The release calendar: what is planned, here and late, as a page and as a calendar file; notes about corrections."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kecho.kernel.errors import KechoError
from kecho.observatory import catalogue, due, notices, queries
from kecho.observatory.models import Notice
from kecho.pages import params, words
from kecho.pages.downloads import attachment
from kecho.people import rights
from kecho.people.needs import actor_of, needs
from kecho.people.rights import Permission

BACK, AHEAD = timedelta(days=190), timedelta(days=366)
_PROBLEMS = {"missing_reason", "bad_notice_day", "bad_date", "unknown_indicator", "bad_locality"}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Half a year back, a year ahead, and the notes that stand."""
    today = timezone.localdate()
    found = due.planned(today - BACK, today + AHEAD, today)
    context = {
        "nav": "calendar",
        "today": today,
        "late": [(one, one.days_late(today)) for one in found if one.standing is due.Standing.LATE],
        "coming": [one for one in found if one.standing is due.Standing.DUE],
        "came": [one for one in reversed(found) if one.standing is due.Standing.CAME],
        "notices": [(one, queries.indicator(one.indicator)) for one in notices.shown(today)],
        "may_announce": rights.may_somewhere(actor_of(request), Permission.PUBLISH_FIGURES),
    }
    return render(request, "observatory/calendar.html", context)


@require_safe
def ical(request: HttpRequest) -> HttpResponse:
    """The same days for a calendar program."""
    today = timezone.localdate()
    found = due.events(due.planned(today - BACK, today + AHEAD, today), words.language())
    found += [
        due.Event(f"notice-{number}-{one.on}@kecho", one.on, _("Đính chính: %s") % name, one.text(words.language()))
        for number, one in enumerate(notices.shown(today))
        if one.kind == Notice.Kind.PLANNED and (name := queries.indicator(one.indicator).name(words.language()))
    ]
    content = due.ical(found, _("Lịch công bố số liệu"), datetime.now(UTC))
    return attachment(content, "text/calendar; charset=utf-8", "kecho.ics")


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH_FIGURES)
def announce(request: HttpRequest) -> HttpResponse:
    """The form that tells of a correction."""
    problems = []
    if request.method == "POST":
        try:
            _announce(request)
        except KechoError as refused:
            if refused.code.partition(".")[2] not in _PROBLEMS:
                raise
            problems.append(refused)
        else:
            messages.success(request, _("Đã thông báo."))
            return redirect("calendar")
    context = {
        "nav": "calendar",
        "problems": problems,
        "indicators": list(catalogue.indicators().values()),
        "localities": queries.localities_with_data() or ["VN"],
        "kinds": list(Notice.Kind),
        "typed": request.POST,
    }
    return render(request, "observatory/announce.html", context, status=400 if problems else 200)


def _announce(request: HttpRequest) -> None:
    posted = request.POST
    kind = params.choice(posted, "kind", list(Notice.Kind), Notice.Kind.PLANNED)
    notices.announce(
        actor_of(request),
        Notice.Kind(kind),
        posted.get("indicator", "")[:80],
        _day(posted.get("on", "")),
        text_vi=posted.get("text_vi", "")[:2000],
        text_en=posted.get("text_en", "")[:2000],
        locality=params.locality(posted, "VN"),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise KechoError("pages.bad_date", value=params.shown(text)) from None
