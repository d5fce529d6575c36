"""Many notes about one revision become one: whole tables are revised together, and a note a row would drown the rest.

A release is compared with what earlier ones said of last year and of the months before. Where the office revised them
in the meantime, nearly every part of a table differs a little. The total keeps its own note; of the parts the one that
was revised most stands for all, with their number and the cell of each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from kecho.kernel.periods import Period
from kecho.observatory.queries import SeriesKey
from kecho.observatory.rules import HUNDRED, Verdict

Slot = tuple[SeriesKey, Period]
Found = tuple[Slot, Verdict]

#: The note about one series, and the note that stands for several.
GATHERED = {"growth_on_revised_base": "revised_bases", "implied_revision": "revised_months"}


def gather(found: Iterable[Found]) -> list[Found]:
    """The findings with the revision notes of a table's parts, place and period drawn together, in their first place.

    What is no such note, concerns a total or stands alone is left as it is.
    """
    groups: dict[tuple[str, ...], list[Found]] = defaultdict(list)
    for one in found:
        groups[_group(one)].append(one)
    return [gathered for group in groups.values() for gathered in (group if len(group) == 1 else [_together(group)])]


def _group(one: Found) -> tuple[str, ...]:
    """What is drawn together; everything else is a group of its own."""
    (key, period), verdict = one
    if verdict.rule not in GATHERED or not key.breakdown:
        return (verdict.rule, key.indicator, key.breakdown, key.locality, key.measure, period.code, str(id(one)))
    return (verdict.rule, key.indicator, key.locality, period.code)


def _together(group: list[Found]) -> Found:
    slot, verdict = most = max(group, key=lambda one: _size(one[1]))
    others = [replace(one[1].figures[0], role="also") for one in group if one is not most]
    said, implied = _revised(verdict)
    facts = {**verdict.facts, "said": format(said, "f"), "implied": format(implied, "f"), "count": str(len(group))}
    return slot, Verdict(GATHERED[verdict.rule], facts, (*verdict.figures, *others))


def _size(verdict: Verdict) -> Decimal:
    """How much was revised, from 0 to 1, as a part of the larger of the two figures."""
    said, implied = _revised(verdict)
    return abs(implied - said) / max(abs(implied), abs(said), Decimal("1e-9"))


def _revised(verdict: Verdict) -> tuple[Decimal, Decimal]:
    """The earlier figure as it was published, and as the release implies it now."""
    numbers = {name: Decimal(text) for name, text in verdict.facts.items()}
    if verdict.rule == "implied_revision":
        return numbers["before"], numbers["cumulative"] - numbers["month"]
    return numbers["base"], numbers["now"] * HUNDRED / (numbers["published"] or HUNDRED)
