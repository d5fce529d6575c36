"""``kecho demo``: from nothing to reports, and a second time without changing anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.web.test_serve import kecho

pytestmark = pytest.mark.slow


def test_demo_goes_the_whole_way_and_can_be_repeated(tmp_path: Path) -> None:
    first = kecho(tmp_path, "demo", "--no-serve")
    assert first.returncode == 0, first.stderr
    assert re.findall(r"^\[(\d)/6\]", first.stdout, re.M) == ["1", "2", "3", "4", "5", "6"]
    for command in (
        "kecho migrate",
        "kecho import ",
        "kecho assess --locality VN --year 2025",
        "kecho report 2025-02 ",
    ):
        assert f"$ {command}" in first.stdout
    files = sorted(tmp_path.joinpath("demo").iterdir())
    assert [file.suffix for file in files] == [".xlsx", ".docx", ".pdf", ".docx", ".pdf"]
    assert all(file.stat().st_size > 10_000 for file in files)

    counts = re.findall(r"^ +VN.* 20\d\d: .*$", first.stdout, re.M)
    again = kecho(tmp_path, "demo", "--no-serve")
    assert again.returncode == 0, again.stderr
    assert again.stdout.count("There already") == 2 and "đã nhập từ trước" in again.stderr
    assert re.findall(r"^ +VN.* 20\d\d: .*$", again.stdout, re.M) == counts
