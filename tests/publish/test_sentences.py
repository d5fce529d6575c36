"""The grammar of growth, against sentences as official reports print them (cases_sentences.csv)."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from kecho.kernel.measures import Stage
from kecho.kernel.periods import Period
from kecho.publish import sentences
from kecho.publish.changes import Against, Change, change
from kecho.publish.pieces import Figure, Piece, PieceKind, Sentence

with Path(__file__).with_name("cases_sentences.csv").open(encoding="utf-8") as file:
    CASES = list(csv.DictReader(file))


def figure(text: str, unit: str = "percent", stage: str = "official", ref: int = 1) -> Figure | None:
    """A figure of a case; empty text is none. A rate that was printed with more digits is cut to two."""
    if not text:
        return None
    value = Decimal(text)
    decimals = 2 if unit == "percent" and len(text.partition(".")[2]) > 2 else None
    return Figure(value, unit, decimals, (ref,), Stage(stage))


def spoken(case: dict[str, str]) -> Sentence:
    """The sentence of a case."""
    value = figure(case["value"], case["unit"], case["stage"])
    changes = [
        change(Against.PREVIOUS_MONTH, None, None, figure(case["previous"], stage=case["stage"], ref=2)),
        change(
            Against.SAME_PERIOD,
            value,
            figure(case["base"], case["unit"], ref=3),
            figure(case["same"], stage=case["stage"], ref=4),
            before=figure(case["before"], ref=5),
        ),
    ]
    return sentences.statement(
        case["subject"],
        Period.parse(case["period"]),
        case["lang"],
        value=value,
        changes=[one for one in changes if one],
        plan=figure(case["plan"], ref=6),
        basis=case["basis"],
    )


@pytest.mark.parametrize("case", CASES, ids=[f"{case['case']} ({case['lang']})" for case in CASES])
def test_it_reads_as_official_reports_read(case: dict[str, str]) -> None:
    assert spoken(case).text.replace("\u00a0", " ") == case["expected"]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['case']} ({case['lang']})" for case in CASES])
def test_every_number_leads_to_an_observation_and_no_other_piece_holds_one(case: dict[str, str]) -> None:
    for piece in spoken(case).pieces:
        if piece.kind is PieceKind.NUMBER:
            assert piece.refs, piece
        elif piece.kind not in (PieceKind.PERIOD, PieceKind.NAME):
            assert not re.search(r"\d", piece.text), piece


def test_signs_are_words() -> None:
    for case in CASES:
        assert not re.search(r"[-−]\d", spoken(case).text.replace(case["subject"], "")), case["case"]


def test_a_made_up_and_a_derived_figure_carry_their_marks() -> None:
    made_up = Figure(Decimal("7.1"), "billion_usd", 1, (1,), is_fictional=True)
    derived = Figure(Decimal("5.5"), "percent", 1, (2,), is_derived=True)
    both = Figure(Decimal("5.5"), "percent", 1, (2,), is_derived=True, is_fictional=True)
    changes = [Change(Against.PREVIOUS_MONTH, derived), Change(Against.SAME_PERIOD, both)]
    text = sentences.statement("Xuất khẩu", Period.parse("2024-05"), "vi", value=made_up, changes=changes).text
    assert text.replace("\u00a0", " ") == (
        "Xuất khẩu tháng 5/2024 đạt 7,1 tỷ USD†, tăng 5,5%‡ so với tháng trước và tăng 5,5%† so với cùng kỳ năm trước."
    )


def test_nothing_to_say_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="nothing to say on Xuất khẩu"):
        sentences.statement("Xuất khẩu", Period.parse("2024-05"), "vi", value=None)


@pytest.mark.parametrize(
    ("now", "before", "lang", "expected"),
    [
        (
            "-1550",
            "1100",
            "vi",
            "Cán cân thương mại tháng 02/2025 nhập siêu 1,55 tỷ USD (cùng kỳ xuất siêu 1,1 tỷ USD).",
        ),
        (
            "1550",
            "-1100",
            "vi",
            "Cán cân thương mại tháng 02/2025 xuất siêu 1,55 tỷ USD (cùng kỳ nhập siêu 1,1 tỷ USD).",
        ),
        ("0", None, "vi", "Cán cân thương mại tháng 02/2025 cân bằng."),
        (
            "-1550",
            "1100",
            "en",
            "Cán cân thương mại in February 2025 showed a deficit of US$1.55 billion "
            "(a year earlier: a surplus of US$1.1 billion).",
        ),
    ],
)
def test_the_balance_says_surplus_or_deficit(now: str, before: str | None, lang: str, expected: str) -> None:
    sentence = sentences.balance(
        "Cán cân thương mại",
        Period.parse("2025-02"),
        Figure(Decimal(now), "million_usd", 1, (1, 2)),
        lang,
        before=Figure(Decimal(before), "million_usd", 1, (3, 4)) if before else None,
    )
    assert sentence.text.replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("size", "total_rose", "expected"),
    [
        ("4.1", True, "Khu vực FDI đóng góp 4,1 điểm phần trăm vào mức tăng chung."),
        ("-0.4", True, "Khu vực FDI làm giảm 0,4 điểm phần trăm mức tăng chung."),
        ("-4.1", False, "Khu vực FDI đóng góp 4,1 điểm phần trăm vào mức giảm chung."),
        ("0.4", False, "Khu vực FDI bù lại 0,4 điểm phần trăm trong mức giảm chung."),
    ],
)
def test_a_contribution_is_in_points_and_knows_which_way_the_total_went(
    size: str, total_rose: bool, expected: str
) -> None:
    figure = Figure(Decimal(size), "percentage_point", 1, (1,))
    text = sentences.contribution("Khu vực FDI", figure, "vi", total_rose=total_rose).text
    assert text.replace("\u00a0", " ") == expected


def test_a_list_names_each_part_with_a_place_for_its_note() -> None:
    parts = [
        ("Sản xuất xe; rơ moóc", Change(Against.SAME_PERIOD, figure("53.5", ref=7))),
        ("Dệt", Change(Against.SAME_PERIOD, figure("118.2", ref=8))),
        ("IIP", Change(Against.SAME_PERIOD, figure("0", ref=9))),
    ]
    sentence = sentences.movers([Piece("Các ngành")], parts, "vi")
    assert sentence.text == "Các ngành: sản xuất xe, rơ moóc tăng 53,5%; dệt gấp 2,2 lần; IIP tương đương."
    assert [piece.refs for piece in sentence.pieces if piece.kind is PieceKind.NOTE] == [(7,), (8,), (9,)]


def test_a_listing_gives_level_and_change() -> None:
    parts = [("Giày dép", figure("3470", "million_usd"), Change(Against.SAME_PERIOD, figure("10.3")))]
    text = sentences.listing([Piece("Lớn nhất")], parts, "vi").text  # type: ignore[list-item]
    assert text.replace("\u00a0", " ") == "Lớn nhất: giày dép đạt 3,47 tỷ USD, tăng 10,3%."


def test_the_basis_of_prices_is_said() -> None:
    assert sentences.price_basis("vi") == "theo giá hiện hành"
    assert sentences.price_basis("vi", 2010) == "theo giá so sánh năm 2010"
    assert sentences.price_basis("en", 2010) == "at constant 2010 prices"
