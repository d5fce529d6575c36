"""Finding codes: digits, words with and without marks, synonyms, and the question that decides."""

from __future__ import annotations

import pytest

from kecho.kernel.errors import KechoError
from kecho.market_access.finding import Found, Question, deciding_question, find


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("6109", "61091010"),
        ("0203.11", "02031100"),
        ("thịt lợn", "0203"),
        ("pork", "0203"),
        ("thit heo", "0203"),
        ("táo tươi", "0808"),
        ("washing machine", "8450"),
        ("bông", "5201"),
        ("đồ nội thất bằng gỗ", "9403"),
    ],
)
def test_words_lead_to_the_line(sample: None, words: str, first: str) -> None:
    assert find(words, ["VN"])[0].code.startswith(first)


def test_marks_tell_words_apart(sample: None) -> None:
    """Folded, "giày" (shoe) and "giấy" (paper) are one word."""
    assert find("giày", ["VN"])[0].code.startswith("6403")
    assert find("giấy", ["VN"])[0].code.startswith("4802")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "market_access.empty_search"),
        ("của và", "market_access.empty_search"),
        ("zzzz qqqq", "market_access.nothing_found"),
        ("tôm đông lạnh", "market_access.nothing_found"),  # the sample has frozen pork, and no shrimp
    ],
)
def test_nothing_found_is_said(sample: None, words: str, code: str) -> None:
    with pytest.raises(KechoError) as caught:
        find(words)
    assert caught.value.code == code


def test_the_question_between_candidates() -> None:
    names = ["Thịt lợn › Tươi › Cả con", "Thịt lợn › Tươi › Đùi, vai", "Thịt lợn › Đông lạnh › Cả con"]
    found = [Found(f"0203110{n}", name, "", "VN", 1.0) for n, name in enumerate(names)]
    question = deciding_question(found, "vi")
    assert question == Question("Thịt lợn", (("Tươi", ("02031100", "02031101")), ("Đông lạnh", ("02031102",))))
    assert deciding_question(found[:2], "vi") == Question(
        "Thịt lợn › Tươi", (("Cả con", ("02031100",)), ("Đùi, vai", ("02031101",)))
    )
    assert deciding_question(found[:1], "vi") is None
