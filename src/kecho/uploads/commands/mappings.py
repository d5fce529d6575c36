"""``kecho mappings``: the remembered mappings; one shown as a mapping file, or remembered from one."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import django
import typer

from kecho.intake.guard import display_name
from kecho.intake.own import mapping as mapping_files
from kecho.kernel.errors import KechoError


def mappings(
    *,
    show: Annotated[str, typer.Option(metavar="NAME", help="In một khai báo dạng TOML / Print one as TOML")] = "",
    remember: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Nhớ một tệp khai báo / Remember a file")
    ] = None,
    name: Annotated[str, typer.Option(help="Nhớ với tên / Remember under a name")] = "",
    locality: Annotated[str, typer.Option(help="Địa phương / Locality")] = "",
    reason: Annotated[str, typer.Option(help="Lý do thay đổi / Why it changes")] = "",
) -> None:
    """Liệt kê, xem và nhớ các khai báo bảng / List, show and remember the mappings of tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kecho.web.settings")
    django.setup()
    from kecho.people import actors
    from kecho.uploads import actions, queries

    if remember is not None:
        try:
            found = mapping_files.loads(remember.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            raise KechoError("observatory.mapping_unreadable", value=display_name(remember)) from None
        place = locality or found.locality or "VN"
        named = replace(found, name=name or found.name, locality=place)
        made = actions.remember(actors.command_line(), named, place, reason)
        typer.echo(f"{made.name}\tv{made.version}")
    elif show:
        from kecho.observatory.vocabulary import remembered

        for found in remembered(show).values():
            typer.echo(mapping_files.dumps(found), nl=False)
    else:
        for one in queries.latest():
            typer.echo(
                f"{one.name}\tv{one.version}\t{one.locality}\t{one.made_by}\t{one.made_at:%Y-%m-%d}\t{one.reason}"
            )
