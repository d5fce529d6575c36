"""What waits for whom. A room that gives people something to do registers a function from the actor to their tasks; the
home page shows them all, most urgent first.

    tasks.register("observatory", findings_to_settle)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kecho.people.actors import Actor


class Kind(StrEnum):
    """What is asked of the person."""

    SIGN = "sign"  # to approve, adopt or sign
    SETTLE = "settle"  # a finding to explain or correct
    DRAFT = "draft"  # one's own unfinished piece
    DO = "do"  # anything else with a deadline


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, in the page's language. ``address`` leads to where it is done, ``due`` is its last day."""

    kind: Kind
    title: str
    address: str
    due: date | None = None
    note: str = ""

    def is_late(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.due is not None and self.due < today


Source = Callable[[Actor], Iterable[Task]]
_sources: dict[str, Source] = {}


def register(room: str, source: Source) -> None:
    """Ask ``source`` for the tasks of an actor from now on; a room that registers again replaces its own."""
    _sources[room] = source


def tasks_of(actor: Actor) -> list[Task]:
    """Everything that waits for the actor: by deadline, those without one last, signatures first."""
    found = [task for source in _sources.values() for task in source(actor)]
    order = list(Kind)
    return sorted(found, key=lambda task: (task.due is None, task.due or date.max, order.index(task.kind), task.title))
