"""From an address to what it names: a place that exists, an indicator of the catalogue, a series that has figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from kecho.kernel import localities
from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure
from kecho.observatory import derived
from kecho.observatory.geography import Geography
from kecho.observatory.queries import IndicatorInfo, SeriesInfo
from kecho.pages import params, words
from kecho.pages.params import shown


@dataclass(frozen=True, slots=True)
class AskedSeries:
    """One series of an indicator's page with the choices around it."""

    info: IndicatorInfo
    series: SeriesInfo
    as_of: date | None
    localities: tuple[str, ...]
    breakdowns: tuple[SeriesInfo, ...]
    measures: tuple[Measure, ...]
    geography: Geography | None = None


def locality(request: HttpRequest, default: str) -> str:
    """A locality that exists. Raises ``pages.bad_locality`` or ``kernel.unknown_locality``."""
    return localities.get(params.locality(request.GET, default)).code


def indicator(code: str) -> IndicatorInfo:
    """An indicator of the catalogue. Raises ``web.unknown_indicator``."""
    found = {info.code: info for info in derived.indicators()}.get(code)
    if found is None:
        raise KechoError("web.unknown_indicator", value=shown(code))
    return found


def series(request: HttpRequest, code: str) -> AskedSeries | None:
    """The series that the address names, completed where it leaves something open; None where there is none at all.

    Raises ``web.unknown_series`` for a combination that has no figures.
    """
    info = indicator(code)
    all_of_it = derived.series_list(code)
    if not all_of_it:
        return None
    places = tuple(dict.fromkeys(one.key.locality for one in all_of_it))
    place = locality(request, default="VN" if "VN" in places else places[0])
    here = [one for one in all_of_it if one.key.locality == place]
    part = params.breakdown(request.GET)
    if not part and here and not any(one.key.breakdown == "" for one in here):
        part = here[0].key.breakdown
    measures = tuple(Measure(one.key.measure) for one in here if one.key.breakdown == part)
    preferred = next((m for m in Measure if m in measures), Measure.LEVEL)
    measure = params.choice(request.GET, "measure", [m.value for m in Measure], preferred.value)
    found = next((one for one in here if one.key.breakdown == part and one.key.measure == measure), None)
    if found is None:
        asked = f"{words.place(place)} · {shown(part) or '–'} · {measure}"
        raise KechoError("web.unknown_series", indicator=info.name(words.language()), asked=asked)
    parts = {one.key.breakdown: one for one in here if one.key.measure == measure}
    on = params.choice(request.GET, "geography", [one.value for one in Geography], "")
    return AskedSeries(
        info,
        found,
        params.as_of(request.GET),
        places,
        tuple(parts.values()),
        measures,
        Geography(on) if on else None,
    )
