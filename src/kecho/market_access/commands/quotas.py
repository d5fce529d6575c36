"""``kecho quotas``: tariff-rate quotas with volume, use and what is left; an event of use recorded.

Exit status 0: listed or recorded; 1: refused with a coded error; 2: wrong use of the command.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from kecho.kernel.errors import KechoError
from kecho.market_access.commands import database


class Language(StrEnum):
    """The language of what is printed."""

    VI = "vi"
    EN = "en"


def quotas(
    code: Annotated[
        str, typer.Argument(help="Mã hạn ngạch để ghi; bỏ trống: liệt kê / Quota to record for", metavar="[QUOTA]")
    ] = "",
    *,
    tonnes: Annotated[str, typer.Option("--tonnes", help="Tấn; số âm là trả lại / Negative gives back")] = "",
    on: Annotated[str, typer.Option("--on", help="Ngày YYYY-MM-DD; bỏ trống: hôm nay / Day")] = "",
    document: Annotated[str, typer.Option("--document", help="Số và ngày chứng từ / The document")] = "",
    year: Annotated[int, typer.Option("--year", help="Năm hạn ngạch; 0: năm của ngày / Quota year")] = 0,
    lang: Annotated[Language, typer.Option("--lang", help="Ngôn ngữ / Language")] = Language.VI,
) -> None:
    """Hạn ngạch thuế quan: lượng, đã dùng, còn lại; ghi một lần dùng / Tariff-rate quotas and their balances."""
    database.start()
    from django.utils import timezone

    from kecho.market_access import quota_use
    from kecho.people import actors

    try:
        day = date.fromisoformat(on) if on else timezone.localdate()
    except ValueError:
        raise KechoError("market_access.bad_day", value=on[:20]) from None
    if code:
        amount = quota_use.tonnes_of(tonnes)
        quota_use.record(code, day, amount, document, actors.command_line(), year=year)
    for one in quota_use.balances(year or day.year):
        if code in {"", one.quota.code}:
            typer.echo(f"{one.quota.code}  {one.text(lang, with_after=False)}")
