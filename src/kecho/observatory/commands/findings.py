"""``kecho findings``: what the checks found in the figures that were imported."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kecho.intake import output
from kecho.observatory import states

if TYPE_CHECKING:
    from kecho.observatory.queries import FindingInfo

COLUMNS = (
    "file",
    "severity",
    "rule",
    "indicator",
    "breakdown",
    "locality",
    "period",
    "cells",
    "sentence",
    "finding",
    "state",
)


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


class Deed(StrEnum):
    """The ways to settle a finding."""

    ACCEPT = "accept"
    CORRECT = "correct"
    SEND_BACK = "send-back"
    REOPEN = "reopen"


def finding(
    deed: Annotated[Deed, typer.Argument(help="Cách xử lý / How it is settled")],
    number: Annotated[int, typer.Argument(min=1, help="Số của phát hiện / The finding's number")],
    *,
    reason: Annotated[str, typer.Option(help="Lý do / Reason")] = "",
    value: Annotated[str, typer.Option(help="Số đúng, khi đính chính / The right figure, for correct")] = "",
    observation: Annotated[int | None, typer.Option(help="Số liệu được đính chính / Which figure is corrected")] = None,
) -> None:
    """Xử lý một phát hiện: chấp nhận, đính chính, gửi trả / Settle a finding: accept, correct, send back."""
    from kecho.observatory.commands import store_readings

    store_readings.start()
    from kecho.observatory import settling
    from kecho.people import actors

    who = actors.command_line()
    if deed is Deed.CORRECT:
        made = settling.correct(number, who, value, reason, observation_id=observation)
    else:
        settle = {Deed.ACCEPT: settling.accept, Deed.SEND_BACK: settling.send_back, Deed.REOPEN: settling.reopen}[deed]
        made = settle(number, who, reason)
    vi, en = states.FINDING[made.kind]
    typer.echo(f"#{number}: {vi} / {en}")


def findings(
    file: Annotated[str, typer.Argument(help="Tên tệp / A file's name; mặc định: mọi tệp / default: all files")] = "",
    *,
    severity: Annotated[Severity, typer.Option(help="Từ mức nào trở lên / From which severity on")] = Severity.WARNING,
    rule: Annotated[str, typer.Option(help="Chỉ một quy tắc / One rule only")] = "",
    waiting: Annotated[bool, typer.Option("--waiting", help="Chỉ phát hiện chưa xử lý / Only open ones")] = False,
    lang: Annotated[Language, typer.Option(help="Ngôn ngữ / Language")] = Language.VI,
    form: Annotated[Format, typer.Option("--format", help="Dạng kết quả / Form of the output")] = Format.TEXT,
) -> None:
    """Liệt kê các phát hiện khi kiểm tra số liệu / List what the checks found in the imported figures."""
    from kecho.observatory.commands import store_readings

    store_readings.start()
    from kecho.observatory import queries, settling

    wanted = list(Severity)[: list(Severity).index(severity) + 1]
    found = [one for one in queries.findings(rule=rule or None) if one.severity in wanted]
    found = [one for one in found if file in ("", one.release.file_name)]
    found = [one for one in found if not waiting or one.state not in settling.DONE]
    if form is Format.CSV:
        output.write_table(COLUMNS, (_record(one, lang) for one in found), sys.stdout)
        return
    for one in found:
        end = "" if one.state == "open" else f" ({states.FINDING[one.state][lang == 'en']})"
        said = f"{one.severity} [{one.rule}] {one.text(lang)} {_cells(one)}".rstrip()
        typer.echo(f"{one.release.file_name}: {said} #{one.id}{end}")
    typer.echo(f"{len(found)} phát hiện." if lang is Language.VI else f"{len(found)} findings.", err=True)


def _record(one: FindingInfo, lang: str) -> list[str]:
    key = one.key
    place = [key.indicator, key.breakdown, key.locality] if key else ["", "", ""]
    period = one.period.code if one.period else ""
    return [
        one.release.file_name,
        one.severity,
        one.rule,
        *place,
        period,
        _cells(one),
        one.text(lang),
        str(one.id),
        one.state,
    ]


def _cells(one: FindingInfo) -> str:
    """``14.XK!D9 14.XK!D10``, as far as the figures stand in cells."""
    return " ".join(f"{cell['sheet']}!{cell['cell']}".removeprefix("!") for cell in one.cells if cell["cell"])
