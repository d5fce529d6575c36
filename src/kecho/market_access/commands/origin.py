"""``kecho origin``: a filled template held against the rules of every agreement at once, or an empty template.

Exit status 0: judged, whatever the verdicts; 1: refused with coded errors; 2: wrong use of the command.
"""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kecho.kernel.errors import KechoError
from kecho.market_access.commands import database


class Format(StrEnum):
    """How the result is written."""

    TEXT = "text"
    JSON = "json"


class Language(StrEnum):
    """The language of the text; JSON has both."""

    VI = "vi"
    EN = "en"


def origin(
    file: Annotated[Path, typer.Argument(help="Tệp định mức .xlsx / The bill of materials")],
    *,
    template: Annotated[bool, typer.Option("--template", help="Ghi tệp mẫu vào đó / Write the template there")] = False,
    form: Annotated[Format, typer.Option("--format", help="Dạng kết quả / Form of the output")] = Format.TEXT,
    lang: Annotated[Language, typer.Option("--lang", help="Ngôn ngữ / Language")] = Language.VI,
) -> None:
    """Tự kiểm tra xuất xứ theo mọi hiệp định / Check a product's origin under every agreement."""
    from kecho.market_access.origin import template as sheet

    if template:
        file.write_bytes(sheet.write())
        typer.echo(str(file))
        return
    if not file.is_file():
        raise KechoError("market_access.no_file")
    database.start()
    from kecho.market_access.origin import telling
    from kecho.market_access.origin.selfcheck import selfcheck

    bill, outcomes = selfcheck(sheet.read(file.read_bytes(), file.name))
    if form is Format.JSON:
        typer.echo(json.dumps(telling.as_dict(bill, outcomes), ensure_ascii=False, indent=1))
        return
    for line in telling.text(bill, outcomes, lang):
        typer.echo(line)
