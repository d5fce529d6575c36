"""The agreements' files: whole, dated, and read as their notes say; the real rates of 2026 follow from them."""

from __future__ import annotations

import csv
import gzip
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from kecho.analytics.staging import Rounding, stages_that_fit
from kecho.kernel.errors import KechoError
from kecho.market_access.agreements import agreement, agreements, between, market_names

DAY = date(2026, 4, 5)  # the compilation of the 2026 tariff


def number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def test_every_agreement_is_whole() -> None:
    assert len(agreements()) == 20
    for one in agreements().values():
        assert one.vi and one.en and one.source
        assert one.member("VN"), one.code
        assert all(member.code in market_names() for member in one.members), one.code
        assert all(note.source and note.clause for note in one.notes)


@pytest.mark.parametrize(
    ("importer", "expected"),
    [
        ("JP", "AJCEP VJEPA CPTPP RCEP"),
        ("AU", "AANZFTA CPTPP RCEP"),
        ("KR", "AKFTA VKFTA RCEP"),
        ("CN", "ACFTA RCEP"),
        ("SG", "ACFTA AKFTA AJCEP AANZFTA ATIGA AIFTA CPTPP AHKFTA RCEP"),
        ("GB", "CPTPP UKVFTA"),
        ("EU", "EVFTA"),
        ("US", ""),
    ],
)
def test_pairs_with_several_agreements(importer: str, expected: str) -> None:
    assert [one.code for one in between(importer, "VN")] == expected.split()


@pytest.mark.parametrize(
    ("code", "importer", "origin", "entry"),
    [
        ("EVFTA", "EU", "VN", date(2020, 8, 1)),
        ("CPTPP", "JP", "VN", date(2019, 1, 14)),  # Viet Nam's day, Japan's was earlier
        ("CPTPP", "GB", "VN", date(2024, 12, 24)),
        ("RCEP", "KR", "VN", date(2022, 2, 1)),
        ("EVFTA", "JP", "VN", None),
        ("CEPA-UAE", "AE", "VN", None),  # signed, day of entry not known
    ],
)
def test_day_of_entry_is_the_later_of_two(code: str, importer: str, origin: str, entry: date | None) -> None:
    assert agreement(code).entry(importer, origin) == entry


def test_b5_differs_between_agreements() -> None:
    evfta, cptpp = agreement("EVFTA").staging("EU", "VN", "B5"), agreement("CPTPP").staging("VN", "JP", "B5")
    assert (evfta.stages, cptpp.stages) == (6, 5)
    assert evfta.rate(Fraction(10), 1) == Fraction("8.3") and cptpp.rate(Fraction(10), 1) == 8
    assert evfta.rounding is Rounding.DOWN


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: agreement("NAFTA"), "market_access.unknown_agreement"),
        (lambda: agreement("EVFTA").staging("EU", "JP", "A"), "market_access.no_entry"),
        (lambda: agreement("EVFTA").staging("EU", "VN", "B9"), "market_access.unknown_category"),
    ],
)
def test_what_is_not_there_is_said(call: object, code: str) -> None:
    with pytest.raises(KechoError) as caught:
        call()  # type: ignore[operator]
    assert caught.value.code == code


@pytest.mark.shared
def test_1748_vietnamese_lines_follow_from_floor_rounding(shared: Path) -> None:
    evfta = agreement("EVFTA")
    fits = {label: evfta.staging("VN", "EU", label) for label in ("B7", "B9", "B10", "B15")}
    with (shared / "tariffs/evfta_staging/vn_side_inferred_categories_2026.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    reproduced = 0
    for row in rows:
        expected = re.match(r"B\d+", row["category_consistent_with_rate"])
        try:
            mfn, rate = number(row["mfn_2026"]), number(row["evfta_rate_2026"])
        except ValueError:
            assert expected is None
            continue
        found = stages_that_fit(mfn, rate, DAY, fits)
        assert found == ([expected[0]] if expected else []) or (len(found) > 1 and not expected), row
        reproduced += bool(expected)
    assert (len(rows), reproduced) == (2450, 1748)


@pytest.mark.shared
def test_mexico_is_one_stage_behind_in_the_real_decree(shared: Path) -> None:
    """Decree 115/2022 for 2026: "6,1; M: 9,2". Where today's MFN is still the base, one label explains both rates."""
    cptpp = agreement("CPTPP")
    labels = [one.label for one in cptpp.notes[0].categories]
    pairs = [(cptpp.staging("VN", "JP", label), cptpp.staging("VN", "MX", label)) for label in labels]
    explained = 0
    with gzip.open(shared / "tariffs/vietnam_2026/vn_tariff_2026_04_all_fta.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            two = re.fullmatch(r"([\d.,]+); M: ([\d.,]+)", row["CPTPP"])
            if two and re.fullmatch(r"[\d.]+", row["mfn"]):
                base, rates = Fraction(row["mfn"]), (number(two[1]), number(two[2]))
                explained += any((o.rate_on(base, DAY), m.rate_on(base, DAY)) == rates for o, m in pairs)
    assert explained == 266
