"""Figures, dates and code words as the page's language writes them. Each function reads the active language."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kecho.kernel import formats, localities
from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure, Missing, Stage
from kecho.kernel.periods import Period
from kecho.kernel.quantities import Quantity
from kecho.kernel.units import symbol

MINUS = "−"
STAGES = {Stage.ESTIMATE: _("Ước tính"), Stage.PRELIMINARY: _("Sơ bộ"), Stage.OFFICIAL: _("Chính thức")}
MISSING = {
    Missing.NIL: _("không phát sinh"),
    Missing.NOT_COLLECTED: _("không thu thập"),
    Missing.MISSING: _("thiếu số liệu"),
    Missing.NOT_APPLICABLE: _("không áp dụng"),
}
MEASURES = {
    Measure.LEVEL: _("Mức"),
    Measure.INDEX_PY: _("Chỉ số, cùng kỳ năm trước = 100"),
    Measure.INDEX_PP: _("Chỉ số, kỳ trước = 100"),
    Measure.INDEX_DEC: _("Chỉ số, tháng 12 năm trước = 100"),
    Measure.INDEX_BASE: _("Chỉ số, kỳ gốc = 100"),
    Measure.SHARE: _("Tỷ trọng"),
    Measure.GROWTH: _("Tốc độ tăng"),
}
BASES = {
    Measure.INDEX_PY: _("cùng kỳ = 100"),
    Measure.INDEX_PP: _("kỳ trước = 100"),
    Measure.INDEX_DEC: _("tháng 12 năm trước = 100"),
    Measure.INDEX_BASE: _("kỳ gốc = 100"),
}


def language() -> str:
    """``vi`` or ``en``."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def number(value: Decimal | int | None, decimals: int | None = None) -> str:
    """A number in the page's language, with a true minus sign; an ellipsis where there is none."""
    if value is None:
        return "…"
    return formats.number(value, language(), decimals).replace("-", MINUS)


def tick(value: Decimal) -> str:
    """A number beside an axis: with the decimals that it has."""
    exponent = value.normalize().as_tuple().exponent
    return number(value, max(0, -exponent) if isinstance(exponent, int) else 0)


def signed(value: Decimal | None, decimals: int = 1) -> str:
    """``+7,7`` or ``−0,4``: a change in a table, where sign words have no room."""
    if value is None:
        return "…"
    text = number(value, decimals)
    return text if text.startswith(MINUS) or not text.strip("0.,") else f"+{text}"


def signed_percent(value: Decimal | None, decimals: int = 1) -> str:
    """``+7,7%``."""
    return "…" if value is None else f"{signed(value, decimals)}%"


def quantity(amount: Quantity | None, decimals: int | None = None) -> str:
    """A value with its unit on one line."""
    if amount is None:
        return "…"
    return formats.quantity(amount, language(), decimals=decimals, no_break=True).replace("-", MINUS, 1)


def with_unit(value: Decimal | None, code: str) -> str:
    """``33.090,8 triệu USD``, ``12,3%``: every digit, on one line."""
    return "…" if value is None else f"{number(value)}{after(code)}"


def after(code: str) -> str:
    """A unit as it follows a number: no blank before a percent sign."""
    text = unit(code)
    return text if text in ("%", "‰") else f"{formats.NO_BREAK}{text}"


def base_note(value: Measure | str) -> str:
    """What an index takes as 100, to stand behind its number; nothing for other measures."""
    note = BASES.get(Measure(value))
    return "" if note is None else f" ({note})"


def unit(code: str) -> str:
    """A unit's symbol."""
    return symbol(code, language())


def period(span: Period | None, form: formats.PeriodForm = "plain") -> str:
    """A period in a sentence, a heading or over a column."""
    return formats.period(span, language(), form) if span else ""


def without_year(span: Period) -> str:
    """``T2``, ``QI``; ``Feb``, ``Q1``: a month or quarter where the year stands beside it."""
    return period(span, "short").replace("/", " ").split(" ")[0]


def to_date(span: Period) -> str:
    """A year to date by its number of months, a quarter and a half included: ``3T/2025``, ``3M 2025``."""
    return f"{span.length}T/{span.year}" if language() == "vi" else f"{span.length}M {span.year}"


def day(value: date | None, form: formats.DateForm = "short") -> str:
    """A day; nothing where there is none."""
    return formats.date_text(value, language(), form) if value else ""


def moment(value: datetime) -> str:
    """Day and minute, local time."""
    local = timezone.localtime(value)
    return f"{formats.date_text(local.date(), language())} {local:%H:%M}"


def stage(value: Stage | str) -> str:
    """How mature a figure is."""
    return str(STAGES[Stage(value)])


def missing(value: Missing | str) -> str:
    """Why there is no figure."""
    return str(MISSING[Missing(value)])


def measure(value: Measure | str) -> str:
    """What a number measures."""
    return str(MEASURES[Measure(value)])


def place(code: str) -> str:
    """A locality's name; its code where the list does not know it."""
    try:
        return localities.get(code).name(language())
    except KechoError:
        return code
