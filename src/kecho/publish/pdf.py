"""The report as PDF, set by Typst with the vendored typeface only, so that it looks the same on every machine.

The file is tagged (headings, header cells, alternative text) and claims PDF/UA-1, which Typst checks while writing.
"""

from __future__ import annotations

import json
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from kecho.kernel.errors import KechoError
from kecho.publish import drawing
from kecho.publish.model import (
    Annex,
    Blank,
    Block,
    Cell,
    CellKind,
    Chart,
    Column,
    Heading,
    Paragraph,
    Report,
    Row,
    Table,
)
from kecho.publish.pieces import Piece, PieceKind
from kecho.publish.textwidth import FONT_FAMILY, missing_letters
from kecho.publish.tones import TONES

STANDARD: Literal["ua-1"] = "ua-1"
NO_LETTER = "□"
_REGIONS = {"vi": "vn", "en": "gb"}


def render(report: Report, path: Path) -> Path:
    """Write the report to ``path`` and return it. Raises KechoError ``publish.typesetting``."""
    import typst

    folder = resources.files("kecho.publish")
    try:
        _, warnings = typst.compile_with_warnings(
            str(folder.joinpath("report.typ")),
            output=str(path),
            font_paths=[str(folder.joinpath("fonts"))],
            ignore_system_fonts=True,
            sys_inputs={"data": printable(json.dumps(content(report), ensure_ascii=False))},
            pdf_standards=[STANDARD],
        )
    except typst.TypstError as error:
        raise KechoError("publish.typesetting", value=str(error)) from error
    if warnings:  # such as a font that is not there: the page would lie about its letters
        raise KechoError("publish.typesetting", value="; ".join(str(warning) for warning in warnings))
    return path


def printable(text: str) -> str:
    """The text with an empty box for each letter that the typeface cannot draw: Typst would refuse the whole file."""
    return text.translate({ord(letter): NO_LETTER for letter in missing_letters(text)})


def content(report: Report) -> dict[str, Any]:
    """What the template reads: plain data, no markup."""
    header = report.header
    return {
        "title": report.title,
        "lang": report.lang,
        "region": _REGIONS[report.lang],
        "font": FONT_FAMILY,
        "header": {
            "superior": header.superior,
            "agency": header.agency,
            "nation": header.nation,
            "motto": header.motto,
            "number_line": header.number_line,
            "place_date": header.place_date,
            "type_name": header.type_name,
            "abstract": header.abstract,
            "addressees": header.addressees,
        },
        "blocks": [_block(block) for block in report.blocks],
        "recipients_heading": report.recipients_heading,
        "recipients": report.recipients,
        "signature": report.signature.lines,
        "name": report.signature.name,
        "annexes": [_annex(annex) for annex in (*report.annexes, report.source_annex)],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"type": "heading", "level": block.level, "text": block.text}
        case Paragraph():
            pieces = [_piece(piece) for piece in block.pieces]
            return {"type": "paragraph", "bullet": block.is_bullet, "notice": block.is_notice, "pieces": pieces}
        case Blank():
            return {"type": "blank", "prompt": block.prompt}
        case Chart():
            notes = [note for note in (block.subtitle, block.source_line) if note]
            return {"type": "chart", "title": block.title, "alt": block.alt, "svg": drawing.svg(block), "notes": notes}
        case Table():
            return _table(block)


def _piece(piece: Piece) -> dict[str, Any]:
    target = note_name(piece.text) if piece.kind is PieceKind.NOTE else ""
    return {"text": piece.text, "kind": piece.kind.value, "bold": piece.is_bold, "to": target}


def note_name(text: str) -> str:
    """``n3`` for ``[3]``: the name of the place in the annex of sources."""
    return f"n{text.strip('[]')}"


def _table(table: Table) -> dict[str, Any]:
    return {
        "type": "table",
        "caption": table.caption,
        "unit_line": table.unit_line,
        "size": 8 if table.is_dense else 10,
        "groups": _groups(table.columns),
        "columns": [
            {"title": column.title, "width": column.width, "align": column.align, "group": column.group}
            for column in table.columns
        ],
        "rows": [_row(row) for row in table.rows],
        "footnotes": [*table.footnotes, *([table.source_line] if table.source_line else [])],
    }


def _groups(columns: tuple[Column, ...]) -> list[dict[str, Any]]:
    """The upper header row: one entry a group, one a column without group; empty where there are no groups."""
    if not any(column.group for column in columns):
        return []
    found: list[dict[str, Any]] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        if group:
            found.append({"title": group, "span": len(list(members)), "column": ""})
        else:
            found += [{"title": "", "span": 1, "column": column.title} for column in members]
    return found


def _row(row: Row) -> dict[str, Any]:
    return {"level": row.level, "total": row.is_total, "cells": [_cell(cell) for cell in row.cells]}


def _cell(cell: Cell) -> dict[str, Any]:
    tone = TONES.get(cell.tone)
    return {
        "text": f"{tone.icon} {cell.text}" if tone else cell.text,
        "kind": cell.kind.value,
        "mark": cell.mark,
        "colour": tone.colour if tone else "",
        "to": note_name(cell.text) if cell.kind in (CellKind.NOTE, CellKind.ANCHOR) else "",
    }


def _annex(annex: Annex) -> dict[str, Any]:
    return {
        "number": annex.number,
        "title": annex.title,
        "reference": annex.reference,
        "tables": [_table(table) for table in annex.tables],
    }
