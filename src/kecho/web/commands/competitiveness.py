"""``kecho competitiveness``: where the places of a table of exports are strong, and how complex that is."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from kecho.kernel.errors import KechoError, Location

COLUMNS = ("place", "product", "value")
DIGITS = 6


class Of(StrEnum):
    """What is listed."""

    PLACES = "places"
    PRODUCTS = "products"
    OPPORTUNITIES = "opportunities"


def competitiveness(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV: place,product,value")],
    of: Annotated[Of, typer.Option("--of", help="Liệt kê / List: places, products, opportunities")] = Of.PLACES,
    *,
    place: Annotated[str, typer.Option(help="Nơi xem cơ hội / Place whose opportunities are listed")] = "",
    least_place: Annotated[
        float, typer.Option(help="Xuất khẩu tối thiểu của một nơi / Least exports of a place")
    ] = 1e9,
    least_product: Annotated[float, typer.Option(help="Tối thiểu của một mặt hàng / Least of a product")] = 1e7,
    limit: Annotated[int, typer.Option(min=1, help="Số dòng / Rows")] = 1000,
) -> None:
    """Lợi thế so sánh, độ phức tạp và cơ hội từ bảng xuất khẩu / Advantage, complexity and opportunities from exports.

    ECI và fitness có thể trái ngược nhau, nên luôn in cả hai / ECI and fitness may differ, so both are printed.
    """
    from kecho.analytics import competitiveness as methods

    flows = methods.Flows.of(_rows(file))
    kept, left_out = methods.keep(flows, methods.Filters(least_place, least_product))
    if left_out:
        typer.echo(f"Bỏ ra vì quá nhỏ / Left out as too small: {len(left_out)} ({', '.join(left_out[:8])}…)", err=True)
    rows = {
        Of.PLACES: lambda: _places(methods, kept),
        Of.PRODUCTS: lambda: _products(methods, kept),
        Of.OPPORTUNITIES: lambda: _opportunities(methods, kept, place),
    }[of]()
    writer = csv.writer(sys.stdout)
    for number, row in enumerate(rows):
        if number > limit:
            break
        writer.writerow([round(cell, DIGITS) if isinstance(cell, float) else cell for cell in row])


def _places(methods: Any, kept: Any) -> Iterator[list[Any]]:
    present = methods.presence(methods.balassa(kept.values))
    found, strong = methods.complexity(present), methods.fitness(present)
    yield ["place", "diversity", "eci", "eci_rank", "fitness", "fitness_rank", "hhi"]
    ranks = (-found.places).argsort().argsort() + 1, (-strong.places).argsort().argsort() + 1
    for at in (-found.places).argsort():
        hhi = methods.herfindahl(kept.values[at])
        name, diversity = kept.places[at], int(present[at].sum())
        eci, fit = float(found.places[at]), float(strong.places[at])
        yield [name, diversity, eci, int(ranks[0][at]), fit, int(ranks[1][at]), hhi]


def _products(methods: Any, kept: Any) -> Iterator[list[Any]]:
    present = methods.presence(methods.balassa(kept.values))
    found, strong = methods.complexity(present), methods.fitness(present)
    yield ["product", "ubiquity", "pci", "fitness_complexity"]
    for at in (-found.products).argsort():
        yield [kept.products[at], int(present[:, at].sum()), float(found.products[at]), float(strong.products[at])]


def _opportunities(methods: Any, kept: Any, place: str) -> Iterator[list[Any]]:
    """Products that the place lacks, the nearest first, with what each would open."""
    at = kept.at(place)
    rca = methods.balassa(kept.values)
    present = methods.presence(rca)
    phi, pci = methods.proximity(present), methods.complexity(present).products
    near = methods.density(present, phi)
    gain = methods.opportunity_gain(present, phi, near, pci)
    yield ["product", "rca", "density", "pci", "opportunity_gain"]
    for column in (-near[at]).argsort():
        if not present[at, column]:
            row = (rca[at, column], near[at, column], pci[column], gain[at, column])
            yield [kept.products[column], *map(float, row)]


def _rows(file: Path) -> Iterable[tuple[str, str, str]]:
    """The lines of the file. KechoError ``analytics.text_no_file``, ``text_not_utf8``, ``no_columns``, ``bad_flow``."""
    where = Location(file.name)
    if not file.is_file():
        raise KechoError("analytics.text_no_file", where=where)
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            missing = [name for name in COLUMNS if name not in (rows.fieldnames or [])]
            if missing:
                raise KechoError("analytics.no_columns", where=where, missing=", ".join(missing))
            for number, row in enumerate(rows, start=2):
                yield _row(row, Location(file.name, row=number))
    except UnicodeDecodeError:
        raise KechoError("analytics.text_not_utf8", where=where) from None


def _row(row: dict[str, str], where: Location) -> tuple[str, str, str]:
    place, product, value = (row[name] or "" for name in COLUMNS)
    try:
        float(value)
    except ValueError:
        raise KechoError("analytics.bad_flow", where=where, place=place, product=product, value=value[:40]) from None
    return place, product, value
