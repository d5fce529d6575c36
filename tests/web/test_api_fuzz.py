"""Whatever is sent, well or badly formed, the API answers in JSON and never with a defect. Bounded and repeatable."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from django.core.cache import caches
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from schemathesis import GenerationMode

from kecho.people.actors import Role
from kecho.web.api import api
from tests.people.signing import program_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EXAMPLES = 30
DOCUMENT = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))
OPERATIONS = {operation.ok().label: operation.ok() for operation in DOCUMENT.get_all_operations()}


def send(client: Client, case: Any) -> Any:
    """The generated call over Django's own client."""
    query = urlencode(dict(case.query or {}), doseq=True)
    is_json = case.media_type == "application/json" and isinstance(case.body, dict | list)
    sent = {"data": case.body, "content_type": "application/json"} if is_json else {}
    try:
        address = f"{case.formatted_path}?{query}"
        return client.generic(case.method, address) if not sent else client.post(address, **sent)
    except UnicodeError:  # half of a surrogate pair cannot travel at all
        return None


@pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["well formed", "badly formed"]
)
@pytest.mark.parametrize("label", OPERATIONS)
def test_no_call_ends_in_a_defect(world: None, label: str, mode: GenerationMode, settings: Any) -> None:
    settings.API_CALLS = settings.API_CALLS_WITH_TOKEN = 10**9
    caches["default"].clear()
    client = program_of(Role.ADMINISTRATOR)
    client.raise_request_exception = False
    statuses: set[int] = set()
    try:
        strategy = OPERATIONS[label].as_strategy(mode)
        strategy.validate()
    except schemathesis.errors.SchemathesisError:
        pytest.skip("this call takes nothing that could be badly formed")

    @bounds(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=strategy)
    def walk(case: Any) -> None:
        response = send(client, case)
        if response is not None:
            statuses.add(response.status_code)
            assert response.status_code < 500, (case.method, case.formatted_path, case.query, response.content)
            assert response.headers["Content-Type"].partition(";")[0] in (
                "application/json",
                "application/problem+json",
            )

    walk()
    assert statuses
