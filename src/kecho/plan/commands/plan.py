"""``kecho plan``: plan files in, or the list of stored versions.

Exit status 0: all versions of all files are stored (or were already); 1: a file is refused with all its problems, and
the files before it stay stored; 2: wrong use of the command.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kecho.kernel.errors import KechoError, KechoErrors
from kecho.plan.commands import database

if TYPE_CHECKING:
    from kecho.plan.rules import Finding

_WORDS = {
    "vi": {
        "stored": "{file}: đã lưu {label}",
        "same": "{file}: {label} đã có, không thay đổi",
        "read": "{file}: {label}, {count} chỉ tiêu (chưa lưu)",
        "none": "Chưa có kế hoạch nào.",
        "draft": "dự thảo",
        "coming": "sắp có hiệu lực",
        "in_force": "đang thực hiện",
        "superseded": "đã được thay thế",
        "ended": "đã kết thúc",
    },
    "en": {
        "stored": "{file}: stored {label}",
        "same": "{file}: {label} is there already, nothing changed",
        "read": "{file}: {label}, {count} targets (not stored)",
        "none": "There is no plan yet.",
        "draft": "draft",
        "coming": "in force later",
        "in_force": "in force",
        "superseded": "superseded",
        "ended": "ended",
    },
}


class Language(StrEnum):
    """The language of what is printed; errors come in both."""

    VI = "vi"
    EN = "en"


def plan(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE…]", help="Tệp kế hoạch .toml, .csv / Plan files; không có: liệt kê / none: list"),
    ] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ kiểm tra, không lưu / Check only")] = False,
    locality: Annotated[str, typer.Option(help="Chỉ liệt kê một địa phương / List one place only")] = "",
    lang: Annotated[Language, typer.Option(help="Ngôn ngữ / Language")] = Language.VI,
) -> None:
    """Nhập kế hoạch và bản điều chỉnh, hoặc liệt kê các phiên bản / Import plans and revisions, or list versions."""
    if not files:
        _list(locality, lang)
    for file in files or []:
        _check(file, lang) if dry_run else _store(file, lang)


def _store(file: Path, lang: str) -> None:
    database.start()
    from kecho.people import actors
    from kecho.plan import actions

    done = actions.import_plan(file, actors.command_line())
    for word, labels in (("stored", done.created), ("same", done.unchanged)):
        for label in labels:
            typer.echo(_WORDS[lang][word].format(file=file.name, label=label))
    _tell(done.findings, lang)


def _check(file: Path, lang: str) -> None:
    """Everything that storing would check except what is stored already. No database is touched."""
    from kecho.plan import rules, validation
    from kecho.plan.assessment import load_bands
    from kecho.plan.files import read_plans

    written = read_plans(file)
    problems: list[KechoError] = [problem for one in written for problem in validation.errors(one, load_bands())]
    if problems:
        raise KechoErrors(problems)
    for one in written:
        values = {"file": file.name, "label": one.draft.label, "count": len(one.draft.targets)}
        typer.echo(_WORDS[lang]["read"].format(**values))
        _tell(((one.draft.label, finding) for finding in rules.findings(one.draft)), lang)


def _tell(findings: Iterable[tuple[str, Finding]], lang: str) -> None:
    for label, finding in findings:
        typer.echo(f"  {label} {finding.rule.id}: {finding.text(lang)}")


def _list(locality: str, lang: str) -> None:
    database.start()
    from kecho.plan import queries

    infos = queries.plans(locality or None)
    for info in infos:
        parts = (info.label, _WORDS[lang][info.status], info.title(lang), info.document(lang))
        typer.echo(" · ".join(part for part in parts if part))
    if not infos:
        typer.echo(_WORDS[lang]["none"])
