"""The examples in docstrings run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import kecho

ROOMS = ("kernel", "analytics", "people", "intake", "plan", "outlook", "publish", "observatory")


def _modules() -> list[str]:
    names = [f"kecho.{room}" for room in ROOMS]
    for room in list(names):
        package = importlib.import_module(room)
        names += [one.name for one in pkgutil.walk_packages(package.__path__, f"{room}.")]
    return sorted(name for name in names if ".migrations" not in name)


def test_rooms_are_found() -> None:
    assert kecho.__name__ == "kecho"
    assert "kecho.kernel.periods" in _modules()


@pytest.mark.parametrize("name", _modules())
def test_examples_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0
