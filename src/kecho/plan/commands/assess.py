"""``kecho assess``: the plan board of a place and a year on the terminal, as JSON or as CSV.

Exit status 0: assessed, whatever the statuses are; 1: refused with a coded error (unknown place, no plan, bad date);
2: wrong use of the command.
"""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from kecho.kernel.errors import KechoError
from kecho.plan.commands import database

YEARS = range(1976, 2101)


class Format(StrEnum):
    """How the board is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Language(StrEnum):
    """The language of the table and of the CSV's words; JSON has both."""

    VI = "vi"
    EN = "en"


def assess(
    *,
    locality: Annotated[str, typer.Option("--locality", help="Mã địa phương: VN, VN-HN… / Code of the place")],
    year: Annotated[int, typer.Option("--year", help="Năm kế hoạch / Year of the plan")],
    as_of: Annotated[
        str, typer.Option("--as-of", help="Theo số liệu biết đến ngày YYYY-MM-DD / By what was known on a day")
    ] = "",
    form: Annotated[Format, typer.Option("--format", help="Dạng kết quả / Form of the output")] = Format.TABLE,
    lang: Annotated[Language, typer.Option("--lang", help="Ngôn ngữ / Language")] = Language.VI,
    why: Annotated[bool, typer.Option("--why", help="In cả phép tính / Print the arithmetic too")] = False,
) -> None:
    """Đánh giá các chỉ tiêu kế hoạch / Assess the targets of a plan."""
    day = _day(as_of)
    if year not in YEARS:
        raise KechoError("plan.bad_year", value=year)
    database.start()
    from kecho.plan import output, queries

    board = queries.board(locality, year, day)
    if form is Format.JSON:
        output.write_json(board, sys.stdout)
    elif form is Format.CSV:
        output.write_csv(board, sys.stdout, lang)
    else:
        output.print_table(board, lang, with_why=why)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise KechoError("plan.bad_date", value=text) from None
