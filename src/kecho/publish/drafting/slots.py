"""Where an officer's text may stand in a report: in place of a blank, or after a block of the body.

A slot is named by its section and its place there (``3.2``: the second block of the third section), so that it stays
where it is while the figures around it are brought up to date. Computed sentences themselves are never edited: their
numbers lead to cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kecho.publish.model import Blank, Block, Heading, Paragraph, Report
from kecho.publish.pieces import Piece, PieceKind, Sentence

BULLET = re.compile(r"^[-–•]\s+")
DIGITS = re.compile(r"\d+(?:[.,]\d+)*%?")


@dataclass(frozen=True, slots=True)
class Slot:
    """A block of the report and the name of the place behind it (or, for a blank, of the blank itself)."""

    name: str
    block: Block

    @property
    def is_blank(self) -> bool:
        """Whether the report itself asks for a text here."""
        return isinstance(self.block, Blank)


def slots(report: Report) -> tuple[Slot, ...]:
    """Every block of the body with its slot, in order."""
    found, section, place = [], 0, 0
    for block in report.blocks:
        if isinstance(block, Heading):
            section, place = section + 1, 0
        else:
            place += 1
        found.append(Slot(f"{section}.{place}", block))
    return tuple(found)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """An officer's text as paragraphs, one a line; a line that begins with a hyphen is an item.

    >>> [(one.text, one.is_bullet) for one in paragraphs("Nguyên nhân:\\n- Giá dầu giảm.")]
    [('Nguyên nhân:', False), ('Giá dầu giảm.', True)]
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return tuple(
        Paragraph((Sentence((Piece(BULLET.sub("", line), PieceKind.WRITTEN),)),), is_bullet=bool(BULLET.match(line)))
        for line in lines
    )


def with_texts(report: Report, texts: Mapping[str, str]) -> Report:
    """The report with the officer's texts in their slots; a text whose slot is gone stands before the last block."""
    blocks: list[Block] = []
    known = slots(report)
    for slot in known:
        text = texts.get(slot.name, "")
        if not (slot.is_blank and text.strip()):
            blocks.append(slot.block)
        blocks += paragraphs(text)
    lost = "\n".join(text for name, text in texts.items() if name not in {slot.name for slot in known})
    if lost.strip():
        blocks[-1:-1] = paragraphs(lost)
    return replace(report, blocks=tuple(blocks))


def open_blanks(report: Report) -> tuple[str, ...]:
    """What the report still asks the officer to write."""
    return tuple(block.prompt for block in report.blocks if isinstance(block, Blank))


def typed_numbers(texts: Iterable[str]) -> tuple[str, ...]:
    """Numbers that an officer typed: they lead to no cell, so whoever approves is shown them.

    >>> typed_numbers(["Năm 2025 tăng 12,5% nhờ 3 thị trường."])
    ('2025', '12,5%', '3')
    """
    return tuple(dict.fromkeys(number for text in texts for number in DIGITS.findall(text)))
