"""The report as HTML: a fragment for a page of the site, or one self-contained file that needs nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from kecho.publish import drawing
from kecho.publish.model import Blank, Block, Cell, CellKind, Chart, Column, Heading, Paragraph, Report, Row, Table
from kecho.publish.pieces import Piece, PieceKind
from kecho.publish.tones import TONES
from kecho.publish.words import say

CellLink = Callable[[int], str]  # observation id -> address of its source cell, on a site that has such pages


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block made ready for its template."""

    template: str
    content: Any


def render(report: Report, path: Path) -> Path:
    """Write the report as one file with its style inside and return the path."""
    css = resources.files("kecho.publish").joinpath("static/publish/report.css").read_text("utf-8")
    page = render_to_string(
        "publish/page.html",
        {"report": report, "fragment": fragment(report), "css": mark_safe(css)},  # noqa: S308  # our own file
    )
    path.write_text(page, "utf-8")
    return path


def fragment(report: Report, cell_link: CellLink | None = None) -> SafeString:
    """The report without page around it; ``cell_link`` turns every figure into a link to its source cell."""
    annexes = [
        {
            "number": annex.number,
            "title": annex.title,
            "reference": annex.reference,
            "tables": [_table(table, cell_link) for table in annex.tables],
        }
        for annex in (*report.annexes, report.source_annex)
    ]
    return render_to_string(
        "publish/report.html", {"report": report, "blocks": body(report, cell_link), "annexes": annexes}
    )


def body(report: Report, cell_link: CellLink | None = None) -> list[ShownBlock]:
    """The blocks of the body, one by one, each with the template that shows it."""
    return [_block(block, report.lang, cell_link) for block in report.blocks]


def _block(block: Block, lang: str, cell_link: CellLink | None) -> ShownBlock:
    match block:
        case Heading():
            return ShownBlock("publish/heading.html", block)
        case Paragraph():
            pieces = [_piece(piece, cell_link) for piece in block.pieces]
            content = {"is_notice": block.is_notice, "is_bullet": block.is_bullet, "pieces": pieces}
            return ShownBlock("publish/paragraph.html", content)
        case Blank():
            return ShownBlock("publish/blank.html", block)
        case Chart():
            return ShownBlock("publish/chart.html", _chart(block, lang))
        case Table():
            return ShownBlock("publish/table.html", _table(block, cell_link))


def _piece(piece: Piece, cell_link: CellLink | None) -> dict[str, Any]:
    return {
        "kind": piece.kind.value,
        "text": piece.text,
        "target": f"n{piece.text.strip('[]')}" if piece.kind is PieceKind.NOTE else "",
        "link": cell_link(piece.refs[0]) if cell_link and piece.refs else "",
    }


def _chart(chart: Chart, lang: str) -> dict[str, Any]:
    return {
        "title": chart.title,
        "subtitle": chart.subtitle,
        "source_line": chart.source_line,
        "alt": chart.alt,
        "svg": _hidden(drawing.svg(chart)),
        "data": _table(chart.data, None),
        "data_words": say(lang, "chart.data"),
    }


def _hidden(svg: str) -> SafeString:
    """The drawing for the eye alone: what it shows stands in the label around it, its marks are not read out singly."""
    return mark_safe(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S308  # the engine escapes its text


def _table(table: Table, cell_link: CellLink | None) -> dict[str, Any]:
    name_at = next((index for index, column in enumerate(table.columns) if column.align == "left"), -1)
    return {
        "caption": table.caption,
        "unit_line": table.unit_line,
        "head": _head(table.columns),
        "rows": [_row(row, table.columns, name_at, cell_link) for row in table.rows],
        "footnotes": table.footnotes,
        "source_line": table.source_line,
    }


def _head(columns: tuple[Column, ...]) -> list[list[dict[str, Any]]]:
    """One or two header rows, as cells with their spans and scope."""
    if not any(column.group for column in columns):
        return [[_head_cell(column.title) for column in columns]]
    upper: list[dict[str, Any]] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        inside = list(members)
        if group:
            upper.append(_head_cell(group, columns=len(inside), scope="colgroup"))
        else:
            upper += [_head_cell(column.title, rows=2) for column in inside]
    return [upper, [_head_cell(column.title) for column in columns if column.group]]


def _head_cell(text: str, *, columns: int = 1, rows: int = 1, scope: str = "col") -> dict[str, Any]:
    return {"text": text, "columns": columns, "rows": rows, "scope": scope}


def _row(row: Row, columns: tuple[Column, ...], name_at: int, cell_link: CellLink | None) -> dict[str, Any]:
    cells = [
        _cell(cell, column, is_name=index == name_at, cell_link=cell_link)
        for index, (cell, column) in enumerate(zip(row.cells, columns, strict=True))
    ]
    return {"level": min(row.level, 3), "is_total": row.is_total, "cells": cells}


def _cell(cell: Cell, column: Column, *, is_name: bool, cell_link: CellLink | None) -> dict[str, Any]:
    tone = TONES.get(cell.tone)
    place = f"n{cell.text.strip('[]')}"
    link = f"#{place}" if cell.kind is CellKind.NOTE else cell_link(cell.refs[0]) if cell_link and cell.refs else ""
    return {
        "text": f"{tone.icon} {cell.text}" if tone else cell.text,
        "align": column.align,
        "is_name": is_name,
        "mark": cell.mark,
        "tone": cell.tone,
        "link": link,
        "anchor": place if cell.kind is CellKind.ANCHOR else "",
    }
