"""Sentences of the Pacific style: "A change to a good of heading 6403 from any other heading, except from ..."."""

from __future__ import annotations

import re
from fractions import Fraction

from kecho.market_access.origin.rule import Alternative, Atom, Kind, Method, Span
from kecho.market_access.origin.spans import spans_in

_CHANGE = re.compile(
    r"A change to (?P<goods>.+?),? from any other (?P<level>chapter|heading|subheading)\b(?P<rest>.*)", re.DOTALL
)
_NO_CHANGE = re.compile(
    r"No change in tariff classification (?:is )?required for (?P<goods>.+?)(?P<rest>,? provided .*)", re.DOTALL
)
_PERCENT = r"\**(?P<percent>\d+(?:\.\d+)?)\s*(?:%|per cent)\**"
_RVC = re.compile(
    rf"(?:- ?[a-e]\)\s*)?{_PERCENT} under the (?P<method>build-?up|build-?down|focused value|net cost) method"
    r"(?: taking into account only the non-originating materials of (?P<focus>[^.]+))?[.,;]?",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(rf"^{_RVC.pattern}(?:\s*See also .*)?$", re.IGNORECASE | re.DOTALL)
_VALUE = re.compile(
    rf"(?:that )?the value of (?P<what>.+?) does not exceed {_PERCENT} of the value of the good\.?", re.DOTALL
)
_WEIGHT = re.compile(
    rf"(?:that )?the (?:dry )?weight of (?:the )?(?P<what>.+?) does not exceed {_PERCENT} "
    r"(?:by|of the) (?:dry )?weight of (?:the )?(?P<of>.+?)\.?",
    re.DOTALL,
)
_CONTENT = re.compile(
    rf"(?:that )?(?:no|not) less than {_PERCENT} by (?:dry )?weight of .+? is originating\.?", re.DOTALL
)
_WORKING = re.compile(r"(?:that )?(?:the|a) goods? (?:is|are|has been|undergoes|was) .+", re.DOTALL)
_METHODS = {"build-up": Method.BUILD_UP, "build-down": Method.BUILD_DOWN, "buildup": Method.BUILD_UP}
_METHODS |= {"builddown": Method.BUILD_DOWN, "focused value": Method.FOCUSED, "net cost": Method.NET_COST}


def parse(printed: str) -> tuple[Alternative, ...]:
    """The alternatives of one printed sentence; none where a part of it is not understood."""
    text = re.sub(r"\s+", " ", printed.replace("\u00a0", " ")).strip()
    text = re.sub(r"\s*Note: .*$", "", text)
    found: list[Alternative] = []
    for part in re.split(r",? \*or\* (?=A change|No change)", text):
        alternatives = _one(part.strip())
        if not alternatives:
            return ()
        found += alternatives
    return tuple(found)


def is_fragment(alternative: Alternative, printed: str) -> bool:
    """Whether the sentence only goes on with the methods of the one before: "- b) 45% under the build-down method"."""
    return printed.lstrip().startswith("-") and all(atom.kind is Kind.RVC for atom in alternative.atoms)


def _one(text: str) -> list[Alternative]:
    if _FRAGMENT.match(text) and (atom := _rvc(text)):
        return [Alternative((atom,))]
    if found := _CHANGE.fullmatch(text):
        return _change(found)
    if found := _NO_CHANGE.fullmatch(text):
        more = _provided(found["rest"])
        return [Alternative(more, _goods(found["goods"]))] if more else []
    if found := re.fullmatch(r"(?:Any other change|No required change) .+", text):
        return []
    return _process(text)


def _process(text: str) -> list[Alternative]:
    """A chemical reaction, distillation and the like, named as a rule of its own."""
    is_named = re.match(
        r"(?:A good of|Notwithstanding|The good is|Goods? of).+(?:result|product|reaction|subject)", text
    )
    return [Alternative((Atom(Kind.PROCESS, words=text.rstrip(".")),))] if is_named else []


def _change(found: re.Match[str]) -> list[Alternative]:
    rest = found["rest"].strip()
    head, _, condition = (
        re.split(r"(,?\s*provided )", f"{rest} ", maxsplit=1) if "provided " in rest else (rest, "", "")
    )
    spans: tuple[Span, ...] = ()
    head = head.strip(" ,.")
    if head:
        excepted = re.fullmatch(r"except from:? (.+)", head)
        named = _excepted(excepted[1]) if excepted else None
        if named is None:
            return []
        spans = named
    atoms: tuple[Atom, ...] = (Atom(Kind.SHIFT, found["level"], spans),)
    if condition:
        more = _provided(f"provided {condition}")
        if not more:
            return []
        atoms += more
    return [Alternative(atoms, _goods(found["goods"]))]


def _excepted(text: str) -> tuple[Span, ...] | None:
    """Spans of an exception; goods named by words stay with their span. None where words are left over."""
    plain = re.sub(
        r" (?:containing|incorporating) (?:more than|over) \**[\d.]+%?\** by (?:dry )?weight of [a-z ]+?(?=,| or |$)",
        "",
        text,
    )
    if spans := spans_in(plain):
        return spans
    # a list "a) subheading ... b) door assemblies of subheading 841899 incorporating two or more of the following: ..."
    listed = re.split(r"- [a-c]\) ", text)[1:]
    parts = [spans_in(re.sub(r"incorporating .*|- [ivx]+\).*|\([ivx]+\).*", "", item).strip(" ,or")) for item in listed]
    flat = [span for part in parts if part for span in part]
    return tuple(flat) if flat and all(parts) else None


def _provided(text: str) -> tuple[Atom, ...]:
    """The conditions after "provided"; empty where one is not understood."""
    condition = re.sub(r"^,? ?provided,?\s*", "", text.strip()).strip()
    condition = re.sub(r"^that\s+", "", condition)
    if re.match(r"there is a regional value content", condition):
        inner = re.sub(r"^there is a regional value content of not less than:?\s*", "", condition)
        pieces = [piece.strip() for piece in re.split(r"(?=- ?[a-e]\) )", inner) if piece.strip()]
        atom = _rvc(pieces[0]) if len(pieces) == 1 else None
        return (atom,) if atom else ()
    if (found := _VALUE.fullmatch(condition)) or (found := _WEIGHT.fullmatch(condition)):
        kind = Kind.MAX_VALUE if "of the value of the good" in condition else Kind.MAX_WEIGHT
        what = re.sub(r"^(?:the )?non-originating (?:materials of )?", "", found["what"])
        words = "" if kind is Kind.MAX_VALUE or found["of"] == "good" else f"of {found['of']}"
        return (Atom(kind, spans=spans_in(what) or (), percent=Fraction(found["percent"]), words=words),)
    if _CONTENT.fullmatch(condition):
        return (Atom(Kind.CONTENT, words=condition.rstrip(".")),)
    if _WORKING.fullmatch(condition):
        return (Atom(Kind.PROCESS, words=condition.rstrip(".")),)
    return ()


def _rvc(text: str) -> Atom | None:
    found = _RVC.match(text)
    if not found or not re.fullmatch(r"\s*(?:See also .*)?", text[found.end() :]):
        return None
    spans = spans_in(found["focus"]) if found["focus"] else ()
    if spans is None:
        return None
    return Atom(Kind.RVC, spans=spans, percent=Fraction(found["percent"]), method=_METHODS[found["method"].lower()])


def _goods(text: str) -> str:
    """Words that narrow the goods; empty for "a good of heading 6403"."""
    bare = re.fullmatch(
        r"a good of (?:chapter|heading|subheading) \d+(?: (?:to|through) (?:heading |subheading )?\d+)?", text
    )
    return "" if bare else text
