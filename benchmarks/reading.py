"""Workbooks a second: the whole collection through ``read_files`` on all cores, beside a bare read of the values."""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.measure import Figure, alone


def workbooks() -> list[Path]:
    """The real workbooks beside the project; none where they are absent."""
    shared = Path(os.environ.get("KECHO_SHARED", "../shared/data"))
    return sorted(path for path in (shared / "gso-monthly").glob("20*.xls*"))


def read_all(paths: list[Path]) -> tuple[int, int, int, int, int]:
    """Files read, files refused, rows, numeric cells in recognised tables, and those emitted or listed."""
    from kecho.intake.batch import read_files

    readings = read_files(paths)
    refused = sum(bool(reading.errors) for reading in readings)
    cells = sum(reading.numeric_cells for reading in readings)
    told = sum(table.emitted + table.listed for reading in readings for table in reading.tables)
    return len(readings) - refused, refused, sum(len(reading.rows) for reading in readings), cells, told


def bare_read(paths: list[Path]) -> int:
    """The peer: python-calamine's values of every sheet, one process, nothing understood."""
    from python_calamine import CalamineWorkbook

    cells = 0
    for path in paths:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            cells += sum(len(row) for row in book.get_sheet_by_name(name).to_python())
    return cells


def run() -> list[Figure]:
    """The figures; empty where the workbooks are absent."""
    paths = workbooks()
    if not paths:
        return []
    ours, peer = alone(read_all, paths), alone(bare_read, paths)
    read, refused, rows, cells, told = ours.result
    peer_text = f"python-calamine, values only, one process: {peer.wall:.1f} s"
    return [
        Figure("workbooks read", f"{read} ({refused} refused)", "files", "218 without a crash"),
        Figure("time of all", f"{ours.wall:.1f}", "s", "≤ 120", peer_text, f"{ours.wall / peer.wall:.1f}"),
        Figure("workbooks a second", f"{read / ours.wall:.2f}", "files/s"),
        Figure("processor time", f"{ours.cpu:.1f}", "s"),
        Figure("peak memory of the largest process", f"{ours.peak_mb:.0f}", "MB"),
        Figure("rows", f"{rows:,}", "rows"),
        Figure("numeric cells emitted or listed", f"{100 * told / cells:.3f}", "%", "≥ 99.5"),
    ]
