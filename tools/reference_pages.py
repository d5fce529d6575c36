"""The pages of docs/reference that are written from data: their lower part, below the marker, is never typed by hand.

``make docs`` writes them anew; tests/test_docs.py fails when one is out of date.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import typer
from tools.indicator_page import indicator_page
from tools.route_page import route_page
from tools.workbook_titles import titles_page
from typer.main import get_command

from kecho.kernel import errors, localities, units
from kecho.kernel.localities import Locality
from kecho.people import rights
from kecho.people.actors import Role

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
MARKER = "<!-- Below this line `make docs` writes; edit the data, not the page. -->"

REFORM = date(2025, 7, 1)
EVE = date(2025, 6, 30)


def table(head: str, rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; ``head`` is its columns parted by ``|``."""
    columns = [column.strip() for column in head.split("|")]
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def error_page() -> str:
    """Every coded error, room by room."""
    parts = []
    messages = sorted(errors.catalogue().values(), key=lambda one: one.code)
    for room, group in groupby(messages, key=lambda one: one.code.split(".")[0]):
        parts.append(f"## {room}")
        for one in group:
            parts += [f"### `{one.code}`", f"{one.vi} {one.do_vi}", f"*{one.en} {one.do_en}*"]
    return "\n\n".join(parts)


def unit_page() -> str:
    """Every unit, dimension by dimension."""
    rows = []
    for one in units.units().values():
        factor = "" if one.exponent == 0 else f"10^{one.exponent}"
        rows.append([f"`{one.code}`", one.vi, one.en, one.dimension, factor, ", ".join(one.spellings)])
    return table("code | tiếng Việt | English | dimension | base units | also read", rows)


def locality_page() -> str:
    """Provinces before and after July 2025, earlier changes, districts of Hà Nội."""
    return "\n\n".join(
        [
            "## The 34 provinces since 1 July 2025",
            table("code | official code | name | English | made of", map(_new_province, _sorted("VN", REFORM))),
            "## The 63 provinces until 30 June 2025",
            table("code | official code | name | now part of", map(_old_province, _sorted("VN", EVE))),
            "## Other changes between provinces since 2000",
            table("day | from | to | whole or part | document | text seen", _other_changes()),
            "## The 30 districts of Hà Nội until 30 June 2025",
            table("code | name | wards and communes that took it over", map(_district, _sorted("VN-HN", EVE))),
            "## The 126 wards and communes of Hà Nội since 1 July 2025",
            ", ".join(f"{one.name_vi} `{one.code}`" for one in _sorted("VN-HN", REFORM)) + ".",
        ]
    )


def _sorted(parent: str, on: date) -> list[Locality]:
    return sorted(localities.children(parent, on), key=lambda one: one.official_code)


def _new_province(one: Locality) -> list[str]:
    made_of = [old.name_vi for old in localities.predecessors(one.code, REFORM)]
    return [f"`{one.code}`", one.official_code, one.full_name_vi, one.name_en, " + ".join(made_of) or "unchanged"]


def _old_province(one: Locality) -> list[str]:
    after = [new.name_vi for new in localities.successors(one.code, REFORM)]
    return [f"`{one.code}`", one.official_code, one.full_name_vi, ", ".join(after) or "unchanged"]


def _district(one: Locality) -> list[str]:
    return [f"`{one.code}`", one.full_name_vi, ", ".join(new.name_vi for new in localities.successors(one.code))]


def _other_changes() -> list[list[str]]:
    rows = []
    for change in sorted(localities.changes(), key=lambda one: one.on):
        if change.on == REFORM:
            continue
        old = localities.get(change.old, date.fromordinal(change.on.toordinal() - 1))
        new = localities.get(change.new, change.on)
        seen, extent = "yes" if change.is_verified else "no", "part" if change.is_part else "whole"
        rows.append([str(change.on), old.full_name_vi, new.full_name_vi, extent, change.source, seen])
    return rows


def glossary_page() -> str:
    """The words and abbreviations of the pages."""
    text = (ROOT / "src/kecho/web/glossary.toml").read_text("utf-8")
    parts = ["## Words and abbreviations of the pages"]
    for group in tomllib.loads(text)["group"]:
        rows = [[f"**{term['word']}**", term["vi"], term["en"]] for term in group["term"]]
        parts += [f"### {group['vi']} / {group['en']}", table("word | tiếng Việt | English", rows)]
    return "\n\n".join(parts)


def tour_page() -> str:
    """The steps of the ten-minute tour, in both languages."""
    text = (ROOT / "src/kecho/web/tour.toml").read_text("utf-8")
    parts = []
    for number, step in enumerate(tomllib.loads(text)["step"], start=1):
        parts += [f"## {number}. {step['en']} / {step['vi']}", step["text_en"], step["text_vi"]]
    return "\n\n".join(parts)


def command_page() -> str:
    """Every command with its arguments and options, as ``kecho COMMAND --help`` tells them."""
    from kecho.web.cli import application

    group = get_command(application())
    context = typer.Context(group, info_name="kecho")
    parts = []
    for name, command in _commands(group):
        parts += [f"## kecho {name}", (command.help or "").strip()]
        rows = [_parameter_row(one, context) for one in command.get_params(context) if "--help" not in one.opts]
        if rows:
            parts.append(table("argument or option | meaning", rows))
    return "\n\n".join(parts)


def _commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Commands with their names, those of a group after the group: ``admin``, ``admin create``."""
    for name, command in group.commands.items():
        yield f"{before}{name}", command
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ")


def _parameter_row(parameter: Any, context: typer.Context) -> list[str]:
    """``--format [docx|pdf]`` and what it means, as the help screen has it."""
    spelled, meaning = parameter.get_help_record(context)
    return [f"`{spelled}`", meaning.strip()]


def right_page() -> str:
    """Which role has which permission."""
    rows = [[str(role), *("yes" if role in grant.roles else "" for grant in rights.grants().values())] for role in Role]
    return table("role | " + " | ".join(f"{one.vi} / {one.en}" for one in rights.grants().values()), rows)


def rule_files() -> dict[str, Path]:
    """The rule table of each room that has one."""
    source = ROOT / "src" / "kecho"
    files = [*source.glob("*/rules.toml"), *source.glob("*/data/rules.toml")]
    return {file.relative_to(source).parts[0]: file for file in sorted(files)}


def rule_page() -> str:
    """Every check, room by room: id, how grave a finding is, its sentence."""
    parts = []
    for room, file in rule_files().items():
        parts.append(f"## {room}")
        for name, row in tomllib.loads(file.read_text("utf-8")).items():
            parts += [f"### `{name}` ({row['severity']})", row["vi"], f"*{row['en']}*"]
    return "\n\n".join(parts)


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": command_page,
    "errors.md": error_page,
    "glossary.md": glossary_page,
    "indicators.md": lambda: indicator_page(table),
    "localities.md": locality_page,
    "rights.md": right_page,
    "routes.md": lambda: route_page(table),
    "rules.md": rule_page,
    "units.md": unit_page,
    "../tutorial/ten-minutes.md": tour_page,
    "workbook-titles.md": lambda: titles_page(table),
}


def expected(name: str) -> str:
    """The whole page: what stands above the marker, and what the data says below it."""
    head, marker, _ = (FOLDER / name).read_text("utf-8").partition(MARKER)
    if not marker:
        raise ValueError(f"{name} has no line {MARKER}")
    return f"{head}{MARKER}\n\n{PAGES[name]()}\n"
