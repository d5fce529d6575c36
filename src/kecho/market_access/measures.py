"""Measures beside the schedules, in from a file: safeguard and anti-dumping duties, temporary MFN rates.

Columns: kind, market, hs, origins, rate, valid_from, valid_to, document, verified, fictional. ``hs`` and ``origins``
may list several with blanks between; an empty ``origins`` is all of them. ``valid_to`` is the first day without the
measure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from kecho.kernel.errors import KechoError, Location
from kecho.market_access import files, queries
from kecho.market_access.models import Measure
from kecho.market_access.offers.choosing import choose
from kecho.people import audit
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission, require

COLUMNS = ("kind", "market", "hs", "origins", "rate", "valid_from", "valid_to", "document", "verified", "fictional")
_KEY = ("market", "kind", "hs", "origins", "valid_from", "document")
_HS = re.compile(r"[0-9]{2,10}")
_YES, _NO = {"1", "yes", "true", "có"}, {"", "0", "no", "false", "không"}


@dataclass(slots=True)
class Loaded:
    """What a file of measures came to; ``left_out`` holds the rows refused, each with its reason."""

    file_name: str
    added: list[Measure] = field(default_factory=list)
    replaced: list[Measure] = field(default_factory=list)
    same: int = 0
    left_out: list[KechoError] = field(default_factory=list)
    is_stored: bool = False


def read(content: bytes, name: str) -> tuple[list[Measure], list[KechoError]]:
    """The measures of a file, not stored, and the rows left out. Raises ``missing_columns`` and ``no_lines``."""
    rows = list(files.rows(content, name))
    missing = [column for column in COLUMNS if rows and column not in rows[0]]
    if missing:
        raise KechoError("market_access.missing_columns", where=Location(name), columns=", ".join(missing))
    found: dict[tuple[Any, ...], Measure] = {}
    refused = []
    for number, row in enumerate(rows, 2):
        where = Location(name, row=number)
        try:
            for one in _of(row, where):
                if key(one) in found:
                    raise KechoError("market_access.repeated_measure", where=where, value=one.hs)
                found[key(one)] = one
        except KechoError as reason:
            refused.append(reason)
    if not found and not refused:
        raise KechoError("market_access.no_lines", where=Location(name))
    return list(found.values()), refused


@transaction.atomic
def load(content: bytes, name: str, actor: Actor, *, trial: bool = False) -> Loaded:
    """A file of measures. A row that says something else than the current one of its key takes its place; rows of
    other keys stay. An audit row is written where anything changed.
    """
    require(actor, Permission.MANAGE_MARKET_ACCESS, Scope.everywhere())
    found, refused = read(content, name)
    done = Loaded(name, left_out=refused, is_stored=not trial)
    current = {key(one): one for one in Measure.objects.select_for_update().filter(superseded_at=None)}
    for one in found:
        before = current.get(key(one))
        if before is not None and _rest(before) == _rest(one):
            done.same += 1
            continue
        one.loaded_by = actor.name
        done.added.append(one)
        if before is not None:
            done.replaced.append(before)
    if not trial and done.added:
        Measure.objects.filter(pk__in=[one.pk for one in done.replaced]).update(superseded_at=timezone.now())
        Measure.objects.bulk_create(done.added)
        details = {"added": len(done.added), "replaced": len(done.replaced), "left_out": len(refused)}
        audit.record(actor, "market_access.load_measures", name, details=details)
    return done


def key(one: Measure) -> tuple[Any, ...]:
    """What tells one measure from another."""
    return tuple(getattr(one, name) for name in _KEY)


def _rest(one: Measure) -> tuple[Any, ...]:
    return one.printed, one.valid_to, one.is_verified, one.is_fictional


def _of(row: dict[str, str], where: Location) -> Iterator[Measure]:
    """The measures of one row, one for each code; ``bad_measure`` names the first column that is wrong."""

    def bad(column: str) -> KechoError:
        return KechoError("market_access.bad_measure", where=where, column=column, value=row[column][:60])

    if row["kind"] not in Measure.Kind:
        raise bad("kind")
    if not row["document"] or len(row["document"]) > 300:
        raise bad("document")
    codes = row["hs"].replace(".", "").split()
    if not codes or not all(_HS.fullmatch(code) for code in codes):
        raise bad("hs")
    market, *origins = _territories(row, bad)
    since, until = _day(row["valid_from"]), _day(row["valid_to"])
    if since is None:
        raise bad("valid_from")
    if (row["valid_to"] and until is None) or (until is not None and until <= since):
        raise bad("valid_to")
    try:
        choose(row["rate"], queries.MEASURE_NOTATION, "", since, in_quota=False)
    except KechoError:
        raise bad("rate") from None
    flags = {name: row[name].casefold() for name in ("verified", "fictional")}
    for name, text in flags.items():
        if text not in _YES | _NO:
            raise bad(name)
    for code in dict.fromkeys(codes):
        yield Measure(
            kind=row["kind"],
            market=market,
            hs=code,
            origins=" ".join(origins),
            printed=row["rate"][:80],
            valid_from=since,
            valid_to=until,
            document=row["document"],
            is_verified=flags["verified"] in _YES,
            is_fictional=flags["fictional"] in _YES,
        )


def _territories(row: dict[str, str], bad: Callable[[str], KechoError]) -> list[str]:
    """The market, then the origins, as codes of customs territories."""
    found: dict[str, list[str]] = {}
    for column, texts in (("market", [row["market"]]), ("origins", row["origins"].split())):
        try:
            found[column] = sorted({queries.territory(text) for text in texts})
        except KechoError:
            raise bad(column) from None
    return [*found["market"], *found["origins"]]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
