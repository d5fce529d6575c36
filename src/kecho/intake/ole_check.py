"""Checks on the container of an .xls workbook (OLE2 compound file, [MS-CFB]; records of [MS-XLS])."""

from __future__ import annotations

import io
import struct

from xlrd.compdoc import CompDoc

from kecho.kernel.errors import KechoError, Location

_HEADER_BYTES = 512
_FREE_SECTORS = (-1, -2)  # FREESECT, ENDOFCHAIN; -3 and -4 mark the tables themselves, which take room too
_FILEPASS = 0x002F
_BOF = 0x0809
_EOF = 0x000A
_FOREIGN_STREAMS = {"WordDocument": "Word", "PowerPoint Document": "PowerPoint", "__properties_version1.0": "Outlook"}


def check(data: bytes, where: Location) -> tuple[str, ...]:
    """Refuse what is cut short, broken, encrypted or no workbook; return the codes of what is worth a note.

    Old Visual Basic inside an .xls is a note, not a refusal: 8 of 120 real .xls workbooks carry it, and no reader here
    runs it.
    """
    if len(data) < 3 * _HEADER_BYTES:
        raise KechoError("intake.truncated", where=where)
    document = _directory(data, where)
    names = {entry.name for entry in document.dirlist}
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        raise KechoError("intake.encrypted", where=where)
    for stream, program in _FOREIGN_STREAMS.items():
        if stream in names and not names & {"Workbook", "Book"}:
            raise KechoError("intake.not_a_workbook", where=where, found=program)
    book = _book(document, where)
    if _is_encrypted(book):
        raise KechoError("intake.encrypted", where=where)
    return ("intake.note_old_macros",) if names & {"VBA", "_VBA_PROJECT_CUR"} else ()


def _directory(data: bytes, where: Location) -> CompDoc:
    """The container's tables, when every sector they use lies inside the file."""
    sector_bytes = 1 << min(struct.unpack_from("<H", data, 30)[0], 20)
    table_sectors = struct.unpack_from("<I", data, 44)[0]
    # A sector table of n sectors describes up to n * sector_bytes / 4 sectors; all but the last table are full.
    least_sectors = max(0, table_sectors - 1) * (sector_bytes // 4)
    if _HEADER_BYTES + least_sectors * sector_bytes > len(data):
        raise KechoError("intake.truncated", where=where)
    try:
        document = CompDoc(data, logfile=io.StringIO())
        used = max((index for index, after in enumerate(document.SAT) if after not in _FREE_SECTORS), default=0)
    except MemoryError:
        raise
    except Exception as problem:  # whatever a hostile table makes the parser raise
        raise KechoError("intake.broken_file", where=where, detail=_short(problem)) from None
    if _HEADER_BYTES + used * sector_bytes > len(data):
        raise KechoError("intake.truncated", where=where)
    return document


def _book(document: CompDoc, where: Location) -> bytes:
    """The bytes of the workbook stream, its whole chain followed."""
    for name in ("Workbook", "Book"):
        try:
            memory, start, length = document.locate_named_stream(name)
        except MemoryError:
            raise
        except Exception as problem:
            raise KechoError("intake.truncated", where=where) from problem
        if memory is not None:
            return bytes(memory[start : start + length])
    raise KechoError("intake.not_a_workbook", where=where, found="OLE2")


def _is_encrypted(book: bytes) -> bool:
    """A FILEPASS record in the workbook's globals, which stands among the first records."""
    at = 0
    while at + 4 <= len(book):
        record, length = struct.unpack_from("<HH", book, at)
        if record == _FILEPASS:
            return True
        if record == _EOF or (at == 0 and record != _BOF):
            return False
        at += 4 + length
    return False


def _short(problem: Exception) -> str:
    """One line of the parser's own words, for the person who looks into it."""
    return f"{type(problem).__name__}: {problem}".splitlines()[0][:120]
