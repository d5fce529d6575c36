"""``make bench``: run every job (or those named) and write docs/reference/benchmarks.md."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import (
    complexity,
    consistency,
    duties,
    loading,
    nowcasting,
    outlook,
    pages,
    planning,
    reading,
    target_calibration,
    warehouse,
)
from benchmarks.measure import Figure, machine

PAGE = Path(__file__).resolve().parent.parent / "docs/reference/benchmarks.md"
JOBS = {
    "reading": ("Reading the monthly workbooks", reading.run),
    "loading": ("Observations into SQLite", loading.run),
    "warehouse": ("Five million observations with vintages", warehouse.run),
    "consistency": ("Consistency of printed figures", consistency.run),
    "complexity": ("Economic complexity", complexity.run),
    "outlook": ("Forecasts, intervals and Tết", outlook.run),
    "target_calibration": ("Chances of year-end targets, told month by month", target_calibration.run),
    "nowcast": ("The current month from faster indicators", nowcasting.run),
    "duties": ("What duty goods pay", duties.run),
    "pages": ("The ten main pages under load", pages.run),
    "planning": ("Plan board and report, on the sample", planning.run),
}


HEAD = """# Benchmarks

Written by `make bench` (`python -m benchmarks NAME` measures one job anew), never by hand. Wall seconds; every job
runs in a process of its own; the ratio is our time over the peer's.
"""


def section(title: str, figures: list[Figure]) -> str:
    """A table of one job, with the day and the machine."""
    if not figures:
        return f"## {title}\n\nNot measured: the real data are not beside the project.\n"
    lines = [
        f"## {title}",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}. {machine()}.",
        "",
        "| what | measured | unit | asked | beside it | ratio |",
        "| --- | ---: | --- | --- | --- | ---: |",
    ]
    lines += [f"| {f.what} | {f.value} | {f.unit} | {f.demand} | {f.peer} | {f.ratio} |" for f in figures]
    return "\n".join(lines) + "\n"


def written() -> dict[str, str]:
    """The sections that the page has, by title."""
    text = PAGE.read_text("utf-8") if PAGE.exists() else ""
    parts = text.split("\n## ")[1:]
    return {part.split("\n", 1)[0]: f"## {part.rstrip()}\n" for part in parts}


def main(names: list[str]) -> None:
    """Run, print, and put each measured section into the page; the others stay as they were measured."""
    sections = written()
    for name in names or list(JOBS):
        title, run = JOBS[name]
        print(f"{title} …", flush=True)
        sections[title] = section(title, run())
        print(sections[title], flush=True)
        ordered = [sections[title] for title, _ in JOBS.values() if title in sections]
        PAGE.write_text("\n".join([HEAD, *ordered]), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
