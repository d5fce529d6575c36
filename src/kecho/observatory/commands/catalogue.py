"""``kecho indicators``: what can be measured, and under which codes. Needs no database."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from kecho.intake import output
from kecho.kernel import units
from kecho.observatory import catalogue
from kecho.observatory.catalogue import IndicatorInfo, Item


class Language(StrEnum):
    """The language of names and definitions; codes are the same in both."""

    VI = "vi"
    EN = "en"


class Format(StrEnum):
    """How the list is written."""

    TEXT = "text"
    CSV = "csv"


def indicators(
    code: Annotated[str, typer.Argument(help="Mã chỉ tiêu: nêu cả các phân tổ / A code: list its parts too")] = "",
    *,
    lang: Annotated[Language, typer.Option(help="Ngôn ngữ / Language")] = Language.VI,
    form: Annotated[Format, typer.Option("--format", help="Dạng kết quả / Form of the output")] = Format.TEXT,
) -> None:
    """Liệt kê danh mục chỉ tiêu và mã phân tổ / List the indicators of the catalogue and the keys of their parts."""
    chosen = [catalogue.indicator(code)] if code else list(catalogue.indicators().values())
    if form is Format.CSV:
        output.write_table(("indicator", "breakdown", "name", "unit"), _records(chosen, lang, bool(code)), sys.stdout)
        return
    for entry in chosen:
        for line in _lines(entry, lang, is_full=bool(code)):
            typer.echo(line)


def _records(chosen: list[IndicatorInfo], lang: str, is_full: bool) -> Iterator[list[str]]:
    for entry in chosen:
        yield [entry.code, "", entry.name(lang), entry.unit]
        for part in catalogue.items(entry.code).values() if is_full else ():
            yield [entry.code, part.key, part.name(lang), part.unit or entry.unit]


def _lines(entry: IndicatorInfo, lang: str, is_full: bool) -> Iterator[str]:
    yield f"{entry.code:<36} {entry.name(lang)}{_unit(entry.unit, lang)}"
    if not is_full:
        return
    yield f"  {entry.definition(lang)}"
    yield f"  {', '.join(entry.measures)} · {entry.frequency} · {entry.direction} · {entry.source(lang)}"
    for part in catalogue.items(entry.code).values():
        yield _part_line(part, lang)


def _part_line(part: Item, lang: str) -> str:
    depth = "  " * (part.key.count("/") + 1)
    official = f" [{part.code}]" if part.code else ""
    return f"{depth}{part.key:<{40 - len(depth)}} {part.name(lang)}{official}{_unit(part.unit, lang)}"


def _unit(code: str, lang: str) -> str:
    return f" ({units.symbol(code, lang)})" if code else ""
