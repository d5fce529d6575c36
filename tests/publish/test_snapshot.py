"""A report kept as JSON comes back whole, and officers' texts stand where they were put."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kecho.publish.drafting import comparison, snapshot
from kecho.publish.drafting.slots import open_blanks, slots, with_texts
from kecho.publish.model import Blank, Paragraph, Report
from kecho.publish.pieces import PieceKind

from .factory import report


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_report_comes_back_whole(lang: str) -> None:
    made = report(lang)
    assert snapshot.from_json(json.loads(json.dumps(snapshot.to_json(made)))) == made


def test_what_is_no_report_is_refused() -> None:
    with pytest.raises(TypeError):
        snapshot.from_json(snapshot.to_json(report())["header"])
    with pytest.raises(TypeError, match="holds no"):
        snapshot.to_json(replace(report(), title={1}))  # type: ignore[arg-type]


def blank_slot(made: Report) -> str:
    return next(slot.name for slot in slots(made) if slot.is_blank)


def test_slots_are_named_once() -> None:
    names = [slot.name for slot in slots(report())]
    assert len(names) == len(set(names)) > 3


def test_a_text_takes_the_place_of_a_blank() -> None:
    made = report()
    filled = with_texts(made, {blank_slot(made): "Nguyên nhân:\n- Giá dầu giảm 3%."})
    assert len(open_blanks(filled)) == len(open_blanks(made)) - 1
    written = [p for p in filled.paragraphs if any(piece.kind is PieceKind.WRITTEN for piece in p.pieces)]
    assert [(p.text, p.is_bullet) for p in written] == [("Nguyên nhân:", False), ("Giá dầu giảm 3%.", True)]


def test_a_text_stands_behind_its_computed_block() -> None:
    made = report()
    slot = next(one for one in slots(made) if isinstance(one.block, Paragraph))
    blocks = with_texts(made, {slot.name: "Chủ yếu do đơn hàng mới."}).blocks
    place = blocks.index(slot.block)
    assert isinstance(blocks[place + 1], Paragraph) and blocks[place + 1].text == "Chủ yếu do đơn hàng mới."
    assert [block for block in blocks if block in made.blocks] == list(made.blocks)


def test_a_text_without_its_slot_is_not_lost() -> None:
    made = with_texts(report(), {"99.1": "Đoạn này còn nguyên."})
    assert "Đoạn này còn nguyên." in [paragraph.text for paragraph in made.paragraphs]


def test_an_empty_text_leaves_the_blank() -> None:
    made = report()
    assert with_texts(made, {blank_slot(made): "  \n"}).blocks == made.blocks
    assert any(isinstance(block, Blank) for block in made.blocks)


def test_changes_name_the_number_and_the_sentence() -> None:
    made = report()
    source = made.sources[-1]
    later = replace(made, sources=(*made.sources[:-1], replace(source, value=source.value + 1, text="31.108,3")))
    found = comparison.changes(made, later)
    assert [(one.label, one.before, one.after) for one in found.numbers] == [(source.label, source.text, "31.108,3")]
    assert not found.sentences and not comparison.changes(made, made)
