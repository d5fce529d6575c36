"""Certificates of origin from a file, and the certificate rate by agreement, product, chapter and market.

A row: number, date, agreement (its code or that of a form), hs, market, value, currency. The rate is the one Viet Nam
publishes: value with a certificate over exports (``analytics.preference.certificate_rate``); it cannot tell unused from
needless. Exports come from a second file: market, hs, value, currency.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from kecho.analytics.preference import certificate_rate
from kecho.kernel.errors import KechoError, Location
from kecho.market_access import files, queries
from kecho.market_access.agreements import Agreement, agreements

COLUMNS = ("number", "date", "agreement", "hs", "market", "value", "currency")
EXPORT_COLUMNS = ("market", "hs", "value", "currency")
CERTIFICATE_DIMENSIONS = ("agreement", "market", "chapter", "product")
LARGEST = Decimal(10) ** 13


@dataclass(frozen=True, slots=True)
class Flow:
    """A value of goods to a market; ``agreement`` is empty for exports, of which nobody says how they were declared."""

    market: str
    product: str
    value: Decimal
    currency: str
    agreement: str = ""

    @property
    def chapter(self) -> str:
        """The first two digits."""
        return self.product[:2]


@dataclass(frozen=True, slots=True)
class Refused:
    """A row left out: why, and its value where it could be read."""

    reason: KechoError
    value: Decimal


def read_certificates(content: bytes, name: str) -> tuple[list[Flow], list[Refused]]:
    """The rows that count and the rows left out. A number counts once for each code."""
    seen: set[tuple[str, str]] = set()

    def one(row: dict[str, str], bad: Callable[[str], KechoError]) -> Flow:
        if not row["number"]:
            raise bad("number")
        flow = _flow(row, bad)
        try:
            day = date.fromisoformat(row["date"])
        except ValueError:
            raise bad("date") from None
        agreement = _agreement(row["agreement"], flow.market, bad)
        entry = agreement.entry(flow.market, "VN")
        if entry is None or day < entry:
            raise bad("date")
        if (row["number"], flow.product) in seen:
            raise bad("number")
        seen.add((row["number"], flow.product))
        return Flow(flow.market, flow.product, flow.value, flow.currency, agreement.code)

    return _read(content, name, COLUMNS, one)


def read_exports(content: bytes, name: str) -> tuple[list[Flow], list[Refused]]:
    """Exports by market and code, the rows that count and the rows left out."""
    return _read(content, name, EXPORT_COLUMNS, _flow)


def count(certificates: Sequence[Flow], exports: Sequence[Flow], refused: Sequence[Refused]) -> dict[str, Any]:
    """The whole and every dimension, decimals as text; each dimension adds up to the whole.

    Exports of an agreement are those to the markets it holds for: a market of two agreements stands in both, so these
    denominators do not add up. A rate is None where no export is known.
    """
    markets = defaultdict(set)
    for code, agreement in agreements().items():
        for market in {one.market for one in exports}:
            if agreement.entry(market, "VN"):
                markets[code].add(market)
    by = {}
    for dimension in CERTIFICATE_DIMENSIONS:
        certified: dict[str, list[Decimal]] = defaultdict(list)
        whole: dict[str, Decimal] = defaultdict(Decimal)
        for one in certificates:
            certified[getattr(one, dimension)].append(one.value)
        for one in exports:
            keys = [c for c, own in markets.items() if one.market in own] if dimension == "agreement" else None
            for key in keys if keys is not None else [getattr(one, dimension)]:
                whole[key] += one.value
        rows = [_row(key, certified.get(key, []), whole.get(key)) for key in {*certified, *whole}]
        by[dimension] = sorted(rows, key=lambda row: (-Decimal(row["value"]), row["key"]))
    total = sum((one.value for one in exports), Decimal(0)) if exports else None
    return {
        "currency": certificates[0].currency if certificates else "",
        "whole": _row("", [one.value for one in certificates], total),
        "refused": {"count": len(refused), "value": str(sum((one.value for one in refused), Decimal(0)))},
        "by": by,
    }


def _row(key: str, values: Sequence[Decimal], exports: Decimal | None) -> dict[str, Any]:
    value = sum(values, Decimal(0))
    rate = certificate_rate(value, exports) if exports else None
    return {
        "key": key,
        "count": len(values),
        "value": str(value),
        "exports": str(exports) if exports is not None else None,
        "rate": f"{rate:.2f}" if rate is not None else None,
    }


def _read(
    content: bytes,
    name: str,
    columns: tuple[str, ...],
    one: Callable[[dict[str, str], Callable[[str], KechoError]], Flow],
) -> tuple[list[Flow], list[Refused]]:
    """Row by row; all rows that count are in the currency of the first of them."""
    rows = list(files.rows(content, name))
    if not rows:
        raise KechoError("market_access.no_lines", where=Location(name))
    missing = [column for column in columns if column not in rows[0]]
    if missing:
        raise KechoError("market_access.missing_columns", where=Location(name), columns=", ".join(missing))
    found: list[Flow] = []
    refused: list[Refused] = []
    for number, row in enumerate(rows, 2):
        bad = _refusal(row, Location(name, row=number))
        try:
            if found and row["currency"].upper() != found[0].currency:
                raise bad("currency")
            found.append(one(row, bad))
        except KechoError as reason:
            refused.append(Refused(reason, _value(row["value"]) or Decimal(0)))
    return found, refused


def _refusal(row: dict[str, str], where: Location) -> Callable[[str], KechoError]:
    def bad(column: str) -> KechoError:
        return KechoError("market_access.bad_certificate", where=where, column=column, value=row[column][:60])

    return bad


def _flow(row: dict[str, str], bad: Callable[[str], KechoError]) -> Flow:
    try:
        market = queries.territory(row["market"])
    except KechoError:
        raise bad("market") from None
    try:
        product = queries.goods_code(row["hs"])[:6]
    except KechoError:
        raise bad("hs") from None
    value = _value(row["value"])
    if value is None:
        raise bad("value")
    if len(row["currency"]) != 3 or not row["currency"].isalpha():
        raise bad("currency")
    return Flow(market, product, value, row["currency"].upper())


def _value(text: str) -> Decimal | None:
    """A positive value with a decimal point; None for anything else."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and 0 < found <= LARGEST else None


def _agreement(text: str, market: str, bad: Callable[[str], KechoError]) -> Agreement:
    """The one agreement of that code, or with a proof of that code, to which both the market and Viet Nam are party."""
    wanted = text.casefold()
    own = [
        one
        for one in agreements().values()
        if wanted == one.code.casefold() or wanted in {proof.code.casefold() for proof in one.proofs}
    ]
    if not own:
        raise bad("agreement")
    open_to = [one for one in own if one.member(market) and one.member("VN")]
    if len(open_to) != 1:
        raise bad("market" if not open_to else "agreement")
    return open_to[0]
