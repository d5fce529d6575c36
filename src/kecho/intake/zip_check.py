"""Checks on the container of an .xlsx workbook (ZIP; ECMA-376 parts), before any parser sees it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath

from kecho.intake import limits, sheet_check
from kecho.kernel.errors import KechoError, Location

_CENTRAL_ENTRY = b"PK\x01\x02"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CONTENT_TYPES = "[Content_Types].xml"
_MARKUP_SUFFIXES = (".xml", ".rels", ".vml")
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""")
_KNOWN_ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
_OTHER_PROGRAMS = {
    "word/": "Word",
    "ppt/": "PowerPoint",
    "content.xml": "OpenDocument (.ods)",
    "xl/workbook.bin": ".xlsb",
}
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"


def check(data: bytes, where: Location) -> bytes:
    """The workbook's bytes, fit for a parser; sheets with very many rows come without the empty ones.

    Every part is unpacked once: that proves its checksum and its true size, and lets its text be looked at.
    """
    entries = _entries(data, where)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_other_content(archive, entries, where)
            sheets = sheet_check.Sheets(archive, where)
            replaced = {}
            for entry in entries:
                part = _unpack(archive, entry, where)
                _refuse_entities(entry.filename, part, where)
                shorter = sheets.check(entry.filename, part)
                if shorter is not None:
                    replaced[entry.filename] = shorter
            return _repacked(archive, replaced) if replaced else data
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OverflowError, ValueError) as problem:
        raise KechoError("intake.broken_file", where=where, detail=str(problem)[:120]) from None


def _entries(data: bytes, where: Location) -> list[zipfile.ZipInfo]:
    """The directory of the archive, once its numbers are plausible."""
    if data.count(_CENTRAL_ENTRY) > limits.ZIP_PARTS:  # counted before zipfile makes an object for each
        raise KechoError("intake.too_many_parts", where=where, limit=limits.ZIP_PARTS)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except Exception:  # no end-of-directory record, or one that points nowhere
        raise KechoError("intake.truncated", where=where) from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > limits.UNPACKED_BYTES or packed > len(data):  # parts that overlap count more than there is
        _refuse_bomb(unpacked, len(data), where)
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise KechoError("intake.encrypted", where=where)
        large = entry.file_size > limits.RATIO_FREE_BYTES
        if large and entry.file_size > limits.UNPACK_RATIO * max(entry.compress_size, 1):
            _refuse_bomb(entry.file_size, entry.compress_size, where)
        if entry.compress_type not in _METHODS:
            detail = f"{entry.filename[:60]!r}: method {entry.compress_type}"
            raise KechoError("intake.broken_file", where=where, detail=detail)
    _refuse_names([entry.filename for entry in entries], where)
    return entries


def _refuse_bomb(unpacked: int, packed: int, where: Location) -> None:
    unpacked_mib, packed_mib = (f"{size / limits.MEBIBYTE:.1f}" for size in (unpacked, packed))
    raise KechoError("intake.zip_bomb", where=where, unpacked=unpacked_mib, packed=packed_mib)


def _refuse_names(names: list[str], where: Location) -> None:
    """Names that lead out of the archive, and two parts of one name (parsers differ in which they read)."""
    seen = set()
    for name in names:
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[:1] or name in seen:
            raise KechoError("intake.unsafe_parts", where=where, part=ascii(name[:80]))
        seen.add(name)


def _refuse_other_content(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], where: Location) -> None:
    """Macros, other programs' files, and archives that are no workbook at all."""
    names = {entry.filename for entry in entries}
    for start, program in _OTHER_PROGRAMS.items():
        if any(name.startswith(start) for name in names):
            raise KechoError("intake.not_a_workbook", where=where, found=program)
    if _CONTENT_TYPES not in names or not any(name.startswith("xl/") for name in names):
        raise KechoError("intake.not_a_workbook", where=where, found="ZIP")
    macros = [name for name in names if "vbaproject" in name.lower() or name.lower().startswith("xl/macrosheets/")]
    if macros:
        raise KechoError("intake.macro_workbook", where=where, part=min(macros))
    if b"macroenabled" in _unpack(archive, archive.getinfo(_CONTENT_TYPES), where).lower():
        raise KechoError("intake.macro_workbook", where=where, part=_CONTENT_TYPES)
    if "xl/workbook.xml" in names and _STRICT in _unpack(archive, archive.getinfo("xl/workbook.xml"), where):
        raise KechoError("intake.not_a_workbook", where=where, found="Strict Open XML")


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, where: Location) -> bytes:
    """One part. zipfile stops at the declared size and checks the sum: a part that lies about its size fails here."""
    try:
        return archive.read(entry)
    except RuntimeError:  # a password is asked for
        raise KechoError("intake.encrypted", where=where) from None


def _refuse_entities(name: str, part: bytes, where: Location) -> None:
    """No workbook part has a document type; one that has can name files of this machine or grow without bound."""
    if not name.lower().endswith(_MARKUP_SUFFIXES):
        return
    text = part.replace(b"\0", b"") if b"\0" in part[:64] else part  # UTF-16 shows as ASCII with zeros between
    encoding = _ENCODING.match(text.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t"))
    known = encoding is None or encoding[1].lower() in _KNOWN_ENCODINGS
    if not known or b"<!DOCTYPE" in text or b"<!ENTITY" in text:  # XML knows no other case
        raise KechoError("intake.xml_entities", where=where, part=ascii(name[:80]))


def _repacked(archive: zipfile.ZipFile, replaced: dict[str, bytes]) -> bytes:
    """The same archive with some parts exchanged, packed fast."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for entry in archive.infolist():
            target.writestr(entry.filename, replaced.get(entry.filename) or archive.read(entry))
    return buffer.getvalue()
