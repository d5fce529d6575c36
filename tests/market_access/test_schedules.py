"""Schedules in: what is stored, what is left out, editions, differences, who may."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kecho.kernel.errors import KechoError
from kecho.market_access import actions, rates
from kecho.market_access.layouts import layout
from kecho.market_access.models import HsLink, Schedule
from kecho.people.actors import Actor, Role, Scope
from kecho.people.models import AuditEvent

EU = "cn_code,cn8,exout,base_rate_pct,category,description_short\n"


def write(folder: Path, text: str) -> Path:
    file = folder / "eu.csv"
    file.write_text(text, "utf-8")
    return file


@pytest.mark.django_db
def test_a_schedule_is_stored_with_its_cells_and_an_audit_row(tmp_path: Path, officer: Actor) -> None:
    file = write(tmp_path, EU + "x,64039111,,8.0,B5,Boots\nx,64039111,A,5.0,A,Sandals\n")
    done = actions.load_schedule(file, "eu-evfta", officer)
    assert done.schedule is not None and done.schedule.is_sample is False
    rows = list(done.schedule.lines.values_list("code", "part", "printed"))
    assert rows == [
        ("64039111", "", {"base_rate_pct": "8.0", "category": "B5"}),
        ("64039111", "A", {"base_rate_pct": "5.0", "category": "A"}),
    ]
    assert AuditEvent.objects.filter(action="market_access.load_schedule", actor_name="Cán bộ A").count() == 1


@pytest.mark.django_db
def test_a_changed_file_supersedes_and_the_change_is_shown(tmp_path: Path, officer: Actor) -> None:
    first = actions.load_schedule(
        write(tmp_path, EU + "x,64039111,,8.0,B5,a\nx,64039199,,7.0,A,b\n"), "eu-evfta", officer
    )
    changed = write(tmp_path, EU + "x,64039111,,8.0,B7,a\nx,64041100,,16.9,B7,c\n")
    trial = actions.load_schedule(changed, "eu-evfta", officer, trial=True)
    assert trial.schedule is None and Schedule.objects.count() == 1
    second = actions.load_schedule(changed, "eu-evfta", officer)
    assert second.difference == trial.difference
    assert (second.difference.added, second.difference.removed) == (("64041100",), ("64039199",))
    assert [(c.line, c.column, c.before, c.after) for c in second.difference.changed] == [
        ("64039111", "category", "B5", "B7")
    ]
    assert first.schedule is not None
    first.schedule.refresh_from_db()
    assert first.schedule.superseded_at is not None
    assert actions.load_schedule(changed, "eu-evfta", officer).is_same


@pytest.mark.django_db
def test_a_sample_never_takes_the_place_of_the_real(tmp_path: Path, officer: Actor) -> None:
    file = write(tmp_path, EU + "x,64039111,,8.0,B5,a\n")
    actions.load_schedule(file, "eu-evfta", officer)
    from kecho.market_access.sample import load

    load()
    assert Schedule.objects.get(layout="eu-evfta", superseded_at=None).is_sample is False


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a,b\n1,2\n", "market_access.missing_columns"),
        ("", "market_access.missing_columns"),
        (EU + "x,640391,,8.0,B5,a\nx,6403911,,8.0,B5,seven digits\n", ""),
        (EU + "x,6403,,8.0,B5,a\n", "market_access.no_lines"),
    ],
)
def test_a_bad_file_is_refused_a_bad_row_listed(tmp_path: Path, officer: Actor, text: str, code: str) -> None:
    file = write(tmp_path, text)
    if code:
        with pytest.raises(KechoError) as caught:
            actions.load_schedule(file, "eu-evfta", officer)
        assert caught.value.code == code
    else:
        done = actions.load_schedule(file, "eu-evfta", officer)
        assert [(one.code, one.where.row) for one in done.reading.left_out] == [("market_access.bad_line_code", 3)]


@pytest.mark.django_db
def test_a_cell_not_understood_is_listed_with_its_column(tmp_path: Path, officer: Actor) -> None:
    done = actions.load_schedule(write(tmp_path, EU + "x,64039111,,eight,B5,a\n"), "eu-evfta", officer)
    assert [(one.code, one.where.cell) for one in done.reading.unread] == [("market_access.bad_rate", "D2")]


@pytest.mark.django_db
def test_only_an_officer_loads(tmp_path: Path) -> None:
    anybody = Actor("Khách", Role.PUBLIC, (Scope.everywhere(),))
    with pytest.raises(KechoError) as caught:
        actions.load_schedule(write(tmp_path, EU), "eu-evfta", anybody)
    assert caught.value.code == "people.denied"


@pytest.mark.django_db
def test_correlations_replace_their_pair(tmp_path: Path, officer: Actor) -> None:
    file = tmp_path / "links.csv"
    file.write_text("new,old\n640391,640391\n854911,850710\n854911,850720\nNA,010101\n", "utf-8")
    for _ in range(2):
        assert actions.load_links(file, "HS2022", "HS2017", ("new", "old"), officer) == 3
    assert HsLink.objects.count() == 3


@pytest.mark.shared
def test_all_lines_of_the_real_schedules_load(real: dict[str, actions.Loaded]) -> None:
    counts = {code: (len(one.reading.lines), len(one.reading.left_out)) for code, one in real.items()}
    assert counts == {
        "vn-2026": (12_000, 0),
        "jp-2026": (9_653, 0),
        "eu-evfta": (205, 0),
        "vn-evfta-categories": (2_450, 0),
    }
    vietnam = layout("vn-2026")
    assert len([one for one in vietnam.columns if one.kind == "preference"]) == 24
    assert real["vn-2026"].reading.unread == []
    cells = sum(len(line.printed) for line in real["jp-2026"].reading.lines)
    assert len(real["jp-2026"].reading.unread) / cells < 0.002


@pytest.mark.shared
def test_every_cell_of_24_columns_is_read(real: dict[str, actions.Loaded], db: Any) -> None:
    lines = real["vn-2026"].reading.lines
    read = sum(bool(rates.read(cell, "vietnamese").parts) for line in lines for cell in line.printed.values() if cell)
    assert read == sum(len(line.printed) for line in lines) > 270_000
