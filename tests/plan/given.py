"""Reading the short notation of ``cases.csv`` into targets and facts.

``2023=544`` one period; ``2024-01..06=10`` six months; ``2019..2023/month=9`` every month of five years;
``base 2026=11.8`` where the plan says the way starts; ``part …`` and ``whole …`` the levels of a share;
``dec 2012-06=2.52`` growth since December.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kecho.kernel.measures import Measure, Stage
from kecho.kernel.periods import Period
from kecho.plan.assessment import Basis, Direction, Fact, Facts, Form, TargetSpec

_MONTHS = re.compile(r"(\d{4})-(\d\d)\.\.(\d\d)")
_YEARS = re.compile(r"(\d{4})\.\.(\d{4})/month")


def periods(text: str) -> list[Period]:
    """The periods that one entry names."""
    if match := _MONTHS.fullmatch(text):
        year, first, last = map(int, match.groups())
        return [Period.of_month(year, month) for month in range(first, last + 1)]
    if match := _YEARS.fullmatch(text):
        first, last = map(int, match.groups())
        return [month for year in range(first, last + 1) for month in Period.of_year(year).months]
    return [Period.parse(text)]


def facts_of(text: str, prefix: str = "") -> dict[Period, Fact]:
    """Facts of the entries with this prefix; a later entry replaces an earlier one."""
    found: dict[Period, Fact] = {}
    for entry in filter(None, (part.strip() for part in text.split(";"))):
        head, _, rest = entry.rpartition(" ")
        if head != prefix:
            continue
        name, value = rest.split("=")
        for period in periods(name):
            found[period] = Fact(period, Decimal(value), Stage.OFFICIAL, (period.start * 100 + period.length,))
    return found


def target(row: dict[str, str]) -> TargetSpec:
    """The target of a row."""
    base = facts_of(row["values"], "base")
    period, fact = next(iter(base.items()), (None, None))
    ends = {name: Decimal(row[name]) if row[name] else None for name in ("low", "high")}
    return TargetSpec(
        code=row["case"],
        indicator="x",
        measure=Measure(row["measure"]),
        basis=Basis(row["basis"]),
        form=Form(row["form"]),
        direction=Direction(row["direction"]),
        window=Period.parse(row["period"]),
        unit=row["unit"],
        is_strict=row["strict"] == "yes",
        base_value=fact.value if fact else None,
        base_period=period,
        **ends,
    )


def facts(row: dict[str, str]) -> Facts:
    """The figures of a row."""
    unit = row["unit"] if row["measure"] != "growth" else "million_usd"
    part, whole = facts_of(row["values"], "part"), facts_of(row["values"], "whole")
    return Facts(
        facts_of(row["values"]),
        facts_of(row["growth"]),
        facts_of(row["growth"], "dec"),
        unit,
        Facts(part, unit="billion_usd") if part else None,
        Facts(whole, unit="billion_usd") if whole else None,
    )
