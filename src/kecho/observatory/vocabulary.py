"""The catalogue as ``intake.own`` needs it to propose what a table means, and where remembered mappings are asked for.

Mappings are kept by an upper room; it registers its look-up here when it starts, so that ``kecho import`` finds them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources

from kecho.intake.own.mapping import Mapping
from kecho.intake.own.proposal import Known, Vocabulary
from kecho.kernel.errors import KechoError
from kecho.kernel.text import fold
from kecho.observatory import catalogue
from kecho.observatory.catalogue.matching import spellings

#: The indicator of quantities that goes with one of values.
QUANTITY_OF = {
    "export_turnover": "export_quantity",
    "import_turnover": "import_quantity",
    "customs_exports": "customs_export_quantity",
    "customs_imports": "customs_import_quantity",
}
#: Gives the mappings of a name, or all of them for "".
Lookup = Callable[[str], list[Mapping]]

_BRACKET = re.compile(r"\(([^()]*)\)")
_lookups: list[Lookup] = []


@cache
def vocabulary() -> Vocabulary:
    """Every indicator with its names and the spellings of its parts."""
    text = resources.files("kecho.observatory.catalogue").joinpath("matching.toml").read_text("utf-8")
    called: dict[str, list[str]] = tomllib.loads(text)["names"]
    known = {
        code: Known(
            code,
            _names(entry.name_vi, entry.name_en, *called.get(code, ())),
            {text: part.key for part in catalogue.items(code).values() for text in spellings(part)},
        )
        for code, entry in catalogue.indicators().items()
    }
    return Vocabulary(known, _resolve, QUANTITY_OF)


def _names(*names: str) -> tuple[str, ...]:
    """Folded, whole and without brackets, and what stands in brackets by itself: "IIP"."""
    found = [*names, *(_BRACKET.sub(" ", name) for name in names)]
    found += [inside for name in names for inside in _BRACKET.findall(name) if inside.isupper()]
    return tuple(dict.fromkeys(map(fold, found)))


def _resolve(indicator: str, label: str, breakdown: str) -> str | None:
    found = catalogue.match(indicator, label, breakdown)
    return found.key if found.is_mapped else None


def register(lookup: Lookup) -> None:
    """An upper room's look-up of remembered mappings."""
    if lookup not in _lookups:
        _lookups.append(lookup)


def remembered(name: str = "") -> dict[str, Mapping]:
    """The remembered mappings by signature: those of a name, or all. Raises ``observatory.unknown_mapping``."""
    found = {mapping.signature: mapping for lookup in _lookups for mapping in lookup(name)}
    if name and not found:
        raise KechoError("observatory.unknown_mapping", value=name)
    return found
