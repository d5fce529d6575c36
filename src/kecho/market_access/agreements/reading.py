"""Reading the agreements' files. Each is checked when read: a file that says less than it must is refused."""

from __future__ import annotations

import tomllib
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

from kecho.analytics.staging import Rounding
from kecho.kernel.dated import State
from kecho.kernel.errors import KechoError
from kecho.market_access.agreements.model import Agreement, Category, Member, Notes, Proof, Tolerance


@cache
def agreements() -> dict[str, Agreement]:
    """All agreements by code, in the order of their entry into force for Viet Nam."""
    folder = resources.files("kecho.market_access").joinpath("agreements")
    files = [file for file in folder.iterdir() if file.name.endswith(".toml") and file.name != "markets.toml"]
    found = [_agreement(tomllib.loads(file.read_text("utf-8"))) for file in files]
    found.sort(key=lambda one: (_first(one), one.code))
    return {one.code: one for one in found}


def agreement(code: str) -> Agreement:
    """One agreement; ``market_access.unknown_agreement`` for another code."""
    try:
        return agreements()[code.upper()]
    except KeyError:
        raise KechoError("market_access.unknown_agreement", name=code, known=", ".join(agreements())) from None


@cache
def between(importer: str, origin: str) -> tuple[Agreement, ...]:
    """The agreements of which both are members, whatever the day."""
    return tuple(
        one for one in agreements().values() if importer != origin and one.member(importer) and one.member(origin)
    )


@cache
def market_names() -> dict[str, dict[str, str]]:
    """Names of markets and origins by code, in both languages; a code without a name is no market we know."""
    text = resources.files("kecho.market_access").joinpath("agreements/markets.toml").read_text("utf-8")
    return tomllib.loads(text)


def _first(one: Agreement) -> date:
    member = one.member("VN")
    return member.in_force if member and member.in_force else date.max


def _agreement(data: dict[str, Any]) -> Agreement:
    return Agreement(
        code=data["code"],
        vi=data["vi"],
        en=data["en"],
        state=State(data.get("state", "in_force")),
        schedule_hs=data.get("schedule_hs", ""),
        members=tuple(
            Member(one["code"], one.get("in_force"), one["verified"], one["source"]) for one in data["member"]
        ),
        notes=tuple(_notes(one) for one in data.get("notes", [])),
        proofs=tuple(
            Proof(one["code"], one["vi"], one["en"], one["effort"], one["verified"], one.get("limit_eur"))
            for one in data.get("proof", [])
        ),
        cumulation=tuple(data.get("cumulation", [])),
        cumulation_vi=data.get("cumulation_vi", ""),
        cumulation_en=data.get("cumulation_en", ""),
        tolerances=tuple(
            Tolerance(Fraction(one["percent"]), one["by"], (one["chapters"][0], one["chapters"][1]))
            for one in data.get("tolerance", [])
        ),
        value_basis=data.get("value_basis", "FOB"),
        origin_rules=data.get("origin_rules", ""),
        direct_transport=data.get("direct_transport", True),
        source=data["source"],
        is_verified=data["verified"],
    )


def _notes(data: dict[str, Any]) -> Notes:
    month, day = (int(part) for part in data.get("cut", "01-01").split("-"))
    return Notes(
        party=data["party"],
        of=tuple(data.get("of", [])),
        clause=data["clause"],
        rounding=Rounding(data["rounding"]),
        step=Fraction(data.get("step", "0.1")),
        cut_month=month,
        cut_day=day,
        counts_from=data.get("counts_from"),
        base_note=data.get("base", ""),
        is_verified=data["verified"],
        source=data["source"],
        categories=tuple(_category(label, one) for label, one in data["categories"].items()),
    )


def _category(label: str, data: int | dict[str, Any]) -> Category:
    if isinstance(data, int):
        return Category(label, data)
    table = tuple(Fraction(one) for one in data.get("table", []))
    return Category(
        label, data.get("stages", len(table) or 1), table, Fraction(data.get("floor", "0")), data.get("note", "")
    )
