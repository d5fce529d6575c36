"""An outlook on the terminal: its sentences, its targets, the months to come."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kecho.kernel import formats, localities
from kecho.observatory import queries as observatory
from kecho.outlook.shown import Shown


def print_tables(shown: Shown, lang: str, console: Any) -> None:
    """What stands on the page, shorter."""
    from rich.table import Table

    outlook = shown.outlook
    known, vi = outlook.known, lang == "vi"
    name = observatory.indicator(known.key.indicator).name(lang)
    place = localities.get(known.key.locality).name(lang)
    console.print(f"[bold]{name}[/] · {place}{' · ' + known.key.breakdown if known.key.breakdown else ''}")
    for line in shown.lines(lang):
        console.print(line)
    for one in shown.targets:
        console.print(f"  {one.row.target.name(lang)}: {one.row.assessment.target_text(lang)}")
        for line in shown.target_lines(one, lang):
            console.print(f"    {line}")
    if not outlook.ahead:
        return
    table = Table(box=None, pad_edge=False)
    heads = ("Tháng", "Giữa", "Thấp 80%", "Cao 80%", "So cùng kỳ") if vi else (
        "Month", "Median", "Low 80%", "High 80%", "On the year")  # fmt: skip
    for at, head in enumerate(heads):
        table.add_column(head, justify="right" if at else "left")
    for month in outlook.ahead:
        low, high = month.intervals[80]
        rate = "…" if month.growth_pct is None else f"{formats.number(Decimal(repr(month.growth_pct)), lang, 1)}%"
        figures = [formats.number(Decimal(repr(value)), lang, shown.decimals) for value in (month.median, low, high)]
        table.add_row(formats.period(month.period, lang, "short"), *figures, rate)
    console.print(table)
