"""Figures as people write them, and input that is wrong: coded errors, honest "unbounded", never a crash."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kecho.analytics.consistency import Kind, Span, Statements, read_figure
from kecho.analytics.consistency.statements import MOST_STATEMENTS
from kecho.analytics.consistency.telling import tell
from kecho.analytics.consistency.written import read_statements
from kecho.kernel.errors import KechoError, KechoErrors, Location
from kecho.kernel.numerals import Mark

FIGURES = [
    ("7,1", "7.05", "7.15", ""),
    ("7.10", "7.095", "7.105", ""),
    ("-2,5", "-2.55", "-2.45", ""),
    ("đúng 2.711", "2711", "2711", ""),
    ("khoảng 400", "350", "450", ""),
    ("khoảng 7,1", "7.0", "7.2", ""),
    ("gần 400", "350", "400", "high"),
    ("gần 7,1", "7.05", "7.1", "high"),
    ("nearly -400", "-400", "-350", "low"),
    ("hơn 4", "4", None, "low"),
    ("trên 4", "4", None, "low"),
    ("dưới 5,5", None, "5.5", "high"),
    ("không dưới 8%", "8", None, ""),
    ("không quá 5 %", None, "5", ""),
    ("cắt 7,1", "7.1", "7.2", "high"),
    ("truncated -7,1", "-7.2", "-7.1", "low"),
    ("từ 4 đến 5,5", "4", "5.5", ""),
    ("35–40%", "35", "40", ""),
    ("tăng 7,7", "7.65", "7.75", ""),
    ("giảm 7,7", "-7.75", "-7.65", ""),
    ("giảm hơn 5", None, "-5", "high"),
    ("tăng gần 8", "7.5", "8", "high"),
    ("0", "-0.5", "0.5", ""),
]


@pytest.mark.parametrize(("text", "low", "high", "is_open"), FIGURES, ids=[row[0] for row in FIGURES])
def test_what_a_figure_stands_for(text: str, low: str | None, high: str | None, is_open: str) -> None:
    mark = "," if "," in text or "." not in text or "2.711" in text else "."
    ends = (None if end is None else Fraction(end) for end in (low, high))
    assert read_figure(text, mark).span == Span(*ends, is_open == "low", is_open == "high")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "analytics.empty_figure"),
        ("hơn", "analytics.empty_figure"),
        ("%", "analytics.empty_figure"),
        ("bảy", "kernel.bad_number"),
        ("7.1.2", "kernel.bad_number"),
        ("5 đến 4", "analytics.figure_runs_down"),
        ("9" * 31, "analytics.figure_too_long"),
        ("1" * 5000, "analytics.figure_too_long"),
    ],
)
def test_no_figure(text: str, code: str) -> None:
    with pytest.raises(KechoError) as caught:
        read_figure(text, ",")
    assert caught.value.code == code
    assert caught.value.text("vi")


@pytest.mark.parametrize(
    "number", [Decimal("1E+999999999"), Decimal("1E-999999999"), Decimal("NaN"), Decimal("inf"), 10**40]
)
def test_a_huge_or_missing_number_is_refused_before_it_is_written_out(number: Decimal | int) -> None:
    with pytest.raises(KechoError) as caught:
        read_figure(number)
    assert caught.value.code == "analytics.figure_too_long"


def code_of(text: Statements, *asked: str) -> str:
    with pytest.raises(KechoError) as caught:
        text.range_of_growth(*asked) if asked else text.check()
    assert caught.value.text("en").startswith(f"[{caught.value.code}]")
    return caught.value.code


def test_an_empty_text() -> None:
    assert code_of(Statements()) == "analytics.empty_text"


def test_a_base_of_zero_has_no_growth() -> None:
    text = Statements()
    text.level("now", "5")
    text.level("before", "exactly 0")
    assert text.check().is_possible
    assert code_of(text, "now", "before") == "analytics.base_not_positive"


def test_a_stated_growth_on_a_base_of_zero_is_a_clash() -> None:
    text = Statements()
    text.level("before", "exactly 0")
    text.growth("now", "before", "5")
    assert [one.claim.kind for one in text.check().clash] == [Kind.LEVEL, Kind.GROWTH]


def test_a_negative_base_has_no_growth() -> None:
    text = Statements()
    text.amount("balance", is_signed=True)
    text.level("balance", "-3.5")
    text.level("now", "2")
    assert text.range("balance").high == Fraction("-3.45")
    assert code_of(text, "now", "balance") == "analytics.base_not_positive"


def test_a_turnover_below_zero_clashes_with_being_one() -> None:
    text = Statements()
    text.level("exports", "-3.5")
    verdict = text.check()
    assert not verdict.is_possible
    assert len(verdict.clash) == 1


def test_shares_above_a_hundred_clash_without_any_level() -> None:
    text = Statements()
    text.share("a", "whole", "40")
    text.share("b", "whole", "70")
    text.total("whole", ["a", "b"])
    assert len(text.check().clash) == 3


def test_growth_on_an_unknown_base_is_unbounded() -> None:
    text = Statements()
    text.level("now", "5")
    text.amount("before")
    found = text.range_of_growth("now", "before")
    assert (found.low, found.high) == (-100, None)
    assert found.span.is_low_open


def test_an_amount_that_no_statement_mentions() -> None:
    text = Statements()
    text.level("now", "5")
    assert code_of(text, "now", "then") == "analytics.unknown_amount"


def test_an_impossible_text_has_no_ranges() -> None:
    text = Statements()
    text.level("now", "5")
    text.level("now", "7")
    assert len(text.check().clash) == 2
    assert code_of(text, "now", "now") == "analytics.impossible_text"


def test_units_convert_within_a_dimension() -> None:
    text = Statements()
    text.level("exports", "7.1", unit="tỷ USD")
    text.level("exports", "7137", unit="triệu USD")
    found = text.range("exports")
    assert found.unit == "billion_usd"
    assert (found.low, found.high) == (Fraction("7.1365"), Fraction("7.1375"))


def test_one_amount_in_two_kinds_of_unit() -> None:
    text = Statements()
    text.level("exports", "7.1", unit="tỷ USD")
    with pytest.raises(KechoError) as caught:
        text.level("exports", "30", unit="nghìn tấn")
    assert caught.value.code == "analytics.two_units"


def test_amounts_of_unlike_units_are_not_added_even_through_a_third() -> None:
    text = Statements()
    text.level("exports", "7.1", unit="tỷ USD")
    text.growth("exports", "before", "5")
    text.level("rice", "30", unit="nghìn tấn")
    text.share("rice", "before", "5")
    assert code_of(text) == "analytics.unlike_amounts"


def test_a_base_in_both_halves_of_a_ratio() -> None:
    text = Statements()
    text.level("a", "5")
    text.growth("a", "a", "0")
    assert text.range_of_growth("a", "a").is_exact
    assert text.range_of_difference("a", "a").is_exact


def test_too_many_statements_and_bad_weights() -> None:
    text = Statements()
    with pytest.raises(KechoError, match="bad_weight"):
        text.level("a", "5", weight=0)
    for number in range(MOST_STATEMENTS):
        text.level(f"a{number}", "5")
    with pytest.raises(KechoError, match="too_many_statements"):
        text.level("b", "5")


def problems(text: str) -> list[str]:
    with pytest.raises(KechoError) as caught:
        read_statements(text, Location("a.toml"))
    error = caught.value
    found = error.errors if isinstance(error, KechoErrors) else [error]
    assert all(one.where.file == "a.toml" and one.text("vi") and one.text("en") for one in found)
    return [one.code.removeprefix("analytics.text_") for one in found]


LEVEL = '[[statement]]\nlevel = "a"\nvalue = '


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["analytics.empty_text"]),
        ("title = 'x", ["bad_toml"]),
        ("statement = 3", ["bad_entry"]),
        ("[[statement]]\n", ["no_kind"]),
        ('[[statement]]\nlevel = "a"\nshare = "b"\n', ["no_kind"]),
        ('[[statement]]\nlevel = "a"\n', ["bad_entry"]),
        (f"{LEVEL}true", ["bad_entry"]),
        (f"{LEVEL}nan", ["entry"]),
        (f"{LEVEL}1e999999999", ["entry"]),
        (f'{LEVEL}"7.1"', ["entry"]),
        (f'{LEVEL}5\nunit = "USD"\ncolour = "red"', ["unknown_field"]),
        (f"{LEVEL}5\nweight = 1.5", ["bad_entry"]),
        ('[[statement]]\nlevel = " "\nvalue = 5', ["entry"]),
        ('[[statement]]\ntotal = "a"\nparts = []', ["entry"]),
        ('[[statement]]\ntotal = "a"\nparts = "b"', ["bad_entry"]),
        ('[[question]]\ntotal = "a"\nparts = ["b"]', ["no_kind"]),
        (f'decimal_mark = "x"\n{LEVEL}5', ["bad_entry"]),
        (f"signed = 3\n{LEVEL}5", ["bad_entry"]),
        (f'{LEVEL}true\n{LEVEL}"x"\n{LEVEL}5\n[[statement]]', ["bad_entry", "entry", "no_kind"]),
    ],
)
def test_every_problem_of_a_file_is_named(text: str, codes: list[str]) -> None:
    assert problems(text) == codes


def test_bare_numbers_keep_their_digits() -> None:
    text = read_statements(f"{LEVEL}7.10").statements
    assert text.range("a").ends(3) == (Decimal("7.095"), Decimal("7.105"))


PIECES = st.sampled_from(
    [
        "hơn ",
        "gần",
        "từ ",
        " đến ",
        "giảm ",
        "7",
        ",",
        ".",
        "1.000",
        "-",
        "−",
        "–",
        "%",
        " ",
        "0",
        "e",
        "∞",
        "٣",
        "½",
        "\n",
        "< ",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=7).map("".join), st.sampled_from([",", "."]))
def test_any_text_is_a_figure_or_a_coded_refusal(text: str, mark: Mark) -> None:
    try:
        span = read_figure(text, mark).span
    except KechoError as error:
        assert error.text("vi")
    else:
        assert span.low is None or span.high is None or span.low <= span.high


VALUES = st.sampled_from(["a", "b", "7,1", "hơn 4", 7, -3, 0, True, ["a"], {}, "", "tỷ USD", "tấn", 1.5])
ENTRY = st.dictionaries(
    st.sampled_from(["level", "share", "of", "growth", "from", "value", "unit", "parts", "total"]), VALUES
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ENTRY, max_size=4), st.lists(ENTRY, max_size=2))
def test_any_file_is_answered_or_refused_with_codes(
    statements: list[dict[str, object]], questions: list[dict[str, object]]
) -> None:
    lines = []
    for name, entries in (("statement", statements), ("question", questions)):
        for entry in entries:
            lines += [f"[[{name}]]", *(f"{key} = {json.dumps(value)}" for key, value in entry.items())]
    try:
        answer = list(tell(read_statements("\n".join(lines)), "vi"))
    except KechoError as error:
        assert error.text("en")
    else:
        assert answer
