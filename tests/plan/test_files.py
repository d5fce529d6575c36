"""Plan files: both formats read alike, and every problem is listed with its place and a next step."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kecho.kernel.errors import KechoError, KechoErrors
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.plan.assessment import Basis, Form
from kecho.plan.drafts import PlanDraft
from kecho.plan.fields import PLAN_FIELDS, TARGET_FIELDS
from kecho.plan.files import read_plans

from .makers import PLAN, TARGETS, toml


def only(path: Path) -> PlanDraft:
    (written,) = read_plans(path)
    return written.draft


def codes(path: Path) -> list[str]:
    with pytest.raises(KechoError) as caught:
        read_plans(path)
    found = caught.value.errors if isinstance(caught.value, KechoErrors) else [caught.value]
    assert all(problem.text(lang) for problem in found for lang in ("vi", "en"))
    assert all(problem.where.file == path.name for problem in found)
    return [problem.code for problem in found]


def test_toml(tmp_path: Path) -> None:
    plan = only(toml(tmp_path, PLAN + TARGETS))
    assert (plan.locality, plan.first_year, plan.last_year, plan.version) == ("VN-HN", 2025, 2025, 1)
    assert plan.document_date == date(2024, 12, 10)
    grdp, exports = plan.targets
    assert (grdp.form, grdp.low, grdp.basis, grdp.unit) == (Form.FLOOR, Decimal("6.5"), Basis.YEAR_ON_YEAR, "percent")
    assert (exports.form, exports.low, exports.high) == (Form.RANGE, 4, 5)
    assert exports.is_approximate
    assert exports.supporting_units == ("Cục Thống kê", "Hải quan")
    assert exports.window == Period.of_year(2025)


CSV = """locality;period;title_vi;document_number;document_date;effective_from;code;indicator;measure;value;low;high;approximate;lead;supporting;title_en
VN-HN;2025;Kế hoạch 2025;58/NQ-HĐND;2024-12-10;2025-01-01;grdp;grdp;growth;;6,5;;;;;Plan 2025
VN-HN;2025;;;;;exports;export_turnover;growth;;4;5;có;Sở Công Thương;Cục Thống kê|Hải quan;
"""  # noqa: E501


@pytest.mark.parametrize("separator", [";", ","])
def test_csv_says_the_same_as_toml(tmp_path: Path, separator: str) -> None:
    text = CSV if separator == ";" else CSV.replace("6,5", "6.5").replace(";", ",")
    file = toml(tmp_path, "\ufeff" + text, "plan.csv")
    assert only(file) == only(toml(tmp_path, PLAN + TARGETS))


def test_a_csv_with_two_plans(tmp_path: Path) -> None:
    rows = "locality,period,title_vi,code,indicator,measure,value\nVN,2024,A,x,cpi,growth,4\nVN,2025,B,x,cpi,growth,5\n"
    plans = read_plans(toml(tmp_path, rows, "plan.csv"))
    assert [plan.draft.first_year for plan in plans] == [2024, 2025]
    assert plans[1].place("x").row == 3


def test_a_span_of_years_a_later_level_and_a_sub_period(tmp_path: Path) -> None:
    text = """
[[plan]]
locality = "VN-HN"
period = "2021-2025"
title_vi = "Kế hoạch 5 năm"
[[plan.target]]
code = "iva"
indicator = "industrial_value_added"
measure = "growth"
basis = "yearly_average"
low = 7.5
high = 8
[[plan.target]]
code = "supermarkets"
indicator = "supermarkets"
measure = "level"
basis = "stock"
period = "2025"
value = 850
unit = "siêu thị"
base_value = 700
base_period = "2020"
[[plan.target]]
code = "iva_h2"
indicator = "industrial_value_added"
measure = "growth"
period = "2025-H2"
low = "7.15"
"""
    plan = only(toml(tmp_path, text))
    assert plan.window == Period.parse("2021-01/2025-12")
    average, stock, half = plan.targets
    assert average.window == plan.window
    assert (stock.unit, stock.base_value, stock.base_period) == ("supermarket", 700, Period.of_year(2020))
    assert half.window == Period.of_half(2025, 2)
    assert half.low == Decimal("7.15")


@pytest.mark.parametrize(
    ("lines", "form", "low", "high"),
    [
        ("value = 5", Form.POINT, 5, 5),
        ("low = 4\nhigh = 5", Form.RANGE, 4, 5),
        ("low = 7", Form.FLOOR, 7, None),
        ("high = 4", Form.CEILING, None, 4),
        ('form = "rank"\nvalue = 2', Form.RANK, None, 2),
        ('form = "full_rate"', Form.FULL_RATE, 100, None),
        ('form = "full_rate"\nvalue = 100', Form.FULL_RATE, 100, None),
    ],
)
def test_the_ends_show_the_form(tmp_path: Path, lines: str, form: Form, low: int | None, high: int | None) -> None:
    measure = "share" if form is Form.FULL_RATE else "level" if form is Form.RANK else "growth"
    target = f'[[plan.target]]\ncode = "x"\nindicator = "cpi"\nmeasure = "{measure}"\n{lines}\n'
    (found,) = only(toml(tmp_path, PLAN + target)).targets
    assert (found.form, found.low, found.high) == (form, low, high)
    assert found.measure is Measure(measure)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("", ["plan.missing_field", "plan.bad_value"]),
        ('code = "x"\nindicator = "cpi"\nmeasure = "growth"', ["plan.bad_form"]),
        ('code = "x"\nindicator = "cpi"\nmeasure = "growth"\nvalue = 1\nlow = 2', ["plan.bad_form"]),
        ('code = "x"\nindicator = "cpi"\nmeasure = "growth"\nform = "range"\nvalue = 1', ["plan.bad_form"]),
        ('code = "x"\nindicator = "cpi"\nmeasure = "growth"\nform = "full_rate"\nvalue = 95', ["plan.bad_form"]),
        ('code = "x"\nindicator = "cpi"\nmeasure = "speed"\nvalue = 1', ["plan.bad_value"]),
        ('code = "x"\nindicator = "cpi"\nmeasure = "index_py"\nvalue = 1', ["plan.bad_value"]),
        ('code = "x"\nindicator = "cpi"\nmeasure = "growth"\nvalue = "5%"', ["plan.bad_value"]),
        ('code = "x"\nindicator = "cpi"\nmeasure = "growth"\nvalue = true', ["plan.bad_value", "plan.bad_form"]),
        ('code = "x"\nindicator = "cpi"\nmeasure = "growth"\nvalue = 1\nstrict = "maybe"', ["plan.bad_value"]),
        ('code = "x"\nindicator = "cpi"\nmeasure = "growth"\nvalue = 1\nperiod = "soon"', ["plan.bad_value"]),
        ('code = "x"\nindicator = "cpi"\nmeasure = "growth"\nvalue = 1\ntarget = 2', ["plan.unknown_field"]),
        ('code = "x"\nindicator = ["cpi"]\nmeasure = "growth"\nvalue = 1', ["plan.bad_value"]),
        ('code = "x"\nindicator = "cpi"\nmeasure = "level"\nvalue = 1', ["plan.missing_field"]),
    ],
)
def test_every_problem_of_a_target_is_named(tmp_path: Path, target: str, expected: list[str]) -> None:
    found = codes(toml(tmp_path, f"{PLAN}\n[[plan.target]]\n{target}\n"))
    assert set(expected) <= set(found)


def test_problems_of_several_targets_come_together(tmp_path: Path) -> None:
    rows = (
        "locality,period,title_vi,code,indicator,measure,value,low\n"
        "VN,2024,A,x,cpi,growth,4,5\nVN,2024,A,y,cpi,growth,abc,\nVN,2024\n"
    )
    with pytest.raises(KechoErrors) as caught:
        read_plans(toml(tmp_path, rows, "plan.csv"))
    assert {problem.where.row for problem in caught.value.errors} == {2, 3, 4}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("plan.txt", b"PK", "plan.unknown_format"),
        ("plan.xlsx", b"PK", "intake.not_a_workbook"),
        ("plan.ods", b"PK", "plan.unknown_format"),
        ("plan.toml", b"[[plan]\n", "plan.bad_toml"),
        ("plan.toml", b"", "plan.empty_file"),
        ("plan.toml", b"plan = 1", "plan.empty_file"),
        ("plan.toml", b"[[plan]]\ntarget = 3\n", "plan.bad_toml"),
        ("plan.csv", b"", "plan.empty_file"),
        ("plan.csv", b"locality,period\n", "plan.empty_file"),
        ("plan.toml", b"\xff\xfe", "plan.not_utf8"),
        ("plan.toml", b"#" * 5_000_001, "plan.file_too_large"),
    ],
)
def test_files_that_are_no_plan(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert codes(file) == [code]


def test_no_file(tmp_path: Path) -> None:
    assert codes(tmp_path / "absent.toml") == ["plan.no_file"]


_values = st.one_of(
    st.text(max_size=8), st.integers(-9, 9999), st.booleans(), st.dates(), st.lists(st.text(max_size=3))
)


def _toml_value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml_value, value))}]"
    if isinstance(value, str):
        return '"' + "".join(f"\\u{ord(char):04X}" for char in value if ord(char) < 0xD800) + '"'
    return str(value).lower()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from(PLAN_FIELDS), _values),
    st.dictionaries(st.sampled_from(TARGET_FIELDS), _values),
    st.sampled_from(["plan.toml", "plan.csv"]),
)
def test_no_content_ends_in_anything_but_a_coded_error(tmp_path: Path, plan: dict, target: dict, name: str) -> None:
    if name == "plan.toml":
        sections = (("[[plan]]", plan), ("[[plan.target]]", target))
        lines = [
            line
            for head, values in sections
            for line in (head, *(f"{k} = {_toml_value(v)}" for k, v in values.items()))
        ]
        text = "\n".join(lines)
    else:
        row = {**plan, **target}
        text = ",".join(row) + "\n" + ",".join(str(value).replace(",", " ") for value in row.values()) + "\n"
    file = tmp_path / name
    file.write_text(text, "utf-8", newline="")
    try:
        assert read_plans(file)
    except KechoError as error:
        assert error.text("vi")
        assert error.text("en")
