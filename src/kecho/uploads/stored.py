"""Surveys, trials and errors as JSON and back: what the pages show between two requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from kecho.intake.own.applying import OwnReading
from kecho.intake.own.mapping import ColumnRule, Role, When
from kecho.intake.own.survey import RowView, Survey, TableView
from kecho.intake.reading import Reading
from kecho.kernel.errors import KechoError, Location, catalogue
from kecho.observatory import catalogue as indicators

#: Rows, cells left out and labels that are kept for the page; the rest are counted.
SHOWN_ROWS, SHOWN_CELLS, SHOWN_LABELS = 60, 200, 200
ROW_FIELDS = (
    "sheet",
    "cell",
    "indicator",
    "label",
    "breakdown",
    "locality",
    "period",
    "measure",
    "value",
    "unit",
    "stage",
)


def survey_as_dict(survey: Survey) -> dict[str, Any]:
    """The tables of a file, what decoding changed, its encoding."""
    return {
        "views": [asdict(view) for view in survey.views],
        "changes": [asdict(change) for change in survey.changes],
        "changed": survey.changed,
        "encoding": survey.encoding,
    }


def views_of(data: dict[str, Any]) -> list[TableView]:
    """The tables out of ``survey_as_dict``."""
    return [_view(view) for view in data.get("views", [])]


def _view(data: dict[str, Any]) -> TableView:
    rest: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    rest["rules"] = tuple(
        ColumnRule(**{**rule, "role": Role(rule["role"]), "when": When(rule["when"])}) for rule in data["rules"]
    )
    rest["rows"] = tuple(RowView(**row) for row in data["rows"])
    return TableView(**rest)


def trial_as_dict(reading: Reading) -> dict[str, Any]:
    """What a reading would bring: counts, first rows, what is left out, what the catalogue does not name."""
    rows, own = reading.rows, reading if isinstance(reading, OwnReading) else None
    named = {(row.indicator, row.label, row.breakdown) for row in rows}
    unmapped = sorted(
        " > ".join(filter(None, (breakdown, label)))
        for code, label, breakdown in named
        if not indicators.match(code, label, breakdown).is_mapped
    )
    return {
        "rows": len(rows),
        "first": [[getattr(row, name) for name in ROW_FIELDS] for row in rows[:SHOWN_ROWS]],
        "indicators": dict(Counter(row.indicator for row in rows)),
        "reasons": dict(Counter(cell.reason for cell in reading.skipped)),
        "skipped": [[cell.sheet, cell.cell, cell.text, cell.reason] for cell in reading.skipped[:SHOWN_CELLS]],
        "unread": [[note.sheet, note.title, note.reason] for note in reading.unrecognised[:SHOWN_CELLS]],
        "unmapped": unmapped[:SHOWN_LABELS],
        "unmapped_count": len(unmapped),
        "new_labels": [[new.sheet, new.cell, new.text] for new in own.new_labels[:SHOWN_LABELS]] if own else [],
        "findings": errors_as_list(own.findings) if own else [],
    }


def errors_as_list(errors: Iterable[KechoError]) -> list[dict[str, Any]]:
    """Coded errors with their place and offending values; the first 200."""
    found = []
    for error in list(errors)[:SHOWN_CELLS]:
        where = {
            "file": error.where.file,
            "sheet": error.where.sheet,
            "row": error.where.row,
            "column": error.where.column,
        }
        params = {name: str(value)[:300] for name, value in error.params.items()}
        found.append({"code": error.code, "params": params, "where": where})
    return found


def errors_of(data: Iterable[dict[str, Any]]) -> list[KechoError]:
    """Errors out of ``errors_as_list``; one whose code a later edition dropped is left out."""
    return [
        KechoError(one["code"], where=Location(**one["where"]), **one["params"])
        for one in data
        if one["code"] in catalogue()
    ]
