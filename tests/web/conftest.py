"""A small database behind all page tests, loaded once and emptied after the last of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test import Client

from tests.web import small


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The data of ``small``; tests that ask for it are marked ``django_db``."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        small.load()
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def visitor(world: None, db: None) -> Client:
    """Somebody who looks at pages over the small database."""
    return Client()
