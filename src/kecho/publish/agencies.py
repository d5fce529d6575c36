"""Who writes the report and to whom: agencies as dated data (``agencies.toml``), never as code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

from kecho.kernel import localities
from kecho.kernel.errors import KechoError
from kecho.kernel.localities import Locality
from kecho.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency in one language, with everything that the decree's layout grid asks of it."""

    superior: str
    name: str
    symbol: str
    seat: str
    addressees: tuple[str, ...]
    signature: tuple[str, ...]
    recipients: tuple[str, ...]
    closing: str
    is_verified: bool


def place(code: str, month: Period) -> Locality:
    """The locality as it was on the last day of the month. Raises ``publish.unknown_locality``."""
    last_day = month.dates[1] - timedelta(days=1)
    try:
        return localities.get(code, last_day)
    except KechoError as error:
        raise KechoError("publish.unknown_locality", value=code) from error


def agency(locality: Locality, month: Period, lang: str) -> Agency:
    """The agency that reports for a locality about a month: its own entry, else the one that serves every province."""
    last_day = month.dates[1] - timedelta(days=1)
    valid = [entry for entry in _entries() if _is_valid(entry, last_day)]
    own = [entry for entry in valid if entry["locality"] == locality.code]
    (entry, *_) = own or [entry for entry in valid if not entry["locality"]]
    full = locality.full_name_vi
    words = {
        "place": full.upper() if lang == "vi" else locality.name("en").upper(),
        "place_words": full[:1].lower() + full[1:],
        "name": locality.name(lang),
    }
    return Agency(
        superior=entry[f"superior_{lang}"].format(**words),
        name=entry[f"agency_{lang}"],
        symbol=entry["symbol"],
        seat=entry[f"seat_{lang}"].format(**words),
        addressees=tuple(line.format(**words) for line in entry[f"addressees_{lang}"]),
        signature=tuple(entry[f"signature_{lang}"]),
        recipients=tuple(entry[f"recipients_{lang}"]),
        closing=entry[f"closing_{lang}"],
        is_verified=entry["verified"],
    )


@cache
def _entries() -> list[dict[str, Any]]:
    text = resources.files("kecho.publish").joinpath("agencies.toml").read_text("utf-8")
    entries: list[dict[str, Any]] = tomllib.loads(text)["agency"]
    return entries


def _is_valid(entry: dict[str, Any], day: date) -> bool:
    return entry.get("valid_from", date.min) <= day < entry.get("valid_to", date.max)
