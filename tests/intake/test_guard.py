"""The door: hostile and broken files, each with the code it must meet."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from kecho.intake import limits
from kecho.intake.guard import Kind, display_name, open_checked
from kecho.kernel.errors import LANGUAGES, KechoError, catalogue

from . import hostile

GOOD = hostile.workbook()
XLS = hostile.compound({"Workbook": hostile.PLAIN_BOOK})
STRINGS = "xl/sharedStrings.xml"
DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><sst>&y;</sst>'
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><sst>&b;</sst>'
HTML_TABLE = b"\xef\xbb\xbf\r\n <HTML><table><tr><td>1</td></tr></table></html>"
XML_2003 = b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'

# name of the case, file name, how to make the bytes, expected code
CASES: list[tuple[str, str, Callable[[], bytes], str]] = [
    ("empty", "a.xlsx", lambda: b"", "empty_file"),
    ("empty csv", "a.csv", lambda: b"", "empty_file"),
    ("only zeros", "a.xlsx", lambda: bytes(5000), "unknown_content"),
    ("random bytes", "a.xls", lambda: bytes(range(256)) * 20, "unknown_content"),
    ("cut to two thirds", "a.xlsx", lambda: GOOD[: len(GOOD) * 2 // 3], "truncated"),
    ("last bytes missing", "a.xlsx", lambda: GOOD[:-30], "truncated"),
    ("damaged part", "a.xlsx", lambda: hostile.forged(GOOD, STRINGS, size=10), "broken_file"),
    ("unknown packing", "a.xlsx", lambda: hostile.forged(GOOD, STRINGS, method=99), "broken_file"),
    ("part with a password", "a.xlsx", lambda: hostile.forged(GOOD, STRINGS, flag=1), "encrypted"),
    ("encrypted xlsx", "a.xlsx", lambda: hostile.compound({"EncryptedPackage": b"x"}), "encrypted"),
    ("encrypted xlsx named xls", "a.xls", lambda: hostile.compound({"EncryptionInfo": b"x"}), "encrypted"),
    ("xls with a password", "a.xls", lambda: hostile.compound({"Workbook": hostile.LOCKED_BOOK}), "encrypted"),
    ("xls cut", "a.xls", lambda: XLS[: len(XLS) - 1024], "truncated"),
    ("xls header only", "a.xls", lambda: XLS[:600], "truncated"),
    ("xls chain that loops", "a.xls", lambda: hostile.compound({"Workbook": b""}, loops=True), "truncated"),
    ("macro in xlsx", "a.xlsx", lambda: hostile.changed(GOOD, {"xl/vbaProject.bin": b"x"}), "macro_workbook"),
    ("macro sheet", "a.xlsx", lambda: hostile.changed(GOOD, {"xl/macrosheets/sheet1.xml": b"<x/>"}), "macro_workbook"),
    (
        "macro content type",
        "a.xlsx",
        lambda: hostile.changed(
            GOOD, replace=("[Content_Types].xml", b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
        ),
        "macro_workbook",
    ),
    ("macro extension", "a.xlsm", lambda: GOOD, "macro_workbook"),
    ("zip bomb", "a.xlsx", lambda: hostile.changed(GOOD, {"xl/media/a.bin": bytes(30_000_000)}), "zip_bomb"),
    ("parts that overlap", "a.xlsx", lambda: hostile.overlapped(GOOD, 20), "zip_bomb"),
    ("forged total", "a.xlsx", lambda: hostile.forged(GOOD, STRINGS, size=limits.UNPACKED_BYTES + 1), "zip_bomb"),
    ("too many parts", "a.xlsx", lambda: hostile.archive({f"xl/{n}": b"" for n in range(5001)}), "too_many_parts"),
    ("path out of the file", "a.xlsx", lambda: hostile.changed(GOOD, {"xl/../../evil": b"x"}), "unsafe_parts"),
    ("absolute path", "a.xlsx", lambda: hostile.changed(GOOD, {"/etc/passwd": b"x"}), "unsafe_parts"),
    ("windows path", "a.xlsx", lambda: hostile.changed(GOOD, {"..\\evil": b"x"}), "unsafe_parts"),
    ("external entity", "a.xlsx", lambda: hostile.changed(GOOD, {STRINGS: DTD}), "xml_entities"),
    ("billion laughs", "a.xlsx", lambda: hostile.changed(GOOD, {"xl/workbook.xml": LAUGHS}), "xml_entities"),
    (
        "entity in UTF-16",
        "a.xlsx",
        lambda: hostile.changed(GOOD, {STRINGS: DTD.decode().encode("utf-16")}),
        "xml_entities",
    ),
    (
        "odd encoding",
        "a.xlsx",
        lambda: hostile.changed(GOOD, {STRINGS: b'<?xml version="1.0" encoding="UTF-7"?><sst/>'}),
        "xml_entities",
    ),
    ("xlsx named xls", "a.xls", lambda: GOOD, "wrong_extension"),
    ("xls named xlsx", "a.xlsx", lambda: XLS, "wrong_extension"),
    ("xlsx named csv", "a.csv", lambda: GOOD, "wrong_extension"),
    ("xls named csv", "a.csv", lambda: XLS, "wrong_extension"),
    ("HTML named xls", "a.xls", lambda: HTML_TABLE, "not_a_workbook"),
    ("XML of 2003 named xls", "a.xls", lambda: XML_2003, "not_a_workbook"),
    ("PDF named xlsx", "a.xlsx", lambda: b"%PDF-1.7 ...", "not_a_workbook"),
    ("text named xlsx", "a.xlsx", lambda: b"a;33,2", "not_a_workbook"),
    ("Word document", "a.xlsx", lambda: hostile.archive({"word/document.xml": b"<x/>"}), "not_a_workbook"),
    ("OpenDocument", "a.xlsx", lambda: hostile.archive({"content.xml": b"<x/>"}), "not_a_workbook"),
    ("binary workbook", "a.xlsx", lambda: hostile.changed(GOOD, {"xl/workbook.bin": b"x"}), "not_a_workbook"),
    ("some zip", "a.xlsx", lambda: hostile.archive({"photo.jpg": b"x"}), "not_a_workbook"),
    ("empty zip", "a.xlsx", lambda: hostile.archive({}), "not_a_workbook"),
    ("old Word document", "a.xls", lambda: hostile.compound({"WordDocument": b"x"}), "not_a_workbook"),
    ("OLE2 without a workbook", "a.xls", lambda: hostile.compound({"Anything": b"x"}), "not_a_workbook"),
    ("other extension", "a.ods", lambda: GOOD, "unknown_extension"),
    ("no extension", "a", lambda: GOOD, "unknown_extension"),
    (
        "merged to the last cell",
        "a.xlsx",
        lambda: hostile.with_sheet("", '<mergeCells><mergeCell ref="B2:XFD1048576"/></mergeCells>'),
        "merge_too_large",
    ),
    (
        "a value in the last cell",
        "a.xlsx",
        lambda: hostile.with_sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "sheet_too_wide",
    ),
]


@pytest.mark.parametrize(("name", "make", "code"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_refused(tmp_path: Path, name: str, make: Callable[[], bytes], code: str) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(KechoError) as refusal:
        open_checked(path)
    assert refusal.value.code == f"intake.{code}"
    assert refusal.value.where.file == name
    assert all(name in refusal.value.text(lang) for lang in LANGUAGES)


@pytest.mark.parametrize("name", ["merged to the last cell", "a value in the last cell"])
def test_a_sheet_problem_names_its_place(tmp_path: Path, name: str) -> None:
    make = next(case[2] for case in CASES if case[0] == name)
    path = tmp_path / "a.xlsx"
    path.write_bytes(make())
    with pytest.raises(KechoError) as refusal:
        open_checked(path)
    assert refusal.value.where.sheet == "14.XK"
    assert refusal.value.where.cell in ("B2", "XFD1048576")


@pytest.mark.parametrize("keep", [3, 10, 100, 1000, 3000])
def test_wherever_an_xlsx_is_cut_it_is_refused(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(GOOD[:keep])
    with pytest.raises(KechoError):
        open_checked(path)


def test_sound_files_pass(tmp_path: Path) -> None:
    for name, data, kind in (
        ("a.xlsx", GOOD, Kind.XLSX),
        ("A.XLSX", GOOD, Kind.XLSX),
        ("tháng 2 – bản cuối.xlsx", GOOD, Kind.XLSX),
        ("a.xls", XLS, Kind.XLS),
        ("a.csv", b"indicator,value\n", Kind.CSV),
        ("nested.xlsx", hostile.changed(GOOD, {"xl/embeddings/a.xlsx": GOOD}), Kind.XLSX),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        checked = open_checked(path)
        assert (checked.kind, checked.name, len(checked.sha256)) == (kind, name, 64)
        assert checked.data == (b"" if kind is Kind.CSV else data)


def test_old_macros_in_xls_are_noted_not_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(hostile.compound({"Workbook": hostile.PLAIN_BOOK, "_VBA_PROJECT_CUR": b"x", "VBA": b"x"}))
    assert open_checked(path).notes == ("intake.note_old_macros",)


def test_a_million_empty_rows_cost_little(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(hostile.million_empty_rows())
    start = time.process_time()
    checked = open_checked(path)
    assert time.process_time() - start < 10
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(checked.data)).get_sheet_by_name("14.XK")
    assert sheet.to_python(skip_empty_area=False) == [[1.0, ""], ["", 117.17]]
    assert len(checked.data) < 20_000


def test_rows_without_numbers_are_left_alone(tmp_path: Path) -> None:
    """Their place is their order: taking empty ones out would move the others up."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        hostile.with_sheet("<row/>" * (limits.TRIM_ROWS + 1) + '<row r="30000"><c r="A30000"><v>1</v></c></row>')
    )
    assert open_checked(path).data == path.read_bytes()


def test_too_many_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILLED_CELLS", 3)
    path = tmp_path / "a.xlsx"
    path.write_bytes(GOOD)
    with pytest.raises(KechoError, match="sheet_too_large"):
        open_checked(path)


def test_too_large_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    with path.open("wb") as stream:
        stream.truncate(limits.WORKBOOK_BYTES + 1)
    with pytest.raises(KechoError, match="file_too_large"):
        open_checked(path)


# ---- files that are no files


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(KechoError, match="missing_file"):
        open_checked(tmp_path / "a.xlsx")


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(KechoError, match="is_directory"):
        open_checked(tmp_path / "a.xlsx")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.xlsx")
    with pytest.raises(KechoError, match="not_a_file"):
        open_checked(tmp_path / "a.xlsx")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run as root, who may read everything; so the system's answer is imitated."""

    def deny(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "a.xlsx"
    path.write_bytes(GOOD)
    monkeypatch.setattr(Path, "read_bytes", deny)
    with pytest.raises(KechoError, match="no_permission"):
        open_checked(path)


@pytest.mark.parametrize("name", ["a" * 300 + ".xlsx", "a\0b.xlsx"])
def test_a_path_the_system_cannot_open(tmp_path: Path, name: str) -> None:
    with pytest.raises(KechoError, match="bad_path"):
        open_checked(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\x1b[31m.xls", "a�[31m.xls"),
        ("a\nb.xls", "a�b.xls"),
        ("\u202eslx.a", "�slx.a"),
        ("\udcff.xls", "�.xls"),
        ("Đ.xls", "Đ.xls"),
    ],
)
def test_names_are_safe_to_print(name: str, shown: str) -> None:
    assert display_name(Path("/home") / name) == shown


# ---- whatever the bytes


def _code(path: Path) -> str:
    """The code of the refusal, or nothing; anything but a coded error fails the test."""
    try:
        open_checked(path)
    except KechoError as refusal:
        for lang in LANGUAGES:
            refusal.text(lang)
        return refusal.code
    return ""


quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(
    extension=st.sampled_from(["xls", "xlsx", "csv"]),
    head=st.sampled_from([b"", GOOD[:4], XLS[:8]]),
    rest=st.binary(max_size=3000),
)
def test_any_bytes_meet_a_code(tmp_path: Path, extension: str, head: bytes, rest: bytes) -> None:
    path = tmp_path / f"a.{extension}"
    path.write_bytes(head + rest)
    assert _code(path) in {*catalogue(), ""}


@quick
@given(
    which=st.sampled_from([("a.xlsx", GOOD), ("a.xls", XLS)]),
    changes=st.lists(st.tuples(st.floats(0, 0.9999), st.integers(0, 255)), min_size=1, max_size=20),
    cut=st.floats(0, 0.5),
)
def test_any_damage_meets_a_code(
    tmp_path: Path, which: tuple[str, bytes], changes: list[tuple[float, int]], cut: float
) -> None:
    name, sound = which
    data = bytearray(sound)
    for place, byte in changes:
        data[int(place * len(data))] = byte
    path = tmp_path / name
    path.write_bytes(data[: len(data) - int(cut * len(data))])
    assert _code(path) in {*catalogue(), ""}


# ---- the real ones


@pytest.mark.shared
def test_real_workbooks_pass(shared: Path) -> None:
    """One of five of the 218, of every year; 8 of all carry old macros."""
    files = sorted((shared / "gso-monthly").glob("*.xls*"))
    assert len(files) == 218
    for path in files[::5]:
        checked = open_checked(path)
        assert checked.data == path.read_bytes()
