"""Every customs line put into exactly one class, and what the classes add up to.

used          a preference was claimed and MFN is above it
unused        a preference below MFN was open to the goods, and MFN was paid
needless      MFN is zero: no preference is needed
not_covered   MFN is above zero and no agreement open to the origin is below it
claimed_needlessly  a preference was claimed although MFN is no higher
other_regime  another regime of the customs law; nothing about preferences follows
unknown       the MFN rate of the goods is not known: counted by value, never taken for zero

Rates come from the lines themselves: the rate most often charged for a product without preference is its MFN rate, the
rate most often charged under an agreement is that agreement's. Agreements overlap: a line open to two counts once, with
the lower of their rates; ``eligible_by_agreement`` counts each agreement's own and does not add up by intent.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from kecho.analytics.preference import Use
from kecho.market_access.utilisation.reading import CustomsLayout

if TYPE_CHECKING:
    import polars as pl

#: hundredths of the currency times hundredths of a percent, over this, is money
_MONEY = 100 * 100 * 100
DIMENSIONS = ("agreement", "product", "chapter", "partner", "enterprise", "locality")


class Status(StrEnum):
    """The class of a line."""

    USED = "used"
    UNUSED = "unused"
    NEEDLESS = "needless"
    NOT_COVERED = "not_covered"
    CLAIMED_NEEDLESSLY = "claimed_needlessly"
    OTHER_REGIME = "other_regime"
    UNKNOWN = "unknown"


def classify(lines: pl.DataFrame, layout: CustomsLayout) -> pl.DataFrame:
    """The lines with ``status``, ``mfn``, ``best`` (lowest open preference), its agreement ``could_use``, and savings.

    ``realised`` and ``foregone`` are whole numbers: hundredths of money times hundredths of a percent.
    """
    import polars as pl

    mfn = _usual(lines.filter(pl.col("agreement") == ""), ["product"]).rename({"rate": "mfn"})
    claimed = lines.filter(~pl.col("agreement").is_in(["", "?"]))
    given = _usual(claimed, ["product", "agreement"]).rename({"rate": "preference", "agreement": "could_use"})
    open_to = pl.DataFrame(
        [(code, origin) for code, (_, origins) in layout.agreements.items() for origin in origins],
        schema={"could_use": pl.String, "partner": pl.String},
        orient="row",
    )
    best = (
        given.join(open_to, on="could_use")
        .sort("preference", "could_use")
        .group_by("product", "partner", maintain_order=True)
        .first()
        .rename({"preference": "best"})
    )
    joined = lines.join(mfn, on="product", how="left").join(best, on=["product", "partner"], how="left")
    is_claim = ~pl.col("agreement").is_in(["", "?"])
    status = (
        pl.when(pl.col("agreement") == "?")
        .then(pl.lit(Status.OTHER_REGIME.value))
        .when(pl.col("mfn").is_null())
        .then(pl.lit(Status.UNKNOWN.value))
        .when(is_claim & (pl.col("rate") < pl.col("mfn")))
        .then(pl.lit(Status.USED.value))
        .when(is_claim)
        .then(pl.lit(Status.CLAIMED_NEEDLESSLY.value))
        .when(pl.col("mfn") == 0)
        .then(pl.lit(Status.NEEDLESS.value))
        .when(pl.col("best") < pl.col("mfn"))
        .then(pl.lit(Status.UNUSED.value))
        .otherwise(pl.lit(Status.NOT_COVERED.value))
    )
    marked = joined.with_columns(status=status, chapter=pl.col("product").str.slice(0, 2))
    return marked.with_columns(
        realised=pl.when(pl.col("status") == "used")
        .then(pl.col("value") * (pl.col("mfn") - pl.col("rate")))
        .otherwise(0),
        foregone=pl.when(pl.col("status") == "unused")
        .then(pl.col("value") * (pl.col("mfn") - pl.col("best")))
        .otherwise(0),
    )


def _usual(lines: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """The rate charged most often for each key; of equally frequent ones the lower."""
    import polars as pl

    counted = lines.group_by(*keys, "rate").agg(pl.len().alias("times"))
    return (
        counted.sort("times", "rate", descending=[True, False])
        .group_by(keys, maintain_order=True)
        .first()
        .drop("times")
    )


def totals(classified: pl.DataFrame) -> dict[str, tuple[int, Decimal]]:
    """Lines and value of each class; they add up to all lines and all value."""
    import polars as pl

    counted = classified.group_by("status").agg(pl.len().alias("lines"), pl.col("value").sum())
    found = {status: (lines, Decimal(value) / 100) for status, lines, value in counted.iter_rows()}
    return {status.value: found.get(status.value, (0, Decimal(0))) for status in Status}


def summary(classified: pl.DataFrame, by: str = "") -> list[tuple[str, Use]]:
    """Coverage and savings, whole or by a dimension, the most foregone first.

    By agreement, used goods stand under the agreement they used and unused goods under the one with the lowest rate, so
    that overlapping agreements count each line once and the parts add up to the whole.
    """
    import polars as pl

    if by == "agreement":
        agreement = pl.when(pl.col("status") == "unused").then(pl.col("could_use")).otherwise(pl.col("agreement"))
        classified = classified.with_columns(key=agreement)
    else:
        classified = classified.with_columns(key=pl.col(by) if by else pl.lit(""))
    dutiable = pl.col("status").is_in(["used", "unused", "not_covered"])
    eligible = pl.col("status").is_in(["used", "unused"])
    table = (
        classified.group_by("key")
        .agg(
            pl.col("value").filter(dutiable).sum().alias("dutiable"),
            pl.col("value").filter(eligible).sum().alias("eligible"),
            pl.col("value").filter(pl.col("status") == "used").sum().alias("used"),
            pl.col("realised").cast(pl.Int128).sum(),
            pl.col("foregone").cast(pl.Int128).sum(),
        )
        .sort("foregone", "key", descending=[True, False])
    )
    return [
        (
            str(row["key"]),
            Use(
                _plain(row["dutiable"]),
                _plain(row["eligible"]),
                _plain(row["used"]),
                _money(row["realised"]),
                _money(row["foregone"]),
            ),
        )
        for row in table.iter_rows(named=True)
    ]


def eligible_by_agreement(classified: pl.DataFrame, layout: CustomsLayout) -> dict[str, Decimal]:
    """What each agreement could have covered by itself. Overlapping agreements share lines: these do not add up."""
    import polars as pl

    dutiable = classified.filter(pl.col("status").is_in(["used", "unused"]))
    claimed = classified.filter(~pl.col("agreement").is_in(["", "?"]))
    given = _usual(claimed, ["product", "agreement"])
    found = {}
    for code, (_, origins) in layout.agreements.items():
        own = given.filter(pl.col("agreement") == code).select("product", pl.col("rate").alias("own"))
        lines = dutiable.filter(pl.col("partner").is_in(list(origins))).join(own, on="product")
        found[code] = Decimal(int(lines.filter(pl.col("own") < pl.col("mfn"))["value"].sum())) / 100
    return found


def calls(classified: pl.DataFrame, most: int = 50) -> list[dict[str, object]]:
    """The enterprises whom a call would save most: money foregone, lines, the product and agreement that weigh most."""
    import polars as pl

    unused = classified.filter(pl.col("status") == "unused")
    per = (
        unused.group_by("enterprise", "product", "could_use")
        .agg(pl.col("foregone").cast(pl.Int128).sum(), pl.len().alias("lines"))
        .sort("foregone", "product", descending=[True, False])
    )
    table = (
        per.group_by("enterprise", maintain_order=True)
        .agg(pl.col("foregone").sum(), pl.col("lines").sum(), pl.col("product").first(), pl.col("could_use").first())
        .sort("foregone", "enterprise", descending=[True, False])
        .head(most)
    )
    return [{**row, "foregone": _money(row["foregone"])} for row in table.iter_rows(named=True)]


def _plain(hundredths: int) -> Decimal:
    return Decimal(hundredths) / 100


def _money(product: int) -> Decimal:
    return Decimal(product) / _MONEY
