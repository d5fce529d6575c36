"""``kecho map``: the tables of a file, how its text reads, what they seem to mean; the proposal as a mapping file."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from kecho.intake import batch, summary
from kecho.intake.own import forms, mapping, proposal
from kecho.intake.own.mapping import Mapping, Role
from kecho.intake.own.sources import Encoding
from kecho.intake.own.survey import Survey, TableView, survey_file
from kecho.kernel.errors import KechoError, Location, catalogue
from kecho.observatory.commands.import_files import Language
from kecho.observatory.vocabulary import vocabulary

_WORDS = {
    "vi": {
        "file": "{file}: tháng {month}, {tables} bảng, mã hóa {encoding}, {changed} ô được giải mã",
        "change": "  {cell}: “{before}” → “{after}”",
        "table": "Bảng {number}: {title}  [{sheet} {area}, {rows} dòng, {unit}]",
        "form": "  mẫu đã biết: {name} (nguồn: {source}; {checked})",
        "meaning": "  chỉ tiêu: {indicator}",
        "column": "  cột {letters}: “{heading}” → {role} {meaning}",
        "row": "  dòng “{label}” → {meaning}",
        "unmapped": "  {count} nhãn chưa có trong danh mục: {labels}",
        "saved": "Đã ghi khai báo bảng {number} vào {path}.",
        "unverified": "chưa đối chiếu bản gốc",
        "verified": "đã đối chiếu",
    },
    "en": {
        "file": "{file}: month {month}, {tables} tables, encoding {encoding}, {changed} cells decoded",
        "change": "  {cell}: “{before}” → “{after}”",
        "table": "Table {number}: {title}  [{sheet} {area}, {rows} rows, {unit}]",
        "form": "  known form: {name} (source: {source}; {checked})",
        "meaning": "  indicator: {indicator}",
        "column": "  column {letters}: “{heading}” → {role} {meaning}",
        "row": "  row “{label}” → {meaning}",
        "unmapped": "  {count} labels outside the catalogue: {labels}",
        "saved": "Wrote the mapping of table {number} to {path}.",
        "unverified": "not compared with the original",
        "verified": "compared with the original",
    },
}
#: Labels and decoded cells printed of each table.
PRINTED = 8


def map_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Tệp xlsx, xls hoặc csv / An xlsx, xls or csv file")],
    *,
    table: Annotated[int, typer.Option(min=1, help="Bảng cần ghi khai báo / The table to save")] = 1,
    save: Annotated[Path | None, typer.Option(help="Ghi khai báo vào tệp .toml / Write the mapping to a .toml")] = None,
    name: Annotated[str, typer.Option(help="Tên khai báo / Name of the mapping")] = "",
    indicator: Annotated[str, typer.Option(help="Chỉ tiêu của bảng / The table's indicator")] = "",
    unit: Annotated[str, typer.Option(help="Đơn vị, nếu tệp không ghi / Unit where the file prints none")] = "",
    locality: Annotated[str, typer.Option(help="Địa phương / Locality")] = "",
    encoding: Annotated[Encoding, typer.Option(help="Bảng mã chữ / How text is stored")] = Encoding.AUTO,
    lang: Annotated[Language, typer.Option(help="Ngôn ngữ / Language")] = Language.VI,
) -> None:
    """Xem các bảng của một tệp và khai báo được đề xuất / Show a file's tables and the proposed mapping.

    Không ghi gì vào cơ sở dữ liệu. / Stores nothing in the database.
    """
    found = look(file, encoding)
    for line in _file_lines(found, lang):
        typer.echo(line)
    proposals = [proposal.propose(view, vocabulary(), locality) for view in found.views]
    for view, proposed in zip(found.views, proposals, strict=True):
        for line in _table_lines(view, proposed, lang):
            typer.echo(line)
    if save is None:
        return
    if table > len(found.views):
        raise KechoError("observatory.no_such_table", where=Location(found.file), value=table, count=len(found.views))
    chosen = proposals[table - 1]
    stated = {"name": name or file.stem, "indicator": indicator, "unit": unit}
    chosen = replace(chosen, **{key: value for key, value in stated.items() if value})  # type: ignore[arg-type]
    mapping.check(chosen)
    save.write_text(mapping.dumps(chosen), encoding="utf-8")
    typer.echo(_WORDS[lang]["saved"].format(number=table, path=save.name), err=True)


def look(file: Path, encoding: Encoding) -> Survey:
    """The survey of one file, made in a process of its own. Raises what kept the file out."""
    (found,) = batch.read_files([file], reader=partial(survey_file, encoding=encoding))
    if not isinstance(found, Survey):
        for line in summary.error_lines(found.errors, "vi"):
            typer.echo(line, err=True)
        sys.exit(1)
    return found


def _file_lines(found: Survey, lang: str) -> list[str]:
    words = _WORDS[lang]
    head = words["file"].format(
        file=found.file,
        month=found.period or "-",
        tables=len(found.views),
        encoding=found.encoding,
        changed=found.changed,
    )
    changes = [
        words["change"].format(cell=change.cell, before=change.before, after=change.after)
        for change in found.changes[:PRINTED]
    ]
    return [head, *changes]


def _table_lines(view: TableView, proposed: Mapping, lang: str) -> list[str]:
    words = _WORDS[lang]
    lines = [
        words["table"].format(
            number=view.index + 1,
            title=view.title or "-",
            sheet=view.sheet,
            area=view.area,
            rows=view.body_rows,
            unit=view.unit or "-",
        )
    ]
    form = forms.form(proposed.form)
    if form is not None:
        name, source = (form.vi, form.source_vi) if lang == "vi" else (form.en, form.source_en)
        checked = words["verified" if form.is_verified else "unverified"]
        lines.append(words["form"].format(name=name, source=source, checked=checked))
    if proposed.indicator:
        lines.append(words["meaning"].format(indicator=proposed.indicator))
    for rule, letters in zip(proposed.columns, view.letters, strict=True):
        parts = (
            [rule.indicator, rule.measure, rule.when.value, rule.stage, rule.unit] if rule.role is Role.VALUE else []
        )
        if rule.why:
            message = catalogue()[rule.why]
            parts = [message.vi if lang == "vi" else message.en]
        meaning = " ".join(part for part in parts if part)
        lines.append(words["column"].format(letters=letters, heading=rule.heading, role=rule.role, meaning=meaning))
    for row in proposed.rows[:PRINTED]:
        meaning = " ".join(part for part in (row.indicator, row.key, f"({row.score})") if part)
        lines.append(words["row"].format(label=row.label, meaning=meaning))
    missing = [row.label for row in proposal.unmapped(view, proposed, vocabulary())]
    if missing:
        shown = "; ".join(missing[:PRINTED]) + ("; …" if len(missing) > PRINTED else "")
        lines.append(words["unmapped"].format(count=len(missing), labels=shown))
    return lines
