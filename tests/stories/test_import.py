"""An official imports a month: into the observatory, again, and dry."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kecho.intake.rows import Row

from .conftest import Place

MONTH = "2025-02.xlsx"
HEADER = "file,sheet,cell,table,indicator,label,breakdown,locality,period,measure,value,unit,stage"

# what the office printed for February 2025: sheet, cell -> indicator, period, measure, value as stored, unit, stage
KNOWN = {
    ("2.IIPthang", "D9"): ("iip", "2025-02", "index_py", "117.17", "%", "estimate"),
    ("2.IIPthang", "E9"): ("iip", "2025-01/2025-02", "index_py", "107.24", "%", "estimate"),
    ("13. Tongmuc", "C12"): ("retail_and_services", "2025-02", "level", "561672.746841149", "Tỷ đồng", "estimate"),
    ("14.XK", "D9"): ("export_turnover", "2025-02", "level", "31109.320468", "Triệu USD", "preliminary"),
    ("15.NK", "D9"): ("import_turnover", "2025-02", "level", "32659.28498", "Triệu USD", "preliminary"),
    ("16. CPI", "G9"): ("cpi", "2025-02", "index_pp", "100.3388", "%", "official"),
}


@pytest.mark.slow
def test_the_demonstrations_month_is_in_and_a_second_import_changes_nothing(copy: Place):
    again = copy.kecho("import", copy.home / "demo" / MONTH, "--format", "json")
    (outcome,) = json.loads(again.stdout)
    assert (outcome["status"], outcome["period"]) == ("same", "2025-02")
    assert "không thay đổi gì" in again.stderr


@pytest.mark.slow
def test_the_newest_figures_say_how_many_were_new(place: Place):
    assert place.demo is not None
    assert "ghi 2025-02.xlsx: thêm 866, giữ nguyên 0, đính chính 75" in place.demo.stderr


@pytest.mark.shared
def test_a_dry_run_prints_the_documented_header_and_the_known_cells(shared: Path, tmp_path: Path):
    done = Place(tmp_path / "home").kecho("import", "--dry-run", shared / "gso-monthly" / MONTH)
    head, rest = done.stdout.split("\n", 1)
    assert head.rstrip("\r") == HEADER == ",".join(Row.header())
    assert not (tmp_path / "home").exists()  # nothing was stored
    rows = {(row["sheet"], row["cell"]): row for row in csv.DictReader(io.StringIO(f"{HEADER}\n{rest}"))}
    names = ("indicator", "period", "measure", "value", "unit", "stage")
    assert {place: tuple(rows[place][name] for name in names) for place in KNOWN} == KNOWN
    assert {row["file"] for row in rows.values()} == {MONTH}
    assert {"VN", "VN-HN"} <= {row["locality"] for row in rows.values()}
    assert {row["table"] for row in rows.values()} > {"iip", "products", "retail", "exports", "imports", "cpi", "fdi"}


@pytest.mark.shared
def test_a_dry_run_in_json_says_the_same(shared: Path, tmp_path: Path):
    words = ("import", "--dry-run", shared / "gso-monthly" / MONTH)
    as_csv = list(csv.DictReader(io.StringIO(Place(tmp_path / "home").kecho(*words).stdout)))
    as_json = json.loads(Place(tmp_path / "home").kecho(*words, "--format", "json").stdout)
    assert as_json == as_csv


def test_a_broken_file_is_refused_with_both_languages_and_the_others_go_in(fresh: Place, tidy):
    good = tidy("good.csv", "export_turnover,,2024-05,level,1448.6,Triệu USD")
    broken = good.with_name("2024-05.xlsx")
    broken.write_bytes(b"PK\x03\x04 and then nothing")
    done = fresh.kecho("import", broken, good, "--format", "csv", status=1)
    rows = {row["file"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert {name: row["status"] for name, row in rows.items()} == {"2024-05.xlsx": "refused", "good.csv": "new"}
    assert "[intake." in done.stderr
    assert fresh.kecho("import", good, "--format", "csv").stdout.splitlines()[1].startswith("good.csv,same")
