"""The best rate: what the real schedules give, in which order, and what is answered where there is nothing to give."""

from __future__ import annotations

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.kernel.errors import KechoError
from kecho.market_access import actions, queries, questions_file
from kecho.market_access.answering import answers, asked
from kecho.market_access.batch import Desk
from kecho.market_access.layouts import layout
from kecho.market_access.offers import Answer, Ask, Line, ScheduleFact, Source, rule, weigh
from kecho.market_access.output import verdict
from kecho.people.actors import Actor

TODAY = date(2026, 3, 1)


def line(code: str, market: str, printed: dict[str, str], by: str) -> Line:
    own = layout(by)
    fact = ScheduleFact(own, own.source, False, False, own.hs_edition, own.valid_from, own.valid_to, None)
    return Line(market, code, "", "", "", "", "", (Source(fact, printed),))


def ranked(one: Line, origin: str, on: date = TODAY, value: int = 10_000, **more: Any) -> Answer:
    return weigh(rule(one, origin, on, in_quota=more.pop("in_quota", False)), Ask(Fraction(value), **more))


def order(answer: Answer) -> list[tuple[str, Any]]:
    return [(one.offer.agreement, one.duty) for one in answer.ranked]


# ---- one line, cell by cell


@pytest.mark.parametrize(
    ("printed", "origin", "expected"),
    [
        # the lowest duty first; of equal duties the least effort of proof
        (
            {"mfn": "15", "CPTPP": "0", "AJCEP": "0", "VJEPA": "5"},
            "JP",
            [("CPTPP", 0), ("AJCEP", 0), ("VJEPA", 500), ("MFN", 1500)],
        ),
        # MFN zero: no preference is needed, so it stands first
        ({"mfn": "0", "CPTPP": "0"}, "JP", [("MFN", 0), ("CPTPP", 0)]),
        # another rate for Mexico
        ({"mfn": "20", "CPTPP": "6,1; M: 9,2"}, "MX", [("CPTPP", 920), ("MFN", 2000)]),
        ({"mfn": "20", "CPTPP": "6,1; M: 9,2"}, "CA", [("CPTPP", 610), ("MFN", 2000)]),
        # excluded origin, no preference, empty cell: nothing, and certainly no zero
        ({"mfn": "20", "AKFTA": "0 (-KR)", "VKFTA": "*"}, "KR", [("MFN", 2000)]),
        # several rates in one cell: the highest
        ({"mfn": "20", "VKFTA": "0/5"}, "KR", [("VKFTA", 500), ("MFN", 2000)]),
        # preference inversion: an old base leaves the preference above MFN
        ({"mfn": "5", "VKFTA": "7"}, "KR", [("MFN", 500), ("VKFTA", 700)]),
        # within a quota only: listed last, never the best
        ({"mfn": "25", "VN-LAO": "0 (THN)"}, "LA", [("MFN", 2500), ("VN-LAO", 0)]),
    ],
)
def test_ranking(printed: dict[str, str], origin: str, expected: list[tuple[str, int]]) -> None:
    assert order(ranked(line("64039990", "VN", printed, "vn-2026"), origin)) == expected


@pytest.mark.parametrize(
    ("printed", "origin", "agreement", "code"),
    [
        ({"mfn": "20", "AKFTA": "0 (-KR)"}, "KR", "AKFTA", "market_access.origin_excluded"),
        ({"mfn": "20", "VKFTA": "*"}, "KR", "VKFTA", "market_access.no_preference"),
        ({"mfn": "20"}, "KR", "VKFTA", "market_access.not_printed"),
        ({"mfn": "20", "VN-EAEU": "Q"}, "RU", "VN-EAEU", "market_access.quota_without_rate"),
        ({"mfn": "20", "VKFTA": "0/*"}, "KR", "VKFTA", "market_access.parts_without_preference"),
        ({"mfn": "20", "VKFTA": "five"}, "KR", "VKFTA", "market_access.bad_rate"),
    ],
)
def test_why_an_agreement_gives_nothing(printed: dict[str, str], origin: str, agreement: str, code: str) -> None:
    ruling = rule(line("64039990", "VN", printed, "vn-2026"), origin, TODAY)
    assert dict(ruling.refused)[agreement].code == code


@pytest.mark.parametrize(
    ("printed", "says"),
    [
        ({"mfn": "20", "VKFTA": "5"}, "Go by VKFTA: duty 500.00 USD, 1,500.00 USD less than MFN"),
        ({"mfn": "0", "VKFTA": "0"}, "No preference needed: MFN is zero (0.00 USD)"),
        ({"mfn": "20", "VKFTA": "*"}, "No agreement lowers this line: MFN duty 2,000.00 USD"),
        ({"VKFTA": "0 (THN)"}, "No rate is firm for this consignment"),
    ],
)
def test_the_verdict_tells_needless_from_none(printed: dict[str, str], says: str) -> None:
    assert verdict(ranked(line("64039990", "VN", printed, "vn-2026"), "KR"), "en") == says


def test_no_agreement_before_its_day() -> None:
    one = line("64039990", "VN", {"mfn": "20", "CPTPP": "0", "RCEPT-D": "0"}, "vn-2026")
    ruling = rule(one, "GB", date(2024, 12, 23))
    assert [offer.agreement for offer in ruling.offers] == ["MFN"]
    assert dict(ruling.refused)["CPTPP"].code == "market_access.before_entry"
    assert [offer.agreement for offer in rule(one, "GB", date(2024, 12, 24)).offers] == ["MFN", "CPTPP"]


def test_a_line_without_any_rate_is_no_zero() -> None:
    with pytest.raises(KechoError) as caught:
        ranked(line("98010000", "VN", {}, "vn-2026"), "KR")
    assert caught.value.code == "market_access.no_rate"


def test_inversion_and_rcep_differentials_are_flagged() -> None:
    printed = {"mfn": "5", "VKFTA": "7", "RCEPT-E": "2", "RCEPT-A": "0", "RCEPT-D": "4", "RCEPT-B": "*"}
    ruling = rule(line("64039990", "VN", printed, "vn-2026"), "KR", TODAY)
    keys = {offer.agreement: {one.key for one in offer.remarks} for offer in ruling.offers}
    assert "inversion" in keys["VKFTA"] and "inversion" not in keys["RCEP"]
    rcep = next(offer for offer in ruling.offers if offer.agreement == "RCEP")
    said = next(one for one in rcep.remarks if one.key == "rcep_differential")
    assert dict(said.values) == {"origin": "KR", "highest": "MFN"}  # Australia's column gives nothing


def test_quota_asked_for() -> None:
    one = line("17011300", "VN", {"mfn": "40 (NHN: 80)", "VN-LAO": "2.5 (NHN: 80)"}, "vn-2026")
    assert order(ranked(one, "LA", in_quota=True))[0] == ("VN-LAO", 250)
    assert order(ranked(one, "LA"))[0][1] == 8000


def test_computed_stage_with_its_path_and_printed_above_it() -> None:
    eu = line("69111000", "EU", {"base_rate_pct": "12.0", "category": "B5"}, "eu-evfta")
    best = ranked(eu, "VN", date(2022, 6, 1)).ranked[0].offer
    assert (best.agreement, best.stage, best.stages, best.category, best.percent) == ("EVFTA", 3, 6, "B5", 6)
    assert best.rounding == "down 0.1" and best.clause and best.source
    assert [step.rate for step in best.path] == [10, 8, 6, 4, 2, 0]

    own, inferred = layout("vn-2026"), layout("vn-evfta-categories")
    facts = [
        ScheduleFact(one, one.source, False, False, "HS2022", one.valid_from, one.valid_to, None)
        for one in (own, inferred)
    ]
    cells = [{"mfn": "20", "EVFTA": "2,6"}, {"mfn_2026": "20", "category_consistent_with_rate": "B7"}]
    both = Line("VN", "1", "", "", "", "", "", tuple(Source(f, c) for f, c in zip(facts, cells, strict=True)))
    offer = next(one for one in rule(both, "EU", TODAY).offers if one.agreement == "EVFTA")
    assert (offer.percent, offer.computed, offer.gap) == (Fraction("2.6"), Fraction("2.5"), Fraction("0.1"))
    assert "gap" in {one.key for one in offer.remarks}


def test_mixed_duties_need_pairs_and_an_exchange_rate() -> None:
    printed = {
        "general": "60%又は4,800円/足のうちいずれか高い税率",
        "wto": "30%又は4,300円/足のうちいずれか高い税率",
        "epa_cptpp": "3.9%",
    }
    one = line("640391019", "JP", printed, "jp-2026")
    unknown = next(w for w in ranked(one, "VN").ranked if w.offer.kind == "mfn")
    assert unknown.duty is None and unknown.unknown and unknown.unknown.code == "analytics.duty_currency"
    known = ranked(one, "VN", exchange=Fraction(150), quantities={"pair": Fraction(200)})
    mfn = next(w for w in known.ranked if w.offer.kind == "mfn")
    assert mfn.duty == Fraction(200 * 4300, 150)  # the lower of the two, which is the bound one
    assert known.best and known.best.saved == mfn.duty - 390


def test_bracketed_rates_are_bound_but_not_applied() -> None:
    one = line("640391012", "JP", {"general": "27%", "temporary": "21.6%", "wto": "(27%)"}, "jp-2026")
    assert order(ranked(one, "US")) == [("MFN", 2160)]


@given(st.fractions(0, 100, max_denominator=10), st.fractions(0, 100, max_denominator=10), st.integers(1, 10**9))
def test_a_better_rate_never_ranks_lower(one: Fraction, other: Fraction, value: int) -> None:
    printed = {"mfn": "100", "VKFTA": f"{float(one):.1f}", "RCEPT-E": f"{float(other):.1f}"}
    answer = ranked(line("64039990", "VN", printed, "vn-2026"), "KR", value=value)
    duties = [duty for _, duty in order(answer)]
    assert duties == sorted(duties)
    assert answer.best and answer.best.duty == min(duties)


# ---- through the database


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"code": "99", "to": "JP"}, "market_access.bad_code"),
        ({"code": "770110", "to": "JP"}, "market_access.bad_code"),
        ({"code": "640391", "to": "Atlantis"}, "market_access.unknown_market"),
        ({"code": "640391", "to": "US"}, "market_access.market_without_data"),
        ({"code": "640391", "to": "VN"}, "market_access.same_country"),
        ({"code": "640391", "to": "JP", "on": "2019-01-01"}, "market_access.no_schedule_on"),
        ({"code": "010121", "to": "JP"}, "market_access.unknown_code"),
        ({"code": "640391", "to": "JP", "value": "-5"}, "market_access.bad_amount"),
        ({"code": "640391", "to": "JP", "value": "1e99"}, "market_access.bad_amount"),
        ({"code": "640391", "to": "JP", "on": "01/03/2026"}, "market_access.bad_day"),
    ],
)
def test_refusals_are_coded(sample: None, words: dict[str, str], code: str) -> None:
    with pytest.raises(KechoError) as caught:
        answers(asked(words, TODAY))
    assert caught.value.code == code


def test_a_member_of_a_customs_union_is_the_union(sample: None) -> None:
    by_name = answers(asked({"code": "69111000", "to": "Đức"}, TODAY))
    by_code = answers(asked({"code": "6911.10.00", "to": "de"}, TODAY))
    assert [one.ruling.line.market for one in by_name + by_code] == ["EU", "EU"]
    assert {one.key for one in by_name[0].ranked[0].offer.remarks} >= {"sample", "not_verified"}


@pytest.mark.shared
def test_the_question_of_the_manual(real: dict[str, actions.Loaded]) -> None:
    found = answers(asked({"code": "640391", "to": "JP", "on": "2026-03-01", "value": "10000"}, TODAY))
    first = found[0]
    assert first.ruling.line.code == "640391011"
    assert order(first) == [("CPTPP", 1180), ("MFN", 2700), ("RCEP", 2700), ("AJCEP", 2700)]
    assert dict(first.ruling.refused)["VJEPA"].code == "market_access.not_printed"
    assert "before_cut" in {one.key for one in first.ranked[0].offer.remarks}  # Japan steps on 1 April


@pytest.mark.shared
def test_an_older_edition_is_reached_through_the_correlation(
    real: dict[str, actions.Loaded], shared: Path, officer: Actor
) -> None:
    tables = shared / "classifications"
    actions.load_links(tables / "concordance/hs6_hs5.csv", "HS2022", "HS2017", ("HS6_6d", "HS5_6d"), officer)
    file = tables / "product_correlation_hs92_to_hs17_bec_sitc.csv"
    actions.load_links(file, "HS2017", "HS2012", ("hs17", "hs12"), officer)
    found = answers(asked({"code": "690721", "to": "EU"}, TODAY))
    assert {one.ruling.line.hs_path for one in found} == {
        ("HS2022 690721", "HS2017 690721", "HS2012 690710"),
        ("HS2022 690721", "HS2017 690721", "HS2012 690790"),
        ("HS2022 690721", "HS2017 690721", "HS2012 690810"),
        ("HS2022 690721", "HS2017 690721", "HS2012 690890"),
    }
    assert all("many_codes" in {r.key for r in w.offer.remarks} for one in found for w in one.ranked)


@pytest.mark.shared
def test_many_questions_answer_as_one_does(real: dict[str, actions.Loaded], tmp_path: Path) -> None:
    """Every 37th line for four origins through the batch, against the single path."""
    lines = list(queries.all_lines("VN", TODAY))
    desk = Desk("VN", lines)
    import polars as pl

    asked_of = [(one, origin) for one in lines[::37] for origin in ("JP", "KR", "EU", "MX")]
    rows = [{"code": one.code, "origin": origin, "on": TODAY, "value": 1_234_567} for one, origin in asked_of]
    table = desk.answer(pl.DataFrame(rows))
    assert table.height == len(rows)
    for (one, origin), row in zip(asked_of, table.iter_rows(named=True), strict=True):
        if row["problem"]:
            assert row["problem"] in {"market_access.several_lines", "market_access.no_rate"}
            continue
        best = weigh(rule(one, origin, TODAY), Ask(Fraction(1_234_567, 100))).best
        assert best and best.duty is not None
        assert row["agreement"] == best.offer.agreement
        assert abs(row["duty_cents"] - best.duty * 100) <= Fraction(1, 2)


def test_a_file_of_questions_keeps_its_order(sample: None, tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        "code,to,origin,on,value\n03061700,JP,,2026-05-01,10\n030617000,JP,VN,2026-05-01,100.50\n=1+1,JP,,,\n640391,US,,,\n"
    )
    assert questions_file.answer(source, target, TODAY) == (4, 1)
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["problem"] for row in rows] == [
        "market_access.unknown_code",
        "",
        "market_access.bad_code",
        "market_access.market_without_data",
    ]
    assert (rows[1]["agreement"], rows[1]["duty"], rows[1]["saved"]) == ("CPTPP", "0.00", "1.01")
    assert rows[2]["code"] == "'=1+1"


def test_a_file_of_questions_takes_decimal_commas_and_asks_back_what_may_be_thousands(
    sample: None, tmp_path: Path
) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    rows = [f'030617000,JP,2026-05-01,"{value}","12,5"' for value in ("1.000,5", "10.000")]
    source.write_text("\n".join(["code,to,on,value,kg", *rows]) + "\n", "utf-8")
    questions_file.answer(source, target, TODAY)
    with target.open(encoding="utf-8-sig", newline="") as file:
        found = [row["problem"] for row in csv.DictReader(file)]
    assert found == ["", "kernel.ambiguous_number"]
