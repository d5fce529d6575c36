"""Old Vietnamese fonts: what is TCVN3 is decoded, what is not is left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.intake.legacy import decode, decode_runs, is_syllable


@pytest.mark.parametrize(
    ("stored", "font", "shown"),
    [
        # TCVN3, known by its letters alone
        ("Mét sè s¶n phÈm chñ yÕu cña ngµnh c«ng nghiÖp", "", "Một số sản phẩm chủ yếu của ngành công nghiệp"),
        ("n\xadíc", "", "nước"),
        ("Tæng sè", "", "Tổng số"),
        ("¤ t«", "", "Ô tô"),
        # known by the font
        ("lóa", ".VnTime", "lúa"),
        ("mét", ".VnArial", "một"),
        ("tiªu thô", ".vntime", "tiêu thụ"),
        ("« t«", ".VnTime", "ô tô"),
        # the H fonts show capitals
        ("xuÊt khÈu th¸ng 6", ".VnTimeH", "XUẤT KHẨU THÁNG 6"),
        ("Tong", ".VnArialH", "TONG"),
        # mixed in one cell, and in one word
        ("5. (Tiếp theo) Mét sè s¶n phÈm", "", "5. (Tiếp theo) Một số sản phẩm"),
        ("n\xadíc 6 th¸ng đầu", "", "nước 6 tháng đầu"),
        ("Ưíc tính", ".VnArial", "Ước tính"),
        # Unicode typed in a .Vn font
        ("Xuất khẩu hàng hoá", ".VnArial", "Xuất khẩu hàng hoá"),
        ("Dầu thô", ".VnTime", "Dầu thô"),
        ("tháng", ".VnTime", "tháng"),
        ("giá", ".VnTime", "giá"),
        # words from abroad
        ("apatÝt", ".VnArial", "apatít"),
        # the Icelandic Eth for Đ
        ("Ðô la Mỹ", "", "Đô la Mỹ"),
        # VNI
        ("Thaønh phoá Hoà Chí Minh", "VNI-Times", "Thành phố Hồ Chí Minh"),
        ("COÄNG HOØA XAÕ HOÄI", "VNI-Helve", "CỘNG HÒA XÃ HỘI"),
    ],
)
def test_what_the_screen_shows(stored: str, font: str, shown: str) -> None:
    assert decode(stored, font) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Côte d'Ivoire",
        "São Tomé",
        "Müller",
        "Åland",
        "señor",
        "m² µg «trích» ®",
        "Triệu mét",
        "Bán lẻ hàng hóa",
        "Quý I",
    ],
)
def test_what_is_not_tcvn3_is_left_alone(text: str) -> None:
    assert decode(text) == text


@given(st.text(alphabet=st.characters(max_codepoint=126)))
def test_ascii_stays(text: str) -> None:
    assert decode(text) == text
    assert decode(text, ".VnTime") == text


@given(
    st.text(alphabet="aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiklmnoòỏõóọôồổỗốộơờởỡớợpqrstuưừửữứựvxyỳỷỹýỵ ", max_size=40)
)
def test_unicode_vietnamese_without_a_font_stays(text: str) -> None:
    assert decode(text) == unicodedata.normalize("NFC", text)


def test_decomposed_letters_are_composed() -> None:
    assert decode(unicodedata.normalize("NFD", "Tổng trị giá")) == "Tổng trị giá"


def test_runs_of_one_cell_are_decoded_by_their_fonts() -> None:
    assert decode_runs([("xuÊt khÈu ", ".VnTimeH"), ("th¸ng 6", ".VnTime")]) == "XUẤT KHẨU tháng 6"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("nước", True),
        ("nghiêng", True),
        ("quý", True),
        ("đường", True),
        ("ưíc", False),
        ("mỹller", False),
        ("xyz", False),
    ],
)
def test_syllables(word: str, expected: bool) -> None:
    assert is_syllable(word) is expected
