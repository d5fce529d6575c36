"""Words of SDMX and ours, both ways: observation status, time periods, units with their multiplier."""

from __future__ import annotations

import re
from decimal import Decimal

from kecho.kernel import units
from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Missing, Stage
from kecho.kernel.periods import Period, PeriodKind

#: CL_OBS_STATUS (v2.2) as user-conventions 6.3 map it.
STAGE_OF_STATUS = {"E": Stage.ESTIMATE, "P": Stage.PRELIMINARY, "A": Stage.OFFICIAL}
STATUS_OF_STAGE = {stage: status for status, stage in STAGE_OF_STATUS.items()}
#: A forecast or a target is no observation here.
FORECAST = "F"
STATUS_OF_MISSING = {
    Missing.NOT_COLLECTED: "L",
    Missing.NOT_APPLICABLE: "M",
    Missing.MISSING: "O",
    Missing.NIL: "N",
}
#: How rows write each (``observatory.writing``).
SIGN_OF_MISSING = {Missing.NOT_COLLECTED: "...", Missing.NOT_APPLICABLE: "x", Missing.MISSING: "", Missing.NIL: "-"}
_MISSING_OF_STATUS = {status: missing for missing, status in STATUS_OF_MISSING.items()}

_MONTH = re.compile(r"(\d{4})-M?(0[1-9]|1[0-2])", re.ASCII)
_HALF = re.compile(r"(\d{4})-[SH]([12])", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:-A1)?", re.ASCII)
_RANGE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-01)?/P(\d{1,3})M", re.ASCII)
FREQUENCIES = {PeriodKind.MONTH: "M", PeriodKind.QUARTER: "Q", PeriodKind.HALF: "S", PeriodKind.YEAR: "A"}
#: "Unspecified": months that are none of these, such as a year to date.
OTHER_FREQUENCY = "_U"


def missing_of(status: str, no_value: str) -> Missing:
    """Why there is no value: what NO_VALUE says, else the status; without either it should be there."""
    if no_value:
        return Missing(no_value)
    return _MISSING_OF_STATUS.get(status, Missing.MISSING)


def period_of(text: str) -> Period:
    """``2025-02``, ``2025-M02``, ``2025-Q1``, ``2025-S1``, ``2025``, ``2025-01-01/P2M``. Raises ``kernel.bad_period``.

    >>> period_of("2025-01-01/P2M").code, period_of("2025-S1").code, period_of("2025-A1").code
    ('2025-01/2025-02', '2025-H1', '2025')
    """
    if match := _RANGE.fullmatch(text):
        first = Period.of_month(int(match[1]), int(match[2]))
        return Period(first.start, first.start + int(match[3]))
    if match := _MONTH.fullmatch(text):
        return Period.of_month(int(match[1]), int(match[2]))
    if match := _HALF.fullmatch(text):
        return Period.of_half(int(match[1]), int(match[2]))
    if match := _YEAR.fullmatch(text):
        return Period.of_year(int(match[1]))
    return Period.parse(text)


def time_of(period: Period) -> tuple[str, str]:
    """FREQ and TIME_PERIOD of a period.

    >>> time_of(Period.ytd(2025, 2)), time_of(Period.of_half(2025, 2))
    (('_U', '2025-01-01/P2M'), ('S', '2025-S2'))
    """
    frequency = FREQUENCIES.get(period.kind, OTHER_FREQUENCY)
    if frequency == OTHER_FREQUENCY:
        first = next(period.months)
        return frequency, f"{first.code}-01/P{period.length}M"
    return frequency, period.code.replace("-H", "-S")


def unit_of(code: str, multiplier: int) -> tuple[str, int]:
    """Our unit for a base unit and a power of ten, and the power that is left to apply to the value.

    >>> unit_of("usd", 6), unit_of("usd", 7), unit_of("percent", 0)
    (('million_usd', 0), ('usd', 7), ('percent', 0))
    """
    known = units.units()
    if code not in known:
        raise KechoError("kernel.unknown_unit", unit=code[:60])
    base = known[code]
    wanted = base.exponent + multiplier
    for one in known.values():
        if one.dimension == base.dimension and one.exponent == wanted and one.factor == Decimal(1).scaleb(wanted):
            return one.code, 0
    return code, multiplier


def measure_of_unit(code: str) -> tuple[str, int]:
    """UNIT_MEASURE and UNIT_MULT of our unit: the one of factor 1 of its dimension, and a power of ten.

    >>> measure_of_unit("million_usd"), measure_of_unit("percent"), measure_of_unit("thousand_tonnes")
    (('USD', 6), ('PT', 0), ('TN', 3))
    """
    known = units.units()
    if code not in known:
        return code, 0
    unit = known[code]
    base = next((one for one in known.values() if one.dimension == unit.dimension and one.factor == 1), unit)
    named = {"percent": "PT", "tonne": "TN", "person": "PS", "hectare": "HA"}
    return named.get(base.code, base.code.upper()), unit.exponent - base.exponent
