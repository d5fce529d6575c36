"""The whole sample in the test database, loaded once for this folder and rolled back after it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from kecho.people.actors import command_line
from kecho.sample import load
from kecho.sample.load import Loaded


@pytest.fixture(scope="package")
def sample(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """Both places as ``make demo`` has them before its month is imported; what loading said was new.

    Tests are marked ``django_db``: what one writes is rolled back after it, the sample after the last.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield load.load(command_line())
        transaction.set_rollback(True)
