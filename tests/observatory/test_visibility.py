"""An unpublished or embargoed figure is nowhere for those who may not see it: every read, by every role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.observatory import approval, derive, queries, visibility
from kecho.observatory.models import Finding, Observation, Release
from kecho.observatory.queries import SeriesKey
from kecho.people import viewing
from kecho.people.actors import Actor, Role, command_line
from tests.observatory.makers import row
from tests.observatory.people import HEAD, LEADER, OFFICER, OTHER_PLACE, STATISTICIAN, actor, draft

pytestmark = pytest.mark.django_db
EXPORTS = SeriesKey("export_turnover")
FEBRUARY = Period.parse("2025-02")
SECRET = Decimal("987654.321")
SEES = {Role.UNIT_HEAD, Role.LEADER, Role.STATISTICIAN, Role.ADMINISTRATOR, Role.SYSTEM}


def attempt(read: Callable[[], object]) -> str:
    try:
        return str(read())
    except KechoError as refusal:
        return refusal.code


@pytest.fixture
def secret() -> int:
    """A draft beside a public figure of the month before; its number."""
    draft("100.5", "2025-01", command_line())
    return draft(str(SECRET), by=OFFICER).release.id


def reads(release: int) -> dict[str, Callable[[], object]]:
    number = Observation.everything.get(release_id=release).pk
    finding = Finding.everything.create(release_id=release, rule="unit_jump", severity="warning", facts={"now": "987"})
    of_release = Observation.objects.model
    return {
        "points": lambda: queries.points(EXPORTS),
        "points as of": lambda: queries.points(EXPORTS, as_of=timezone.localdate() + timedelta(days=900)),
        "recorded by": lambda: queries.points(EXPORTS, recorded_by=timezone.now()),
        "many points": lambda: queries.many_points([EXPORTS]),
        "vintages": lambda: queries.vintages(EXPORTS, FEBRUARY),
        "point": lambda: queries.point(number),
        "series": lambda: [(one.last.code, one.count) for one in queries.series_list()],
        "releases": lambda: [one.id for one in queries.releases()],
        "release": lambda: queries.release(release),
        "findings": lambda: [one.id for one in queries.findings() if one.id == finding.pk],
        "waiting": lambda: queries.open_findings_by_release().get(release),
        "derived": lambda: derive.monthly(EXPORTS),
        "growth": lambda: derive.growth_of(EXPORTS, FEBRUARY),
        "rows": lambda: list(of_release.objects.filter(release_id=release).values_list("value")),
        "related rows": lambda: list(Release.everything.get(pk=release).observations.values_list("value")),
    }


@pytest.mark.parametrize("role", list(Role))
def test_a_draft_is_nowhere_for_who_may_not_see_it(secret: int, role: Role) -> None:
    asked = reads(secret)
    with viewing.seen_by(actor("Người đọc", role)):
        seen = {name: attempt(read) for name, read in asked.items()}
    with viewing.seen_by(command_line()):
        whole = {name: attempt(read) for name, read in asked.items()}
    with viewing.seen_by(actor("Không ai", Role.PUBLIC)):
        public = {name: attempt(read) for name, read in asked.items()}
    assert seen == (whole if role in SEES else public)
    assert str(SECRET) not in str(public)
    assert all(whole[name] != public[name] for name in asked)


def test_without_anybody_said_the_public_reads(secret: int) -> None:
    assert FEBRUARY not in queries.points(EXPORTS)
    assert queries.points(EXPORTS)[Period.parse("2025-01")].release.is_public


@pytest.mark.parametrize(("who", "sees"), [(OFFICER, True), (OTHER_PLACE, False), (actor("Khác", Role.OFFICER), False)])
def test_the_drafter_sees_the_own_draft_and_nobody_of_another_place(secret: int, who: Actor, sees: bool) -> None:
    with viewing.seen_by(who):
        assert (FEBRUARY in queries.points(EXPORTS)) is sees
        assert all(not point.release.is_public for point in queries.vintages(EXPORTS, FEBRUARY))


def test_a_draft_of_two_places_needs_the_right_for_both() -> None:
    from kecho.observatory import actions
    from kecho.people.actors import Scope
    from tests.observatory.makers import reading

    both = Actor("Cục", Role.OFFICER, (Scope.everywhere(),))
    hanoi = actor("Hà Nội", Role.STATISTICIAN, "VN-HN")
    rows = row("1", locality="VN-HN"), row("2", locality="VN-SG", cell="D10")
    made = actions.import_reading(reading("2025-02", *rows), both).release.id
    assert made in visibility.hidden_ids(hanoi)
    assert made not in visibility.hidden_ids(STATISTICIAN)


def test_an_embargo_ends_by_itself(secret: int, monkeypatch: pytest.MonkeyPatch) -> None:
    approval.check(secret, STATISTICIAN)
    approval.approve(secret, HEAD)
    hour = timezone.now() + timedelta(hours=3)
    approval.publish(secret, LEADER, public_from=hour)

    def at(moment: datetime) -> bool:
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return FEBRUARY in queries.points(EXPORTS)

    assert [at(hour - timedelta(seconds=1)), at(hour), at(hour + timedelta(days=1))] == [False, True, True]
    point = queries.points(EXPORTS)[FEBRUARY]
    assert (point.value, point.release.published_on) == (SECRET, timezone.localdate(hour))
    assert FEBRUARY not in queries.points(EXPORTS, as_of=timezone.localdate(hour) - timedelta(days=1))


def test_the_state_of_the_figures_differs_between_readers_and_after_each_step(secret: int) -> None:
    def state(who: Actor) -> str:
        with viewing.seen_by(who):
            return visibility.state()

    before = {state(viewing.PUBLIC), state(OFFICER)}
    assert len(before) == 2
    assert state(OFFICER) == state(STATISTICIAN)
    approval.check(secret, STATISTICIAN)
    assert not before & {state(viewing.PUBLIC), state(OFFICER)}


def test_what_is_checked_against_a_draft_is_not_told(secret: int) -> None:
    """A later public file is weighed against public figures alone: its findings name no draft's."""
    told = draft("0.5", "2026-02", command_line()).findings
    assert [one.rule for one in told if one.rule == "unit_jump"] == []
