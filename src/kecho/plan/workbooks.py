"""A plan as a workbook: one sheet for the plan, one with a row a target, one that explains. Out, and in again.

Sheets are known by their field codes, never by name or place, so officers may rename, move and insert what they like.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kecho.intake import guard
from kecho.intake.grid import column_letters
from kecho.kernel.errors import KechoError, Location
from kecho.kernel.text import clean
from kecho.observatory import catalogue
from kecho.plan.assessment.target import BASES, Basis, Direction, Form
from kecho.plan.drafts import PlanDraft
from kecho.plan.fields import PLAN_FIELDS, TARGET_FIELDS, Row
from kecho.plan.labels import FIELD_NAMES
from kecho.plan.written import plan_texts, target_texts

CHOICES = {
    "measure": [measure.value for measure in BASES],
    "basis": [basis.value for basis in Basis],
    "form": [form.value for form in Form],
    "direction": [direction.value for direction in Direction],
}
FREE_ROWS = 200  # empty rows that keep the lists of choices
HEADS = {"code", "indicator", "measure"}  # a row with all of these heads the targets


def write(draft: PlanDraft, lang: str) -> bytes:
    """The workbook of a version."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "bg_color": "#e8eff0", "border": 1, "valign": "top"}),
        "code": book.add_format({"font_color": "#5d6b75", "font_size": 9, "border": 1}),
        "cell": book.add_format({"num_format": "@"}),
    }
    _plan_sheet(book, draft, lang, styles)
    _target_sheet(book, draft, lang, styles)
    _help_sheet(book, lang, styles)
    book.close()
    return target.getvalue()


def _plan_sheet(book: Any, draft: PlanDraft, lang: str, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet({"vi": "Kế hoạch", "en": "Plan"}[lang])
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 2, 60)
    for row, (name, text) in enumerate(plan_texts(draft).items()):
        sheet.write_string(row, 0, name, styles["code"])
        sheet.write_string(row, 1, text, styles["cell"])
        sheet.write_string(row, 2, FIELD_NAMES[name][lang])


def _target_sheet(book: Any, draft: PlanDraft, lang: str, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet({"vi": "Mục tiêu", "en": "Targets"}[lang])
    for column, name in enumerate(TARGET_FIELDS):
        sheet.write_string(0, column, FIELD_NAMES[name][lang], styles["head"])
        sheet.write_string(1, column, name, styles["code"])
        if name in CHOICES:
            last = len(draft.targets) + FREE_ROWS
            sheet.data_validation(2, column, last, column, {"validate": "list", "source": CHOICES[name]})
    for row, one in enumerate(draft.targets, start=2):
        for column, text in enumerate(target_texts(one, draft).values()):
            if text:
                sheet.write_string(row, column, text, styles["cell"])
    sheet.set_column(0, len(TARGET_FIELDS) - 1, 16)
    sheet.set_row(0, 45)
    sheet.freeze_panes(2, 1)


def _help_sheet(book: Any, lang: str, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet({"vi": "Danh mục chỉ tiêu", "en": "Indicators"}[lang])
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 70)
    heads = {"vi": ("Mã", "Tên", "Đơn vị"), "en": ("Code", "Name", "Unit")}[lang]
    for column, text in enumerate(heads):
        sheet.write_string(0, column, text, styles["head"])
    for row, entry in enumerate(catalogue.indicators().values(), start=1):
        sheet.write_string(row, 0, entry.code)
        sheet.write_string(row, 1, entry.name(lang))
        sheet.write_string(row, 2, entry.unit)


def read(path: Path) -> tuple[Row, list[Row]]:
    """The fields of the plan and of its targets, each row with its place.

    Raises what ``intake.guard.open_checked`` raises, and ``plan.no_sheets`` where a sheet is not there.
    """
    import python_calamine

    checked = guard.open_checked(path)
    where = Location(file=checked.name)
    if checked.kind is not guard.Kind.XLSX:
        raise KechoError("plan.unknown_format", where=where, found=path.suffix)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(checked.data))
        grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except python_calamine.CalamineError as error:
        raise KechoError("plan.unreadable_workbook", where=where, problem=str(error)[:200]) from None
    places = [(grid, replace(where, sheet=name)) for name, grid in grids.items()]
    plan = next((row for grid, place in places if (row := _plan_row(grid, place))), None)
    targets = next((rows for grid, place in places if (rows := _targets(grid, place)) is not None), None)
    if plan is None or targets is None:
        wanted = {"plan": ", ".join(PLAN_FIELDS[:3]), "targets": ", ".join(sorted(HEADS))}
        raise KechoError("plan.no_sheets", where=where, **wanted)
    return plan, targets


def _plan_row(grid: Sequence[Sequence[Any]], where: Location) -> Row | None:
    values = {text(row[0]): text(row[1]) for row in grid if len(row) > 1 and text(row[0]) in PLAN_FIELDS}
    return Row(values, where) if {"locality", "period", "title_vi"} <= values.keys() else None


def _targets(grid: Sequence[Sequence[Any]], where: Location) -> list[Row] | None:
    head = next((at for at, row in enumerate(grid) if {text(cell) for cell in row} >= HEADS), None)
    if head is None:
        return None
    names = [text(cell) for cell in grid[head]]
    rows = []
    for number, cells in enumerate(grid[head + 1 :], start=head + 2):
        values = {name: text(cell) for name, cell in zip(names, cells, strict=False) if name}
        if any(values.values()):
            rows.append(Row(values, replace(where, row=number, column=column_letters(names.index("code")))))
    return rows


def text(cell: Any) -> str:
    """A cell as the text that a form would hold: no ``.0`` behind whole numbers, ISO days."""
    if isinstance(cell, bool):
        return "x" if cell else ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else clean(str(cell))


def empty(locality: str, year: int) -> PlanDraft:
    """A plan with nothing in it yet: what the empty workbook and the empty form start from."""
    return PlanDraft(locality, year, year, 1, "", "", date(year, 1, 1), ())


def revision(draft: PlanDraft, version: int, today: date) -> PlanDraft:
    """The next version of a plan, to be written: the same targets, the deciding document still open."""
    return replace(
        draft,
        version=version,
        effective_from=today,
        document_number="",
        document_date=None,
        document_title="",
        reason="",
    )
