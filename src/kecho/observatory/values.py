"""What reads return: frozen values, never model instances."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Missing, Stage
from kecho.kernel.periods import Period
from kecho.observatory import rules
from kecho.observatory.models import Release


@dataclass(frozen=True, order=True, slots=True)
class SeriesKey:
    """Names one series. ``breakdown`` is empty for the total, else the catalogue's key (``fdi/crude_oil``)."""

    indicator: str
    breakdown: str = ""
    locality: str = "VN"
    measure: str = "level"


@dataclass(frozen=True, slots=True)
class ReleaseInfo:
    """Where a figure came from and when it could be known; ``period`` is the month the release is about.

    ``state`` is that of its last step (draft, checked, approved, published, returned). ``is_public`` is False as long
    as only those concerned may see it: before publication, and until ``public_from`` where that lies ahead.
    """

    id: int
    source: str
    kind: str
    title: str
    period: Period | None
    file_name: str
    sha256: str
    published_on: date
    published_basis: str
    imported_at: datetime
    reason: str
    corrects: int | None
    state: str = "published"
    public_from: datetime | None = None
    is_public: bool = True

    @property
    def shown_name(self) -> str:
        """What a list calls it: a workbook goes by its file, every other release by its title."""
        names = (self.file_name, self.title) if self.kind == Release.Kind.WORKBOOK else (self.title, self.file_name)
        return names[0] or names[1]

    @property
    def is_fictional(self) -> bool:
        """Made up for demonstration."""
        return self.kind == Release.Kind.FICTIONAL


@dataclass(frozen=True, slots=True)
class Point:
    """One value for one period. A point computed on reading has no ``id`` and names its ``inputs`` instead."""

    id: int | None
    period: Period
    value: Decimal | None
    missing: Missing | None
    stage: Stage
    unit: str
    decimals: int | None
    release: ReleaseInfo
    sheet: str = ""
    cell: str = ""
    is_derived: bool = False
    is_fictional: bool = False
    note: str = ""
    inputs: tuple[int, ...] = ()

    @property
    def number(self) -> Decimal:
        """The value of a point that has one. Raises ``observatory.no_value`` where there is a reason instead."""
        if self.value is None:
            raise KechoError("observatory.no_value", period=self.period.code, missing=self.missing)
        return self.value


@dataclass(frozen=True, slots=True)
class SeriesInfo:
    """A series with data: its key, names, unit, and the first and last period it has."""

    key: SeriesKey
    label_vi: str
    label_en: str
    unit: str
    is_mapped: bool
    first: Period
    last: Period
    count: int
    order: int = 0

    def label(self, lang: str = "vi") -> str:
        """The name of the part; an unmapped label is Vietnamese in both languages."""
        return self.label_vi if lang == "vi" else self.label_en


@dataclass(frozen=True, slots=True)
class SettlementInfo:
    """How a finding ended: kind, reason, who, when, and the release that did it where one did."""

    kind: str
    reason: str
    actor_name: str
    at: datetime
    by_release: int | None


@dataclass(frozen=True, slots=True)
class FindingInfo:
    """What a check found: rule, severity (error, warning, note), the values weighed, and the cells they stand in.

    ``state`` says how it was settled (``states.FINDING``), ``settled`` by whom and why.
    A cell has ``role``, ``sheet``, ``cell``, ``value`` and, where it was stored, the id of its ``observation``.
    """

    id: int
    rule: str
    severity: str
    release: ReleaseInfo
    key: SeriesKey | None
    period: Period | None
    facts: dict[str, str]
    cells: tuple[dict[str, Any], ...]
    state: str = "open"
    settled: SettlementInfo | None = None

    def text(self, lang: str = "vi") -> str:
        """The rule's sentence with the values in it."""
        return rules.sentence(self.rule, self.facts, lang)


@dataclass(frozen=True, slots=True)
class PointDetail:
    """A point with its series, all vintages (oldest first) and the findings about this part, place and period."""

    key: SeriesKey
    series: SeriesInfo
    point: Point
    vintages: tuple[Point, ...] = field(default_factory=tuple)
    findings: tuple[FindingInfo, ...] = field(default_factory=tuple)
