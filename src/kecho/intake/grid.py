"""A sheet as the readers of .xls and .xlsx both give it: decoded cells, merged ranges, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property


def column_letters(col: int) -> str:
    """Column letters as a spreadsheet program shows them, from a number counted from 0.

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(slots=True)
class Cell:
    """One cell that holds something; ``row`` and ``col`` count from 0.

    Exactly one of ``text`` (decoded, blanks kept), ``number`` and ``error`` ("#REF!") is filled. ``indent`` is the
    alignment's indent level and ``is_bold`` the font's weight: both are how some sheets print a hierarchy.
    """

    row: int
    col: int
    text: str = ""
    number: float | None = None
    error: str = ""
    indent: int = 0
    is_bold: bool = False

    @property
    def address(self) -> str:
        """``D9``."""
        return f"{column_letters(self.col)}{self.row + 1}"

    @property
    def is_blank(self) -> bool:
        """Blanks only; some sheets keep such cells."""
        return self.number is None and not self.error and not self.text.strip()


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, all four ends included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, place: tuple[int, int]) -> bool:
        return self.top <= place[0] <= self.bottom and self.left <= place[1] <= self.right


@dataclass
class Sheet:
    """One sheet: its cells that hold something, and its merged ranges."""

    name: str
    is_hidden: bool = False
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)

    @cached_property
    def rows(self) -> dict[int, list[Cell]]:
        """The cells by row, rows and columns in order; empty rows are absent, so a million of them cost nothing."""
        found: dict[int, list[Cell]] = {}
        for _, cell in sorted(self.cells.items()):
            if not cell.is_blank:
                found.setdefault(cell.row, []).append(cell)
        return found

    @cached_property
    def left(self) -> int:
        """The first column that holds something."""
        return min((cells[0].col for cells in self.rows.values()), default=0)

    @cached_property
    def _anchors(self) -> dict[tuple[int, int], Merge]:
        return {(row, col): merge for merge in self.merges for row, col in _places(merge)}

    def at(self, row: int, col: int) -> Cell | None:
        """The cell itself, if it holds something."""
        return self.cells.get((row, col))

    def merge_at(self, row: int, col: int) -> Merge | None:
        """The merged range that covers this place."""
        return self._anchors.get((row, col))

    def covering(self, row: int, col: int) -> Cell | None:
        """The cell shown at this place: its own, or that of the merged range which covers it."""
        cell = self.cells.get((row, col))
        if cell is not None and not cell.is_blank:
            return cell
        merge = self.merge_at(row, col)
        return self.cells.get((merge.top, merge.left)) if merge else None


#: A range wider or taller than this is a drawn frame, never a heading.
_LARGEST_SIDE = 100


def _places(merge: Merge) -> Iterator[tuple[int, int]]:
    if merge.bottom - merge.top > _LARGEST_SIDE or merge.right - merge.left > _LARGEST_SIDE:
        return
    for row in range(merge.top, merge.bottom + 1):
        for col in range(merge.left, merge.right + 1):
            yield row, col
