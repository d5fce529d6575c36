"""Which tables a sheet holds, whatever they are about: title, headings, body, columns.

A body begins at the first row that has a figure beside something else; what stands above it is heading, and lone lines
of text above that are the title. Headings that come again below a body open the next table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from kecho.intake.blocks import HEADING_WORDS, Block, are_column_numbers, is_loose_figure, is_unit_text, is_year
from kecho.intake.columns import Heading, headings
from kecho.intake.figures import is_figure
from kecho.intake.grid import Cell, Sheet
from kecho.intake.wording import fold_heading
from kecho.kernel.text import clean

#: Tables of one file that are looked at.
MOST_TABLES = 60
#: Rows that are looked at below a gap, and the widest distance of two rows of headings (one blank row between them).
LOOK_AHEAD = 8
HEADING_GAP = 2
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}|(?:0?[1-9]|1[0-2])[/-](?:19|20)\d\d|(?:19|20)\d\d-\d{2}")
_MONTHS = re.compile(r"(?:cac )?thang(?: trong nam)?(?: nam \d{4})?")
_ANNOUNCED = re.compile(r"^\(?(?:don vi|dvt)\b")
_FORM_LINE = re.compile(r"^(?:ghi chu|nguon|nguoi lap|thu truong|noi nhan|ky ten|luu y)\b")


@dataclass(frozen=True, slots=True)
class ShapeColumn:
    """One column: its heading and how many cells of its body hold text, figures, dates."""

    heading: Heading
    texts: int
    figures: int
    dates: int
    samples: tuple[str, ...] = ()

    @property
    def col(self) -> int:
        """Its number from 0."""
        return self.heading.col

    @property
    def is_numeric(self) -> bool:
        """Figures are the most of what it holds."""
        return self.figures > 0 and self.figures >= self.texts


@dataclass
class Shape:
    """One table of one sheet."""

    block: Block
    columns: list[ShapeColumn] = field(default_factory=list)

    @property
    def sheet(self) -> Sheet:
        """Where it stands."""
        return self.block.sheet

    @property
    def title(self) -> str:
        """The lines above its headings."""
        return self.block.title

    @property
    def area(self) -> str:
        """``A5:F24``, headings included."""
        rows = [*self.block.heading_rows, *self.block.body_rows]
        first, last = Cell(min(rows), self.columns[0].col), Cell(max(rows), self.columns[-1].col)
        return f"{first.address}:{last.address}"


def find_shapes(sheet: Sheet) -> list[Shape]:
    """All tables of a sheet, in order."""
    found = []
    title = ""
    for rows, body in _segments(sheet):
        shape = _shape(sheet, rows, body)
        if shape is None:
            title = title or _words(sheet, rows)
            continue
        if not shape.block.title:
            shape.block.title = title
        title = ""
        found.append(shape)
    return found[:MOST_TABLES]


# ---- rows into segments


def _segments(sheet: Sheet) -> Iterator[tuple[list[int], list[int]]]:
    """Pairs of the rows above a body, and the rows of the body."""
    above: list[int] = []
    body: list[int] = []
    last = -1
    for row, cells in sheet.rows.items():
        if body and _opens_next(sheet, (above, body), row, row - last):
            yield above, body
            above, body = [], []
        last = row
        if body or _is_data(sheet, above, cells):
            body.append(row)
        else:
            above.append(row)
    yield above, body


def _is_data(sheet: Sheet, above: list[int], cells: list[Cell]) -> bool:
    """A figure with something beside it; headings may hold years, and months counted from one."""
    if are_column_numbers(cells) or _are_months(sheet, above, cells):
        return False
    figures = [cell for cell in cells if is_loose_figure(cell)]
    years = [cell for cell in cells if is_year(cell.number)]
    others = [cell for cell in cells if cell.text.strip() and not is_figure(cell)]
    return bool(figures) and len(figures) + len(years) + len(others) >= 2


def _are_months(sheet: Sheet, above: list[int], cells: list[Cell]) -> bool:
    """Whole numbers that count up from one, below the word "tháng"."""
    numbers = [int(cell.number) for cell in cells if cell.number is not None and cell.number == int(cell.number)]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)) or len(numbers) > 12 or not above:
        return False
    first = next(cell for cell in cells if cell.number is not None)
    over = sheet.covering(above[-1], first.col)
    return over is not None and _MONTHS.fullmatch(fold_heading(over.text)) is not None


def _opens_next(sheet: Sheet, table: tuple[list[int], list[int]], row: int, gap: int) -> bool:
    """Below a body: headings over its figures once more, or text behind a gap."""
    cells = sheet.rows[row]
    if any(is_loose_figure(cell) for cell in cells) and not are_column_numbers(cells):
        return False
    above, body = table
    figured = {cell.col for at in body for cell in sheet.rows[at] if is_loose_figure(cell)}
    over = [cell for cell in cells if cell.col in figured and len(cell.text.strip()) > 1]
    if len(over) >= 2 and any(HEADING_WORDS.search(fold_heading(cell.text)) for cell in over):
        return True
    return (
        gap > 1
        and not are_column_numbers(cells)
        and not _goes_on(sheet, row, figured | {cell.col for at in above for cell in sheet.rows[at]})
    )


def _goes_on(sheet: Sheet, row: int, columns: set[int]) -> bool:
    """Text behind a gap is a group of the same table if figures come before any heading over them."""
    for below in (other for other in sheet.rows if row <= other < row + LOOK_AHEAD):
        cells = sheet.rows[below]
        if _is_data(sheet, [], cells):
            return {cell.col for cell in cells if is_loose_figure(cell)} <= columns
        if any(cell.col in columns and cell.col > sheet.left and len(cell.text.strip()) > 1 for cell in cells):
            return False
    return False


# ---- one table


def _shape(sheet: Sheet, above: list[int], body: list[int]) -> Shape | None:
    if not body:
        return None
    titles, heads = _split(sheet, above)
    heads, body = _groups_down(sheet, heads, body)
    title = _words(sheet, titles)
    unit = _unit(sheet, titles, heads)
    _name_months(sheet, heads)
    heads = [row for row in heads if not are_column_numbers(sheet.rows[row])]
    columns = sorted({cell.col for row in [*heads, *body] for cell in sheet.rows[row]})
    block = Block(sheet, title, None, (titles or heads or body)[0], unit, heads, list(body), columns)
    found = Shape(block)
    for heading in _headings(block):
        cells = [cell for row in body if (cell := sheet.at(row, heading.col)) is not None and not cell.is_blank]
        if cells or heading.lines:
            found.columns.append(_column(heading, cells))
    block.value_columns = [column.col for column in found.columns if column.is_numeric]
    return found if len(found.columns) > 1 and block.value_columns else None


def _headings(block: Block) -> list[Heading]:
    """The words over each column. Only columns of figures share a group that was centred without merging."""
    every, sheet, body = block.value_columns, block.sheet, block.body_rows
    counts = {
        col: [is_figure(cell) for row in body if (cell := sheet.at(row, col)) and not cell.is_blank] for col in every
    }
    numeric = [col for col in every if counts[col] and 2 * sum(counts[col]) >= len(counts[col])]
    found = []
    for columns in (numeric, *([col] for col in every if col not in numeric)):
        block.value_columns = columns
        found += headings(block)
    return sorted(found, key=lambda heading: heading.col)


def _groups_down(sheet: Sheet, heads: list[int], body: list[int]) -> tuple[list[int], list[int]]:
    """A group without figures right under the headings ("I. Ngành chế biến") belongs to the body.

    It has words over the labels alone, where rows above it have words over the figures too.
    """
    labels = [col for cells in (sheet.rows[row] for row in body) for col in _text_columns(cells)]
    label = min(labels, key=lambda col: (-labels.count(col), col), default=0)
    figured = [cell.col for row in body for cell in sheet.rows[row] if is_loose_figure(cell) and cell.col > label]
    first = min(figured, default=0)
    kept = list(heads)
    while len(kept) > 1 and (
        are_column_numbers(sheet.rows[kept[-1]]) or all(cell.col < first for cell in sheet.rows[kept[-1]])
    ):
        kept.pop()
    is_over_figures = any(cell.col >= first for row in kept for cell in sheet.rows[row])
    groups = [row for row in heads if row not in kept and not are_column_numbers(sheet.rows[row])]
    if not is_over_figures or not groups:
        return heads, body
    return [row for row in heads if row not in groups], [*groups, *body]


def _text_columns(cells: list[Cell]) -> list[int]:
    return [cell.col for cell in cells if cell.text.strip() and not is_figure(cell)]


def _column(heading: Heading, cells: list[Cell]) -> ShapeColumn:
    dates = sum(bool(_DATE.fullmatch(cell.text.strip())) for cell in cells)
    figures = sum(is_figure(cell) and not _DATE.fullmatch(cell.text.strip()) for cell in cells)
    samples = tuple(
        dict.fromkeys(clean(cell.text)[:60] or f"{cell.number:.12g}" for cell in cells[:6] if not cell.error)
    )
    return ShapeColumn(heading, len(cells) - figures - dates, figures, dates, samples)


def _split(sheet: Sheet, above: list[int]) -> tuple[list[int], list[int]]:
    """Title rows and heading rows: lone lines at the top are title, what follows a row of several is heading."""
    for index, row in enumerate(above):
        is_last = index == len(above) - 1
        cells = [cell for cell in sheet.rows[row] if is_last or not _is_line(cell) or not is_unit_text(cell.text)]
        if len(cells) == 1 and is_unit_text(cells[0].text):
            continue
        if len(cells) > 1 or (cells and is_last and cells[0].col > sheet.left and not _is_wide(sheet, cells[0])):
            # "CỘNG HÒA … / SỞ CÔNG THƯƠNG" stand side by side far above: only rows that touch the body are headings
            rest = above[index:]
            is_close = all(after - before <= HEADING_GAP for before, after in pairwise(rest))
            if is_close and not any(_is_title_line(sheet, row) for row in rest[1:]):
                return above[:index], rest
    return above, []


def _is_title_line(sheet: Sheet, row: int) -> bool:
    """One text at the left: what stands below side-by-side letterheads, never between two rows of headings."""
    cells = sheet.rows[row]
    return len(cells) == 1 and (cells[0].col <= sheet.left or _is_wide(sheet, cells[0]))


def _unit(sheet: Sheet, titles: list[int], heads: list[int]) -> str:
    """The line of the unit above a table; of the headings only one that says it is a unit, others are a column's."""
    texts = [cell.text for row in titles for cell in sheet.rows[row] if is_unit_text(cell.text) and _is_line(cell)]
    texts += [
        cell.text
        for row in heads
        for cell in sheet.rows[row]
        if is_unit_text(cell.text) and _ANNOUNCED.match(fold_heading(cell.text)) and len(cell.text.split()) > 2
    ]
    return clean(texts[0]) if texts else ""


def _is_wide(sheet: Sheet, cell: Cell) -> bool:
    merge = sheet.merge_at(cell.row, cell.col)
    return merge is not None and merge.right - merge.left >= 3


def _is_line(cell: Cell) -> bool:
    """A unit that is announced as one, or names money or a scale; a bare "%" may be a heading."""
    return len(cell.text.strip()) > 3


def _words(sheet: Sheet, rows: list[int]) -> str:
    lines = [clean(cell.text) for row in rows for cell in sheet.rows[row] if cell.text.strip()]
    return clean(
        " ".join(line for line in lines if not is_unit_text(line) and not _FORM_LINE.match(fold_heading(line)))
    )[-300:]


def _name_months(sheet: Sheet, heads: list[int]) -> None:
    """A heading row of bare 1, 2, 3 … below "Tháng" says "Tháng 1", "Tháng 2" …"""
    for index, row in enumerate(heads):
        if _are_months(sheet, heads[:index], sheet.rows[row]):
            for cell in sheet.rows[row]:
                if cell.number is not None:
                    cell.text, cell.number = f"Tháng {int(cell.number)}", None
