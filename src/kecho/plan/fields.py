"""Fields of a plan file: their names, and one reader of values for both formats (TOML values, CSV texts)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from kecho.kernel.errors import KechoError, Location
from kecho.kernel.numerals import Mark, decimal_mark, parse_number
from kecho.kernel.periods import Period
from kecho.kernel.text import clean, fold

PLAN_FIELDS = (
    "locality", "period", "version", "title_vi", "title_en", "document_number", "document_date", "document_issuer",
    "document_title", "effective_from", "reason", "bands", "fictional",
)  # fmt: skip
TARGET_FIELDS = (
    "code", "name_vi", "name_en", "indicator", "breakdown", "target_locality", "measure", "basis", "form",
    "target_period", "value", "low", "high", "strict", "approximate", "unit", "direction", "base_value", "base_period",
    "definition_vi", "definition_en", "denominator", "denominator_breakdown", "lead", "supporting", "part_of",
    "of_which", "verified", "source", "note_vi", "note_en", "target_fictional",
)  # fmt: skip
YES = {"yes", "true", "co", "dung", "x", "1"}
NO = {"", "no", "false", "khong", "sai", "0"}

Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of a plan's or a target's fields, and where they stand."""

    values: Mapping[str, str]
    where: Location = field(default_factory=Location)


@dataclass(slots=True)
class Entry:
    """One plan or one target as found in the file; every problem met while reading it is kept in ``problems``."""

    values: Mapping[str, Any]
    where: Location
    problems: list[KechoError]
    mark: Mark | None = "."  # None: 1.234 can mean two numbers and is asked back
    name: str = ""
    written: Mapping[str, str] = field(default_factory=dict)  # field -> how this format writes it

    def text(self, name: str, *, required: bool = False) -> str:
        """The text of a field, cleaned; a missing required one is a problem."""
        found = self.values.get(name, "")
        if isinstance(found, (list, dict)):
            self.fail("plan.bad_value", field=name, value=found, expected="…")
            return ""
        value = clean(str(found))
        if required and not value:
            self.fail("plan.missing_field", field=name)
        return value

    def number(self, name: str) -> Decimal | None:
        """A decimal; None where the field is empty."""
        value = self.values.get(name, "")
        if isinstance(value, bool):
            self.fail("plan.bad_value", field=name, value=value, expected="12.5")
            return None
        if isinstance(value, (int, Decimal)):
            return Decimal(value)
        if not clean(str(value)):
            return None
        mark = decimal_mark([str(value)]) or self.mark  # 13,5 can only mean thirteen and a half
        return self._try(name, lambda: parse_number(str(value), "en", mark=mark), "950000; 12.5")

    def whole(self, name: str, default: int) -> int:
        """A whole number."""
        value = self.number(name)
        if value is None:
            return default
        if value != value.to_integral_value():
            self.fail("plan.bad_value", field=name, value=value, expected="1")
            return default
        return int(value)

    def flag(self, name: str) -> bool:
        """``true``/``false`` in TOML; ``yes``, ``có``, ``x``, or empty in CSV."""
        value = self.values.get(name, False)
        word = fold(str(value))
        if word not in YES | NO:
            self.fail("plan.bad_value", field=name, value=value, expected="yes, no")
        return word in YES

    def day(self, name: str) -> date | None:
        """A date: ISO or day/month/year in CSV, workbook and form, a TOML date in TOML."""
        value = self.values.get(name, "")
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        text = clean(str(value))
        return self._try(name, lambda: _day(text), "2025-02-19, 19/02/2025") if text else None

    def period(self, name: str, default: Period | None) -> Period | None:
        """``2025``, ``2025-H2``, ``2021-2025`` (whole years) or any other spelling of ``Period.parse``."""
        text = self.text(name)
        if not text:
            return default
        first, dash, last = text.partition("-")
        if dash and len(first) == len(last) == 4 and (first + last).isdigit() and first <= last:
            return Period(int(first) * 12, int(last) * 12 + 12)
        return self._try(name, lambda: Period.parse(text), "2025, 2025-H2, 2021-2025")

    def choice(self, name: str, kind: type[Kind], default: Kind | None) -> Kind | None:
        """One word of a fixed list."""
        text = self.text(name)
        if not text:
            return default
        if text not in list(kind):
            self.fail("plan.bad_value", field=name, value=text, expected=", ".join(kind))
            return default
        return kind(text)

    def words(self, name: str) -> tuple[str, ...]:
        """A list in TOML, texts parted by ``|`` in CSV."""
        value = self.values.get(name, "")
        parts = value if isinstance(value, list) else str(value).split("|")
        return tuple(word for part in parts if (word := clean(str(part))))

    def refuse_unknown(self, known: tuple[str, ...]) -> None:
        """A field that nothing reads is a typing error, never ignored."""
        for name in self.values:
            if name not in known:
                self.fail("plan.unknown_field", field=name, known=", ".join(known))

    def fail(self, code: str, **params: Any) -> None:
        """Keep a problem with its place."""
        if "field" in params:
            params["field"] = self.written.get(params["field"], params["field"])
        self.problems.append(KechoError(code, where=self.where, **{"target": self.name or "—", **params}))

    def _try(self, name: str, read: Callable[[], Any], expected: str) -> Any:
        try:
            return read()
        except (KechoError, ValueError):
            self.fail("plan.bad_value", field=name, value=self.values.get(name), expected=expected)
            return None


def _day(text: str) -> date:
    """``2025-02-19`` or, as it is written in Viet Nam, ``19/02/2025``. Raises ValueError."""
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text, re.ASCII)
    return date(*map(int, reversed(found.groups()))) if found else date.fromisoformat(text)
