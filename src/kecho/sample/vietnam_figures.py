"""Việt Nam's part of the sample: real figures 2012-2025, as the reader took them from the monthly workbooks."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Iterator
from importlib.resources import files
from itertools import groupby

from kecho.intake.reading import Reading
from kecho.intake.rows import Row
from kecho.kernel.periods import Period
from kecho.observatory import actions
from kecho.observatory.releases import ReleaseMeta
from kecho.people.actors import Actor

FOLDER = files("kecho.sample") / "vietnam"
TITLE = "Cục Thống kê, biểu kinh tế - xã hội tháng / National Statistics Office, monthly tables"

Progress = Callable[[int, int, str], None]  # done, all, name of the file


def readings() -> Iterator[Reading]:
    """One reading a workbook, in order of its month, with the hash of the office's own file."""
    known = {line["file"]: line for line in csv.DictReader((FOLDER / "files.csv").read_text("utf-8").splitlines())}
    with (FOLDER / "rows.csv.gz").open("rb") as packed, gzip.open(packed) as unpacked:
        lines = csv.reader(io.TextIOWrapper(unpacked, "utf-8", newline=""))
        next(lines)
        for name, group in groupby(lines, key=lambda line: line[0]):
            file = known[name]
            yield Reading(name, file["sha256"], file["period"], rows=[Row(*line) for line in group])


def load(actor: Actor, *, until: str = "9999-12", progress: Progress = lambda done, of, name: None) -> int:
    """Load every month before ``until`` (``2025-02``: all up to January 2025). Returns how many were new."""
    wanted = [reading for reading in readings() if reading.period < until]
    new = 0
    for done, reading in enumerate(wanted, 1):
        title = f"{TITLE} {reading.period}"
        meta = ReleaseMeta(reading.sha256, reading.file, title=title, period=Period.parse(reading.period))
        new += actions.load_tidy(reading.rows, meta, actor).is_new
        progress(done, len(wanted), reading.file)
    return new
