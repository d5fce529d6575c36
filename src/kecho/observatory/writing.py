"""From rows of a file to observations in the table: fast, exact, all or nothing.

``SeriesBook`` finds or makes the series of a row, ``prepare`` turns rows into ``Draft`` observations, ``insert`` writes
them in bulk. Rows are written as they come, so a million of them need little memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import connection

from kecho.intake.rows import Row
from kecho.kernel import localities, units
from kecho.kernel.errors import KechoError, KechoErrors, Location
from kecho.kernel.measures import Measure, Missing, Stage
from kecho.kernel.periods import Calendar, Period
from kecho.kernel.text import slug
from kecho.observatory import catalogue
from kecho.observatory.catalogue import UNIT_MARK, Match
from kecho.observatory.fields import checked, plain
from kecho.observatory.models import Indicator, Observation, Release, Series
from kecho.people import rights
from kecho.people.actors import Actor, Scope
from kecho.people.rights import Permission

CHUNK = 5000
#: "Cái" and "chiếc" both count single things: the cars of eight months of 2007 are "40,532 nghìn chiếc" in the workbook
#: of August and "41,873 nghìn cái" in that of September.
COUNTED_ALIKE = {"pieces", "items"}
_COLUMNS = (
    "series_id", "release_id", "calendar", "period_start", "period_end", "value", "missing", "stage", "decimals",
    "sheet", "cell", "is_derived", "is_fictional", "note",
)  # fmt: skip
LISTED_ERRORS = 200  # further problems of one file are not listed one by one
_SIGNS = {"": Missing.MISSING, "-": Missing.NIL, "...": Missing.NOT_COLLECTED, "x": Missing.NOT_APPLICABLE}
_PLAIN = re.compile(r"-?\d{1,24}(?:\.(\d{1,40}))?", re.ASCII)
_CELL = re.compile(r"([A-Z]+)(\d+)$")


class Draft(NamedTuple):
    """An observation before it has a release."""

    series: int
    calendar: str
    start: int
    end: int
    value: Decimal | None
    missing: str
    stage: str
    decimals: int | None
    sheet: str
    cell: str
    note: str

    @property
    def slot(self) -> tuple[int, int, int, str]:
        """Series and period: what may occur once in a release."""
        return self.series, self.start, self.end, self.calendar


class Place(NamedTuple):
    """Where a row's values go: the series, and the power of ten that brings them to its unit."""

    series: int
    shift: int
    decimals: int | None  # what the source prints; None: the digits given
    is_converted: bool = False  # the printed figure reads otherwise than the stored one: it goes into the note


@dataclass(slots=True)
class SeriesBook:
    """Finds the series of a row for ``actor``, making what is missing and remembering the odd new ones."""

    actor: Actor
    is_workbook: bool
    known: dict[tuple[str, str, str, str], tuple[int, str]] = field(default_factory=dict)
    indicators: dict[str, int] = field(default_factory=dict)
    places: dict[tuple[str, ...], Place] = field(default_factory=dict)
    unmapped: dict[int, str] = field(default_factory=dict)
    other_units: dict[int, str] = field(default_factory=dict)
    allowed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        rows = Series.objects.values_list("indicator__code", "breakdown", "locality", "measure", "id", "unit")
        self.known = {(code, part, place, measure): (pk, unit) for code, part, place, measure, pk, unit in rows}
        self.indicators = dict(Indicator.objects.values_list("code", "id"))

    def place(self, row: Row) -> Place:
        """The series of a row.

        Raises ``observatory.unknown_indicator``, ``unknown_locality``, ``bad_measure``, or ``people.denied``.
        """
        asked = (row.indicator, row.label, row.breakdown, row.locality, row.measure, row.unit)
        found = self.places.get(asked)
        if found is None:
            found = self.places[asked] = self._find(row)
        return found

    def localities(self) -> list[str]:
        """The places of all rows so far."""
        return sorted({asked[3] for asked in self.places})

    def _find(self, row: Row) -> Place:
        entry = catalogue.indicator(row.indicator)
        measure = _measure(row.measure)
        self._check_place(row.locality)
        named = catalogue.match(row.indicator, "" if _is_of_place(row) else row.label, row.breakdown)
        key, label = named.key, named.label
        unit = goal = "percent"
        if measure is Measure.LEVEL:
            part = catalogue.item(row.indicator, key)
            usual = part.unit if part and part.unit else entry.unit
            unit = entry.read_units.get(row.unit) or _level_unit(row.unit) or usual
            goal = usual or unit
        series, goal = self.known.get((row.indicator, key, row.locality, measure.value), (0, goal))
        shift = _shift(unit, goal)
        if shift is None:
            key, goal, shift = f"{key}{UNIT_MARK}{slug(unit)}", unit, 0
            series, goal = self.known.get((row.indicator, key, row.locality, measure.value), (0, goal))
        if not series:
            series = self._make(row, Match(key, label, named.is_mapped), goal)
        printed = entry.printed.get(measure) if self.is_workbook else None
        is_converted = bool(shift) or (measure is Measure.LEVEL and row.unit in entry.read_units)
        return Place(series, shift, None if printed is None else printed - shift, is_converted)

    def _check_place(self, locality: str) -> None:
        """Once a place. Raises ``observatory.unknown_locality``, ``people.denied``."""
        if locality not in self.allowed:
            _check_locality(locality)
            rights.require(self.actor, Permission.IMPORT_FIGURES, Scope.locality(locality))
            self.allowed.add(locality)

    def _make(self, row: Row, named: Match, unit: str) -> int:
        if row.indicator not in self.indicators:
            self.indicators[row.indicator] = Indicator.objects.create(code=row.indicator).pk
        made = Series.objects.create(
            indicator_id=self.indicators[row.indicator],
            breakdown=named.key,
            breakdown_label=named.label[:500],
            locality=row.locality,
            measure=row.measure,
            unit=unit,
            is_mapped=named.is_mapped,
        )
        self.known[row.indicator, named.key, row.locality, row.measure] = (made.pk, unit)
        if not named.is_mapped and not catalogue.indicator(row.indicator).has_printed_parts:
            self.unmapped[made.pk] = " > ".join(filter(None, (row.breakdown, row.label)))
        if UNIT_MARK in named.key:
            self.other_units[made.pk] = f"{row.label} ({row.unit})"
        return made.pk


def prepare(rows: Iterable[Row], book: SeriesBook) -> Iterator[Draft]:
    """Drafts of all rows. Raises KechoErrors at the end with every problem found, each with its cell."""
    errors: list[KechoError] = []
    for row in rows:
        try:
            yield _draft(row, book)
        except KechoError as error:
            errors.append(KechoError(error.code, where=where(row), **error.params))
            if len(errors) == LISTED_ERRORS:
                break
    if errors:
        raise KechoErrors(errors)


def _draft(row: Row, book: SeriesBook) -> Draft:
    place = book.place(row)
    start, end, calendar = _months(row.period)
    text, missing, decimals, note = row.value, "", place.decimals, row.note
    value: Decimal | None = None
    if text in _SIGNS:
        missing = _SIGNS[text].value
    else:
        digits = _PLAIN.fullmatch(text)
        value = Decimal(text) if digits else _unusual(text)
        if decimals is None:
            decimals = (len(digits[1] or "") if digits else -int(value.as_tuple().exponent)) - place.shift
        if place.is_converted:
            note = "; ".join(filter(None, (note, f"{text} {row.unit}")))
            value = value.scaleb(place.shift)
    stage = _stage(row.stage)
    return Draft(place.series, calendar, start, end, value, missing, stage, decimals, row.sheet, row.cell, note)


def insert(release: Release, drafts: Iterable[Draft], *, on_twice: Callable[[Draft], None] = lambda draft: None) -> int:
    """Write the drafts and return how many. A slot that came already in this release goes to ``on_twice`` instead."""
    source, count = _records(release, drafts, on_twice), 0
    write = _copy if connection.vendor == "postgresql" else _many
    # A chunk is complete before it is written: making drafts may itself ask the database, for new series.
    while chunk := list(islice(source, CHUNK)):
        write(chunk)
        count += len(chunk)
    return count


def _many(records: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(_statement(), records)


def _copy(records: list[tuple[Any, ...]]) -> None:
    """PostgreSQL's own way in for many rows: constraints and triggers hold as for any other."""
    columns = ", ".join(map(connection.ops.quote_name, _COLUMNS))
    table = connection.ops.quote_name(Observation._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for record in records:
            copy.write_row(record)


def _records(release: Release, drafts: Iterable[Draft], on_twice: Callable[[Draft], None]) -> Iterator[tuple[Any, ...]]:
    """The columns of ``_statement`` for every draft whose slot is new; a slot is packed into one number."""
    pk, is_text = release.pk, connection.vendor == "sqlite"
    is_derived, is_fictional = release.kind == Release.Kind.DERIVED, release.kind == Release.Kind.FICTIONAL
    seen: set[int] = set()
    for draft in drafts:
        series, calendar, start, end, value, missing, stage, decimals, sheet, cell, note = draft
        slot = (series << 40 | start << 20 | end) << 1 | (calendar == Calendar.ADMINISTRATIVE)
        if slot in seen:
            on_twice(draft)
            continue
        seen.add(slot)
        stored = plain(value) if is_text and value is not None else value
        yield (
            series, pk, calendar, start, end, stored, missing, stage,
            decimals, sheet, cell, is_derived, is_fictional, note,
        )  # fmt: skip


def _statement() -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, _COLUMNS))
    marks = ", ".join(["%s"] * len(_COLUMNS))
    return f"INSERT INTO {quote(Observation._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608 constant names


def where(row: Row) -> Location:
    """The row's place as a spreadsheet shows it."""
    parts = _CELL.match(row.cell)
    return Location(row.file, row.sheet, int(parts[2]) if parts else None, parts[1] if parts else row.cell)


def _unusual(text: str) -> Decimal:
    """A number that is not written plainly: with an exponent, or no number at all."""
    try:
        return checked(Decimal(text))
    except (InvalidOperation, ValidationError):
        raise KechoError("observatory.bad_value", value=text[:60]) from None


def _is_of_place(row: Row) -> bool:
    """A row that is called after its province is the province's total: "Hà Nội" among the localities of a table."""
    if row.breakdown or row.locality == localities.COUNTRY:
        return False
    found = localities.find(row.label)
    return found is not None and found.code == row.locality


@lru_cache(maxsize=1024)
def _level_unit(text: str) -> str:
    """The unit of a level; of a table's "Tỷ đồng; %" the part that is no percentage."""
    whole = units.parse_unit(text)
    if whole in units.units() or ";" not in text:
        return whole
    parts = [units.parse_unit(part) for part in text.split(";")]
    return next((part for part in parts if part in units.units() and part != "percent"), whole)


def _shift(unit: str, goal: str) -> int | None:
    """The power of ten from one unit to another; None where they do not convert."""
    if unit == goal:
        return 0
    known = units.units()
    if unit not in known or goal not in known:
        return None
    from_, to = known[unit], known[goal]
    is_alike = from_.dimension == to.dimension or {from_.dimension, to.dimension} == COUNTED_ALIKE
    return from_.exponent - to.exponent if is_alike else None


@lru_cache(maxsize=4096)
def _months(code: str) -> tuple[int, int, str]:
    """First month, the month after the last, and the calendar: statistical unless the code says ``@admin14``."""
    months, _, calendar = code.partition("@")
    period = Period.parse(months, Calendar(calendar or Calendar.STATISTICAL))
    return period.start, period.end, period.calendar.value


def _measure(text: str) -> Measure:
    try:
        return Measure(text)
    except ValueError:
        raise KechoError("observatory.bad_measure", value=text) from None


@lru_cache(maxsize=16)
def _stage(text: str) -> str:
    try:
        return Stage(text).value
    except ValueError:
        raise KechoError("observatory.bad_stage", value=text) from None


@lru_cache(maxsize=4096)
def _check_locality(code: str) -> None:
    try:
        localities.get(code)
    except KechoError:
        raise KechoError("observatory.unknown_locality", value=code) from None
