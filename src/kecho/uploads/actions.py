"""What changes the room: files handed in, read, mapped, tried, confirmed, cancelled, and deleted after their time."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from kecho.intake import batch, sdmx
from kecho.intake.guard import display_name, open_checked
from kecho.intake.own.applying import OwnReading, read_mapped
from kecho.intake.own.inspection import Inspection, inspect_file
from kecho.intake.own.mapping import Mapping, check, from_dict
from kecho.intake.own.sources import Encoding
from kecho.intake.reader import Reader, read_file
from kecho.intake.reading import Reading
from kecho.kernel.errors import KechoError, KechoErrors, Location
from kecho.kernel.periods import Period
from kecho.kernel.text import clean
from kecho.observatory import actions as observatory
from kecho.observatory import catalogue
from kecho.observatory.actions import ImportResult
from kecho.people import audit, rights
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission
from kecho.uploads import checks, files, stored
from kecho.uploads.models import MappingVersion, Upload
from kecho.uploads.queries import expired, remembered

#: Files of one hand-over, and bytes of all of them.
MOST_FILES = 20
MOST_BYTES = 120 * 1024 * 1024
State = Upload.State


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file as it arrives: the name that somebody gave it, its bytes in pieces, how many."""

    name: str
    chunks: Iterable[bytes]
    size: int


def receive(actor: Actor, locality: str, incoming: Sequence[Incoming], encoding: str = "auto") -> list[Upload]:
    """Keep the files of one hand-over; what the guard refuses is kept as refused, without its bytes.

    Raises ``people.denied``, ``uploads.no_files``, ``uploads.too_many``, ``uploads.too_large``.
    """
    rights.require(actor, Permission.IMPORT_FIGURES, Scope.locality(locality))
    if not incoming:
        raise KechoError("uploads.no_files")
    if len(incoming) > MOST_FILES:
        raise KechoError("uploads.too_many", count=len(incoming), limit=MOST_FILES)
    if sum(one.size for one in incoming) > MOST_BYTES:
        raise KechoError("uploads.too_large", limit=MOST_BYTES // 1024 // 1024)
    encoding, number = Encoding(encoding).value, uuid.uuid4().hex
    made = []
    for one in incoming:
        name = own_name(one.name)
        extension = PurePosixPath(name).suffix.lower()[:8]
        sha256, size, error = _keep(one, name, extension)
        with transaction.atomic():
            row = Upload.objects.create(
                batch=number, name=name, extension=extension, sha256=sha256, size=size, locality=locality,
                encoding=encoding, account_id=actor.account_id, actor_name=actor.name,
                state=State.REFUSED if error else State.WAITING,
                errors=stored.errors_as_list([error]) if error else [],
            )  # fmt: skip
            audit.record(actor, "uploads.receive", row, details={"sha256": sha256, "state": row.state})
        made.append(row)
    return made


def own_name(name: str) -> str:
    """The file's own name without folders of either system, printable, cut to 200 letters and its extension."""
    last = PurePosixPath(PureWindowsPath(name).name).name.lstrip(".") or "?"
    shown = display_name(PurePosixPath(last))  # type: ignore[arg-type]
    stem, suffix = PurePosixPath(shown).stem, PurePosixPath(shown).suffix
    return f"{stem[:200]}{suffix[:8]}"


def _keep(one: Incoming, name: str, extension: str) -> tuple[str, int, KechoError | None]:
    """The bytes on the disk, if the guard lets them in; else their hash, size and the refusal."""
    if extension not in files.EXTENSIONS:
        return "", one.size, KechoError("intake.unknown_extension", where=Location(name), extension=extension or "-")
    sha256, size = files.keep(one.chunks, extension)
    try:
        if extension == ".xml":
            sdmx.checked_bytes(files.path_of(sha256, extension))
        else:
            open_checked(files.path_of(sha256, extension))
    except KechoError as problem:
        if not Upload.objects.filter(sha256=sha256, removed_at__isnull=True).exclude(state=State.REFUSED).exists():
            files.drop(sha256, extension)
        where = replace(problem.where, file=name)
        return sha256, size, KechoError(problem.code, where=where, **problem.params)
    return sha256, size, None


# ---- reading


def read(pk: int) -> None:
    """Look at a waiting file: known tables are read on trial at once, others wait for somebody to say their meaning."""
    if not _move(pk, (State.WAITING,), State.READING):
        return
    one = Upload.objects.get(pk=pk)
    found = _read(one, partial(inspect_file, encoding=Encoding(one.encoding)))
    if not isinstance(found, Inspection) or found.errors:
        _end(one, State.REFUSED, errors=stored.errors_as_list(found.errors))
        return
    one.kind, one.period = found.kind, found.period
    if found.survey is None:
        _end(one, State.READY, trial=stored.trial_as_dict(found))
        return
    one.survey = stored.survey_as_dict(found.survey)
    known = {mapping.signature: mapping for mapping in remembered()}
    fitting = [known[view.signature] for view in found.survey.views if view.signature in known]
    if not fitting:
        _end(one, State.ASKED)
        return
    one.mappings = [mapping.as_dict() for mapping in fitting]
    _try(one)


def try_mappings(actor: Actor, one: Upload, mappings: Sequence[Mapping], period: str) -> None:
    """Read a file on trial by these mappings. Raises ``uploads.just_changed``, ``intake.mapping_broken`` and others."""
    _require(actor, one)
    if not mappings:
        raise KechoError("uploads.no_table_chosen")
    if period:
        Period.parse(period)
    for mapping in mappings:
        check(mapping)
        named = {
            mapping.indicator,
            *(one.indicator for one in mapping.columns),
            *(one.indicator for one in mapping.rows),
        }
        for code in named - {""}:
            catalogue.indicator(code)
    if not _move(one.pk, (State.ASKED, State.READY), State.READING):
        raise KechoError("uploads.just_changed", value=one.name)
    one.period = period
    one.mappings = [mapping.as_dict() for mapping in mappings]
    _try(one)


def _try(one: Upload) -> None:
    reading = _read(one, _mapped(one))
    if isinstance(reading, OwnReading):
        reading.findings += checks.fallen(reading.rows, list(map(from_dict, one.mappings)))
    one.errors = stored.errors_as_list(reading.errors)
    if reading.errors or not reading.rows:
        trial = stored.trial_as_dict(reading)
        if not reading.errors:
            one.errors = stored.errors_as_list([KechoError("observatory.no_rows", where=Location(one.name))])
        _end(one, State.ASKED, trial=trial)
        return
    one.period = reading.period
    _end(one, State.READY, trial=stored.trial_as_dict(reading))


def _mapped(one: Upload) -> Reader:
    known = {mapping.signature: mapping for mapping in map(from_dict, one.mappings)}
    return partial(read_mapped, mappings=known, reference=one.period, encoding=Encoding(one.encoding))


def _read(one: Upload, reader: Reader) -> Reading:
    """Read the stored bytes in a process that may die; the reading bears the name that people know."""
    (found,) = batch.read_files([files.path_of(one.sha256, one.extension)], jobs=1, reader=reader)
    found.file = one.name
    found.rows = [replace(row, file=one.name) for row in found.rows]
    for problems in (found.errors, getattr(found, "findings", [])):
        for error in problems:
            error.where = replace(error.where, file=one.name)
    return found


# ---- ends


def confirm(actor: Actor, one: Upload, reason: str = "", *, names: dict[str, str] | None = None) -> ImportResult:
    """Import a tried file as a draft release and remember its new mappings under ``names`` (signature → name).

    Findings of a form's rules and rows that are new to the mapping need a reason. Raises ``uploads.needs_reason``,
    ``uploads.just_changed``, and whatever the import refuses.
    """
    _require(actor, one)
    trial = one.trial
    if (trial.get("findings") or trial.get("new_labels")) and not reason.strip():
        raise KechoError("uploads.needs_reason", value=one.name)
    reading = _read(one, _mapped(one) if one.kind == Upload.Kind.OWN else read_file)
    if isinstance(reading, OwnReading) and reading.errors:
        raise KechoErrors(reading.errors)
    try:
        with transaction.atomic():
            result = _import(actor, one, reading, reason.strip(), names or {})
    except IntegrityError:  # the same bytes were imported by somebody else between our look and our writing
        raise KechoError("uploads.just_changed", value=one.name) from None
    one.refresh_from_db()
    return result


def _import(actor: Actor, one: Upload, reading: Reading, reason: str, names: dict[str, str]) -> ImportResult:
    """Within one transaction: the row is held while its file goes in, so of two who confirm one waits and is told."""
    if Upload.objects.select_for_update().filter(pk=one.pk, state=State.READY).first() is None:
        raise KechoError("uploads.just_changed", value=one.name)
    result = observatory.import_reading(reading, actor, reason=reason, as_draft=True)
    held = Upload.objects.filter(pk=one.pk)
    held.update(state=State.STORED, release_id=result.release.id, changed_at=timezone.now())
    for mapping in map(from_dict, one.mappings):
        if name := names.get(mapping.signature, "").strip():
            remember(actor, replace(mapping, name=name), one.locality, reason)
    details = {"release": result.release.id, "file": one.name, **result.counts}
    audit.record(actor, "uploads.confirm", one, reason=reason, details=details)
    return result


def cancel(actor: Actor, one: Upload) -> None:
    """Give a file up before it is imported. Raises ``uploads.just_changed`` where it has ended meanwhile."""
    _require(actor, one)
    with transaction.atomic():
        if not _move(one.pk, (State.WAITING, State.READING, State.ASKED, State.READY), State.CANCELLED):
            raise KechoError("uploads.just_changed", value=one.name)
        audit.record(actor, "uploads.cancel", one)


def remember(actor: Actor, mapping: Mapping, locality: str, reason: str = "") -> MappingVersion:
    """Add a version of a mapping; the same content again adds none.

    Raises ``people.denied``, ``uploads.bad_name``, ``uploads.mapping_reason`` for a change without a reason.
    """
    rights.require(actor, Permission.IMPORT_FIGURES, Scope.locality(locality))
    check(mapping)
    name = clean(mapping.name)
    if not 1 <= len(name) <= 80 or not name.isprintable():
        raise KechoError("uploads.bad_name", value=name[:80])
    content = replace(mapping, name=name, version=0).as_dict()
    with transaction.atomic():
        last = MappingVersion.objects.filter(name=name).order_by("-version").first()
        if last is not None:
            rights.require(actor, Permission.IMPORT_FIGURES, Scope.locality(last.locality))
            if last.content == content:
                return last
            if not reason:
                raise KechoError("uploads.mapping_reason", value=name)
        made = MappingVersion.objects.create(
            name=name, version=last.version + 1 if last else 1, signature=mapping.signature, content=content,
            locality=locality, made_by=actor.name, reason=reason,
        )  # fmt: skip
        audit.record(actor, "uploads.remember", made, reason=reason, details={"signature": mapping.signature})
    return made


def purge(actor: Actor, days: int) -> int:
    """Delete the bytes of uploads that were last touched more than ``days`` ago; their rows stay. How many files went.

    A file that waits for a person longer than that is cancelled. Needs the right to administer.
    """
    rights.require(actor, Permission.ADMINISTER, Scope.everywhere())
    gone = 0
    for one in expired(days):
        with transaction.atomic():
            Upload.objects.filter(pk=one.pk).update(removed_at=timezone.now())
            open_ends = (State.WAITING, State.READING, State.ASKED, State.READY)
            Upload.objects.filter(pk=one.pk, state__in=open_ends).update(state=State.CANCELLED)
            if not Upload.objects.filter(sha256=one.sha256, removed_at__isnull=True).exists():
                gone += files.drop(one.sha256, one.extension)
            audit.record(actor, "uploads.purge", one, details={"sha256": one.sha256, "days": days})
    return gone


def _require(actor: Actor, one: Upload) -> None:
    rights.require(actor, Permission.IMPORT_FIGURES, Scope.locality(one.locality))


def _move(pk: int, before: Iterable[str], after: str) -> bool:
    """From one of some states to another, if it still stands there: of two who try, one succeeds."""
    rows = Upload.objects.filter(pk=pk, state__in=tuple(before))
    return bool(rows.update(state=after, changed_at=timezone.now()))


def _end(one: Upload, state: str, **fields: Any) -> None:
    """Where reading left the file; a cancellation meanwhile counts."""
    for name, value in fields.items():
        setattr(one, name, value)
    kept = ("kind", "period", "survey", "mappings", "trial", "errors")
    values = {name: getattr(one, name) for name in kept}
    Upload.objects.filter(pk=one.pk, state=State.READING).update(state=state, changed_at=timezone.now(), **values)
