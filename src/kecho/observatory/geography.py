"""A series before and after the provinces merged on 1 July 2025, on either geography, as far as the figures allow.

On the new geography the months before are the sum of the old provinces in the new one, for levels that add up.
An index, a share, growth or a yield does not, and is refused with the reason. On the old geography the months after
exist only for places that the merger left alone: nobody prints how much of Bắc Ninh used to be Bắc Giang.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kecho.kernel import localities
from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.observatory import catalogue, derive, queries
from kecho.observatory.values import Point, SeriesKey

#: Resolution 202/2025/QH15.
MERGED_ON = date(2025, 7, 1)
#: The first month counted on the new geography.
FIRST = Period.of_month(MERGED_ON.year, MERGED_ON.month)


class Geography(StrEnum):
    """The 63 provinces until June 2025, or the 34 since."""

    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The points of a series on a geography, and what was assumed, in both languages."""

    points: dict[Period, Point]
    assumed_vi: str
    assumed_en: str

    def assumed(self, lang: str = "vi") -> str:
        """What the points rest on."""
        return self.assumed_vi if lang == "vi" else self.assumed_en


def rebuilt(key: SeriesKey, geography: Geography, as_of: date | None = None) -> Rebuilt:
    """The series on a geography, as known on ``as_of``.

    Raises ``observatory.other_geography`` for a place that is none of that geography, ``observatory.not_additive`` for
    a measure that old provinces do not add up to.
    """
    parts = _parts(key.locality, geography)
    if len(parts) == 1 and parts == [key.locality] and _is_unchanged(key.locality):
        name = _names(parts)
        return Rebuilt(
            queries.points(key, as_of),
            f"{name[0]} không thay đổi địa giới ngày 01/7/2025.",
            f"{name[1]} kept its borders on 1 July 2025.",
        )
    if geography is Geography.OLD:
        return _until_the_merger(key, as_of)
    return _summed(key, parts, as_of)


def changes_on(code: str, geography: Geography) -> bool:
    """Whether a place of the geography has another series there than the published one."""
    try:
        _parts(code, geography)
    except KechoError:
        return False
    return code != "VN" and not _is_unchanged(code)


def _parts(code: str, geography: Geography) -> list[str]:
    """The old provinces that a place of the geography stands for."""
    day_before = date.fromordinal(MERGED_ON.toordinal() - 1)
    day = MERGED_ON if geography is Geography.NEW else day_before
    try:
        localities.get(code, day)
    except KechoError:
        raise KechoError("observatory.other_geography", locality=code, geography=geography.value) from None
    if geography is Geography.OLD:
        return [code]
    found = [one.code for one in localities.predecessors(code, MERGED_ON)]
    return found or [code]


def _is_unchanged(code: str) -> bool:
    """Neither took a province in nor went into another."""
    taken_in = [one.code for one in localities.predecessors(code, MERGED_ON)]
    went_into = [change.new for change in localities.changes() if change.old == code and change.on == MERGED_ON]
    return taken_in in ([], [code]) and went_into in ([], [code])


def _names(codes: list[str]) -> tuple[str, str]:
    day_before = date.fromordinal(MERGED_ON.toordinal() - 1)
    places = [localities.get(code, day_before) for code in codes]
    return ", ".join(one.name("vi") for one in places), ", ".join(one.name("en") for one in places)


def _until_the_merger(key: SeriesKey, as_of: date | None) -> Rebuilt:
    """An old province's own figures; those of the new province of the same code are another place's."""
    known = {period: point for period, point in queries.points(key, as_of).items() if period.end <= FIRST.start}
    vi, en = _names([key.locality])
    return Rebuilt(
        known,
        f"{vi} sáp nhập ngày 01/7/2025; số liệu sau ngày này không tách được theo địa giới cũ.",
        f"{en} merged on 1 July 2025; later figures cannot be split along the old borders.",
    )


def _summed(key: SeriesKey, parts: list[str], as_of: date | None) -> Rebuilt:
    """The new province: the sum of the old ones before, its own figures since."""
    _require_additive(key)
    keys = [replace(key, locality=code) for code in parts]
    found = queries.many_points([*keys, key], as_of)
    known = [
        {period: point for period, point in found[one].items() if point.value is not None and period.end <= FIRST.start}
        for one in keys
    ]
    vi, en = _names(parts)
    note = f"cộng {len(parts)} tỉnh, thành phố cũ / sum of {len(parts)} old provinces: {vi}"
    made = {period: point for period, point in found[key].items() if period.start >= FIRST.start}
    for period in set.intersection(*(set(part) for part in known)):
        of_parts = [part[period] for part in known]
        if len({point.unit for point in of_parts}) == 1:
            total = sum((point.number for point in of_parts), Decimal(0))
            made[period] = replace(derive.made_of(period, total, of_parts), note=note)
    return Rebuilt(
        dict(sorted(made.items())),
        f"Trước 01/7/2025 là tổng của {vi}, ở những kỳ mà tất cả đều có số; kỳ vắt qua ngày này không dựng lại.",
        f"Before 1 July 2025: the sum of {en}, for periods where all have a figure; periods across it are left out.",
    )


def _require_additive(key: SeriesKey) -> None:
    if not catalogue.adds_up(key.indicator, key.measure):
        raise KechoError("observatory.not_additive", indicator=key.indicator, measure=key.measure)
