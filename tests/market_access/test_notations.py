"""Printed rates: all 545 notations of the 2026 tariff as reviewed, two foreign notations, and what is refused."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.analytics.duties import (
    AdValorem,
    Consignment,
    Highest,
    PriceGap,
    Specific,
    Sum,
    ad_valorem_equivalent,
    unit_value,
)
from kecho.kernel.errors import KechoError
from kecho.market_access import rates

with (Path(__file__).parent / "notations.csv").open(encoding="utf-8", newline="") as file:
    REVIEWED = list(csv.DictReader(file))


def test_every_printed_notation_is_read_as_reviewed() -> None:
    wrong = [
        (row["printed"], found, row["reading"])
        for row in REVIEWED
        if (found := rates.read(row["printed"], "vietnamese").text()) != row["reading"]
    ]
    assert wrong == []
    assert len(REVIEWED) == 545


@pytest.mark.shared
def test_the_reviewed_notations_are_those_of_the_tariff(shared: Path) -> None:
    with (shared / "tariffs/vietnam_2026/distinct_non_numeric_rate_strings.csv").open(
        encoding="utf-8-sig"
    ) as given_file:
        assert [row["rate_string"] for row in csv.DictReader(given_file)] == [row["printed"] for row in REVIEWED]


@pytest.mark.parametrize(
    ("notation", "printed", "reading"),
    [
        ("vietnamese", "40 (NHN: 80)", "40 %, in quota | 80 %, out quota"),
        ("vietnamese", "150% thuế MFN", "150 % of MFN"),
        ("vietnamese", "3 (0% từ 09/3-30/4 theo NĐ72)", "3 % | 0 %, 09/3-30/4, NĐ72"),
        ("vietnamese", "", ""),
        ("japanese", "無税", "0 %"),
        ("japanese", "(4.3%)", "4.3 %, bracketed"),
        ("japanese", "60%又は4,800円/足のうちいずれか高い税率", "max(60 %, 4800 JPY/pair)"),
        ("japanese", "8.5%＋10.32円/kg", "8.5 % + 10.32 JPY/kg"),
        ("japanese", "●無税〜5%", "0 % .. 5 %, note"),
        (
            "japanese",
            "15%又は125円/lのうちいずれか低い税率\nただしその税率が67円/lを下回る場合は67円/l",
            "max(min(15 %, 125 JPY/l), 67 JPY/l)",
        ),
        (
            "japanese",
            "関税割当数量以内のもの\u3000無税\n関税割当数量以外のもの\u300015%",
            "0 %, in quota | 15 %, out quota",
        ),
        (
            "japanese",
            "（マレーシアに対する待遇）\u30002%\n（ベトナムに対する待遇）\u30003%\n（他の締約国に対する待遇）\u30004%",
            "2 %, only MY | 3 %, only VN | 4 %, not MY VN",
        ),
        ("western", "175 EUR/t", "175 EUR/t"),
        ("western", "12.8 % + 176,8 EUR/100 kg MAX 20 %", "min(12.8 % + 176.8 EUR/100 kg, 20 %)"),
        ("western", "8 MIN 1,2 EUR/pair", "max(8 %, 1.2 EUR/pair)"),
        ("western", "Free", "0 %"),
    ],
)
def test_notations_read(notation: str, printed: str, reading: str) -> None:
    assert rates.read(printed, notation).text() == reading


@pytest.mark.parametrize(
    ("notation", "printed", "position"),
    [
        ("vietnamese", "5 (-KH", 3),
        ("vietnamese", "6,1; X: 9,2", 4),
        ("vietnamese", "0/abc", 3),
        ("western", "12 % + x", 7),
        ("western", "5 EUR/barrel", 7),
        ("japanese", "1キログラムにつき枝肉に係る基準輸入価格と課税価格との差額", 1),
    ],
)
def test_what_is_not_understood_is_placed(notation: str, printed: str, position: int) -> None:
    with pytest.raises(KechoError) as caught:
        rates.read(printed, notation)
    assert (caught.value.code, caught.value.params["position"]) == ("market_access.bad_rate", position)


RICE = Specific(Fraction(175), "EUR", "t")
SHOES = Highest((AdValorem(Fraction(30)), Specific(Fraction(4300), "JPY", "pair")))


@pytest.mark.parametrize(
    ("duty", "value", "quantities", "expected"),
    [
        (AdValorem(Fraction("6.1")), 10_000, {}, Fraction(610)),
        (RICE, 600, {"kg": 1000}, Fraction(175)),
        (Sum((AdValorem(Fraction(10)), RICE)), 600, {"kg": 1000}, Fraction(235)),
        (PriceGap(Fraction(73), "EUR", "kg"), 50, {"kg": 1}, Fraction(23)),
        (PriceGap(Fraction(73), "EUR", "kg"), 80, {"kg": 1}, Fraction(0)),
    ],
)
def test_duty_of_a_consignment(duty: AdValorem, value: int, quantities: dict[str, int], expected: Fraction) -> None:
    known = {unit: Fraction(many) for unit, many in quantities.items()}
    assert duty.of(Consignment(Fraction(value), "EUR", known)) == expected


def test_the_higher_of_two_depends_on_the_price() -> None:
    cheap = Consignment(Fraction(100_000), "JPY", {"pair": Fraction(100)})
    dear = Consignment(Fraction(2_000_000), "JPY", {"pair": Fraction(100)})
    assert (SHOES.of(cheap), SHOES.of(dear)) == (430_000, 600_000)


@pytest.mark.parametrize(
    ("duty", "goods", "code"),
    [
        (RICE, Consignment(Fraction(1), "EUR", {}), "analytics.duty_needs_quantity"),
        (RICE, Consignment(Fraction(1), "USD", {"kg": Fraction(1)}), "analytics.duty_currency"),
    ],
)
def test_a_duty_never_guesses(duty: Specific, goods: Consignment, code: str) -> None:
    with pytest.raises(KechoError) as caught:
        duty.of(goods)
    assert caught.value.code == code


def test_ad_valorem_equivalents_by_two_named_methods() -> None:
    own = unit_value(1, line=Fraction(6, 10), market_hs6=Fraction(7, 10), reference_hs6=Fraction(9, 10))
    common = unit_value(2, line=Fraction(6, 10), reference_hs6=Fraction(9, 10))
    assert (own[1], common[1]) == ("UNCTAD 1: line", "UNCTAD 2: reference HS6")
    percents = [ad_valorem_equivalent(RICE, {"kg": price}, "EUR") for price, _ in (own, common)]
    assert [round(float(one), 1) for one in percents] == [29.2, 19.4]


@given(st.fractions(1, 10_000, max_denominator=100), st.fractions(1, 10_000, max_denominator=100))
def test_the_higher_of_two_is_never_below_either(value: Fraction, pairs: Fraction) -> None:
    goods = Consignment(value, "JPY", {"pair": pairs})
    assert SHOES.of(goods) == max(part.of(goods) for part in SHOES.parts)
