"""Reads: the lines of a market for a code, what is loaded, the rules of origin. Everything here is public data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from kecho.kernel.errors import KechoError
from kecho.kernel.text import fold
from kecho.market_access import correlations
from kecho.market_access.agreements import market_names
from kecho.market_access.layouts import layout
from kecho.market_access.models import Measure, Schedule, TariffLine
from kecho.market_access.offers import Line, MeasureFact, ScheduleFact, Source
from kecho.market_access.offers.choosing import choose

HS_NOW = "HS2022"
MEASURE_NOTATION = "western"
_CODE = re.compile(r"\d{6,10}")


def goods_code(text: str) -> str:
    """A goods code of 6 to 10 digits, dots and blanks left out. Raises ``market_access.bad_code``."""
    code = re.sub(r"[.\s]", "", text)
    if not _CODE.fullmatch(code) or not 1 <= int(code[:2]) <= 97 or code[:2] == "77":
        raise KechoError("market_access.bad_code", value=text[:40])
    return code


def territory(text: str) -> str:
    """A customs territory's code from a code or a name: a member of a customs union is that union."""
    code = country(text)
    return str(market_names()[code].get("part_of", code))


def country(text: str) -> str:
    """A country's code from its code or its name in either language. ``market_access.unknown_market`` otherwise."""
    known = market_names()
    if text.strip().upper() in known:
        return text.strip().upper()
    wanted = fold(text)
    for code, names in known.items():
        if wanted and wanted in (fold(names["vi"]), fold(names["en"])):
            return code
    raise KechoError("market_access.unknown_market", value=text[:40])


def schedules(market_code: str, on: date) -> list[Schedule]:
    """The schedules in use of a market that are valid on a day.

    Raises ``market_without_data`` where none is loaded, ``no_schedule_on`` where none is valid on that day.
    """
    current = list(Schedule.objects.filter(market=market_code, superseded_at=None))
    if not current:
        raise KechoError("market_access.market_without_data", market=market_code)
    valid = [one for one in current if one.valid_from <= on and (one.valid_to is None or on < one.valid_to)]
    if not valid:
        spans = "; ".join(f"{one.valid_from} - {one.valid_to or '…'}" for one in current)
        raise KechoError("market_access.no_schedule_on", market=market_code, on=on, spans=spans)
    return valid


def lines(market_code: str, code: str, on: date) -> tuple[Line, ...]:
    """The national lines under a code, each with its cells from every schedule that has it.

    The code is of the HS edition in use; a schedule of an older edition is reached through the correlations. Raises
    ``unknown_code`` where no schedule of the market has a line there.
    """
    found: dict[tuple[str, str], list[tuple[Schedule, TariffLine, tuple[str, ...]]]] = {}
    valid = schedules(market_code, on)
    for schedule in valid:
        for asked, path in correlations.codes_in(code, HS_NOW, schedule.hs_edition):
            for row in TariffLine.objects.filter(schedule=schedule, **_under(asked)).defer("folded"):
                found.setdefault((row.code, row.part), []).append((schedule, row, path))
    priced = {key: rows for key, rows in found.items() if any(_is_tariff(schedule) for schedule, _, _ in rows)}
    if not priced:
        raise _unknown(market_code, code, valid)
    beside = measures(market_code)
    return tuple(_line(market_code, rows, beside) for _, rows in sorted(priced.items()))


def all_lines(market_code: str, on: date) -> Iterable[Line]:
    """Every line of a market, for work on many questions at once."""
    merged: dict[tuple[str, str], list[tuple[Schedule, TariffLine, tuple[str, ...]]]] = {}
    for schedule in schedules(market_code, on):
        for row in schedule.lines.defer("folded", "name_other"):
            merged.setdefault((row.code, row.part), []).append((schedule, row, ()))
    beside = measures(market_code)
    return (_line(market_code, rows, beside) for rows in merged.values())


def measures(market_code: str, code: str = "") -> tuple[MeasureFact, ...]:
    """The measures beside a market's schedules; with a code those for it, for its heading or for a part of it."""
    found = (_measure(row) for row in Measure.objects.filter(market=market_code, superseded_at=None))
    return tuple(one for one in found if _concerns(one, code))


def _concerns(measure: MeasureFact, code: str) -> bool:
    return code.startswith(measure.hs) or measure.hs.startswith(code)


def _measure(row: Measure) -> MeasureFact:
    return MeasureFact(
        row.kind,
        row.hs,
        tuple(row.origins.split()),
        row.printed,
        choose(row.printed, MEASURE_NOTATION, "", row.valid_from, in_quota=False).duty,
        row.valid_from,
        row.valid_to,
        row.document,
        row.is_verified,
        row.is_fictional,
    )


def _under(code: str) -> dict[str, str]:
    """All codes that begin with these digits, as a range: SQLite's LIKE would pass the index by.

    The end is a number again, which every collation sorts alike; chapters end at 98.
    """
    return {"code__gte": code, "code__lt": str(int(code) + 1).zfill(len(code))}


def _is_tariff(schedule: Schedule) -> bool:
    """Whether a schedule prints rates or a base: a list of categories alone is no tariff line."""
    return not schedule.layout.endswith("-categories")


def _line(
    market_code: str, rows: list[tuple[Schedule, TariffLine, tuple[str, ...]]], beside: tuple[MeasureFact, ...]
) -> Line:
    first = next((row for schedule, row, _ in rows if _is_tariff(schedule)), rows[0][1])
    path = next((path for _, _, path in rows if path), ())
    return Line(
        market_code,
        first.code,
        first.part,
        first.name_vi,
        first.name_en,
        first.name_other,
        first.unit,
        tuple(Source(_fact(schedule), row.printed) for schedule, row, _ in rows),
        path,
        tuple(one for one in beside if _concerns(one, first.code)),
    )


def _fact(schedule: Schedule) -> ScheduleFact:
    return _fact_of(schedule.pk, schedule.layout, schedule.is_sample, schedule.digest)


@lru_cache(maxsize=500)
def _fact_of(pk: int, layout_code: str, is_sample: bool, digest: str) -> ScheduleFact:
    """One value a schedule; pk and digest tell editions apart, so that a cached one is never of another file."""
    own = layout(layout_code)
    return ScheduleFact(
        own, own.source, own.is_verified, is_sample, own.hs_edition, own.valid_from, own.valid_to, own.as_of
    )


def _unknown(market_code: str, code: str, valid: list[Schedule]) -> KechoError:
    """The refusal of a code without a line, with the nearest codes that there are."""
    near = list(correlations.later(code[:6]))
    for length in (6, 5, 4) if not near else ():
        rows = TariffLine.objects.filter(schedule__in=valid, **_under(code[:length]))
        near = sorted({row[:6] for row in rows.values_list("code", flat=True)[:60]})[:5]
        if near:
            break
    return KechoError("market_access.unknown_code", value=code, market=market_code, near=", ".join(near) or "-")
