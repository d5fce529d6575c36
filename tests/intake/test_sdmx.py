"""SDMX data messages come in: what pysdmx writes is read back, hostile XML is refused, every problem is listed."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas
import pytest
from pysdmx.io import write_sdmx
from pysdmx.io.format import Format
from pysdmx.io.pd import PandasDataset
from pysdmx.model import Concept
from pysdmx.model.dataflow import Component, Components, Role, Schema

from kecho.intake import sdmx, sdmx_codes
from kecho.intake.reader import read_safely
from kecho.kernel import units
from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period

DIMENSIONS = ("FREQ", "REF_AREA", "INDICATOR", "BREAKDOWN", "MEASURE", "TIME_PERIOD")
ATTRIBUTES = ("OBS_STATUS", "UNIT_MEASURE", "UNIT_MULT")
COLUMNS = [*DIMENSIONS, "OBS_VALUE", *ATTRIBUTES]
FORMATS = {
    "csv 1.0": (Format.DATA_SDMX_CSV_1_0_0, ".csv"),
    "csv 2.0": (Format.DATA_SDMX_CSV_2_0_0, ".csv"),
    "ml 2.1 specific": (Format.DATA_SDMX_ML_2_1_STR, ".xml"),
    "ml 2.1 generic": (Format.DATA_SDMX_ML_2_1_GEN, ".xml"),
    "ml 3.0": (Format.DATA_SDMX_ML_3_0, ".xml"),
}
USUAL = ("M", "VN-HN", "export_turnover", "_T", "level", "2025-02", "1315.50", "E", "USD", "6")


def _message(*records: tuple[str, ...], form: Format = Format.DATA_SDMX_CSV_1_0_0, columns: list[str] = COLUMNS) -> str:
    """A data message written by pysdmx."""

    def component(name: str) -> Component:
        role = Role.DIMENSION if name in DIMENSIONS else Role.MEASURE if name == "OBS_VALUE" else Role.ATTRIBUTE
        level = "O" if role is Role.ATTRIBUTE else None
        return Component(name, role is not Role.ATTRIBUTE, role, Concept(name), attachment_level=level)

    schema = Schema("dataflow", "KECHO", "FIGURES", Components([component(name) for name in columns]), "1.0")
    dataset = PandasDataset(structure=schema, data=pandas.DataFrame(list(records), columns=columns))
    text = write_sdmx([dataset], form)
    assert text is not None
    return text


def _saved(folder: Path, text: str, suffix: str = ".csv") -> Path:
    path = folder / f"message{suffix}"
    path.write_text(text, encoding="utf-8")
    return path


def _changed(**fields: str) -> tuple[str, ...]:
    return tuple(fields.get(name, value) for name, value in zip(COLUMNS, USUAL, strict=True))


@pytest.mark.parametrize(("form", "suffix"), FORMATS.values(), ids=FORMATS.keys())
def test_what_pysdmx_writes_is_read_back(tmp_path: Path, form: Format, suffix: str) -> None:
    records = [
        USUAL,
        _changed(TIME_PERIOD="2025-01-01/P2M", FREQ="_U", OBS_VALUE="2504.1", OBS_STATUS="P"),
        _changed(
            BREAKDOWN="fdi.crude_oil", TIME_PERIOD="2025-Q1", FREQ="Q", OBS_VALUE="12", OBS_STATUS="A", UNIT_MULT="3"
        ),
        _changed(MEASURE="index_py", OBS_VALUE="117.17", UNIT_MEASURE="PT", UNIT_MULT="0"),
    ]
    reading = read_safely(_saved(tmp_path, _message(*records, form=form), suffix))
    assert [error.text() for error in reading.errors] == []
    found = sorted((row.label, row.period, row.measure, row.value, row.unit, row.stage) for row in reading.rows)
    assert found == sorted(
        [
            ("", "2025-02", "level", "1315.50", "million_usd", "estimate"),
            ("", "2025-01/2025-02", "level", "2504.1", "million_usd", "preliminary"),
            ("fdi/crude_oil", "2025-Q1", "level", "12", "thousand_usd", "official"),
            ("", "2025-02", "index_py", "117.17", "percent", "estimate"),
        ]
    )
    assert {row.locality for row in reading.rows} == {"VN-HN"}
    assert (reading.period, reading.is_own) == ("2025-03", True)


CASES = [
    ({"OBS_VALUE": "", "OBS_STATUS": "L"}, ("...", "preliminary")),
    ({"OBS_VALUE": "NaN", "OBS_STATUS": "M"}, ("x", "preliminary")),
    ({"OBS_VALUE": "15E2"}, ("1500", "estimate")),
    ({"OBS_VALUE": "-0.05"}, ("-0.05", "estimate")),
    ({"UNIT_MULT": "7", "OBS_VALUE": "1.25"}, ("12500000", "estimate")),
    ({"OBS_STATUS": "B"}, ("1315.50", "preliminary")),
]


@pytest.mark.parametrize(("changed", "expected"), CASES, ids=[str(case[0]) for case in CASES])
def test_values_and_statuses(tmp_path: Path, changed: dict[str, str], expected: tuple[str, str]) -> None:
    (row,) = sdmx.read_sdmx(_saved(tmp_path, _message(_changed(**changed)))).rows
    assert (row.value, row.stage) == expected


def test_digits_stay_as_written(tmp_path: Path) -> None:
    head = "DATAFLOW,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE"
    text = f"{head}\nK:F(1.0),VN,gdp,2025,12345678901234567.890,VND\n"
    (row,) = sdmx.read_sdmx(_saved(tmp_path, text)).rows
    assert row.value == "12345678901234567.890"


def test_a_deletion_is_not_carried_out(tmp_path: Path) -> None:
    text = _message(USUAL, form=Format.DATA_SDMX_CSV_2_0_0).replace(",I,", ",D,")
    with pytest.raises(KechoError) as refused:
        sdmx.read_sdmx(_saved(tmp_path, text))
    assert refused.value.code == "intake.sdmx_broken"


def test_a_forecast_is_listed(tmp_path: Path) -> None:
    reading = sdmx.read_sdmx(_saved(tmp_path, _message(USUAL, _changed(OBS_STATUS="F", TIME_PERIOD="2025-03"))))
    assert (len(reading.rows), [one.reason for one in reading.skipped]) == (1, ["intake.sdmx_forecast"])


PROBLEMS = [
    ({"OBS_VALUE": "1,5"}, "intake.sdmx_bad_code"),
    ({"TIME_PERIOD": "2025-13"}, "kernel.bad_period"),
    ({"TIME_PERIOD": "2025-W07"}, "kernel.bad_period"),
    ({"REF_AREA": "XX"}, "kernel.unknown_locality"),
    ({"UNIT_MEASURE": "EUR"}, "kernel.unknown_unit"),
    ({"UNIT_MULT": "six"}, "intake.sdmx_bad_code"),
    ({"MEASURE": "volume"}, "intake.sdmx_bad_code"),
    ({"INDICATOR": ""}, "intake.own_no_indicator"),
    ({"OBS_VALUE": "1"}, "intake.own_twice"),
]


@pytest.mark.parametrize(("changed", "code"), PROBLEMS, ids=[str(case[0]) for case in PROBLEMS])
def test_every_problem_names_its_row(tmp_path: Path, changed: dict[str, str], code: str) -> None:
    reading = sdmx.read_sdmx(_saved(tmp_path, _message(USUAL, _changed(**changed))))
    assert [(error.code, error.where.row) for error in reading.errors] == [(code, 3)]
    assert reading.rows == []


def test_other_components_are_declared(tmp_path: Path) -> None:
    rules = tomllib.loads(
        """[sdmx]
        indicator = { fixed = "export_turnover" }
        locality = { component = "GEO", codes = { HN = "VN-HN" } }
        unit = { fixed = "usd" }
        stage = { fixed = "official" }
        """
    )
    columns = ["GEO", "TIME_PERIOD", "OBS_VALUE"]
    text = "DATAFLOW,GEO,TIME_PERIOD,OBS_VALUE\nX:Y(1.0),HN,2025,7\n"
    (row,) = sdmx.read_sdmx(_saved(tmp_path, text), sdmx.rules_of(rules)).rows
    assert (row.indicator, row.locality, row.unit, row.stage, len(columns)) == (
        "export_turnover", "VN-HN", "usd", "official", 3,
    )  # fmt: skip
    with pytest.raises(KechoError) as refused:
        sdmx.rules_of({"sdmx": {"boss": {}}})
    assert refused.value.code == "intake.mapping_broken"


LAUGHS = "<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
OUTSIDE = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
HOSTILE = {
    "a bomb of entities": (LAUGHS, "intake.xml_entities"),
    "an entity from outside": (OUTSIDE, "intake.xml_entities"),
    "a document type from outside": ("<!doctype a SYSTEM 'http://x.example/a.dtd'>", "intake.xml_entities"),
}


@pytest.mark.parametrize(("prolog", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_xml_is_refused_before_it_is_parsed(tmp_path: Path, prolog: str, code: str) -> None:
    text = _message(USUAL, form=Format.DATA_SDMX_ML_2_1_STR)
    head, rest = text.split("\n", 1)
    with pytest.raises(KechoError) as refused:
        sdmx.read_sdmx(_saved(tmp_path, f"{head}\n{prolog}\n{rest}", ".xml"))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "intake.empty_file"),
        (b"<?xml version='1.0' encoding='utf-7'?><a/>", "intake.xml_entities"),
        ('<?xml version="1.0"?><mes:GenericData/>'.encode("utf-16"), "intake.xml_entities"),
        (b"<a/>", "intake.sdmx_no_data"),
        (b"<mes:GenericData xmlns:mes='x'>", "intake.sdmx_broken"),
        (b"<mes:GenericData xmlns:mes='x'>" + b"<a>" * 100_000, "intake.sdmx_broken"),
        (b"<mes:GenericData xmlns:mes='x'/>", "intake.sdmx_broken"),
    ],
)
def test_what_is_no_message_is_told(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "message.xml"
    path.write_bytes(data)
    assert [error.code for error in read_safely(path).errors] == [code]


def test_units_go_both_ways() -> None:
    usual = dict(sdmx.usual_rules()["unit"].codes)
    for code in units.units():
        measure, multiplier = sdmx_codes.measure_of_unit(code)
        found, left = sdmx_codes.unit_of(usual.get(measure, measure.lower()), multiplier)
        assert units.unit(found).factor.scaleb(left) == units.unit(code).factor, code
        assert units.unit(found).dimension == units.unit(code).dimension


@pytest.mark.parametrize(
    "code", ["2025-02", "2025-Q1", "2025-H2", "2025", "2025-01/2025-02", "2025-01/2025-09", "2024-11/2025-01"]
)
def test_periods_go_both_ways(code: str) -> None:
    assert sdmx_codes.period_of(sdmx_codes.time_of(Period.parse(code))[1]) == Period.parse(code)
