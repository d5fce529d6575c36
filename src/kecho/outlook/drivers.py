"""Who drove a result: how many points each part gave to the growth of the whole, and what is left unexplained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kecho.analytics.accounting import contributions
from kecho.analytics.growth import growth_pct
from kecho.kernel import localities
from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.observatory import catalogue, queries
from kecho.observatory.queries import Point, SeriesKey
from kecho.plan.assessment.facts import Fact, Facts

PLACES = "localities"
OWNERSHIP = frozenset({"domestic", "fdi", "state", "non_state"})
Named = tuple[str, str, str, SeriesKey]  # key, name in Vietnamese, name in English, series


@dataclass(frozen=True, slots=True)
class Driver:
    """One part: its levels in both periods, its own growth, and the points it gave to the whole's."""

    key: str
    name_vi: str
    name_en: str
    now: Decimal
    base: Decimal
    growth_pct: Decimal | None
    points: Decimal
    is_fictional: bool

    def name(self, lang: str = "vi") -> str:
        """The part's name."""
        return self.name_vi if lang == "vi" else self.name_en


@dataclass(frozen=True, slots=True)
class Drivers:
    """The parts of one kind, the largest push first. ``sum(points) + remainder == growth_pct``, exactly.

    ``kind`` names the breakdown: ``ownership``, an item set of the catalogue, or ``localities``. ``published_pct`` is
    the growth that was published, which differs from the one of the levels where last year was revised.
    """

    kind: str
    period: Period
    unit: str
    now: Decimal
    base: Decimal
    growth_pct: Decimal
    published_pct: Decimal | None
    rows: tuple[Driver, ...]
    remainder: Decimal

    @property
    def is_fictional(self) -> bool:
        """Whether a made-up figure is among the parts."""
        return any(row.is_fictional for row in self.rows)


def drivers(
    indicator: str, locality: str, breakdown: str = "", period: Period | None = None, as_of: date | None = None
) -> list[Drivers]:
    """Every breakdown with at least two parts known in the period and a year before, as of a day.

    ``period`` defaults to the latest year to date. Only levels have points; an index without published weights gives
    an empty list, for nobody knows what its parts weigh.
    """
    groups = _groups(indicator, locality, breakdown)
    whole_key = SeriesKey(indicator, breakdown, locality)
    index_key = SeriesKey(indicator, breakdown, locality, Measure.INDEX_PY.value)
    keys = [key for group in groups.values() for *_, key in group]
    found = queries.many_points([whole_key, index_key], as_of)
    whole = _facts(found[whole_key])
    chosen = period or _latest(whole)
    if chosen is None:
        return []
    now, base = whole.total(chosen), whole.total(chosen.year_before)
    if now is None or base is None or base.value <= 0:
        return []
    first = chosen.year_before.start - chosen.start % 12
    parts_found = queries.many_points(keys, as_of, Period(first, first + 1), chosen)
    published = found[index_key].get(chosen)
    rate = None if published is None or published.value is None else published.value - 100
    made = []
    for kind, group in groups.items():
        parts = {key: pair for key, _, _, series in group if (pair := _pair(parts_found[series], whole.unit, chosen))}
        told = contributions(
            {key: pair[0].value for key, pair in parts.items()},
            {key: pair[1].value for key, pair in parts.items()},
            now.value,
            base.value,
        )
        if told is not None and len(parts) > 1:
            rows = _rows(group, parts, told.points)
            made.append(
                Drivers(kind, chosen, whole.unit, now.value, base.value, told.growth_pct, rate, rows, told.remainder)
            )
    return made


def _pair(points: Mapping[Period, Point], unit: str, period: Period) -> tuple[Fact, Fact] | None:
    """A part's level in the period and a year before, where both are known in the unit of the whole."""
    part = _facts(points, unit)
    now, base = part.total(period), part.total(period.year_before)
    return None if now is None or base is None else (now, base)


def _rows(
    group: Sequence[Named], parts: Mapping[str, tuple[Fact, Fact]], points: Mapping[str, Decimal]
) -> tuple[Driver, ...]:
    """The parts, the largest push first."""
    names = {key: (vi, en) for key, vi, en, _ in group}
    rows = [
        Driver(
            key,
            *names[key],
            now.value,
            base.value,
            growth_pct(now.value, base.value),
            points[key],
            now.is_fictional or base.is_fictional,
        )
        for key, (now, base) in parts.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.points, row.key)))


def _facts(points: Mapping[Period, Point], unit: str = "") -> Facts:
    """Levels of one unit; a part counted in another unit than the whole gives none."""
    known = {period: point for period, point in points.items() if point.value is not None}
    own = next((point.unit for point in known.values()), "")
    if unit and own != unit:
        return Facts()
    facts = {
        period: Fact(period, point.number, point.stage, point.inputs, point.is_derived, point.is_fictional)
        for period, point in known.items()
    }
    return Facts(facts, unit=own)


def _latest(whole: Facts) -> Period | None:
    """The latest year to date that is known in both years; where there is none, the latest month."""
    end = whole.last_end()
    if end is None:
        return None
    for at in range(end, end - 12, -1):
        for period in (Period((at - 1) // 12 * 12, at), Period(at - 1, at)):
            if whole.total(period) is not None and whole.total(period.year_before) is not None:
                return period
    return None


def _groups(indicator: str, locality: str, breakdown: str) -> dict[str, list[Named]]:
    """Kinds of parts: those that the catalogue says make up the whole, its other lists, and the places below."""
    info, items = queries.indicator(indicator), catalogue.items(indicator)
    taken: set[str] = set()
    groups: dict[str, list[Named]] = {}
    for one in info.sums:
        if one.whole == breakdown:
            keys = (*one.parts, *one.also)
            kind = "ownership" if OWNERSHIP & {key.rpartition("/")[2] for key in one.parts} else "groups"
            name = kind if kind not in groups else f"{kind}_{len(groups)}"
            groups[name] = [_named(indicator, locality, key) for key in keys if key in items]
            taken |= set(keys)
    for name in info.item_sets:
        direct = [item.key for item in catalogue.item_set(name) if item.parent == breakdown and item.key not in taken]
        groups[name] = [_named(indicator, locality, key) for key in direct if key in items]
    groups[PLACES] = [
        (place.code, place.name("vi"), place.name("en"), SeriesKey(indicator, breakdown, place.code))
        for place in _places_below(locality)
    ]
    return {kind: group for kind, group in groups.items() if group}


def _named(indicator: str, locality: str, key: str) -> Named:
    item = catalogue.items(indicator)[key]
    return key, item.name("vi"), item.name("en"), SeriesKey(indicator, key, locality)


def _places_below(locality: str) -> list[localities.Locality]:
    """Places with figures one level below."""
    found = []
    for code in queries.localities_with_data():
        try:
            place = localities.get(code)
        except KechoError:
            continue
        if place.parent == locality:
            found.append(place)
    return found
