"""A plan as a file says it, before it is stored: plain values that can be compared, checked and shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kecho.kernel.errors import Location
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.plan.assessment.target import Basis, Form


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """One target as written. ``parent`` is the code of the target it is a part of.

    ``is_of_which`` marks a part that is only named ("trong đó"): such parts need not make the whole.
    """

    code: str
    indicator: str
    measure: Measure
    basis: Basis
    form: Form
    window: Period
    unit: str
    name_vi: str = ""
    name_en: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    is_strict: bool = False
    is_approximate: bool = False
    direction: str = ""
    breakdown: str = ""
    locality: str = ""
    base_value: Decimal | None = None
    base_period: Period | None = None
    definition_vi: str = ""
    definition_en: str = ""
    denominator_indicator: str = ""
    denominator_breakdown: str = ""
    lead_unit: str = ""
    supporting_units: tuple[str, ...] = ()
    parent: str = ""
    is_of_which: bool = False
    is_verified: bool = False
    source: str = ""
    note_vi: str = ""
    note_en: str = ""
    is_fictional: bool = False


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """One version of one plan as written."""

    locality: str
    first_year: int
    last_year: int
    version: int
    title_vi: str
    title_en: str
    effective_from: date
    targets: tuple[TargetDraft, ...]
    document_number: str = ""
    document_date: date | None = None
    document_issuer: str = ""
    document_title: str = ""
    reason: str = ""
    bands: str = "pace"
    is_fictional: bool = False

    @property
    def window(self) -> Period:
        """All months of its years."""
        return Period(self.first_year * 12, self.last_year * 12 + 12)

    @property
    def label(self) -> str:
        """``VN-HN 2025 v2``."""
        years = f"{self.first_year}-{self.last_year}" if self.last_year > self.first_year else f"{self.first_year}"
        return f"{self.locality} {years} v{self.version}"


@dataclass(frozen=True, slots=True)
class WrittenPlan:
    """A draft with the places its parts were read from, for error messages."""

    draft: PlanDraft
    where: Location
    places: dict[str, Location]

    def place(self, code: str) -> Location:
        """Where the target stands, else where the plan stands."""
        return self.places.get(code, self.where)
