"""Small graphics of the board: the sparkline of the last months, and the bar of a plan with its expected pace."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kecho.pages.charts.scale import scale

WIDTH, HEIGHT = 132, 34


def sparkline(values: Sequence[Decimal | None], *, is_last_hollow: bool = False) -> str:
    """The months in order, None where there is no figure (the line breaks); the last known one is marked.

    Empty below two figures: a single point shows no movement.
    """
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return ""
    y = scale(known, HEIGHT - 5, 5, parts=50)
    step = (WIDTH - 12) / (len(values) - 1)
    places = [None if v is None else f"{6 + step * n:.1f} {y(float(v))}" for n, v in enumerate(values)]
    path, pen_is_down = [], False
    for place in places:
        if place is not None:
            path.append(f"{'L' if pen_is_down else 'M'}{place}")
        pen_is_down = place is not None
    last = next(place for place in reversed(places) if place is not None)
    cx, cy = last.split()
    css = "dot hollow" if is_last_hollow else "dot full"
    return (
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">'
        f'<path class="run firm" d="{"".join(path)}"/><circle class="{css}" cx="{cx}" cy="{cy}" r="3"/></svg>'
    )


def plan_bar(done_pct: Decimal, expected_pct: Decimal | None, tone: str) -> str:
    """How much of the plan is done (a bar) and how much should be by now (a tick), both in percent of the plan.

    The bar's full width is 100 %, or what is done where that is more.
    """
    full = max(100.0, float(done_pct), float(expected_pct or 0))
    width = WIDTH - 4

    def place(value: float) -> float:
        return round(2 + width * max(0.0, value) / full, 1)

    done = place(float(done_pct)) - 2
    parts = [
        f'<rect class="bed" x="2" y="4" width="{width}" height="8" rx="2"/>',
        f'<rect class="done {tone}" x="2" y="4" width="{done:.1f}" height="8" rx="2"/>',
    ]
    if full > 100:
        parts.append(f'<path class="full" d="M{place(100)} 2v12"/>')
    if expected_pct is not None:
        parts.append(f'<path class="pace" d="M{place(float(expected_pct))} 1v14"/>')
    body = "".join(parts)
    return f'<svg class="plan-bar" viewBox="0 0 {WIDTH} 16" aria-hidden="true" focusable="false">{body}</svg>'
