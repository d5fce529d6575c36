"""The use of preferences: a small case by hand, and the 54,000 declarations reconciled."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kecho.kernel.errors import KechoError
from kecho.market_access.models import UtilisationStudy
from kecho.market_access.utilisation import (
    DIMENSIONS,
    calls,
    classify,
    customs_layout,
    eligible_by_agreement,
    read_lines,
    summary,
    totals,
)
from kecho.market_access.utilisation.study import store
from kecho.people.actors import Actor

LAYOUT = customs_layout("korea-imports")
HEAD = "Declaration ID,Date,Importer ID,Office ID,HS6 Code,Country of Origin,Item Price,Tax Rate,Tax Type\n"
#: product 610910: MFN 13, AKFTA 5, VKFTA 0; 850440: MFN 0; 010101: no preference anywhere; 999999: MFN never seen
LINES = [
    ("1", "A", "610910", "VN", 100, "13.0", "A"),  # foregone 13 - 0 = 13, VKFTA being the lower of two
    ("2", "A", "610910", "VN", 200, "0.0", "FVN1"),  # used, 26 saved
    ("3", "B", "610910", "VN", 100, "5.0", "FAS1"),  # used under the overlapping agreement, 8 saved
    ("4", "B", "610910", "TH", 50, "13.0", "A"),  # only AKFTA is open to Thailand: foregone 4
    ("5", "C", "850440", "VN", 500, "0.0", "C"),  # needless
    ("6", "C", "850440", "VN", 40, "0.0", "FAS1"),  # claimed needlessly
    ("7", "C", "010101", "VN", 70, "8.0", "A"),  # not covered
    ("8", "C", "999999", "VN", 30, "0.0", "FAS1"),  # MFN unknown: not a zero
    ("9", "C", "610910", "VN", 10, "0.0", "P1"),  # another regime
    ("10", "A", "610910", "US", 20, "13.0", "A"),  # dutiable, no agreement open
]


def write(folder: Path, lines: list[tuple[str, str, str, str, int, str, str]]) -> Path:
    file = folder / "lines.csv"
    rows = [
        f"{n},2021-01-01,{who},40,{product},{origin},{value},{rate},{claim}"
        for n, who, product, origin, value, rate, claim in lines
    ]
    file.write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
    return file


def test_each_line_has_one_class(tmp_path: Path) -> None:
    classified = classify(read_lines([write(tmp_path, LINES)], LAYOUT), LAYOUT)
    found = {name: (count, int(value)) for name, (count, value) in totals(classified).items()}
    assert found == {
        "used": (2, 300),
        "unused": (2, 150),
        "needless": (1, 500),
        "not_covered": (2, 90),
        "claimed_needlessly": (1, 40),
        "other_regime": (1, 10),
        "unknown": (1, 30),
    }
    whole = summary(classified)[0][1]
    assert (whole.dutiable, whole.eligible, whole.used) == (540, 450, 300)
    assert (whole.realised, whole.foregone) == (Decimal(34), Decimal(17))
    assert whole.utilisation and round(whole.utilisation, 2) == Decimal("66.67")
    assert whole.coverage and whole.utility and whole.coverage * whole.utilisation / 100 == whole.utility


def test_overlapping_agreements_count_once(tmp_path: Path) -> None:
    classified = classify(read_lines([write(tmp_path, LINES)], LAYOUT), LAYOUT)
    parts = {key: (use.eligible, use.foregone) for key, use in summary(classified, "agreement") if use.eligible}
    assert parts == {"VKFTA": (300, 13), "AKFTA": (150, 4)}
    alone = eligible_by_agreement(classified, LAYOUT)
    assert (alone["AKFTA"], alone["VKFTA"]) == (450, 400)  # both could have covered the Vietnamese goods
    assert [(row["enterprise"], row["could_use"]) for row in calls(classified)] == [("A", "VKFTA"), ("B", "AKFTA")]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("2", "A", "610910", "VN", 100, "13.0", "A"), "market_access.repeated_line"),
        (("11", "A", "610910", "VN", 100, "high", "A"), "market_access.bad_figure"),
        (("11", "A", "610910", "VN", -1, "13.0", "A"), "market_access.bad_figure"),
    ],
)
def test_lines_refused(tmp_path: Path, change: tuple[str, str, str, str, int, str, str], code: str) -> None:
    with pytest.raises(KechoError) as caught:
        read_lines([write(tmp_path, [*LINES, change])], LAYOUT)
    assert caught.value.code == code


@pytest.mark.django_db
def test_a_study_is_kept(tmp_path: Path, officer: Actor) -> None:
    study = store([write(tmp_path, LINES)], "korea-imports", officer)
    assert UtilisationStudy.objects.get().pk == study.pk
    assert study.is_fictional and study.content["classes"]["needless"] == {"lines": 1, "value": "500.00"}


@pytest.mark.shared
def test_54000_declarations_reconcile(shared: Path) -> None:
    names = [f"korea_synthetic_declarations_{part}.csv" for part in ("train", "valid", "test")]
    lines = read_lines([shared / "matching/customs" / name for name in names], LAYOUT)
    classified = classify(lines, LAYOUT)
    found = totals(classified)
    assert sum(count for count, _ in found.values()) == lines.height == 54_000
    assert sum(value for _, value in found.values()) == Decimal(int(lines["value"].sum())) / 100
    assert (
        min(found["needless"][0], found["unused"][0], found["used"][0]) > 5_000
    )  # needless stands apart from foregone
    whole = summary(classified)[0][1]
    for dimension in DIMENSIONS:
        parts = [use for _, use in summary(classified, dimension)]
        for name in ("dutiable", "eligible", "used", "realised", "foregone"):
            if name != "dutiable" or dimension != "agreement":
                assert sum(getattr(one, name) for one in parts) == getattr(whole, name), (dimension, name)
