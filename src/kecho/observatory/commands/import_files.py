"""``kecho import``: files in. With ``--dry-run`` the rows go to standard output and no database is touched.

Whatever is meant for people (progress, problems, what was left out) goes to standard error, so that standard output
stays data. Django is loaded only when figures are stored.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, TextIO

import typer

from kecho.intake import batch, output, paths, sdmx, summary
from kecho.intake.guard import display_name
from kecho.intake.own import mapping as mappings
from kecho.intake.own.applying import read_mapped
from kecho.intake.reader import Reader, read_file
from kecho.intake.reading import Reading
from kecho.kernel.errors import KechoError, Location
from kecho.kernel.periods import Period
from kecho.observatory.vocabulary import remembered


class Format(StrEnum):
    """How data is written."""

    CSV = "csv"
    JSON = "json"


class Language(StrEnum):
    """The language of what people read; errors come in both."""

    VI = "vi"
    EN = "en"


def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Tệp hoặc thư mục / Files or folders")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ đọc, không ghi / Read only, store nothing")] = False,
    form: Annotated[Format | None, typer.Option("--format", help="Dạng kết quả / Form of the output")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, max=64, help="Số tiến trình / Processes")] = None,
    out: Annotated[Path | None, typer.Option(help="Ghi kết quả vào tệp / Write the output to a file")] = None,
    reason: Annotated[str, typer.Option(help="Lý do đính chính / Why a month is imported again")] = "",
    as_draft: Annotated[
        bool, typer.Option("--draft", help="Nhập thành dự thảo chờ duyệt / As a draft that waits for approval")
    ] = False,
    mapping: Annotated[
        str, typer.Option(help="Khai báo: tên, tệp .toml hoặc “auto” / A mapping's name, a .toml file, or “auto”")
    ] = "",
    period: Annotated[str, typer.Option(help="Tháng của tệp, khi tệp không ghi / The file's month")] = "",
    list_skipped: Annotated[
        bool, typer.Option("--list-skipped", help="Nêu từng ô, biểu bỏ qua / Name all that is left out")
    ] = False,
    lang: Annotated[Language, typer.Option(help="Ngôn ngữ / Language")] = Language.VI,
) -> None:
    """Nhập sổ tính tháng hoặc CSV / Import monthly workbooks or tidy CSV.

    0: mọi tệp đều vào / all in; 1: có tệp bị từ chối / some file refused; 2: dùng sai / usage.
    """
    if not dry_run or (mapping and not mapping.endswith(".toml")):
        from kecho.observatory.commands import store_readings

        store_readings.start()
    with _output(out) as stream:
        readings = read(paths.expand(files), jobs, lang, reader_of(mapping, period))
        for reading in readings:
            _tell(summary.file_lines(reading, lang, is_full=list_skipped))
        if dry_run:
            rows = (row for reading in readings for row in reading.rows)
            output.write_rows(rows, stream, "json" if form is Format.JSON else "csv")
        else:
            outcomes = store_readings.store(readings, reason, lang, _tell, is_full=list_skipped, as_draft=as_draft)
            if form is Format.JSON:
                output.write_objects((outcome.as_dict() for outcome in outcomes), stream)
            elif form is Format.CSV:
                output.write_table(store_readings.COLUMNS, (outcome.counted() for outcome in outcomes), stream)
            readings = [outcome.reading for outcome in outcomes]
    _tell([summary.batch_line(readings, lang)])
    if not all(reading.is_read for reading in readings):
        raise typer.Exit(1)


def reader_of(mapping: str, period: str) -> Reader:
    """What reads a file: the usual readers, or mappings (a mapping file, a remembered name, ``auto`` for all of these).

    Raises ``observatory.unknown_mapping``, ``observatory.mapping_unreadable``, ``intake.mapping_broken``.
    """
    if not mapping:
        return read_file
    if period:
        Period.parse(period)
    if not mapping.endswith(".toml"):
        return partial(read_mapped, mappings=remembered("" if mapping == "auto" else mapping), reference=period)
    try:
        text = Path(mapping).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise KechoError("observatory.mapping_unreadable", value=display_name(Path(mapping))) from None
    if sdmx.has_rules(text):
        return partial(sdmx.read_sdmx, rules=sdmx.rules_of(tomllib.loads(text)))
    found = mappings.loads(text)
    return partial(read_mapped, mappings={found.signature: found}, reference=period)


def read(files: list[Path], jobs: int | None, lang: str, reader: Reader = read_file) -> list[Reading]:
    """All files, with a progress bar where somebody watches and there is something to wait for."""
    if len(files) < 2 or not sys.stderr.isatty():
        return batch.read_files(files, jobs, reader=reader)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Đọc tệp" if lang == "vi" else "Reading", total=len(files))
        return batch.read_files(
            files, jobs, lambda done, _all, _reading: bar.update(task, completed=done), reader=reader
        )


def _tell(lines: list[str]) -> None:
    for line in lines:
        typer.echo(line, err=True)


@contextlib.contextmanager
def _output(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears whole or not at all."""
    if path is None:
        yield sys.stdout
        return
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        stream = partial.open("w", encoding="utf-8", newline="")
    except OSError:
        raise KechoError("intake.cannot_write", where=Location(file=display_name(path)), path=path) from None
    try:
        with stream:
            yield stream
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
