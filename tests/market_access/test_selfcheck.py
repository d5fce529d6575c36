"""The self-check: arithmetic by hand, the cheapest change against all subsets, and bills that are refused."""

from __future__ import annotations

import io
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kecho.kernel.errors import KechoError, KechoErrors
from kecho.market_access.agreements import agreement
from kecho.market_access.models import OriginRuleText
from kecho.market_access.origin import telling, template
from kecho.market_access.origin.bill import Bill, Material, check
from kecho.market_access.origin.checking import Finding, Judged, Verdict, judge, zone
from kecho.market_access.origin.mending import cheapest
from kecho.market_access.origin.reading import parse
from kecho.market_access.origin.rule import Alternative, Sentence
from kecho.market_access.origin.selfcheck import selfcheck

LEATHER = Material("Da", "410792", "IT", Fraction(6), Fraction("0.4"), other_price=Fraction("6.5"))
SOLE = Material("Đế", "640620", "CN", Fraction(3), Fraction("0.3"), other_price=Fraction("3.4"))
GLUE = Material("Keo", "350610", "VN", Fraction(2), Fraction("0.1"))
SHOE = Bill(
    "Giày",
    "640399",
    (LEATHER, SOLE, GLUE),
    Fraction(20),
    Fraction(21),
    Fraction(4),
    Fraction(2),
    Fraction(3),
    Fraction(1),
)

FOCUSED = (
    "- c) **80%** under the focused value method taking into account only "
    "the non-originating materials of heading 6406."
)
MAXNOM = (
    "Manufacture in which the value of all the materials used does not exceed **{}%** of the ex-works price of the "
    "product."
)
UPPERS = (
    "Manufacture from materials of any heading, except from assemblies of uppers affixed to inner soles or to other "
    "sole components of heading 6406."
)
CTH = "A change to a good of heading 6403 from any other heading."
NOT_6406 = "A change to a good of heading 6403 from any other heading, except from heading 6406."


def content(percent: int, method: str) -> str:
    return (
        "No change in tariff classification required for a good of heading 6403, provided there is a regional value "
        f"content of not less than **{percent}%** under the {method} method."
    )


def judged(bill: Bill, printed: str, style: str = "cptpp", code: str = "CPTPP") -> Judged:
    alternative = parse(style, printed)[0]
    sentence = Sentence(style, "6403", "", "", "", 1, printed, "", "", (alternative,))
    return judge(check(bill), alternative, sentence, zone(agreement(code)))


def first(one: Judged) -> tuple[Verdict, Fraction | None, Fraction | None]:
    found: Finding = one.findings[0]
    return one.verdict, found.found and round(found.found, 2), found.slack


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        # V = FOB 21, VNM = 6 + 3 (CN is no member; IT neither)
        (content(55, "build-down"), (Verdict.PASS, Fraction("57.14"), Fraction("0.45"))),
        (content(60, "build-down"), (Verdict.FAIL, Fraction("57.14"), Fraction("-0.6"))),
        (content(10, "build-up"), (Verdict.FAIL, Fraction("9.52"), Fraction("-0.1"))),
        (
            FOCUSED,
            (Verdict.PASS, Fraction("85.71"), Fraction("1.2")),
        ),
        # NC = 21 - 3 = 18; VNM 9
        ("- b) **50%** under the net cost method.", (Verdict.PASS, Fraction(50), Fraction(0))),
        (CTH, (Verdict.PASS, None, None)),
        # 3 of 21 is above the tolerance of 10 %: 2.1 - 3
        (NOT_6406, (Verdict.FAIL, Fraction("14.29"), Fraction("-0.9"))),
    ],
)
def test_arithmetic_by_hand(printed: str, expected: tuple[Verdict, Fraction | None, Fraction | None]) -> None:
    assert first(judged(SHOE, printed)) == expected


def test_tolerance_lets_a_small_part_through() -> None:
    small = replace(SHOE, materials=(LEATHER, replace(SOLE, value=Fraction(2)), GLUE), labour=Fraction(5))
    one = judged(small, NOT_6406)
    assert one.verdict is Verdict.PASS and one.findings[0].is_by_tolerance


def test_cumulation_and_a_missing_proof() -> None:
    japanese = replace(SOLE, origin="JP")
    assert judged(replace(SHOE, materials=(LEATHER, japanese, GLUE)), NOT_6406).verdict is Verdict.PASS
    without = replace(SHOE, materials=(LEATHER, replace(japanese, is_proven=False), GLUE))
    assert judged(without, NOT_6406).verdict is Verdict.FAIL


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [
        (
            MAXNOM.format(45),
            Verdict.PASS,
        ),
        (
            MAXNOM.format(44),
            Verdict.FAIL,
        ),
        ("Weaving accompanied by making-up (including cutting).", Verdict.OPEN),
        (
            UPPERS,
            Verdict.OPEN,
        ),
    ],
)
def test_the_european_style_goes_by_ex_works(printed: str, verdict: Verdict) -> None:
    assert judged(SHOE, printed, "vietnam", "EVFTA").verdict is verdict


# ---- the cheapest change


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 15)), min_size=1, max_size=6),
    st.integers(20, 90),
)
def test_the_cheapest_change_is_the_best_of_all_subsets(inputs: list[tuple[int, int]], percent: int) -> None:
    materials = tuple(
        Material(f"m{n}", "390110", "CN", Fraction(value), other_price=Fraction(value + extra))
        for n, (value, extra) in enumerate(inputs)
    )
    total = sum(value for value, _ in inputs)
    bill = Bill("x", "640399", materials, Fraction(total + 20))
    alternatives = parse("cptpp", content(percent, "build-down"))
    found = cheapest(bill, alternatives, zone(agreement("CPTPP")))
    may_stay = Fraction(total + 20) * (100 - percent) / 100
    feasible = [
        sum(inputs[n][1] for n in chosen)
        for size in range(len(inputs) + 1)
        for chosen in combinations(range(len(inputs)), size)
        if total - sum(inputs[n][0] for n in chosen) <= may_stay
    ]
    assert found is not None
    assert found.extra_cost == min(feasible)
    left = [one for one in materials if one.name not in found.replace]
    assert sum(one.value for one in left) <= may_stay


def test_a_process_is_not_mended_by_suppliers() -> None:
    weaving: tuple[Alternative, ...] = parse("vietnam", "Weaving.")
    assert cheapest(SHOE, weaving, zone(agreement("EVFTA"))) is None


# ---- what is refused


@pytest.mark.parametrize(
    ("bill", "code"),
    [
        (replace(SHOE, materials=()), "market_access.empty_bill"),
        (replace(SHOE, materials=(replace(LEATHER, code="41"),)), "market_access.bad_material_code"),
        (replace(SHOE, materials=(replace(LEATHER, value=Fraction(-1)),)), "market_access.bad_material_value"),
        (replace(SHOE, materials=(replace(LEATHER, part_of="Nothing"),)), "market_access.unknown_parent"),
        (replace(SHOE, ex_works=Fraction(30)), "market_access.bill_does_not_add_up"),
        (
            replace(SHOE, ex_works=Fraction(10), labour=Fraction(0), overhead=Fraction(0), profit=Fraction(0)),
            "market_access.bill_does_not_add_up",
        ),
    ],
)
def test_bills_refused(bill: Bill, code: str) -> None:
    with pytest.raises(KechoError) as caught:
        check(bill)
    assert caught.value.code == code


def test_circular_materials() -> None:
    ring = (replace(LEATHER, part_of="Đế"), replace(SOLE, part_of="Da"))
    with pytest.raises(KechoErrors) as caught:
        check(replace(SHOE, materials=ring))
    assert {one.code for one in caught.value.errors} == {"market_access.circular_materials"}
    assert "Da → Đế → Da" in caught.value.text("en")


def test_sub_materials_take_the_place_of_what_they_make() -> None:
    upper = Material("Mũ giày", "640610", "VN", Fraction(8))
    parts = (upper, replace(LEATHER, part_of="Mũ giày"), replace(GLUE, part_of="Mũ giày"), SOLE)
    assert {one.name for one in check(replace(SHOE, materials=parts)).materials} == {"Da", "Keo", "Đế"}


# ---- template and all agreements at once


def test_the_template_comes_back_as_it_went() -> None:
    bill = template.read(template.write(), "mau.xlsx")
    assert (bill.code, bill.ex_works, [one.code for one in bill.materials]) == (
        "640399",
        20,
        ["410792", "640620", "540110"],
    )
    assert [one.is_proven for one in bill.materials] == [True, False, True]


def workbook(cells: dict[tuple[str, str], Any]) -> bytes:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(template.write()))
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_problems_stand_at_their_cells() -> None:
    content = workbook(
        {
            (template.MATERIALS, "D2"): "six",
            (template.MATERIALS, "E3"): "1,2,3",
            (template.MATERIALS, "D3"): "1.500",
            (template.PRODUCT, "B4"): "",
        }
    )
    with pytest.raises(KechoErrors) as caught:
        template.read(content, "a.xlsx")
    places = {(one.code, one.where.cell) for one in caught.value.errors}
    assert {
        ("market_access.bad_amount", "D2"),
        ("market_access.bad_amount", "E3"),
        ("kernel.ambiguous_number", "D3"),  # fifteen hundred, or one and a half
        ("market_access.no_price", ""),
    } <= places


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_another_file_is_refused(content: bytes) -> None:
    with pytest.raises(KechoError) as caught:
        template.read(content, "a.xlsx")
    assert caught.value.code == "market_access.not_the_template"


@pytest.mark.django_db
def test_every_agreement_at_once() -> None:
    for position, (rule_set, sentence) in enumerate([("cptpp", CTH), ("vietnam", "Weaving."), ("cptpp", "Nonsense.")]):
        OriginRuleText.objects.create(
            rule_set=rule_set,
            position=position,
            heading="6403",
            code_min="6403000000",
            code_max="6403999999",
            number=1,
            sentence=sentence,
            source="s",
        )
    bill, outcomes = selfcheck(SHOE)
    verdicts = {one.agreement.code: one.verdict for one in outcomes}
    assert (verdicts["CPTPP"], verdicts["EVFTA"], verdicts["RCEP"]) == (Verdict.PASS, Verdict.OPEN, None)
    assert len(outcomes) == 20
    told = telling.as_dict(bill, outcomes)
    rcep = next(one for one in told["agreements"] if one["agreement"] == "RCEP")
    assert rcep["code"] == "market_access.no_origin_rules"
    lines = list(telling.text(bill, outcomes, "vi"))
    assert lines[1] == "CPTPP: Đạt quy tắc cụ thể mặt hàng của CPTPP."
    assert "không quyết định" in lines[-1]
