"""Hà Nội's part of the sample: points printed in articles, and the invented path of exports between them."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from kecho.intake.reading import Reading
from kecho.intake.rows import Row
from kecho.kernel.periods import Period
from kecho.observatory import actions
from kecho.observatory.models import Release
from kecho.people.actors import Actor

PRESS = "press"  # release source: figures quoted from articles
SAMPLE = "sample"  # release source: figures made up for the sample
FOLDER = files("kecho.sample") / "hanoi"

PATH_TITLE = (
    "Diễn biến xuất khẩu theo tháng của Hà Nội giữa các số đã công bố: SỐ LIỆU GIẢ ĐỊNH / "
    "Hà Nội's exports by month between published points: FICTIONAL"
)
PATH_NOTE = "số giả định / fictional"


def load(actor: Actor) -> list[actions.ImportResult]:
    """Import the published points (one release an article, dated as it appeared), then the invented path by month."""
    results = [_load_article(actor, code, article) for code, article in _articles().items()]
    months = {line["period"]: None for line in _lines("path.csv")}
    return [*results, *(_load_month(actor, Period.parse(month)) for month in months)]


def _articles() -> dict[str, dict[str, Any]]:
    return tomllib.loads((FOLDER / "sources.toml").read_text("utf-8"))


def _load_article(actor: Actor, code: str, article: dict[str, Any]) -> actions.ImportResult:
    lines = [line for line in _lines("published.csv") if line["source"] == code]
    rows = [_row(line, file=f"{code}.csv", cell=f"H{number}") for number, line in enumerate(lines, 2)]
    published_on: date = article["published_on"]
    day = published_on.isoformat() if article["day_known"] else f"{published_on:%Y-%m}"
    return actions.import_reading(
        Reading(f"{code}.csv", _hash(lines), rows=rows),
        actor,
        source=PRESS,
        kind=Release.Kind.CSV,
        title=f"{article['publisher']}, {day}: {article['subject']} [{code}]",
        published_on=published_on,
    )


def _load_month(actor: Actor, month: Period) -> actions.ImportResult:
    """One month of the path, dated the last day of its month, so that no reading as of a day sees beyond it."""
    numbered = [(number, line) for number, line in enumerate(_lines("path.csv"), 2) if line["period"] == month.code]
    rows = [_row(line, file="path.csv", cell=f"F{number}") for number, line in numbered]
    return actions.import_reading(
        Reading("path.csv", _hash([line for _, line in numbered]), period=month.code, rows=rows),
        actor,
        source=SAMPLE,
        kind=Release.Kind.FICTIONAL,
        title=PATH_TITLE,
        published_on=month.dates[1] - timedelta(days=1),
    )


def _row(line: dict[str, str], *, file: str, cell: str) -> Row:
    return Row(
        file=file,
        sheet="",
        cell=cell,
        table="",
        indicator=line["indicator"],
        label=line["label"],
        breakdown=line.get("breakdown", ""),
        locality=line["locality"],
        period=line["period"],
        measure=line["measure"],
        value=line["value"],
        unit=line["unit"],
        stage=line["stage"],
        note=line.get("note", PATH_NOTE),
    )


@cache
def _lines(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((FOLDER / name).read_text("utf-8").splitlines()))


def _hash(lines: list[dict[str, str]]) -> str:
    return hashlib.sha256(repr(lines).encode()).hexdigest()
