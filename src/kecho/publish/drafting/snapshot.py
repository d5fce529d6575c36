"""A report as JSON and back, whole: what was approved can be shown for ever, whatever figures come later.

Dataclasses become objects that name their class under ``@``; sequences come back as tuples; a chart's Vega-Lite
specification is kept as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kecho.kernel.measures import Stage
from kecho.kernel.periods import Period
from kecho.publish import model, pieces

CLASSES = {
    cls.__name__: cls
    for cls in (
        model.Annex, model.Blank, model.Cell, model.Chart, model.Column, model.Header, model.Heading, model.Paragraph,
        model.Report, model.Row, model.Signature, model.Source, model.Table, pieces.Piece, pieces.Sentence,
    )
}  # fmt: skip
SCALARS: tuple[tuple[type, str, Callable[[Any], str]], ...] = (
    (StrEnum, "", lambda value: value.value),
    (Decimal, "Decimal", str),
    (Period, "Period", lambda value: value.code),
    (date, "date", date.isoformat),
)
READERS: dict[str, Callable[[str], Any]] = {
    **{cls.__name__: cls for cls in (model.CellKind, pieces.PieceKind, Stage)},
    "Decimal": Decimal,
    "Period": Period.parse,
    "date": date.fromisoformat,
}
CLASS, VALUE = "@", "v"


def to_json(report: model.Report) -> dict[str, Any]:
    """The report as plain JSON values; no digit of a decimal is lost."""
    written = _written(report)
    if not isinstance(written, dict):
        raise TypeError(f"not a report: {report!r}")
    return written


def from_json(written: dict[str, Any]) -> model.Report:
    """The report that ``to_json`` wrote."""
    report = _read(written)
    if not isinstance(report, model.Report):
        raise TypeError("not a report")
    return report


def _written(value: Any) -> Any:
    if is_dataclass(value) and type(value).__name__ in CLASSES:
        content = {field.name: getattr(value, field.name) for field in fields(value)}
        spec = {"spec": content.pop("spec")} if isinstance(value, model.Chart) else {}
        return {CLASS: type(value).__name__, **{name: _written(part) for name, part in content.items()}, **spec}
    for kind, name, write in SCALARS:
        if isinstance(value, kind):
            return {CLASS: name or type(value).__name__, VALUE: write(value)}
    if isinstance(value, tuple | list):
        return [_written(part) for part in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"a report holds no {type(value).__name__}")


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_read(part) for part in value)
    if not isinstance(value, dict):
        return value
    name = value[CLASS]
    if name in CLASSES:
        content = {key: part if key == "spec" else _read(part) for key, part in value.items() if key != CLASS}
        return CLASSES[name](**content)
    return READERS[name](value[VALUE])
