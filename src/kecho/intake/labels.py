"""The labels of a table's rows and the labels above them.

A hierarchy is printed in many ways, often several in one table: by column (groups in A, items in B), by indent,
leading blanks or dashes, by capitals, by bold type, by a heading row without figures, by "Trong đó:". Each row gets a
place, (column, width), and stands under the last row of a lesser place; where places are equal, a heading or a total
keeps what follows under itself. docs/explanation/intake.md lists the rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kecho.intake.blocks import Block
from kecho.intake.columns import printed_unit
from kecho.intake.figures import is_figure
from kecho.intake.grid import Cell
from kecho.kernel.text import clean, fold

_ORDER = re.compile(r"^\s*(?:[A-ZĐ]|[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*)\s*[.)/]\s*(?=[^\W\d_])")
_ORDER_ALONE = re.compile(r"^\s*(?:[A-ZĐ]|[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*)\s*[.)]?\s*$")
_DASHES = re.compile(r"^[\s\-–—+•·*]+(?=[^\s\-–—+•·*])")
_INCLUDING = re.compile(r"^\s*(?:trong\s+đó|chia\s+ra|gồm\s+có|of\s+which|t\.?đ)\s*(?::|-|(?=\s)|$)\s*", re.IGNORECASE)
_INCLUDING_LAST = re.compile(r"\s*[-–(,]?\s*(?:trong\s+đó|chia\s+ra)\s*:?\s*\)?$", re.IGNORECASE)
_MARK = re.compile(r"\s*(?:\((\*+|\d)\)|(\*+)|[⁽(]?([¹²³⁴])[⁾)]?)\s*$")
_PLAIN = str.maketrans("\xa0⁽⁾", " ()")
_FOOTNOTE = re.compile(r"^\s*(?:\(?\*+\)?|\(\d\)|ghi chú|nguồn|chú thích)\s*[.:]?", re.IGNORECASE)
_TOTAL = re.compile(
    r"^(?:tong (?:so|tri gia|muc|cong|kim ngach)\b|toan nganh|toan quoc$|ca nuoc$|chi so gia tieu dung$|chi so chung$"
    r"|total\b)"
)
#: In trade tables crude oil and the rest are printed level with the foreign-invested sector whose parts they are.
_SECTOR = re.compile(r"^(?:khu vuc|kv)\b.*(?:von d|nuoc ngoai|dtnn|dttt?nn)")
_SECTOR_PART = re.compile(r"^(?:(?:tru|khong ke|ke ca) )?dau tho\b|^hang hoa khac$")


@dataclass(frozen=True, slots=True)
class Label:
    """The label of one row. ``path`` holds the labels above it, outermost first; ``mark`` is its footnote mark."""

    text: str
    path: tuple[str, ...] = ()
    mark: str = ""

    @property
    def breakdown(self) -> str:
        """The labels above it, as rows carry them."""
        return " > ".join(self.path)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row's label before its parents are known."""

    row: int
    col: int
    width: int
    text: str
    has_figures: bool
    mark: str = ""
    is_including: bool = False
    is_capital: bool = False
    is_total: bool = False
    is_bold: bool = False
    unit: str = ""

    @property
    def is_heading(self) -> bool:
        return not self.has_figures


@dataclass
class Labelled:
    """All rows of a body with a label, and the footnotes by their mark."""

    labels: dict[int, Label] = field(default_factory=dict)
    footnotes: dict[str, str] = field(default_factory=dict)


@dataclass
class Stack:
    """The labels that stand above the next row. A continuation of a table goes on with the stack of its beginning."""

    lines: list[_Line] = field(default_factory=list)


def read_labels(block: Block, columns: set[int], unit_col: int | None, stack: Stack, *, bold_groups: bool) -> Labelled:
    """The label of every body row that has one.

    ``columns`` are the value columns of the table itself, without working figures beside it; ``bold_groups``: bold type
    alone makes a group (IIP by industry).
    """
    result = Labelled()
    lines: list[_Line] = []
    for row in block.body_rows:
        parts = _parts(block, row, min(columns, default=0), unit_col)
        has_figures = any(is_figure(cell) for cell in block.sheet.rows[row] if cell.col in columns)
        if not parts:
            continue
        words = " ".join(part.text for part in parts).translate(_PLAIN)
        if not has_figures and _FOOTNOTE.match(words):
            _note(result.footnotes, words)
            continue
        unit = fold(printed_unit(block, row, unit_col))
        lines.extend(_line(row, cell, unit, has_figures and cell is parts[-1]) for cell in parts)
    above = stack.lines
    for line in _joined(_without_stray_blanks(lines)):
        _climb(above, line, bold_groups=bold_groups)
        mark = line.mark or next((one.mark for one in reversed(above) if one.mark), "")
        result.labels[line.row] = Label(line.text, tuple(one.text for one in above), mark)
        above.append(line)
    return result


def _parts(block: Block, row: int, first_value: int, unit_col: int | None) -> list[Cell]:
    cells = [
        cell for cell in block.sheet.rows[row] if cell.text.strip() and cell.col < first_value and cell.col != unit_col
    ]
    while len(cells) > 1 and (_ORDER_ALONE.match(cells[0].text) or not _INCLUDING.sub("", cells[0].text).strip()):
        cells = cells[1:]
    return cells


def _note(footnotes: dict[str, str], text: str) -> None:
    match = re.search(r"\(?(\*+|\b\d)\)?\s*[.:]?\s*(.*)", clean(text))
    if match:
        footnotes[match[1]] = match[2]


def _line(row: int, cell: Cell, unit: str, has_figures: bool) -> _Line:
    """One label; a row with two, a group and its first item, gives two lines."""
    raw = cell.text.replace("\t", "    ").translate(_PLAIN)
    width = len(raw) - len(raw.lstrip()) + 3 * cell.indent
    text = raw.strip()
    including = _INCLUDING.match(text)
    if including:
        text = text[including.end() :]
    dashes = _DASHES.match(text)
    if dashes:
        width += 4 if "+" in dashes.group() else 2
        text = text[dashes.end() :]
        nested = _INCLUDING.match(text)
        including, text = including or nested, text[nested.end() :] if nested else text
    text = _INCLUDING_LAST.sub("", _ORDER.sub("", clean(text)))
    mark = _MARK.search(text)
    if mark:
        text = text[: mark.start()]
    text = text.rstrip(" :;")
    is_capital = text.isupper() and sum(char.isalpha() for char in text) > 3
    is_top = is_capital or (has_figures and _TOTAL.match(fold(text)) is not None)
    return _Line(
        row=row,
        col=cell.col,
        width=0 if is_top else width,
        text=text,
        has_figures=has_figures,
        mark=next((group for group in mark.groups() if group), "") if mark else "",
        is_including=bool(including),
        is_capital=is_capital,
        is_total=is_top and has_figures,
        is_bold=cell.is_bold,
        unit=unit,
    )


def _without_stray_blanks(lines: list[_Line]) -> list[_Line]:
    """One blank before a label is an indent only where several rows of the table begin so."""
    if sum(line.width == 1 for line in lines) >= 3:
        return lines
    return [replace(line, width=0) if line.width == 1 else line for line in lines]


def _joined(lines: list[_Line]) -> list[_Line]:
    """Labels that run over two rows made one: the second begins in lower case, or the first ends openly."""
    joined: list[_Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is not None and line.row - last.row == 1 and _continues(last, line):
            joined[-1] = replace(
                last if last.has_figures else line,
                col=last.col,
                width=last.width,
                text=f"{last.text} {line.text}",
                mark=last.mark or line.mark,
                is_including=last.is_including,
                is_capital=last.is_capital and line.is_capital,
                is_bold=last.is_bold,
            )
        else:
            joined.append(line)
    return [line for line in joined if line.text]


def _continues(last: _Line, line: _Line) -> bool:
    if not line.text or not last.text or line.is_including or (last.has_figures and line.has_figures):
        return False
    is_open = last.text.count("(") > last.text.count(")") or re.search(r"(?:[,;]|\b(?:và|của|cho|có))$", last.text)
    return line.text[0].islower() or (last.is_heading and (bool(is_open) or line.text[0] == "("))


def _climb(stack: list[_Line], line: _Line, *, bold_groups: bool) -> None:
    """Take from the stack what does not stand above the line."""
    if line.is_including:
        while stack and (stack[-1].col > line.col or stack[-1].is_including):
            stack.pop()
        return
    if stack and stack[-1].is_including and (line.col, line.width) > (stack[-1].col, stack[-1].width):
        stack.pop()
        return
    while stack and not _stands_above(stack[-1], line, bold_groups=bold_groups):
        stack.pop()


def _stands_above(above: _Line, line: _Line, *, bold_groups: bool) -> bool:
    """Whether a row goes on standing above the next one: by column, then by what both are, then by width."""
    if above.col != line.col:
        return above.col < line.col and not (line.is_capital and line.is_heading)
    if line.is_heading and (above.is_heading or above.is_total):
        return above.is_heading and above.width < line.width
    if above.is_total or line.is_total:
        return above.is_total and not line.is_total
    if abs(above.width - line.width) > (1 if above.width else 0):
        is_within = above.width < line.width or (above.is_heading and above.is_capital)
    else:
        is_within = above.is_heading or _is_sector_part(above, line) or (bold_groups and _is_bold_group(above, line))
    # Parts are counted as their whole is: soap is no part of cement, however it is indented.
    return is_within and not (above.unit and line.unit and above.unit != line.unit)


def _is_sector_part(above: _Line, line: _Line) -> bool:
    return bool(_SECTOR.match(fold(above.text)) and _SECTOR_PART.match(fold(line.text)))


def _is_bold_group(above: _Line, line: _Line) -> bool:
    return above.is_bold and not line.is_bold
