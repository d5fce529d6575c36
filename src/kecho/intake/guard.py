"""The door: what a file is, and whether a parser may see it at all.

``open_checked`` looks at names and bytes only. It trusts neither the extension nor what the file says about itself,
and every refusal is a KechoError that names the file (and the sheet, row and column where known) and the next step.
"""

from __future__ import annotations

import hashlib
import stat
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kecho.intake import limits, ole_check, zip_check
from kecho.kernel.errors import KechoError, Location


class Kind(StrEnum):
    """What a file is by its content."""

    XLS = "xls"
    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be parsed.

    ``data`` is what the parser reads: the file's bytes, for .xlsx without rows that hold nothing when there are very
    many of them; empty for .csv, which is streamed from ``path``. ``sha256`` is of the file as it lies on the disk.
    ``notes`` are message codes of things worth telling that do not keep the file out.
    """

    path: Path
    name: str
    kind: Kind
    sha256: str
    data: bytes
    notes: tuple[str, ...] = ()


_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACRO_EXTENSIONS = {".xlsm", ".xltm", ".xlam", ".xla"}
_MARKUP = {
    b"<!doctype html": "HTML",
    b"<html": "HTML",
    b"<table": "HTML",
    b"<meta": "HTML",
    b"<head": "HTML",
    b"<style": "HTML",
    b"mime-version": "MHTML",
    b"<?xml": "XML",
    b"{\\rtf": "RTF",
    b"%pdf": "PDF",
}


def display_name(path: Path) -> str:
    """The file's own name, safe to print: NFC, control characters and undecodable bytes shown as "�"."""
    name = unicodedata.normalize("NFC", path.name or str(path))
    return "".join("�" if unicodedata.category(char) in ("Cc", "Cs", "Cf") else char for char in name)


def open_checked(path: Path | str) -> Checked:
    """The file at ``path``, once every check has passed.

    Raises KechoError ``intake.*``: see docs/reference/import.md for the list.
    """
    path = Path(path)
    where = Location(file=display_name(path))
    size = _size(path, where)
    extension = path.suffix.lower()
    if extension in _MACRO_EXTENSIONS:
        raise KechoError("intake.macro_workbook", where=where, part=extension)
    if extension not in {f".{kind}" for kind in Kind}:
        raise KechoError("intake.unknown_extension", where=where, extension=extension or "-")
    limit = limits.CSV_BYTES if extension == ".csv" else limits.WORKBOOK_BYTES
    if size > limit:
        raise KechoError("intake.file_too_large", where=where, size=_mebibytes(size), limit=_mebibytes(limit))
    return _open(path, extension, where)


def _size(path: Path, where: Location) -> int:
    """Bytes of a regular, readable, non-empty file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        raise KechoError("intake.missing_file", where=where) from None
    except PermissionError:
        raise KechoError("intake.no_permission", where=where) from None
    except (OSError, ValueError):  # a name too long, a NUL in it, a loop of links
        raise KechoError("intake.bad_path", where=where) from None
    if stat.S_ISDIR(found.st_mode):
        raise KechoError("intake.is_directory", where=where)
    if not stat.S_ISREG(found.st_mode):
        raise KechoError("intake.not_a_file", where=where)
    if found.st_size == 0:
        raise KechoError("intake.empty_file", where=where)
    return found.st_size


def _open(path: Path, extension: str, where: Location) -> Checked:
    try:
        if extension == ".csv":
            with path.open("rb") as stream:
                head = stream.read(64 * 1024)
                stream.seek(0)
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            _expect(extension, head, where)
            return Checked(path, where.file, Kind.CSV, sha256, b"")
        data = path.read_bytes()
    except PermissionError:
        raise KechoError("intake.no_permission", where=where) from None
    except OSError:
        raise KechoError("intake.bad_path", where=where) from None
    if extension == ".xlsx" and data.startswith(_OLE2):
        ole_check.check(data, where)  # an encrypted .xlsx is an OLE2 file: say so, rather than "wrong extension"
    kind = _expect(extension, data, where)
    sha256 = hashlib.sha256(data).hexdigest()
    if kind is Kind.XLS:
        return Checked(path, where.file, kind, sha256, data, ole_check.check(data, where))
    return Checked(path, where.file, kind, sha256, zip_check.check(data, where))


def _expect(extension: str, data: bytes, where: Location) -> Kind:
    """The kind that both the extension and the content tell."""
    found = _content(data)
    if found == extension:
        return Kind(extension[1:])
    if found in (".xls", ".xlsx"):
        raise KechoError("intake.wrong_extension", where=where, extension=extension, found=found)
    if found in set(_MARKUP.values()) | {".csv"}:
        raise KechoError("intake.not_a_workbook", where=where, found="CSV, TXT" if found == ".csv" else found)
    raise KechoError("intake.unknown_content", where=where, extension=extension)


def _content(data: bytes) -> str:
    """``.xls``, ``.xlsx``, ``.csv`` (any text), the name of a markup language, or empty when unknown."""
    if data.startswith(_OLE2):
        return ".xls"
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return ".xlsx"
    head = data[: 64 * 1024].removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    for start, name in _MARKUP.items():
        if head.startswith(start):
            return name
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16 text; the CSV reader says how to save it
        return ".csv"
    return "" if b"\0" in data[: 64 * 1024] else ".csv"


def _mebibytes(size: int) -> str:
    return f"{size / limits.MEBIBYTE:.0f}"
