"""``kecho notice`` and ``kecho calendar``: tell of a correction, and what is planned, here and late."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated

import typer

from kecho.intake import output

COLUMNS = ("day", "source", "period", "standing", "release", "rule")
BACK, AHEAD = timedelta(days=120), timedelta(days=366)


class Language(StrEnum):
    """The language of the calendar."""

    VI = "vi"
    EN = "en"


class Format(StrEnum):
    """How the calendar is written."""

    TEXT = "text"
    CSV = "csv"
    ICAL = "ical"


def notice(
    indicator: Annotated[str, typer.Argument(help="Mã chỉ tiêu / Indicator")],
    *,
    on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Ngày / Day")],
    vi: Annotated[str, typer.Option(help="Nội dung tiếng Việt / Text in Vietnamese")],
    en: Annotated[str, typer.Option(help="Nội dung tiếng Anh / Text in English")],
    locality: Annotated[str, typer.Option(help="Địa phương / Place")] = "VN",
    unplanned: Annotated[bool, typer.Option("--unplanned", help="Ngoài kế hoạch / Not planned")] = False,
) -> None:
    """Thông báo một đính chính / Tell of a correction."""
    from kecho.observatory.commands import store_readings

    store_readings.start()
    from kecho.observatory import notices
    from kecho.observatory.models import Notice
    from kecho.people import actors

    kind = Notice.Kind.UNPLANNED if unplanned else Notice.Kind.PLANNED
    made = notices.announce(
        actors.command_line(), kind, indicator, on.date(), text_vi=vi, text_en=en, locality=locality
    )
    typer.echo(f"{made.on} {made.indicator} {made.locality}: {made.text_vi} / {made.text_en}")


def calendar(
    *,
    lang: Annotated[Language, typer.Option(help="Ngôn ngữ / Language")] = Language.VI,
    form: Annotated[Format, typer.Option("--format", help="Dạng kết quả / Form of the output")] = Format.TEXT,
) -> None:
    """Lịch công bố: đã có, sắp đến, chậm / The release calendar: here, due, late."""
    from kecho.observatory.commands import store_readings

    store_readings.start()
    from django.utils import timezone

    from kecho.observatory import due

    today = timezone.localdate()
    found = due.planned(today - BACK, today + AHEAD, today)
    if form is Format.ICAL:
        name = "Lịch công bố số liệu" if lang == "vi" else "Release calendar"
        sys.stdout.buffer.write(due.ical(due.events(found, lang), name, datetime.now(UTC)))
        return
    records = [
        [str(one.day), one.source, one.period.code, one.standing.value, _number(one.release), one.rule.id]
        for one in found
    ]
    if form is Format.CSV:
        output.write_table(COLUMNS, records, sys.stdout)
        return
    for record in records:
        typer.echo("  ".join(record))


def _number(release: object | None) -> str:
    return f"#{release.id}" if release is not None else "-"  # type: ignore[attr-defined]
