"""The tidy CSV: given cells, expected rows or expected problems with the place Excel shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kecho.intake import limits, tidy, tidy_fields
from kecho.intake.reading import Reading
from kecho.intake.rows import Row
from kecho.intake.tidy import read_csv
from kecho.kernel.errors import LANGUAGES, KechoError

HEADER = "indicator,label,breakdown,locality,period,measure,value,unit,stage,note,source"
SOUND = ["export_turnover", "Dầu thô", "", "VN-HN", "2025-02", "level", "1234.5", "Triệu USD", "estimate", "", ""]
NAMES = HEADER.split(",")


def _read(folder: Path, text: str | bytes) -> Reading:
    path = folder / "own.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_csv(path)


def _line(separator: str = ",", **changes: str) -> str:
    cells = [changes.get(name, cell) for name, cell in zip(NAMES, SOUND, strict=True)]
    return separator.join(f'"{cell}"' if separator in cell else cell for cell in cells)


def _problems(reading: Reading) -> list[tuple[str, str]]:
    return [(error.code.removeprefix("intake."), error.where.cell) for error in reading.errors]


def test_a_row_keeps_everything(tmp_path: Path) -> None:
    reading = _read(tmp_path, f"{HEADER}\n{_line(note='sơ bộ lần 2', source='Cục Thống kê')}\n")
    assert reading.errors == []
    assert reading.rows == [
        Row(
            file="own.csv", sheet="", cell="G2", table="tidy", indicator="export_turnover", label="Dầu thô",
            breakdown="", locality="VN-HN", period="2025-02", measure="level", value="1234.5", unit="Triệu USD",
            stage="estimate", note="sơ bộ lần 2; Cục Thống kê",
        )
    ]  # fmt: skip
    assert (reading.period, len(reading.sha256)) == ("2025-02", 64)


def test_vietnamese_header_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    """As Vietnamese Excel saves it: byte order mark, semicolons, CRLF, a blank line at the end."""
    text = (
        "\ufeffChỉ tiêu;Nhãn;Địa phương;Kỳ;Loại số liệu;Giá trị;Đơn vị tính;Mức độ\r\n"
        "export_turnover;Dầu thô;Hà Nội;02/2025;Mức;1.234.567,89;Triệu USD;Ước tính\r\n"
        "export_turnover;Gạo;TP. Hồ Chí Minh;2025-Q1;tăng trưởng;-4,1;%;SƠ BỘ\r\n"
        ";;;;;;;\r\n"
    )
    rows = _read(tmp_path, text).rows
    assert [(row.locality, row.period, row.measure, row.value, row.stage, row.cell) for row in rows] == [
        ("VN-HN", "2025-02", "level", "1234567.89", "estimate", "F2"),
        ("VN-SG", "2025-Q1", "growth", "-4.1", "preliminary", "F3"),
    ]


def test_excel_separator_line(tmp_path: Path) -> None:
    reading = _read(tmp_path, f"sep=;\n{HEADER.replace(',', ';')}\n{_line(';', value='1,5')}\n")
    assert [(row.value, row.cell) for row in reading.rows] == [("1.5", "G3")]


@pytest.mark.parametrize(
    ("separator", "written", "value"),
    [
        (",", "1.234", "1.234"), (",", "0", "0"), (",", "-12.50", "-12.50"), (",", "1,234.5", "1234.5"),
        (",", "−3", "-3"), (",", " 5 ", "5"), (";", "123", "123"), (";", "1,234", "1.234"), (";", "1.234,5", "1234.5"),
        (",", "007", "7"), (";", "1.234.567", "1234567"), (",", "-", "-"), (",", "…", "..."), (",", "...", "..."),
        (",", "X", "x"),
    ],
)  # fmt: skip
def test_numbers(tmp_path: Path, separator: str, written: str, value: str) -> None:
    reading = _read(tmp_path, f"{HEADER.replace(',', separator)}\n{_line(separator, value=written)}\n")
    assert [row.value for row in reading.rows] == [value]


@pytest.mark.parametrize(
    ("separator", "written", "code"),
    [
        (",", "1,234", "csv_ambiguous_number"), (";", "1.234", "csv_ambiguous_number"), (";", "12.5", "csv_bad_number"),
        (",", "1e5", "csv_bad_number"), (",", "12%", "csv_bad_number"), (",", "nan", "csv_bad_number"),
        (",", "1 234", "csv_bad_number"), (",", "=1+1", "csv_bad_number"), (",", "١٢", "csv_bad_number"),
        (",", "1" * 25, "csv_bad_number"), (",", "0." + "1" * 41, "csv_bad_number"), (",", "", "csv_blank"),
        (",", "12,34,567", "csv_bad_number"), (",", "--5", "csv_bad_number"),
    ],
)  # fmt: skip
def test_numbers_refused(tmp_path: Path, separator: str, written: str, code: str) -> None:
    reading = _read(tmp_path, f"{HEADER.replace(',', separator)}\n{_line(separator, value=written)}\n")
    assert (_problems(reading), reading.rows) == ([(code, "G2")], [])


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("indicator", "Xuất khẩu", ("csv_bad_indicator", "A2")), ("indicator", "", ("csv_blank", "A2")),
        ("label", "a\u2066b", ("csv_invisible", "B2")), ("label", "a\x07", ("csv_invisible", "B2")),
        ("label", "a\u202eb", ("csv_invisible", "B2")), ("breakdown", "x" * 501, ("csv_text_too_long", "C2")),
        ("locality", "VN-XX", ("csv_bad_locality", "D2")), ("locality", "Hà Tây", ("csv_bad_locality", "D2")),
        ("locality", "", ("csv_blank", "D2")), ("period", "2025-13", ("kernel.bad_period", "E2")),
        ("period", "Feb-25", ("kernel.bad_period", "E2")), ("measure", "%", ("csv_bad_measure", "F2")),
        ("unit", "", ("csv_blank", "H2")), ("stage", "dự báo", ("csv_bad_stage", "I2")),
    ],
)  # fmt: skip
def test_cells_refused(tmp_path: Path, column: str, cell: str, problem: tuple[str, str]) -> None:
    assert _problems(_read(tmp_path, f"{HEADER}\n{_line(**{column: cell})}\n")) == [problem]


@pytest.mark.parametrize(
    ("locality", "period", "code"),
    [
        ("Hà Tây", "2008-07", "VN-15"), ("Bà Rịa-Vũng Tàu", "2025-06", "VN-43"), ("VN-43", "2025-01/2025-07", "VN-43"),
        ("Bà Rịa-Vũng Tàu", "2025-07", ""), ("cả nước", "2025", "VN"), ("vn-hn", "2025", ""),
    ],
)  # fmt: skip
def test_a_locality_must_exist_in_the_period(tmp_path: Path, locality: str, period: str, code: str) -> None:
    reading = _read(tmp_path, f"{HEADER}\n{_line(locality=locality, period=period)}\n")
    assert [row.locality for row in reading.rows] == ([code] if code else [])


def test_all_problems_come_at_once_and_nothing_goes_in(tmp_path: Path) -> None:
    lines = [HEADER, _line(), _line(value="x1", stage="?"), _line(period="2025-03"), _line(locality="?", unit="")]
    reading = _read(tmp_path, "\n".join(lines))
    assert _problems(reading) == [
        ("csv_bad_number", "G3"), ("csv_bad_stage", "I3"), ("csv_blank", "H5"), ("csv_bad_locality", "D5"),
    ]  # fmt: skip
    assert reading.rows == []
    assert all(error.text(lang) for error in reading.errors for lang in LANGUAGES)


def test_a_quoted_line_break_stays_one_row(tmp_path: Path) -> None:
    text = f"{HEADER}\n{_line().replace('Dầu thô', chr(34) + 'Dầu' + chr(10) + 'thô' + chr(34))}\n{_line(value='?')}\n"
    assert _problems(_read(tmp_path, text)) == [("csv_bad_number", "G3")]


def test_a_figure_given_twice(tmp_path: Path) -> None:
    """The same figure, whatever the spelling of its label and its stage."""
    lines = [
        HEADER,
        _line(label="Thủy sản"),
        _line(period="2025-01"),
        _line(label="THUỶ SẢN", value="2", stage="official"),
    ]
    reading = _read(tmp_path, "\n".join(lines))
    assert _problems(reading) == [("csv_row_twice", "G4")]
    assert reading.errors[0].params == {"first": 2}


def test_decomposed_letters_are_composed(tmp_path: Path) -> None:
    decomposed = "Da\u0302\u0300u   tho\u0302"
    reading = _read(tmp_path, f"{HEADER}\n{_line(label=decomposed)}\n")
    assert reading.rows[0].label == "Dầu thô"


def test_formula_text_is_text(tmp_path: Path) -> None:
    reading = _read(tmp_path, f"{HEADER}\n{_line(label='=HYPERLINK(A1)')}\n")
    assert reading.rows[0].label == "=HYPERLINK(A1)"


@pytest.mark.parametrize(
    ("header", "problems"),
    [
        ("indicator,period", ["csv_missing_column"] * 5 + ["csv_bad_header"]),
        (HEADER.replace("note", "unit"), ["csv_column_twice", "csv_bad_header"]),
        (HEADER.replace("note", "ghi-chú khác"), ["csv_unknown_column", "csv_bad_header"]),
        (HEADER.replace(",", "\t"), ["csv_unknown_column"] + ["csv_missing_column"] * 7 + ["csv_bad_header"]),
    ],
)  # fmt: skip
def test_headers_refused(tmp_path: Path, header: str, problems: list[str]) -> None:
    reading = _read(tmp_path, f"{header}\n{_line()}\n")
    assert [code for code, _ in _problems(reading)] == problems


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        (f"{HEADER}\n{_line()}\n".encode("utf-16"), "csv_not_utf8", 1),
        (f"{HEADER}\n{_line()}\n".encode() + b"export_turnover,n\xadc", "csv_not_utf8", 3),
        (f'{HEADER}\nexport_turnover,"open quote\n'.encode(), "csv_broken", 2),
        (f"{HEADER}\n{_line()},one more\n".encode(), "csv_too_many_cells", 2),
        (f"{HEADER}\n".encode(), "csv_no_rows", None),
        (f'{HEADER}\nexport_turnover,"a"b\n'.encode(), "csv_broken", 2),
    ],
)  # fmt: skip
def test_files_refused(tmp_path: Path, text: bytes, code: str, row: int | None) -> None:
    reading = _read(tmp_path, text)
    assert [(error.code.removeprefix("intake."), error.where.row) for error in reading.errors] == [(code, row)]


def test_many_problems_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidy, "LISTED_ERRORS", 5)
    reading = _read(tmp_path, "\n".join([HEADER, *[_line(value="?")] * 12]))
    assert len(reading.errors) == 6
    assert (reading.errors[-1].code, reading.errors[-1].params) == ("intake.csv_more_errors", {"count": 7})


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CSV_ROWS", 3)
    reading = _read(tmp_path, "\n".join([HEADER, *[_line(label=f"a{n}") for n in range(5)]]))
    assert [code for code, _ in _problems(reading)] == ["csv_too_many_rows"]


def test_every_column_has_a_parser() -> None:
    codes = {column.code for column in tidy_fields.columns().values()}
    assert codes == {*tidy_fields.PARSERS, "value"}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=12), max_size=5),
    separator=st.sampled_from(",;\t"),
)
def test_any_cells_meet_a_code(tmp_path: Path, cells: list[list[str]], separator: str) -> None:
    text = "\n".join(separator.join(row) for row in [HEADER.split(","), *cells])
    try:
        reading = _read(tmp_path, text.encode("utf-8", "surrogatepass"))
    except KechoError as refusal:
        assert refusal.text()
    else:
        assert bool(reading.errors) != bool(reading.rows)
        assert all(error.text(lang) for error in reading.errors for lang in LANGUAGES)
