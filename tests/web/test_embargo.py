"""An embargoed figure asked for by each role over each route: pages, downloads, files, search, API, kept copies.

The figure is a number that occurs nowhere else; it is looked for in every answer as each language and format writes it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.observatory import actions, approval
from kecho.observatory.models import Observation
from kecho.people import viewing
from kecho.people.actors import Role
from kecho.people.models.accounts import GIVEN_ROLES
from kecho.publish import actions as reports
from tests.observatory.makers import reading, row
from tests.observatory.people import HEAD, LEADER, OFFICER, STATISTICIAN, actor
from tests.people.signing import client_of
from tests.web import small
from tests.web.pages import NOT_HTML, PAGES, address

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MONTH = Period(small.LAST.start + 1, small.LAST.end + 1)
SECRET = "38475.6"
FILE = "mat-truoc-gio.xlsx"
AS_WRITTEN = re.compile(r"(?<![\d.,])38[.,\s\u00a0]?(475[.,]6|476(?!\d))|mat-truoc-gio")
SEES = {Role.UNIT_HEAD, Role.LEADER, Role.STATISTICIAN, Role.ADMINISTRATOR}


@pytest.fixture
def hour(world: None, db: None) -> Iterator[tuple[int, object]]:
    """A release of the next month, published from three hours ahead on: its number and that hour."""
    rows = (
        row(SECRET, period=MONTH.code, file=FILE),
        row(SECRET, period=MONTH.code, file=FILE, indicator="import_turnover", cell="D10"),
        row("-38475.6", period=MONTH.code, file=FILE, indicator="import_turnover", label="Sữa", cell="D11"),
    )
    number = actions.import_reading(reading(MONTH.code, *rows, name=FILE), OFFICER).release.id
    approval.check(number, STATISTICIAN)
    approval.approve(number, HEAD)
    moment = timezone.now() + timedelta(hours=3)
    approval.publish(number, LEADER, public_from=moment)
    yield number, moment
    for cache in ("default", "pages"):
        caches[cache].clear()


def addresses(number: int) -> list[str]:
    """Every public address that shows figures, and those that ask for the secret by name or number."""
    figure = Observation.everything.filter(release_id=number).order_by("id").first()
    assert figure is not None
    known = [address(name, lang) for name in PAGES for lang in ("vi", "en") if lang == "vi" or name not in NOT_HTML]
    exports = "indicator=export_turnover"
    return [
        *known,
        "/chi-tieu/export_turnover/?kind=month&as_of=2027-12-31",
        *(f"/chi-tieu/export_turnover/tai-ve/{form}/?kind=month" for form in ("xlsx", "csv-vn", "csv", "json")),
        "/chi-tieu/export_turnover/tai-ve/sdmx-csv/",
        "/chi-tieu/goods_cover/",
        "/chi-tieu/goods_turnover/tai-ve/csv/",
        f"/so-lieu/{figure.pk}/",
        f"/nguon/{number}/",
        "/kiem-tra/?severity=warning",
        f"/bao-cao/{MONTH.code}/?locality=VN",
        f"/bao-cao/{MONTH.code}/tai-ve/docx/?locality=VN",
        f"/so-sanh-phien-ban/?{exports}&since=2024-05-06&until=2027-12-31",
        f"/so-sanh-phien-ban/tai-ve/csv/?{exports}&since=2024-05-06&until=2027-12-31",
        f"/so-sanh-phien-ban/?first=1&second={number}",
        "/tim/?q=mat+truoc+gio",
        "/tim/goi-y/?q=mat+truoc",
        f"/api/v1/observations?{exports}",
        f"/api/v1/observations?{exports}&as_of=2027-12-31",
        f"/api/v1/observations/{figure.pk}/vintages",
        "/api/v1/releases",
        f"/api/v1/releases/{number}",
        "/api/v1/findings",
        f"/api/v1/series?{exports}",
        f"/api/v1/reports/{MONTH.code}?locality=VN",
    ]


def told(client: Client, url: str) -> str:
    """Whatever an answer says: its headers and its content, unpacked where it is packed. Pages that fail are named."""
    response = client.get(url)
    assert response.status_code < 500, url
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"\n".join(packed.read(name) for name in packed.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return headers.replace(url, "") + content.decode("utf-8", "replace").replace("mat+truoc", "")


def leaks(client: Client, urls: list[str]) -> list[str]:
    return [url for url in urls if AS_WRITTEN.search(told(client, url))]


@pytest.mark.parametrize("role", [Role.PUBLIC, *GIVEN_ROLES])
def test_an_embargoed_figure_is_shown_to_those_alone_who_may_see_it(hour: tuple[int, object], role: Role) -> None:
    found = leaks(client_of(role), addresses(hour[0]))
    if role in SEES:
        assert len(found) >= 15, found
    else:
        assert found == []


def test_its_hour_opens_it_to_all_also_where_a_page_was_kept(
    hour: tuple[int, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    urls, public = addresses(hour[0]), client_of(Role.PUBLIC)
    assert leaks(public, urls) == []
    monkeypatch.setattr(timezone, "now", lambda: hour[1])
    found = leaks(public, urls)
    assert len(found) >= 15, found
    assert "/chi-tieu/export_turnover/tai-ve/csv/?kind=month" in found


def test_those_who_see_it_are_told(hour: tuple[int, object]) -> None:
    page = client_of(Role.LEADER).get("/chi-tieu/export_turnover/?kind=month").content.decode()
    assert 'class="unpublished' in page
    assert "Chưa công bố" in page
    assert 'class="unpublished' not in client_of(Role.OFFICER).get("/").content.decode()


def test_what_they_take_away_says_so_too(hour: tuple[int, object]) -> None:
    leader = client_of(Role.LEADER)
    file = leader.get("/chi-tieu/export_turnover/tai-ve/csv/?kind=month")
    assert "chua-cong-bo" in file.headers["Content-Disposition"]
    marked = [line for line in file.content.decode().splitlines() if "CHƯA CÔNG BỐ" in line]
    assert len(marked) == 1
    assert SECRET in marked[0]
    assert "chưa công bố" in leader.get(f"/bao-cao/{MONTH.code}/?locality=VN").content.decode()
    public = client_of(Role.PUBLIC).get("/chi-tieu/export_turnover/tai-ve/csv/?kind=month")
    assert "chua-cong-bo" not in public.headers["Content-Disposition"]


def test_a_kept_draft_of_the_report_is_for_those_alone_who_may_see_its_figures(hour: tuple[int, object]) -> None:
    with viewing.seen_by(HEAD):
        number = reports.start_draft("VN", MONTH, "vi", HEAD)
    page = f"/bao-cao/du-thao/{number}/"
    assert AS_WRITTEN.search(told(client_of(Role.LEADER), page))
    assert client_of(Role.OFFICER).get(page).status_code == 404
    with pytest.raises(KechoError, match="unknown_draft"):
        reports.refresh_draft(number, actor("Cán bộ khác", Role.OFFICER))


def test_who_took_the_steps_is_not_told_to_the_public(
    hour: tuple[int, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: hour[1])
    page = client_of(Role.PUBLIC).get(f"/nguon/{hour[0]}/").content.decode()
    assert "Trưởng phòng" not in page
    assert "Trưởng phòng" in client_of(Role.LEADER).get(f"/nguon/{hour[0]}/").content.decode()
