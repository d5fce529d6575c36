"""Workbooks that pass the guard and are still wrong inside: what goes in, what is listed, what is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kecho.intake.batch import read_files
from kecho.intake.reader import read_safely
from kecho.intake.reading import Reading
from kecho.kernel.errors import LANGUAGES, catalogue

from . import hostile

TITLE: list[list[object]] = [["14. Hàng hóa xuất khẩu"], [], ["", "", "", "Nghìn tấn; Triệu USD"]]
STRINGS, SHEET = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"


def exports(month: int = 2, *rows: list[object]) -> bytes:
    """A table of exports of a month of 2025: that month and the year to date, total and domestic."""
    header: list[object] = ["", f"Ước tính tháng {month:02d} năm 2025", f"Cộng dồn {month} tháng năm 2025"]
    figures: list[list[object]] = [["TỔNG TRỊ GIÁ", 31109, 64196], ["Khu vực kinh tế trong nước", 8900.5, 18000]]
    return hostile.workbook([*TITLE, header, [], *figures, *rows])


def _read(folder: Path, data: bytes, name: str = "a.xlsx") -> Reading:
    path = folder / name
    path.write_bytes(data)
    return read_safely(path)


def test_the_sound_table_is_read(tmp_path: Path) -> None:
    reading = _read(tmp_path, exports())
    assert reading.period == "2025-02"
    assert [(row.cell, row.period, row.value) for row in reading.rows] == [
        ("B6", "2025-02", "31109"),
        ("C6", "2025-01/2025-02", "64196"),
        ("B7", "2025-02", "8900.5"),
        ("C7", "2025-01/2025-02", "18000"),
    ]


@pytest.mark.parametrize(
    ("cell", "outcome"),
    [
        ("22.209", "row 22209 intake.note_text_number"),
        ("46196,5", "row 46196.5 intake.note_text_number"),
        ("12a", "intake.not_a_number"),
        ("-", "intake.nil_mark"),
        ("...", "intake.not_collected_mark"),
        ("x", "intake.not_applicable_mark"),
    ],
)
def test_text_among_the_figures(tmp_path: Path, cell: str, outcome: str) -> None:
    reading = _read(tmp_path, exports(2, ["Thủy sản", cell, 5]))
    found = [f"row {row.value} {row.note}" for row in reading.rows if row.cell == "B8"]
    found += [item.reason for item in reading.skipped if item.cell == "B8"]
    assert found == [outcome]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'<c r="B6" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "intake.error_cell"),
        (b'<c r="B6" t="e"><f>X!A1</f><v>#REF!</v></c>', "intake.error_cell"),
        (b'<c r="B6" t="e"><v>#N/A</v></c>', "intake.error_cell"),
        (b'<c r="B6"><f>B7+B8</f></c>', "intake.formula_not_computed"),
        (b'<c r="B6"><f>B7+B8</f><v></v></c>', "intake.formula_not_computed"),
    ],
)
def test_formulas_without_a_number_are_listed_with_their_cell(tmp_path: Path, content: bytes, reason: str) -> None:
    data = hostile.changed(exports(), replace=(SHEET, b'<c r="B6"><v>31109</v></c>', content))
    reading = _read(tmp_path, data)
    assert [(item.sheet, item.cell, item.reason) for item in reading.skipped] == [("14.XK", "B6", reason)]
    assert [row.cell for row in reading.rows] == ["C6", "B7", "C7"]


def test_formulas_that_openpyxl_left_uncomputed_are_listed(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exports()))
    book["14.XK"]["B6"] = "=B7*2"
    buffer = io.BytesIO()
    book.save(buffer)
    reading = _read(tmp_path, buffer.getvalue())
    assert [(item.cell, item.reason) for item in reading.skipped] == [("B6", "intake.formula_not_computed")]


def test_very_many_empty_rows_below_a_table(tmp_path: Path) -> None:
    """Formatted far down, as a slip of the mouse leaves it: the same rows come out (test_guard has a million)."""
    with zipfile.ZipFile(io.BytesIO(exports())) as archive:
        sheet = archive.read(SHEET)
    empty = "".join([f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(8, 100_000)]).encode()
    data = hostile.changed(exports(), {SHEET: sheet.replace(b"</sheetData>", empty + b"</sheetData>")})
    reading = _read(tmp_path, data)
    assert [row.cell for row in reading.rows] == ["B6", "C6", "B7", "C7"]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({STRINGS: b"<sst><si><t>a</t>"}, "broken_file"),
        ({STRINGS: b"\xff\xfe\x00 no xml"}, "broken_file"),
        ({STRINGS: None}, "broken_file"),
        ({SHEET: None}, "broken_file"),
        ({SHEET: b"<worksheet><sheetData><row r='x'>"}, "broken_file"),
        ({"xl/workbook.xml": None}, "broken_file"),
        ({"xl/workbook.xml": b"<workbook"}, "broken_file"),
        ({"xl/_rels/workbook.xml.rels": None}, "broken_file"),
        ({"xl/styles.xml": b"<styleSheet><fonts"}, "broken_file"),
    ],
)
def test_broken_parts(tmp_path: Path, parts: dict[str, bytes | None], code: str) -> None:
    reading = _read(tmp_path, hostile.changed(exports(), parts))
    assert [error.code for error in reading.errors] == [f"intake.{code}"]
    assert reading.errors[0].where.file == "a.xlsx"
    assert reading.rows == []


def test_months_twice_and_out_of_order(tmp_path: Path) -> None:
    """The first of two editions goes in, the other is refused; an earlier month after a later one is no problem."""
    for name, data in (("feb.xlsx", exports(2)), ("feb2.xlsx", exports(2, ["Gạo", 1, 2])), ("jan.xlsx", exports(1))):
        (tmp_path / name).write_bytes(data)
    readings = read_files([tmp_path / name for name in ("feb.xlsx", "feb2.xlsx", "jan.xlsx")], 2)
    assert [(reading.period, [error.code for error in reading.errors]) for reading in readings] == [
        ("2025-02", []),
        ("2025-02", ["intake.duplicate_month"]),
        ("2025-01", []),
    ]


# ---- whatever the bytes


def _all_coded(readings: list[Reading]) -> bool:
    codes = catalogue()
    return all(
        error.code in codes and error.text(lang) for one in readings for error in one.errors for lang in LANGUAGES
    )


damage = st.lists(st.tuples(st.floats(0, 0.9999), st.binary(min_size=1, max_size=6)), min_size=1, max_size=8)
quick = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _damaged(data: bytes, changes: list[tuple[float, bytes]]) -> bytes:
    patched = bytearray(data)
    for place, piece in changes:
        at = int(place * len(patched))
        patched[at : at + len(piece)] = piece
    return bytes(patched)


@quick
@given(part=st.sampled_from([STRINGS, SHEET, "xl/workbook.xml", "xl/styles.xml"]), changes=damage)
def test_damage_inside_the_parts_is_read_or_refused(
    tmp_path: Path, part: str, changes: list[tuple[float, bytes]]
) -> None:
    with zipfile.ZipFile(io.BytesIO(exports())) as archive:
        content = archive.read(part)
    assert _all_coded([_read(tmp_path, hostile.changed(exports(), {part: _damaged(content, changes)}))])


@pytest.mark.shared
@settings(quick, max_examples=3, phases=[Phase.generate])
@given(changes=st.lists(damage, min_size=5, max_size=5), cut=st.floats(0, 0.2))
def test_damaged_real_files_never_end_the_batch(
    tmp_path: Path, shared: Path, changes: list[list[tuple[float, bytes]]], cut: float
) -> None:
    """Real bytes of five years with random damage, beside a sound file that must come through."""
    paths = [tmp_path / "sound.xlsx"]
    paths[0].write_bytes(exports())
    real = sorted((shared / "gso-monthly").glob("*.xls*"))[10::44]
    for source, change in zip(real, changes, strict=True):
        data = _damaged(source.read_bytes(), change)
        paths.append(tmp_path / source.name)
        paths[-1].write_bytes(data[: len(data) - int(cut * cut * len(data))])
    readings = read_files(paths, 2, seconds=30)
    assert len(readings[0].rows) == 4
    assert _all_coded(readings)
