"""Certificates of origin from a file. Every certificate here is fictional."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from kecho.kernel.errors import KechoError
from kecho.market_access.models import UtilisationStudy
from kecho.market_access.utilisation import CERTIFICATE_DIMENSIONS, read_certificates
from kecho.market_access.utilisation.study import store_certificates
from kecho.people.actors import Actor, Role, Scope
from tests.market_access.test_commands import run
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
HEAD = "number,date,agreement,hs,market,value,currency"
ROWS = [
    "C1,2025-03-01,EVFTA,640391,Đức,300,USD",
    "C1,2025-03-01,EVFTA,640399,DE,100,USD",  # the same certificate, other goods
    "C2,2025-04-01,CPTPP,640391,JP,200,USD",
    "C3,2025-05-01,VJEPA,030617,JP,50.5,USD",
]
EXPORTS = ["FR,640391,1000,USD", "JP,640391,400,USD", "JP,030617,100,USD", "US,640391,500,USD"]


def write(folder: Path, rows: list[str], exports: list[str]) -> tuple[Path, Path]:
    one, other = folder / "co.csv", folder / "exports.csv"
    one.write_text("\n".join([HEAD, *rows]), "utf-8")
    other.write_text("\n".join(["market,hs,value,currency", *exports]), "utf-8")
    return one, other


def test_rates_and_totals(tmp_path: Path, officer: Actor) -> None:
    found, refused = store_certificates(
        *write(tmp_path, [*ROWS, "C9,2025-01-01,EVFTA,6403,DE,7,USD"], EXPORTS), officer
    )
    assert (found["whole"]["count"], found["whole"]["value"], found["whole"]["rate"]) == (4, "650.5", "32.52")
    rates = {name: {row["key"]: row["rate"] for row in found["by"][name]} for name in CERTIFICATE_DIMENSIONS}
    assert rates["market"] == {"EU": "40.00", "JP": "50.10", "US": "0.00"}
    assert (rates["agreement"]["EVFTA"], rates["agreement"]["CPTPP"], rates["agreement"]["VJEPA"]) == (
        "40.00",
        "40.00",
        "10.10",
    )
    assert rates["chapter"] == {"64": "31.58", "03": "50.50"}
    for rows in found["by"].values():  # each dimension adds up to the whole
        assert sum(Decimal(row["value"]) for row in rows) == Decimal("650.5")
        assert sum(row["count"] for row in rows) == 4
    assert found["refused"] == {"count": 1, "value": "7"} and len(refused) == 1  # with those counted: all five rows
    assert UtilisationStudy.objects.get().line_count == 4


def test_without_exports_no_rate(tmp_path: Path) -> None:
    file, _ = write(tmp_path, ROWS, [])
    told = json.loads(run("utilisation", "--certificates", str(file), "--format", "json"))
    assert told["whole"]["rate"] is None and {row["rate"] for row in told["by"]["market"]} == {None}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",2025-03-01,EVFTA,640391,DE,300,USD", "number"),
        ("C1,2025-03-02,EVFTA,640391,DE,10,USD", "number"),  # counted already
        ("C5,01/03/2025,EVFTA,640391,DE,300,USD", "date"),
        ("C5,2019-03-01,EVFTA,640391,DE,300,USD", "date"),  # before the agreement
        ("C5,2025-03-01,ABFTA,640391,DE,300,USD", "agreement"),
        ("C5,2025-03-01,EVFTA,640391,JP,300,USD", "market"),  # no party
        ("C5,2025-03-01,EVFTA,640391,Atlantis,300,USD", "market"),
        ("C5,2025-03-01,EVFTA,6403,DE,300,USD", "hs"),
        ("C5,2025-03-01,EVFTA,640391,DE,-300,USD", "value"),
        ("C5,2025-03-01,EVFTA,640391,DE,nan,USD", "value"),
        ("C5,2025-03-01,EVFTA,640391,DE,300,EUR", "currency"),
    ],
)
def test_rows_left_out_say_why(row: str, column: str) -> None:
    found, refused = read_certificates("\n".join([HEAD, ROWS[0], row]).encode(), "co.csv")
    assert len(found) == 1
    reason = refused[0].reason
    assert (reason.code, reason.params["column"], reason.where.row) == ("market_access.bad_certificate", column, 3)


def test_files_that_do_not_fit(tmp_path: Path, officer: Actor) -> None:
    with pytest.raises(KechoError) as caught:
        store_certificates(*write(tmp_path, ROWS, ["JP,640391,400,EUR"]), officer)
    assert caught.value.code == "market_access.two_currencies"
    with pytest.raises(KechoError) as caught:
        store_certificates(*write(tmp_path, ROWS, EXPORTS), Actor("x", Role.PUBLIC, (Scope.everywhere(),)))
    assert caught.value.code == "people.denied"
    with pytest.raises(KechoError) as caught:
        run("utilisation")
    assert caught.value.code == "market_access.nothing_to_study"


def test_on_command_line_and_page(tmp_path: Path) -> None:
    file, exports = write(tmp_path, ROWS, EXPORTS)
    text = run("utilisation", "--certificates", str(file), "--exports", str(exports), "--store", "--lang", "en")
    assert "4 certificates, value 651 USD; 0 rows left out" in text and "EVFTA: 2, 400, 40.00 %" in text
    client = client_of(Role.OFFICER)
    page = client.get("/thue-quan/tan-dung/").content.decode()
    assert "Chứng nhận xuất xứ đã cấp" in page and "32,5%" in page
    table = client.get("/thue-quan/tan-dung/certificates-agreement/json/")
    assert table.status_code == 200 and "EVFTA" in table.content.decode()
