"""A line chart by the house rules: months T1 to T12, preliminary points hollow, estimates dashed, the plan as a line
labelled "KH", made-up points as hollow diamonds on a dotted line, direct labels instead of a legend, one axis.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.html import escape

from kecho.pages.charts.scale import Scale, scale

LABEL_GAP = 15  # pixels between the base lines of two labels
WIDE, NARROW = (900, 330), (360, 300)  # pixels of a chart on a wide and on a narrow screen
CHAR_WIDTH = 6.7  # of a 12 px label, on average


@dataclass(frozen=True, slots=True)
class Dot:
    """One value at place ``at`` of the horizontal axis; ``title`` is what a pointer resting on it shows."""

    at: int
    value: Decimal
    title: str
    is_estimate: bool = False
    is_preliminary: bool = False
    is_fictional: bool = False

    @property
    def look(self) -> str:
        """How the line that leads here is drawn."""
        return "fictional" if self.is_fictional else "estimate" if self.is_estimate else "firm"


@dataclass(frozen=True, slots=True)
class Line:
    """One series; ``tone`` is a class of the style sheet: now, before, older, ahead, trend, or path (no points)."""

    name: str
    dots: tuple[Dot, ...]
    tone: str = "now"
    has_points: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A level across the chart: the plan ("KH"), or 100 of an index. ``until`` bounds it for a range."""

    value: Decimal
    label: str
    tone: str = "plan"
    until: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A band between two values at each place, such as an interval; ``tone`` is a class of the style sheet."""

    ends: tuple[tuple[int, Decimal, Decimal], ...]  # place, low, high
    tone: str = "wide"


@dataclass(frozen=True, slots=True)
class Plot:
    """All that a chart shows. ``slots`` name the places of the axis; ``groups`` are (first place, name), e.g. years.

    ``breaks`` are (first place behind the break, what changed): no line leads over a break.
    """

    slots: tuple[str, ...]
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...] = ()
    groups: tuple[tuple[int, str], ...] = ()
    from_zero: bool = False
    breaks: tuple[tuple[int, str], ...] = ()
    areas: tuple[Area, ...] = ()

    @property
    def values(self) -> list[float]:
        """Every value that must fit."""
        rules = [v for rule in self.rules for v in (rule.value, rule.until) if v is not None]
        ends = [v for area in self.areas for _, low, high in area.ends for v in (low, high)]
        return [float(v) for v in [dot.value for line in self.lines for dot in line.dots] + rules + ends]

    def last(self, places: int) -> Plot:
        """The same chart with its last ``places`` only, for narrow screens."""
        cut = max(0, len(self.slots) - places)
        lines = tuple(Line(line.name, _moved(line.dots, cut), line.tone, line.has_points) for line in self.lines)
        groups = tuple((max(0, at - cut), name) for at, name in self.groups)
        kept = [group for n, group in enumerate(groups) if n + 1 == len(groups) or groups[n + 1][0] > group[0]]
        breaks = tuple((at - cut, name) for at, name in self.breaks if at > cut)
        drawn = tuple(line for line in lines if line.dots)
        areas = tuple(
            Area(tuple((at - cut, low, high) for at, low, high in area.ends if at >= cut), area.tone)
            for area in self.areas
        )
        return Plot(self.slots[cut:], drawn, self.rules, tuple(kept), self.from_zero, breaks, areas)


def svg(plot: Plot, number: Callable[[Decimal], str], *, width: int, height: int, css: str) -> str:
    """The chart as markup without style attributes. Empty where there is nothing to draw."""
    if not plot.values:
        return ""
    ends = [line.name for line in plot.lines] + [rule.label for rule in plot.rules]
    right = min(width * 0.3, 14 + CHAR_WIDTH * max(len(name) for name in ends))
    bottom = height - (42 if plot.groups else 26)
    y = scale(plot.values, bottom, 14, from_zero=plot.from_zero)
    texts = [number(Decimal(repr(tick))) for tick in y.ticks]
    left = 12 + CHAR_WIDTH * max(len(text) for text in texts)
    x = _places(len(plot.slots), left + 10, width - right)
    parts = [
        *_grid(y, texts, left, width - right + 6),
        *_axis(plot, x, bottom),
        *_breaks(plot, x, bottom),
        *(_area(area, x, y) for area in plot.areas),
        *(_rule(rule, y, left, width - right + 6) for rule in plot.rules),
        *(_line(line, x, y, {at for at, _ in plot.breaks}) for line in plot.lines),
        *_labels(plot, x, y, width - right + 10),
    ]
    body = "".join(parts)
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg class="plot {css}" {size} aria-hidden="true" focusable="false">{body}</svg>'


def _moved(dots: Sequence[Dot], cut: int) -> tuple[Dot, ...]:
    return tuple(
        Dot(d.at - cut, d.value, d.title, d.is_estimate, d.is_preliminary, d.is_fictional) for d in dots if d.at >= cut
    )


def _places(count: int, start: float, end: float) -> list[float]:
    step = (end - start) / max(1, count - 1)
    return [round(start + step * n, 1) for n in range(count)]


def _grid(y: Scale, texts: list[str], left: float, right: float) -> list[str]:
    lines = []
    for tick, text in zip(y.ticks, texts, strict=True):
        at = y(tick)
        css = "zero" if tick == 0 else "grid"
        lines.append(f'<path class="{css}" d="M{left:.1f} {at}H{right:.1f}"/>')
        lines.append(f'<text class="tick" x="{left - 6:.1f}" y="{at + 4:.1f}" text-anchor="end">{escape(text)}</text>')
    return lines


def _axis(plot: Plot, x: list[float], bottom: float) -> list[str]:
    """Names of the places, as many as fit, and the groups below them with a mark where each begins."""
    step = x[1] - x[0] if len(x) > 1 else 100.0
    widest = max(len(name) for name in plot.slots) * CHAR_WIDTH + 6
    every = next(n for n in (1, 2, 3, 6, 12, 24, 60, 600) if n * step >= widest)
    texts = [
        f'<text class="tick" x="{x[at]}" y="{bottom + 17}" text-anchor="middle">{escape(name)}</text>'
        for at, name in enumerate(plot.slots)
        if at % every == 0
    ]
    ends = [at for at, _ in plot.groups[1:]] + [len(x)]
    for (at, name), end in zip(plot.groups, ends, strict=False):
        if at:
            edge = x[at] - step / 2
            texts.append(f'<path class="edge" d="M{edge:.1f} {bottom + 4}v32"/>')
        if (end - at) * step >= len(name) * CHAR_WIDTH:
            middle = (x[at] + x[end - 1]) / 2
            place = f'x="{middle:.1f}" y="{bottom + 35}" text-anchor="middle"'
            texts.append(f'<text class="group" {place}>{escape(name)}</text>')
    return texts


def _rule(rule: Rule, y: Scale, left: float, right: float) -> str:
    at = y(float(rule.value))
    band = ""
    if rule.until is not None and rule.until != rule.value:
        top = min(at, y(float(rule.until)))
        deep = abs(at - y(float(rule.until)))
        band = (
            f'<rect class="band {rule.tone}" x="{left:.1f}" y="{top}" width="{right - left:.1f}" height="{deep:.1f}"/>'
        )
    return f'{band}<path class="rule {rule.tone}" d="M{left:.1f} {at}H{right:.1f}"/>'


def _breaks(plot: Plot, x: list[float], bottom: float) -> list[str]:
    """An upright line before the first place behind each break, with what changed beside its top."""
    step = x[1] - x[0] if len(x) > 1 else 0.0
    parts = []
    for at, name in plot.breaks:
        edge = x[at] - step / 2
        parts.append(f'<path class="broken" d="M{edge:.1f} 10V{bottom}"/>')
        is_left = edge + CHAR_WIDTH * len(name) > x[-1]
        place = f'x="{edge - 5:.1f}" text-anchor="end"' if is_left else f'x="{edge + 5:.1f}"'
        parts.append(f'<text class="tick" {place} y="19">{escape(name)}</text>')
    return parts


def _area(area: Area, x: list[float], y: Scale) -> str:
    """The upper ends from left to right, then the lower ones back."""
    if len(area.ends) < 2:
        return ""
    upper = [f"{x[at]} {y(float(high))}" for at, _, high in area.ends]
    lower = [f"{x[at]} {y(float(low))}" for at, low, _ in reversed(area.ends)]
    return f'<path class="area {area.tone}" d="M{"L".join(upper + lower)}Z"/>'


def _line(line: Line, x: list[float], y: Scale, breaks: set[int]) -> str:
    """Stretches of one look as one path each; a missing month breaks the line; then the points on top."""
    paths: list[tuple[str, list[str]]] = []
    for before, dot in pairwise(line.dots):
        if dot.at - before.at != 1 or dot.at in breaks:
            continue
        start, end = (f"{x[d.at]} {y(float(d.value))}" for d in (before, dot))
        if paths and paths[-1][0] == dot.look and paths[-1][1][-1] == start:
            paths[-1][1].append(end)
        else:
            paths.append((dot.look, [start, end]))
    drawn = "".join(f'<path class="run {look}" d="M{"L".join(places)}"/>' for look, places in paths)
    shown = line.dots if line.has_points and line.tone != "path" else ()
    dots = "".join(_dot(dot, x[dot.at], y(float(dot.value))) for dot in shown)
    return f'<g class="series {line.tone}">{drawn}{dots}</g>'


def _dot(dot: Dot, x: float, y: float) -> str:
    title = f"<title>{escape(dot.title)}</title>"
    if dot.is_fictional:
        return f'<path class="dot hollow" d="M{x} {y - 4:.1f}l4 4l-4 4l-4 -4z">{title}</path>'
    css = "hollow" if dot.is_estimate or dot.is_preliminary else "full"
    return f'<circle class="dot {css}" cx="{x}" cy="{y}" r="3">{title}</circle>'


def _labels(plot: Plot, x: list[float], y: Scale, right: float) -> list[str]:
    """Each line's name behind its last point; names at the right edge are pushed apart where they would meet."""
    wanted, texts = [(y(float(rule.value)), rule.label, rule.tone) for rule in plot.rules], []
    for line in plot.lines:
        if not line.dots or not line.name:
            continue
        place = y(float(line.dots[-1].value))
        if line.dots[-1].at == len(x) - 1:
            wanted.append((place, line.name, line.tone))
        else:
            texts.append(_label(x[line.dots[-1].at] + 8, place - 6, line.name, line.tone))
    floor = float("-inf")
    for place, name, tone in sorted(wanted):
        floor = max(place, floor + LABEL_GAP)
        texts.append(_label(right, floor, name, tone))
    return texts


def _label(x: float, y: float, name: str, tone: str) -> str:
    return f'<text class="label {tone}" x="{x:.1f}" y="{y + 4:.1f}">{escape(name)}</text>'
