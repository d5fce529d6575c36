"""What comes in by the address: read strictly, refused with a code. Nothing here touches the database."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period, PeriodKind

YEARS = range(1990, 2101)
_LOCALITY = re.compile(r"VN(-[A-Z0-9]{2,3}(-[0-9]{1,6})?)?")
_YEAR = re.compile(r"[0-9]{4}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_BREAKDOWN = re.compile(r"[a-z0-9_/.%@-]{1,300}")

Query = Mapping[str, str]


def shown(value: str) -> str:
    """The offending value as an error page may repeat it: short, without control characters."""
    return "".join(char if char.isprintable() else "�" for char in value[:60])


def locality(query: Query, default: str) -> str:
    """A locality's code. Whether it exists is for the caller to ask."""
    value = query.get("locality", "")
    if value and not _LOCALITY.fullmatch(value):
        raise KechoError("pages.bad_locality", value=shown(value))
    return value or default


def year(query: Query, default: int) -> int:
    """A year from 1990 to 2100."""
    value = query.get("year", "")
    if not value:
        return default
    if not _YEAR.fullmatch(value) or int(value) not in YEARS:
        raise KechoError("pages.bad_year", value=shown(value))
    return int(value)


def as_of(query: Query) -> date | None:
    """The day whose knowledge is asked for; None for all that is known now."""
    value = query.get("as_of", "")
    if not value:
        return None
    try:
        if not _DATE.fullmatch(value):
            raise ValueError
        day = date.fromisoformat(value)
    except ValueError:
        raise KechoError("pages.bad_date", value=shown(value)) from None
    if day.year not in YEARS:
        raise KechoError("pages.bad_date", value=shown(value))
    return day


def choice(query: Query, name: str, choices: Sequence[str], default: str) -> str:
    """One of a few words."""
    value = query.get(name, "")
    if value and value not in choices:
        raise KechoError("pages.bad_choice", value=shown(value), name=name, choices=", ".join(choices))
    return value or default


def breakdown(query: Query) -> str:
    """The key of a part; empty for the total."""
    value = query.get("breakdown", "")
    if value and not _BREAKDOWN.fullmatch(value):
        known = "fdi, domestic, fdi/crude_oil, …"
        raise KechoError("pages.bad_choice", value=shown(value), name="breakdown", choices=known)
    return value


def page_number(query: Query) -> int:
    """A page of a long list, from 1."""
    value = query.get("page", "1")
    if not _NUMBER.fullmatch(value):
        raise KechoError("pages.bad_number", value=shown(value))
    return int(value)


def month(text: str) -> Period:
    """A month out of a path: ``2025-02``."""
    try:
        period = Period.parse(text)
    except KechoError:
        raise KechoError("pages.bad_month", value=shown(text)) from None
    if period.kind is not PeriodKind.MONTH or period.year not in YEARS:
        raise KechoError("pages.bad_month", value=shown(text))
    return period
