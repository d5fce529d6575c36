"""What programs read: the columns of the dry run, exact texts in JSON, harmless ones in CSV."""

from __future__ import annotations

import csv
import io
import json

from kecho.intake.output import write_objects, write_rows, write_table
from kecho.intake.reading import Reading, SheetNote, Skipped
from kecho.intake.rows import Row
from kecho.intake.summary import batch_line, error_lines, file_lines
from kecho.kernel.errors import KechoError, Location

ROW = Row(
    "2025-02.xlsx", "14.XK", "D9", "exports", "export_turnover", '=cmd|"x"', "A > B, C", "VN", "2025-02", "level",
    "-4.1", "Triệu USD", "estimate", note="không in ra",
)  # fmt: skip


def _written(form: str, rows: list[Row]) -> str:
    stream = io.StringIO()
    write_rows(rows, stream, form)  # type: ignore[arg-type]
    return stream.getvalue()


def test_csv_has_the_thirteen_columns_and_harmless_text() -> None:
    header, row = csv.reader(io.StringIO(_written("csv", [ROW])))
    assert ",".join(header) == (
        "file,sheet,cell,table,indicator,label,breakdown,locality,period,measure,value,unit,stage"
    )
    assert row == [cell if cell != ROW.label else f"'{cell}" for cell in ROW.values()]


def test_json_has_every_text_as_it_is() -> None:
    (found,) = json.loads(_written("json", [ROW]))
    assert list(found) == Row.header()
    assert (found["label"], found["value"]) == ('=cmd|"x"', "-4.1")


def test_no_rows_is_still_sound_output() -> None:
    assert json.loads(_written("json", [])) == []
    assert _written("csv", []) == ",".join(Row.header()) + "\n"


def test_what_a_spreadsheet_would_run() -> None:
    stream = io.StringIO()
    write_table(["a"], [["=1"], ["+1"], ["@x"], ["-x"], ["-5.5"], ["-"], ["5"], ["a=1"]], stream)
    assert stream.getvalue().split() == ["a", "'=1", "'+1", "'@x", "'-x", "-5.5", "-", "5", "a=1"]


def test_objects_are_one_a_line() -> None:
    stream = io.StringIO()
    write_objects([{"a": "ệ"}, {"a": 2}], stream)
    assert stream.getvalue() == '[\n{"a": "ệ"},\n{"a": 2}\n]\n'


# ---- for people


def test_a_file_in_words() -> None:
    reading = Reading(
        "a.xlsx", "f" * 64, "2025-02", rows=[ROW],
        skipped=[Skipped("14.XK", cell, "intake.error_cell", "#REF!") for cell in ("D9", "D10")],
        unrecognised=[SheetNote("1.NN", title, "intake.family_not_read") for title in ("Lúa", "Ngô")],
        notes=["intake.note_old_macros"],
    )  # fmt: skip
    short = file_lines(reading, "en")
    assert short[0] == "a.xlsx: period 2025-02, 1 figures, 2 cells left out, 2 tables not read"
    assert short[1].startswith("  This .xls carries old macros")
    assert [line.split(": ")[0] for line in short[2:]] == ["  left out 2 cells", "  not read 2 tables on “1.NN”"]
    full = file_lines(reading, "vi", is_full=True)
    assert [line.split(":")[0] for line in full[2:]] == [
        "  bỏ qua 14.XK!D9", "  bỏ qua 14.XK!D10", "  không đọc “1.NN” Lúa", "  không đọc “1.NN” Ngô",
    ]  # fmt: skip


def test_a_refused_file_gives_both_languages_and_counts_the_rest() -> None:
    errors = [KechoError("intake.empty_file", where=Location(file="a.xlsx"))] * 23
    lines = error_lines(errors, "en")
    assert lines[0].startswith("[intake.empty_file] file a.xlsx: The file is empty")
    assert lines[1].startswith("[intake.empty_file] tệp a.xlsx: Tệp rỗng")
    assert (len(lines), lines[-1]) == (41, "... and 3 more errors")


def test_the_batch_in_one_line() -> None:
    readings = [Reading("a", rows=[ROW, ROW]), Reading("b", errors=[KechoError("intake.empty_file")])]
    assert batch_line(readings, "vi") == "Đã đọc 1/2 tệp, 2 số liệu; 1 tệp bị từ chối."
