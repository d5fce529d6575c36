"""Sentences of origin rules: a hundred checked by hand, the share understood, agreement with the classes given."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kecho.market_access.origin import cptpp, european
from kecho.market_access.origin.reading import joined, parse
from kecho.market_access.origin.rule import Alternative, Kind, Method, Sentence, Span
from kecho.market_access.origin.spans import spans_in

with (Path(__file__).parent / "origin_sentences.csv").open(encoding="utf-8", newline="") as file:
    CHECKED = list(csv.DictReader(file))


def test_a_hundred_sentences_read_as_checked_by_hand() -> None:
    wrong = []
    for row in CHECKED:
        found = " | ".join(one.text() for one in parse(row["rule_set"], row["printed"]))
        if found != row["reading"]:
            wrong.append((row["printed"], found, row["reading"]))
    assert wrong == []
    assert len(CHECKED) == 100


def rows(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "tariffs/rules_of_origin_uk" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "reader", "count", "not_understood"),
    [("roo_vietnam.csv", european.parse, 607, 2), ("roo_cptpp.csv", cptpp.parse, 2_561, 9)],
)
def test_share_understood(
    shared: Path, name: str, reader: Callable[[str], object], count: int, not_understood: int
) -> None:
    sentences = [row["rule"] for row in rows(shared, name)]
    assert (len(sentences), sum(not reader(one) for one in sentences)) == (count, not_understood)


FOCUSED = (
    "- c) **{}%** under the focused value method taking into account only the "
    "non-originating materials of heading 6406."
)


def has(found: Sequence[Alternative], *kinds: Kind, level: str = "") -> bool:
    atoms = [atom for one in found for atom in one.atoms]
    return any(atom.kind in kinds and (not level or atom.level == level) for atom in atoms)


#: a class of the source -> what the structure must hold. A share of content stands for WO and MAXWEIGHT in one tobacco
#: rule; "manufacture in which all materials are wholly obtained" is filed under PRODUCTION FROM too.
CLASSES: dict[str, Callable[[Sequence[Alternative]], bool]] = {
    "MAXNOM": lambda found: has(found, Kind.MAX_VALUE, Kind.ALLOW),
    "CTH": lambda found: has(found, Kind.SHIFT, level="heading"),
    "CTSH": lambda found: has(found, Kind.SHIFT, level="subheading"),
    "CC": lambda found: has(found, Kind.SHIFT, level="chapter"),
    "WO": lambda found: has(found, Kind.WHOLLY, Kind.CONTENT),
    "PROCESSING": lambda found: has(found, Kind.PROCESS),
    "PRODUCTION FROM": lambda found: has(found, Kind.FROM, Kind.WHOLLY),
    "MAXWEIGHT": lambda found: has(found, Kind.MAX_WEIGHT, Kind.CONTENT),
    "AH": lambda found: has(found, Kind.ANY),
    "SET": lambda found: has(found, Kind.SET),
}
#: filed as "any heading, except" although the sentence excludes the heading of the product, which is CTH
MISFILED = {"Manufacture from materials of any heading, except that of the product and heading 7606."}


@pytest.mark.shared
def test_structure_agrees_with_every_class_given(shared: Path) -> None:
    compared, wrong = 0, []
    for name in ("roo_vietnam.csv", "roo_cptpp.csv"):
        for row in rows(shared, name):
            found = parse(row["scheme"], row["rule"])
            for label in filter(None, row["rule_class"].split("|")):
                if not found or row["rule"] in MISFILED:
                    continue
                known = max((one for one in CLASSES if label.startswith(one)), key=len)
                compared += 1
                if not CLASSES[known](found):
                    wrong.append((label, row["rule"]))
    assert wrong == []
    assert compared > 520


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "heading 5106 to heading 5113, heading 5204 to heading 5212 or 5307 to 5308",
            ["5106-5113", "5204-5212", "5307-5308"],
        ),
        ("chapter 4 or subheading 640610", ["04", "640610"]),
        (
            "assemblies of uppers other than of wood of subheading 640610",
            ["640610 (assemblies of uppers other than of wood)"],
        ),
        ("sugar", None),
    ],
)
def test_materials_named(text: str, expected: list[str] | None) -> None:
    found = spans_in(text)
    assert (found and [one.text() for one in found]) == expected


@pytest.mark.parametrize(
    ("span", "code", "inside"),
    [
        (Span("5106", "5113"), "511190", True),
        (Span("5106", "5113"), "511400", False),
        (Span("04", "04"), "040410", True),
    ],
)
def test_a_span_covers_longer_codes(span: Span, code: str, inside: bool) -> None:
    assert span.covers(code) is inside


def test_what_a_rule_excepts_is_not_what_goods_are_made_from() -> None:
    (found,) = european.parse("Manufacture from wood of any heading, except drawn wood of heading 4409.")
    assert found.text() == "from [wood of any heading, except drawn wood of heading 4409]"


def test_a_fragment_goes_on_from_the_sentence_before() -> None:
    printed = [
        "A change to a good of heading 6403 from any other heading, except from heading 6401 to heading 6402 provided "
        "there is a regional value content of not less than:\n\n- a) **45%** under the build-up method.",
        "- b) **55%** under the build-down method.",
        FOCUSED.format(60),
    ]
    made = [
        Sentence("cptpp", "6403", "", "", "", n, text, "", "", parse("cptpp", text)) for n, text in enumerate(printed)
    ]
    assert [one.alternatives[0].text() for one in joined(made)] == [
        "CTH except 6401-6402 & rvc build-up 45 %",
        "CTH except 6401-6402 & rvc build-down 55 %",
        "CTH except 6401-6402 & rvc focused value 60 % 6406",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "A change to a good of heading 6403 from somewhere.",
        "A change to a good of heading 1 from any other heading, except from sugar.",
    ],
)
def test_what_is_not_understood_is_not_guessed(text: str) -> None:
    assert parse("cptpp", text) == ()


def test_methods_by_name() -> None:
    atom = parse("cptpp", "- b) **45%** under the net cost method.")[0].atoms[0]
    assert (atom.method, atom.percent) == (Method.NET_COST, 45)
