"""The file formats by name, and where a report is written when nobody says where."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.publish.model import Report

FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def render(report: Report, path: Path, form: str) -> Path:
    """Write the report in a format; the folder is made where it is not there. Raises ``publish.unknown_format``."""
    if form not in FORMATS:
        raise KechoError("publish.unknown_format", value=form, known=", ".join(FORMATS))
    path.parent.mkdir(parents=True, exist_ok=True)
    renderer = import_module(f"kecho.publish.{form}")  # each brings a heavy library; only the one asked for is loaded
    written: Path = renderer.render(report, path)
    return written


def file_name(locality: str, period: Period, lang: str, form: str) -> str:
    """``bao-cao-VN-HN-2025-02.docx``, ``report-VN-HN-2025-02.pdf``."""
    return f"{'bao-cao' if lang == 'vi' else 'report'}-{locality}-{period.code}.{form}"


def target(out: Path | None, locality: str, period: Period, lang: str, form: str) -> Path:
    """The path to write: as given, inside the folder given, or in the current folder under the report's own name."""
    name = file_name(locality, period, lang, form)
    if out is None:
        return Path(name)
    return out / name if out.is_dir() else out
