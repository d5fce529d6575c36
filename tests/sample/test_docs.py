"""docs/reference/sample.md says of the sample what is true of it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

from kecho.kernel.periods import Period
from kecho.sample.hanoi_figures import FOLDER as HANOI
from kecho.sample.vietnam_figures import FOLDER as VIETNAM
from kecho.sample.vietnam_figures import readings

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "sample.md"


@cache
def page() -> str:
    return re.sub(r"\s+", " ", PAGE.read_text("utf-8"))


def test_workbooks_and_values_are_counted_right():
    counts = Counter(row.table for one in readings() for row in one.rows)
    files = (VIETNAM / "files.csv").read_text("utf-8").splitlines()[1:]
    assert f"{len(files)} workbooks" in page()
    assert f"{sum(counts.values()):,} values" in page()
    for table, count in counts.items():
        assert f"| `{table}` | {count:,} |" in page()


def test_months_without_a_workbook_are_listed():
    known = {line.split(",")[1] for line in (VIETNAM / "files.csv").read_text("utf-8").splitlines()[1:]}
    missing = [month.code for month in Period.parse("2012-01/2025-02").months if month.code not in known]
    assert f"({len(missing)} of 158): {', '.join(missing)}." in page()


def test_printed_points_and_articles_are_counted_right():
    lines = list(csv.DictReader((HANOI / "published.csv").read_text("utf-8").splitlines()))
    assert f"{len(lines)} figures that {len({line['source'] for line in lines})} articles printed" in page()
