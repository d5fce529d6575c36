"""Loading the sample: the figures and targets of Việt Nam and Hà Nội, and a month's workbook to import."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from kecho.market_access import sample as market_access_sample
from kecho.people.actors import Actor
from kecho.plan import actions as plans
from kecho.sample import hanoi_figures, month_workbook, vietnam_figures

LAST_MONTH = "2025-02"  # the newest workbook; the demonstration imports it, the months before it are loaded
TARGETS = ("targets_vn.toml", "targets_hn.toml")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was new: releases of Việt Nam, releases of Hà Nội, plans. All zero when the sample was here already."""

    vietnam: int
    hanoi: int
    plans: int


def load(actor: Actor, *, progress: vietnam_figures.Progress = lambda done, of, name: None) -> Loaded:
    """Load everything up to the month before ``LAST_MONTH``, and a few tariff lines; a second call changes nothing."""
    vietnam = vietnam_figures.load(actor, until=LAST_MONTH, progress=progress)
    hanoi = sum(result.is_new for result in hanoi_figures.load(actor))
    market_access_sample.load()
    created = 0
    for name in TARGETS:
        with as_file(files("kecho.sample") / name) as path:
            created += len(plans.import_plan(path, actor).created)
    return Loaded(vietnam, hanoi, created)


def write_last_month(folder: Path) -> Path:
    """The workbook of ``LAST_MONTH`` in ``folder``, rebuilt from its figures; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{LAST_MONTH}.xlsx"
    reading = next(reading for reading in vietnam_figures.readings() if reading.period == LAST_MONTH)
    month_workbook.write(reading, path)
    return path
