"""Duties beside the schedules: read, reckoned, told. Every measure here is fictional."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kecho.kernel.errors import KechoError
from kecho.market_access import measures, output, queries
from kecho.market_access.answering import answers, asked
from kecho.market_access.batch import Desk
from kecho.market_access.models import Measure
from kecho.market_access.notices import notices
from kecho.people.actors import Actor, Role, Scope
from kecho.people.models import AuditEvent
from tests.market_access.test_commands import run
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
HEAD = ",".join(measures.COLUMNS)
ON = date(2022, 6, 1)
DUMPED = "anti_dumping,EU,6911,VN,15 %,2022-01-01,2023-01-01,Hư cấu 1,no,yes"
LATER = "anti_dumping,EU,6911,VN,15 %,2022-07-01,2023-01-01,Hư cấu 1,no,yes"
INTERIM = "temporary,EU,69111000,,7 %,2022-01-01,2023-01-01,Hư cấu 2,yes,yes"


def load(officer: Actor, *rows: str, trial: bool = False) -> measures.Loaded:
    return measures.load("\n".join([HEAD, *rows]).encode(), "measures.csv", officer, trial=trial)


def ranked(code: str = "69111000", on: date = ON) -> list[tuple[str, Fraction | None]]:
    words = {"code": code, "to": "EU", "on": on.isoformat(), "value": "10000"}
    return [(one.offer.agreement, one.duty) for one in answers(asked(words, on))[0].ranked]


@pytest.mark.parametrize(
    ("rows", "on", "expected"),
    [
        ([], ON, [("EVFTA", 600), ("MFN", 1200)]),
        ([DUMPED], ON, [("EVFTA", 2100), ("MFN", 2700)]),  # on every rate
        ([DUMPED], date(2023, 1, 1), [("EVFTA", 400), ("MFN", 1200)]),  # the first day without it
        ([LATER], ON, [("EVFTA", 600), ("MFN", 1200)]),
        ([DUMPED.replace(",VN,", ",CN,")], ON, [("EVFTA", 600), ("MFN", 1200)]),  # another origin
        ([DUMPED.replace(",6911,", ",6912,")], ON, [("EVFTA", 600), ("MFN", 1200)]),  # other goods
        ([INTERIM], ON, [("EVFTA", 600), ("MFN", 700)]),
        ([INTERIM.replace("7 %", "0 %")], ON, [("MFN", 0), ("EVFTA", 600)]),  # no preference is needed
        ([INTERIM, DUMPED], ON, [("EVFTA", 2100), ("MFN", 2200)]),
    ],
)
def test_what_is_paid(sample: None, officer: Actor, rows: Sequence[str], on: date, expected: object) -> None:
    if rows:
        load(officer, *rows)
    assert ranked(on=on) == expected


def test_a_specific_duty_needs_its_quantity(sample: None, officer: Actor) -> None:
    load(officer, DUMPED.replace("15 %", "120 EUR/t"))
    words = {"code": "69111000", "to": "EU", "on": "2022-06-01", "value": "10000", "currency": "EUR"}
    first = answers(asked(words, ON))[0].ranked[0]
    assert first.duty is None and first.unknown is not None and first.unknown.code == "analytics.duty_needs_quantity"
    assert answers(asked({**words, "kg": "2000"}, ON))[0].ranked[0].duty == 600 + 240


def test_the_answer_names_document_and_doubts(sample: None, officer: Actor) -> None:
    load(officer, DUMPED)
    words = {"code": "69111000", "to": "EU", "on": "2022-06-01", "value": "10000"}
    told = output.as_dict(answers(asked(words, ON))[0])["offers"][0]
    assert [one["document"] for one in told["measures"]] == ["Hư cấu 1"]
    assert {"anti_dumping", "fictional_measure", "measure_not_verified"} <= {one["key"] for one in told["remarks"]}
    assert (told["is_verified"], told["rate"], told["margin_points"]) == (False, "6 % + 15 %", "6")


def test_a_measure_for_a_part_is_told_not_reckoned(sample: None, officer: Actor) -> None:
    load(officer, DUMPED.replace(",6911,", ",6911100090,"))
    words = {"code": "69111000", "to": "EU", "on": "2022-06-01", "value": "10000"}
    first = answers(asked(words, ON))[0].ranked[0]
    assert first.duty == 600 and "measure_part" in {one.key for one in first.offer.remarks}


def test_a_batch_says_the_same(sample: None, officer: Actor) -> None:
    load(officer, LATER)
    desk = Desk("EU", queries.all_lines("EU", ON))
    found = [desk.settle("69111000", "VN", day).percent for day in (ON, date(2022, 7, 1), date(2023, 1, 1))]
    assert found == [60_000, 210_000, 40_000]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("anti_dumping", "tax", "kind"),
        (",6911,", ",6911x,", "hs"),
        (",EU,", ",Atlantis,", "market"),
        (",VN,", ",VN Atlantis,", "origins"),
        ("15 %", "fifteen", "rate"),
        ("2022-01-01", "01/01/2022", "valid_from"),
        ("2023-01-01", "2021-01-01", "valid_to"),
        ("Hư cấu 1", "", "document"),
        (",no,", ",perhaps,", "verified"),
    ],
)
def test_rows_left_out_say_why(officer: Actor, old: str, new: str, column: str) -> None:
    done = load(officer, INTERIM, DUMPED.replace(old, new))
    reason = done.left_out[0]
    assert (reason.code, reason.params["column"], reason.where.row) == ("market_access.bad_measure", column, 3)
    assert Measure.objects.count() == 1


def test_a_file_again_changes_nothing_and_a_correction_keeps_the_old_row(officer: Actor) -> None:
    assert len(load(officer, DUMPED, trial=True).added) == 1 and not Measure.objects.exists()
    load(officer, DUMPED)
    assert load(officer, DUMPED).same == 1
    assert [len(load(officer, DUMPED.replace("15 %", "9 %")).replaced), Measure.objects.count()] == [1, 2]
    assert [one.printed for one in Measure.objects.filter(superseded_at=None)] == ["9 %"]
    assert AuditEvent.objects.filter(action="market_access.load_measures").count() == 2
    assert [one.code for one in load(officer, DUMPED, DUMPED).left_out] == ["market_access.repeated_measure"]


def test_the_public_loads_nothing() -> None:
    with pytest.raises(KechoError) as caught:
        load(Actor("x", Role.PUBLIC, (Scope.everywhere(),)), DUMPED)
    assert caught.value.code == "people.denied" and not Measure.objects.exists()


def test_beginning_and_end_are_among_the_changes(sample: None, officer: Actor) -> None:
    load(officer, LATER, INTERIM.replace("69111000,,", "69111000,CN,"))
    found = [one for one in notices("EU", "69111000", ON, date(2024, 1, 1)) if one.kind != "step"]
    assert [(one.on, one.kind) for one in found] == [
        (date(2022, 7, 1), "anti_dumping_begins"),
        (date(2023, 1, 1), "anti_dumping_ends"),
    ]
    assert found[0].text("en") == "Anti-dumping duty on 6911 begins: 15 %, Hư cấu 1."


def test_measures_over_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "measures.csv"
    file.write_text("\n".join([HEAD, DUMPED, INTERIM.replace("7 %", "seven")]), "utf-8")
    assert "1 measures added" in run("tariff", "measures", str(file), "--lang", "en")
    assert "EU 6911 anti_dumping VN 15 %" in run("tariff", "measures") and "hư cấu" in run("tariff", "measures")


def test_measures_on_the_pages(sample: None) -> None:
    client = client_of(Role.OFFICER)
    assert "Chưa có biện pháp nào" in client.get("/thue-quan/bien-phap/").content.decode()
    content = "\n".join([HEAD, DUMPED]).encode()
    form = {"file": SimpleUploadedFile("m.csv", content), "deed": "trial"}
    assert "Kết quả đọc thử" in client.post("/thue-quan/bien-phap/", form).content.decode()
    form = {"file": SimpleUploadedFile("m.csv", content), "deed": "store"}
    assert client.post("/thue-quan/bien-phap/", form).status_code == 302
    assert "thuế chống bán phá giá" in client.get("/thue-quan/bien-phap/").content.decode()
    assert "anti-dumping duty" in client.get("/en/duty/measures/").content.decode()
    assert client.get("/thue-quan/bien-phap/csv/").content.decode("utf-8-sig").split() == content.decode().split()
    answer = client.get("/thue-quan/?code=69111000&to=EU&on=2022-06-01&value=10000").content.decode()
    assert "Hư cấu 1" in answer and "6% + 15%" in answer and "2.100,00" in answer
