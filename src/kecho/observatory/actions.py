"""What changes the observatory: importing a file's rows, and loading many rows at once. One transaction each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from kecho.intake.reading import Reading
from kecho.intake.rows import Row
from kecho.kernel.errors import KechoError, KechoErrors, Location
from kecho.kernel.periods import Period
from kecho.observatory import approval, checks, corrections, releases, settling, vintage, writing
from kecho.observatory.corrections import Tripped
from kecho.observatory.fields import plain
from kecho.observatory.models import Finding, Release, Series
from kecho.observatory.queries import FindingInfo, ReleaseInfo, SeriesKey, findings_of, release_info, series_key
from kecho.observatory.releases import DEPARTMENT, GSO, ReleaseMeta
from kecho.observatory.rules import Figure, Verdict
from kecho.observatory.vintage import Comparison
from kecho.observatory.writing import Draft, SeriesBook
from kecho.people import audit, rights
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission

Odd = tuple[dict[SeriesKey, int], list[tuple[checks.Slot, Verdict]]]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did. ``is_new`` is False for bytes that were here already: then nothing was written.

    ``added``, ``confirmed`` and ``revised`` count the file's figures against what was known on its day; ``written`` is
    how many observations it appended, ``repeated`` how many cells gave a figure once more. ``notices`` are coded
    remarks (a corrected file, a month out of order); they stopped nothing.
    """

    release: ReleaseInfo
    is_new: bool = True
    added: int = 0
    confirmed: int = 0
    revised: int = 0
    written: int = 0
    repeated: int = 0
    unmapped: tuple[str, ...] = ()
    notices: tuple[KechoError, ...] = ()
    findings: tuple[FindingInfo, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """For the audit trail and JSON."""
        return {
            "added": self.added,
            "confirmed": self.confirmed,
            "revised": self.revised,
            "written": self.written,
            "repeated": self.repeated,
            "unmapped": len(self.unmapped),
            "findings": len(self.findings),
        }


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What a bulk load did: observations written, cells that gave a figure once more, labels without an item."""

    release: ReleaseInfo
    is_new: bool = True
    written: int = 0
    repeated: int = 0
    unmapped: tuple[str, ...] = ()


def import_reading(
    reading: Reading,
    actor: Actor,
    *,
    source: str | None = None,
    kind: Release.Kind | None = None,
    title: str = "",
    published_on: date | None = None,
    reason: str = "",
    now: datetime | None = None,
    as_draft: bool | None = None,
) -> ImportResult:
    """Append a file's figures as a release, check them, and say what was new, confirmed and revised.

    ``as_draft``: it must be checked, approved and published before the public sees it (``approval``). By default so it
    is, unless the actor may publish figures of all its places directly.

    The same bytes again change nothing. Another file of a month that is here already is a correction: what differs from
    the earlier file is appended, with ``reason``. ``published_on`` is for whoever knows the day; else the release
    calendar dates it. ``now`` is the moment of import (default: now).

    Raises KechoErrors with every problem of the rows (``people.denied`` where the actor may not import figures of a
    place), ``observatory.no_rows``.
    """
    _check_reading(reading)
    meta = _meta(reading, source, kind, title=title, published_on=published_on, reason=reason)
    if same := releases.known(meta):
        return ImportResult(release_info(same), is_new=False)
    places = {row.locality for row in reading.rows}
    meta = replace(meta, needs_approval=_is_draft(as_draft, actor, places))
    moment = now or timezone.now()
    with transaction.atomic():
        corrects = releases.replaced_by(meta)
        notices = _notices(meta, corrects)
        release = releases.open_release(meta, corrects, moment)
        book = SeriesBook(actor, is_workbook=meta.kind == Release.Kind.WORKBOOK)
        drafts, repeated = _once(writing.prepare(reading.rows, book))
        drafts, tripped = corrections.apply(drafts)
        compared = vintage.compare(drafts, release, corrects)
        written = writing.insert(release, compared.to_write)
        if release.needs_approval:
            approval.submit(release, sorted(places), actor, moment)
        _check(release, actor, _odd(book, repeated, compared, tripped), drafts)
        corrections.end(tripped, release, actor)
        result = ImportResult(
            release=release_info(release),
            added=compared.added,
            confirmed=compared.confirmed,
            revised=compared.revised,
            written=written,
            repeated=len(repeated),
            unmapped=tuple(book.unmapped.values()),
            notices=notices,
            findings=findings_of(release),
        )
        audit.record(
            actor,
            "observatory.import_reading",
            release,
            reason=release.reason,
            details={**result.counts, "file": meta.file_name},
        )
    return result


def load_tidy(
    rows: Iterable[Row],
    meta: ReleaseMeta,
    actor: Actor,
    *,
    now: datetime | None = None,
    as_draft: bool | None = None,
) -> LoadResult:
    """Append many rows as one release, as fast as the database takes them and all or nothing.

    Rows are neither compared with earlier releases nor checked against each other; they pass the same mapping, the same
    constraints and the same triggers. A figure that comes twice is kept once. The same hash again changes nothing.

    ``as_draft`` as in ``import_reading``; by default, unless the actor may publish directly everywhere.
    Raises as ``import_reading`` does.
    """
    if same := releases.known(meta):
        return LoadResult(release_info(same), is_new=False)
    meta = replace(meta, needs_approval=_is_draft(as_draft, actor, ()))
    moment = now or timezone.now()
    with transaction.atomic():
        release = releases.open_release(meta, releases.replaced_by(meta), moment)
        book = SeriesBook(actor, is_workbook=meta.kind == Release.Kind.WORKBOOK)
        twice: list[Draft] = []
        written = writing.insert(release, writing.prepare(rows, book), on_twice=twice.append)
        if not written:
            raise KechoError("observatory.no_rows", where=Location(meta.file_name))
        if release.needs_approval:
            approval.submit(release, book.localities(), actor, moment)
        unmapped = tuple(book.unmapped.values())
        details = {"written": written, "repeated": len(twice), "unmapped": len(unmapped), "file": meta.file_name}
        audit.record(actor, "observatory.load_tidy", release, reason=release.reason, details=details)
    return LoadResult(release_info(release), True, written, len(twice), unmapped)


# ---- before writing


def _is_draft(asked: bool | None, actor: Actor, places: Iterable[str]) -> bool:
    """Whether the release waits for approval. Raises ``people.denied`` for a direct one without the right."""
    scopes = [Scope.locality(place) for place in sorted(places)] or [Scope.everywhere()]
    if asked is None:
        return not all(rights.may(actor, Permission.PUBLISH_DIRECTLY, scope) for scope in scopes)
    if not asked:
        for scope in scopes:
            rights.require(actor, Permission.PUBLISH_DIRECTLY, scope)
    return asked


def _check_reading(reading: Reading) -> None:
    if reading.errors:
        raise KechoErrors(reading.errors)
    if not reading.rows:
        raise KechoError("observatory.no_rows", where=Location(reading.file))


def _meta(
    reading: Reading,
    source: str | None,
    kind: Release.Kind | None,
    *,
    title: str,
    published_on: date | None,
    reason: str,
) -> ReleaseMeta:
    """What the file says about itself, where the caller says nothing: a CSV is a department's own."""
    is_csv = reading.is_own or reading.file.lower().endswith((".csv", ".csv.gz"))
    kind = kind or (Release.Kind.CSV if is_csv else Release.Kind.WORKBOOK)
    return ReleaseMeta(
        sha256=reading.sha256,
        file_name=reading.file,
        source=source or (DEPARTMENT if is_csv else GSO),
        kind=kind,
        title=title,
        period=Period.parse(reading.period) if reading.period else None,
        published_on=published_on,
        reason=reason,
    )


def _notices(meta: ReleaseMeta, corrects: Release | None) -> tuple[KechoError, ...]:
    """Remarks on a month that comes twice or out of order."""
    where, found = Location(meta.file_name), []
    month = meta.period.code if meta.period else ""
    if corrects is not None:
        found.append(KechoError("observatory.same_month", where=where, month=month, earlier=corrects.file_name))
    later = releases.later_month(meta)
    if later and (behind := release_info(later).period):
        found.append(KechoError("observatory.out_of_order", where=where, month=month, later=behind.code))
    return tuple(found)


def _once(drafts: Iterable[Draft]) -> tuple[list[Draft], list[tuple[Draft, Draft]]]:
    """Each series and period once, the first cell counting; and the pairs that gave it more than once."""
    first: dict[tuple[int, int, int, str], Draft] = {}
    repeated = []
    for draft in drafts:
        kept = first.setdefault(draft.slot, draft)
        if kept is not draft:
            repeated.append((kept, draft))
    return list(first.values()), repeated


# ---- findings


def _check(release: Release, actor: Actor, odd: Odd, drafts: list[Draft]) -> None:
    """Weigh the file and keep what is found; what was found in a file that it replaces ends where it holds no more."""
    keys, remarks = odd
    weighed = checks.weigh(release)
    checks.store(release, weighed.series, weighed.new)
    checks.store(release, keys, remarks)
    if release.corrects_id is None:
        return
    holds = [(verdict.rule, weighed.series.get(key), period) for (key, period), verdict in weighed.all]
    holds += [(verdict.rule, keys.get(key), period) for (key, period), verdict in remarks]
    still: set[tuple[str, int | None, int | None, int | None]]
    still = {(rule, series, period.start, period.end) for rule, series, period in holds}
    # The label of a series is told once, when it is new; as long as the file has the series, it holds.
    given = {draft.series for draft in drafts}
    told = Finding.everything.filter(rule__in=("unmapped_label", "other_unit"), series_id__in=given)
    still |= set(told.values_list("rule", "series_id", "period_start", "period_end"))
    settling.supersede(release, still, actor)


def _odd(book: SeriesBook, repeated: list[tuple[Draft, Draft]], compared: Comparison, tripped: list[Tripped]) -> Odd:
    """New unmapped labels, units that do not convert, cells that contradict each other, figures that were dropped,
    corrections that the file ended."""
    clashes = [(kept, other) for kept, other in repeated if (kept.value, kept.missing) != (other.value, other.missing)]
    concerned = {kept.series for kept, _ in clashes} | {slot[0] for slot, _ in compared.withdrawn}
    concerned |= book.unmapped.keys() | book.other_units.keys() | {draft.series for _, draft in tripped}
    keys = {row.pk: series_key(row) for row in Series.objects.filter(pk__in=concerned).select_related("indicator")}
    first_seen = {draft.series: _period(draft) for draft in reversed(compared.to_write)}
    found: list[tuple[checks.Slot, Verdict]] = []
    for rule, labels in (("unmapped_label", book.unmapped), ("other_unit", book.other_units)):
        for pk, label in labels.items():
            facts = {"label_vi": label, "label_en": label}
            found.append(((keys[pk], first_seen[pk]), Verdict(rule, facts, ())))
    for kept, other in clashes:
        facts = {"first": _said(kept.value, kept.missing), "second": _said(other.value, other.missing)}
        figures = tuple(_figure(draft.value, draft.sheet, draft.cell) for draft in (kept, other))
        found.append(((keys[kept.series], _period(kept)), Verdict("two_values", facts, figures)))
    for (series, start, end, _), known in compared.withdrawn:
        facts = {"value": _said(known.value, known.missing)}
        figures = (_figure(known.value, known.sheet, known.cell),)
        found.append(((keys[series], Period(start, end)), Verdict("withdrawn", facts, figures)))
    for correction, draft in tripped:
        is_repaired = draft.value == correction.value
        facts = {"now": _said(draft.value, draft.missing), "expected": plain(correction.expected)}
        facts["value"] = plain(correction.value)
        figures = (_figure(draft.value, draft.sheet, draft.cell),)
        rule = "correction_repaired" if is_repaired else "correction_tripped"
        found.append(((keys[draft.series], _period(draft)), Verdict(rule, facts, figures)))
    return {key: pk for pk, key in keys.items()}, found


def _period(draft: Draft) -> Period:
    return Period(draft.start, draft.end)


def _said(value: Decimal | None, missing: str) -> str:
    return missing if value is None else format(value, "f")


def _figure(value: Decimal | None, sheet: str, cell: str) -> Figure:
    return Figure(Decimal(0) if value is None else value, None, "", None, sheet, cell)
