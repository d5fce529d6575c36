"""Every sentence of the pages exists in both languages, and the compiled catalogue is the one in the source."""

from __future__ import annotations

import gettext
import re
import tomllib
from pathlib import Path

import pytest

from kecho.kernel import errors
from kecho.web.views.pages import glossary_groups

SOURCE = Path(errors.__file__).parent.parent
ROOMS = sorted(folder.parent.name for folder in SOURCE.glob("*/locale"))
ALL = pytest.mark.parametrize("room", ROOMS)
SHARED = "pages"  # its texts are every room's
_TRANSLATE = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')(?:\s+context\s+"([^"]+)")?""")
_BLOCK = re.compile(r"\{%\s*blocktranslate([^%]*)%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.S)
_DEFAULT = re.compile(r'_\("([^"]+)"\)')
_CODE = re.compile(r"\b(?:_|gettext)\(\s*\"((?:[^\"\\]|\\.)+)\"")


def source(room: str) -> Path:
    """The room's English as it is written."""
    return SOURCE / room / "locale" / "en" / "LC_MESSAGES" / "django.po"


def english(room: str) -> gettext.GNUTranslations:
    """The room's English as pages use it."""
    with source(room).with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def template_texts(room: str) -> list[tuple[str, str, str]]:
    """File, context and msgid of everything that templates translate."""
    found = []
    for file in sorted((SOURCE / room / "templates").rglob("*.html")):
        text = file.read_text("utf-8")
        found += [(file.name, context, double or single) for double, single, context in _TRANSLATE.findall(text)]
        found += [(file.name, "", one) for one in _DEFAULT.findall(text)]
        for head, body in _BLOCK.findall(text):
            for part in re.split(r"\{%\s*plural\s*%\}", body) if "count" in head else [body]:
                plain = " ".join(line.strip() for line in part.strip().splitlines())
                found.append((file.name, "", re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", plain)))
    return found


def code_texts(room: str) -> list[tuple[str, str, str]]:
    """The same for Python files."""
    return [
        (file.name, "", text)
        for file in sorted((SOURCE / room).rglob("*.py"))
        for text in _CODE.findall(file.read_text("utf-8"))
    ]


def known(room: str) -> set[str]:
    """All msgids with a translation, plural forms and contexts taken apart."""
    catalogue: dict[object, str] = english(room)._catalog  # type: ignore[attr-defined]
    keys = {key[0] if isinstance(key, tuple) else str(key) for key, text in catalogue.items() if text}
    return keys | {key.replace("%%", "%") for key in keys}


@ALL
def test_every_text_of_the_pages_has_its_english(room: str) -> None:
    have = known(room) | known(SHARED)
    missing = [
        (file, text)
        for file, context, text in template_texts(room) + code_texts(room)
        if (f"{context}\x04{text}" if context else text) not in have
    ]
    assert missing == []


def test_the_walk_finds_the_texts() -> None:
    assert len(template_texts("web")) > 120 and len(code_texts("web")) > 30


def test_one_text_has_one_english() -> None:
    """Django merges the rooms' catalogues: a text that two rooms need in two ways takes a context in one of them."""
    seen: dict[object, dict[str, str]] = {}
    for room in ROOMS:
        catalogue: dict[object, str] = english(room)._catalog  # type: ignore[attr-defined]
        for key, text in catalogue.items():
            if key and text:
                seen.setdefault(key, {})[room] = text
    assert {key: texts for key, texts in seen.items() if len(set(texts.values())) > 1} == {}


@ALL
def test_english_keeps_the_places(room: str) -> None:
    catalogue: dict[object, str] = english(room)._catalog  # type: ignore[attr-defined]
    place = re.compile(r"%\(\w+\)s|%s|<\w+:\w+>")
    pairs = [(key[0] if isinstance(key, tuple) else str(key), text) for key, text in catalogue.items() if key]
    assert [(a, b) for a, b in pairs if sorted(place.findall(a)) != sorted(place.findall(b))] == []


@ALL
def test_english_is_not_left_in_vietnamese(room: str) -> None:
    catalogue: dict[object, str] = english(room)._catalog  # type: ignore[attr-defined]
    vietnamese = re.compile("[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
    left = [
        text
        for key, text in catalogue.items()
        if key and vietnamese.search(text.replace("Kẻ Chợ", "").replace("NĐ", ""))
    ]
    assert left == []


@ALL
def test_compiled_catalogue_is_the_source(room: str) -> None:
    text = source(room).read_text("utf-8")
    catalogue: dict[object, str] = english(room)._catalog  # type: ignore[attr-defined]
    assert len([key for key in catalogue if key]) == len(re.findall(r"^msgstr(?:\[\d\])?", text, re.M)) - 1
    assert "fuzzy" not in text


def test_glossary_has_both_languages() -> None:
    terms = [term for group in glossary_groups() for term in group["term"]]
    assert len(terms) > 30
    assert [term["word"] for term in terms if not (term["vi"] and term["en"])] == []


@pytest.mark.parametrize("file", sorted((SOURCE / "kernel" / "messages").glob("*.toml")), ids=lambda file: file.stem)
def test_messages_have_both_languages(file: Path) -> None:
    for name, entry in tomllib.loads(file.read_text("utf-8")).items():
        assert set(entry) == {"vi", "en", "do_vi", "do_en"} and all(entry.values()), name
