"""The front page: headline figures, how the plan stands and what moved, what was published and what comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.observatory import queries, release_calendar
from kecho.pages import words
from kecho.people.actors import Actor, ScopeKind
from kecho.plan import queries as plans
from kecho.plan.assessment import Assessment, Status
from kecho.plan.queries import Board, BoardRow
from kecho.web import board_view
from kecho.web.board_view import Section
from kecho.web.overview import Entry, overview

HEADLINES = 6
COMING = 3


@dataclass(frozen=True, slots=True)
class Moved:
    """A target whose standing changed with the newest figures; ``before`` and ``now`` are statuses."""

    row: BoardRow
    before: Status
    now: Status
    text: str

    @property
    def has_new_status(self) -> bool:
        """Whether the status itself changed."""
        return self.before is not self.now


@dataclass(frozen=True, slots=True)
class Standing:
    """How the plan of a place stands, and what the newest figures moved since the day before they came."""

    board: Board
    sections: list[Section]
    moved: list[Moved]
    since: date | None


@dataclass(frozen=True, slots=True)
class Coming:
    """A day on which figures of a month are due by a source's calendar."""

    day: date
    month: Period
    rule: release_calendar.ReleaseRule


def usual_place(actor: Actor, places: Sequence[str]) -> str:
    """The place this site is set to; else the first place of the actor's scopes that has figures; else the first."""
    if settings.LOCALITY:
        return str(settings.LOCALITY)
    own = (one.scope.code for one in actor.held() if one.scope.kind is ScopeKind.LOCALITY)
    return next((code for code in own if code in places), places[0] if places else "VN")


def headlines(place: str) -> list[Entry]:
    """The first indicators of the catalogue that have figures."""
    return [entry for entry in overview(place, None) if entry.latest][:HEADLINES]


def standing(place: str, year: int, *, with_moves: bool) -> Standing | None:
    """The board of the place; None where it has no plan."""
    try:
        board = plans.board(place, year)
    except KechoError:
        return None
    sections = board_view.sections(board, None)
    newest = max((t.release.published_on for s in sections for t in s.tiles if t.release), default=None)
    moved, since = [], None
    if with_moves and newest:
        since = newest - timedelta(days=1)
        moved = _moved(board, since)
    return Standing(board, sections, moved, since)


def _moved(now: Board, since: date) -> list[Moved]:
    """Targets that stand differently than on the day before; those whose status changed come first."""
    try:
        earlier = {row.target.spec.code: row.assessment for row in plans.board(now.locality, now.year, since).rows}
    except KechoError:
        return []
    found = [
        Moved(row, before.status, row.assessment.status, text)
        for row in now.rows
        if (before := earlier.get(row.target.spec.code)) and (text := _move_text(before, row.assessment))
    ]
    return sorted(found, key=lambda one: not one.has_new_status)


def _move_text(before: Assessment, now: Assessment) -> str:
    """From what to what, in percent of the plan or in growth; empty where nothing moved."""
    if before.percent_of_plan is not None and now.percent_of_plan is not None:
        pair, text = (before.percent_of_plan, now.percent_of_plan), _("từ %(a)s%% lên %(b)s%% kế hoạch")
        if pair[0] > pair[1]:
            text = _("từ %(a)s%% xuống %(b)s%% kế hoạch")
    elif before.growth_pct is not None and now.growth_pct is not None:
        pair, text = (before.growth_pct, now.growth_pct), _("so với cùng kỳ: từ %(a)s%% thành %(b)s%%")
    else:
        return "" if before.status is now.status else _("có số liệu mới")
    shown = [words.number(value, 1) for value in pair]
    if shown[0] == shown[1] and before.status is now.status:
        return ""
    return text % {"a": shown[0], "b": shown[1]}


def coming(today: date) -> list[Coming]:
    """The next days on which a source's calendar promises figures."""
    found = []
    this_month = Period.of_month(today.year, today.month)
    for source in dict.fromkeys(rule.source for rule in release_calendar.rules()):
        for shift in range(-2, COMING + 2):
            month = this_month.shift(months=shift)
            due = release_calendar.scheduled(source, month)
            if due and due[0] >= today:
                rule = next(one for one in release_calendar.rules() if one.id == due[1])
                found.append(Coming(due[0], month, rule))
    return sorted(found, key=lambda one: one.day)[:COMING]


def newest_releases(how_many: int = 5) -> list[queries.ReleaseInfo]:
    """What was published last."""
    return queries.releases()[:how_many]
