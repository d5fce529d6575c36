"""``kecho outlook``: where an indicator is heading and whether its targets will be reached.

Exit status 0: told, whatever the chances are (a forecast that is refused is told too); 1: refused with a coded error
(no monthly figures, unknown indicator or place, bad date or year); 2: wrong use of the command.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kecho.kernel.errors import KechoError
from kecho.plan.commands import database

if TYPE_CHECKING:
    from kecho.outlook.answers import Outlook


class Format(StrEnum):
    """How the outlook is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Language(StrEnum):
    """The language of the table; JSON has both."""

    VI = "vi"
    EN = "en"


def outlook(
    indicator: Annotated[
        str,
        typer.Argument(
            help="Mã chỉ tiêu; bỏ trống: mọi mục tiêu của năm / Its code; left out: all targets of the year"
        ),
    ] = "",
    *,
    locality: Annotated[str, typer.Option("--locality", help="Mã địa phương: VN, VN-HN… / Code of the place")],
    breakdown: Annotated[str, typer.Option("--breakdown", help="Mã phân tổ / Code of the part")] = "",
    year: Annotated[int, typer.Option("--year", help="Năm; mặc định: năm của tháng tới / Year")] = 0,
    as_of: Annotated[
        str, typer.Option("--as-of", help="Theo số liệu biết đến ngày YYYY-MM-DD / By what was known on a day")
    ] = "",
    form: Annotated[Format, typer.Option("--format", help="Dạng kết quả / Form of the output")] = Format.TABLE,
    lang: Annotated[Language, typer.Option("--lang", help="Ngôn ngữ / Language")] = Language.VI,
) -> None:
    """Triển vọng: dự báo, xác suất đạt mục tiêu, động lực / Outlook: forecast, chance of the target, drivers."""
    day = _day(as_of)
    database.start()
    from django.utils import timezone

    from kecho.kernel import localities

    place = localities.get(locality).code
    if not indicator:
        for name, told in compute(place, year or (day or timezone.localdate()).year, day, lang):
            typer.echo(f"{name}: {told}")
        return
    from kecho.outlook import queries

    found = queries.outlook(indicator, place, breakdown, day)
    assert found is not None  # waited for without a limit
    _print(found, year, form, lang)


def _print(found: Outlook, year: int, form: Format, lang: str) -> None:
    from rich.console import Console

    from kecho.outlook import output, terminal
    from kecho.outlook.shown import show

    shown = show(found, year or None)
    if form is Format.JSON:
        output.write_json(shown, sys.stdout)
    elif form is Format.CSV:
        output.write_csv(shown, sys.stdout)
    else:
        terminal.print_tables(shown, lang, Console(highlight=False))


def compute(place: str, year: int, day: date | None, lang: str) -> Iterator[tuple[str, str]]:
    """Computes and keeps the outlook of every series that the open targets of the year watch: name and what it says.

    Raises KechoError ``outlook.nothing_to_compute``, ``plan.no_plan``.
    """
    from kecho.outlook import queries, sentences

    names = queries.watched(place, year, day)
    if not names:
        raise KechoError("outlook.nothing_to_compute", locality=place, year=year)
    for name in names:
        try:
            found = queries.outlook(*name, day)
        except KechoError as error:
            yield f"{name[0]} {name[2]}".strip(), error.what(lang)
            continue
        for one in queries.targets(found, year) if found else ():
            yield one.row.target.name(lang), " ".join(sentences.target(one, lang))


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise KechoError("outlook.bad_date", value=text) from None
