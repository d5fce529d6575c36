"""``make bench``: run every job (or those named) and write docs/reference/benchmarks.md."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import consistency, loading, outlook, planning, reading
from benchmarks.measure import Figure, machine

PAGE = Path(__file__).resolve().parent.parent / "docs/reference/benchmarks.md"
JOBS = {
    "reading": ("Reading the monthly workbooks", reading.run),
    "loading": ("Observations into SQLite", loading.run),
    "consistency": ("Consistency of printed figures", consistency.run),
    "outlook": ("Forecasts, intervals and Tết", outlook.run),
    "planning": ("Plan board and report, on the sample", planning.run),
}


def section(title: str, figures: list[Figure]) -> str:
    """A table of one job."""
    if not figures:
        return f"## {title}\n\nNot measured: the real workbooks are not beside the project.\n"
    lines = [
        f"## {title}",
        "",
        "| what | measured | unit | asked | beside it | ratio |",
        "| --- | ---: | --- | --- | --- | ---: |",
    ]
    lines += [f"| {f.what} | {f.value} | {f.unit} | {f.demand} | {f.peer} | {f.ratio} |" for f in figures]
    return "\n".join(lines) + "\n"


def main(names: list[str]) -> None:
    """Run and print; the page is written only when every job ran."""
    parts = []
    for name in names or list(JOBS):
        title, run = JOBS[name]
        print(f"{title} …", flush=True)
        parts.append(section(title, run()))
        print(parts[-1], flush=True)
    if not names:
        head = (
            "# Benchmarks\n\nWritten by `make bench`, never by hand. Wall seconds; every job in a process of its "
            f"own; the ratio is our time over the peer's.\n\nMachine: {machine()}. Measured on "
            f"{datetime.now(UTC):%Y-%m-%d}.\n\n"
        )
        PAGE.write_text(head + "\n".join(parts), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
