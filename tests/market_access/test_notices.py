"""Changes derived from schedules by date, and the stages of a barrier."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from kecho.kernel.errors import KechoError
from kecho.market_access.barriers import move, report
from kecho.market_access.models import Barrier
from kecho.market_access.notices import notices
from kecho.people.actors import Actor, Role, Scope

pytestmark = pytest.mark.django_db


def test_steps_of_a_staged_duty(sample: None) -> None:
    found = notices("EU", "69111000", date(2022, 6, 1), date(2024, 6, 1))
    assert [(one.on, one.agreement, one.before, one.after) for one in found] == [
        (date(2023, 1, 1), "EVFTA", Fraction(6), Fraction(4)),
        (date(2024, 1, 1), "EVFTA", Fraction(4), Fraction(2)),
    ]
    assert found[0].text("en") == "EVFTA: the duty on 69111000 falls from 6 % to 4 %."


def test_a_schedule_that_ends_is_told(sample: None) -> None:
    found = notices("JP", "030617", date(2026, 3, 1), date(2027, 6, 1))
    assert [(one.on, one.kind) for one in found] == [(date(2027, 1, 1), "schedule_ends")]


def test_a_market_without_data_has_no_no_change(sample: None) -> None:
    with pytest.raises(KechoError) as caught:
        notices("US", "690721", date(2026, 1, 1), date(2027, 1, 1))
    assert caught.value.code == "market_access.market_without_data"


GOOD = {
    "market": "EU",
    "hs": "6911",
    "kind": "tbt",
    "title": "T",
    "source": "S",
    "since": date(2026, 1, 1),
    "note": "N",
}


@pytest.mark.parametrize(
    "change", [{"title": ""}, {"source": " "}, {"note": ""}, {"kind": "other_kind"}, {"hs": "69x"}]
)
def test_a_barrier_says_what_it_is(officer: Actor, change: dict[str, str]) -> None:
    with pytest.raises(KechoError) as caught:
        report(officer, **{**GOOD, **change})  # type: ignore[arg-type]
    assert caught.value.code == "market_access.bad_barrier"


def test_a_barrier_moves_only_along_its_stages(officer: Actor) -> None:
    made = report(officer, **GOOD)  # type: ignore[arg-type]
    with pytest.raises(KechoError) as caught:
        move(made, "resolved", date(2026, 2, 1), "note", officer)
    assert caught.value.code == "market_access.bad_stage"
    for stage in ("assessed", "raised", "resolved"):
        move(made, stage, date(2026, 2, 1), "note", officer)
    assert Barrier.objects.get().stage == "resolved"
    assert [one.stage for one in made.events.all()] == ["reported", "assessed", "raised", "resolved"]
    with pytest.raises(KechoError):
        move(made, "raised", date(2025, 1, 1), "before the last", officer)


def test_the_public_records_no_barrier() -> None:
    with pytest.raises(KechoError) as caught:
        report(Actor("x", Role.PUBLIC, (Scope.everywhere(),)), **GOOD)  # type: ignore[arg-type]
    assert caught.value.code == "people.denied"
