"""Statements written as TOML that an official can read; docs/reference/consistency.md explains the form.

The text comes in as a string: whoever reads the file says where it stood.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kecho.analytics.consistency.model import Claim, Kind
from kecho.analytics.consistency.statements import Statements
from kecho.kernel.errors import LANGUAGES, KechoError, KechoErrors, Location
from kecho.kernel.text import clean

#: Kind -> the fields that name its amounts, in the order of ``Claim.names``. The kind's own field comes first.
AMOUNTS: dict[Kind, tuple[str, ...]] = {
    Kind.LEVEL: ("level",),
    Kind.TOTAL: ("total", "parts"),
    Kind.SHARE: ("share", "of"),
    Kind.GROWTH: ("growth", "from"),
    Kind.TIMES: ("times", "of"),
    Kind.DIFFERENCE: ("difference", "minus"),
    Kind.CONTRIBUTION: ("contribution", "from", "of"),
}
WITH_UNIT = (Kind.LEVEL, Kind.DIFFERENCE)
TOP = ("title", "source", "fictional", "decimal_mark", "signed", "statement", "question")
FORMS = {
    "title": '"…"',
    "source": '"…"',
    "fictional": "true / false",
    "decimal_mark": '"," / "."',
    "signed": '["…"]',
    "statement": "[[statement]]",
    "question": "[[question]]",
    "parts": '["…", "…"]',
    "value": '"7,1" / 7.1',
    "weight": "1, 2, 3 …",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A file's content: the statements, and what it asks."""

    title: str
    source: str
    is_fictional: bool
    statements: Statements
    questions: tuple[Claim, ...]


def read_statements(text: str, where: Location | None = None) -> Written:
    """The statements and questions of a TOML text. Raises KechoErrors with every problem found, each with its entry."""
    place = where or Location()
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError, ArithmeticError) as error:
        raise KechoError("analytics.text_bad_toml", where=place, problem=str(error) or type(error).__name__) from None
    return _Reader(data, place).read()


class _Reader:
    """Walks the entries and gathers their problems."""

    def __init__(self, data: dict[str, Any], where: Location) -> None:
        self._data, self._where = data, where
        self._problems: list[KechoError] = []

    def read(self) -> Written:
        top = self._data
        self._known("TOML", top, TOP)
        mark = self._field("TOML", top, "decimal_mark", str, ",")
        if mark not in (",", "."):
            self._bad("TOML", "decimal_mark")
        statements = Statements("." if mark == "." else ",")
        with self._entry("TOML"):
            for name in self._names("TOML", top, "signed") if "signed" in top else ():
                statements.amount(name, is_signed=True)
        for at, entry in enumerate(self._tables("statement"), 1):
            with self._entry(f"[[statement]] {at}") as label:
                self._state(statements, label, entry)
        questions: list[Claim] = []
        for at, entry in enumerate(self._tables("question"), 1):
            with self._entry(f"[[question]] {at}") as label:
                kind = self._kind(label, entry, [kind for kind in Kind if kind is not Kind.TOTAL])
                self._known(label, entry, AMOUNTS[kind])
                questions.append(Claim(kind, self._amounts(label, entry, kind)))
        title, source = self._field("TOML", top, "title", str, ""), self._field("TOML", top, "source", str, "")
        is_fictional = self._field("TOML", top, "fictional", bool, False)
        if not (statements.all or self._problems):
            self._problems.append(KechoError("analytics.empty_text", where=self._where))
        if self._problems:
            raise KechoErrors(self._problems)
        return Written(clean(title), clean(source), is_fictional, statements, tuple(questions))

    def _state(self, statements: Statements, label: str, entry: dict[str, Any]) -> None:
        kind = self._kind(label, entry, list(Kind))
        own = () if kind is Kind.TOTAL else ("value", "unit") if kind in WITH_UNIT else ("value",)
        self._known(label, entry, (*AMOUNTS[kind], *own, "says", "weight"))
        statements.state(
            Claim(kind, self._amounts(label, entry, kind)),
            None if kind is Kind.TOTAL else self._value(label, entry),
            self._field(label, entry, "unit", str, "") if kind in WITH_UNIT else "",
            self._field(label, entry, "says", str, ""),
            weight=self._field(label, entry, "weight", int, 1),
        )

    # ---- fields

    def _kind(self, label: str, entry: Mapping[str, Any], kinds: list[Kind]) -> Kind:
        found = [kind for kind in kinds if kind in entry]
        if len(found) != 1:
            raise KechoError("analytics.text_no_kind", where=self._where, entry=label, known=", ".join(kinds))
        return found[0]

    def _amounts(self, label: str, entry: Mapping[str, Any], kind: Kind) -> tuple[str, ...]:
        names: list[str] = []
        for name in AMOUNTS[kind]:
            names += (
                self._names(label, entry, name) if name == "parts" else [self._field(label, entry, name, str, None)]
            )
        return tuple(map(clean, names))

    def _value(self, label: str, entry: Mapping[str, Any]) -> str | int | Decimal:
        value = entry.get("value")
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            raise self._entry_error(label, "value")
        return value

    def _names(self, label: str, entry: Mapping[str, Any], name: str) -> list[str]:
        value = entry.get(name)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._entry_error(label, name)
        return value

    def _field(self, label: str, entry: Mapping[str, Any], name: str, kind: type[Any], default: Any) -> Any:
        value = entry.get(name, default)
        if type(value) is not kind:
            raise self._entry_error(label, name)
        return value

    def _tables(self, name: str) -> list[dict[str, Any]]:
        value = self._data.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self._bad("TOML", name)
            return []
        return value

    # ---- problems

    def _known(self, label: str, entry: Mapping[str, Any], fields: Iterable[str]) -> None:
        for name in entry:
            if name not in fields:
                error = KechoError(
                    "analytics.text_unknown_field",
                    where=self._where,
                    entry=label,
                    field=name,
                    known=", ".join(fields),
                )
                self._problems.append(error)

    def _entry_error(self, label: str, name: str) -> KechoError:
        expected = FORMS.get(name, '"…"')
        return KechoError("analytics.text_bad_entry", where=self._where, entry=label, field=name, expected=expected)

    def _bad(self, label: str, name: str) -> None:
        self._problems.append(self._entry_error(label, name))

    @contextmanager
    def _entry(self, label: str) -> Iterator[str]:
        """A problem inside an entry is kept with the entry's name, and the next entry is read."""
        try:
            yield label
        except KechoError as error:
            if not error.code.startswith("analytics.text_"):
                error = KechoError(
                    "analytics.text_entry",
                    where=self._where,
                    entry=label,
                    **{f"what_{lang}": error.what(lang) for lang in LANGUAGES},
                    **{f"do_{lang}": error.do(lang) for lang in LANGUAGES},
                )
            self._problems.append(error)
