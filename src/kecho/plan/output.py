"""The board as JSON (both languages, decimals as exact text), as CSV (one row a target), and as a table."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from typing import Any, TextIO

from kecho.kernel import formats, localities
from kecho.kernel.periods import Period
from kecho.plan.assessment import Assessment, wording
from kecho.plan.queries import Board, BoardRow, PlanBoard, PlanInfo

LANGUAGES = ("vi", "en")
#: Numbers of an assessment that go out as they are.
NUMBERS = (
    "value_to_date", "growth_pct", "growth_year_before_pct", "plan_level", "percent_of_plan", "excess_pct",
    "expected_share", "pace", "required_growth_pct", "best_growth_pct", "gap_pp", "gap",
)  # fmt: skip
CSV_COLUMNS = (
    "plan", "code", "part_of", "name", "locality", "target", "target_period", "low", "high", "target_unit", "status",
    "status_word", "period", "is_final", "stage", "unit", *NUMBERS, "best_growth_year", "percent_of_plan_text",
    "reason", "lead", "verified", "fictional",
)  # fmt: skip


def plain(value: Decimal | None) -> str | None:
    """Every digit, no exponent; None stays None.

    >>> plain(Decimal("1E+2")), plain(None)
    ('100', None)
    """
    return None if value is None else format(value, "f")


# ---- JSON


def as_dict(board: Board) -> dict[str, Any]:
    """The whole board, JSON-ready."""
    return {
        "locality": board.locality,
        "year": board.year,
        "as_of": board.as_of.isoformat(),
        "counts": {str(status): count for status, count in board.counts.items()},
        "plans": [_plan(plan) for plan in board.plans],
    }


def write_json(board: Board, stream: TextIO) -> None:
    """Indented UTF-8 JSON with a line end."""
    json.dump(as_dict(board), stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def _plan(plan: PlanBoard) -> dict[str, Any]:
    return {
        **_version(plan.plan),
        "versions": [_version(version) for version in plan.versions],
        "changes": [change.as_dict() for change in plan.changes],
        "findings": [
            {"rule": f.rule.id, "severity": f.rule.severity, "target": f.target, **_both("text", f.text)}
            for f in plan.findings
        ],
        "targets": [_row(row) for row in plan.rows],
    }


def _version(info: PlanInfo) -> dict[str, Any]:
    return {
        "id": info.id,
        "label": info.label,
        "years": [info.first_year, info.last_year],
        "version": info.version,
        "status": str(info.status),
        **_both("title", info.title),
        **_both("document", info.document),
        "effective_from": info.effective_from.isoformat(),
        "reason": info.reason,
        "bands": info.bands,
        "is_fictional": info.is_fictional,
    }


def _row(row: BoardRow) -> dict[str, Any]:
    spec, draft = row.target.spec, row.target.draft
    return {
        "code": spec.code,
        **_both("name", row.target.name),
        "indicator": spec.indicator,
        "breakdown": spec.breakdown,
        "locality": spec.locality,
        "measure": str(spec.measure),
        "basis": str(spec.basis),
        "form": str(spec.form),
        "target_period": spec.window.code,
        "low": plain(spec.low),
        "high": plain(spec.high),
        "target_unit": spec.unit,
        "is_strict": spec.is_strict,
        "is_approximate": spec.is_approximate,
        "direction": str(spec.direction),
        "lead_unit": draft.lead_unit,
        "supporting_units": list(draft.supporting_units),
        **_both("definition", row.target.definition),
        **_both("note", row.target.note),
        "source": draft.source,
        "is_of_which": draft.is_of_which,
        "is_verified": draft.is_verified,
        **assessment_dict(row.assessment),
        "parts": [_row(part) for part in row.parts],
    }


def assessment_dict(found: Assessment) -> dict[str, Any]:
    """One assessment, JSON-ready: numbers as exact text, words in both languages."""
    return {
        **_both("target", found.target_text),
        "status": str(found.status),
        **_both("status", found.status_text),
        "reason": found.reason,
        "method": found.method,
        "parameters": found.parameters,
        "period": found.period.code if found.period else None,
        "is_final": found.is_final,
        "stage": str(found.stage) if found.stage else None,
        "is_derived": found.is_derived,
        "is_fictional": found.is_fictional,
        "unit": found.unit,
        **{name: plain(getattr(found, name)) for name in NUMBERS},
        "expected": [plain(level) for level in found.expected],
        "required_is_approximate": found.required_is_approximate,
        "best_growth_year": found.best_growth_year,
        "is_beyond_best": found.is_beyond_best,
        **_both("percent_of_plan_text", found.percent_of_plan_text),
        **_both("rest", found.rest_text),
        **_both("why", found.why),
        "inputs": list(found.inputs),
    }


def _both(name: str, words: Any) -> dict[str, Any]:
    return {f"{name}_{lang}": words(lang) for lang in LANGUAGES}


# ---- CSV


def write_csv(board: Board, stream: TextIO, lang: str = "vi") -> None:
    """One row a target, decimal points, empty where there is nothing."""
    writer = csv.DictWriter(stream, CSV_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for plan in board.plans:
        for _, row in plan.flat:
            writer.writerow(_csv_row(row, plan.plan.label, lang))


def _csv_row(row: BoardRow, plan: str, lang: str) -> dict[str, Any]:
    spec, found = row.target.spec, row.assessment
    values: dict[str, Any] = {
        "plan": plan,
        "code": spec.code,
        "part_of": row.target.draft.parent,
        "name": row.target.name(lang),
        "locality": spec.locality,
        "target": found.target_text(lang),
        "target_period": spec.window.code,
        "low": plain(spec.low),
        "high": plain(spec.high),
        "target_unit": spec.unit,
        "status": str(found.status),
        "status_word": found.status_text(lang),
        "period": found.period.code if found.period else "",
        "is_final": "yes" if found.is_final else "no",
        "stage": str(found.stage) if found.stage else "",
        "unit": found.unit,
        **{name: plain(getattr(found, name)) for name in NUMBERS},
        "best_growth_year": found.best_growth_year,
        "percent_of_plan_text": found.percent_of_plan_text(lang),
        "reason": found.reason,
        "lead": row.target.draft.lead_unit,
        "verified": "yes" if row.target.draft.is_verified else "no",
        "fictional": "yes" if found.is_fictional else "no",
    }
    return {name: _no_formula(value) for name, value in values.items()}


def _no_formula(value: Any) -> Any:
    """A text that a spreadsheet program would run as a formula gets an apostrophe; numbers stay numbers."""
    is_risky = isinstance(value, str) and value.startswith(("=", "@", "+", "-", "\t")) and not _is_number(value)
    return f"'{value}" if is_risky else value


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()


# ---- table

_HEADINGS = {
    "vi": ("Chỉ tiêu", "Kế hoạch", "Thực hiện", "So với kế hoạch", "Nhịp", "Phần còn lại", "Trạng thái"),
    "en": ("Target", "Plan", "Result", "Against the plan", "Pace", "The rest", "Status"),
}
_WORDS = {
    "vi": {"fictional": "giả định", "none": "—"},
    "en": {"fictional": "made up", "none": "—"},
}


def print_table(board: Board, lang: str = "vi", *, with_why: bool = False) -> None:
    """For a terminal; with ``with_why`` the arithmetic of each target below the table."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    for plan in board.plans:
        table = Table(
            title=escape(_title(board, plan.plan, lang)), title_justify="left", box=SIMPLE_HEAD, show_lines=True
        )
        plan_window = Period(plan.plan.first_year * 12, plan.plan.last_year * 12 + 12)
        for heading in _HEADINGS[lang]:
            table.add_column(heading, overflow="fold")
        for depth, row in plan.flat:
            table.add_row(*(escape(cell) for cell in _cells(row, depth, plan_window, lang)))
        console.print(table)
        for finding in plan.findings:
            console.print(f"{finding.rule.id}: {escape(finding.text(lang))}")
        if with_why:
            for _, row in plan.flat:
                console.print(f"\n[bold]{escape(row.target.name(lang))}[/bold]")
                console.print("\n".join(f"  {escape(line)}" for line in row.assessment.why(lang)))


def _title(board: Board, info: PlanInfo, lang: str) -> str:
    place = localities.get(board.locality).name(lang)
    day = formats.date_text(board.as_of, lang)
    known = "biết đến" if lang == "vi" else "known on"
    return f"{place} · {info.title(lang)} (v{info.version}) · {known} {day}"


def _plan_cell(row: BoardRow, plan_window: Period, lang: str) -> str:
    """The promise, with its months where they are not all of the plan's."""
    text = row.assessment.target_text(lang)
    window = row.target.spec.window
    return text if window == plan_window else f"{text} ({wording.period(window)(lang)})"


def _cells(row: BoardRow, depth: int, plan_window: Period, lang: str) -> list[str]:
    found, words = row.assessment, _WORDS[lang]
    status = f"{found.status.look.mark} {found.status_text(lang)}"
    if found.is_fictional:
        status += f" ({words['fictional']})"
    return [
        "  " * depth + row.target.name(lang),
        _plan_cell(row, plan_window, lang),
        result_text(found, lang) or words["none"],
        _against(found, lang) or words["none"],
        wording.number(found.pace, 3)(lang) if found.pace is not None else words["none"],
        found.rest_text(lang) or words["none"],
        status,
    ]


def result_text(found: Assessment, lang: str = "vi") -> str:
    """``5 tháng đầu năm 2024: tăng 7,7%``; empty without a figure."""
    if found.period is None or found.measured is None:
        return ""
    size = wording.growth(found.measured) if found.target.is_growth else wording.amount(found.measured, found.unit)
    return f"{wording.period(found.period)(lang)}: {size(lang)}"


def _against(found: Assessment, lang: str) -> str:
    if found.gap_pp is not None:
        return wording.distance(found.gap_pp, "percentage_point")(lang)
    return found.percent_of_plan_text(lang)
