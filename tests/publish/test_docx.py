"""The Word file: the decree's measures, real structure, nothing that Word would repair."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from kecho.publish import docx as renderer
from kecho.publish.docx_parts import BODY_WIDTH_MM, FONT
from kecho.publish.model import Report

from .factory import report

# the order of children that the schema prescribes (ECMA-376 part 1); only what the report uses
ORDERS = {
    "pPr": "pStyle keepNext keepLines pBdr shd tabs spacing ind contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs vertAlign lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
}


@pytest.fixture(scope="module", params=["vi", "en"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path, Document]:
    """The report, its file, and the file read again."""
    content = report(request.param)
    path = renderer.render(content, tmp_path_factory.mktemp("docx") / "report.docx")
    return content, path, docx.Document(str(path))


def parts(path: Path) -> dict[str, ElementTree.Element]:
    """All XML parts of the package, parsed."""
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {
            name: ElementTree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")
        }


def test_paper_and_margins_are_the_decrees(made: tuple[Report, Path, Document]) -> None:
    first, *annexes = made[2].sections
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    margins = (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    assert len(annexes) == 2
    for section in annexes:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)


def test_page_numbers_stand_in_the_top_margin_hidden_on_first_pages_and_begin_anew(
    made: tuple[Report, Path, Document],
) -> None:
    for index, section in enumerate(made[2].sections):
        assert section.different_first_page_header_footer
        assert "PAGE" in "".join(node.text or "" for node in section.header._element.iter(qn("w:instrText")))
        assert not list(section.first_page_header._element.iter(qn("w:instrText")))
        assert section.header_distance < section.top_margin
        start = section._sectPr.find(qn("w:pgNumType"))
        assert (start is not None and start.get(qn("w:start")) == "1") is (index > 0)


def test_times_new_roman_everywhere_and_the_right_proofing_language(made: tuple[Report, Path, Document]) -> None:
    content, path, _ = made
    package = parts(path)
    for name in ("word/styles.xml", "word/document.xml"):
        fonts = list(package[name].iter(qn("w:rFonts")))
        used = [node for node in fonts if node.get(qn("w:ascii"))]
        if name.endswith("document.xml"):
            assert {node.get(qn("w:ascii")) for node in used} <= {FONT}
    defaults = package["word/styles.xml"].find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    assert defaults is not None
    assert defaults.find(qn("w:rFonts")).get(qn("w:ascii")) == FONT  # type: ignore[union-attr]
    language = defaults.find(qn("w:lang")).get(qn("w:val"))  # type: ignore[union-attr]
    assert language == {"vi": "vi-VN", "en": "en-GB"}[content.lang]


def test_elements_stand_in_the_order_of_the_schema(made: tuple[Report, Path, Document]) -> None:
    checked = 0
    for root in parts(made[1]).values():
        for name, order in ORDERS.items():
            known = [qn(f"w:{child}") for child in order.split()]
            for node in root.iter(qn(f"w:{name}")):
                places = [known.index(child.tag) for child in node if child.tag in known]
                assert places == sorted(places), ElementTree.tostring(node)[:400]
                checked += 1
    assert checked > 100


def test_links_have_targets_and_ids_are_unique(made: tuple[Report, Path, Document]) -> None:
    root = parts(made[1])["word/document.xml"]
    bookmarks = [node.get(qn("w:name")) for node in root.iter(qn("w:bookmarkStart"))]
    links = {node.get(qn("w:anchor")) for node in root.iter(qn("w:hyperlink"))}
    assert links
    assert links <= set(bookmarks)
    assert len(bookmarks) == len(set(bookmarks))
    drawings = [node.get("id") for node in root.iter() if node.tag.endswith("}docPr")]
    assert len(drawings) == len(set(drawings))


def test_headings_tables_and_charts_are_real(made: tuple[Report, Path, Document]) -> None:
    content, path, document = made
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert styles.count("Heading 1") == 4  # two parts, two annexes
    assert "Heading 2" in styles
    assert "Heading 3" in styles
    root = parts(path)["word/document.xml"]
    grids = [t for t in root.iter(qn("w:tbl")) if t.find(f".//{qn('w:tblHeader')}") is not None]
    assert len(grids) == len(list(content.tables))
    for grid in grids:
        assert grid.find(f".//{qn('w:tblCaption')}") is not None
    pictures = [node for node in root.iter() if node.tag.endswith("}docPr")]
    assert [node.get("descr") for node in pictures] == [chart.alt for chart in content.charts]


def test_the_body_is_justified_fourteen_points_with_an_indent(made: tuple[Report, Path, Document]) -> None:
    content, _, document = made
    (long,) = [block for block in content.paragraphs if len(block.text) > 150]
    (found,) = [paragraph for paragraph in document.paragraphs if paragraph.text == long.text.replace("\n", "")]
    form = found.paragraph_format
    assert form.first_line_indent is not None
    assert abs(form.first_line_indent - Mm(12.7)) < Mm(0.1)
    assert {run.font.size.pt for run in found.runs if run.font.size} == {14}
    assert found.alignment is not None
    assert "JUSTIFY" in str(found.alignment)


def test_the_rule_under_the_motto_is_as_wide_as_the_motto(made: tuple[Report, Path, Document]) -> None:
    right = made[2].tables[0].rows[0].cells[1]
    rule = right.paragraphs[2]
    assert rule._p.find(f".//{qn('w:pBdr')}") is not None
    assert rule.paragraph_format.left_indent is not None
    assert rule.paragraph_format.right_indent is not None
    width = 99 - rule.paragraph_format.left_indent.mm - rule.paragraph_format.right_indent.mm
    assert 59 < width < 62  # "Độc lập - Tự do - Hạnh phúc", bold, 14 pt
    assert BODY_WIDTH_MM == 165


def test_text_is_text_whatever_it_looks_like(made: tuple[Report, Path, Document]) -> None:
    text = "\n".join(cell.text for table in made[2].tables for row in table.rows for cell in row.cells)
    assert '=HYPERLINK("http://x") Dầu thô' in text
    assert "Dệt <may> & da" in "\n".join(paragraph.text for paragraph in made[2].paragraphs)
