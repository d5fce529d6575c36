"""Bytes that no office would send, and readers that misbehave. Made here: no hostile file lies in the project."""

from __future__ import annotations

import io
import os
import signal
import struct
import sys
import time
import zipfile
from pathlib import Path

import xlsxwriter

from kecho.intake.reading import Reading, TableNote
from kecho.kernel.errors import KechoError, Location

# ---- .xlsx


def workbook(rows: list[list[object]] | None = None, sheet: str = "14.XK") -> bytes:
    """A sound small .xlsx."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows or [["Tháng 2", 117.17], ["Tổng số", 33.2]]):
            page.write_row(number, 0, row)
    return buffer.getvalue()


def changed(
    data: bytes, parts: dict[str, bytes | None] | None = None, *, replace: tuple[str, bytes, bytes] | None = None
) -> bytes:
    """The archive with parts put in (None: taken out), or with bytes replaced in one part."""
    buffer = io.BytesIO()
    parts = dict(parts or {})
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if replace and entry.filename == replace[0]:
                assert replace[1] in content
                content = content.replace(replace[1], replace[2])
            if entry.filename in parts:
                content = parts.pop(entry.filename)
            if content is not None:
                target.writestr(entry.filename, content)
        for name, content in parts.items():
            target.writestr(name, content or b"")
    return buffer.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts and nothing else."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return buffer.getvalue()


def forged(
    data: bytes, part: str, *, flag: int | None = None, size: int | None = None, method: int | None = None
) -> bytes:
    """The archive whose directory lies about one part: flag bits, unpacked size or packing method."""
    patched = bytearray(data)
    at = 0
    while (at := patched.find(b"PK\x01\x02", at)) >= 0:
        length = struct.unpack_from("<H", patched, at + 28)[0]
        if bytes(patched[at + 46 : at + 46 + length]) == part.encode():
            if flag is not None:
                struct.pack_into("<H", patched, at + 8, flag)
            if method is not None:
                struct.pack_into("<H", patched, at + 10, method)
            if size is not None:
                struct.pack_into("<I", patched, at + 24, size)
        at += 4
    return bytes(patched)


def overlapped(data: bytes, times: int) -> bytes:
    """The archive whose directory names its largest part under many more names, all pointing at the same bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        start = source.start_dir
        entries = len(source.infolist())
        largest = max(source.infolist(), key=lambda entry: entry.compress_size).filename.encode()
    end = data.rindex(b"PK\x05\x06")
    directory = data[start:end]
    at = directory.index(largest) - 46
    length = 46 + sum(struct.unpack_from("<HHH", directory, at + 28))
    record = directory[at : at + length]
    twins = [record.replace(largest, f"{number:02d}".encode() + largest[2:]) for number in range(times)]
    directory += b"".join(twins)
    tail = bytearray(data[end:])
    struct.pack_into("<HHI", tail, 8, entries + times, entries + times, len(directory))
    return data[:start] + directory + bytes(tail)


def sheet_xml(rows: str, tail: str = "") -> bytes:
    """A worksheet part with these rows, written out."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{tail}</worksheet>'.encode()


def with_sheet(rows: str, tail: str = "") -> bytes:
    """A workbook whose only sheet, "14.XK", has these rows."""
    return changed(workbook(), {"xl/worksheets/sheet1.xml": sheet_xml(rows, tail)})


def million_empty_rows() -> bytes:
    """Two values above a million rows that hold formats and nothing else."""
    values = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>117.17</v></c></row>'
    empty = "".join([f'<row r="{row}" s="1"><c r="A{row}" s="1"/></row>' for row in range(3, 1_048_577)])
    return with_sheet(values + empty)


# ---- .xls

_SECTOR = 512
_END, _FREE, _FAT = -2, -1, -3


def compound(streams: dict[str, bytes], *, loops: bool = False) -> bytes:
    """An OLE2 compound file with these streams (each filled up to 4,096 bytes, so that none is a mini stream)."""
    table: list[int] = [_FAT]
    body: list[bytes] = []
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    directory_sectors = -(-(len(streams) + 1) // 4)
    table += [index + 2 for index in range(directory_sectors - 1)] + [_END]
    for number, (name, content) in enumerate(streams.items(), 1):
        size = max(len(content), 4096)
        count = -(-size // _SECTOR)
        start = len(table)
        table += [start + index + 1 for index in range(count - 1)] + [start if loops else _END]
        body.append(content.ljust(count * _SECTOR, b"\0"))
        right = number + 1 if number < len(streams) else -1
        entries.append(_entry(name, 2, start, size, right=right))
    assert len(table) <= _SECTOR // 4
    fat = struct.pack("<128i", *table, *[_FREE] * (128 - len(table)))
    header = bytearray(_SECTOR)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", header, 44, 1, 1)  # one table sector; the directory starts at sector 1
    struct.pack_into("<IiIiI", header, 56, 4096, _END, 0, _END, 0)  # no mini streams, no further table of tables
    struct.pack_into("<109i", header, 76, 0, *[_FREE] * 108)  # the table is sector 0
    directory = b"".join(entries).ljust(directory_sectors * _SECTOR, b"\0")
    return bytes(header) + fat + directory + b"".join(body)


def _entry(name: str, kind: int, start: int, size: int, *, right: int = -1, child: int = -1) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    head = letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters), kind, 1)
    return head + struct.pack("<iii", -1, right, child) + b"\0" * 36 + struct.pack("<iII", start, size, 0)


def records(*pairs: tuple[int, bytes]) -> bytes:
    """BIFF records one after the other."""
    return b"".join(struct.pack("<HH", code, len(body)) + body for code, body in pairs)


_BOF = (0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
PLAIN_BOOK = records(_BOF, (0x000A, b""))
LOCKED_BOOK = records(_BOF, (0x002F, struct.pack("<HHH", 0, 1, 2)), (0x000A, b""))


# ---- readers for the batch: each is looked up by name in the worker


def kind_reader(path: Path) -> Reading:
    """What the file's stem says: a reading, or one way to fail."""
    stem = path.stem.split("-")[0]
    if stem == "crash":
        os._exit(3)
    if stem == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    if stem == "hang":
        time.sleep(60)
    if stem == "memory":
        bytearray(1 << 45)
    if stem == "bug":
        Location().text("fr")  # a KeyError in this package's own lines
    if stem == "parser":
        zipfile.ZipFile(io.BytesIO(b"no zip"))
    if stem == "coded":
        raise KechoError("intake.truncated", where=Location(file=path.name))
    if stem == "noise":
        sys.stdout.write("noise on standard output")
    return month_reader(path)


def month_reader(path: Path) -> Reading:
    """A reading whose month is the file's text, with one recognised table."""
    text = path.read_text("utf-8")
    table = TableNote("exports", "14.XK", "Xuất khẩu", 1, 2, 1, 1, 0)
    return Reading(path.name, sha256=text + path.stem[-1:], period=text, tables=[table])
