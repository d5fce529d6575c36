"""``kecho uploads``: what was handed in, and the retention of its bytes."""

from __future__ import annotations

from typing import Annotated

import django
import typer

#: Days after which the bytes of an upload may go: the release keeps its figures, their cells and the file's hash.
KEPT_DAYS = 365


def uploads(
    *,
    purge: Annotated[bool, typer.Option("--purge", help="Xóa tệp quá hạn lưu / Delete files past their time")] = False,
    days: Annotated[int, typer.Option(min=1, help="Số ngày lưu tệp / Days that files are kept")] = KEPT_DAYS,
) -> None:
    """Liệt kê tệp đã tải lên; xóa tệp quá hạn / List uploads; delete those past their time."""
    django.setup()
    from kecho.people import actors
    from kecho.uploads import actions, queries

    actor = actors.command_line()
    if purge:
        typer.echo(actions.purge(actor, days))
        return
    for one in queries.visible(actor):
        release = one.release_id or "-"
        typer.echo(f"{one.pk}\t{one.made_at:%Y-%m-%d %H:%M}\t{one.state}\t{one.locality}\t{release}\t{one.name}")
