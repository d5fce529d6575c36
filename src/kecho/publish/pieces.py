"""Text as pieces that know what they are, and figures on their way into it.

A digit may stand only in a piece that says what kind of digit it is: a figure, which names the observations it rests
on, a period, or a name. A test walks a whole report and holds it to that.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kecho.kernel.measures import Stage

FICTIONAL_MARK = "†"
DERIVED_MARK = "‡"


class PieceKind(StrEnum):
    """What a stretch of text is; only TEXT may hold no digit."""

    TEXT = "text"
    NUMBER = "number"  # a figure: refs are never empty
    PERIOD = "period"
    NAME = "name"  # the name of an indicator, a product, a document
    NOTE = "note"  # "[3]", raised: leads to the sources
    MARK = "mark"  # † or ‡, raised
    WRITTEN = "written"  # an officer's own words: their numbers lead to no cell


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``refs`` are the ids of the observations that a number rests on."""

    text: str
    kind: PieceKind = PieceKind.TEXT
    refs: tuple[int, ...] = ()
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """Pieces that make one sentence, its full stop included."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The sentence as a reader sees it."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def refs(self) -> tuple[int, ...]:
        """Observations behind all its numbers, each once, in order of appearance."""
        return tuple(dict.fromkeys(ref for piece in self.pieces for ref in piece.refs))


@dataclass(frozen=True, slots=True)
class Figure:
    """A number on its way into a sentence or a cell.

    ``unit`` is a code of the kernel's units. ``decimals`` is how many digits may be printed after the comma (None: as
    many as the value has). ``refs`` name the observations it was read from or computed from.
    """

    value: Decimal
    unit: str
    decimals: int | None = None
    refs: tuple[int, ...] = ()
    stage: Stage = Stage.OFFICIAL
    is_derived: bool = False
    is_fictional: bool = False

    @property
    def mark(self) -> str:
        """What must stand beside the number: made up outweighs derived."""
        return FICTIONAL_MARK if self.is_fictional else DERIVED_MARK if self.is_derived else ""
