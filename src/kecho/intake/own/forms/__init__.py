"""Mappings of known forms, shipped as data: one TOML file a family of forms, each with its source and how it was known.

A form is recognised by the words of a table's title and headings; it then proposes the whole mapping. What was not read
in the original is ``verified = false`` and says so wherever it is offered.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as Dict
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from rapidfuzz import fuzz

from kecho.intake.own.mapping import ColumnRule, Mapping, Role, RowRule, When
from kecho.intake.own.survey import RowView, TableView
from kecho.intake.wording import fold_heading
from kecho.kernel.text import fold

#: A label is a form's own at this likeness (0-100, token order ignored); with the form's row number beside it, at less.
ALIKE = 90
ALIKE_NUMBERED = 65


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column known by its heading (a pattern on folded text), and what its rule then says."""

    heading: re.Pattern[str]
    says: Dict[str, Any]


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of the form: its number, the spellings of its label, and what it is."""

    number: str
    labels: tuple[str, ...]
    vi: str
    en: str
    indicator: str
    key: str = ""
    unit: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A known form. ``at_most`` pairs row numbers (the first may not exceed the second); ``sums`` are whole and parts.

    ``cumulative`` rows may not fall below what was reported before. ``is_individual``: one enterprise's own report,
    which is checked and never becomes a place's figure.
    """

    code: str
    vi: str
    en: str
    source_vi: str
    source_en: str
    is_verified: bool
    is_individual: bool
    titles: tuple[re.Pattern[str], ...]
    needs: tuple[re.Pattern[str], ...]
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    says: Dict[str, Any]
    at_most: tuple[tuple[str, str], ...] = ()
    sums: tuple[tuple[str, tuple[str, ...]], ...] = ()
    cumulative: tuple[str, ...] = ()

    def fits(self, view: TableView) -> bool:
        """Whether title and headings speak of this form."""
        title = fold_heading(view.title)
        headings = [fold_heading(text) for text in view.headings]
        return any(pattern.search(title) for pattern in self.titles) and all(
            any(pattern.search(heading) for heading in headings) for pattern in self.needs
        )

    def mapping(self, view: TableView, locality: str) -> Mapping:
        """The whole mapping of a table that the form fits."""
        rows = tuple(rule for row in view.rows if (rule := self._row(row)))
        return Mapping(
            name=self.code,
            signature=view.signature,
            columns=tuple(self._column(rule) for rule in view.rules),
            rows=rows,
            title=view.title,
            locality=locality,
            form=self.code,
            labels=tuple(row.path for row in view.rows),
            **self.says,
        )

    def _column(self, rule: ColumnRule) -> ColumnRule:
        heading = fold_heading(rule.heading)
        for column in self.columns:
            if column.heading.search(heading):
                says = dict(column.says)
                says |= {"role": Role(says["role"])} if "role" in says else {}
                says |= {"when": When(says["when"])} if "when" in says else {}
                return replace(rule, **says)
        return rule

    def _row(self, view: RowView) -> RowRule | None:
        best, score = self.find(view)
        if best is None:
            return None
        return RowRule(
            view.path,
            indicator=best.indicator,
            key=best.key,
            unit=best.unit,
            measure=best.measure,
            number=best.number,
            label=view.label,
            score=score,
        )

    def find(self, view: RowView) -> tuple[FormRow | None, int]:
        """The form's row that a label means, and how alike they are."""
        texts = {fold(view.label), fold(f"{view.breakdown} {view.label}"), fold(f"{view.label} {view.breakdown}")}
        number = view.number.strip(" .)")
        best, score = None, 0
        for row in self.rows:
            alike = max(round(fuzz.token_sort_ratio(text, label)) for text in texts for label in row.labels)
            enough = ALIKE_NUMBERED if number and number == row.number else ALIKE
            if alike >= enough and alike > score:
                best, score = row, alike
        return best, score

    def paths(self, mapping: Mapping) -> dict[str, str]:
        """The row numbers by the paths of a mapping."""
        return {rule.path: rule.number for rule in mapping.rows if rule.number}


@cache
def forms() -> dict[str, Form]:
    """Every form by code, in the order of the files."""
    found: dict[str, Form] = {}
    folder = resources.files("kecho.intake.own.forms")
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            data = tomllib.loads(file.read_text("utf-8"))
            for entry in data["form"]:
                made = _form(entry, data.get("rows", {}))
                found[made.code] = made
    return found


def form(code: str) -> Form | None:
    """One form; None for a code that is none."""
    return forms().get(code)


def recognise(view: TableView) -> Form | None:
    """The form that a table is, the first that fits."""
    return next((one for one in forms().values() if one.fits(view)), None)


def _form(entry: dict[str, Any], shared: dict[str, list[dict[str, Any]]]) -> Form:
    rows = [row for name in entry.get("rows", ()) for row in shared[name]]
    return Form(
        code=entry["code"],
        vi=entry["vi"],
        en=entry["en"],
        source_vi=entry["source_vi"],
        source_en=entry["source_en"],
        is_verified=entry["verified"],
        is_individual=entry.get("individual", False),
        titles=tuple(re.compile(pattern) for pattern in entry["title"]),
        needs=tuple(re.compile(pattern) for pattern in entry.get("needs", ())),
        columns=tuple(
            FormColumn(
                re.compile(column["heading"]), {name: value for name, value in column.items() if name != "heading"}
            )
            for column in entry["columns"]
        ),
        rows=tuple(_row(row) for row in rows),
        says=entry.get("says", {}),
        at_most=tuple((low, high) for low, high in entry.get("at_most", ())),
        sums=tuple((one["whole"], tuple(one["parts"])) for one in entry.get("sums", ())),
        cumulative=tuple(entry.get("cumulative", ())),
    )


def _row(row: dict[str, Any]) -> FormRow:
    labels = tuple(dict.fromkeys(fold(text) for text in (row["vi"], row["en"], *row.get("also", ()))))
    return FormRow(
        row["number"], labels, row["vi"], row["en"], row["indicator"],
        row.get("key", ""), row.get("unit", ""), row.get("measure", ""),
    )  # fmt: skip
