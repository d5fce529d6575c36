"""Derived indicators as declared formulas (``data/formulas.toml``), computed on reading with their parts' vintage.

A derived point is as known on a day as its parts were: it belongs to the release that completed it, is as mature as the
least mature of them, names the observations it comes from, and says its formula in its note. Units are checked when the
file is read: nobody subtracts dong from dollars.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from kecho.kernel import units
from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.observatory import catalogue, derive, queries
from kecho.observatory.values import Point, SeriesKey


class Kind(StrEnum):
    """How the parts make the result; ``sign`` stands between their names."""

    DIFFERENCE = "difference"
    SUM = "sum"
    RATIO = "ratio"
    SHARE = "share"
    PER_HEAD = "per_head"
    YEAR_TO_DATE = "year_to_date"
    INDEX_CHAIN = "index_chain"


_OF_ONE_DIMENSION = (Kind.DIFFERENCE, Kind.SUM, Kind.SHARE)
_NUMBER_OF_PARTS = {Kind.YEAR_TO_DATE: 1, Kind.INDEX_CHAIN: 1}
Known = dict[Period, Point]


@dataclass(frozen=True, slots=True)
class Part:
    """An operand: an indicator's total, or one part of it."""

    indicator: str
    breakdown: str = ""

    def key(self, locality: str, measure: Measure) -> SeriesKey:
        """The series of it at a place."""
        return SeriesKey(self.indicator, self.breakdown, locality, measure.value)

    def name(self, lang: str = "vi") -> str:
        """The indicator's name, and the part's."""
        item = catalogue.item(self.indicator, self.breakdown) if self.breakdown else None
        name = catalogue.indicator(self.indicator).name(lang)
        return f"{name} ({item.name(lang)})" if item else name

    @property
    def unit(self) -> str:
        """The unit of its level; empty where the source's own counts."""
        item = catalogue.item(self.indicator, self.breakdown)
        return (item.unit if item else "") or catalogue.indicator(self.indicator).unit


@dataclass(frozen=True, slots=True)
class Formula:
    """A derived indicator. ``base`` is the month that an index chain counts from."""

    code: str
    name_vi: str
    name_en: str
    kind: Kind
    of: tuple[Part, ...]
    unit: str
    decimals: int
    base: Period | None = None

    def name(self, lang: str = "vi") -> str:
        """The name in a language."""
        return self.name_vi if lang == "vi" else self.name_en

    def sentence(self, lang: str = "vi") -> str:
        """The formula in words: "Kim ngạch xuất khẩu − Kim ngạch nhập khẩu"."""
        names = [part.name(lang) for part in self.of]
        match self.kind:
            case Kind.DIFFERENCE:
                return " − ".join(names)
            case Kind.SUM:
                return " + ".join(names)
            case Kind.SHARE:
                return f"{names[0]} ÷ {names[1]} × 100"
            case Kind.RATIO | Kind.PER_HEAD:
                return f"{names[0]} ÷ {names[1]}"
            case Kind.YEAR_TO_DATE:
                return f"Σ {names[0]}, {'từ tháng 1' if lang == 'vi' else 'from January'}"
            case Kind.INDEX_CHAIN:
                base = self.base.code if self.base else ""
                return f"Π {names[0]} ÷ 100, {base} = 100"

    @property
    def measure(self) -> Measure:
        """What of its parts it is made of."""
        return Measure.INDEX_PP if self.kind is Kind.INDEX_CHAIN else Measure.LEVEL


@cache
def formulas() -> dict[str, Formula]:
    """Every formula by code. Raises ``observatory.bad_formula`` for units that do not fit or an unknown part."""
    text = resources.files("kecho.observatory").joinpath("data/formulas.toml").read_text("utf-8")
    made = [checked(_formula(entry)) for entry in tomllib.loads(text)["formula"]]
    return {one.code: one for one in made}


def formula(code: str) -> Formula:
    """One formula. Raises ``observatory.unknown_indicator``."""
    try:
        return formulas()[code]
    except KeyError:
        raise KechoError("observatory.unknown_indicator", value=code) from None


def points(one: Formula, locality: str = "VN", as_of: date | None = None) -> Known:
    """The derived series as it could be computed on ``as_of``, for the periods where every part has a value."""
    keys = [part.key(locality, one.measure) for part in one.of]
    found = queries.many_points(keys, as_of)
    return compute(one, [with_values(found[key]) for key in keys])


def with_values(found: Known) -> Known:
    """The points that can be computed with."""
    return {period: point for period, point in found.items() if point.value is not None}


def compute(one: Formula, known: list[Known]) -> Known:
    """The derived points from the points of the parts, in the order of the formula."""
    if one.kind is Kind.INDEX_CHAIN:
        made = _chain(known[0], one.base)
    elif one.kind is Kind.YEAR_TO_DATE:
        made = _years_to_date(known[0], catalogue.indicator(one.of[0].indicator).code)
    elif one.kind is Kind.PER_HEAD:
        made = _per_head(one, known)
    else:
        shared = set.intersection(*(set(part) for part in known)) if known else set()
        made = {period: _combined(one, [part[period] for part in known]) for period in sorted(shared)}
    return {period: _finished(one, point) for period, point in sorted(made.items()) if point is not None}


def checked(one: Formula) -> Formula:
    """The formula, if its parts are known and their units fit."""
    for part in one.of:
        if part.indicator not in catalogue.indicators() or catalogue.item(part.indicator, part.breakdown) is None:
            raise KechoError("observatory.bad_formula", formula=one.code, why=f"{part.indicator}:{part.breakdown}")
    if one.kind in _NUMBER_OF_PARTS and len(one.of) != _NUMBER_OF_PARTS[one.kind]:
        raise KechoError(
            "observatory.bad_formula", formula=one.code, why=f"{len(one.of)} ≠ {_NUMBER_OF_PARTS[one.kind]}"
        )
    kinds = {units.unit(part.unit).dimension for part in one.of if part.unit}
    if one.kind in (Kind.DIFFERENCE, Kind.SUM):
        kinds.add(units.unit(one.unit).dimension)
    if one.kind in _OF_ONE_DIMENSION and len(kinds) > 1:
        raise KechoError("observatory.bad_formula", formula=one.code, why=" ≠ ".join(sorted(kinds)))
    return one


# ---- arithmetic


def _combined(one: Formula, parts: list[Point]) -> Point | None:
    """A difference, sum, share or ratio of one period; None where the divisor is zero."""
    goal = one.unit if one.kind in (Kind.DIFFERENCE, Kind.SUM) else parts[-1].unit
    if one.kind is Kind.RATIO:
        numbers = [part.number for part in parts]
    else:
        numbers = [in_unit(part.number, part.unit, goal) for part in parts]
    if one.kind in (Kind.SHARE, Kind.RATIO) and not numbers[1]:
        return None
    value = _ARITHMETIC[one.kind](numbers)
    return derive.made_of(parts[0].period, value, parts)


_ARITHMETIC: dict[Kind, Callable[[list[Decimal]], Decimal]] = {
    Kind.DIFFERENCE: lambda numbers: numbers[0] - sum(numbers[1:], Decimal(0)),
    Kind.SUM: lambda numbers: sum(numbers, Decimal(0)),
    Kind.SHARE: lambda numbers: 100 * numbers[0] / numbers[1],
    Kind.RATIO: lambda numbers: numbers[0] / numbers[1],
}


def _chain(known: Known, base: Period | None) -> dict[Period, Point | None]:
    """Month by month from the base = 100, on and back, as far as no month is missing."""
    made: dict[Period, Point | None] = {}
    if base is None:
        return made
    parts: list[Point] = []
    value, month = Decimal(100), base.shift(months=1)
    while month in known:
        parts = [*parts, known[month]]
        value = value * known[month].number / 100
        made[month] = derive.made_of(month, value, parts)
        month = month.shift(months=1)
    value, parts, month = Decimal(100), [], base
    while month in known and known[month].number:
        parts = [*parts, known[month]]
        value = value * 100 / known[month].number
        month = month.shift(months=-1)
        made[month] = derive.made_of(month, value, parts)
    return made


def _years_to_date(known: Known, code: str) -> dict[Period, Point | None]:
    """Published years to date, and those that months make exactly."""
    key = SeriesKey(code)
    months = derive.monthly_of(known, key)
    spans = {Period.ytd(month.year, month.month) for month in months}
    return {span: derive.cumulative_of({**months, **known}, key, span) for span in spans}


def _per_head(one: Formula, known: list[Known]) -> dict[Period, Point | None]:
    """By the population of the year, or of the last year before that has one."""
    values, heads = known
    years = {period.year: point for period, point in heads.items() if period.length == 12}
    made: dict[Period, Point | None] = {}
    for period, point in values.items():
        year = max((year for year in years if year <= period.year), default=None)
        if year is None or not years[year].number:
            continue
        people = in_unit(years[year].number, years[year].unit, "person")
        money = in_unit(point.number, point.unit, "vnd") if units.unit(point.unit).dimension == "vnd" else point.number
        value = (money / people).scaleb(-units.unit(one.unit).exponent)
        made[period] = derive.made_of(period, value, [point, years[year]])
    return made


def in_unit(value: Decimal, unit: str, goal: str) -> Decimal:
    """A value in another unit of its dimension. Raises ``observatory.bad_formula`` where they do not convert."""
    if unit == goal:
        return value
    known = units.units()
    if unit not in known or goal not in known or known[unit].dimension != known[goal].dimension:
        raise KechoError("observatory.bad_formula", formula="", why=f"{unit} ≠ {goal}")
    return value.scaleb(known[unit].exponent - known[goal].exponent)


def _finished(one: Formula, point: Point) -> Point:
    note = " / ".join(one.sentence(lang) for lang in ("vi", "en"))
    notes = [point.note, note] if point.note else [note]
    return replace(point, unit=one.unit, decimals=one.decimals, note="; ".join(notes), is_derived=True)


def _formula(entry: dict[str, Any]) -> Formula:
    return Formula(
        code=entry["code"],
        name_vi=entry["vi"],
        name_en=entry["en"],
        kind=Kind(entry["kind"]),
        of=tuple(Part(*text.split(":", 1)) for text in entry["of"]),
        unit=units.unit(entry["unit"]).code,
        decimals=entry["decimals"],
        base=Period.parse(entry["base"]) if "base" in entry else None,
    )
