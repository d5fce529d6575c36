"""Balances of tariff-rate quotas: events recorded by officers. Every event here is fictional."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, connections

from kecho.kernel.errors import KechoError
from kecho.market_access import output, quota_use
from kecho.market_access.answering import answers, asked
from kecho.market_access.models import QuotaUse
from kecho.market_access.offers import Line, ScheduleFact, Source
from kecho.people.actors import Actor, Role, Scope
from kecho.people.models import AuditEvent
from tests.market_access.test_commands import run
from tests.people.signing import client_of

DAY = date(2022, 6, 1)
GARLIC = "evfta-garlic"


def use(officer: Actor, tonnes: str, document: str = "GP 1", code: str = GARLIC, on: date = DAY, year: int = 0) -> None:
    quota_use.record(code, on, Decimal(tonnes), document, officer, year=year)


@pytest.mark.django_db
def test_what_is_used_and_left(officer: Actor) -> None:
    use(officer, "150.5")
    use(officer, "100", "GP 2")
    use(officer, "-0.5", "Đính chính GP 1")
    use(officer, "7", "GP 1", on=date(2023, 1, 5), year=2023)
    one = quota_use.standing("EU", "07032000", DAY)[0]
    assert (one.volume, one.used, one.left, one.events) == (400, 250, 150, 3)
    assert quota_use.standing("EU", "07032000", date(2023, 6, 1))[0].left == 393
    assert quota_use.standing("EU", "64039111", DAY) == []
    assert AuditEvent.objects.filter(action="market_access.record_quota_use").count() == 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tonnes", "document", "code", "year", "refusal"),
    [
        ("300", "GP 2", GARLIC, 0, "quota_exceeded"),
        ("-102", "GP 2", GARLIC, 0, "quota_exceeded"),
        ("1", "GP 1", GARLIC, 0, "quota_document_twice"),
        ("0", "GP 2", GARLIC, 0, "bad_quota_use"),
        ("0.0001", "GP 2", GARLIC, 0, "bad_quota_use"),
        ("1", " ", GARLIC, 0, "bad_quota_use"),
        ("1", "GP 2", GARLIC, 2030, "bad_quota_use"),
        ("1", "GP 2", "evfta-gold", 0, "unknown_quota"),
    ],
)
def test_refusals(officer: Actor, tonnes: str, document: str, code: str, year: int, refusal: str) -> None:
    use(officer, "100.001")
    use(officer, "0.999", "GP 0")
    with pytest.raises(KechoError) as caught:
        use(officer, tonnes, document, code, year=year)
    assert caught.value.code == f"market_access.{refusal}"
    assert QuotaUse.objects.count() == 2


@pytest.mark.django_db
def test_the_public_records_no_use() -> None:
    with pytest.raises(KechoError) as caught:
        use(Actor("x", Role.PUBLIC, (Scope.everywhere(),)), "1")
    assert caught.value.code == "people.denied"


@pytest.fixture
def garlic(monkeypatch: pytest.MonkeyPatch, db: object) -> None:
    """A line of the market under the quota; its rates are fictional."""
    from kecho.market_access import answering
    from kecho.market_access.layouts import layout

    own = layout("eu-evfta")
    fact = ScheduleFact(own, own.source, False, True, own.hs_edition, own.valid_from, own.valid_to, None)
    cells = {"base_rate_pct": "9.6", "category": "B5"}
    line = Line("EU", "07032000", "", "Tỏi", "Garlic", "", "", (Source(fact, cells),))
    monkeypatch.setattr(answering.queries, "lines", lambda market, code, on: (line,))


WORDS = {"code": "07032000", "to": "EU", "on": "2022-06-01", "value": "10000"}


def test_the_answer_tells_the_balance_and_the_rate_beyond(garlic: None, officer: Actor) -> None:
    first = answers(asked(WORDS, DAY))[0]
    assert "chưa ghi nhận lượng đã dùng" in first.quotas[0].text("vi")
    assert output.as_dict(first)["quotas"][0]["left_tonnes"] is None  # never a confident balance
    use(officer, "150")
    told = answers(asked(WORDS, DAY))[0].quotas[0].text("en")
    assert told.startswith("Quota EVFTA, Garlic, 2022: 400 tonnes; 150 used, 250 tonnes left by the record;")
    assert told.endswith("; when exhausted: EVFTA 4.8 %.")


def test_a_licence_helps_no_more_when_the_quota_is_exhausted(garlic: None, officer: Actor) -> None:
    claimed = {**WORDS, "quota": "1"}
    use(officer, "399.999")
    assert "quota_exhausted" not in {one.key for one in answers(asked(claimed, DAY))[0].ranked[0].offer.remarks}
    use(officer, "0.001", "GP 2")
    assert "quota_exhausted" in {one.key for one in answers(asked(claimed, DAY))[0].ranked[0].offer.remarks}


@pytest.mark.django_db
def test_quotas_over_the_command_line(officer: Actor) -> None:
    assert run("quotas", "--year", "2022").count("chưa ghi nhận") == 14
    said = run("quotas", GARLIC, "--tonnes", "12,5", "--on", "2022-06-01", "--document", "GP 9", "--lang", "en")
    assert "12.5 used, 387.5 tonnes left" in said
    with pytest.raises(KechoError):
        run("quotas", GARLIC, "--tonnes", "many", "--document", "GP 10")


@pytest.mark.django_db
def test_quotas_on_the_page() -> None:
    client = client_of(Role.OFFICER)
    assert "Chưa ghi lần dùng nào" in client.get("/thue-quan/han-ngach/").content.decode()
    form = {"quota": GARLIC, "on": "2022-06-01", "tonnes": "12,5", "document": "GP 9", "of_year": ""}
    assert client.post("/thue-quan/han-ngach/", form)["Location"].endswith("/thue-quan/han-ngach/?year=2022")
    page = client.get("/thue-quan/han-ngach/?year=2022").content.decode()
    assert "12,500" in page and "387,500" in page and "GP 9" in page
    assert client.post("/thue-quan/han-ngach/", form).status_code == 400  # the same document
    rows = client.get("/thue-quan/han-ngach/2022/json/").json()
    assert "387.5" in str(rows) and "evfta-garlic" in str(rows)
    assert "Uses recorded" in client.get("/en/duty/quotas/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_officers_at_once_lose_nothing(officer: Actor) -> None:
    """Forty events of 10.001 tonnes by eight officers: 39 fit into 400 tonnes, whoever comes first."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite of the tests has one connection; test_postgres.py runs this on PostgreSQL")

    def one(number: int) -> str:
        try:
            use(officer, "10.001", f"GP {number}")
        except KechoError as reason:
            return reason.code
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(8) as pool:
        refused = [code for code in pool.map(one, range(40)) if code]
    balance = quota_use.standing("EU", "07032000", DAY)[0]
    assert refused == ["market_access.quota_exceeded"]
    assert (balance.events, balance.used) == (39, Decimal("390.039"))
