"""The page of docs/reference that says who may open which address: from tests/web/matrix.csv and the resolver."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

MATRIX = Path(__file__).resolve().parent.parent / "tests" / "web" / "matrix.csv"
_CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Route:
    """One row of the matrix: who may GET and who may POST; ``-`` where the address does not take the method.

    ``public`` is everybody, ``signed_in`` everybody with an account, otherwise the name of a permission.
    """

    name: str
    get: str
    post: str


def matrix() -> dict[str, Route]:
    """All rows by name."""
    with MATRIX.open(encoding="utf-8", newline="") as file:
        return {row["name"]: Route(row["name"], row["get"], row["post"]) for row in csv.DictReader(file)}


def addresses(lang: str) -> dict[str, str]:
    """Every URL name (``namespace:name``) with its path in the language."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kecho.web.settings")
    django.setup()
    from django.urls import URLResolver, get_resolver
    from django.utils import translation

    def walk(resolver: URLResolver, before: str, space: str) -> Iterator[tuple[str, str]]:
        for entry in resolver.url_patterns:
            here = before + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry, here, f"{space}{entry.namespace}:" if entry.namespace else space)
            else:
                yield f"{space}{entry.name}", "/" + _CONVERTER.sub(r"<\1>", here)

    with translation.override(lang):
        return dict(walk(get_resolver(), "", ""))


def route_page(table: Callable[[str, Iterator[list[str]]], str]) -> str:
    """Every address in both languages, with who may read and who may send."""
    rows, vi, en = matrix(), addresses("vi"), addresses("en")
    lines = (
        [f"`{name}`", f"`{vi[name]}`", f"`{en[name]}`", rows[name].get, rows[name].post] if name in rows else [name]
        for name in sorted(vi)
    )
    return table("name | Vietnamese | English | GET | POST", lines)
