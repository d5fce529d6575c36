"""The methods are pure, so tests over the same figures share one answer: most of the time of this room's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kecho.outlook import making, storing
from kecho.outlook.making import Made

_ANSWERS: dict[str, dict[str, Made]] = {}


@pytest.fixture(autouse=True)
def computed_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def make_family(members: dict, sums: tuple) -> dict[str, Made]:
        name = repr((members, sums))
        if name not in _ANSWERS:
            _ANSWERS[name] = making.make_family(members, sums)
        return _ANSWERS[name]

    monkeypatch.setattr(storing, "make_family", make_family)
    yield
