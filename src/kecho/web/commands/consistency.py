"""``kecho consistency``: can the printed figures of a text be true together, and what follows from them?"""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kecho.analytics.consistency import telling, written
from kecho.kernel.errors import KechoError, Location

LARGEST_FILE = 1_000_000  # bytes; five hundred statements are a tenth of it
CLASH = 3  # exit status


class Format(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    JSON = "json"


class Language(StrEnum):
    """The language of the text; JSON has both."""

    VI = "vi"
    EN = "en"


def consistency(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Tệp nhận định (TOML) / File of statements")],
    form: Annotated[Format, typer.Option("--format", help="Dạng kết quả / Form of the output")] = Format.TABLE,
    lang: Annotated[Language, typer.Option("--lang", help="Ngôn ngữ / Language")] = Language.VI,
) -> None:
    """Các con số đã in có cùng đúng được không / Can printed figures be true together.

    0: cùng đúng được / they can; 3: mâu thuẫn / they clash; 1: tệp bị từ chối / file refused; 2: dùng sai / usage.
    """
    where = Location(file.name)
    found = written.read_statements(_text(file, where), where)
    if form is Format.JSON:
        typer.echo(json.dumps(telling.as_dict(found), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(telling.tell(found, lang)))
    if not found.statements.check().is_possible:
        raise typer.Exit(CLASH)


def _text(file: Path, where: Location) -> str:
    if not file.is_file():
        raise KechoError("analytics.text_no_file", where=where)
    if file.stat().st_size > LARGEST_FILE:
        raise KechoError("analytics.text_too_large", where=where, most=LARGEST_FILE)
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise KechoError("analytics.text_not_utf8", where=where) from None
