"""The lower part of docs/reference/indicators.md: every indicator, every list of parts, the release calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kecho.observatory import catalogue, release_calendar
from kecho.observatory.catalogue import IndicatorInfo
from kecho.observatory.catalogue.entries import Sum, item_set

Table = Callable[[str, Iterable[Iterable[str]]], str]


def indicator_page(table: Table) -> str:
    """The whole page; ``table`` draws a Markdown table."""
    entries = list(catalogue.indicators().values())
    sets = dict.fromkeys(name for entry in entries for name in (*entry.item_sets, *entry.crossed))
    return "\n\n".join(
        [
            "## Indicators",
            table("code | tiếng Việt | English | unit | measures | frequency", map(_row, entries)),
            *(_section(entry) for entry in entries),
            "## Parts",
            "A list is used by the indicators that name it above. Slashes part a key from its parent's.",
            *(f"### {name}\n\n{table('key | code | tiếng Việt | English | unit', _parts(name))}" for name in sets),
            "## Release calendar",
            table("source | rule | figures of | published | document | text seen", _calendar()),
        ]
    )


def _row(entry: IndicatorInfo) -> list[str]:
    measures = ", ".join(entry.measures)
    return [f"`{entry.code}`", entry.name_vi, entry.name_en, entry.unit or "each part's own", measures, entry.frequency]


def _section(entry: IndicatorInfo) -> str:
    lists = ", ".join(f"[{name}](#{name})" for name in entry.item_sets) or "none"
    crossed = (
        f", each parted again by {', '.join(f'[{name}](#{name})' for name in entry.crossed)}" if entry.crossed else ""
    )
    lines = [
        f"### `{entry.code}`",
        f"{entry.definition_vi}\n\n*{entry.definition_en}*",
        f"- Source: {entry.source_vi} / {entry.source_en}",
        f"- Direction: {entry.direction.replace('_', ' ')}",
        f"- Decimals we print: {_places(entry.decimals)}"
        + (f"; decimals the source prints: {_places(entry.printed)}" if entry.printed else ""),
        f"- Parts: {lists}{crossed}",
        *(f"- Checked: {_sum(made)}" for made in entry.sums),
        *(f"- {law.vi} / {law.en} ({'text seen' if law.is_verified else 'text not seen'})" for law in entry.legal),
    ]
    return lines[0] + "\n\n" + lines[1] + "\n\n" + "\n".join(lines[2:])


def _sum(made: Sum) -> str:
    also = f" (and {', '.join(f'`{key}`' for key in made.also)} where given)" if made.also else ""
    return f"{' + '.join(f'`{key}`' for key in made.parts)}{also} = {f'`{made.whole}`' if made.whole else 'the total'}"


def _places(places: dict) -> str:
    return ", ".join(f"{measure} {count}" for measure, count in places.items())


def _parts(name: str) -> Iterable[list[str]]:
    for part in item_set(name):
        yield [f"`{part.key}`", part.code, part.vi, part.en, part.unit]


def _calendar() -> Iterable[list[str]]:
    for rule in release_calendar.rules():
        until = f" to {rule.last.code}" if rule.last else " on"
        day = f"day {rule.day} of the {'next' if rule.months_after else 'same'} month"
        seen = "yes" if rule.is_verified else "no"
        yield [
            rule.source,
            f"`{rule.id}`",
            f"{rule.first.code}{until}",
            day,
            f"{rule.legal_vi} / {rule.legal_en}",
            seen,
        ]
