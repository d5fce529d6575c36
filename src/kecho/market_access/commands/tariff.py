"""``kecho tariff``: schedules, correlations and rules of origin in; what is loaded; what a new file changes."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kecho.kernel.errors import KechoError
from kecho.market_access.commands import database

if TYPE_CHECKING:
    from kecho.market_access.actions import Loaded

_SHOWN = 20

_WORDS = {
    "vi": {
        "same": "{file}: không có gì thay đổi",
        "loaded": "{file}: đã nhập {lines} dòng thuế; {left} dòng bỏ lại, {unread} ô không đọc được",
        "trial": "{file}: {lines} dòng thuế (chưa lưu); {left} dòng bỏ lại, {unread} ô không đọc được",
        "changes": "so với bản đang dùng: {added} dòng mới, {removed} dòng mất, {changed} ô đổi mức",
        "more": "… còn {count}",
        "links": "{file}: {count} liên hệ {newer} - {older}",
        "rules": "{file}: {count} câu quy tắc xuất xứ vào bộ “{name}”",
        "measures": "{file}: {added} biện pháp mới, {replaced} thay bản cũ, {same} không đổi; {left} dòng bỏ lại",
        "measures_trial": "{file} (chưa lưu): {added} biện pháp mới, {replaced} thay bản cũ, {same} không đổi; "
        "{left} dòng bỏ lại",
        "fictional": "hư cấu",
        "none": "Chưa có biểu thuế nào.",
        "sample": "mẫu",
    },
    "en": {
        "same": "{file}: nothing has changed",
        "loaded": "{file}: {lines} lines loaded; {left} rows left out, {unread} cells not understood",
        "trial": "{file}: {lines} lines (not stored); {left} rows left out, {unread} cells not understood",
        "changes": "against the edition in use: {added} lines new, {removed} gone, {changed} cells print another rate",
        "more": "… {count} more",
        "links": "{file}: {count} links {newer} - {older}",
        "rules": "{file}: {count} sentences of origin rules into the set “{name}”",
        "measures": "{file}: {added} measures added, {replaced} replaced, {same} the same; {left} rows left out",
        "measures_trial": "{file} (not stored): {added} measures added, {replaced} replaced, {same} the same; "
        "{left} rows left out",
        "fictional": "fictional",
        "none": "No schedule is loaded yet.",
        "sample": "sample",
    },
}


class Deed(StrEnum):
    """What to do."""

    LOAD = "load"
    LIST = "list"
    LINKS = "links"
    RULES = "rules"
    MEASURES = "measures"
    SAMPLE = "sample"


class Language(StrEnum):
    """The language of what is printed; errors come in both."""

    VI = "vi"
    EN = "en"


def tariff(
    deed: Annotated[
        Deed,
        typer.Argument(
            help="load: biểu thuế / a schedule; links: bảng tương quan HS; rules: quy tắc xuất xứ; "
            "measures: thuế tự vệ, chống bán phá giá, mức tạm thời / measures (no file: list them); list; sample"
        ),
    ] = Deed.LIST,
    file: Annotated[Path | None, typer.Argument(help="Tệp .csv hoặc .csv.gz / The file", metavar="FILE")] = None,
    *,
    layout: Annotated[str, typer.Option("--layout", help="Cách bố trí: vn-2026, jp-2026… / Layout of the file")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ đọc và so sánh / Read and compare only")] = False,
    editions: Annotated[str, typer.Option("--editions", help="links: HS2022:HS2017")] = "",
    columns: Annotated[str, typer.Option("--columns", help="links: cột mới:cột cũ / newer:older column")] = "",
    name: Annotated[str, typer.Option("--name", help="rules: vietnam, cptpp… / Name of the rule set")] = "",
    source: Annotated[str, typer.Option("--source", help="rules: nguồn / Where the rules come from")] = "",
    lang: Annotated[Language, typer.Option("--lang", help="Ngôn ngữ / Language")] = Language.VI,
) -> None:
    """Nhập, liệt kê biểu thuế, tương quan HS, quy tắc xuất xứ / Load and list schedules, links, rules of origin."""
    database.start()
    words = _WORDS[lang]
    if deed is Deed.LIST:
        _list(words, lang)
    elif deed is Deed.SAMPLE:
        _sample(words, lang)
    elif deed is Deed.MEASURES:
        _measures(file, words, lang, trial=dry_run)
    elif file is None:
        raise KechoError("market_access.no_file")
    elif deed is Deed.LOAD:
        _load(file, layout, words, lang, trial=dry_run)
    elif deed is Deed.LINKS:
        _links(file, editions, columns, words)
    else:
        _rules(file, name, source, words)


def _list(words: dict[str, str], lang: str) -> None:
    from kecho.market_access.models import Schedule

    found = list(Schedule.objects.filter(superseded_at=None))
    if not found:
        typer.echo(words["none"])
    for one in found:
        title = one.title_vi if lang == "vi" else one.title_en
        mark = f" ({words['sample']})" if one.is_sample else ""
        span = f"{one.valid_from} .. {one.valid_to or '…'}"
        typer.echo(f"{one.market}  {one.layout}{mark}  {title}  {one.line_count}  {one.hs_edition}  {span}")


def _load(file: Path, layout: str, words: dict[str, str], lang: str, *, trial: bool) -> None:
    from kecho.market_access import actions
    from kecho.people import actors

    _report(actions.load_schedule(file, layout, actors.command_line(), trial=trial), words, lang)


def _sample(words: dict[str, str], lang: str) -> None:
    from kecho.market_access.sample import load

    for done in load():
        _report(done, words, lang)


def _report(done: Loaded, words: dict[str, str], lang: str) -> None:
    reading, changes = done.reading, done.difference
    counts = {"lines": len(reading.lines), "left": len(reading.left_out), "unread": len(reading.unread)}
    key = "same" if done.is_same else "loaded" if done.schedule else "trial"
    typer.echo(words[key].format(file=reading.file_name, **counts))
    if not done.is_same:
        sizes = {"added": len(changes.added), "removed": len(changes.removed), "changed": len(changes.changed)}
        typer.echo(words["changes"].format(**sizes))
        for one in changes.changed[:_SHOWN]:
            typer.echo(f"  {one.line} {one.column}: {json.dumps(one.before, ensure_ascii=False)} -> {one.after!r}")
    problems = [*reading.left_out, *reading.unread]
    for problem in problems[:_SHOWN]:
        typer.echo(problem.text(lang), err=True)
    if len(problems) > _SHOWN:
        typer.echo(words["more"].format(count=len(problems) - _SHOWN), err=True)


def _links(file: Path, editions: str, columns: str, words: dict[str, str]) -> None:
    from kecho.market_access import actions
    from kecho.people import actors

    pairs = [text.split(":") for text in (editions, columns)]
    if any(len(pair) != 2 for pair in pairs):
        raise KechoError("market_access.bad_pair", value=f"{editions} {columns}")
    (newer, older), (newer_column, older_column) = pairs
    count = actions.load_links(file, newer, older, (newer_column, older_column), actors.command_line())
    typer.echo(words["links"].format(file=file.name, count=count, newer=newer, older=older))


def _measures(file: Path | None, words: dict[str, str], lang: str, *, trial: bool) -> None:
    """Load a file of measures, or list those held."""
    from kecho.market_access import files, measures
    from kecho.market_access.models import Measure
    from kecho.people import actors

    if file is None:
        for one in Measure.objects.filter(superseded_at=None):
            span = f"{one.valid_from} - {one.valid_to or '…'}"
            mark = f" ({words['fictional']})" if one.is_fictional else ""
            origins = one.origins or "*"
            typer.echo(f"{one.market} {one.hs} {one.kind} {origins} {one.printed} {span} {one.document}{mark}")
        return
    done = measures.load(files.read_bytes(file), file.name, actors.command_line(), trial=trial)
    counts = {"added": len(done.added), "replaced": len(done.replaced), "same": done.same, "left": len(done.left_out)}
    typer.echo(words["measures_trial" if trial else "measures"].format(file=file.name, **counts))
    for problem in done.left_out[:_SHOWN]:
        typer.echo(problem.text(lang), err=True)
    if len(done.left_out) > _SHOWN:
        typer.echo(words["more"].format(count=len(done.left_out) - _SHOWN), err=True)


def _rules(file: Path, name: str, source: str, words: dict[str, str]) -> None:
    from kecho.market_access import actions
    from kecho.people import actors

    count = actions.load_rules(file, name, source, actors.command_line())
    typer.echo(words["rules"].format(file=file.name, count=count, name=name))
