"""Vietnamese text: the spellings that law and workbooks mix, and the order of the dictionary."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.kernel.text import clean, fold, respell, slug, sort_key, strip_marks

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
texts = st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " -,.()0123456789%\u00a0\n")

SAME = """
CỘNG HÒA | CỘNG HOÀ | Cộng hòa | cộng hoà
Thủy sản | Thuỷ sản | THỦY SẢN | THUỶ SẢN
khỏe | khoẻ
Hóa chất | Hoá chất | HOÁ CHẤT
hoạt động | họat động
huỳnh | hùynh
Quý I | Qúy I
quả | qủa
Đồng Nai | Ðồng Nai | ĐỒNG NAI
tùy | tuỳ
lũy kế | luỹ kế | LŨY KẾ
xòa | xoà
ngoài | ngòai
"""
GROUPS = [[part.strip() for part in line.split("|")] for line in SAME.strip().splitlines()]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group[0])
def test_spellings_of_one_word(group: list[str]) -> None:
    assert {respell(text).casefold() for text in group} == {group[0].casefold()}
    assert len({fold(text) for text in group}) == 1


UNTOUCHED = (
    "toàn hoàn thuyền chuyển truyền nguyễn khuya khuỷu thuở quý quỳ quế quyết xoáy ngoáo khoèo ngoặc loắt "
    "hoa hoe huy thuế tuần muôn được nước Huế Thuận Hòa Bình của mùa chùa"
)


@pytest.mark.parametrize("word", UNTOUCHED.split())
def test_right_spellings_stay(word: str) -> None:
    assert respell(word) == word


def test_the_tone_of_another_vowel_is_not_moved() -> None:
    assert fold("tấn") == fold("tân") == "tan"
    assert respell("tấn") != respell("tân")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Nghìn \n tỷ\u00a0đồng ", "Nghìn tỷ đồng"),
        ("Xuất\u200b khẩu\ufeff", "Xuất khẩu"),
        ("n\u00adíc", "n\u00adíc"),  # TCVN3 "nước": the soft hyphen is its ư
        (unicodedata.normalize("NFD", "Thủy sản"), "Thủy sản"),
        ("", ""),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đồng bằng sông Hồng", "dong bang song hong"),
        ("Sắt, thép (tấn)", "sat thep tan"),
        ("Tỷ lệ %", "ty le %"),
        ("- Trong đó:", "trong do"),
        ("...", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert slug(text) == folded.replace(" ", "-")


@given(texts)
def test_folding_and_respelling_settle_at_once(text: str) -> None:
    for change in (clean, fold, respell, strip_marks):
        assert change(change(text)) == change(text)


@given(texts)
def test_composed_and_decomposed_text_are_one(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    for change in (clean, fold, respell, sort_key):
        assert change(decomposed) == change(unicodedata.normalize("NFC", text))


@given(texts)
def test_respelling_changes_no_letter(text: str) -> None:
    assert fold(respell(text)) == fold(text)
    assert respell(text.upper()) == respell(text).upper()


DICTIONARY = "a à ả ã á ạ ai an ă ắt â ấm b c d dạ đ đa e ê g h i k l m n o ô ơ p q r s t u ư v x y"


def is_rising(words: list[str]) -> bool:
    return all(sort_key(left) < sort_key(right) for left, right in pairwise(words))


def test_dictionary_order() -> None:
    assert is_rising(DICTIONARY.split())


@pytest.mark.parametrize(
    "ordered",
    [
        ["An Giang", "Ăn uống", "Âm thanh", "Bạc Liêu", "Đà Nẵng", "Điện Biên"],
        ["Hà Nam", "Hà Nội", "Hải Phòng", "Hồ Chí Minh", "Huế"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mai"],
        ["Quận 1", "Quận Ba Đình"],
        ["dầu", "đầu"],
        ["hoà", "Hòa", "hòa bình"],
    ],
)
def test_sorting(ordered: list[str]) -> None:
    assert is_rising(ordered)


@given(texts, texts)
def test_only_equal_spellings_sort_alike(left: str, right: str) -> None:
    assert (sort_key(left) == sort_key(right)) == (respell(left) == respell(right))
