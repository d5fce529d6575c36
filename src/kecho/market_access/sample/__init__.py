"""The sample: a few true lines of three schedules, marked as a sample wherever they appear.

They are figures of the schedules named in each layout. A real schedule of the same layout takes their place when it is
loaded; the sample never takes the place of a real one.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kecho.market_access.actions import Loaded

LAYOUTS = ("vn-2026", "jp-2026", "eu-evfta")


def load() -> list[Loaded]:
    """The sample schedules into the database; those that are there already stay."""
    from kecho.market_access import actions
    from kecho.people import actors

    folder = Path(str(resources.files("kecho.market_access").joinpath("sample")))
    return [
        actions.load_schedule(folder / f"{code}.csv", code, actors.command_line(), is_sample=True) for code in LAYOUTS
    ]
