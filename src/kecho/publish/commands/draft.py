"""``kecho draft``: drafts of the monthly report, as on the pages. Returning and approving need somebody signed in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kecho.kernel.errors import KechoError


class What(StrEnum):
    """What to do with a draft."""

    LIST = "list"
    NEW = "new"
    SHOW = "show"
    WRITE = "write"
    CHANGES = "changes"
    REFRESH = "refresh"
    SUBMIT = "submit"
    EXPORT = "export"


class Form(StrEnum):
    """File formats of an export."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    XLSX = "xlsx"


def draft(
    what: Annotated[What, typer.Argument(help="Việc cần làm / What to do")],
    which: Annotated[str, typer.Argument(help="Số dự thảo; với new: tháng / Draft number; for new: month")] = "",
    slot: Annotated[str, typer.Argument(help="Vị trí (write) / Slot")] = "",
    *,
    locality: Annotated[str, typer.Option(help="Mã địa phương / Locality code")] = "VN",
    lang: Annotated[str, typer.Option(help="vi | en")] = "vi",
    text: Annotated[str, typer.Option(help="Nội dung (write) / Text")] = "",
    form: Annotated[Form, typer.Option("--format", help="Dạng tệp (export) / File format")] = Form.DOCX,
    out: Annotated[Path | None, typer.Option(help="Tệp hoặc thư mục ghi ra / File or folder")] = None,
) -> None:
    """Soạn báo cáo tháng: ghi thêm giữa các câu, xem số thay đổi, trình / Draft the monthly report."""
    from kecho.people import actors
    from kecho.plan.commands import database

    database.start()
    actor = actors.command_line()
    from kecho.publish import actions, queries
    from kecho.publish.drafting.slots import slots

    if what is What.LIST:
        for info in queries.drafts(actor):
            typer.echo(f"{info.id}\t{info.period.code}\t{info.locality}\t{info.lang}\t{info.state}\t{info.drafted_by}")
        return
    if what is What.NEW:
        from kecho.kernel.periods import Period

        typer.echo(actions.start_draft(locality, Period.parse(which), lang, actor))
        return
    pk = _number(which)
    if what is What.SHOW:
        found = queries.draft(pk, actor)
        for one in slots(found.computed):
            shown = getattr(one.block, "text", "") or getattr(one.block, "prompt", "") or type(one.block).__name__
            typer.echo(f"{one.name}\t{shown}")
            if passage := found.passages.get(one.name):
                typer.echo(f"{one.name}\t> {passage.text}")
    elif what is What.WRITE:
        standing = queries.draft(pk, actor).passages.get(slot)
        actions.write_passage(pk, slot, text, actor, replaces=standing.number if standing else 0)
    elif what in (What.CHANGES, What.REFRESH):
        changed = queries.changes_since(queries.draft(pk, actor))
        for number in changed.numbers:
            typer.echo(f"{number.label}\t{number.period}\t{number.measure}\t{number.before}\t{number.after}")
        if what is What.REFRESH:
            actions.refresh_draft(pk, actor)
    elif what is What.SUBMIT:
        typer.echo(actions.submit_draft(pk, actor).state)
    else:
        _export(pk, form, out)


def _export(pk: int, form: str, out: Path | None) -> None:
    from kecho.people import actors
    from kecho.publish import queries
    from kecho.publish.rendering import render, target

    found = queries.draft(pk, actors.command_line())
    info = found.info
    typer.echo(render(found.report, target(out, info.locality, info.period, info.lang, form), form))


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise KechoError("publish.unknown_draft", value=text[:20])
    return int(text)
