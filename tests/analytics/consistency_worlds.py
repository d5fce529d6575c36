"""Worlds of true amounts for property tests, and the texts that print them rounded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import strategies as st

from kecho.analytics.consistency import Claim, Kind

Spoken = tuple[Claim, str | None]  # a claim and its printed figure


@dataclass(frozen=True)
class World:
    """True levels by name, and true statements about them with their figures rounded."""

    truth: dict[str, Fraction]
    spoken: list[Spoken]


def value(claim: Claim, truth: dict[str, Fraction]) -> Fraction:
    """The true figure of a claim, before rounding."""
    first, *rest = (truth[name] for name in claim.names)
    if claim.kind is Kind.LEVEL:
        return first
    if claim.kind is Kind.TOTAL:
        return first - sum(rest)
    if claim.kind is Kind.DIFFERENCE:
        return first - rest[0]
    if claim.kind is Kind.CONTRIBUTION:
        return (first - rest[0]) / rest[1] * 100
    return {
        Kind.SHARE: first / rest[0] * 100,
        Kind.GROWTH: (first / rest[0] - 1) * 100,
        Kind.TIMES: first / rest[0],
    }[claim.kind]


def printed(number: Fraction, decimals: int) -> str:
    """Rounded half away from zero, exactly."""
    scaled = abs(number) * 10**decimals
    whole = int(scaled + Fraction(1, 2))
    text = Decimal(whole if number >= 0 else -whole).scaleb(-decimals)
    return f"{text.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP):f}"


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Two years of a total and its parts, some of what a report would print of them."""
    parts = draw(st.integers(2, 3))
    level = st.integers(1, 99_999).map(lambda thousandths: Fraction(thousandths, 1000))
    truth: dict[str, Fraction] = {}
    for year in (2023, 2024):
        for part in range(parts):
            truth[f"part {part} {year}"] = draw(level)
        truth[f"total {year}"] = sum((truth[f"part {part} {year}"] for part in range(parts)), Fraction(0))
    totals = [
        Claim(Kind.TOTAL, (f"total {year}", *(f"part {part} {year}" for part in range(parts)))) for year in (2023, 2024)
    ]
    chosen = draw(st.lists(st.sampled_from(_claims(parts)), min_size=1, max_size=9, unique=True))
    spoken: list[Spoken] = [(claim, None) for claim in totals]
    for claim in chosen:
        spoken.append((claim, printed(value(claim, truth), draw(st.integers(0, 2)))))
    return World(truth, spoken)


def _claims(parts: int) -> list[Claim]:
    names = [*(f"part {part}" for part in range(parts)), "total"]
    claims = []
    for name in names:
        now, before = f"{name} 2024", f"{name} 2023"
        claims += [Claim(Kind.LEVEL, (now,)), Claim(Kind.LEVEL, (before,)), Claim(Kind.GROWTH, (now, before))]
        claims += [Claim(Kind.DIFFERENCE, (now, before)), Claim(Kind.TIMES, (now, before))]
        claims += [Claim(Kind.CONTRIBUTION, (now, before, "total 2023"))]
        claims += [Claim(Kind.SHARE, (now, "total 2024")), Claim(Kind.SHARE, (before, "total 2023"))]
    return claims
