"""How a file of rates is laid out: one TOML file a layout, so that next year's file needs no code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from kecho.kernel.errors import KechoError


@dataclass(frozen=True, slots=True)
class Column:
    """A column of rates. ``kind``: ordinary, statutory, temporary, mfn, gsp, ldc, preference, base, category.

    ``origins``: the origins it is for; empty: the agreement's members (all origins for kinds that are no preference).
    """

    header: str
    kind: str
    agreement: str = ""
    origins: tuple[str, ...] = ()
    source: str = ""
    source_is_verified: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A file's columns and what it is. ``cut_days``: when the market steps its preferential rates down."""

    code: str
    market: str
    vi: str
    en: str
    hs_edition: str
    valid_from: date
    valid_to: date | None
    as_of: date | None
    source: str
    is_verified: bool
    is_sample: bool
    notation: str
    headers: dict[str, str]
    only_where: dict[str, str]
    columns: tuple[Column, ...]
    cut_days: tuple[tuple[int, int], ...] = ((1, 1),)
    parent_column: str = ""
    parent_levels: tuple[str, ...] = ()

    def column(self, header: str) -> Column:
        """The column of that header."""
        return next(one for one in self.columns if one.header == header)


@cache
def layouts() -> dict[str, Layout]:
    """All layouts by code."""
    folder = resources.files("kecho.market_access").joinpath("layouts")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    found = [_layout(file.name.removesuffix(".toml"), tomllib.loads(file.read_text("utf-8"))) for file in files]
    return {one.code: one for one in found}


def layout(code: str) -> Layout:
    """One layout; ``market_access.unknown_layout`` for another code."""
    try:
        return layouts()[code]
    except KeyError:
        raise KechoError("market_access.unknown_layout", name=code, known=", ".join(layouts())) from None


def _layout(code: str, data: dict[str, Any]) -> Layout:
    return Layout(
        code=code,
        market=data["market"],
        vi=data["vi"],
        en=data["en"],
        hs_edition=data["hs_edition"],
        valid_from=data["valid_from"],
        valid_to=data.get("valid_to"),
        as_of=data.get("as_of"),
        source=data["source"],
        is_verified=data["verified"],
        is_sample=data.get("sample", False),
        notation=data["notation"],
        headers=data["headers"],
        only_where=data.get("only_where", {}),
        columns=tuple(
            Column(
                one["header"],
                one["kind"],
                one.get("agreement", ""),
                tuple(one.get("origins", ())),
                one.get("source", ""),
                one.get("verified", False),
            )
            for one in data["column"]
        ),
        cut_days=tuple((int(day[:2]), int(day[3:])) for day in data.get("cut_days", ["01-01"])),
        parent_column=data.get("parents", {}).get("column", ""),
        parent_levels=tuple(data.get("parents", {}).get("levels", ())),
    )
