"""``kecho export``: an indicator's figures for other systems, as the public may read them."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import django
import typer

from kecho.publish.sdmx_forms import Form


def export(
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="Mã chỉ tiêu / Code of the indicator")],
    *,
    form: Annotated[Form, typer.Option("--format", help="Dạng thông điệp / Form of the message")] = Form.CSV,
    locality: Annotated[str, typer.Option(help="Địa phương; không có: tất cả / Locality; none: all")] = "",
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Như đã biết vào ngày / As known on a day")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Ghi vào tệp / Write to a file")] = None,
) -> None:
    """Xuất số liệu đã công bố dạng SDMX / Write published figures as SDMX."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kecho.web.settings")
    django.setup()
    from kecho.people import viewing
    from kecho.publish import sdmx

    with viewing.seen_by(viewing.PUBLIC):
        text = sdmx.message(indicator, locality or None, form, as_of.date() if as_of else None)
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
