"""Customs lines in, by a layout that names the columns and what each claim means."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kecho.kernel.errors import KechoError, Location
from kecho.market_access import files

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class CustomsLayout:
    """What a file of customs lines is. ``agreements``: code to how its claims begin and the origins it is open to."""

    code: str
    vi: str
    en: str
    market: str
    currency: str
    source: str
    is_fictional: bool
    columns: dict[str, str]
    mfn: tuple[str, ...]
    agreements: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]

    def agreement_of(self, claim: str) -> str:
        """The agreement a claim is made under; empty for a rate that is no preference, "?" for another regime."""
        if claim in self.mfn or claim == "":
            return ""
        for code, (claims, _) in self.agreements.items():
            if any(claim.startswith(start) for start in claims):
                return code
        return "?"


@cache
def customs_layouts() -> dict[str, CustomsLayout]:
    """All layouts by code."""
    folder = resources.files("kecho.market_access.utilisation")
    found = {}
    for file in sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name):
        data: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
        code = file.name.removesuffix(".toml")
        pairs = {name: (tuple(one["claims"]), tuple(one["origins"])) for name, one in data["agreements"].items()}
        found[code] = CustomsLayout(
            code,
            data["vi"],
            data["en"],
            data["market"],
            data["currency"],
            data["source"],
            data["fictional"],
            data["columns"],
            tuple(data["mfn"]),
            pairs,
        )
    return found


def customs_layout(code: str) -> CustomsLayout:
    """One layout; ``market_access.unknown_layout`` for another code."""
    try:
        return customs_layouts()[code]
    except KeyError:
        known = ", ".join(customs_layouts())
        raise KechoError("market_access.unknown_layout", name=code, known=known) from None


def read_lines(paths: Iterable[Path], layout: CustomsLayout) -> pl.DataFrame:
    """The lines of all files, each column by its meaning, with the agreement claimed.

    id, day, enterprise, locality, product, partner as text; ``value`` in hundredths of the currency; ``rate`` in
    hundredths of a percent; ``claim`` as printed; ``agreement`` as ``CustomsLayout.agreement_of`` reads it. Raises
    ``market_access.missing_columns``, ``repeated_line`` for an identifier that comes twice, and ``bad_figure`` for
    values that are no numbers, with the first row concerned.
    """
    import polars as pl

    frames = []
    for path in paths:
        content = files.read_bytes(path)
        table = pl.read_csv(io.BytesIO(content), infer_schema=False)
        missing = [name for name in layout.columns.values() if name not in table.columns]
        if missing:
            raise KechoError("market_access.missing_columns", where=Location(path.name), columns=", ".join(missing))
        renamed = table.select(
            pl.col(name).str.strip_chars().fill_null("").alias(key) for key, name in layout.columns.items()
        )
        frames.append(_checked(renamed, path.name))
    lines = pl.concat(frames)
    repeated = lines.filter(pl.col("id").is_duplicated())
    if repeated.height:
        raise KechoError("market_access.repeated_line", value=repeated["id"][0], count=repeated.height)
    claims = {claim: layout.agreement_of(claim) for claim in lines["claim"].unique()}
    return lines.with_columns(agreement=pl.col("claim").replace_strict(claims, return_dtype=pl.String))


def _checked(table: pl.DataFrame, name: str) -> pl.DataFrame:
    import polars as pl

    numbers = table.with_columns(
        (pl.col(key).cast(pl.Decimal(20, 4), strict=False) * 100).round().cast(pl.Int64).alias(key)
        for key in ("value", "rate")
    )
    bad = numbers.with_row_index("row", 2).filter(
        pl.col("value").is_null() | pl.col("rate").is_null() | (pl.col("value") < 0)
    )
    if bad.height:
        row = int(bad["row"][0])
        raise KechoError("market_access.bad_figure", where=Location(name, row=row), count=bad.height)
    return numbers
