"""Axes: round ticks that cover the data, and the way from a value to a place. Geometry is float, figures are not."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps ``low..high`` to ``start..end`` in pixels, upside down where ``end`` is less. Ticks are round."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def __call__(self, value: float) -> float:
        """The place of a value, to a tenth of a pixel."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def round_step(span: float, parts: int) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that covers ``span`` in at most ``parts`` steps.

    >>> round_step(97, 5), round_step(0.34, 4)
    (20.0, 0.1)
    """
    raw = span / parts
    power = 10.0 ** math.floor(math.log10(raw))
    for factor in (1, 2, 2.5, 5, 10):
        if factor * power >= raw * (1 - 1e-9):
            return round(factor * power, 12)
    return 10 * power


def scale(values: Sequence[float], start: float, end: float, *, from_zero: bool = False, parts: int = 5) -> Scale:
    """A scale whose first and last tick enclose all values; a single value gets room on both sides.

    >>> scale([31.2, 44.8], 100, 0).ticks
    (30.0, 35.0, 40.0, 45.0)
    """
    low, high = min(values), max(values)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low < 1e-12:
        room = abs(high) * 0.1 or 1.0
        low, high = (low, high + room) if from_zero else (low - room, high + room)
    step = round_step(high - low, parts)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(round(step * n, 12) for n in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], start, end, ticks)
