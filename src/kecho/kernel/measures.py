"""What a number measures and how mature it is: the words every floor shares."""

from __future__ import annotations

from enum import StrEnum


class Measure(StrEnum):
    """The kind of number. Stored, never guessed from a percent sign: 117.17 under a heading "%" is an index."""

    LEVEL = "level"
    INDEX_PY = "index_py"  # same period of last year = 100
    INDEX_PP = "index_pp"  # previous period = 100
    INDEX_DEC = "index_dec"  # December of last year = 100
    INDEX_BASE = "index_base"  # a fixed base period = 100
    SHARE = "share"  # percent of a total
    GROWTH = "growth"  # percent change

    @property
    def is_index(self) -> bool:
        """An index with some base = 100, so that ``value - 100`` is a growth rate."""
        return self in (Measure.INDEX_PY, Measure.INDEX_PP, Measure.INDEX_DEC, Measure.INDEX_BASE)


class Stage(StrEnum):
    """How mature a figure is. Forecasts and targets are never observations, so they are no stage."""

    ESTIMATE = "estimate"  # ước tính
    PRELIMINARY = "preliminary"  # sơ bộ
    OFFICIAL = "official"  # chính thức


class Missing(StrEnum):
    """Why there is no number. Zero is a number and is none of these."""

    NIL = "nil"  # "-": the phenomenon does not occur
    NOT_COLLECTED = "not_collected"  # "...": it occurs, nobody collected it
    MISSING = "missing"  # blank: it should be there
    NOT_APPLICABLE = "not_applicable"  # "x": it cannot be
