"""What a figure of a declared table is called: indicator, part and place, from its row, its column and its title.

``families.toml`` declares the questions (facets) that an indicator's code answers, "carried or travelled", "area, yield
or output"; the nearest words that answer one decide it, and a label that says nothing else is dropped from the part's
path. A label that is a province makes the figure one of that province, and so do the rows below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kecho.intake.families import Facet, Family
from kecho.intake.labels import Label
from kecho.intake.wording import fold_heading
from kecho.kernel import localities, units
from kecho.kernel.text import clean, fold

_BRACKET = re.compile(r"\(([^()]*)\)")
#: Words that say nothing beside the answer to a facet: "Khối lượng vận chuyển", "Số dự án", "Tổng số".
_EMPTY = re.compile(r"\b(?:khoi luong|tong so|tong|so|chi so|uoc tinh|chung|va|cua|ve)\b|[^a-z0-9 ]")
_PERIOD = r"(?:tháng|quý|vụ|kỳ|năm)"
_NUMBER = r"(?:\d{1,2}|[IVX]{1,4}|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?: một| hai)?|giêng|chạp)"
#: What of a heading is period, comparison, stage, unit or measure: the rest names a part.
_TOLD = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\([^()]*\)",
        r"\b(?:năm\s+học|vụ(?:\s+lúa)?)\s*(?:đông\s*xuân|hè\s*thu|thu\s*đông|mùa)?\s*(?:năm\s*)?(?:\d{4})?(?:\s*-\s*\d{4})?",
        r"\b(?:tăng|giảm)(?:\s*[/,-]?\s*(?:tăng|giảm))?\b",
        r"\b(?:trong đó|chia ra|tđ)\s*:?",
        r"\b(?:performance|estimated?|accrued|preliminary|accumulat\w+|compared|versus|with|the|same|this|last|period|year"
        r"|(?:\d(?:st|nd|rd|th)\s+)?quarter|\d*\s*months?|of|in|structure)\b",
        rf"(?:tăng|giảm|tăng ?[/,-] ?giảm)?\s*so\s*(?:với|sánh)?\s*(?:cùng\s+)?(?:kỳ|thời\s+điểm|{_PERIOD})?\s*"
        rf"(?:{_PERIOD}\s*)*(?:{_NUMBER}\s*)?(?:/\s*)?(?:{_PERIOD}\s*)*(?:trước|gốc|\d{{4}})?\s*[:.]?",
        r"\b(?:thực hiện|ước tính|ước thực hiện|ước|sơ bộ|chính thức|cộng dồn|lũy kế|luỹ kế|đạt)\b",
        r"\b(?:thời điểm|tính đến|đến ngày|ngày|đầu|cuối|cả năm|cùng kỳ|kỳ này|kỳ trước|cùng|kỳ)\b",
        r"\b(?:từ\s*|đến\s*)?\d{1,2}\s*/\s*\d{1,2}(?:\s*/\s*\d{4})?",
        rf"\b(?:0?[1-9]|1[0-2]|{_NUMBER})\s+tháng\b|\b{_PERIOD}\s*(?:0?{_NUMBER}\b)?(?:\s*/\s*\d{{4}})?",
        r"\b(?:19|20)\d\d\b",
        r"\b(?:cơ cấu|tỷ trọng|tốc độ (?:phát triển|tăng)|chỉ số)\b",
        r"\b(?:đơn vị(?: tính)?|trước|với)\b",
        r"%|\btổng số\b",
    )
)
_GROUPING = re.compile(r"(?:phan|chia) theo\b")
#: A part that is the whole.
_WHOLE = re.compile(r"(?:ca nuoc|toan quoc|tong so|tong cong|chung|tong|tri gia|so luong|gia tri)?")


@dataclass(frozen=True, slots=True)
class Name:
    """Indicator, label, path above it, place, and the unit that a label prints in brackets."""

    indicator: str
    label: str
    breakdown: str
    locality: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """What the last row that answered a facet said, and its unit: "I. Vận chuyển (Nghìn HK)"."""

    answer: str
    unit: str


#: By facet.
Sections = dict[str, Section]


def begun(sections: Sections, family: Family, label: str) -> Sections:
    """The sections that hold from this row on."""
    folded = fold(label)
    for facet in family.facets:
        found = facet.answer(folded) if "above" in facet.asked else None
        if found:
            sections = {**sections, facet.name: Section(found[0], bracketed_unit(label))}
    return sections


def name_figure(family: Family, label: Label, headings: tuple[str, ...], title: str, sections: Sections) -> Name:
    """The name of a figure in a row with this label, in a table with this title.

    ``headings`` are that over its column, then those over the columns to the left, the nearest first; ``sections`` what
    the rows above answered.
    """
    steps = [*label.path, label.text]
    heading = headings[0]
    answers = {facet.name: _ask(facet, steps, headings, title, sections) for facet in family.facets}
    dropped = {at for at, step in enumerate(steps) if any(_says_only(facet, step) for facet in family.facets)}
    units_found = [bracketed_unit(step) for step in reversed(steps)]
    unit = next(filter(None, units_found), "") or next((one.unit for one in sections.values() if one.unit), "")
    indicator = family.indicator.format(**answers)
    locality, first = localities.COUNTRY, 0
    if family.has_places:
        locality, first = _place(steps)
    kept = [_without_unit(step) for at, step in enumerate(steps) if at >= first and at not in dropped]
    item = heading_item(_unanswered(family, heading)) if family.has_items else ""
    if item:
        kept = [*kept[1:], item] if locality != localities.COUNTRY and len(kept) == 1 else [*kept, item]
    while len(steps) - 1 in dropped and kept and _GROUPING.match(fold(kept[-1])):
        kept.pop()  # "Luân chuyển" after "Phân theo ngành vận tải" begins the next section
    kept = [step for step in kept if step] or [_without_unit(steps[-1]) or steps[-1]]
    return Name(indicator, kept[-1], " > ".join(kept[:-1]), locality, unit)


def _ask(facet: Facet, steps: list[str], headings: tuple[str, ...], title: str, sections: Sections) -> str:
    """The answer of the nearest words."""
    texts = {"label": list(reversed(steps)), "heading": [headings[0]], "left": list(headings[1:]), "title": [title]}
    for source in facet.asked:
        if source == "above" and facet.name in sections:
            return sections[facet.name].answer
        for text in texts.get(source, ()):
            if found := facet.answer(_folded(text)):
                return found[0]
    return facet.default


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    """Folded, and in an English edition also as the Vietnamese that its words stand for."""
    return f"{fold(text)} {fold_heading(text)}" if text.isascii() else fold(text)


@lru_cache(maxsize=8192)
def _says_only(facet: Facet, step: str) -> bool:
    """Whether a label answers a facet and says nothing else: then it names no part."""
    if not {"label", "above"} & set(facet.asked):
        return False
    bare = fold(_without_unit(step))
    found = facet.answer(bare)
    return found is not None and not _EMPTY.sub(" ", found[1].sub(" ", bare)).strip()


@lru_cache(maxsize=8192)
def _unanswered(family: Family, heading: str) -> str:
    """The lines of a heading that answer no facet: what is left may name a part."""
    asked = [facet for facet in family.facets if "heading" in facet.asked]
    return " ".join(line for line in heading.split("\n") if not any(facet.answer(fold(line)) for facet in asked))


def _place(steps: list[str]) -> tuple[str, int]:
    """The province nearest above a figure, and the first step that names a part of it."""
    for at in range(len(steps) - 1, -1, -1):
        found = province(steps[at])
        if found:
            return found, at if at == len(steps) - 1 else at + 1
    return localities.COUNTRY, 0


@lru_cache(maxsize=4096)
def province(label: str) -> str:
    """The code of the province that a label is; empty for any other label."""
    name = _without_unit(label)
    bare = clean(_BRACKET.sub(" ", name)).removesuffix(" mới")  # "Cần Thơ (Đã tách tỉnh)"; "Hà Nội mới" of August 2008
    names = (
        name,
        bare,
        f"T{name}" if name.startswith("p.") else name,
    )  # "T.P" without its T, taken for an order letter
    found = next(filter(None, map(localities.find, names)), None)
    return found.code if found and found.code != localities.COUNTRY else ""


@lru_cache(maxsize=8192)
def heading_item(heading: str) -> str:
    """What a heading names beside period, comparison, stage and unit; empty where it names the whole.

    >>> heading_item("Ước tính tháng 6 năm 2024"), heading_item("Thực hiện vụ đông xuân năm 2004 Chia ra Miền Bắc")
    ('', 'Miền Bắc')
    """
    text = clean(heading)
    for pattern in _TOLD:
        text = pattern.sub(" ", text)
    text = clean(text).strip(" -–.,;:/()").lstrip("0123456789 ")
    return "" if _WHOLE.fullmatch(fold(text)) or not any(char.isalpha() for char in text) else text


@lru_cache(maxsize=8192)
def bracketed_unit(label: str) -> str:
    """The unit in the brackets of a label: "Diện tích (Nghìn ha)"."""
    return next((inside for inside in _BRACKET.findall(label) if units.parse_unit(inside) in units.units()), "")


@lru_cache(maxsize=8192)
def _without_unit(label: str) -> str:
    unit = bracketed_unit(label)
    return clean(label.replace(f"({unit})", " ")).rstrip(" :;") if unit else label
