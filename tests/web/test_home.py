"""The home page of each reader: tasks and what moved for who signs in, published figures for all."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone, translation

from kecho.pages import tasks
from kecho.pages.tasks import Kind, Task
from kecho.people.actors import Role
from kecho.web import counts, home_view
from kecho.web.caching import remembered
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db


def text(client: Client, path: str = "/") -> str:
    html = re.sub(r"<[^>]+>", " ", client.get(path).content.decode())
    return " ".join(html.replace("&nbsp;", " ").split())


@pytest.fixture
def waiting(world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """One task of each sort for everybody who is signed in."""
    today = timezone.localdate()
    found = [
        Task(Kind.SIGN, "Duyệt kế hoạch 2026", "/x/", today + timedelta(days=30)),
        Task(Kind.SETTLE, "Phát hiện ở T5/2024", "/y/", today - timedelta(days=1), note="Sai số làm tròn?"),
        Task(Kind.DRAFT, "Dự thảo báo cáo T5/2024", "/z/"),
    ]
    monkeypatch.setattr(tasks, "_sources", {"test": lambda actor: found if actor.is_signed_in else []})


def test_the_public_sees_what_was_published(visitor: Client) -> None:
    seen = text(visitor)
    assert "Số liệu mới nhất" in seen and "Mới công bố" in seen and "Sắp công bố" in seen
    assert "Việc của tôi" not in seen and "2024-05b.xlsx" in seen and "Báo cáo tháng 5/2024" in seen


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICER])
def test_who_signs_in_sees_what_waits(waiting: None, role: Role) -> None:
    seen = text(client_of(role))
    assert seen.index("Duyệt kế hoạch 2026") < seen.index("Phát hiện ở T5/2024") < seen.index("Dự thảo báo cáo T5/2024")
    assert "quá hạn" in seen and "Sai số làm tròn?" in seen
    assert "thay đổi với số liệu mới nhất" in seen


def test_without_tasks_the_page_says_so(world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "_sources", {})
    assert "Không có việc nào đang chờ" in text(client_of(Role.OFFICER))
    assert "Nothing waits for approval" in text(client_of(Role.LEADER), "/en/")


def test_what_the_newest_figures_moved(world: None) -> None:
    """May's files moved the exports of 2024 on from where April's left them."""
    with translation.override("vi"):
        found = home_view.standing("VN", 2024, with_moves=True)
    assert found is not None and found.since == date(2024, 6, 5)
    moved = {one.row.target.spec.indicator: one for one in found.moved}
    assert re.fullmatch(r"từ [\d,]+% lên [\d,]+% kế hoạch", moved["export_turnover"].text)


@pytest.mark.parametrize("query", ["locality=VN&year=2024", "as_of=2024-04-10"])
def test_old_addresses_of_the_board_lead_to_it(visitor: Client, query: str) -> None:
    response = visitor.get(f"/?{query}")
    assert (response.status_code, response.headers["Location"]) == (302, f"/bang-ke-hoach/?{query}")


def test_the_calendar_looks_ahead() -> None:
    found = home_view.coming(date(2026, 11, 28))
    assert [one.day for one in found] == sorted(one.day for one in found) and found[0].day >= date(2026, 11, 28)
    assert found[0].month.code == "2026-11"


def test_what_was_worked_out_is_kept_until_the_data_change(world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    caches["pages"].clear()
    worked_out: list[str] = []

    def slow(place: str) -> str:
        worked_out.append(place)
        return place.lower()

    assert [remembered(slow, "VN"), remembered(slow, "VN"), remembered(slow, "VN-HN")] == ["vn", "vn", "vn-hn"]
    assert worked_out == ["VN", "VN-HN"]
    with translation.override("en"):
        remembered(slow, "VN")
    monkeypatch.setattr(counts, "state_of_data", lambda: "another")
    remembered(slow, "VN")
    assert worked_out == ["VN", "VN-HN", "VN", "VN"]
