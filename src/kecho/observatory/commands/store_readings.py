"""The second half of ``kecho import``: readings into the observatory, one transaction a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django

from kecho.intake import summary
from kecho.intake.own.applying import OwnReading
from kecho.intake.reading import Reading
from kecho.kernel.errors import KechoError, KechoErrors, Location
from kecho.people import actors

if TYPE_CHECKING:  # models load only after django.setup()
    from kecho.observatory.actions import ImportResult

_WORDS = {
    "vi": {
        "done": "ghi {file}: thêm {added}, giữ nguyên {confirmed}, đính chính {revised}; {findings} phát hiện",
        "draft": "  dự thảo số {release}, chờ kiểm tra: kecho release check {release}",
        "same": "{file}: đã nhập từ trước, không thay đổi gì",
        "unmapped": "{count} nhãn ngoài danh mục: {labels}{more}",
        "findings": "… và {count} phát hiện nữa",
        "order": "Ghi theo thứ tự tháng, không theo thứ tự nêu tệp.",
    },
    "en": {
        "done": "stored {file}: added {added}, confirmed {confirmed}, revised {revised}; {findings} findings",
        "draft": "  draft number {release}, to be checked: kecho release check {release}",
        "same": "{file}: imported before, nothing changed",
        "unmapped": "{count} labels outside the catalogue: {labels}{more}",
        "findings": "... and {count} more findings",
        "order": "Stored in the order of months, not of the arguments.",
    },
}
#: What is counted for each file.
COLUMNS = ("file", "status", "period", "rows", "added", "confirmed", "revised", "written", "findings", "unmapped")
#: Findings (notes aside) and labels printed for each file; all are kept in the observatory.
PRINTED = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: ``status`` is ``new``, ``same`` or ``refused``; ``counts`` of what was written."""

    reading: Reading
    status: str
    counts: dict[str, int]
    lines: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For JSON: what reading says, and what storing did."""
        return {**summary.as_dict(self.reading), "status": self.status, **self.counts}

    def counted(self) -> list[str]:
        """For CSV: the cells under ``COLUMNS``."""
        head = [self.reading.file, self.status, self.reading.period, str(len(self.reading.rows))]
        return head + [str(self.counts.get(name, 0)) for name in COLUMNS[len(head) :]]


def start() -> None:
    """Django with the package's settings. Raises ``intake.no_tables`` where the database is not ready."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kecho.web.settings")
    django.setup()
    from django.db import DatabaseError

    from kecho.observatory.models import Release

    try:
        Release.objects.exists()
    except DatabaseError as problem:
        raise KechoError("intake.no_tables", detail=str(problem).splitlines()[0]) from None


def store(
    readings: list[Reading],
    reason: str,
    lang: str,
    tell: Callable[[list[str]], None],
    *,
    is_full: bool = False,
    as_draft: bool = False,
) -> list[Outcome]:
    """Store what was read, the earliest month first, and tell of each file; outcomes in the order of ``readings``.

    ``is_full`` names every finding and label; ``as_draft``: the figures wait for approval. A file that is refused
    leaves nothing behind, and the others go on.
    """
    order = sorted(range(len(readings)), key=lambda index: (readings[index].period, index))
    months = [reading.period for reading in readings if reading.is_read]
    if months != sorted(months):
        tell([_WORDS[lang]["order"]])
    outcomes = {}
    for index in order:
        outcomes[index] = outcome = _store_one(
            readings[index], reason, lang, None if is_full else PRINTED, as_draft=as_draft
        )
        tell(list(outcome.lines))
    return [outcomes[index] for index in range(len(readings))]


def _store_one(reading: Reading, reason: str, lang: str, limit: int | None, *, as_draft: bool) -> Outcome:
    from django.db import DatabaseError

    from kecho.observatory import actions

    if not reading.is_read:
        return Outcome(reading, "refused", {})
    where = Location(file=reading.file)
    try:
        if isinstance(reading, OwnReading) and reading.findings and not reason:
            raise KechoErrors(reading.findings)
        result = actions.import_reading(reading, actors.command_line(), reason=reason, as_draft=as_draft)
    except KechoErrors as problem:
        return _refused(reading, problem.errors, lang)
    except KechoError as problem:
        return _refused(reading, [problem], lang)
    except DatabaseError as problem:
        detail = str(problem).splitlines()[0][:200]
        return _refused(reading, [KechoError("intake.not_stored", where=where, detail=detail)], lang)
    if not result.is_new:
        return Outcome(reading, "same", {}, (_WORDS[lang]["same"].format(file=reading.file),))
    return Outcome(reading, "new", result.counts, tuple(_lines(reading.file, result, lang, limit)))


def _lines(file: str, result: ImportResult, lang: str, limit: int | None) -> Iterator[str]:
    """What storing one file did; of findings and labels the first ``limit``."""
    words = _WORDS[lang]
    yield words["done"].format(file=file, **result.counts)
    if result.release.state == "draft":
        yield words["draft"].format(release=result.release.id)
    for notice in result.notices:
        yield f"  {notice.text(lang)}"
    labels = list(dict.fromkeys(result.unmapped))
    if labels:
        shown = "; ".join(labels[:limit])
        yield "  " + words["unmapped"].format(
            count=len(labels), labels=shown, more="; …" if limit is not None and len(labels) > limit else ""
        )
    serious = [finding for finding in result.findings if finding.severity != "note"]
    for finding in serious[:limit]:
        yield f"  {finding.text(lang)}"
    if limit is not None and len(serious) > limit:
        yield "  " + words["findings"].format(count=len(serious) - limit)


def _refused(reading: Reading, errors: list[KechoError], lang: str) -> Outcome:
    """The file's reading with the observatory's errors in place of its rows."""
    refused = Reading(reading.file, reading.sha256, reading.period, errors=errors)
    return Outcome(refused, "refused", {}, tuple(summary.file_lines(refused, lang)))
