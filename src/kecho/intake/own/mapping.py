"""What a table's columns and rows mean, as data: proposed once, confirmed by a person, applied every month after."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping as Dict
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any

from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure, Stage
from kecho.kernel.periods import Calendar


class Role(StrEnum):
    """What a column holds."""

    VALUE = "value"
    LABEL = "label"
    UNIT = "unit"
    PERIOD = "period"
    YEAR = "year"
    MONTH = "month"
    LOCALITY = "locality"
    IGNORE = "ignore"


class When(StrEnum):
    """Which period a column's figures are of; all but the first two are told from the file's month."""

    HEADING = "heading"  # the heading names it
    ROW = "row"  # a column of periods names it
    MONTH = "month"
    PREVIOUS = "previous"  # the month before
    YTD = "ytd"  # January to the month
    YEAR_AGO = "year_ago"  # the same month of last year
    YTD_YEAR_AGO = "ytd_year_ago"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    HALF_OR_YEAR = "half_or_year"  # the first half in a report of June, the year in one of December


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """One run of columns, known by ``key`` (``signature.abstract`` of its heading).

    ``unit`` is empty where the file prints it; ``breakdown`` is a part that the column stands for. ``why`` is a code of
    the message catalogue for a column that is left out on purpose.
    """

    key: str
    role: Role
    indicator: str = ""
    breakdown: str = ""
    measure: str = Measure.LEVEL.value
    unit: str = ""
    stage: str = ""
    when: When = When.MONTH
    locality: str = ""
    why: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class RowRule:
    """Rows of one label (``path``: folded labels above it and its own, joined by " > ").

    ``key`` is a part of the indicator; empty for the total. ``is_ignored`` leaves the row out.
    """

    path: str
    indicator: str = ""
    key: str = ""
    unit: str = ""
    measure: str = ""
    number: str = ""  # the row's number in a form
    is_ignored: bool = False
    label: str = ""
    score: int = 100


@dataclass(frozen=True, slots=True)
class Mapping:
    """The meaning of one table. ``locality`` and ``stage`` are what the file itself does not say."""

    name: str
    signature: str
    columns: tuple[ColumnRule, ...]
    rows: tuple[RowRule, ...] = ()
    title: str = ""
    indicator: str = ""
    unit: str = ""
    stage: str = Stage.ESTIMATE.value
    locality: str = ""
    calendar: str = Calendar.STATISTICAL.value
    form: str = ""
    labels: tuple[str, ...] = ()  # paths that were there when it was confirmed: later ones are told as new
    version: int = 0

    def row(self, path: str) -> RowRule | None:
        """The rule of a row, if it has one of its own."""
        return next((rule for rule in self.rows if rule.path == path), None)

    def as_dict(self) -> dict[str, Any]:
        """For JSON; defaults are left out."""
        data = {
            name: value
            for name, value in asdict(self).items()
            if name in ("name", "signature") or value not in ("", (), 0)
        }
        data["columns"] = [_short(rule) for rule in self.columns]
        data["rows"] = [_short(rule) for rule in self.rows]
        if self.labels:
            data["labels"] = list(self.labels)
        return data


def _short(rule: ColumnRule | RowRule) -> dict[str, Any]:
    defaults = {field.name: field.default for field in fields(rule)}
    return {name: value for name, value in asdict(rule).items() if value != defaults[name]}


def from_dict(data: Dict[str, Any]) -> Mapping:
    """A mapping from JSON or TOML. Raises ``intake.mapping_broken`` naming what is wrong."""
    try:
        rows = tuple(RowRule(**rule) for rule in data.get("rows", ()))
        columns = tuple(_column(rule) for rule in data["columns"])
        rest = {name: value for name, value in data.items() if name not in ("columns", "rows", "labels")}
        made = Mapping(columns=columns, rows=rows, labels=tuple(data.get("labels", ())), **rest)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise KechoError("intake.mapping_broken", detail=str(problem)[:160]) from None
    check(made)
    return made


def _column(rule: Dict[str, Any]) -> ColumnRule:
    made = ColumnRule(**rule)
    return replace(made, role=Role(made.role), when=When(made.when))


def check(mapping: Mapping) -> None:
    """Every word of it exists. Raises ``intake.mapping_broken``; indicators are the observatory's to know."""
    try:
        Stage(mapping.stage)
        Calendar(mapping.calendar)
        for rule in mapping.columns:
            Measure(rule.measure)
            if rule.stage:
                Stage(rule.stage)
        for row in mapping.rows:
            if row.measure:
                Measure(row.measure)
    except ValueError as problem:
        raise KechoError("intake.mapping_broken", detail=str(problem)[:160]) from None
    if not any(rule.role is Role.VALUE for rule in mapping.columns):
        raise KechoError("intake.mapping_no_values")


# ---- mapping files


def dumps(mapping: Mapping) -> str:
    """The mapping as TOML, for ``kecho map --save`` and for people."""
    data = mapping.as_dict()
    lines = [f"{name} = {_toml(value)}" for name, value in data.items() if name not in ("columns", "rows")]
    for table in ("columns", "rows"):
        for rule in data[table]:
            lines += ["", f"[[{table}]]", *(f"{name} = {_toml(value)}" for name, value in rule.items())]
    return "\n".join(lines) + "\n"


def loads(text: str) -> Mapping:
    """A mapping from TOML. Raises ``intake.mapping_broken``."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise KechoError("intake.mapping_broken", detail=str(problem)[:160]) from None
    return from_dict(data)


def _toml(value: Any) -> str:
    """JSON writes strings, numbers, truth and lists as TOML does; DEL is the one letter only TOML escapes."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
