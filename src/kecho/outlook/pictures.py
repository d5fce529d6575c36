"""Charts of an outlook: the fan of months, the way to the target, the seasonal view, bars of a waterfall. Pure SVG."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kecho.kernel.measures import Stage
from kecho.kernel.periods import Period
from kecho.outlook.answers import LEVELS, Outlook
from kecho.outlook.progress import Step
from kecho.pages import words
from kecho.pages.charts.plot import Area, Dot, Line, Plot, Rule, svg

HISTORY = 24
NARROW = 18
SEASONAL_MONTHS = 60
TONES = {80: "inner", 95: "outer"}
BAR_WIDTH, BAR_HEIGHT = 200, 14


def both(plot: Plot, narrow: int = NARROW) -> list[str]:
    """The same chart twice: for wide and for narrow screens, of which the style sheet shows one."""

    def number(tick: Decimal) -> str:
        exponent = tick.normalize().as_tuple().exponent
        return words.number(tick, max(0, -exponent) if isinstance(exponent, int) else 0)

    wide = svg(plot, number, width=900, height=340, css="wide")
    return [wide, svg(plot.last(narrow), number, width=360, height=300, css="narrow")] if wide else []


def fan(outlook: Outlook, decimals: int) -> Plot:
    """The last two years of months and the months to come: median, 80 and 95 % bands."""
    known = outlook.known
    first = max(known.months.first, known.months.end - HISTORY)
    months = [Period(at, at + 1) for at in range(first, known.months.end + len(outlook.ahead))]
    history = [
        _dot(outlook, month, at, value, decimals)
        for at, month in enumerate(months)
        if (value := known.months.at(month.start)) is not None
    ]
    last = history[-1] if history else None
    start = known.months.end - first
    ahead = [Dot(start + at, _exact(one.median), "") for at, one in enumerate(outlook.ahead)]
    areas = []
    for level in reversed(LEVELS):
        ends = [
            (start + at, _exact(one.intervals[level][0]), _exact(one.intervals[level][1]))
            for at, one in enumerate(outlook.ahead)
        ]
        joined = ([(last.at, last.value, last.value)] if last else []) + ends
        areas.append(Area(tuple(joined), TONES[level]))
    lines = [Line("", tuple(history), "now")]
    if ahead:
        lines.append(
            Line("", ((Dot(last.at, last.value, ""),) if last else ()) + tuple(ahead), "ahead", has_points=False)
        )
    shown = tuple(areas) if ahead else ()
    return Plot(_slots(months), tuple(lines), groups=_years(months), breaks=_breaks(outlook, first), areas=shown)


def way(steps: Sequence[Step], band: tuple[float | None, float | None], unit_words: str, plan: str) -> Plot:
    """The year month by month against the target's band; the open months as a fan."""
    known = [step for step in steps if not step.intervals]
    ahead = [step for step in steps if step.intervals]
    firm = tuple(
        Dot(step.month - 1, _exact(step.median), f"{words.number(_exact(step.median), 1)}{unit_words}")
        for step in known
    )
    start = firm[-1:]
    lines = [Line("", firm, "now")]
    areas: list[Area] = []
    if ahead:
        lines.append(
            Line("", start + tuple(Dot(s.month - 1, _exact(s.median), "") for s in ahead), "ahead", has_points=False)
        )
        for level in reversed(LEVELS):
            ends = [(s.month - 1, _exact(s.intervals[level][0]), _exact(s.intervals[level][1])) for s in ahead]
            areas.append(Area((*((dot.at, dot.value, dot.value) for dot in start), *ends), TONES[level]))
    ends_of_band = [_exact(end) for end in band if end is not None]
    rules = (Rule(ends_of_band[0], plan, until=ends_of_band[-1]),) if ends_of_band else ()
    slots = tuple(words.without_year(month) for month in Period.of_year(2000).months)
    return Plot(slots, tuple(line for line in lines if line.dots), rules, areas=tuple(areas))


def seasonal(outlook: Outlook) -> Plot:
    """The original months, the adjusted ones and the trend of the last five years."""
    found = outlook.made.adjustment
    if found is None:
        return Plot((), ())
    count = min(SEASONAL_MONTHS, len(found.adjusted))
    end = outlook.known.months.first + len(found.adjusted)
    months = [Period(at, at + 1) for at in range(end - count, end)]
    original = [
        Dot(at, _exact(value), "")
        for at, month in enumerate(months)
        if (value := outlook.known.months.at(month.start)) is not None
    ]
    adjusted, trend = (
        tuple(Dot(at, _exact(value), "") for at, value in enumerate(part[-count:]))
        for part in (found.adjusted, found.trend)
    )
    parts = ((tuple(original), "older"), (trend, "trend"), (adjusted, "now"))
    lines = tuple(Line("", dots, tone, has_points=False) for dots, tone in parts)
    return Plot(_slots(months), lines, groups=_years(months))


def bars(points: Sequence[float]) -> list[str]:
    """One small bar a step of a waterfall, each starting where the one before ended; the sum last."""
    edges, at = [(0.0, 0.0)], 0.0
    for point in points:
        edges.append((at, at + point))
        at += point
    edges = [*edges[1:], (0.0, at)]
    return _drawn(edges, range(len(edges) - 1))


def deviations(values: Sequence[float]) -> list[str]:
    """One bar a value from zero to it, on one scale."""
    return _drawn([(0.0, value) for value in values], range(len(values)))


def _drawn(edges: Sequence[tuple[float, float]], steps: range) -> list[str]:
    low, high = min(0.0, *(min(edge) for edge in edges)), max(0.0, *(max(edge) for edge in edges))
    span = (high - low) or 1.0

    def place(value: float) -> float:
        return round(2 + (value - low) / span * (BAR_WIDTH - 4), 1)

    found = []
    for at, (start, end) in enumerate(edges):
        tone = "sum" if at not in steps else "up" if end >= start else "down"
        left, width = min(place(start), place(end)), max(abs(place(end) - place(start)), 0.6)
        found.append(
            f'<svg class="step-bar" viewBox="0 0 {BAR_WIDTH} {BAR_HEIGHT}" aria-hidden="true" focusable="false">'
            f'<path class="axis" d="M{place(0)} 0v{BAR_HEIGHT}"/>'
            f'<rect class="{tone}" x="{left}" y="2" width="{width:.1f}" height="{BAR_HEIGHT - 4}"/></svg>'
        )
    return found


def _dot(outlook: Outlook, month: Period, at: int, value: float, decimals: int) -> Dot:
    point = outlook.known.points.get(month.start)
    title = f"{words.period(month)}: {words.number(_exact(value), decimals)}"
    if point is None:
        return Dot(at, _exact(value), title)
    return Dot(
        at,
        _exact(value),
        f"{title} ({words.stage(point.stage).lower()})",
        point.stage is Stage.ESTIMATE,
        point.stage is Stage.PRELIMINARY,
        point.is_fictional,
    )


def _breaks(outlook: Outlook, first: int) -> tuple[tuple[int, str], ...]:
    """Where the series breaks, by place on the axis."""
    found = [(one.first.start - first, one.short(words.language())) for one in outlook.known.breaks]
    return tuple((at, name) for at, name in found if at > 0)


def _slots(months: Sequence[Period]) -> tuple[str, ...]:
    return tuple(words.without_year(month) for month in months)


def _years(months: Sequence[Period]) -> tuple[tuple[int, str], ...]:
    return tuple((at, str(m.year)) for at, m in enumerate(months) if at == 0 or m.start % 12 == 0)


def _exact(value: float) -> Decimal:
    return Decimal(repr(value))
