"""``kecho releases`` and ``kecho release``: what was delivered, how far each draft has come, and its next step."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kecho.intake import output
from kecho.kernel.errors import KechoError
from kecho.observatory import states

if TYPE_CHECKING:
    from kecho.observatory.queries import ReleaseInfo

COLUMNS = ("release", "source", "period", "state", "published_on", "public_from", "findings", "file")


class Language(StrEnum):
    """The language of the list."""

    VI = "vi"
    EN = "en"


class Format(StrEnum):
    """How the list is written."""

    TEXT = "text"
    CSV = "csv"


class Deed(StrEnum):
    """What can be done with a release that came as a draft."""

    CHECK = "check"
    APPROVE = "approve"
    PUBLISH = "publish"
    SEND_BACK = "send-back"
    RESUBMIT = "resubmit"


def releases(
    *,
    waiting: Annotated[bool, typer.Option("--waiting", help="Chỉ bản chưa công bố / Only unpublished ones")] = False,
    lang: Annotated[Language, typer.Option(help="Ngôn ngữ / Language")] = Language.VI,
    form: Annotated[Format, typer.Option("--format", help="Dạng kết quả / Form of the output")] = Format.TEXT,
) -> None:
    """Liệt kê các lần công bố và trạng thái / List the releases and how far they have come."""
    from kecho.observatory.commands import store_readings

    store_readings.start()
    from kecho.observatory import queries

    found = [one for one in queries.releases() if not (waiting and one.is_public)]
    open_findings = queries.open_findings_by_release()
    records = [_record(one, open_findings.get(one.id, 0), lang) for one in found]
    if form is Format.CSV:
        output.write_table(COLUMNS, records, sys.stdout)
        return
    for number, source, period, state, day, moment, count, file in records:
        typer.echo(f"{number:>6} {day} {period:<8} {state:<20} {source:<12} {count:>4} {file} {moment}".rstrip())


def release(
    deed: Annotated[Deed, typer.Argument(help="Bước / Step")],
    number: Annotated[int, typer.Argument(min=1, help="Số của lần công bố / The release's number")],
    *,
    reason: Annotated[str, typer.Option(help="Lý do, ghi chú / Reason, note")] = "",
    at: Annotated[str, typer.Option(help="Công bố từ lúc / Public from: 2026-12-06T09:00")] = "",
) -> None:
    """Kiểm tra, duyệt, công bố hoặc trả lại một bản dự thảo / Check, approve, publish or send back a draft.

    KECHO_ACTOR nêu tên người làm; mỗi bước một người khác. / KECHO_ACTOR names who acts; each step is another person's.
    """
    from kecho.observatory.commands import store_readings

    store_readings.start()
    from kecho.observatory import approval, queries
    from kecho.people import actors

    who = actors.command_line()
    if deed is Deed.SEND_BACK:
        approval.send_back(number, who, reason)
    elif deed is Deed.RESUBMIT:
        approval.resubmit(number, who, reason)
    else:
        approval.forward(approval.Deed(deed), number, who, note=reason, public_from=_moment(at))
    info = queries.release(number)
    vi, en = states.RELEASE[states.of(info)]
    typer.echo(f"{number} {info.shown_name}: {vi} / {en}")


def _moment(text: str) -> datetime | None:
    """A moment in the place's own time. Raises ``observatory.bad_embargo``."""
    if not text:
        return None
    from django.utils import timezone

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise KechoError("observatory.bad_embargo", value=text) from None
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _record(info: ReleaseInfo, findings: int, lang: str) -> list[str]:
    from django.utils import timezone

    moment = timezone.localtime(info.public_from).isoformat(timespec="minutes") if info.public_from else ""
    period = info.period.code if info.period else ""
    state = states.RELEASE[states.of(info)][lang == "en"]
    return [str(info.id), info.source, period, state, str(info.published_on), moment, str(findings), info.shown_name]
