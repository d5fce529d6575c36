"""Changes of state: loading schedules, correlations, rules of origin. Each checks the right and leaves an audit row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kecho.kernel.errors import KechoError
from kecho.market_access import files
from kecho.market_access.differences import Difference, difference
from kecho.market_access.files import Reading
from kecho.market_access.layouts import Layout, layout
from kecho.market_access.models import HsLink, OriginRuleText, Schedule, TariffLine
from kecho.people import audit
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission, require

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a schedule came to. ``schedule`` is None for a trial, ``is_same`` where nothing had changed."""

    reading: Reading
    difference: Difference
    schedule: Schedule | None
    is_same: bool = False


def load_schedule(path: Path, code: str, actor: Actor, *, is_sample: bool = False, trial: bool = False) -> Loaded:
    """A file of rates by its layout ``code``; the edition before is superseded, not deleted."""
    return load_content(files.read_bytes(path), path.name, code, actor, is_sample=is_sample, trial=trial)


def load_content(
    content: bytes, name: str, code: str, actor: Actor, *, is_sample: bool = False, trial: bool = False
) -> Loaded:
    """The same from bytes, as a page uploads them."""
    require(actor, Permission.MANAGE_MARKET_ACCESS, Scope.everywhere())
    plan = layout(code)
    reading = files.read_schedule(content, name, plan)
    current = Schedule.objects.filter(layout=code, superseded_at=None).first()
    if current is not None and current.digest == reading.digest:
        return Loaded(reading, Difference((), (), ()), current, is_same=True)
    if current is not None and is_sample and not current.is_sample:
        return Loaded(reading, Difference((), (), ()), current, is_same=True)  # a sample never replaces what is real
    changes = difference(_cells(current), {line.code + line.part: line.printed for line in reading.lines})
    if trial:
        return Loaded(reading, changes, None)
    return Loaded(reading, changes, _store(reading, plan, current, actor, is_sample))


def _cells(schedule: Schedule | None) -> dict[str, dict[str, str]]:
    if schedule is None:
        return {}
    found = schedule.lines.values_list("code", "part", "printed")
    return {code + part: printed for code, part, printed in found}


@transaction.atomic
def _store(reading: Reading, plan: Layout, current: Schedule | None, actor: Actor, is_sample: bool) -> Schedule:
    if current is not None:
        current.superseded_at = timezone.now()
        current.save(update_fields=["superseded_at"])
    schedule = Schedule.objects.create(
        layout=plan.code,
        market=plan.market,
        title_vi=plan.vi,
        title_en=plan.en,
        hs_edition=plan.hs_edition,
        valid_from=plan.valid_from,
        valid_to=plan.valid_to,
        as_of=plan.as_of,
        source=plan.source,
        is_verified=plan.is_verified,
        is_sample=is_sample or plan.is_sample,
        file_name=reading.file_name,
        digest=reading.digest,
        line_count=len(reading.lines),
        loaded_by=actor.name,
    )
    TariffLine.objects.bulk_create(
        (
            TariffLine(
                schedule=schedule,
                code=line.code,
                part=line.part,
                row=line.row,
                name_vi=line.name_vi,
                name_en=line.name_en,
                name_other=line.name_other,
                unit=line.unit,
                folded=line.folded,
                printed=line.printed,
            )
            for line in reading.lines
        ),
        batch_size=BATCH,
    )
    details = {"lines": len(reading.lines), "left_out": len(reading.left_out), "unread_cells": len(reading.unread)}
    audit.record(actor, "market_access.load_schedule", schedule, details=details)
    return schedule


@transaction.atomic
def load_links(path: Path, newer: str, older: str, columns: tuple[str, str], actor: Actor) -> int:
    """A correlation between two HS editions; replaces the one of the same pair. Returns the number of links."""
    require(actor, Permission.MANAGE_MARKET_ACCESS, Scope.everywhere())
    pairs = files.read_links(files.read_bytes(path), path.name, *columns)
    HsLink.objects.filter(newer=newer, older=older).delete()
    HsLink.objects.bulk_create(
        (HsLink(newer=newer, older=older, newer_code=one, older_code=other) for one, other in pairs), batch_size=BATCH
    )
    audit.record(actor, "market_access.load_links", f"{newer}-{older}", details={"links": len(pairs)})
    return len(pairs)


@transaction.atomic
def load_rules(path: Path, rule_set: str, source: str, actor: Actor) -> int:
    """A list of product-specific rules of origin; replaces the rule set. Returns the number of sentences."""
    require(actor, Permission.MANAGE_MARKET_ACCESS, Scope.everywhere())
    if not source.strip():
        raise KechoError("market_access.no_source")
    found = [
        OriginRuleText(
            rule_set=rule_set,
            position=position,
            heading=row["heading"],
            subdivision=row["subdivision"],
            code_min=row["code_min"],
            code_max=row["code_max"],
            number=int(row["rule_no"]),
            sentence=row["rule"],
            given_class=row["rule_class"],
            joined=row["operator"],
            source=source,
        )
        for position, row in enumerate(files.rows(files.read_bytes(path), path.name))
    ]
    OriginRuleText.objects.filter(rule_set=rule_set).delete()
    OriginRuleText.objects.bulk_create(found, batch_size=BATCH)
    audit.record(actor, "market_access.load_rules", rule_set, details={"sentences": len(found)})
    return len(found)
