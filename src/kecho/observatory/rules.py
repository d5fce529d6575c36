"""The checks on imported figures. Each rule has an id, a severity and a sentence in both languages.

Figures are compared as what they can stand for: a figure printed with one decimal may be half a tenth off either way.
A finding never stops an import: the figures stay as published, and the finding names their cells. The sentences stand
in data/rules.toml; docs/reference/data-model.md lists the rules.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources

from kecho.analytics import intervals, outliers
from kecho.analytics.intervals import Interval
from kecho.kernel import formats
from kecho.kernel.periods import Period

HUNDRED = Decimal(100)
#: A level this many times its neighbour (or less than this part of it) was given in another unit: scale words step
#: by a thousand, and no monthly series of the workbooks 2000-2025 that is not near zero moves 300-fold.
JUMP = Decimal(300)
#: From here on the step is rather a millionfold one.
JUMP_TWICE = Decimal(30_000)
#: A gap to an earlier release is a revision in the meantime, and ordinary; from half the figure itself on it is not. Of
#: 8,800 gaps in the workbooks of 2022-2025, 98 % are smaller: the rest are units, moved rows and months left empty.
GROSS = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. The sentences take the names of the verdict's facts."""

    id: str
    severity: str
    vi: str
    en: str


@cache
def all_rules() -> dict[str, Rule]:
    """Every rule by id, in the order of data/rules.toml."""
    text = resources.files("kecho.observatory").joinpath("data/rules.toml").read_text("utf-8")
    rows = tomllib.loads(text).items()
    return {name: Rule(name, row["severity"], row["vi"], row["en"]) for name, row in rows}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a rule weighs: the value, its printed precision, and where it stands."""

    value: Decimal
    decimals: int | None = None
    role: str = ""
    observation: int | None = None
    sheet: str = ""
    cell: str = ""

    @property
    def interval(self) -> Interval:
        """What it can stand for; without a known precision, what its own digits say."""
        return intervals.printed(self.value, self.decimals)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule that is not met: the numbers its sentence names, and the figures it weighed."""

    rule: str
    facts: dict[str, str]
    figures: tuple[Figure, ...]


def parts_make_total(whole: Figure, parts: Sequence[Figure]) -> Verdict | None:
    """The parts add up to the whole."""
    total = intervals.sum_interval(part.interval for part in parts)
    if total.meets(whole.interval):
        return None
    exact = sum((part.value for part in parts), Decimal(0))
    return _verdict("parts_make_total", (whole, *parts), parts=exact, whole=whole.value, gap=whole.value - exact)


def month_from_cumulative(
    month: Figure, cumulative: Figure, before: Figure, *, is_one_file: bool = True
) -> Verdict | None:
    """The year to date less the previous year to date is the month.

    Where the previous one comes from an earlier release, an ordinary gap says that earlier months were revised.
    """
    if (cumulative.interval - before.interval).meets(month.interval):
        return None
    difference = cumulative.value - before.value
    is_plain = is_one_file or abs(month.value - difference) > GROSS * abs(month.value)
    return _verdict(
        "month_from_cumulative" if is_plain else "implied_revision",
        (month, cumulative, before),
        month=month.value,
        cumulative=cumulative.value,
        before=before.value,
        difference=difference,
        gap=difference - month.value,  # by how much the earlier months were revised, if they were
    )


def growth_from_levels(published: Figure, now: Figure, base: Figure, *, is_one_file: bool = True) -> Verdict | None:
    """The published index (same period of last year = 100) is what the two levels give.

    Where last year's level comes from an earlier release, an ordinary gap says that it was revised.
    """
    possible = intervals.growth_interval(now.interval, base.interval)
    if possible is None or (possible + intervals.exact(HUNDRED)).meets(published.interval):
        return None
    computed = now.value / base.value * HUNDRED
    is_plain = is_one_file or abs(published.value - computed) > GROSS * abs(published.value)
    return _verdict(
        "growth_from_levels" if is_plain else "growth_on_revised_base",
        (published, now, base),
        published=published.value,
        now=now.value,
        base=base.value,
        computed=computed,
        gap=published.value - computed,
    )


def shares_make_hundred(shares: Sequence[Figure]) -> Verdict | None:
    """Shares of all parts add up to 100."""
    total = intervals.sum_interval(share.interval for share in shares)
    if HUNDRED in total:
        return None
    return _verdict("shares_make_hundred", tuple(shares), total=sum((share.value for share in shares), Decimal(0)))


def share_from_levels(published: Figure, part: Figure, whole: Figure) -> Verdict | None:
    """The published share is what the two levels give."""
    possible = intervals.share_interval(part.interval, whole.interval)
    if possible is None or possible.meets(published.interval):
        return None
    computed = part.value / whole.value * HUNDRED
    return _verdict(
        "share_from_levels",
        (published, part, whole),
        published=published.value,
        part=part.value,
        whole=whole.value,
        computed=computed,
    )


def unit_jump(now: Figure, before: Figure) -> Verdict | None:
    """No thousandfold or millionfold step between neighbours: that is a change of unit, not of the world."""
    least = before.interval.high - before.interval.low
    if before.value <= least * 10 or now.value <= 0 or 1 / JUMP < now.value / before.value < JUMP:
        return None
    times = now.value / before.value
    rule = "unit_jump" if 1 / JUMP_TWICE < times < JUMP_TWICE else "unit_jump_million"
    return _verdict(rule, (now, before), now=now.value, before=before.value, times=times)


def inside_range(figure: Figure, low: Decimal | None, high: Decimal | None) -> Verdict | None:
    """The value lies where the catalogue says that such values lie."""
    if (low is None or figure.interval.high >= low) and (high is None or figure.interval.low <= high):
        return None
    bounds = {"low": "−∞" if low is None else format(low, "f"), "high": "∞" if high is None else format(high, "f")}
    return Verdict("outside_range", {"value": format(figure.value, "f"), **bounds}, (figure,))


def fits_season(figure: Figure, past: Mapping[int, float], month: int) -> Verdict | None:
    """The month fits the seasonal pattern of its series (``analytics.outliers``); ``past`` holds levels by month."""
    fit = outliers.fit({**past, month: float(figure.value)}, month)
    if fit is None or not fit.is_far:
        return None
    digits = intervals.printed_decimals(figure.value)
    named = {"expected": fit.expected, "low": fit.low, "high": fit.high}
    facts = {name: format(round(Decimal(number), digits), "f") for name, number in named.items()}
    return Verdict("outside_season", {"value": format(figure.value, "f"), **facts}, (figure,))


def sentence(rule: str, facts: dict[str, str], lang: str) -> str:
    """The rule's sentence with its facts, numbers and periods written as the language does."""
    found = all_rules()[rule]
    shown = {name: _shown(name, text, lang) for name, text in facts.items()}
    shown.setdefault("label", facts.get(f"label_{lang}", ""))
    return (found.vi if lang == "vi" else found.en).format(**shown)


def _shown(name: str, text: str, lang: str) -> str:
    if name in ("period", "since", "until"):
        return formats.period(Period.parse(text), lang)
    if name.startswith("label"):
        return text
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return formats.number(value, "vi" if lang == "vi" else "en", _digits(value))


def _digits(value: Decimal) -> int:
    """Two decimals are enough to see a gap, four below 1; no more than the number has."""
    return min(intervals.printed_decimals(value), 2 if abs(value) >= 1 else 4)


def _verdict(rule: str, figures: tuple[Figure, ...], **facts: Decimal) -> Verdict:
    return Verdict(rule, {name: format(value, "f") for name, value in facts.items()}, figures)
