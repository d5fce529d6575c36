"""The assessment of 500 targets, and the monthly report in each form, on the sample."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from benchmarks.measure import Figure, alone, median_ms
from benchmarks.places import start_django

TARGETS = 500
FORMS = ("docx", "pdf", "html", "xlsx")


def load_sample(home: str) -> float:
    """Seconds to load the sample."""
    start_django(home)
    from kecho.people.actors import command_line
    from kecho.sample import load

    start = time.perf_counter()
    load.load(command_line())
    return time.perf_counter() - start


def assess(home: str) -> tuple[int, int, float]:
    """Targets, targets with figures, and milliseconds of the board from the database."""
    start_django(home)
    from kecho.observatory.queries import series_list
    from kecho.people.actors import command_line
    from kecho.plan import actions, queries

    plan = queries.board("VN", 2024).plans[0].plan
    draft = queries.draft(plan.id)
    pattern = next(target for target in draft.targets if target.indicator == "export_turnover")
    keys = [info.key for info in series_list(None, "VN") if info.key.measure == "level"]
    targets = tuple(
        replace(pattern, code=f"t{number}", indicator=key.indicator, breakdown=key.breakdown)
        for number, key in ((number, keys[number % len(keys)]) for number in range(TARGETS))
    )
    day = date(2024, 12, 31)
    made = replace(draft, version=draft.version + 1, effective_from=day, targets=targets, reason="benchmark")
    made = replace(
        made, document_number="0", document_date=day, document_title="benchmark", document_issuer="benchmark"
    )
    actions.adopt_plan(actions.revise_plan(made, command_line()), command_line())
    board = queries.board("VN", 2024)
    with_figures = sum(row.assessment.value_to_date is not None for row in board.rows)
    return len(board.rows), with_figures, median_ms(lambda: queries.board("VN", 2024), 3)


def report(home: str, form: str) -> tuple[float, int]:
    """Milliseconds to compose and write the report of Việt Nam, and the size of the file in kB."""
    start_django(home)
    from kecho.kernel.periods import Period
    from kecho.publish import rendering
    from kecho.publish.report import compose

    path = Path(home) / f"report.{form}"

    def write() -> None:
        rendering.render(compose("VN", Period.of_month(2025, 1), "vi"), path, form)

    return median_ms(write, 3), path.stat().st_size // 1024


def run() -> list[Figure]:
    """The figures."""
    with tempfile.TemporaryDirectory() as home:
        figures = [Figure("load the sample", f"{alone(load_sample, home).result:.1f}", "s")]
        for form in FORMS:
            taken, size = alone(report, home, form).result
            figures.append(Figure(f"report of a month, {form} ({size} kB)", f"{taken / 1000:.2f}", "s"))
        targets, told, board = alone(assess, home).result
    figures.append(Figure(f"plan board of {targets} targets, {told} with figures", f"{board / 1000:.2f}", "s"))
    return figures
