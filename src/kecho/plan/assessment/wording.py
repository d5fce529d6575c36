"""Bilingual sentences: the arithmetic line by line, the target in words, percent of plan and excess.

Sentences stand in ``wording.toml``; the values in them are formatted for each language by the functions below, so both
languages always say the same numbers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from kecho.analytics.intervals import printed_decimals
from kecho.kernel import formats
from kecho.kernel.measures import Stage
from kecho.kernel.periods import Period
from kecho.kernel.quantities import Quantity, round_half_up
from kecho.kernel.units import symbol
from kecho.plan.assessment.facts import Fact
from kecho.plan.assessment.target import Basis, Direction, Form, TargetSpec

Words = Callable[[str], str]  # language -> text
MOST_DECIMALS = 2
YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class Line:
    """One line of "Vì sao?": what was computed from which numbers, in both languages."""

    id: str
    vi: str
    en: str

    def text(self, lang: str = "vi") -> str:
        """The sentence in a language."""
        return self.vi if lang == "vi" else self.en


def line(name: str, **values: Words | str) -> Line:
    """The sentence ``name`` of wording.toml with its values, beginning with a capital."""
    vi, en = (sentence(name, lang, **values) for lang in ("vi", "en"))
    return Line(name, vi[0].upper() + vi[1:], en[0].upper() + en[1:])


def sentence(name: str, lang: str, **values: Words | str) -> str:
    """One sentence of wording.toml in one language."""
    return sentences()[name][lang].format(**{key: v if isinstance(v, str) else v(lang) for key, v in values.items()})


@cache
def sentences() -> dict[str, dict[str, str]]:
    """All sentences: name -> language -> text with {places}."""
    return tomllib.loads(resources.files(__package__).joinpath("wording.toml").read_text("utf-8"))


# ---- values in words


def short(value: Decimal, most: int = MOST_DECIMALS) -> Decimal:
    """Rounded half up to at most ``most`` decimals, trailing zeros dropped: 136.00 is 136, 72.850 is 72.85.

    >>> [format(short(Decimal(v)), "f") for v in ("136.000", "72.8549", "99.999", "1200")]
    ['136', '72.85', '100', '1200']
    """
    rounded = round_half_up(value, most)
    return round_half_up(rounded, min(most, printed_decimals(rounded.normalize())))


def number(value: Decimal, most: int = MOST_DECIMALS) -> Words:
    """``0,93``; ``0.93``."""
    return lambda lang: formats.number(short(value, most), lang)


def percent(value: Decimal, most: int = MOST_DECIMALS) -> Words:
    """``72,85%``; ``72.85%``."""
    return lambda lang: formats.percent(short(value, most), lang)


def points(value: Decimal) -> Words:
    """An absolute distance in percentage points: ``0,5 điểm phần trăm``."""
    return lambda lang: formats.quantity(Quantity(short(abs(value)), "percentage_point"), lang)


def amount(value: Decimal, unit: str) -> Words:
    """A level with its unit; ranks read ``hạng 2``, ``rank 2``; percent has no space."""
    if unit == "rank":
        return lambda lang: f"{'hạng' if lang == 'vi' else 'rank'} {formats.number(short(value), lang)}"
    return lambda lang: formats.quantity(Quantity(short(value), unit), lang)


def unit(code: str) -> Words:
    """A unit's symbol."""
    return lambda lang: symbol(code, lang)


def growth(rate: Decimal) -> Words:
    """``tăng 5%``, ``giảm 2,1%``, ``tương đương``: sign words, never a minus sign."""

    def text(lang: str) -> str:
        shown = short(rate)
        if shown == 0:
            return sentence("unchanged", lang)
        return sentence("rise" if shown > 0 else "fall", lang, rate=percent(abs(shown)))

    return text


def distance(value: Decimal, unit: str) -> Words:
    """How far a figure lies from the plan: ``cao hơn kế hoạch 0,5 điểm phần trăm``, ``bằng kế hoạch``."""

    def text(lang: str) -> str:
        if short(value) == 0:
            return sentence("level_with_plan", lang)
        size = points(value) if unit == "percentage_point" else amount(abs(value), unit)
        return sentence("above_plan" if value > 0 else "below_plan", lang, size=size)

    return text


def period(span: Period) -> Words:
    """``5 tháng đầu năm 2024``; several whole years read ``giai đoạn 2021-2025``."""
    if span.length > YEAR and span.start % YEAR == 0 == span.end % YEAR:
        return lambda lang: sentence("span", lang, first=str(span.year), last=str(span.end // YEAR - 1))
    return lambda lang: formats.period(span, lang)


def years(numbers: tuple[int, ...]) -> str:
    """``2019-2023`` for a run of years, ``2018, 2019, 2022`` otherwise."""
    if len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]}-{numbers[-1]}"
    return ", ".join(map(str, numbers))


def maturity(fact: Fact) -> Words:
    """The stage and what else a reader must know: ``(ước tính, số suy ra)``."""

    def text(lang: str) -> str:
        names = [f"stage_{Stage(fact.stage)}"]
        names += ["derived"] * fact.is_derived + ["fictional"] * fact.is_fictional
        return ", ".join(sentence(name, lang) for name in names)

    return text


# ---- the target in words


def target_text(spec: TargetSpec, lang: str = "vi") -> str:
    """The promise as a plan writes it: ``tăng khoảng 7-7,5%``, ``25-30 sản phẩm``, ``hạng 2 hoặc cao hơn``.

    The average over the period and the average a year name their basis.
    """
    falls = spec.is_growth and spec.form in (Form.POINT, Form.RANGE) and max(_ends(spec)) < 0
    ends = sorted(abs(end) for end in _ends(spec)) if falls else _ends(spec)
    size = _size(spec, ends)(lang)
    form = {
        Form.FLOOR: "more_than" if spec.is_strict else "at_least",
        Form.CEILING: "less_than" if spec.is_strict else "at_most",
        Form.RANK: "or_better",
    }.get(spec.form)
    text = sentence(form, lang, size=size) if form else size
    if spec.is_approximate:
        text = sentence("about", lang, size=text)
    if spec.is_growth and (falls or min(_ends(spec)) >= 0):
        text = sentence("fall" if falls else "rise", lang, rate=text)
    names = {
        Basis.PERIOD_AVERAGE: "on_average",
        Basis.SINCE_DECEMBER: "on_december",
        Basis.YEARLY_AVERAGE: "a_year",
    }
    basis = names.get(spec.basis)
    return sentence(basis, lang, size=text) if basis else text


def _ends(spec: TargetSpec) -> list[Decimal]:
    """The numbers that the plan names, once where both ends are one."""
    return sorted({end for end in (spec.low, spec.high) if end is not None})


def _size(spec: TargetSpec, ends: list[Decimal]) -> Words:
    """``7-7,5%``, ``25-30 sản phẩm``, ``16 tỷ USD``: all decimals that the plan gives."""

    def text(lang: str) -> str:
        numbers = [formats.number(short(end, 6), lang) for end in ends]
        whole = percent(ends[-1], 6)(lang) if spec.is_rate else amount(ends[-1], spec.unit)(lang)
        joint = sentence("to", lang) if ends[0] < 0 else "-"
        return whole.replace(numbers[-1], joint.join(numbers), 1)

    return text


# ---- percent of plan and excess: two wordings of one number


def plan_share_text(
    spec: TargetSpec, percent_done: Decimal, excess: Decimal | None, lang: str = "vi", style: str = "combined"
) -> str:
    """``percent_of_plan_text``; a range has no one percentage, so there the words name the end they are about."""
    if spec.form is not Form.RANGE or excess is None:
        return percent_of_plan_text(percent_done, lang, style)
    if excess == 0:
        return sentence("within_range", lang)
    past = excess > 0
    size = excess if past else percent_done if spec.direction is not Direction.LESS else excess + 100
    return sentence("past_high_end" if past else "of_low_end", lang, size=percent(size))


def percent_of_plan_text(percent_done: Decimal, lang: str = "vi", style: str = "combined") -> str:
    """``đạt 136% kế hoạch (vượt 36%)``; ``style`` "of_plan" or "excess" gives one of the two wordings.

    Both come from the percentage rounded once, so that they always agree. A result below the plan has no excess: the
    style "excess" then says how far below it is.

    >>> percent_of_plan_text(Decimal(136)), percent_of_plan_text(Decimal(136), style="excess")
    ('đạt 136% kế hoạch (vượt 36%)', 'vượt 36% kế hoạch')
    >>> percent_of_plan_text(Decimal(136), "en"), percent_of_plan_text(Decimal("72.854"), "en")
    ('136% of the plan (36% above)', '72.85% of the plan')
    """
    whole = short(percent_done)
    excess = whole - 100
    if style == "excess" and excess != 0:
        return sentence("excess" if excess > 0 else "shortfall", lang, excess=percent(abs(excess)))
    name = "combined" if style == "combined" and excess > 0 else "of_plan"
    return sentence(name, lang, whole=percent(whole), excess=percent(abs(excess)))
