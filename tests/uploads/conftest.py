"""Uploads of tests lie in a folder of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from kecho.people.actors import Actor, Role, Scope
from tests.people.signing import client_of

HANOI = Scope.locality("VN-HN")
OFFICER = Actor("Cán bộ thử", Role.OFFICER, (HANOI,))


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    """``KECHO_HOME`` of one test."""
    settings.HOME = tmp_path / "home"
    return settings.HOME


@pytest.fixture
def officer(db: None) -> Client:
    """A browser in which an officer of Hà Nội sits."""
    return client_of(Role.OFFICER, HANOI)
