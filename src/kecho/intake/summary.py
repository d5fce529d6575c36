"""What became of a batch of files, in words for people and as plain data for programs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from kecho.intake.reading import Reading
from kecho.kernel.errors import LANGUAGES, KechoError, catalogue

#: Problems of one file that are printed; the rest are counted.
PRINTED_ERRORS = 20

_WORDS = {
    "vi": {
        "file": "{file}: kỳ {period}, {rows} số liệu, {skipped} ô bỏ qua, {sheets} biểu không đọc",
        "refused": "{file}: KHÔNG NHẬP, {errors} lỗi",
        "skipped": "bỏ qua {count} ô: {why}",
        "cell": "bỏ qua {place}: {text} – {why}",
        "sheet": "không đọc “{sheet}” {title}: {why}",
        "sheets": "không đọc {count} biểu ở {names}: {why}",
        "more": "… và {count} lỗi nữa",
        "batch": "Đã đọc {read}/{all} tệp, {rows} số liệu; {refused} tệp bị từ chối.",
    },
    "en": {
        "file": "{file}: period {period}, {rows} figures, {skipped} cells left out, {sheets} tables not read",
        "refused": "{file}: REFUSED, {errors} errors",
        "skipped": "left out {count} cells: {why}",
        "cell": "left out {place}: {text} – {why}",
        "sheet": "not read “{sheet}” {title}: {why}",
        "sheets": "not read {count} tables on {names}: {why}",
        "more": "... and {count} more errors",
        "batch": "Read {read} of {all} files, {rows} figures; {refused} files refused.",
    },
}


def file_lines(reading: Reading, lang: str, *, is_full: bool = False) -> list[str]:
    """One line for the file, indented ones for what is not among its rows; ``is_full`` names each cell and table."""
    words = _WORDS[lang]
    if not reading.is_read:
        head = words["refused"].format(file=reading.file, errors=len(reading.errors))
        return [head, *(f"  {line}" for line in error_lines(reading.errors, lang))]
    lines = [
        words["file"].format(
            file=reading.file,
            period=reading.period or "-",
            rows=len(reading.rows),
            skipped=len(reading.skipped),
            sheets=len(reading.unrecognised),
        )
    ]
    lines += [f"  {note_text(note, lang)}" for note in reading.notes]
    lines += [f"  {line}" for line in (_every if is_full else _grouped)(reading, lang)]
    return lines


def _every(reading: Reading, lang: str) -> Iterator[str]:
    """Each cell and each table that is not among the rows."""
    words = _WORDS[lang]
    for cell in reading.skipped:
        place = f"{cell.sheet}!{cell.cell}" if cell.sheet else cell.cell
        yield words["cell"].format(place=place, text=cell.text, why=cell.why(lang))
    for note in reading.unrecognised:
        yield words["sheet"].format(sheet=note.sheet, title=note.title, why=note.why(lang))


def _grouped(reading: Reading, lang: str) -> Iterator[str]:
    """The same by reason: how many cells, and which sheets."""
    words = _WORDS[lang]
    for why, count in Counter(cell.why(lang) for cell in reading.skipped).most_common():
        yield words["skipped"].format(count=count, why=why)
    sheets: dict[str, list[str]] = defaultdict(list)
    for note in reading.unrecognised:
        sheets[note.why(lang)].append(f"“{note.sheet}”")
    for why, found in sheets.items():
        yield words["sheets"].format(count=len(found), names=", ".join(dict.fromkeys(found)), why=why)


def error_lines(errors: list[KechoError], lang: str) -> list[str]:
    """The first problems, each in both languages, and how many more there are."""
    order = sorted(LANGUAGES, key=lambda one: one != lang)
    lines = [error.text(one) for error in errors[:PRINTED_ERRORS] for one in order]
    if len(errors) > PRINTED_ERRORS:
        lines.append(_WORDS[lang]["more"].format(count=len(errors) - PRINTED_ERRORS))
    return lines


def batch_line(readings: Iterable[Reading], lang: str) -> str:
    """How many files went in, with how many figures."""
    readings = list(readings)
    read = [reading for reading in readings if reading.is_read]
    rows = sum(len(reading.rows) for reading in read)
    refused = len(readings) - len(read)
    return _WORDS[lang]["batch"].format(read=len(read), all=len(readings), rows=rows, refused=refused)


def note_text(note: str, lang: str) -> str:
    """A note is a message code, or words as they are."""
    message = catalogue().get(note)
    if message is None:
        return note
    return message.vi if lang == "vi" else message.en


def as_dict(reading: Reading) -> dict[str, Any]:
    """For JSON: file, hash, period, counts, and everything that is not among the rows with its reason."""
    return {
        "file": reading.file,
        "sha256": reading.sha256,
        "period": reading.period,
        **reading.counts,
        "skipped_cells": [
            {"sheet": cell.sheet, "cell": cell.cell, "reason": cell.reason, "text": cell.text}
            for cell in reading.skipped
        ],
        "unrecognised_sheets": [
            {"sheet": note.sheet, "title": note.title, "reason": note.reason} for note in reading.unrecognised
        ],
        "notes": list(reading.notes),
        "errors": [error.as_dict() for error in reading.errors],
    }
