"""A file over the API: handed in, read, given up; refused for other places and for tokens that only read."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kecho.people.actors import Role, Scope
from tests.people.signing import program_of

pytestmark = pytest.mark.django_db
JSON = "application/json"
HANOI = Scope.locality("VN-HN")
TIDY = (
    "indicator,locality,period,measure,value,unit,stage\n"
    "export_turnover,VN-HN,2026-01,level,1315.5,Triệu USD,estimate\n"
)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.HOME = tmp_path
    caches["default"].clear()


def hand_in(client: Client, locality: str = "VN-HN", name: str = "so-lieu.csv", text: str = TIDY) -> Any:
    return client.post("/api/v1/uploads", {"locality": locality, "file": SimpleUploadedFile(name, text.encode())})


def test_a_file_goes_in_and_to_the_public_by_different_people(transactional_db: None) -> None:
    """By the calls alone: handed in, read at once, confirmed, checked, approved, published."""
    officer = program_of(Role.OFFICER, HANOI)
    (made,) = hand_in(officer).json()
    assert (made["name"], made["locality"], made["state"]) == ("so-lieu.csv", "VN-HN", "ready"), made
    stored = send(officer, f"/uploads/{made['id']}/confirmation", reason="")
    assert stored["state"] == "stored"
    release, figure = stored["release"], "/api/v1/observations?indicator=export_turnover&locality=VN-HN"
    assert Client().get(figure).status_code == 404
    for role, deed in ((Role.STATISTICIAN, "check"), (Role.LEADER, "approve"), (Role.ADMINISTRATOR, "publish")):
        assert officer.post(f"/api/v1/releases/{release}/steps", {"deed": deed}, content_type=JSON).status_code == 403
        send(program_of(role), f"/releases/{release}/steps", deed=deed)
    assert [one["value"] for one in Client().get(figure).json()["items"]] == ["1315.5"]


def send(program: Client, path: str, **body: str) -> Any:
    response = program.post(f"/api/v1{path}", body, content_type=JSON)
    assert response.status_code == 200, response.content.decode()
    return response.json()


def test_a_file_is_seen_and_given_up() -> None:
    program = program_of(Role.OFFICER, HANOI)
    (made,) = hand_in(program).json()
    assert program.get("/api/v1/uploads").json()["count"] == 1
    assert send(program, f"/uploads/{made['id']}/cancellation")["state"] == "cancelled"
    again = program.post(f"/api/v1/uploads/{made['id']}/cancellation")
    assert again.json()["code"] == "uploads.just_changed"


def test_what_the_guard_refuses_is_said() -> None:
    (made,) = hand_in(program_of(Role.OFFICER, HANOI), name="virus.exe").json()
    assert made["state"] == "refused" and made["errors"][0]["code"] == "intake.unknown_extension"


def test_other_places_are_closed() -> None:
    response = hand_in(program_of(Role.OFFICER, HANOI), locality="VN-HP")
    assert (response.status_code, response.json()["code"]) == (403, "people.denied")
    (made,) = hand_in(program_of(Role.OFFICER, HANOI)).json()
    other = program_of(Role.OFFICER, Scope.locality("VN-HP"))
    assert other.get(f"/api/v1/uploads/{made['id']}").status_code == 404


def test_a_token_that_reads_hands_nothing_in() -> None:
    assert hand_in(program_of(Role.OFFICER, HANOI, reach="read")).json()["code"] == "api.read_only"
