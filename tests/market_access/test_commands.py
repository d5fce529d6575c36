"""The room over the command line: what is printed, and that refusals keep their codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kecho.kernel.errors import KechoError
from kecho.market_access import actions
from kecho.people.actors import Actor
from kecho.web.cli import application
from tests.market_access.test_utilisation import LINES, write

pytestmark = pytest.mark.django_db


def run(name: str, *words: str) -> str:
    """Standard output of ``kecho NAME WORDS``; its errors are raised."""
    result = CliRunner().invoke(application([name, "migrate"]), [name, *words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def test_the_duty_question(sample: None) -> None:
    words = ("69111000", "--to", "EU", "--on", "2022-06-01", "--value", "10000")
    text = run("duty", *words)
    assert "Nên đi theo EVFTA: thuế 600,00 USD" in text and "3/6 (B5)" in text
    assert "2020-08-01 10 %, 2021-01-01 8 %" in text
    told = json.loads(run("duty", *words, "--format", "json"))
    assert [offer["duty"] for offer in told[0]["offers"]] == ["600.00", "1200.00"]
    assert "Go by EVFTA" in run("duty", *words, "--lang", "en")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("691110", "--to", "US"), "market_access.market_without_data"),
        (("12", "--to", "EU"), "market_access.bad_code"),
        (("691110", "--to", "EU", "--on", "2019-01-01"), "market_access.no_schedule_on"),
        (("--find", "zzzz"), "market_access.nothing_found"),
        (("--find", "690710", "--edition", "HS2012"), "market_access.no_candidates"),
    ],
)
def test_refusals(sample: None, words: tuple[str, ...], code: str) -> None:
    with pytest.raises(KechoError) as caught:
        run("duty", *words)
    assert caught.value.code == code


def test_codes_of_an_older_edition(tmp_path: Path, officer: Actor) -> None:
    for newer, older, pairs in (
        ("HS2022", "HS2017", "690721,690721\n690722,690722\n"),
        ("HS2017", "HS2012", "690721,690710\n690722,690710\n"),
    ):
        file = tmp_path / f"{newer}.csv"
        file.write_text("new,old\n" + pairs, "utf-8")
        actions.load_links(file, newer, older, ("new", "old"), officer)
    assert run("duty", "--find", "6907.10", "--edition", "HS2012").split("\n")[:2] == [
        "HS2012 6907.10 → HS2022 690721",
        "HS2012 6907.10 → HS2022 690722",
    ]


def test_a_code_that_is_gone_leads_to_those_of_today(sample: None, tmp_path: Path, officer: Actor) -> None:
    file = tmp_path / "links.csv"
    file.write_text("new,old\n640391,640350\n", "utf-8")
    actions.load_links(file, "HS2022", "HS2017", ("new", "old"), officer)
    with pytest.raises(KechoError) as caught:
        run("duty", "640350", "--to", "JP", "--on", "2026-05-01")
    assert (caught.value.code, caught.value.params["near"]) == ("market_access.unknown_code", "640391")


def test_schedules_over_the_command_line(tmp_path: Path) -> None:
    assert "Chưa có biểu thuế nào." in run("tariff", "list")
    assert "78 dòng thuế" in run("tariff", "sample")
    file = tmp_path / "eu.csv"
    file.write_text(
        "cn_code,cn8,exout,base_rate_pct,category,description_short\nx,69111000,,12.0,B7,Tableware\n", "utf-8"
    )
    trial = run("tariff", "load", str(file), "--layout", "eu-evfta", "--dry-run", "--lang", "en")
    assert "(not stored)" in trial and "77 gone" in trial and "'B7'" in trial
    assert "1 dòng thuế" in run("tariff", "load", str(file), "--layout", "eu-evfta")
    with pytest.raises(KechoError) as caught:
        run("tariff", "load", str(file), "--layout", "mars-2026")
    assert caught.value.code == "market_access.unknown_layout"


def test_origin_over_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "bill.xlsx"
    run("origin", str(file), "--template")
    told = json.loads(run("origin", str(file), "--format", "json"))
    assert told["code"] == "640399" and len(told["agreements"]) == 20
    assert {one["verdict"] for one in told["agreements"]} == {None}  # no rules are loaded: no verdict


def test_utilisation_over_the_command_line(tmp_path: Path) -> None:
    text = run("utilisation", str(write(tmp_path, LINES)), "--lang", "en")
    assert "no preference needed (MFN 0 %): 1, 500" in text and "utilisation 66.7 %" in text
