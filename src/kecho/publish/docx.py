"""The report as a Word file in the form of Decree 30/2020: what an officer edits, numbers, signs and sends."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph

from kecho.publish import drawing
from kecho.publish.docx_parts import (
    BODY_WIDTH_MM,
    cell_margins,
    describe,
    drawn_rule,
    first_paragraph,
    frame,
    lay_out,
    link,
    new_section,
    set_run_font,
    set_widths,
    shape,
)
from kecho.publish.docx_styles import BODY_PT, styled_document
from kecho.publish.docx_tables import LANDSCAPE_WIDTH_MM, add_table
from kecho.publish.model import Annex, Blank, Block, Chart, Heading, Paragraph, Report, Table
from kecho.publish.pieces import Piece, PieceKind
from kecho.publish.textwidth import width_pt

CENTER, JUSTIFY, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT
LEFT_COLUMN_MM, RIGHT_COLUMN_MM = 66.0, 99.0
INDENT_MM = 12.7
MM_PER_PT = 25.4 / 72


def render(report: Report, path: Path) -> Path:
    """Write the report to ``path`` and return it."""
    document = styled_document(report.lang)
    _properties(document, report)
    lay_out(document.sections[0], landscape=False, restart=False)
    _header(document, report)
    for block in report.blocks:
        _block(document, block)
    _signature(document, report)
    for annex in (*report.annexes, report.source_annex):
        _annex(document, annex)
    document.save(str(path))
    return path


def _properties(document: Document, report: Report) -> None:
    core = document.core_properties
    core.title, core.author, core.language = report.title, report.header.agency, report.lang
    core.subject, core.comments = report.header.abstract, ""
    core.keywords = f"{report.locality} {report.period.code}"


# ---- heading and signature


def _header(document: Document, report: Report) -> None:
    """The grid of the decree: agency left, nation right, then number and place; type, abstract, addressees."""
    header = report.header
    table = document.add_table(rows=1, cols=2)
    cell_margins(table, 0)
    set_widths(table, [LEFT_COLUMN_MM, RIGHT_COLUMN_MM])
    describe(table, report.title, header.agency)
    left, right = table.rows[0].cells
    paragraph = first_paragraph(left)
    if header.superior:
        _line(paragraph, header.superior, 13)
        paragraph = left.add_paragraph()
    _line(paragraph, header.agency, 13, bold=True)
    last_line = header.agency.rsplit("\n", 1)[-1]
    drawn_rule(left.add_paragraph(), _rule_mm(last_line, 13) * 0.4, LEFT_COLUMN_MM)
    _line(left.add_paragraph(), header.number_line, 13, before=4)
    _line(first_paragraph(right), header.nation, 13, bold=True)
    _line(right.add_paragraph(), header.motto, 14, bold=True)
    drawn_rule(right.add_paragraph(), _rule_mm(header.motto, 14), RIGHT_COLUMN_MM)
    _line(right.add_paragraph(), header.place_date, 14, italic=True, before=4)
    _line(document.add_paragraph(), header.type_name, 14, bold=True, before=18)
    _line(document.add_paragraph(), header.abstract, 14, bold=True)
    abstract_end = max(header.abstract.split("\n"), key=len)
    drawn_rule(document.add_paragraph(), min(_rule_mm(abstract_end, 14) * 0.4, 60), BODY_WIDTH_MM)
    shape(document.add_paragraph(), after_pt=0)
    _addressees(document, header.addressees)


def _addressees(document: Document, lines: tuple[str, ...]) -> None:
    for index, text in enumerate(lines):
        paragraph = shape(document.add_paragraph(), left_mm=40 if index == 0 else 60, after_pt=2)
        set_run_font(paragraph.add_run(text), BODY_PT)
    if lines:
        shape(document.add_paragraph())


def _line(
    paragraph: WordParagraph, text: str, size: float, *, bold: bool = False, italic: bool = False, before: float = 0
) -> None:
    shape(paragraph, align=CENTER, before_pt=before)
    for index, part in enumerate(text.split("\n")):
        if index:
            paragraph.add_run().add_break(WD_BREAK.LINE)
        set_run_font(paragraph.add_run(part), size, bold=bold, italic=italic)


def _rule_mm(text: str, size: float) -> float:
    return width_pt(text, size, "Bold") * MM_PER_PT


def _signature(document: Document, report: Report) -> None:
    """Recipients left, authority and position right; room for the signature, the name left blank."""
    shape(document.add_paragraph(), after_pt=6)
    table = document.add_table(rows=1, cols=2)
    cell_margins(table, 0)
    set_widths(table, [80, BODY_WIDTH_MM - 80])
    describe(table, report.recipients_heading, report.signature.lines[-1])
    left, right = table.rows[0].cells
    heading = shape(first_paragraph(left))
    set_run_font(heading.add_run(report.recipients_heading), 12, bold=True, italic=True)
    for recipient in report.recipients:
        set_run_font(shape(left.add_paragraph()).add_run(recipient), 11)
    for index, text in enumerate(report.signature.lines):
        _line(first_paragraph(right) if index == 0 else right.add_paragraph(), text, 14, bold=True)
    for _ in range(4):
        shape(right.add_paragraph())
    _line(right.add_paragraph(), report.signature.name, 14, bold=True)


# ---- body


def _block(document: Document, block: Block) -> None:
    if isinstance(block, Heading):
        _heading(document, block)
    elif isinstance(block, Paragraph):
        _paragraph(document, block)
    elif isinstance(block, Blank):
        _blank(document, block)
    elif isinstance(block, Table):
        add_table(document, block, BODY_WIDTH_MM)
    else:
        _chart(document, block)


def _heading(document: Document, block: Heading) -> None:
    style = {0: 1, 1: 2, 2: 3}[block.level]
    paragraph = document.add_paragraph(style=f"Heading {style}")
    if style > 1:
        paragraph.paragraph_format.first_line_indent = Mm(INDENT_MM)
    for index, part in enumerate(block.text.split("\n")):
        if index:
            paragraph.add_run().add_break(WD_BREAK.LINE)
        paragraph.add_run(part)


def _paragraph(document: Document, block: Paragraph) -> None:
    paragraph = document.add_paragraph()
    if block.is_notice:
        shape(paragraph, align=JUSTIFY, before_pt=4, after_pt=10, left_mm=2)
        frame(paragraph)
    else:
        shape(paragraph, align=JUSTIFY, after_pt=6, first_line_mm=INDENT_MM, line=1.15)
    if block.is_bullet:
        paragraph.add_run("- ")
    for piece in block.pieces:
        add_piece(paragraph, piece, 12 if block.is_notice else BODY_PT)


def add_piece(paragraph: WordParagraph, piece: Piece, size: float) -> None:
    """One piece of text; notes and marks are raised, a note leads to the annex of sources."""
    is_raised = piece.kind in (PieceKind.NOTE, PieceKind.MARK)
    run = set_run_font(paragraph.add_run(piece.text), size, bold=piece.is_bold, raised=is_raised)
    if piece.kind is PieceKind.NOTE:
        link(paragraph, run, f"n{piece.text.strip('[]')}")


def _blank(document: Document, block: Blank) -> None:
    """The prompt between brackets on a grey ground, so that an unfilled place is seen at once."""
    paragraph = shape(document.add_paragraph(), align=JUSTIFY, before_pt=2, after_pt=8, left_mm=2, keep_next=False)
    frame(paragraph)
    set_run_font(paragraph.add_run(f"[{block.prompt}]"), BODY_PT, italic=True)


def _chart(document: Document, block: Chart) -> None:
    paragraph = shape(document.add_paragraph(), align=CENTER, before_pt=6, keep_next=True)
    picture = paragraph.add_run().add_picture(BytesIO(drawing.png(block)), width=Mm(min(160, BODY_WIDTH_MM)))
    picture._inline.docPr.set("descr", block.alt)
    picture._inline.docPr.set("title", block.title)
    caption = document.add_paragraph(style="Caption")
    shape(caption, align=CENTER, before_pt=2, after_pt=0, keep_next=True)
    caption.add_run(block.title)
    notes = [note for note in (block.subtitle, block.source_line) if note]
    for note in notes:
        line = shape(document.add_paragraph(), align=CENTER, after_pt=8 if note is notes[-1] else 0)
        set_run_font(line.add_run(note), 11, italic=True)


def _annex(document: Document, annex: Annex) -> None:
    new_section(document, landscape=True)
    heading = document.add_paragraph(style="Heading 1")
    heading.paragraph_format.space_before = 0
    for index, part in enumerate((annex.number, annex.title)):
        if index:
            heading.add_run().add_break(WD_BREAK.LINE)
        heading.add_run(part)
    if annex.reference:
        _line(document.add_paragraph(), annex.reference, 14, italic=True)
    for table in annex.tables:
        add_table(document, table, LANDSCAPE_WIDTH_MM)
