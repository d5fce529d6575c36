"""``kecho import``: what it prints where, what it stores, and its exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kecho.intake.rows import Row
from kecho.kernel.errors import KechoError
from kecho.observatory.commands import store_readings
from kecho.observatory.models import Observation, Release
from kecho.web.cli import application
from tests.intake import hostile

HEADER = "indicator,label,locality,period,measure,value,unit,stage\n"
FEBRUARY = HEADER + "export_turnover,,VN-HN,2025-02,level,1315.5,Triệu USD,estimate\n"
JANUARY = HEADER + "export_turnover,,VN-HN,2025-01,level,-4.1,Triệu USD,official\n"
WRONG = HEADER + 'export_turnover,,VN-HN,2025-02,level,"1,234",Triệu USD,estimate\n'
UNKNOWN = HEADER + "no_such_indicator,,VN-HN,2025-02,level,1,Triệu USD,estimate\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two sound files, one with an ambiguous number, one cut workbook."""
    (tmp_path / "february.csv").write_text(FEBRUARY, "utf-8")
    (tmp_path / "january.csv").write_text(JANUARY, "utf-8")
    (tmp_path / "wrong.csv").write_text(WRONG, "utf-8")
    (tmp_path / "cut.xlsx").write_bytes(hostile.workbook()[:900])
    return tmp_path


def kecho(*words: object) -> Result:
    """The command in this process."""
    return CliRunner().invoke(application(["import", "assess"]), ["import", *map(str, words)])


# ---- the dry run


def test_dry_run_prints_rows_to_stdout_and_the_rest_to_stderr(folder: Path) -> None:
    result = kecho("--dry-run", folder / "february.csv", folder / "january.csv", "--lang", "en")
    assert result.exit_code == 0
    header, *rows = csv.reader(io.StringIO(result.stdout))
    assert header == Row.header()
    assert [(row[0], row[2], row[10]) for row in rows] == [
        ("february.csv", "F2", "1315.5"),
        ("january.csv", "F2", "-4.1"),
    ]
    assert "february.csv: period 2025-02, 1 figures" in result.stderr
    assert "Read 2 of 2 files, 2 figures; 0 files refused." in result.stderr


def test_a_refused_file_leaves_the_others_in_and_the_status_1(folder: Path) -> None:
    result = kecho("--dry-run", "--format", "json", folder)
    assert result.exit_code == 1
    assert [row["file"] for row in json.loads(result.stdout)] == ["february.csv", "january.csv"]
    assert "[intake.truncated] tệp cut.xlsx" in result.stderr
    assert "[intake.csv_ambiguous_number] file wrong.csv, cell F2: “1,234” can be read two ways" in result.stderr
    assert "Đã đọc 2/4 tệp, 2 số liệu; 2 tệp bị từ chối." in result.stderr


def test_out_writes_a_whole_file(folder: Path) -> None:
    target = folder / "rows.csv"
    result = kecho("--dry-run", folder / "february.csv", "--out", target)
    assert (result.exit_code, result.stdout) == (0, "")
    assert len(target.read_text("utf-8").splitlines()) == 2
    assert not list(folder.glob(".rows.csv.*"))


def test_out_where_nothing_can_be_written(folder: Path) -> None:
    result = kecho("--dry-run", folder / "february.csv", "--out", folder / "no" / "rows.csv")
    assert isinstance(result.exception, KechoError)
    assert result.exception.code == "intake.cannot_write"


@pytest.mark.parametrize("words", [(), ("--format", "xml", "a.csv"), ("--jobs", "0", "a.csv"), ("--nonsense", "a.csv")])
def test_usage_errors_have_status_2(words: tuple[str, ...]) -> None:
    assert kecho("--dry-run", *words).exit_code == 2


def test_the_dry_run_needs_no_django(folder: Path) -> None:
    """The real command in its own process: fast to start, nothing left behind, status handed on."""
    program = (
        "import sys; from kecho.web import cli\n"
        "try: cli.main()\n"
        "finally: assert not [name for name in sys.modules if name.split('.')[0] == 'django'], 'Django was imported'"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "KECHO_HOME": str(folder / "home")}
    command = [
        sys.executable,
        "-c",
        program,
        "import",
        "--dry-run",
        str(folder / "february.csv"),
        str(folder / "gone.xls"),
    ]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1, done.stderr
    assert done.stdout.splitlines()[1].startswith("february.csv,,F2,tidy,export_turnover,,,VN-HN,2025-02,level,1315.5")
    assert "intake.missing_file" in done.stderr
    assert "Django was imported" not in done.stderr
    assert not (folder / "home").exists()


# ---- storing


@pytest.mark.django_db
def test_import_stores_the_earliest_month_first_and_reports(folder: Path) -> None:
    result = kecho(folder / "february.csv", folder / "january.csv", folder / "cut.xlsx", "--format", "csv")
    assert result.exit_code == 1
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["file"], row["status"], row["added"]) for row in rows] == [
        ("february.csv", "new", "1"),
        ("january.csv", "new", "1"),
        ("cut.xlsx", "refused", "0"),
    ]
    assert "Ghi theo thứ tự tháng" in result.stderr
    assert list(Release.objects.order_by("id").values_list("file_name", flat=True)) == ["january.csv", "february.csv"]
    assert sorted(str(value) for value in Observation.objects.values_list("value", flat=True)) == ["-4.1", "1315.5"]


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing(folder: Path) -> None:
    assert kecho(folder / "february.csv").exit_code == 0
    result = kecho(folder / "february.csv", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)[0]["status"] == "same"
    assert Observation.objects.count() == 1


@pytest.mark.django_db
def test_what_the_observatory_refuses_leaves_nothing_and_stops_nothing(folder: Path) -> None:
    (folder / "unknown.csv").write_text(UNKNOWN, "utf-8")
    result = kecho(folder / "unknown.csv", folder / "february.csv", "--lang", "en")
    assert result.exit_code == 1
    assert "[observatory.unknown_indicator] file unknown.csv, cell F2" in result.stderr
    assert "Read 1 of 2 files, 1 figures; 1 files refused." in result.stderr
    assert list(Release.objects.values_list("file_name", flat=True)) == ["february.csv"]


@pytest.mark.django_db
def test_a_database_failure_is_that_file_s_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def fail(*_: object, **__: object) -> None:
        raise OperationalError("disk I/O error")

    monkeypatch.setattr("kecho.observatory.writing.insert", fail)
    result = kecho(folder / "february.csv")
    assert result.exit_code == 1
    assert "[intake.not_stored] file february.csv: The database refused this file (disk I/O error)" in result.stderr
    assert not Release.objects.exists()


@pytest.mark.django_db
def test_without_tables_the_next_step_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def missing() -> None:
        raise OperationalError("no such table: observatory_release")

    monkeypatch.setattr(Release.objects, "exists", missing)
    with pytest.raises(KechoError, match="kecho migrate"):
        store_readings.start()
