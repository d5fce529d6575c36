"""The styles of the Word file: Times New Roman, the decree's sizes, real headings, the right proofing language."""

from __future__ import annotations

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from kecho.publish.docx_parts import FONT, element

BODY_PT = 14
TABLE_STYLE, DENSE_STYLE = "Table Text", "Table Dense"
TABLE_PT, DENSE_PT = 10, 8
PROOFING = {"vi": "vi-VN", "en": "en-GB"}

# Word's built-in heading styles in use: size, bold, italic, alignment, space before, space after
_HEADINGS = {
    1: (14, True, WD_ALIGN_PARAGRAPH.CENTER, 12, 6),
    2: (14, True, WD_ALIGN_PARAGRAPH.JUSTIFY, 10, 4),
    3: (14, True, WD_ALIGN_PARAGRAPH.JUSTIFY, 8, 4),
}


def styled_document(lang: str) -> Document:
    """An empty document with the report's styles; the sections are laid out by the caller."""
    document = docx.Document()
    for child in list(document.element.body):
        if child.tag != qn("w:sectPr"):
            document.element.body.remove(child)
    _defaults(document, lang)
    normal = document.styles["Normal"]
    _set_font(normal, BODY_PT)
    normal.paragraph_format.space_after = Pt(0)
    for level, (size, bold, align, before, after) in _HEADINGS.items():
        style = document.styles[f"Heading {level}"]
        _set_font(style, size, bold=bold)
        style.paragraph_format.alignment = align
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True
    caption = document.styles["Caption"]
    _set_font(caption, 12, bold=True)
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(6), Pt(3)
    caption.paragraph_format.keep_with_next = True
    _set_font(document.styles["Header"], 13)
    for name, size in ((TABLE_STYLE, TABLE_PT), (DENSE_STYLE, DENSE_PT)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _set_font(style, size)
    return document


def _set_font(style: ParagraphStyle, size_pt: float, *, bold: bool = False) -> None:
    """Typeface, size and black colour, without the theme fonts that the template prefers."""
    style.font.size, style.font.bold, style.font.italic = Pt(size_pt), bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)


def _defaults(document: Document, lang: str) -> None:
    """Document defaults: typeface and proofing language (Vietnamese text is not marked as misspelt English)."""
    properties = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(properties):
        if child.tag in (qn("w:rFonts"), qn("w:lang")):
            properties.remove(child)
    properties.insert(0, element("w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))
    properties.append(element("w:lang", val=PROOFING[lang], eastAsia=PROOFING[lang], bidi="ar-SA"))
