"""A sheet cut into tables: where each title, heading and body begins, whatever their number and place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from kecho.intake.families import Family, recognise
from kecho.intake.figures import is_figure
from kecho.intake.grid import Cell, Sheet
from kecho.intake.wording import fold_heading
from kecho.kernel import units
from kecho.kernel.text import clean

#: "14. Hàng hóa …", "12.4. Chi đời sống …", "3. (Tiếp theo) …"
_NUMBERED = re.compile(r"^\s*\d+(?:\.\d+)*\s*[.,)]\s*\S")
_FIRST = re.compile(r"^\s*(?:1|I|A)\s*[.,)]\s*\S")
_CONTINUED = re.compile(r"\btiep theo\b")

#: Words of headings, in folded text.
HEADING_WORDS = re.compile(
    r"\b(?:thang|qu[iy] (?:[iv]+|\d)|nam|ca nam|so voi|cung ky|ky goc|luong|tri gia|uoc tinh|thuc hien|cong don|so bo"
    r"|chinh thuc|tong muc|tong so|co cau|ty trong|don vi|tinh|ke hoach|binh quan|chi so|toc do|ty le|luy ke)\b|^%$"
)
_SCALED = (
    r"(?:(?:1 ?000|nghin|ngan|trieu|tr|ty|thous|mill|bill|trillion) ?)*"
    r"(?:dongs?|vnd|usd|us|do la(?: my)?|tan|tons?|ha|m2|m3|lit|cai|chiec)"
)
_UNIT_LINE = re.compile(rf"^(?:(?:don vi(?: tinh)?|dvt) ?)?(?:%|{_SCALED})(?: (?:%|{_SCALED}))*$")


@dataclass
class Block:
    """One table: its title, heading rows and body rows, as row numbers of the sheet counted from 0.

    ``value_columns`` are the columns that hold figures to the right of a label; ``unit`` is the line above the table.
    """

    sheet: Sheet
    title: str
    family: Family | None
    first_row: int
    unit: str = ""
    heading_rows: list[int] = field(default_factory=list)
    body_rows: list[int] = field(default_factory=list)
    value_columns: list[int] = field(default_factory=list)
    is_continued: bool = False

    @property
    def last_row(self) -> int:
        """The last row that belongs to it."""
        return max([self.first_row, *self.heading_rows, *self.body_rows])


def find_blocks(sheet: Sheet) -> list[Block]:
    """All tables of a sheet, in order. A heading that comes again without a title opens a table of the same title."""
    blocks: list[Block] = []
    _year_labels(sheet)
    for rows in _segments(sheet):
        title, family, is_continued, rest = _title(sheet, rows)
        if is_continued and family is None and blocks:
            family = blocks[-1].family
        first = Block(sheet, title, family, rows[0], _unit(sheet.rows[rows[0]]), is_continued=is_continued)
        blocks.extend(_tables(first, rest))
    return blocks


def _year_labels(sheet: Sheet) -> None:
    """A year typed as a number at the head of a row of figures is the row's label."""
    for cells in sheet.rows.values():
        first = cells[0]
        is_bare = first.col == sheet.left and all(cell.number is not None for cell in cells)
        if is_bare and is_year(first.number) and any(map(is_loose_figure, cells[1:])):
            first.text, first.number = f"{first.number:.0f}", None


def settle(block: Block) -> Block:
    """In a declared table, what looks like the end of its heading and names rows is the beginning of its body.

    "A. HÀNH KHÁCH" stands over the labels, with nothing or with units ("Nghìn HK") over the figures.
    """
    if block.family is None or not block.family.is_declared or not block.value_columns:
        return block
    if not block.unit or block.unit.strip("() ") == "%":
        block.unit = _lone_unit(block)
    while len(block.heading_rows) > 1:
        cells = block.sheet.rows[block.heading_rows[-1]]
        label = cells[0] if cells else None
        others = [cell for cell in cells if cell is not label]
        if label is None or label.col >= block.value_columns[0] or not label.text.strip():
            break
        if any(cell.col < block.value_columns[0] or not _names_unit(cell) for cell in others):
            break
        block.body_rows.insert(0, block.heading_rows.pop())
    return block


def _lone_unit(block: Block) -> str:
    """The unit that a heading row holds and nothing else: "Nghìn lượt người"."""
    rows = (block.sheet.rows[row] for row in block.heading_rows)
    return next((clean(cells[0].text) for cells in rows if len(cells) == 1 and _names_unit(cells[0])), "")


def _names_unit(cell: Cell) -> bool:
    """A unit, or several: "Nghìn lượt người; %"."""
    return bool(cell.text) and all(units.parse_unit(piece) in units.units() for piece in cell.text.split(";"))


# ---- titles


def _segments(sheet: Sheet) -> Iterator[list[int]]:
    """The rows between one title and the next."""
    segment: list[int] = []
    for row in sheet.rows:
        if segment and not _is_title_line(sheet, segment, row) and _opens(sheet, segment, row):
            yield segment
            segment = []
        if segment or any(cell.text.strip() for cell in sheet.rows[row]):
            segment.append(row)
    if segment:
        yield segment


def _is_title_line(sheet: Sheet, segment: list[int], row: int) -> bool:
    """The second or third line of the title that has just begun; one with a number of its own is another title."""
    first, line = _lone_text(sheet.rows[segment[0]]), _lone_text(sheet.rows[row])
    if first is None or line is None or line.col != first.col or _NUMBERED.match(line.text):
        return False
    return len(segment) < 3 and row - segment[0] < 4 and all(_lone_text(sheet.rows[above]) for above in segment)


def _opens(sheet: Sheet, segment: list[int], row: int) -> bool:
    """Whether another title stands in this row: one text alone, of a known kind or continued, with a heading below.

    "1. Cây lương thực có hạt" below a heading that has no figures yet is the first row of that table.
    """
    cell = _lone_text(sheet.rows[row])
    if cell is None:
        return False
    folded = fold_heading(cell.text)
    if _CONTINUED.search(folded):
        return True
    family = recognise(folded)
    is_named = family is not None and family.is_core and len(folded) > 15
    is_numbered = family is not None and bool(_NUMBERED.match(cell.text)) and cell.col <= sheet.left + 2
    if is_numbered and not is_named and _FIRST.match(cell.text) and _awaits_figures(sheet, segment):
        return False
    return (is_named or is_numbered) and _heading_follows(sheet, row)


def _awaits_figures(sheet: Sheet, segment: list[int]) -> bool:
    """Whether the rows so far are a title and a heading over several columns, without a figure."""
    rows = [sheet.rows[row] for row in segment]
    is_heading = any(sum(bool(cell.text) for cell in cells) > 1 or cells[0].col > sheet.left + 1 for cells in rows[1:])
    return is_heading and not any(is_loose_figure(cell) for cells in rows for cell in cells)


def _lone_text(cells: list[Cell]) -> Cell | None:
    """The only text of a row that has nothing else, but for a unit at its end."""
    texts = [cell for cell in cells if cell.number is not None or cell.error or not is_unit_text(cell.text)]
    return texts[0] if len(texts) == 1 and texts[0].text else None


def _heading_follows(sheet: Sheet, row: int) -> bool:
    """A title has a heading below it before any figure; a row label such as "1. Xuất khẩu" has not."""
    for below in range(row + 1, row + 12):
        cells = sheet.rows.get(below, [])
        if any(is_loose_figure(cell) for cell in cells):
            return False
        if any(cell.col > sheet.left and HEADING_WORDS.search(fold_heading(cell.text)) for cell in cells):
            return True
    return False


def _title(sheet: Sheet, rows: list[int]) -> tuple[str, Family | None, bool, list[int]]:
    """The title over all its lines, what it announces, whether it is a continuation, and the rows below it."""
    first = next(cell for cell in sheet.rows[rows[0]] if cell.text.strip())
    lines = [first.text]
    for row in rows[1:]:
        line = _lone_text(sheet.rows[row])
        if line is None or line.col != first.col or row - first.row > len(lines) + 1:
            break
        lines.append(line.text)
    title = clean(" ".join(lines))
    folded = fold_heading(title)
    return title, recognise(folded), bool(_CONTINUED.search(folded)), rows[len(lines) :]


# ---- headings and bodies


def _tables(first: Block, rows: list[int]) -> Iterator[Block]:
    """The block filled with its rows, and further blocks where a heading comes again below a body."""
    sheet, block = first.sheet, first
    columns = _value_columns(sheet, rows)
    for row in rows:
        cells = sheet.rows[row]
        if block.body_rows and _is_heading_again(cells, columns):
            yield block
            block = Block(sheet, first.title, first.family, row, first.unit, is_continued=True)
        if are_column_numbers(cells):
            continue
        if block.body_rows or _is_body(cells, columns):
            block.body_rows.append(row)
        else:
            first.unit = block.unit = block.unit or _unit(cells)
            block.heading_rows.append(row)
        block.value_columns = columns
    yield block


def _value_columns(sheet: Sheet, rows: list[int]) -> list[int]:
    """Columns with figures in rows that have a label to the left of them."""
    columns = set()
    for row in rows:
        label = next((cell.col for cell in sheet.rows[row] if cell.text.strip()), None)
        if label is not None:
            columns |= {cell.col for cell in sheet.rows[row] if cell.col > label and is_loose_figure(cell)}
    return sorted(columns)


def _is_body(cells: list[Cell], columns: list[int]) -> bool:
    """The first row of a body: a label left of the figures, and a figure; years and column numbers are none."""
    if not columns or are_column_numbers(cells):
        return False
    label = next((cell for cell in cells if cell.text.strip()), None)
    if label is None or label.col >= columns[0]:
        return False
    if any(cell.col in columns and is_loose_figure(cell) for cell in cells):
        return True
    numbers = [cell for cell in cells if cell.number is not None]
    return bool(numbers) and not HEADING_WORDS.search(fold_heading(label.text))


def _is_heading_again(cells: list[Cell], columns: list[int]) -> bool:
    """In a body: heading words over the figures and no figure."""
    if any(cell.col in columns and is_loose_figure(cell) for cell in cells):
        return False
    texts = [cell for cell in cells if cell.col in columns and len(cell.text.strip()) > 1]
    words = [cell for cell in texts if HEADING_WORDS.search(fold_heading(cell.text))]
    return bool(words) and 2 * len(words) > len(texts)


def are_column_numbers(cells: list[Cell]) -> bool:
    """ "A B 1 2 3": letters over the labels, then whole numbers that count up by one."""
    texts = [clean(cell.text) if cell.number is None else f"{cell.number:g}" for cell in cells if not cell.is_blank]
    numbers = [int(text) for text in texts if re.fullmatch(r"\d{1,2}", text)]
    if len(numbers) < 2 or not all(re.fullmatch(r"[A-Z]|\(?\d[\d=+:/*x%() ]*", text) for text in texts):
        return False
    return numbers[0] in (1, 2) and all(after - before == 1 for before, after in pairwise(numbers))


def is_year(number: float | None) -> bool:
    """A number that a heading may hold: a whole year."""
    return number is not None and number == int(number) and 1985 <= number <= 2050


def is_loose_figure(cell: Cell) -> bool:
    """A figure that cannot be the year of a heading."""
    is_year_text = re.fullmatch(r"\s*\(?(?:19|20)\d\d\)?\s*", cell.text) is not None
    return is_figure(cell) and not is_year(cell.number) and not is_year_text


def _unit(cells: list[Cell]) -> str:
    return next((clean(cell.text) for cell in cells if is_unit_text(cell.text)), "")


def is_unit_text(text: str) -> bool:
    """A unit and nothing else: "Đơn vị tính: Tỷ đồng", "Nghìn tấn; Triệu USD", "%"."""
    folded = fold_heading(text)
    if text.strip().lower() == "động":  # "Số lao | động" over two rows is no currency
        return False
    return bool(folded) and _UNIT_LINE.match(re.sub(r"\bva ", "", folded)) is not None
