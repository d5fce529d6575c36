"""Every error a user can meet, with a code, a cause, the offending value and the next step, in both languages.

KechoError            one problem, at one place
└── KechoErrors       several problems found at once (a batch lists them all)

The sentences live in ``messages/<room>.toml``, one file a room; together they are the one catalogue that the manual
prints. A message is written ``{name}`` where the offending value belongs; a missing name is a programming error and a
test walks the whole catalogue.
"""

from __future__ import annotations

import string
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of the catalogue: what happened (``vi``, ``en``) and what to do (``do_vi``, ``do_en``)."""

    code: str
    vi: str
    en: str
    do_vi: str
    do_en: str

    def fields(self) -> set[str]:
        """Names that the sentences expect, in any language."""
        text = self.vi + self.en + self.do_vi + self.do_en
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@dataclass(frozen=True, slots=True)
class Location:
    """Where a problem stands, as a spreadsheet program shows it: file, sheet, row from 1, column letters."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""

    @property
    def cell(self) -> str:
        """``D9``; empty where row or column is not known."""
        return f"{self.column}{self.row}" if self.row and self.column else ""

    def text(self, lang: str = "vi") -> str:
        """``tệp a.xlsx, trang tính 14.XK, ô D9`` (only the known parts)."""
        words = {
            "vi": ("tệp", "trang tính", "ô", "dòng", "cột"),
            "en": ("file", "sheet", "cell", "row", "column"),
        }[lang]
        parts = [f"{words[0]} {self.file}"] if self.file else []
        if self.sheet:
            parts.append(f"{words[1]} “{self.sheet}”")
        if self.cell:
            parts.append(f"{words[2]} {self.cell}")
        elif self.row:
            parts.append(f"{words[3]} {self.row}")
        elif self.column:
            parts.append(f"{words[4]} {self.column}")
        return ", ".join(parts)


class KechoError(Exception):
    """A coded problem. ``params`` hold the offending values that the sentences of the catalogue name."""

    def __init__(self, code: str, *, where: Location | None = None, **params: Any) -> None:
        self.code = code
        self.where = where or Location()
        self.params = params
        super().__init__(code)

    def what(self, lang: str = "vi") -> str:
        """The cause, one sentence."""
        message = catalogue()[self.code]
        return (message.vi if lang == "vi" else message.en).format(**self.params)

    def do(self, lang: str = "vi") -> str:
        """The next step, one sentence."""
        message = catalogue()[self.code]
        return (message.do_vi if lang == "vi" else message.do_en).format(**self.params)

    def text(self, lang: str = "vi") -> str:
        """``[code] place: cause Next step``, for terminals and logs."""
        place = self.where.text(lang)
        return f"[{self.code}] {place + ': ' if place else ''}{self.what(lang)} {self.do(lang)}"

    def as_dict(self) -> dict[str, Any]:
        """For JSON: code, both languages, and the place."""
        return {
            "code": self.code,
            **{f"what_{lang}": self.what(lang) for lang in LANGUAGES},
            **{f"do_{lang}": self.do(lang) for lang in LANGUAGES},
            "file": self.where.file,
            "sheet": self.where.sheet,
            "row": self.where.row,
            "column": self.where.column,
        }

    def __str__(self) -> str:
        return self.text("en") if self.code in catalogue() else self.code


class KechoErrors(KechoError):  # noqa: N818  (the plural says it)
    """Several problems found in one piece of work; ``errors`` is never empty."""

    def __init__(self, errors: list[KechoError]) -> None:
        self.errors = errors
        super().__init__("kernel.several", count=len(errors))

    def text(self, lang: str = "vi") -> str:
        return "\n".join(error.text(lang) for error in self.errors)


@cache
def catalogue() -> dict[str, Message]:
    """All messages by code, from every ``messages/*.toml``."""
    found: dict[str, Message] = {}
    for file in sorted(resources.files("kecho.kernel").joinpath("messages").iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        room = file.name.removesuffix(".toml")
        for name, entry in tomllib.loads(file.read_text("utf-8")).items():
            code = f"{room}.{name}"
            found[code] = Message(code, entry["vi"], entry["en"], entry["do_vi"], entry["do_en"])
    return found
