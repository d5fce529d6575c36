"""Tariff-rate quotas as dated data: which goods, how much a year. Balances are the licence's to tell."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Quota:
    """One quota: goods by codes, tonnes a year, how the tonnes are counted."""

    agreement: str
    market: str
    vi: str
    en: str
    codes: tuple[tuple[str, str], ...]
    tonnes: int
    basis: str
    source: str
    is_verified: bool

    def covers(self, code: str) -> bool:
        """Whether goods of a code, or some of them where the code is shorter, are under this quota."""
        return any(low[: len(code)] <= code[: len(low)] <= high[: len(code)] for low, high in self.codes)

    def name(self, lang: str) -> str:
        """The goods in one language."""
        return self.vi if lang == "vi" else self.en


@cache
def quotas() -> tuple[Quota, ...]:
    """All quotas held."""
    data = tomllib.loads(resources.files("kecho.market_access").joinpath("quotas.toml").read_text("utf-8"))
    return tuple(
        Quota(
            one["agreement"],
            one["market"],
            one["vi"],
            one["en"],
            tuple((low, high or low) for low, _, high in (code.partition("-") for code in one["codes"])),
            one["tonnes"],
            one["basis"],
            data["source"],
            data["verified"],
        )
        for one in data["quota"]
    )


def of(market: str, code: str) -> tuple[Quota, ...]:
    """The quotas of a market for goods of a code.

    >>> [quota.tonnes for quota in of("EU", "16041411")], of("EU", "64039111")
    ([11500], ())
    """
    return tuple(one for one in quotas() if one.market == market and one.covers(code))
