"""Many files: whatever one of them does, the others come out, in order, and this process lives."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kecho.intake import batch
from kecho.intake.batch import read_files
from kecho.intake.paths import expand
from kecho.intake.reading import Reading
from kecho.kernel.errors import KechoError

from . import hostile


def _files(folder: Path, names: Sequence[str]) -> list[Path]:
    """Files whose text is their month, counted from 2025-01."""
    paths = []
    for number, name in enumerate(names):
        path = folder / f"{name}.txt"
        path.write_text(f"20{25 + number // 12}-{number % 12 + 1:02d}", "utf-8")
        paths.append(path)
    return paths


def _codes(readings: list[Reading]) -> list[str]:
    return [",".join(error.code.removeprefix("intake.") for error in reading.errors) for reading in readings]


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    names = [
        "good-1",
        "crash-2",
        "good-3",
        "segfault-4",
        "hang-5",
        "memory-6",
        "bug-7",
        "coded-8",
        "noise-9",
        "parser-0",
    ]
    paths = [*_files(tmp_path, names), tmp_path / "missing.xlsx"]
    seen: list[tuple[int, int]] = []
    readings = read_files(
        paths, 2, lambda done, total, _: seen.append((done, total)), reader=hostile.kind_reader, seconds=6
    )
    assert _codes(readings) == [
        "", "reader_crashed", "", "reader_crashed", "timeout", "out_of_memory", "reader_crashed", "truncated", "",
        "broken_file", "broken_file",
    ]  # fmt: skip
    assert [reading.file for reading in readings] == [path.name for path in paths]
    assert seen == [(done, 11) for done in range(1, 12)]
    assert readings[6].errors[0].params["detail"].startswith("KeyError in errors.py:")
    assert readings[1].errors[0].params["detail"] == "exit 3"


def test_the_second_of_one_content_or_month_is_refused(tmp_path: Path) -> None:
    first, same, month, other = (tmp_path / f"{name}.txt" for name in ("x1", "y1", "x2", "x3"))
    for path, text in ((first, "2025-02"), (same, "2025-02"), (month, "2025-02"), (other, "2025-01")):
        path.write_text(text, "utf-8")
    readings = read_files([first, same, month, other], 1, reader=hostile.month_reader)
    assert _codes(readings) == ["", "duplicate_file", "duplicate_month", ""]
    assert [error.params for reading in readings for error in reading.errors] == [
        {"other": "x1.txt"},
        {"other": "x1.txt", "period": "2025-02"},
    ]


def test_no_files() -> None:
    assert read_files([]) == []


def test_real_guard_in_the_workers(tmp_path: Path) -> None:
    """The default reader, files of both kinds, a bad one among them."""
    good, bad = tmp_path / "good.csv", tmp_path / "bad.xlsx"
    good.write_text(
        "indicator,locality,period,measure,value,unit,stage\nexport_turnover,VN,2025-02,level,1,Triệu USD,estimate\n",
        "utf-8",
    )
    bad.write_bytes(hostile.workbook()[:2000])
    readings = read_files([bad, good])
    assert _codes(readings) == ["truncated", ""]
    assert [row.value for row in readings[1].rows] == ["1"]


def test_a_larger_file_earns_more_time(tmp_path: Path) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(b"x")
    with large.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    assert batch._allowance(large) - batch._allowance(small) == pytest.approx(200, abs=1)


# ---- folders


def test_a_folder_gives_its_own_files_in_order(tmp_path: Path) -> None:
    for name in ("2025-02.xlsx", "2025-01.xls", "~$2025-02.xlsx", ".hidden.csv", "README.md", "a.XLSM", "own.csv"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "inside.xlsx").mkdir()
    named = tmp_path / "README.md"
    assert [path.name for path in expand([named, tmp_path])] == [
        "README.md", "2025-01.xls", "2025-02.xlsx", "a.XLSM", "own.csv",
    ]  # fmt: skip


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KechoError, match="empty_folder"):
        expand([tmp_path])
