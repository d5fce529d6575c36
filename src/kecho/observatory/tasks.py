"""What figures ask of people: take a delivery one step further, mend one that came back, settle findings."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kecho.observatory import queries, visibility
from kecho.observatory.approval import MOVES
from kecho.observatory.review_models import DOERS, ReleaseStep, Settlement
from kecho.observatory.visibility import identity
from kecho.pages.tasks import Kind, Task
from kecho.people import rights
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission

State = ReleaseStep.State
NEXT = {
    State.DRAFT: gettext_lazy("Kiểm tra số liệu: %s"),
    State.CHECKED: gettext_lazy("Duyệt số liệu: %s"),
    State.APPROVED: gettext_lazy("Công bố số liệu: %s"),
}


def of(actor: Actor) -> Iterator[Task]:
    """Deliveries that wait for the actor's step, the actor's own that were returned, findings still open."""
    if not actor.is_signed_in:
        return
    known = {info.id: info for info in queries.releases()}
    steps = visibility.last_steps(known)
    for number, last in steps.items():
        yield from _step(actor, last, known[number].shown_name)
    yield from _sent_back([number for number, last in steps.items() if last.drafter == identity(actor)])
    if rights.may_somewhere(actor, Permission.SETTLE_FINDINGS):
        for number, count in queries.open_findings_by_release().items():
            if number in known:
                text = ngettext("%(n)s phát hiện cần xử lý", "%(n)s phát hiện cần xử lý", count) % {"n": count}
                yield Task(Kind.SETTLE, f"{known[number].shown_name}: {text}", reverse("release", args=[number]))


def _step(actor: Actor, last: ReleaseStep, name: str) -> Iterator[Task]:
    """At most one task for one delivery."""
    address = reverse("release", args=[last.release_id])
    if last.state == State.RETURNED:
        if last.drafter == identity(actor):
            yield Task(Kind.DRAFT, _("Sửa và trình lại: %s") % name, address, note=last.reason)
        return
    move = next((one for one in MOVES.values() if one.before == last.state), None)
    if move is None or any(getattr(last, who) == identity(actor) for who in DOERS):
        return
    places = [Scope.locality(code) for code in last.localities]
    if places and all(rights.may(actor, move.permission, place) for place in places):
        yield Task(Kind.SIGN, str(NEXT[State(last.state)]) % name, address)


def _sent_back(own: list[int]) -> Iterator[Task]:
    """What the deliverer of files is asked about them."""
    asked = Settlement.objects.filter(kind=Settlement.Kind.SENT_BACK, finding__release_id__in=own)
    for number in asked.values_list("finding__release_id", flat=True).distinct():
        for found in queries.findings(release=number):
            if found.state == "sent_back" and found.settled is not None:
                title = _("Trả lời về số liệu: %s") % found.release.shown_name
                yield Task(Kind.DO, title, reverse("release", args=[number]), note=found.settled.reason)
