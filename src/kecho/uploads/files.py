"""The bytes of uploads: under the hash of their content, below ``KECHO_HOME``, where no address leads."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

#: What may be handed in; the guard then looks whether the content is that.
EXTENSIONS = (".xlsx", ".xls", ".csv", ".xml")


def folder() -> Path:
    """Where uploads lie: no web server serves it."""
    return Path(settings.HOME) / "uploads"


def path_of(sha256: str, extension: str) -> Path:
    """``uploads/ab/abcdef….xlsx``: nothing of the name that somebody gave the file."""
    return folder() / sha256[:2] / f"{sha256}{extension}"


def keep(chunks: Iterable[bytes], extension: str) -> tuple[str, int]:
    """Write the bytes and return their hash and size. The file appears whole, readable by its owner alone."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    handle, partial = tempfile.mkstemp(dir=folder(), prefix="part-")
    try:
        with os.fdopen(handle, "wb") as stream:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                stream.write(chunk)
        target = path_of(digest.hexdigest(), extension)
        target.parent.mkdir(exist_ok=True, mode=0o700)
        Path(partial).replace(target)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
    return digest.hexdigest(), size


def drop(sha256: str, extension: str) -> bool:
    """Delete the bytes; whether there were any."""
    path = path_of(sha256, extension)
    existed = path.exists()
    path.unlink(missing_ok=True)
    return existed
