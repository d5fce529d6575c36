"""The row every reader of files yields: one value, where it stood and what it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """One published value with its origin.

    ``label`` is the clean Vietnamese label as printed, without order number and leading dashes; ``breakdown`` holds
    the labels above it, joined by " > ", so that equal labels under different parents differ (empty at top level).
    ``period`` is ``2025-02``, ``2025-Q1``, ``2025`` or, for the year to date, ``2025-01/2025-02``; ``measure`` and
    ``stage`` are the values of ``kernel.measures``; ``value`` is the plain decimal stored in the cell; ``unit`` is the
    unit as printed ("%" for indices, shares and growth).
    """

    file: str
    sheet: str
    cell: str
    table: str
    indicator: str
    label: str
    breakdown: str
    locality: str
    period: str
    measure: str
    value: str
    unit: str
    stage: str
    note: str = ""

    @classmethod
    def header(cls) -> list[str]:
        """The column names of the dry run, in order; ``note`` is for people and not among them."""
        return [field.name for field in fields(cls) if field.name != "note"]

    def values(self) -> Iterator[str]:
        """The values under ``header()``, in the same order."""
        return (getattr(self, name) for name in self.header())

    @property
    def decimal(self) -> Decimal:
        """The value as an exact number."""
        return Decimal(self.value)


def plain(number: float) -> str:
    """The shortest text that reads back to the same double, without exponent or needless ".0".

    >>> plain(117.17), plain(100.0), plain(1e-7), plain(-0.0)
    ('117.17', '100', '0.0000001', '0')
    """
    text = format(Decimal(repr(float(number))), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
