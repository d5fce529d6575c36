"""A file of questions in, a file of answers out: one row each, in the same order."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from kecho.kernel.errors import KechoError, Location
from kecho.market_access import files, queries
from kecho.market_access.answering import asked
from kecho.market_access.batch import CENTS, LARGEST_VALUE, Desk

COLUMNS = ("agreement", "percent", "mfn_percent", "duty", "mfn_duty", "saved", "problem")


def answer(source: Path, target: Path, today: date) -> tuple[int, int]:
    """Reads ``code,to,origin,on,value[,currency,kg,pairs,rate]`` and writes the same with the answer beside it.

    Returns the number of questions and of those answered. A row that cannot be answered has the error's code in
    ``problem``; money is in the currency of the question, to the cent.
    """
    rows = list(files.rows(files.read_bytes(source), source.name))
    if not rows or not {"code", "to"} <= set(rows[0]):
        raise KechoError("market_access.missing_columns", where=Location(source.name), columns="code, to")
    answers: dict[int, dict[str, str]] = {}
    by_market: dict[str, list[tuple[int, dict[str, object]]]] = defaultdict(list)
    for number, row in enumerate(rows):
        try:
            question = asked(row, today)
            if question.ask.value > LARGEST_VALUE:
                raise KechoError("market_access.bad_amount", name="value", value=row["value"])
        except KechoError as problem:
            answers[number] = {"problem": problem.code}
            continue
        quantities = question.ask.quantities or {}
        values: dict[str, object] = {
            "code": question.code,
            "origin": question.origin,
            "on": question.on,
            "value": int(question.ask.value * CENTS),
            "kg": _fraction(quantities.get("kg")),
            "pairs": _fraction(quantities.get("pair")),
            "exchange": _fraction(question.ask.exchange),
        }
        by_market[question.market].append((number, values))
    for market, asked_there in by_market.items():
        answers.update(_of_market(market, asked_there))
    _write(target, rows, answers)
    return len(rows), sum(not one["problem"] for one in answers.values())


def _of_market(market: str, asked_there: list[tuple[int, dict[str, object]]]) -> Iterable[tuple[int, dict[str, str]]]:
    import polars as pl

    days = sorted({values["on"] for _, values in asked_there}, key=str)
    try:
        desk = Desk(market, queries.all_lines(market, days[0]))  # type: ignore[arg-type]
    except KechoError as problem:
        return [(number, {"problem": problem.code}) for number, _ in asked_there]
    schema = {"code": pl.String, "origin": pl.String, "on": pl.Date, "value": pl.Int64}
    schema |= dict.fromkeys(("kg", "pairs", "exchange"), pl.String)
    table = desk.answer(pl.DataFrame([values for _, values in asked_there], schema=schema))
    return [(number, _texts(row)) for (number, _), row in zip(asked_there, table.iter_rows(named=True), strict=True)]


def _fraction(number: Fraction | None) -> str | None:
    """``25/2`` for 12.5: exact, and not as somebody wrote it (12,5)."""
    return None if number is None else str(number)


def _texts(row: dict[str, object]) -> dict[str, str]:
    def cents(name: str) -> str:
        return "" if row[name] is None else f"{Decimal(int(str(row[name]))) / CENTS:.2f}"

    def percent(name: str) -> str:
        return "" if row[name] is None else format((Decimal(int(str(row[name]))) / 10_000).normalize(), "f")

    return {
        "agreement": str(row["agreement"] or ""),
        "percent": percent("percent"),
        "mfn_percent": percent("mfn_percent"),
        "duty": cents("duty_cents"),
        "mfn_duty": cents("mfn_duty_cents"),
        "saved": cents("saved_cents"),
        "problem": str(row["problem"] or ""),
    }


def _write(target: Path, rows: list[dict[str, str]], answers: dict[int, dict[str, str]]) -> None:
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], *COLUMNS], extrasaction="ignore")
        writer.writeheader()
        for number, row in enumerate(rows):
            writer.writerow({**{name: _safe(value) for name, value in row.items()}, **answers[number]})


def _safe(text: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
