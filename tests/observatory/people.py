"""People who take the steps of a release, and drafts for them."""

from __future__ import annotations

from kecho.observatory import actions
from kecho.observatory.actions import ImportResult
from kecho.people.actors import Actor, Role, Scope
from tests.observatory.makers import reading, row


def actor(name: str, role: Role, place: str = "VN") -> Actor:
    return Actor(name, role, (Scope.locality(place),))


OFFICER = actor("Cán bộ", Role.OFFICER)
STATISTICIAN = actor("Thống kê viên", Role.STATISTICIAN)
HEAD = actor("Trưởng phòng", Role.UNIT_HEAD)
LEADER = actor("Lãnh đạo", Role.LEADER)
OTHER_PLACE = actor("Thống kê tỉnh khác", Role.STATISTICIAN, "VN-SG")
READER = actor("Bộ", Role.MINISTRY_READER)


def draft(value: str = "123456.5", month: str = "2025-02", by: Actor = OFFICER, **given: str) -> ImportResult:
    """One figure of exports, delivered by an officer: it waits for approval."""
    return actions.import_reading(reading(month, row(value, period=month, **given)), by)
