"""Pieces of a Word file that python-docx has no call for. Elements go in the order that the schema prescribes, so that
Word opens the file without repairing it."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FONT = "Times New Roman"
MARGINS_MM = {
    "top": 20,
    "bottom": 20,
    "left": 30,
    "right": 15,
}  # Decree 30/2020, appendix I: 20-25, 20-25, 30-35, 15-20
BODY_WIDTH_MM = 210 - MARGINS_MM["left"] - MARGINS_MM["right"]

# what may follow each element in its parent (ECMA-376 part 1, the sequences of CT_PPr, CT_TblPr, CT_SectPr)
_AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct",
    "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
    "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
_AFTER_PAGE_NUMBER = (
    "w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi", "w:rtlGutter",
    "w:docGrid", "w:printerSettings",
)  # fmt: skip


def element(tag: str, **attributes: str | int) -> Any:
    """``element("w:tab", val="right")``: attributes are in the ``w`` namespace."""
    node = OxmlElement(tag)
    for name, value in attributes.items():
        node.set(qn(f"w:{name}"), str(value))
    return node


def set_run_font(run: Run, size_pt: float, *, bold: bool = False, italic: bool = False, raised: bool = False) -> Run:
    """Size and style of a run; the typeface comes from the style."""
    run.font.size = Pt(size_pt)
    run.bold = bold or None
    run.italic = italic or None
    run.font.superscript = raised or None
    return run


def shape(
    paragraph: Paragraph,
    *,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    before_pt: float = 0,
    after_pt: float = 0,
    first_line_mm: float = 0,
    left_mm: float = 0,
    line: float = 1.0,
    keep_next: bool = False,
) -> Paragraph:
    """Alignment, spacing and indents of a paragraph."""
    form = paragraph.paragraph_format
    form.alignment = align
    form.space_before, form.space_after = Pt(before_pt), Pt(after_pt)
    form.first_line_indent, form.left_indent = Mm(first_line_mm), Mm(left_mm)
    form.line_spacing = line
    form.keep_with_next = keep_next or None
    return paragraph


def drawn_rule(paragraph: Paragraph, width_mm: float, room_mm: float, *, weight_eighths: int = 6) -> None:
    """A solid rule of ``width_mm``, centred in ``room_mm``: the border of an empty, very low paragraph.

    A border is a drawn line like the decree's, but unlike a shape it cannot be dragged off its place.
    """
    side = max(0.0, (room_mm - width_mm) / 2)
    shape(paragraph, align=WD_ALIGN_PARAGRAPH.CENTER, left_mm=side)
    paragraph.paragraph_format.right_indent = Mm(side)
    paragraph.paragraph_format.line_spacing = Pt(3)
    borders = element("w:pBdr")
    borders.append(element("w:bottom", val="single", sz=weight_eighths, space=0, color="000000"))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)
    set_run_font(paragraph.add_run(""), 2)


def frame(paragraph: Paragraph) -> None:
    """A thin box around a paragraph, for notices."""
    borders = element("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(element(f"w:{side}", val="single", sz=6, space=4, color="7F7F7F"))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def page_number(paragraph: Paragraph, size_pt: float = 13) -> None:
    """The number of the page, as a field."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "1"), ("end", "")):
        run = set_run_font(paragraph.add_run("" if kind != "text" else text), size_pt)
        if kind in ("begin", "separate", "end"):
            run._r.append(element("w:fldChar", fldCharType=kind))
        elif not kind:
            instruction = element("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {text} "
            run._r.append(instruction)


def link(paragraph: Paragraph, run: Run, target: str) -> None:
    """Make a run lead to a bookmark of this document."""
    anchor = element("w:hyperlink", anchor=target, history=1)
    run._r.addprevious(anchor)
    anchor.append(run._r)


def describe(table: Table, title: str, description: str) -> None:
    """Alternative text of a table, for screen readers."""
    properties = table._tbl.tblPr
    properties.append(element("w:tblCaption", val=title))
    properties.append(element("w:tblDescription", val=description))


def set_widths(table: Table, widths_mm: list[float]) -> None:
    """Fixed column widths, written where Word and LibreOffice each look for them."""
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def cell_margins(table: Table, sides_mm: float, ends_mm: float = 0) -> None:
    """Inner margins of all cells of a table."""
    margins = element("w:tblCellMar")
    for side, size in (("top", ends_mm), ("left", sides_mm), ("bottom", ends_mm), ("right", sides_mm)):
        margins.append(element(f"w:{side}", w=round(size / 25.4 * 1440), type="dxa"))
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    properties.append(margins) if look is None else look.addprevious(margins)


def first_paragraph(cell: _Cell) -> Paragraph:
    """The empty paragraph that a new cell has."""
    return cell.paragraphs[0]


def lay_out(section: Section, *, landscape: bool, restart: bool) -> None:
    """A4 with the decree's margins, the page number centred in the top margin and hidden on the first page."""
    width, height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.top_margin, section.bottom_margin = Mm(MARGINS_MM["top"]), Mm(MARGINS_MM["bottom"])
    left, right = (20, 15) if landscape else (MARGINS_MM["left"], MARGINS_MM["right"])
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    for header in (section.header, section.first_page_header, section.footer, section.first_page_footer):
        header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    shape(paragraph, align=WD_ALIGN_PARAGRAPH.CENTER)
    page_number(paragraph)
    if restart:
        section._sectPr.insert_element_before(element("w:pgNumType", start=1), *_AFTER_PAGE_NUMBER)


def new_section(document: Document, *, landscape: bool) -> Section:
    """A new section on a new page, with page numbers of its own."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    lay_out(section, landscape=landscape, restart=True)
    return section
