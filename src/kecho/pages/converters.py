"""What may stand in a path: ``<month:…>``, ``<code:…>``, ``<number:…>``. Importing this registers them."""

from __future__ import annotations

from django.urls import register_converter


class Month:
    """``2025-02`` in a path; whether it is a month is checked by the view, which says what is wrong with it."""

    regex = r"[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> str:
        """As written."""
        return value

    def to_url(self, value: str) -> str:
        """As written."""
        return value


class Code(Month):
    """The code of an indicator."""

    regex = r"[a-z0-9_]{1,80}"


class Number(Month):
    """The number of an observation or a release: small enough for every database's integers."""

    regex = r"[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        """As a number."""
        return int(value)


class Slot(Month):
    """A place in a report where an officer may write: ``3.2``."""

    regex = r"[0-9]{1,3}\.[0-9]{1,3}"


register_converter(Month, "month")
register_converter(Code, "code")
register_converter(Number, "number")
register_converter(Slot, "slot")
