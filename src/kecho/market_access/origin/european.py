"""Sentences of the European style: "Manufacture from materials of any heading, except that of the product."."""

from __future__ import annotations

import re
from fractions import Fraction

from kecho.market_access.origin.rule import Alternative, Atom, Kind
from kecho.market_access.origin.spans import spans_in

_OF_PRICE = "of the ex-works price of the product"
_PERCENT = r"\**(?P<percent>\d+(?:[.,]\d+)?)\s*%\**"
_SHIFT = re.compile(
    r"(?:Manufacture from materials of any (?P<level>chapter|heading|subheading),? except "
    r"(?:that of the product|those of the product)(?P<more>(?:,? and (?:except )?(?:of |materials of )?[^.]*?)?)"
    r")"
)
_OTHER_HEADING = (
    "Other operations in which all the materials used are classified within a heading other than that of the product"
)
_ANY = re.compile(
    r"Manufacture from materials of any heading(?P<more>(?:,? (?:except (?:those|from)|including)[^.]*)?)"
)
_MAX = re.compile(
    rf"(?:Manufacture )?in which the (?:total )?value of (?:all )?the materials (?P<what>.*?)"
    rf"used does not exceed {_PERCENT} {_OF_PRICE}"
)
_VALUE = re.compile(
    rf"(?:that )?(?:the|their) (?:total )?value(?: of (?:all )?the (?P<what>.+?) used)? "
    rf"does not exceed {_PERCENT} of the ex-works price of the (?:product|set)"
)
_WEIGHT = re.compile(
    rf"(?:the )?(?:individual |total combined )?(?:weight of )?(?P<what>.+?) (?:used )?"
    rf"(?:does|do) not exceed {_PERCENT} of the (?:total )?weight of (?P<of>.+)"
)
_WHOLLY = re.compile(r"(?:all )?(?:the )?(?P<what>.+?)(?: used)? (?:is|are) wholly obtained")
_ALL_VALUE = re.compile(
    r"the (?:total )?value of (?:all )?the materials (?P<what>.*?)"
    rf"used does not exceed {_PERCENT} {_OF_PRICE}"
)
_LEAST = re.compile(rf"at least {_PERCENT} by weight of all materials of .+ is wholly obtained .+")
_PROCESS = re.compile(
    r"(?:Weaving|Spinning|Extrusion|Printing|Making-up|Flocking|Coating|Knitting|Yarn dyeing|Dyeing|Beading|Twisting|"
    r"Tufting|Retreading|Re-tanning|Planing|Splicing|Carding|Cutting|Hand-decoration|Fabric formation|Electrolytic|"
    r"Fusion|Turning|"
    r"Operations of refining|Manufacture in which one of the following operations)\b.*",
    re.DOTALL,
)


def parse(printed: str) -> tuple[Alternative, ...]:
    """The one alternative of a printed sentence; none where a part of it is not understood."""
    text = re.sub(r"\s+", " ", printed.replace("\u00a0", " ").replace("*and*", "and").replace("*or*", "or")).strip()
    text = re.sub(r"^\d+ or (?=coating)", "", text)
    text = text[0].upper() + text[1:]
    main, *exceptions = re.split(r"\.?,?\s*However,?:?\s*", text)
    atoms = _main(main.strip().rstrip("."))
    for one in exceptions:
        more = _however(one.strip().rstrip("."))
        if more is None:
            return ()
        atoms += (more,) if atoms else ()
    return (Alternative(atoms),) if atoms else ()


def _main(text: str) -> tuple[Atom, ...]:
    for reader in (_set, _max_value, _wholly, _shift, _any, _from, _process):
        if atoms := reader(text):
            return atoms
    return ()


def _set(text: str) -> tuple[Atom, ...]:
    return (Atom(Kind.SET, words=text),) if text.startswith("Each item in the set") else ()


def _max_value(text: str) -> tuple[Atom, ...]:
    found = _MAX.fullmatch(text)
    if not found:
        return ()
    spans = spans_in(found["what"]) if found["what"].strip() else ()
    return () if spans is None else (Atom(Kind.MAX_VALUE, spans=spans, percent=Fraction(found["percent"])),)


def _wholly(text: str) -> tuple[Atom, ...]:
    inner = re.sub(r"^Manufacture in which:?\s*", "", text)
    if inner == text and not re.match(r"All (?:the )?", text):
        return ()
    return _conditions(inner[0].lower() + inner[1:])


def _shift(text: str) -> tuple[Atom, ...]:
    if text == _OTHER_HEADING:
        return (Atom(Kind.SHIFT, "heading"),)
    head, conditions = _split_conditions(text)
    found = _SHIFT.fullmatch(head)
    if not found:
        return ()
    more = re.sub(r"^,? and (?:except )?", "", found["more"] or "")
    spans = spans_in(more) if more else ()
    if spans is None:
        return ()
    return _joined(Atom(Kind.SHIFT, found["level"] or "heading", spans), conditions)


def _any(text: str) -> tuple[Atom, ...]:
    head, conditions = _split_conditions(text)
    found = _ANY.fullmatch(head)
    if not found:
        return ()
    more = re.sub(
        r"^,? (?:except (?:those|from)|including)(?: other)?(?: materials)?(?: of)?\s*", "", found["more"] or ""
    )
    spans = spans_in(more) if more else ()
    if spans is None:
        return ()
    spans = () if "including" in (found["more"] or "") else spans
    return _joined(Atom(Kind.ANY, spans=spans), conditions)


def _from(text: str) -> tuple[Atom, ...]:
    found = re.fullmatch(r"Manufacture from (?P<what>.+?)(?P<limit>,? provided that .+)?", text)
    if not found or ("any heading" in found["what"].split(",")[0] and "wood" not in found["what"]):
        return ()
    # codes after "except" are those that may not be used: the words are kept whole, for the producer to say
    spans = () if " except " in found["what"] else spans_in(re.sub(r"^materials of ", "", found["what"])) or ()
    atoms: tuple[Atom, ...] = (Atom(Kind.FROM, spans=spans, words="" if spans else found["what"]),)
    if found["limit"]:
        limit = _limit(re.sub(r"^,? provided that ", "", found["limit"]))
        if limit is None:
            return ()
        atoms += (limit,)
    return atoms


def _process(text: str) -> tuple[Atom, ...]:
    if not _PROCESS.fullmatch(text):
        return ()
    atoms: tuple[Atom, ...] = (Atom(Kind.PROCESS, words=text),)
    if found := re.search(r"provided that (?P<limit>.+?ex-works price of the product)", text):
        limit = _limit(found["limit"])
        if limit is None:
            return ()
        atoms += (limit,)
    return atoms


def _split_conditions(text: str) -> tuple[str, str]:
    found = re.search(r",? (?:and )?in which:?\s", text)
    return (text[: found.start()].strip().rstrip(","), text[found.end() :]) if found else (text, "")


def _joined(first: Atom, conditions: str) -> tuple[Atom, ...]:
    if not conditions:
        return (first,)
    more = _conditions(conditions)
    return (first, *more) if more else ()


def _conditions(text: str) -> tuple[Atom, ...]:
    """Conditions parted by dashes, each a share of value or weight, or wholly obtained; empty where one is neither."""
    parts = [part.strip(" ,.;-") for part in re.split(r"\s- |^- ", text) if part.strip(" ,.;-")]
    atoms = []
    for part in parts:
        atom = _condition(re.sub(r",?\s*and$", "", part).strip(" ,"))
        if atom is None:
            return ()
        atoms.append(atom)
    return tuple(atoms)


def _condition(text: str) -> Atom | None:
    if found := _ALL_VALUE.fullmatch(text):
        spans = spans_in(found["what"]) if found["what"].strip() else ()
        return None if spans is None else Atom(Kind.MAX_VALUE, spans=spans, percent=Fraction(found["percent"]))
    if _LEAST.fullmatch(text):
        return Atom(Kind.CONTENT, words=text)
    if found := _WEIGHT.fullmatch(text):
        words = found["what"]
        named = spans_in(re.sub(r"^(?:sugar and (?:of )?)?(?:the )?materials of ", "", words)) or ()
        extra = (
            [] if named and "sugar" not in words else [re.sub(r"of the materials.*|the materials.*", "", words).strip()]
        )
        kind = "together" if "combined" in text else ""
        return Atom(
            Kind.MAX_WEIGHT,
            spans=named,
            percent=Fraction(found["percent"].replace(",", ".")),
            words=" ".join(one for one in [*extra, kind] if one),
        )
    if found := _WHOLLY.fullmatch(text):
        what = found["what"]
        spans = spans_in(re.sub(r"^(?:materials|animals) of ", "", what)) or ()
        return Atom(Kind.WHOLLY, spans=spans, words="" if spans else what)
    return None


def _limit(text: str) -> Atom | None:
    found = _VALUE.fullmatch(text.strip())
    return found and Atom(Kind.MAX_VALUE, percent=Fraction(found["percent"]), words=found["what"] or "")


def _however(text: str) -> Atom | None:
    """ "However, materials of the same heading as the product may be used, provided that their total value ..."."""
    if found := re.fullmatch(
        r"(?P<what>.+?),? (?:may be (?:used|incorporated(?: into the set)?)),? provided that (?P<limit>.+)", text
    ):
        limit = _limit(found["limit"])
        return limit and Atom(
            Kind.ALLOW, spans=spans_in(found["what"]) or (), percent=limit.percent, words=found["what"]
        )
    if found := re.fullmatch(r"(?P<what>.+?) may not be used", text):
        return Atom(Kind.FORBID, spans=spans_in(found["what"]) or (), words=found["what"])
    if found := re.fullmatch(r"(?P<what>.+?) may be used(?P<only> only if .+)?", text):
        return Atom(Kind.ALLOW, spans=spans_in(found["what"]) or (), words=found["what"] + (found["only"] or ""))
    return None
