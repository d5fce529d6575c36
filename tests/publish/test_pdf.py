"""The PDF: every letter there, in the vendored typeface, tagged, the same words as the content."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pypdf
import pytest

from kecho.kernel.errors import KechoError
from kecho.publish import pdf
from kecho.publish.model import Report
from kecho.publish.textwidth import FONT_FAMILY, missing_letters

from .factory import report

VIETNAMESE = (
    "ẮẰẲẴẶĂẤẦẨẪẬÂÁÀÃẢẠĐẾỀỂỄỆÊÉÈẺẼẸÍÌỈĨỊỐỒỔỖỘÔỚỜỞỠỢƠÓÒÕỎỌỨỪỬỮỰƯÚÙỦŨỤÝỲỶỸỴ"
    "ắằẳẵặăấầẩẫậâáàãảạđếềểễệêéèẻẽẹíìỉĩịốồổỗộôớờởỡợơóòõỏọứừửữựưúùủũụýỳỷỹỵ"
)


@pytest.fixture(scope="module", params=["vi", "en"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, pypdf.PdfReader]:
    """The report and its file read again."""
    content = report(request.param)
    path = pdf.render(content, tmp_path_factory.mktemp("pdf") / "report.pdf")
    return content, pypdf.PdfReader(path)


def squeezed(text: str) -> str:
    """NFC without white space: a page breaks lines where it likes."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def test_the_text_taken_out_equals_the_text_put_in(made: tuple[Report, pypdf.PdfReader]) -> None:
    content, reader = made
    found = squeezed("".join(page.extract_text() for page in reader.pages))
    assert unicodedata.is_normalized("NFC", found)
    expected = [paragraph.text for paragraph in content.paragraphs]
    expected += [content.header.nation, content.header.motto, content.header.agency, content.header.abstract]
    expected += [cell.text for table in content.tables for row in table.rows for cell in row.cells]
    for text in expected:
        assert squeezed(text) in found, text


def test_only_the_vendored_typeface_is_inside(made: tuple[Report, pypdf.PdfReader]) -> None:
    names = set()
    for page in made[1].pages:
        names |= {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}  # type: ignore[index]
    assert names
    assert all(FONT_FAMILY.replace(" ", "") in name for name in names), names


def test_it_is_tagged_for_readers_who_listen(made: tuple[Report, pypdf.PdfReader]) -> None:
    content, reader = made
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert str(root["/Lang"]).startswith(content.lang)  # type: ignore[index]
    assert reader.metadata is not None
    assert reader.metadata.title == content.title
    assert b"pdfuaid" in reader.xmp_metadata.stream.get_data()  # type: ignore[union-attr]


def test_annexes_lie_across_and_are_numbered_apart(made: tuple[Report, pypdf.PdfReader]) -> None:
    wide = [page.mediabox.width > page.mediabox.height for page in made[1].pages]
    assert wide.count(True) == 2
    assert wide == sorted(wide)
    for page, is_wide in zip(made[1].pages, wide, strict=True):
        if is_wide:
            assert not page.extract_text().startswith(("2", "3"))


def test_the_typeface_has_every_vietnamese_letter_and_sign_in_use() -> None:
    for style in ("Regular", "Bold", "Italic", "BoldItalic"):
        assert not missing_letters(VIETNAMESE + "₫†‡…−–“”×■●○▲▼", style), style


def test_letters_that_the_typeface_lacks_become_boxes() -> None:
    assert pdf.printable(f"{VIETNAMESE} 😀 中") == f"{VIETNAMESE} □ □"
    assert not missing_letters(pdf.NO_LETTER)


def test_a_missing_font_is_an_error_not_another_face(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "FONT_FAMILY", "No Such Face")
    with pytest.raises(KechoError) as caught:
        pdf.render(report(), tmp_path / "report.pdf")
    assert caught.value.code == "publish.typesetting"
    assert "unknown font family" in caught.value.what("en")
