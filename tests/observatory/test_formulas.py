"""Derived indicators: declared, of units that fit, and true to their parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Stage
from kecho.kernel.periods import Period
from kecho.observatory import catalogue, formulas
from kecho.observatory.formulas import Kind, Part
from kecho.observatory.queries import SeriesKey
from kecho.observatory.values import Point, ReleaseInfo
from tests.observatory.makers import observe, release, series

EXPORTS, IMPORTS = SeriesKey("export_turnover"), SeriesKey("import_turnover")
FEBRUARY = Period.parse("2025-02")
NUMBERS = st.decimals("0.1", "1000000", places=1)


def info(day: str, number: int = 1) -> ReleaseInfo:
    moment = date.fromisoformat(day)
    return ReleaseInfo(number, "gso", "workbook", "", None, f"{day}.xlsx", "", moment, "stated", None, "", None)  # type: ignore[arg-type]


def point(value: str | Decimal, period: Period = FEBRUARY, unit: str = "million_usd", stage: str = "estimate") -> Point:
    return Point(7, period, Decimal(value), None, Stage(stage), unit, 1, info("2025-03-06"))


@pytest.mark.parametrize("code", list(formulas.formulas()))
def test_every_formula_is_named_and_told_in_both_languages(code: str) -> None:
    one = formulas.formula(code)
    assert one.name("vi") != one.name("en")
    assert all(part.name("vi") in one.sentence("vi") for part in one.of)
    assert code not in catalogue.indicators(), "a formula is no stored indicator"


@pytest.mark.parametrize(
    ("kind", "of"),
    [
        (Kind.DIFFERENCE, ("export_turnover", "retail_and_services")),
        (Kind.SHARE, ("retail_and_services", "enterprises_new")),
        (Kind.SUM, ("export_turnover", "no_such_indicator")),
        (Kind.YEAR_TO_DATE, ("export_turnover", "import_turnover")),
    ],
)
def test_what_does_not_fit_is_refused(kind: Kind, of: tuple[str, ...]) -> None:
    one = replace(formulas.formula("goods_balance"), kind=kind, of=tuple(map(Part, of)))
    with pytest.raises(KechoError) as caught:
        formulas.checked(one)
    assert caught.value.code == "observatory.bad_formula"


@given(NUMBERS, NUMBERS)
def test_a_balance_and_its_imports_make_the_exports(exports: Decimal, imports: Decimal) -> None:
    made = formulas.compute(
        formulas.formula("goods_balance"), [{FEBRUARY: point(exports)}, {FEBRUARY: point(imports)}]
    )[FEBRUARY]
    assert made.number + imports == exports
    assert (made.is_derived, made.id, made.inputs) == (True, None, (7, 7))


@given(NUMBERS, NUMBERS)
def test_shares_of_the_two_sectors_make_a_hundred(domestic: Decimal, foreign: Decimal) -> None:
    whole = point(domestic + foreign)
    shares = [
        formulas.compute(formulas.formula(code), [{FEBRUARY: point(part)}, {FEBRUARY: whole}])[FEBRUARY].number
        for code, part in (("domestic_export_share", domestic), ("fdi_export_share", foreign))
    ]
    assert abs(sum(shares) - 100) < Decimal("1e-20")


@given(st.integers(0, 9))
def test_units_of_one_dimension_are_brought_together(scale: int) -> None:
    billions = point(Decimal(scale + 1), unit="billion_usd")
    made = formulas.compute(formulas.formula("goods_balance"), [{FEBRUARY: billions}, {FEBRUARY: point("0.5")}])
    assert made[FEBRUARY].number == 1000 * (scale + 1) - Decimal("0.5")
    assert made[FEBRUARY].unit == "million_usd"


def test_a_derived_figure_is_as_mature_and_as_late_as_its_parts() -> None:
    early = replace(point("10", stage="official"), release=info("2025-03-06", 1))
    late = replace(point("4", stage="preliminary"), release=info("2025-04-06", 2))
    made = formulas.compute(formulas.formula("goods_balance"), [{FEBRUARY: early}, {FEBRUARY: late}])[FEBRUARY]
    assert (made.stage, made.release.id) == (Stage.PRELIMINARY, 2)
    assert "Kim ngạch xuất khẩu − Kim ngạch nhập khẩu" in made.note


@given(st.lists(st.decimals("90", "110", places=2), min_size=1, max_size=24))
def test_a_chain_times_the_next_index_is_the_next_link(indices: list[Decimal]) -> None:
    one = formulas.formula("cpi_chain")
    assert one.base is not None
    months = [one.base.shift(months=at + 1) for at in range(len(indices))]
    known = {month: point(value, month, "percent") for month, value in zip(months, indices, strict=True)}
    made = formulas.compute(one, [known])
    value = Decimal(100)
    for month, index in zip(months, indices, strict=True):
        value = value * index / 100
        assert made[month].number == value
    with_gap = {month: one for month, one in known.items() if month != months[len(months) // 2]}
    after = [month for month in formulas.compute(one, [with_gap]) if month >= months[len(months) // 2]]
    assert after == [], "a chain stops where a month is missing"


def test_a_chain_runs_back_from_its_base_too() -> None:
    one = formulas.formula("cpi_chain")
    assert one.base is not None
    made = formulas.compute(one, [{one.base: point("125", one.base, "percent")}])
    assert [(month.code, point.number) for month, point in made.items()] == [("2019-11", Decimal(80))]


def test_per_head_takes_the_population_of_the_year_or_the_last_one_before() -> None:
    one = formulas.formula("retail_per_head")
    year, next_year = Period.parse("2023"), Period.parse("2024")
    retail = {period: point("6000000", period, "billion_vnd") for period in (year, next_year)}
    made = formulas.compute(one, [retail, {year: point("100000", year, "thousand_people")}])
    assert [point.number for point in made.values()] == [Decimal(60000), Decimal(60000)]
    assert formulas.compute(one, [retail, {}]) == {}


def test_a_divisor_of_zero_makes_no_figure() -> None:
    assert formulas.compute(formulas.formula("goods_cover"), [{FEBRUARY: point("3")}, {FEBRUARY: point("0")}]) == {}


@pytest.mark.django_db
def test_a_derived_figure_is_what_its_parts_were_on_the_day() -> None:
    first, second = release("2025-03-06"), release("2025-04-06", period="2025-03")
    for key in (EXPORTS, IMPORTS):
        series(key)
    observe(EXPORTS, "2025-02", "100", first)
    observe(IMPORTS, "2025-02", "90", first)
    observe(EXPORTS, "2025-02", "103", second)
    one = formulas.formula("goods_balance")
    assert formulas.points(one, "VN", date(2025, 3, 31))[FEBRUARY].number == 10
    assert formulas.points(one)[FEBRUARY].number == 13
    assert formulas.points(one, "VN", date(2025, 3, 1)) == {}
