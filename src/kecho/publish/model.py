"""What a report says, apart from how a file format shows it: every renderer reads this and nothing else.

Report
├── header, notices, blocks, signature, recipients
├── annexes (landscape tables, each with its own page numbers)
└── sources: note number n -> the cells behind it

Text is made of pieces (``pieces.py``), so that each number in it leads to its observations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from kecho.kernel.measures import Stage
from kecho.kernel.periods import Period
from kecho.publish.pieces import Figure, Piece, Sentence

__all__ = [
    "Annex", "Blank", "Block", "Cell", "CellKind", "Chart", "Column", "Figure", "Header", "Heading", "Paragraph",
    "Piece", "Report", "Row", "Sentence", "Signature", "Source", "Table",
]  # fmt: skip


class CellKind(StrEnum):
    """What a table cell holds."""

    TEXT = "text"
    NUMBER = "number"
    MISSING = "missing"  # "…": not known here
    NIL = "nil"  # "-": the phenomenon does not occur
    NOT_APPLICABLE = "not_applicable"  # "x"
    STATUS = "status"
    NOTE = "note"  # "[3]": leads to the sources
    ANCHOR = "anchor"  # "[3]" in the annex of sources: where notes lead to


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the text printed and, for a number, the value behind it with all its digits."""

    text: str = ""
    kind: CellKind = CellKind.TEXT
    value: Decimal | None = None
    decimals: int | None = None
    refs: tuple[int, ...] = ()
    mark: str = ""
    tone: str = ""  # for a status: achieved, on_track, slightly_behind, behind, far_behind, breached, not_assessed


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``width`` is its share of the table's width, in the same measure for all columns of a table."""

    title: str
    width: float = 1.0
    align: Literal["left", "center", "right"] = "right"
    group: str = ""  # columns that share a heading above theirs


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``level`` indents its name, the first cell that is aligned left."""

    cells: tuple[Cell, ...]
    level: int = 0
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with real headers. ``key`` is a short ASCII name (sheet names, bookmarks)."""

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit_line: str = ""
    footnotes: tuple[str, ...] = ()
    source_line: str = ""
    is_dense: bool = False  # set small: long lists that are looked up, not read


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 0: "Phần I"; 1: its title; 2: "I. …"; 3: "1. …"."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text; ``is_bullet`` starts it with a hyphen, ``is_notice`` sets it in a frame."""

    sentences: tuple[Sentence, ...]
    is_bullet: bool = False
    is_notice: bool = False

    @property
    def pieces(self) -> Iterator[Piece]:
        """All pieces, a blank between sentences."""
        for index, sentence in enumerate(self.sentences):
            if index:
                yield Piece(" ")
            yield from sentence.pieces

    @property
    def text(self) -> str:
        """The paragraph as a reader sees it."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Blank:
    """A place left for the officer, visibly marked so that nobody signs it unfilled."""

    prompt: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure: ``spec`` is Vega-Lite, ``data`` the same numbers as a table for those who cannot see it."""

    key: str
    title: str
    subtitle: str
    alt: str
    spec: dict[str, Any] = field(hash=False)
    data: Table
    source_line: str = ""


Block = Heading | Paragraph | Blank | Table | Chart


@dataclass(frozen=True, slots=True)
class Header:
    """The cells of the decree's layout grid (ô 1 to 5a). Number and day stay blank: the records clerk gives them."""

    superior: str
    agency: str
    nation: str
    motto: str
    number_line: str
    place_date: str
    type_name: str
    abstract: str
    addressees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """ô 7a and 7b; the name stays blank in a draft."""

    lines: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex: "Phụ lục I", its title and its tables."""

    number: str
    title: str
    reference: str
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One observation behind the report: where the number stands, and how mature and how old it is."""

    note: int
    observation: int
    indicator: str
    label: str
    measure: str
    period: str
    text: str
    value: Decimal | None
    unit: str
    file: str
    sheet: str
    cell: str
    published_on: date | None
    stage: Stage
    release: str
    is_derived: bool
    is_fictional: bool
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report in one language."""

    locality: str
    locality_name: str
    period: Period
    lang: str
    as_of: date | None
    title: str
    header: Header
    blocks: tuple[Block, ...]
    signature: Signature
    recipients: tuple[str, ...]
    recipients_heading: str
    annexes: tuple[Annex, ...]
    sources: tuple[Source, ...]
    source_annex: Annex
    legend: tuple[str, ...]

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs of the body."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> Iterator[Table]:
        """All tables: in the body, then in the annexes (the annex of sources last)."""
        yield from (block for block in self.blocks if isinstance(block, Table))
        for annex in (*self.annexes, self.source_annex):
            yield from annex.tables

    @property
    def charts(self) -> Iterator[Chart]:
        """All charts, in order."""
        return (block for block in self.blocks if isinstance(block, Chart))
