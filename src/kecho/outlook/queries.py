"""Reads: the outlook of a series as known on a day, its targets with their chances, what a board may show at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kecho.analytics.target_chance import Chance
from kecho.kernel.errors import KechoError
from kecho.outlook import families, storing
from kecho.outlook.answers import Outlook, chance
from kecho.outlook.gathering import SeriesName
from kecho.outlook.required import Required, required
from kecho.plan import queries as plan
from kecho.plan.queries import BoardRow


@dataclass(frozen=True, slots=True)
class TargetOutlook:
    """A target that watches the series: its assessment, and its chance or why there is none.

    ``is_over``: its months are all known, so there is a result and no chance.
    """

    row: BoardRow
    chance: Chance | None
    no_chance: KechoError | None
    required: Required | None

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is open."""
        return self.row.assessment.is_final


def outlook(
    indicator: str, locality: str, breakdown: str = "", as_of: date | None = None, *, wait: float | None = None
) -> Outlook | None:
    """The outlook as of a day, computed on the first asking and kept; None where ``wait`` seconds were not enough.

    Raises KechoError ``outlook.no_months``, ``outlook.busy``, ``observatory.unknown_indicator``.
    """
    family = families.family(indicator, locality, breakdown, as_of)
    made = storing.made(family, wait)
    return None if made is None else Outlook(family.known, made)


def targets(found: Outlook, year: int) -> list[TargetOutlook]:
    """The targets of that year's plans that watch this indicator, part and place, in the plan's order."""
    key = found.known.key
    try:
        board = plan.board(key.locality, year, found.known.as_of)
    except KechoError:
        return []
    watching = [row for row in board.rows if _series(row) == (key.indicator, key.locality, key.breakdown)]
    return [target_outlook(found, row) for row in watching]


def target_outlook(found: Outlook, row: BoardRow) -> TargetOutlook:
    """One target of a board."""
    if row.assessment.is_final:
        return TargetOutlook(row, None, None, None)
    needed = required(found, row.assessment)
    try:
        return TargetOutlook(row, chance(found, row.target.spec), None, needed)
    except KechoError as error:
        return TargetOutlook(row, None, error, needed)


def chances(rows: Iterable[BoardRow], as_of: date | None) -> dict[int, Chance | None]:
    """Of each open target with monthly figures, by its id, the chance where its outlook was computed before.

    For the plan board, a page that must not wait: nothing is computed here. None: not computed yet, or no chance.
    """
    open_rows = [row for row in rows if not row.assessment.is_final and row.assessment.period is not None]
    known = families.families({_series(row) for row in open_rows}, as_of)
    kept = storing.kept_many(list(known.values()))
    found: dict[int, Chance | None] = {}
    outlooks: dict[SeriesName, Outlook] = {}
    for row in open_rows:
        name = _series(row)
        if name not in known:
            continue
        made = kept.get(known[name].fingerprint)
        if made is not None and name not in outlooks:
            outlooks[name] = Outlook(known[name].known, made)
        found[row.target.id] = target_outlook(outlooks[name], row).chance if name in outlooks else None
    return found


def watched(locality: str, year: int, as_of: date | None = None) -> list[SeriesName]:
    """The series that the open targets of a place and year watch and that have figures, in the plan's order.

    Raises KechoError ``plan.no_plan``, ``plan.unknown_locality``.
    """
    rows = plan.board(locality, year, as_of).rows
    return list(dict.fromkeys(_series(row) for row in rows if row.assessment.period and not row.assessment.is_final))


def _series(row: BoardRow) -> SeriesName:
    spec = row.target.spec
    return spec.indicator, spec.locality, spec.breakdown
