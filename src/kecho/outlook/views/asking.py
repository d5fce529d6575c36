"""From an address to an outlook: indicator, place, part, day and year, read strictly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest

from kecho.kernel import localities
from kecho.observatory import queries as observatory
from kecho.observatory.queries import IndicatorInfo
from kecho.outlook import queries
from kecho.outlook.answers import Outlook
from kecho.pages import params

WAIT = 2.0  # seconds that a page waits for an outlook that was not computed yet


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address names. ``year`` is None where it leaves the year open."""

    info: IndicatorInfo
    locality: str
    breakdown: str
    as_of: date | None
    year: int | None

    def query(self, **more: object) -> str:
        """The query string that brings this view back, with more or other names in it."""
        named: dict[str, object] = {
            "locality": self.locality, "breakdown": self.breakdown, "as_of": self.as_of, "year": self.year, **more,
        }  # fmt: skip
        return urlencode({name: value for name, value in named.items() if value})

    def outlook(self) -> Outlook | None:
        """The outlook; None while it is being computed. Raises as ``queries.outlook`` does."""
        return queries.outlook(self.info.code, self.locality, self.breakdown, self.as_of, wait=WAIT)


def asked(request: HttpRequest, code: str) -> Asked:
    """What is asked for. The place is the one named, else the first that has monthly figures.

    Raises ``observatory.unknown_indicator`` and what `params` raises.
    """
    info = observatory.indicator(params.shown(code))
    places = places_of(info.code)
    usual = places[0] if places else "VN"
    place = localities.get(params.locality(request.GET, usual)).code
    year = params.year(request.GET, 0) or None
    return Asked(info, place, params.breakdown(request.GET), params.as_of(request.GET), year)


def places_of(code: str) -> list[str]:
    """Places that have figures of the indicator, Việt Nam first."""
    found = {info.key.locality for info in observatory.series_list(code)}
    return sorted(found, key=lambda place: (place != "VN", place))


def parts_of(code: str, locality: str) -> list[tuple[str, str, str]]:
    """Parts with figures: key and both names, the total first."""
    found = {info.key.breakdown: info for info in observatory.series_list(code, locality)}
    return [(key, info.label("vi"), info.label("en")) for key, info in found.items()]
