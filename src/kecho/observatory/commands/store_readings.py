"""The second half of ``kecho import``: readings into the observatory, one transaction a file."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import django

from kecho.intake import summary
from kecho.intake.reading import Reading
from kecho.kernel.errors import KechoError, KechoErrors, Location
from kecho.people import actors

_WORDS = {
    "vi": {
        "done": "ghi {file}: thêm {added}, giữ nguyên {confirmed}, đính chính {revised}; {findings} phát hiện",
        "same": "{file}: đã nhập từ trước, không thay đổi gì",
        "unmapped": "nhãn ngoài danh mục: {label}",
        "order": "Ghi theo thứ tự tháng, không theo thứ tự nêu tệp.",
    },
    "en": {
        "done": "stored {file}: added {added}, confirmed {confirmed}, revised {revised}; {findings} findings",
        "same": "{file}: imported before, nothing changed",
        "unmapped": "label outside the catalogue: {label}",
        "order": "Stored in the order of months, not of the arguments.",
    },
}
#: What is counted for each file.
COLUMNS = ("file", "status", "period", "rows", "added", "confirmed", "revised", "written", "findings", "unmapped")
#: Findings of each severity that matters are printed up to this many a file; all are kept in the observatory.
PRINTED_FINDINGS = 10


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


def store(readings: list[Reading], reason: str, lang: str, tell: Callable[[list[str]], None]) -> list[Outcome]:
    """Store what was read, the earliest month first, and tell of each file; outcomes in the order of ``readings``.

    A file that is refused leaves nothing behind, and the others go on.
    """
    order = sorted(range(len(readings)), key=lambda index: (readings[index].period, index))
    months = [reading.period for reading in readings if reading.is_read]
    if months != sorted(months):
        tell([_WORDS[lang]["order"]])
    outcomes = {}
    for index in order:
        outcomes[index] = outcome = _store_one(readings[index], reason, lang)
        tell(list(outcome.lines))
    return [outcomes[index] for index in range(len(readings))]


def _store_one(reading: Reading, reason: str, lang: str) -> Outcome:
    from django.db import DatabaseError

    from kecho.observatory import actions

    if not reading.is_read:
        return Outcome(reading, "refused", {})
    where = Location(file=reading.file)
    try:
        result = actions.import_reading(reading, actors.command_line(), reason=reason)
    except KechoErrors as problem:
        return _refused(reading, problem.errors, lang)
    except KechoError as problem:
        return _refused(reading, [problem], lang)
    except DatabaseError as problem:
        detail = str(problem).splitlines()[0][:200]
        return _refused(reading, [KechoError("intake.not_stored", where=where, detail=detail)], lang)
    words = _WORDS[lang]
    if not result.is_new:
        return Outcome(reading, "same", {}, (words["same"].format(file=reading.file),))
    lines = [words["done"].format(file=reading.file, **result.counts)]
    lines += [f"  {notice.text(lang)}" for notice in result.notices]
    lines += ["  " + words["unmapped"].format(label=label) for label in result.unmapped]
    serious = [finding for finding in result.findings if finding.severity != "note"]
    lines += [f"  {finding.text(lang)}" for finding in serious[:PRINTED_FINDINGS]]
    return Outcome(reading, "new", result.counts, tuple(lines))


def _refused(reading: Reading, errors: list[KechoError], lang: str) -> Outcome:
    """The file's reading with the observatory's errors in place of its rows."""
    refused = Reading(reading.file, reading.sha256, reading.period, errors=errors)
    return Outcome(refused, "refused", {}, tuple(summary.file_lines(refused, lang)))
