"""``kecho findings``: what the checks found in the figures that were imported."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kecho.intake import output

if TYPE_CHECKING:
    from kecho.observatory.queries import FindingInfo

COLUMNS = ("file", "severity", "rule", "indicator", "breakdown", "locality", "period", "cells", "sentence")


class Severity(StrEnum):
    """How grave; each also shows what is graver."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Language(StrEnum):
    """The language of the sentences."""

    VI = "vi"
    EN = "en"


class Format(StrEnum):
    """How the list is written."""

    TEXT = "text"
    CSV = "csv"


def findings(
    file: Annotated[str, typer.Argument(help="Tên tệp / A file's name; mặc định: mọi tệp / default: all files")] = "",
    *,
    severity: Annotated[Severity, typer.Option(help="Từ mức nào trở lên / From which severity on")] = Severity.WARNING,
    rule: Annotated[str, typer.Option(help="Chỉ một quy tắc / One rule only")] = "",
    lang: Annotated[Language, typer.Option(help="Ngôn ngữ / Language")] = Language.VI,
    form: Annotated[Format, typer.Option("--format", help="Dạng kết quả / Form of the output")] = Format.TEXT,
) -> None:
    """Liệt kê các phát hiện khi kiểm tra số liệu / List what the checks found in the imported figures."""
    from kecho.observatory.commands import store_readings

    store_readings.start()
    from kecho.observatory import queries

    wanted = list(Severity)[: list(Severity).index(severity) + 1]
    found = [one for one in queries.findings(rule=rule or None) if one.severity in wanted]
    found = [one for one in found if file in ("", one.release.file_name)]
    if form is Format.CSV:
        output.write_table(COLUMNS, (_record(one, lang) for one in found), sys.stdout)
        return
    for one in found:
        typer.echo(f"{one.release.file_name}: {one.severity} [{one.rule}] {one.text(lang)} {_cells(one)}".rstrip())
    typer.echo(f"{len(found)} phát hiện." if lang is Language.VI else f"{len(found)} findings.", err=True)


def _record(one: FindingInfo, lang: str) -> list[str]:
    key = one.key
    place = [key.indicator, key.breakdown, key.locality] if key else ["", "", ""]
    period = one.period.code if one.period else ""
    return [one.release.file_name, one.severity, one.rule, *place, period, _cells(one), one.text(lang)]


def _cells(one: FindingInfo) -> str:
    """``14.XK!D9 14.XK!D10``, as far as the figures stand in cells."""
    return " ".join(f"{cell['sheet']}!{cell['cell']}".removeprefix("!") for cell in one.cells if cell["cell"])
