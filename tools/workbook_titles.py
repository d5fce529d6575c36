"""What every sheet of the collected workbooks is: title families, how often, and where they go.

``python -m tools.workbook_titles FOLDER`` reads the workbooks of a folder and writes ``workbook_titles.csv`` beside
this file; ``docs/reference/workbook-titles.md`` is made from it, so that the manual builds without the workbooks. A
test reads them again and compares.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kecho.intake.batch import read_files
from kecho.intake.families import families
from kecho.intake.period_text import finditer
from kecho.intake.reading import Reading
from kecho.intake.wording import fold_heading

SUMMARY = Path(__file__).with_suffix(".csv")
COLUMNS = ("table", "reason", "title", "tables", "workbooks", "first", "last", "numbers", "emitted")
_BARE = re.compile(r"\d+|\b(?:tiep theo|va|den|tu|ngay|nam|ca nam|uoc tinh|cac quy|so sanh|cont)\b")
#: Kinds of a title that has no table: a copy, or nothing to read.
_REASONS = {
    "intake.sheet_empty": ("Trang tính trống", "The sheet is empty"),
    "intake.sheet_hidden": ("Bản sao ẩn của một biểu đã đọc", "A hidden copy of a table that is read"),
    "intake.no_figures": ("Không có số dưới tiêu đề", "No figure under the heading"),
    "intake.table_unknown": ("Biểu tổng hợp không theo loại nào", "A summary table of no kind"),
    "intake.family_not_read": ("Loại biểu đã biết, không đọc", "A known kind that is not read"),
}


@dataclass
class Title:
    """All tables of one wording. ``reason`` says why none of them is read; empty where they are."""

    table: str
    reason: str
    title: str
    files: set[str] = field(default_factory=set)
    tables: int = 0
    numbers: int = 0
    emitted: int = 0

    def record(self) -> list[str]:
        """The line of the summary."""
        counts = (self.tables, len(self.files), min(self.files), max(self.files), self.numbers, self.emitted)
        return [self.table, self.reason, self.title, *map(str, counts)]


def wording(title: str) -> str:
    """A title without order number, periods and other numbers, folded.

    >>> wording("10. Vốn đầu tư thực hiện từ nguồn ngân sách Nhà nước tháng 5 và 5 tháng năm 2024")
    'von dau tu thuc hien nguon ngan sach nha nuoc'
    """
    folded = fold_heading(title)
    for match in reversed([match for match, _ in finditer(folded)]):
        folded = f"{folded[: match.start()]} {folded[match.end() :]}"
    return " ".join(_BARE.sub(" ", folded).split())


def summary(readings: Iterable[Reading]) -> list[list[str]]:
    """The lines of the summary, in the order of the kinds, the most frequent wording first."""
    found: dict[tuple[str, str, str], Title] = {}
    for reading in readings:
        month = reading.file[:7]
        for note in reading.tables:
            one = found.setdefault((note.table, "", wording(note.title)), Title(note.table, "", wording(note.title)))
            _count(one, month, note.numeric_cells, note.emitted)
        for sheet in reading.unrecognised:
            key = ("", sheet.reason, wording(sheet.title))
            _count(found.setdefault(key, Title(*key)), month, sheet.numbers, 0)
    order = {family.table: at for at, family in enumerate(families())}
    ordered = sorted(found.values(), key=lambda one: (one.reason, order.get(one.table, 99), -one.tables, one.title))
    return [one.record() for one in ordered]


def _count(one: Title, month: str, numbers: int, emitted: int) -> None:
    one.files.add(month)
    one.tables += 1
    one.numbers += numbers
    one.emitted += emitted


def stored() -> list[list[str]]:
    """The committed summary."""
    with SUMMARY.open(encoding="utf-8", newline="") as lines:
        return [[row[name] for name in COLUMNS] for row in csv.DictReader(lines)]


def titles_page(table: Callable[[str, Iterable[Iterable[str]]], str]) -> str:
    """The page: all kinds with their counts, then every wording of a title."""
    rows = [dict(zip(COLUMNS, line, strict=True)) for line in stored()]
    parts = [
        "## Kinds of table",
        table("table | tiếng Việt | English | tables | wordings | numbers | emitted", _kinds(rows)),
    ]
    parts += ["## Not read", table("why | tables | workbooks | numbers | title", _unread(rows))]
    for family in families():
        of_kind = [row for row in rows if row["table"] == family.table and family.table]
        if of_kind:
            lines = (
                [row["title"], row["tables"], row["workbooks"], f"{row['first']} … {row['last']}"] for row in of_kind
            )
            parts += [f"### {family.name_vi} (`{family.table}`)", table("title | tables | workbooks | months", lines)]
    return "\n\n".join(parts)


def _kinds(rows: list[dict[str, str]]) -> Iterator[list[str]]:
    for family in families():
        of_kind = [row for row in rows if row["table"] == family.table and family.table]
        if of_kind:
            counts = [sum(int(row[name]) for row in of_kind) for name in ("tables", "numbers", "emitted")]
            tables, numbers, emitted = (f"{count:,}" for count in counts)
            yield [f"`{family.table}`", family.name_vi, family.name_en, tables, str(len(of_kind)), numbers, emitted]
    total = [sum(int(row[name]) for row in rows) for name in ("tables", "numbers", "emitted")]
    yield ["**all**", "", "", f"{total[0]:,}", str(len(rows)), f"{total[1]:,}", f"{total[2]:,}"]


def _unread(rows: list[dict[str, str]]) -> Iterator[list[str]]:
    for row in rows:
        if row["reason"]:
            why = " / ".join(_REASONS[row["reason"]])
            yield [why, row["tables"], row["workbooks"], row["numbers"], row["title"] or "-"]


def main() -> int:
    """Read a folder's workbooks and write the summary."""
    paths = sorted(str(path) for path in Path(sys.argv[1]).glob("*.xls*"))
    lines = summary(read_files(paths))
    with SUMMARY.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([COLUMNS, *lines])
    print(f"{len(paths)} workbooks, {len(lines)} title families: {SUMMARY.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
