"""Tariff-rate quotas as dated data: which goods, how much a year. What is used of them is recorded (quota_use)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from kecho.kernel import formats
from kecho.kernel.errors import KechoError


@dataclass(frozen=True, slots=True)
class Quota:
    """One quota: goods by codes, tonnes a year, how the tonnes are counted."""

    code: str
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


@dataclass(frozen=True, slots=True)
class Balance:
    """A quota in a year: volume and recorded use in tonnes; ``events`` of use recorded.

    ``after`` is the rate that goods pay beyond it ("MFN 175 EUR/t"), empty where none is firm.
    """

    quota: Quota
    year: int
    volume: Decimal
    used: Decimal
    events: int
    after: str = ""

    @property
    def left(self) -> Decimal:
        """Tonnes not used by what is recorded."""
        return self.volume - self.used

    def text(self, lang: str = "vi", *, with_after: bool = True) -> str:
        """One sentence."""
        numbers = {
            name: formats.number(getattr(self, name).normalize() + 0, "vi" if lang == "vi" else "en")
            for name in ("volume", "used", "left")
        }
        said = _TEXTS[lang]
        end = said["recorded" if self.events else "nothing"].format(**numbers)
        after = said["after"].format(after=self.after) if self.after else said["no_after"]
        head = said["head"].format(
            agreement=self.quota.agreement, name=self.quota.name(lang), year=self.year, **numbers
        )
        return f"{head}; {end}; {after}." if with_after else f"{head}; {end}."


_TEXTS = {
    "vi": {
        "head": "Hạn ngạch {agreement}, {name}, năm {year}: {volume} tấn",
        "recorded": "đã dùng {used}, còn {left} tấn theo sổ ghi",
        "nothing": "chưa ghi nhận lượng đã dùng nên không biết còn bao nhiêu",
        "after": "khi hết: {after}",
        "no_after": "chưa có mức chắc chắn khi hết",
    },
    "en": {
        "head": "Quota {agreement}, {name}, {year}: {volume} tonnes",
        "recorded": "{used} used, {left} tonnes left by the record",
        "nothing": "no use is recorded, so what is left is not known",
        "after": "when exhausted: {after}",
        "no_after": "no firm rate when exhausted",
    },
}


@cache
def quotas() -> tuple[Quota, ...]:
    """All quotas held."""
    data = tomllib.loads(resources.files("kecho.market_access").joinpath("quotas.toml").read_text("utf-8"))
    return tuple(
        Quota(
            one["code"],
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


def quota(code: str) -> Quota:
    """One quota; ``market_access.unknown_quota`` for another code."""
    for one in quotas():
        if one.code == code:
            return one
    raise KechoError("market_access.unknown_quota", value=code[:40], known=", ".join(one.code for one in quotas()))
