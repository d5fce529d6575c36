"""Numbers typed as text, and the marks that stand for no number."""

from __future__ import annotations

import pytest

from kecho.intake.figures import Figure, read_figure
from kecho.intake.grid import Cell


@pytest.mark.parametrize(
    ("text", "usual", "value"),
    [
        ("16721.5", None, "16721.5"),
        ("1.234,5", None, "1234.5"),
        ("1,234.5", None, "1234.5"),
        ("95,4", None, "95.4"),
        ("95,4 %", None, "95.4"),
        ("1 234 567", None, "1234567"),
        ("1.234.567", None, "1234567"),
        ("(3,2)", None, "-3.2"),
        ("-0,09", None, "-0.09"),
        ("0.234", None, "0.234"),
        ("1234", None, "1234"),
        # the column decides
        ("1.234", 1300.0, "1234"),
        ("1.234", 1.5, "1.234"),
        ("102,500", 101.2, "102.500"),
    ],
)
def test_numbers_as_text(text: str, usual: float | None, value: str) -> None:
    assert read_figure(Cell(0, 0, text=text), usual).value == value


def test_an_undecided_separator_is_noted() -> None:
    assert read_figure(Cell(0, 0, text="1.234"), None) == Figure("1234", note="intake.note_text_number_unsure")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (Cell(0, 0, text="-"), "intake.nil_mark"),
        (Cell(0, 0, text="..."), "intake.not_collected_mark"),
        (Cell(0, 0, text="x"), "intake.not_applicable_mark"),
        (Cell(0, 0, text="102..5"), "intake.not_a_number"),
        (Cell(0, 0, text="chưa có"), "intake.not_a_number"),
        (Cell(0, 0, error="#REF!"), "intake.error_cell"),
        (Cell(0, 0, error="#FORMULA"), "intake.formula_not_computed"),
    ],
)
def test_no_number_has_its_reason(cell: Cell, reason: str) -> None:
    assert read_figure(cell, None).reason == reason


def test_a_number_is_its_shortest_decimal() -> None:
    assert read_figure(Cell(0, 0, number=117.17), None).value == "117.17"
    assert read_figure(Cell(0, 0, number=100.0), None).value == "100"
