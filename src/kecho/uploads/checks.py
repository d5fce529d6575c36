"""What a form promises about earlier reports: cumulative rows never fall. Weighed against what was published before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kecho.intake.own import forms, rules
from kecho.intake.own.mapping import Mapping
from kecho.intake.rows import Row
from kecho.kernel import units
from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.kernel.quantities import Quantity
from kecho.observatory import queries
from kecho.observatory.queries import SeriesKey
from kecho.observatory.values import Point


def fallen(rows: Sequence[Row], mappings: Sequence[Mapping]) -> Iterator[KechoError]:
    """``intake.form_fell`` for every cumulative row that is lower than the last report before it."""
    watched = {}
    for mapping in mappings:
        form = forms.form(mapping.form)
        for rule in mapping.rows:
            if form is not None and rule.number in form.cumulative:
                watched[rule.indicator, rule.key] = rule.number
    for row in rows:
        number = watched.get((row.indicator, row.label))
        if number is None or row.value in ("-", "...", "x"):
            continue
        key = SeriesKey(row.indicator, row.label, row.locality, row.measure)
        last = _last_before(queries.points(key), Period.parse(row.period.partition("@")[0]))
        if last is None or last.value is None:
            continue
        unit = units.parse_unit(row.unit)
        now = Quantity(row.decimal, unit)
        if unit != last.unit and unit in units.units() and last.unit in units.units():
            now = now.to(last.unit)
        if now.unit == last.unit and now.value < last.value:
            yield KechoError(
                "intake.form_fell",
                where=rules.place(row.file, row.sheet, row.cell),
                row=number,
                value=format(now.value, "f"),
                last=format(last.value, "f"),
                period=last.period.code,
            )


def _last_before(points: dict[Period, Point], period: Period) -> Point | None:
    """The latest one that ended earlier; the year's report contains the half-year's, which ended earlier too."""
    earlier = [point for point in points.values() if point.period.end < period.end and point.value is not None]
    return max(earlier, key=lambda point: point.period.end, default=None)
