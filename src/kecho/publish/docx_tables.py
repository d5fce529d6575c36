"""Tables of the Word file: header rows that come again on every page, whole rows, numbers to the right."""

from __future__ import annotations

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from kecho.publish.docx_parts import (
    bookmark,
    cell_margins,
    describe,
    first_paragraph,
    keep_whole,
    link,
    repeat_on_every_page,
    set_run_font,
    set_widths,
    shape,
)
from kecho.publish.docx_styles import TABLE_PT
from kecho.publish.model import Cell, CellKind, Column, Row, Table
from kecho.publish.tones import TONES

LANDSCAPE_WIDTH_MM = 297.0 - 20 - 15
CENTER, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
_ALIGN = {"left": LEFT, "center": CENTER, "right": RIGHT}


def add_table(document: Document, table: Table, width_mm: float) -> WordTable:
    """Caption, unit line, the table, its footnotes and source."""
    caption = document.add_paragraph(style="Caption")
    shape(caption, align=CENTER, before_pt=8, after_pt=2, keep_next=True)
    caption.add_run(table.caption)
    if table.unit_line:
        unit = shape(document.add_paragraph(), align=RIGHT, after_pt=2, keep_next=True)
        set_run_font(unit.add_run(table.unit_line), 11, italic=True)
    head_rows = 2 if any(column.group for column in table.columns) else 1
    grid = document.add_table(rows=head_rows + len(table.rows), cols=len(table.columns), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    cell_margins(grid, 1.2, 0.4)
    total = sum(column.width for column in table.columns)
    set_widths(grid, [width_mm * column.width / total for column in table.columns])
    describe(grid, table.caption, table.unit_line or table.caption)
    _head(grid, table.columns, head_rows)
    cells = grid._cells  # read once: python-docx builds the whole list at every access
    count = len(table.columns)
    for index, row in enumerate(table.rows, start=head_rows):
        _row(cells[index * count : (index + 1) * count], table.columns, row)
    for row in grid.rows:
        keep_whole(row)
    for note in (*table.footnotes, *([table.source_line] if table.source_line else [])):
        line = shape(document.add_paragraph(), before_pt=2)
        set_run_font(line.add_run(note), 11, italic=True)
    return grid


def _head(grid: WordTable, columns: tuple[Column, ...], rows: int) -> None:
    """One or two header rows; columns of one group share a heading, the others span both rows."""
    if rows == 1:
        for cell, column in zip(grid.rows[0].cells, columns, strict=True):
            _head_cell(cell, column.title)
    else:
        upper, lower = grid.rows[0].cells, grid.rows[1].cells
        start = 0
        while start < len(columns):
            group = columns[start].group
            end = start + 1
            while group and end < len(columns) and columns[end].group == group:
                end += 1
            _head_group(upper, lower, columns, start, end)
            start = end
    for index in range(rows):
        repeat_on_every_page(grid.rows[index])


def _head_group(
    upper: tuple[_Cell, ...], lower: tuple[_Cell, ...], columns: tuple[Column, ...], start: int, end: int
) -> None:
    group = columns[start].group
    if not group:
        _head_cell(upper[start].merge(lower[start]), columns[start].title)
        return
    _head_cell(upper[start].merge(upper[end - 1]), group)
    for index in range(start, end):
        _head_cell(lower[index], columns[index].title)


def _head_cell(cell: _Cell, text: str) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = shape(first_paragraph(cell), align=CENTER, keep_next=True)
    for extra in cell.paragraphs[1:]:  # left over from merging
        extra._p.getparent().remove(extra._p)
    set_run_font(paragraph.add_run(text), TABLE_PT, bold=True)


def _row(cells: list[_Cell], columns: tuple[Column, ...], row: Row) -> None:
    name_at = next((index for index, column in enumerate(columns) if column.align == "left"), -1)
    for index, (cell, column, content) in enumerate(zip(cells, columns, row.cells, strict=True)):
        is_name = index == name_at
        paragraph = shape(first_paragraph(cell), align=_ALIGN[column.align], left_mm=3 * row.level if is_name else 0)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        _write(paragraph, content, is_bold=row.is_total)


def _write(paragraph: Paragraph, content: Cell, *, is_bold: bool) -> None:
    tone = TONES.get(content.tone)
    text = f"{tone.icon} {content.text}" if tone else content.text
    run = set_run_font(paragraph.add_run(text), TABLE_PT, bold=is_bold or tone is not None)
    if tone:
        run.font.color.rgb = RGBColor.from_string(tone.colour.removeprefix("#"))
    if content.mark:
        set_run_font(paragraph.add_run(content.mark), TABLE_PT, raised=True)
    name = f"n{content.text.strip('[]')}"
    if content.kind is CellKind.NOTE:
        link(paragraph, run, name)
    elif content.kind is CellKind.ANCHOR:
        bookmark(paragraph, name, int(content.text.strip("[]")))
