"""Tables of the Word file: header rows that come again on every page, whole rows, numbers to the right.

A report has thousands of cells, and python-docx looks a table over at every access; so the table is written as one
piece of WordprocessingML (ECMA-376 part 1, 17.4) and put in place whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kecho.publish.docx_parts import set_run_font, shape
from kecho.publish.docx_styles import DENSE_STYLE, TABLE_STYLE
from kecho.publish.model import Cell, CellKind, Column, Row, Table
from kecho.publish.tones import TONES

LANDSCAPE_WIDTH_MM = 297.0 - 20 - 15
TWIPS_PER_MM = 1440 / 25.4
_TABLE = """<w:tbl {namespaces}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{width}" w:type="dxa"/>\
<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="20" w:type="dxa"/>\
<w:left w:w="60" w:type="dxa"/><w:bottom w:w="20" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>\
<w:tblLook w:val="0420" w:firstRow="1" w:noVBand="1"/><w:tblCaption w:val={caption}/>\
<w:tblDescription w:val={description}/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"""


def add_table(document: Document, table: Table, width_mm: float) -> None:
    """Caption, unit line, the table, its footnotes and source."""
    caption = document.add_paragraph(style="Caption")
    shape(caption, align=WD_ALIGN_PARAGRAPH.CENTER, before_pt=8, after_pt=2, keep_next=True)
    caption.add_run(table.caption)
    if table.unit_line:
        unit = shape(document.add_paragraph(), align=WD_ALIGN_PARAGRAPH.RIGHT, after_pt=2, keep_next=True)
        set_run_font(unit.add_run(table.unit_line), 11, italic=True)
    document.element.body.sectPr.addprevious(parse_xml(_xml(table, width_mm)))
    notes = [*table.footnotes, *([table.source_line] if table.source_line else [])]
    for index, note in enumerate(notes):
        line = shape(document.add_paragraph(), before_pt=3, after_pt=6 if index == len(notes) - 1 else 0)
        set_run_font(line.add_run(note), 11, italic=True)
    if not notes:
        shape(document.add_paragraph(), after_pt=0)  # Word joins two tables that nothing parts


def _xml(table: Table, width_mm: float) -> str:
    total = sum(column.width for column in table.columns)
    widths = [round(width_mm * TWIPS_PER_MM * column.width / total) for column in table.columns]
    style = DENSE_STYLE if table.is_dense else TABLE_STYLE
    name_at = next((index for index, column in enumerate(table.columns) if column.align == "left"), -1)
    rows = [*_head(table.columns, widths, style)]
    rows += [_row(row, table.columns, widths, name_at, style) for row in table.rows]
    return _TABLE.format(
        namespaces=nsdecls("w"),
        width=sum(widths),
        caption=quoteattr(table.caption),
        description=quoteattr(table.unit_line or table.caption),
        columns="".join(f'<w:gridCol w:w="{width}"/>' for width in widths),
        rows="".join(rows),
    )


# ---- header rows


def _head(columns: tuple[Column, ...], widths: list[int], style: str) -> Iterable[str]:
    """One or two rows; columns of one group share a heading, the others span both rows."""
    if not any(column.group for column in columns):
        yield _head_row(_head_cell(column.title, width, style) for column, width in zip(columns, widths, strict=True))
        return
    upper, lower = [], []
    both = list(zip(columns, widths, strict=True))
    for group, members in groupby(both, key=lambda item: item[0].group):
        inside = list(members)
        if group:
            span = f'<w:gridSpan w:val="{len(inside)}"/>'
            upper.append(_head_cell(group, sum(width for _, width in inside), style, span))
            lower += [_head_cell(column.title, width, style) for column, width in inside]
        else:
            upper += [_head_cell(c.title, width, style, '<w:vMerge w:val="restart"/>') for c, width in inside]
            lower += [_head_cell("", width, style, "<w:vMerge/>") for _, width in inside]
    yield _head_row(upper)
    yield _head_row(lower)


def _head_row(cells: Iterable[str]) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _head_cell(text: str, width: int, style: str, span: str = "") -> str:
    paragraph = _paragraph(_run(text, is_bold=True) if text else "", "center", style, keep_next=True)
    return _cell_xml(width, span, paragraph)


# ---- rows


def _row(row: Row, columns: tuple[Column, ...], widths: list[int], name_at: int, style: str) -> str:
    cells = []
    for index, (cell, column, width) in enumerate(zip(row.cells, columns, widths, strict=True)):
        indent = round(3 * TWIPS_PER_MM) * row.level if index == name_at else 0
        paragraph = _paragraph(_content(cell, is_bold=row.is_total), column.align, style, indent=indent)
        cells.append(_cell_xml(width, "", paragraph))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _content(cell: Cell, *, is_bold: bool) -> str:
    """The runs of a cell: its text, its mark raised; a note is a link, an anchor a bookmark."""
    tone = TONES.get(cell.tone)
    text = f"{tone.icon} {cell.text}" if tone else cell.text
    run = _run(text, is_bold=is_bold or tone is not None, colour=tone.colour if tone else "") if text else ""
    number = cell.text.strip("[]")
    if cell.kind is CellKind.NOTE:
        run = f'<w:hyperlink w:anchor="n{number}" w:history="1">{run}</w:hyperlink>'
    elif cell.kind is CellKind.ANCHOR:
        run = f'<w:bookmarkStart w:id="{number}" w:name="n{number}"/>{run}<w:bookmarkEnd w:id="{number}"/>'
    return run + (_run(cell.mark, is_raised=True) if cell.mark else "")


def _run(text: str, *, is_bold: bool = False, is_raised: bool = False, colour: str = "") -> str:
    properties = "<w:b/>" if is_bold else ""
    properties += f'<w:color w:val="{colour.removeprefix("#")}"/>' if colour else ""
    properties += '<w:vertAlign w:val="superscript"/>' if is_raised else ""
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _paragraph(runs: str, align: str, style: str, *, indent: int = 0, keep_next: bool = False) -> str:
    properties = f'<w:pStyle w:val="{style.replace(" ", "")}"/>' + ("<w:keepNext/>" if keep_next else "")
    properties += f'<w:ind w:left="{indent}"/>' if indent else ""
    return f'<w:p><w:pPr>{properties}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'


def _cell_xml(width: int, span: str, paragraph: str) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph}</w:tc>"
