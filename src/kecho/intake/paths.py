"""Which files a command means: files as named, folders as the files in them that can be read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kecho.intake.guard import display_name
from kecho.kernel.errors import KechoError, Location

#: What is taken from a folder. Macro workbooks are among them, so that the guard says why they stay out.
_SUFFIXES = {".xls", ".xlsx", ".xlsm", ".csv", ".xml"}


def expand(paths: Iterable[Path]) -> list[Path]:
    """The files in order; a folder gives its own files by name, not those of folders inside it.

    Left out of a folder: other kinds of file, hidden files, and the lock files that Excel leaves beside an open one.
    Raises ``intake.empty_folder`` and ``intake.no_permission``.
    """
    found = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        where = Location(file=display_name(path))
        try:
            inside = sorted(file for file in path.iterdir() if _is_meant(file))
        except PermissionError:
            raise KechoError("intake.no_permission", where=where) from None
        if not inside:
            raise KechoError("intake.empty_folder", where=where)
        found += inside
    return found


def _is_meant(file: Path) -> bool:
    return file.suffix.lower() in _SUFFIXES and not file.name.startswith((".", "~$")) and file.is_file()
