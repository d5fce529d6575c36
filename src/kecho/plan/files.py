"""Plan files: TOML (one ``[[plan]]`` a version, one ``[[plan.target]]`` a target), CSV (one row a target) and the
workbook of ``workbooks`` (a sheet for the plan, a sheet for its targets).

All use the same field names; docs/how-to/write-a-plan.md explains them. In CSV the separator declares the decimal
mark, as in the tidy CSV of figures: ``,`` goes with points, ``;`` with decimal commas.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from kecho.kernel.errors import KechoError, KechoErrors, Location
from kecho.kernel.measures import Measure
from kecho.kernel.numerals import Mark
from kecho.kernel.periods import Period
from kecho.kernel.units import parse_unit
from kecho.plan.assessment.target import BASES, Basis, Direction, Form
from kecho.plan.drafts import PlanDraft, TargetDraft, WrittenPlan
from kecho.plan.fields import PLAN_FIELDS, TARGET_FIELDS, Entry, Row

LARGEST_FILE = 5_000_000  # bytes; a plan of ten thousand targets is smaller
#: In TOML a target's own place, months and fictional mark need no prefix: it stands under its plan.
SHORT = {"locality": "target_locality", "period": "target_period", "fictional": "target_fictional"}
DEFAULT_BASIS = {Measure.GROWTH: Basis.YEAR_ON_YEAR, Measure.LEVEL: Basis.FLOW, Measure.SHARE: Basis.STOCK}


def read_plans(path: Path | str) -> list[WrittenPlan]:
    """The versions of a file in its order. Raises KechoErrors with every problem of the file."""
    file = Path(path)
    where = Location(file=file.name)
    problems: list[KechoError] = []
    if file.suffix.lower() == ".xlsx":
        return [read_workbook(file)]
    readers = {".toml": _read_toml, ".csv": _read_csv}
    if file.suffix.lower() not in readers:
        raise KechoError("plan.unknown_format", where=where, found=file.suffix)
    plans = readers[file.suffix.lower()](_text(file, where), where, problems)
    if not (plans or problems):
        problems.append(KechoError("plan.empty_file", where=where))
    if problems:
        raise KechoErrors(problems)
    return plans


def _text(file: Path, where: Location) -> str:
    if not file.is_file():
        raise KechoError("plan.no_file", where=where)
    if file.stat().st_size > LARGEST_FILE:
        raise KechoError("plan.file_too_large", where=where, largest=LARGEST_FILE)
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise KechoError("plan.not_utf8", where=where) from None


# ---- TOML


def _read_toml(text: str, where: Location, problems: list[KechoError]) -> list[WrittenPlan]:
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        problems.append(KechoError("plan.bad_toml", where=where, problem=str(error)))
        return []
    versions = data.get("plan")
    if not isinstance(versions, list) or not all(isinstance(version, dict) for version in versions):
        return []
    plans = []
    for version in versions:
        targets = version.pop("target", [])
        if not isinstance(targets, list) or not all(isinstance(target, dict) for target in targets):
            problems.append(KechoError("plan.bad_toml", where=where, problem="[[plan.target]]"))
            continue
        plan = Entry(version, where, problems)
        entries = [_toml_target(target, where, problems) for target in targets]
        plans.append(_plan(plan, entries))
    return [plan for plan in plans if plan is not None]


def _toml_target(values: dict[str, Any], where: Location, problems: list[KechoError]) -> Entry:
    written = {long: short for short, long in SHORT.items()}
    return Entry({SHORT.get(name, name): v for name, v in values.items()}, where, problems, written=written)


# ---- CSV


def _read_csv(text: str, where: Location, problems: list[KechoError]) -> list[WrittenPlan]:
    head = text.split("\n", 1)[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    mark: Mark = "," if separator == ";" else "."
    rows = list(csv.DictReader(text.splitlines(), delimiter=separator))
    groups: dict[tuple[str, ...], list[Entry]] = {}
    for number, row in enumerate(rows, 2):
        place = replace(where, row=number)
        if None in row or None in row.values():
            problems.append(KechoError("plan.ragged_row", where=place))
            continue
        entry = Entry(row, place, problems, mark)
        entry.refuse_unknown((*PLAN_FIELDS, *TARGET_FIELDS))
        groups.setdefault(tuple(entry.text(name) for name in ("locality", "period", "version")), []).append(entry)
    plans = []
    for entries in groups.values():
        first = entries[0]
        plan = Entry({k: v for k, v in first.values.items() if k in PLAN_FIELDS and v}, first.where, problems, mark)
        for entry in entries:
            entry.values = {k: v for k, v in entry.values.items() if k in TARGET_FIELDS and v}
        plans.append(_plan(plan, entries))
    return [plan for plan in plans if plan is not None]


# ---- workbooks and forms


def read_workbook(path: Path) -> WrittenPlan:
    """The version in a workbook. Raises what ``intake.guard`` raises, ``plan.no_sheets``, and KechoErrors."""
    from kecho.plan.workbooks import read

    return from_rows(*read(path))


def from_rows(plan: Row, targets: Sequence[Row], mark: Mark | None = ".") -> WrittenPlan:
    """A version from the texts of its fields; empty texts are fields left out. Raises KechoErrors with all problems.

    ``mark`` is the decimal mark of the texts; None where people typed them and 950.000 may be thousands.
    """
    problems: list[KechoError] = []
    entries = [Entry(_filled(target.values), target.where, problems, mark) for target in targets]
    written = _plan(Entry(_filled(plan.values), plan.where, problems, mark), entries)
    if problems or written is None:
        raise KechoErrors(problems)
    return written


def _filled(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value.strip()}


# ---- from entries to drafts


def _plan(entry: Entry, targets: list[Entry]) -> WrittenPlan | None:
    before = len(entry.problems)
    entry.refuse_unknown(PLAN_FIELDS)
    entry.name = f"{entry.values.get('locality', '')} {entry.values.get('period', '')}".strip()
    locality = entry.text("locality", required=True)
    span = entry.period("period", None)
    version = entry.whole("version", 1)
    title = entry.text("title_vi", required=True)
    document_date = entry.day("document_date")
    if not entry.text("period", required=True):
        return None
    if span is None or span.start % 12 or span.end % 12:
        entry.fail("plan.bad_value", field="period", value=entry.text("period"), expected="2025, 2021-2025")
        return None
    effective = entry.day("effective_from") or document_date or date(span.year, 1, 1)
    read = [(_target(target, span), target) for target in targets]
    draft = PlanDraft(
        locality=locality,
        first_year=span.year,
        last_year=span.end // 12 - 1,
        version=version,
        title_vi=title,
        title_en=entry.text("title_en"),
        effective_from=effective,
        targets=tuple(target for target, _ in read if target is not None),
        document_number=entry.text("document_number"),
        document_date=document_date,
        document_issuer=entry.text("document_issuer"),
        document_title=entry.text("document_title"),
        reason=entry.text("reason"),
        bands=entry.text("bands") or "pace",
        is_fictional=entry.flag("fictional"),
    )
    if len(entry.problems) > before:
        return None
    return WrittenPlan(draft, entry.where, {target.code: source.where for target, source in read if target})


def _target(entry: Entry, span: Period) -> TargetDraft | None:
    before = len(entry.problems)
    entry.name = entry.text("code") or "—"
    entry.refuse_unknown(TARGET_FIELDS)
    code = entry.text("code", required=True)
    measure = entry.choice("measure", Measure, None)
    if measure not in BASES:
        entry.fail("plan.bad_value", field="measure", value=entry.values.get("measure"), expected=", ".join(BASES))
        return None
    window = entry.period("target_period", span)
    form, low, high = _form(entry)
    basis = entry.choice("basis", Basis, DEFAULT_BASIS[measure])
    draft = TargetDraft(
        code=code,
        indicator=entry.text("indicator", required=True),
        measure=measure,
        basis=basis or DEFAULT_BASIS[measure],
        form=form,
        window=window or span,
        unit=_unit(entry, measure, form),
        low=low,
        high=high,
        is_strict=entry.flag("strict"),
        is_approximate=entry.flag("approximate"),
        direction=entry.choice("direction", Direction, None) or "",
        breakdown=entry.text("breakdown"),
        locality=entry.text("target_locality"),
        base_value=entry.number("base_value"),
        base_period=entry.period("base_period", None),
        **_texts(entry),
        supporting_units=entry.words("supporting"),
        is_of_which=entry.flag("of_which"),
        is_verified=entry.flag("verified"),
        is_fictional=entry.flag("target_fictional"),
    )
    return draft if len(entry.problems) == before else None


def _texts(entry: Entry) -> dict[str, Any]:
    names = {
        "name_vi": "name_vi",
        "name_en": "name_en",
        "definition_vi": "definition_vi",
        "definition_en": "definition_en",
        "denominator_indicator": "denominator",
        "denominator_breakdown": "denominator_breakdown",
        "lead_unit": "lead",
        "parent": "part_of",
        "source": "source",
        "note_vi": "note_vi",
        "note_en": "note_en",
    }
    return {name: entry.text(field) for name, field in names.items()}


def _form(entry: Entry) -> tuple[Form, Decimal | None, Decimal | None]:
    """The form as written, else as the given ends show it; a point and a full rate fill in their ends."""
    value, low, high = (entry.number(name) for name in ("value", "low", "high"))
    shown = {
        (True, False, False): Form.POINT,
        (False, True, True): Form.RANGE,
        (False, True, False): Form.FLOOR,
        (False, False, True): Form.CEILING,
    }.get((value is not None, low is not None, high is not None))
    form = entry.choice("form", Form, shown)
    if form is Form.FULL_RATE and value in (None, 100) and low is None and high is None:
        return form, Decimal(100), None
    if form is Form.RANK:
        high = value if high is None else high
        shown = Form.RANK if high is not None and low is None else None
    if form is None or shown is not form:
        ends = ", ".join(f"{name}={n}" for name, n in (("value", value), ("low", low), ("high", high)) if n is not None)
        entry.fail("plan.bad_form", form=form or "—", ends=ends or "—")
        return Form.POINT, Decimal(0), Decimal(0)
    return (form, value, value) if form is Form.POINT else (form, low, high)


def _unit(entry: Entry, measure: Measure, form: Form) -> str:
    written = entry.text("unit")
    if written:
        return parse_unit(written)
    if form is Form.RANK:
        return "rank"
    if measure is Measure.LEVEL:
        entry.fail("plan.missing_field", field="unit")
    return "percent"
