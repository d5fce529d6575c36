"""``kecho report``: the monthly report as a file."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period


class Language(StrEnum):
    """The language of the report."""

    VI = "vi"
    EN = "en"


class Format(StrEnum):
    """The file format."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    XLSX = "xlsx"


def report(  # noqa: PLR0917  # Typer reads options from parameters
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="Tháng báo cáo / Month, as 2025-02")],
    locality: Annotated[str, typer.Option(help="Mã địa phương / Code of the place")] = "VN",
    lang: Annotated[Language, typer.Option(help="Ngôn ngữ / Language")] = Language.VI,
    form: Annotated[Format, typer.Option("--format", help="Định dạng / File format")] = Format.DOCX,
    out: Annotated[Path | None, typer.Option(help="Tệp hoặc thư mục đích / File or folder to write")] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="Như được biết đến ngày / As known on this day"),
    ] = None,
) -> None:
    """Viết báo cáo tháng theo thể thức Nghị định 30/2020 / Write the monthly report."""
    import django

    month = Period.parse(period)
    django.setup()
    from kecho.publish import rendering
    from kecho.publish.report import compose

    made = compose(locality, month, lang.value, as_of.date() if as_of else None)
    path = rendering.target(out, locality, month, lang.value, form.value)
    try:
        rendering.render(made, path, form.value)
    except OSError as error:
        raise KechoError("publish.cannot_write", value=path.name, reason=error.strerror or str(error)) from error
    typer.echo(str(path))
