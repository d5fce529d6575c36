"""``kecho releases``, ``release``, ``finding``, ``revisions``, ``changes``, ``calendar``, ``notice``: a whole way."""

from __future__ import annotations

import csv
import io

import pytest
from click.testing import Result
from typer.testing import CliRunner

from kecho.kernel.errors import KechoError
from kecho.observatory import queries
from kecho.web.cli import application
from tests.observatory.makers import observe, release
from tests.observatory.people import draft
from tests.observatory.test_revision_stats import EXPORTS

pytestmark = pytest.mark.django_db
NAMES = ["releases", "release", "findings", "finding", "revisions", "changes", "calendar", "notice"]


def run(*words: str, who: str = "Người vận hành") -> str:
    done: Result = CliRunner().invoke(application(NAMES), list(words), env={"KECHO_ACTOR": who})
    if isinstance(done.exception, KechoError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_draft_goes_public_by_the_command_of_three_people() -> None:
    number = str(draft().release.id)
    assert "dự thảo" in run("releases", "--waiting")
    for deed, who in (("check", "Minh"), ("approve", "Hà"), ("publish", "Giám đốc")):
        run("release", deed, number, who=who)
    assert queries.release(int(number)).is_public
    assert run("releases", "--waiting") == ""
    (row,) = csv.DictReader(io.StringIO(run("releases", "--format", "csv", "--lang", "en")))
    assert (row["release"], row["state"]) == (number, "published")


def test_one_person_does_not_take_two_steps_and_an_hour_is_kept() -> None:
    number = str(draft().release.id)
    run("release", "check", number, who="Minh")
    with pytest.raises(KechoError, match="same_person"):
        run("release", "approve", number, who="Minh")
    run("release", "approve", number, who="Hà")
    with pytest.raises(KechoError, match="bad_embargo"):
        run("release", "publish", number, "--at", "hôm nay", who="Giám đốc")
    run("release", "send-back", number, "--reason", "Xem lại", who="Giám đốc")
    assert "đã kiểm tra" in run("releases", "--waiting")


def test_a_finding_is_settled_by_its_number() -> None:
    (found,) = draft("5", label="Nhãn lạ").findings
    assert f"#{found.id}" in run("findings", "--severity", "note")
    assert "accepted" in run("finding", "accept", str(found.id), "--reason", "Nhãn đúng")
    assert f"#{found.id}" not in run("findings", "--severity", "note", "--waiting")


def test_revisions_and_changes_as_tables() -> None:
    for day, values in {
        "2025-02-06": {"2025-01": "100"},
        "2025-03-06": {"2025-01": "102", "2025-02": "200"},
        "2025-04-06": {"2025-02": "198"},
    }.items():
        of = release(day)
        for period, value in values.items():
            observe(EXPORTS, period, value, of)
    (row,) = csv.DictReader(io.StringIO(run("revisions", "export_turnover", "--format", "csv")))
    assert (row["count"], row["mean"], row["mean_absolute"], row["up"]) == ("2", "0.5000", "1.5000", "1")
    days = "--since", "2025-03-10", "--until", "2025-04-10"
    (change,) = csv.DictReader(io.StringIO(run("changes", "export_turnover", *days, "--format", "csv")))
    assert (change["how"], change["before"], change["after"], change["percent"]) == ("revised", "200", "198", "-1.00")


def test_the_calendar_and_a_note() -> None:
    assert "gso-3rd" in run("calendar", "--format", "csv")
    told = run("notice", "iip", "--on", "2099-01-03", "--vi", "Tính lại", "--en", "Rebased")
    assert "2099-01-03 iip VN: Tính lại / Rebased" in told
