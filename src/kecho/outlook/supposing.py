"""The user's own what-if: growth for all open months, or levels of single ones, read strictly from an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kecho.analytics.target_chance import Chance
from kecho.kernel.errors import KechoError
from kecho.kernel.numerals import parse_number
from kecho.kernel.periods import Period
from kecho.outlook.answers import Outlook, YearEnd, chance
from kecho.outlook.queries import TargetOutlook

LOWEST, HIGHEST = Decimal(-100), Decimal(1000)
LARGEST = Decimal(10) ** 15
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Supposed:
    """What was typed (``growth`` and ``levels`` by month code, as typed), and what is wrong with it."""

    growth: str = ""
    levels: Mapping[str, str] = field(default_factory=dict)
    growth_pct: Decimal | None = None
    values: Mapping[int, Decimal] = field(default_factory=dict)
    problems: tuple[KechoError, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is supposed."""
        return self.growth_pct is None and not self.values


@dataclass(frozen=True, slots=True)
class Answer:
    """The year's end under what is supposed, and each target's chance then (None where there is none)."""

    year_end: YearEnd
    chances: tuple[tuple[TargetOutlook, Chance | None], ...]


def read(query: Mapping[str, str], months: list[Period], lang: str) -> Supposed:
    """``growth`` and ``m2025-03`` out of a query; numbers as the language writes them."""
    problems: list[KechoError] = []
    growth, rate = query.get("growth", "")[:LONGEST].strip(), None
    if growth:
        rate = _number(growth, lang)
        if rate is None or not LOWEST <= rate <= HIGHEST:
            problems.append(KechoError("outlook.bad_growth", value=growth))
            rate = None
    typed = {month.code: query.get(f"m{month.code}", "")[:LONGEST].strip() for month in months}
    values: dict[int, Decimal] = {}
    for month in months:
        text = typed[month.code]
        if not text:
            continue
        value = _number(text, lang)
        if value is None or not 0 <= value <= LARGEST:
            problems.append(KechoError("outlook.bad_level", value=text, month=month.code))
        else:
            values[month.start] = value
    return Supposed(growth, {code: text for code, text in typed.items() if text}, rate, values, tuple(problems))


def answer(outlook: Outlook, supposed: Supposed, year: int, targets: tuple[TargetOutlook, ...]) -> Answer:
    """What it would mean. Raises KechoError ``outlook.no_forecast``, ``analytics.months_missing`` and the like."""
    rate = supposed.growth_pct
    open_months = range(outlook.known.months.end, (year + 1) * 12)
    growth = {} if rate is None else {month: float(rate) for month in open_months if month not in supposed.values}
    values = {month: float(value) for month, value in supposed.values.items()}
    paths = outlook.supposed(growth, values)
    chances: list[tuple[TargetOutlook, Chance | None]] = []
    for one in targets:
        try:
            chances.append((one, chance(outlook, one.row.target.spec, paths)))
        except KechoError:
            chances.append((one, None))
    return Answer(outlook.year_end(year, paths), tuple(chances))


def _number(text: str, lang: str) -> Decimal | None:
    """The number; a single mark is a decimal mark in either language, for rates are typed both ways."""
    plain = text.removesuffix("%").strip().removeprefix("+")
    marks = [mark for mark in ",." if mark in plain]
    mark = marks[0] if len(marks) == 1 and plain.count(marks[0]) == 1 and not _is_grouped(plain, marks[0]) else None
    try:
        return parse_number(plain, lang, mark=mark) if mark else parse_number(plain, lang)  # type: ignore[arg-type]
    except KechoError:
        return None


def _is_grouped(text: str, mark: str) -> bool:
    """Whether the mark may as well part thousands: three digits behind it, one to three before."""
    before, _, after = text.lstrip("-−").partition(mark)
    return len(after) == 3 and 1 <= len(before) <= 3 and before != "0"
